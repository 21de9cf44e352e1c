// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/palette/PaletteModel.h"

#include <QStyledItemDelegate>

namespace credenza
{

/// Paints the palette's rows: headings, entries of one line (36) and credentials of two (52), with the letters that
/// were found marked.
class PaletteDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit PaletteDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    [[nodiscard]] int paintRight(QPainter &painter, const QRect &room, const PaletteEntry &entry, bool current) const;
    void paintMarked(QPainter &painter, const QRect &room, const QString &text, const QList<qsizetype> &positions,
                     Role role) const;

    const Theme &m_theme;
};

} // namespace credenza
