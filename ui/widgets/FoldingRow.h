// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <vector>

namespace credenza
{

/// Widgets in a row, or below each other where the row has less room than they want: nothing is clipped where a language
/// takes longer words or a person larger letters. It places them itself: a layout could not change its height for a width.
class FoldingRow final : public QWidget
{
public:
    /// `spacing` in px. `alignment` says where the widgets stand in more room than they need.
    explicit FoldingRow(int spacing, Qt::Alignment alignment = Qt::AlignLeft, QWidget *parent = nullptr);

    /// Takes the widget. One that stretches takes the room that is left in the row.
    void addWidget(QWidget *widget, int stretch = 0);
    /// A line between two widgets, which is not shown while they stand below each other.
    void addSeparator(QWidget *line);
    [[nodiscard]] bool isFolded() const { return m_isFolded; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Item {
        QWidget *widget;
        int stretch;
        bool isSeparator;
    };
    /// Those that are not hidden; without separators where they would fold.
    [[nodiscard]] std::vector<Item> shown(bool isFolded) const;
    void place();
    void placeInRow();
    void placeInColumn();

    int m_spacing;
    std::vector<Item> m_items;
    Qt::Alignment m_alignment;
    bool m_isFolded = false;
};

} // namespace credenza
