// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QPlainTextEdit>

namespace credenza
{

class LineEdit;
class TextLabel;

/// Read-only JSON with line numbers at the left.
class NumberedText final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit NumberedText(const Theme &theme, QWidget *parent = nullptr);
    /// Shows at most the first four million characters.
    void setSource(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void paintNumbers();
    void placeNumbers();

    const Theme &m_theme;
    QWidget *m_numbers;
};

/// The Source tab: search, and the resource as indented JSON.
class SourcePane final : public QWidget
{
    Q_OBJECT

public:
    explicit SourcePane(const Theme &theme, QWidget *parent = nullptr);
    void setSource(const QString &text);
    void focusSearch();

private:
    void find(bool backward);
    void markAll();

    const Theme &m_theme;
    NumberedText *m_text;
    LineEdit *m_search;
    TextLabel *m_found;
};

} // namespace credenza
