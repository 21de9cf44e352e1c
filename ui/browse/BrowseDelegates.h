// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QStyledItemDelegate>

namespace credenza
{

/// Paints the rows of the type list: headings, names with counts, and those out of scope with a lock.
class TypeDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit TypeDelegate(const Theme &theme, QObject *parent = nullptr);
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

/// Paints the list of opened files: the name, and what the text says below it.
class FileDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit FileDelegate(const Theme &theme, QObject *parent = nullptr);
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

/// Paints the cells of result tables by the ColumnKind of their column: mono dates and numbers, quiet words, state
/// badges, links; selection by tint plus a 3-px edge.
class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit CellDelegate(const Theme &theme, QObject *parent = nullptr);
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

} // namespace credenza
