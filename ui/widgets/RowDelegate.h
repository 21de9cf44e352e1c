// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Badge.h"

#include <QStyledItemDelegate>

#include <functional>
#include <optional>

namespace credenza
{

/// How one cell of a table is drawn.
struct CellLook {
    QString text;
    TextStyle style = TextStyle::Body;
    Role role = Role::Text;
    Qt::TextElideMode elide = Qt::ElideRight;
    Qt::Alignment align = Qt::AlignLeft;
    std::optional<Icon> icon = std::nullopt; ///< before the text, in the text's colour
    std::optional<BadgeText> badge = std::nullopt;
};

/// The keyboard's place: a ring inside the row, clear of the accent edge.
void drawRowFocus(QPainter &painter, const Theme &theme, const QRect &row);

/// Paints the rows of a table as visual.md has them: split by a line, the selection by tint and an accent edge of 3 px.
/// It is told by a function what a cell shows; it never looks into the model's class.
class RowDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using Look = std::function<CellLook(const QModelIndex &)>;

    /// `rowHeight` in px at a text scale of 1.
    RowDelegate(const Theme &theme, int rowHeight, Look look, QObject *parent = nullptr);

    /// Whether a line splits the rows; on at first. Off for a list to choose a page from.
    void setLines(bool lines) { m_lines = lines; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
    int m_rowHeight;
    Look m_look;
    bool m_lines = true;
};

} // namespace credenza
