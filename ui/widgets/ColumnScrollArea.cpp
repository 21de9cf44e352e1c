// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/ColumnScrollArea.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLayout>
#include <QScrollBar>
#include <QTimer>

namespace credenza
{

ColumnScrollArea::ColumnScrollArea(const QString &objectName, QWidget *parent) : QScrollArea(parent), m_barHolder(new QWidget(this))
{
    setObjectName(objectName);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // The bar lies over the column's margin instead of taking width from it.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // In a widget of its own: a screen reader is told that the bar's parent is a child of the area, and would go round and
    // round in an area that is its own child.
    auto *bar = verticalScrollBar();
    auto *line = new QHBoxLayout(m_barHolder);
    line->setContentsMargins({});
    line->addWidget(bar);
    bar->show();
    connect(bar, &QScrollBar::rangeChanged, this, [this](int low, int high) { m_barHolder->setVisible(high > low); });
}

void ColumnScrollArea::setColumn(QWidget *column)
{
    setWidget(column);
    column->installEventFilter(this);
    fit();
}

void ColumnScrollArea::reveal(QWidget *widget)
{
    for (QWidget *parent = widget->parentWidget(); parent != nullptr; parent = parent->parentWidget()) {
        if (auto *area = qobject_cast<ColumnScrollArea *>(parent)) {
            area->m_revealed = widget;
            // Once the layout has taken in what has just been shown.
            QTimer::singleShot(0, area, &ColumnScrollArea::showRevealed);
            return;
        }
    }
}

void ColumnScrollArea::showRevealed()
{
    constexpr int surroundings = 64; // px: the title of what it belongs to
    if (m_revealed && m_revealed->hasFocus())
        ensureWidgetVisible(m_revealed, 0, surroundings);
}

void ColumnScrollArea::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

bool ColumnScrollArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        fit();
    return QScrollArea::eventFilter(watched, event);
}

void ColumnScrollArea::fit()
{
    QLayout *layout = widget() ? widget()->layout() : nullptr;
    if (!layout)
        return;
    layout->activate();
    const int width = viewport()->width();
    const int wanted =
        layout->hasHeightForWidth() ? layout->totalHeightForWidth(width) : layout->totalSizeHint().height();
    widget()->resize(width, std::max(wanted, viewport()->height()));
    const auto *bar = verticalScrollBar();
    m_barHolder->setGeometry(this->width() - bar->sizeHint().width(), 0, bar->sizeHint().width(), height());
    m_barHolder->setVisible(bar->maximum() > 0);
    m_barHolder->raise();
    showRevealed();
}

} // namespace credenza
