// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/FoldingRow.h"

#include <QBoxLayout>

#include <algorithm>

namespace credenza
{

FoldingRow::FoldingRow(int spacing, Qt::Alignment alignment, QWidget *parent)
    : QWidget(parent), m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this)), m_alignment(alignment)
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(spacing);
    m_layout->setAlignment(alignment);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FoldingRow::addWidget(QWidget *widget, int stretch)
{
    m_items.push_back({widget, stretch, false});
    m_layout->addWidget(widget, stretch);
}

void FoldingRow::addSeparator(QWidget *line)
{
    m_items.push_back({line, 0, true});
    m_layout->addWidget(line);
}

QSize FoldingRow::rowSize() const
{
    QSize size(m_layout->spacing() * std::max(0, static_cast<int>(m_items.size()) - 1), 0);
    for (const Item &item : m_items) {
        const QSize hint = item.widget->sizeHint();
        size.rwidth() += hint.width();
        if (!item.isSeparator)
            size.setHeight(std::max(size.height(), hint.height()));
    }
    return size;
}

QSize FoldingRow::sizeHint() const
{
    return rowSize();
}

QSize FoldingRow::minimumSizeHint() const
{
    QSize size;
    for (const Item &item : m_items)
        if (!item.isSeparator)
            size = size.expandedTo(item.widget->minimumSizeHint());
    return size;
}

int FoldingRow::heightForWidth(int width) const
{
    if (width >= rowSize().width())
        return rowSize().height();
    int height = -m_layout->spacing();
    for (const Item &item : m_items)
        if (!item.isSeparator)
            height += m_layout->spacing() + (item.widget->hasHeightForWidth() ? item.widget->heightForWidth(width)
                                                                              : item.widget->sizeHint().height());
    return std::max(0, height);
}

void FoldingRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    setFolded(width() < rowSize().width());
}

void FoldingRow::setFolded(bool isFolded)
{
    if (isFolded == m_isFolded)
        return;
    m_isFolded = isFolded;
    m_layout->setDirection(isFolded ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    for (const Item &item : m_items) {
        if (item.isSeparator)
            item.widget->setVisible(!isFolded);
        m_layout->setStretchFactor(item.widget, isFolded ? 0 : item.stretch);
        m_layout->setAlignment(item.widget, isFolded && !item.widget->hasHeightForWidth() ? m_alignment : Qt::Alignment());
    }
    updateGeometry();
}

} // namespace credenza
