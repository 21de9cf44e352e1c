// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QList>
#include <QWidget>

#include <utility>

class QHBoxLayout;

namespace credenza
{

class Chip;

/// A row of filters: "All", then the most used tags, each with its count. One is chosen at a time.
class TagChips final : public QWidget
{
    Q_OBJECT

public:
    explicit TagChips(const Theme &theme, QWidget *parent = nullptr);

    /// Shows `total` for "All" and at most five tags. A chosen tag that is gone gives way to "All".
    void setTags(int total, const QList<std::pair<QString, int>> &tags);
    /// The chosen tag; empty for "All".
    [[nodiscard]] QString current() const { return m_current; }
    void setCurrent(const QString &tag);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(const QString &tag);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Shows as many as there is room for: the filter finds the rest by their words.
    void fit();
    void addChip(const QString &tag, const QString &text, int count);

    const Theme &m_theme;
    QHBoxLayout *m_layout;
    QList<std::pair<QString, Chip *>> m_chips;
    QList<std::pair<QString, int>> m_shown;
    int m_total = -1;
    QString m_current;
};

} // namespace credenza
