// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/FoldingRow.h"

#include <QEvent>
#include <QStyle>

#include <algorithm>
#include <utility>

namespace credenza
{

namespace
{

int heightOf(const QWidget &widget, int width)
{
    return widget.hasHeightForWidth() ? widget.heightForWidth(width) : widget.sizeHint().height();
}

} // namespace

FoldingRow::FoldingRow(int spacing, Qt::Alignment alignment, QWidget *parent)
    : QWidget(parent), m_spacing(spacing), m_alignment(alignment)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FoldingRow::addWidget(QWidget *widget, int stretch)
{
    widget->setParent(this);
    m_items.push_back({widget, stretch, false});
    updateGeometry();
}

void FoldingRow::addSeparator(QWidget *line)
{
    line->setParent(this);
    m_items.push_back({line, 0, true});
    updateGeometry();
}

std::vector<FoldingRow::Item> FoldingRow::shown(bool isFolded) const
{
    std::vector<Item> items;
    for (const Item &item : m_items) {
        const bool isHidden = !item.isSeparator && item.widget->isHidden();
        if (!isHidden && !(isFolded && item.isSeparator))
            items.push_back(item);
    }
    return items;
}

QSize FoldingRow::sizeHint() const
{
    const std::vector<Item> items = shown(false);
    QSize size(m_spacing * std::max(0, static_cast<int>(items.size()) - 1), 0);
    for (const Item &item : items) {
        const QSize hint = item.widget->sizeHint();
        size.rwidth() += hint.width();
        if (!item.isSeparator)
            size.setHeight(std::max(size.height(), hint.height()));
    }
    return size;
}

QSize FoldingRow::minimumSizeHint() const
{
    QSize size;
    for (const Item &item : shown(true)) {
        const QSize least = item.widget->minimumSizeHint();
        const bool isFixed = item.widget->sizePolicy().horizontalPolicy() == QSizePolicy::Fixed;
        size = size.expandedTo(isFixed ? item.widget->sizeHint() : least);
    }
    return size;
}

int FoldingRow::heightForWidth(int width) const
{
    if (width >= sizeHint().width())
        return sizeHint().height();
    int height = -m_spacing;
    for (const Item &item : shown(true))
        height += m_spacing + heightOf(*item.widget, std::min(width, item.widget->sizeHint().width()));
    return std::max(0, height);
}

bool FoldingRow::event(QEvent *event)
{
    // A text or a state of one of them has changed, and with it what it takes.
    if (event->type() == QEvent::LayoutRequest) {
        updateGeometry();
        place();
    }
    return QWidget::event(event);
}

void FoldingRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void FoldingRow::place()
{
    m_isFolded = width() < sizeHint().width();
    for (const Item &item : m_items)
        if (item.isSeparator)
            item.widget->setVisible(!m_isFolded);
    if (m_isFolded)
        placeInColumn();
    else
        placeInRow();
}

void FoldingRow::placeInRow()
{
    const std::vector<Item> items = shown(false);
    int room = width() - sizeHint().width();
    int left = 0;
    if (std::ranges::none_of(items, [](const Item &item) { return item.stretch > 0; })) {
        left = m_alignment.testFlag(Qt::AlignHCenter) ? room / 2 : m_alignment.testFlag(Qt::AlignRight) ? room : 0;
        room = 0;
    }
    for (const Item &item : items) {
        QSize size = item.widget->sizeHint();
        if (item.stretch > 0)
            size.rwidth() += std::exchange(room, 0);
        if (item.isSeparator)
            size.setHeight(height());
        const QRect place(QPoint(left, (height() - size.height()) / 2), size);
        item.widget->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
        left += size.width() + m_spacing;
    }
}

void FoldingRow::placeInColumn()
{
    int top = 0;
    for (const Item &item : shown(true)) {
        const int itemWidth = std::min(width(), item.widget->sizeHint().width());
        const QSize size(itemWidth, heightOf(*item.widget, itemWidth));
        item.widget->setGeometry(
            QStyle::alignedRect(layoutDirection(), m_alignment | Qt::AlignTop, size, QRect(0, top, width(), size.height())));
        top += size.height() + m_spacing;
    }
}

} // namespace credenza
