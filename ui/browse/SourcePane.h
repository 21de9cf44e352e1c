// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QPlainTextEdit>

class QTimer;

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
    /// Shows at most the first 25 000 lines, or million and a half of characters: what fits a window at once, the rest piece by piece while the
    /// application stays awake.
    void setSource(const QString &text);

Q_SIGNALS:
    /// The whole text is there.
    void completed();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void paintNumbers();
    void placeNumbers();
    void feed();

    const Theme &m_theme;
    QWidget *m_numbers;
    QTimer *m_feeder;
    QString m_text;
    qsizetype m_fed = 0;
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
