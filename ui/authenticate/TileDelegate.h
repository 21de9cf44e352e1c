// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/authenticate/CredentialSelection.h"
#include "ui/authenticate/CredentialTile.h"
#include "ui/theme/Theme.h"

#include <QModelIndex>
#include <QStyledItemDelegate>

namespace credenza
{

/// Paints one tile: badges, menu, name, description, host, client ID and thumbprint, and the state of the last test.
/// It is told where the pointer is and which credential is selected; it never looks into the model's class.
class TileDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// The parts of a tile that answer to a click of their own.
    enum class Part { None, Tile, Check, Menu, TestNow, Import };

    /// `selection` must outlive the delegate.
    TileDelegate(const Theme &theme, const CredentialSelection &selection, QObject *parent = nullptr);

    /// The time "3 min ago" is reckoned from.
    void setNow(const QDateTime &now) { m_now = now; }
    void setHovered(const QModelIndex &index, Part part);
    /// Whether the first tile offers "Import a bundle…".
    void setImportOffered(bool offered) { m_importOffered = offered; }
    /// The angle of the spinner of running tests, in degrees.
    void setSpinnerAngle(int degrees) { m_angle = degrees; }

    /// The tile inside a cell of the grid; the rest is the gap and room for the focus ring.
    [[nodiscard]] static QRect tileRect(const QRect &cell);
    /// Height of a tile at the theme's text scale.
    [[nodiscard]] int tileHeight() const;
    /// Which part of the tile in `cell` is at `position`.
    [[nodiscard]] Part partAt(const QRect &cell, const QModelIndex &index, QPoint position) const;
    [[nodiscard]] QRect menuRect(const QRect &cell) const;
    /// The check box of a chosen tile, and of one the pointer is over.
    [[nodiscard]] QRect checkRect(const QRect &cell) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintAdd(QPainter &painter, const QRect &tile, bool hovered) const;
    void paintHead(QPainter &painter, const QRect &tile, const CredentialTile &data, bool selected, bool hovered) const;
    void paintBody(QPainter &painter, const QRect &tile, const CredentialTile &data) const;
    void paintStatus(QPainter &painter, const QRect &tile, const CredentialTile &data, const QModelIndex &index) const;
    [[nodiscard]] QRect statusRect(const QRect &tile) const;
    [[nodiscard]] QRect testNowRect(const QRect &tile) const;
    [[nodiscard]] QRect importRect(const QRect &tile) const;
    [[nodiscard]] int scaled(int px) const { return m_theme.scaled(px); }

    const Theme &m_theme;
    const CredentialSelection &m_selection;
    QDateTime m_now;
    QPersistentModelIndex m_hovered;
    Part m_hoveredPart = Part::None;
    int m_angle = 0;
    bool m_importOffered = false;
};

} // namespace credenza
