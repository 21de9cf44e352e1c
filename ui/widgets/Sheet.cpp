// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Sheet.h"

#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/SegmentedControl.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int sheetWidth = 1024;
constexpr int mainWidth = 552;
constexpr int narrowBelow = 1200;
// What two columns need at least, at the text's size.
constexpr int columnsNeed = 900;
constexpr int barHeight = 64;

QWidget *bar(const Theme &theme, QHBoxLayout *layout, int right)
{
    auto *widget = new QWidget;
    widget->setFixedHeight(theme.scaled(barHeight) - 1);
    layout->setContentsMargins(24, 0, right, 0);
    layout->setSpacing(12);
    widget->setLayout(layout);
    return widget;
}

} // namespace

Sheet::Sheet(const Theme &theme, QWidget &host, const QString &title)
    : Scrim(theme, host), m_title(new ElidingLabel(theme, title, Qt::ElideRight, TextStyle::PageTitle)), m_headerStart(new QHBoxLayout),
      m_headerEnd(new QHBoxLayout), m_columns(new QHBoxLayout), m_footer(new QHBoxLayout),
      m_tabs(new SegmentedTabs(theme, tr("Parts of this panel")))
{
    auto *layout = new QVBoxLayout(&panel());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);

    auto *header = new QHBoxLayout;
    m_headerStart->setSpacing(12);
    m_headerStart->addWidget(m_title);
    m_headerEnd->setSpacing(12);
    header->addLayout(m_headerStart);
    header->addStretch(1);
    header->addLayout(m_headerEnd);
    header->addWidget(new KeyCap(theme, tr("Esc")));
    auto *close = new IconButton(theme, Icon::Close, tr("Close"));
    close->setObjectName(u"sheetClose"_s);
    connect(close, &IconButton::clicked, this, &Sheet::requestClose);
    header->addWidget(close);
    layout->addWidget(bar(theme, header, 16));
    layout->addWidget(new Divider(theme));

    m_tabs->hide();
    m_tabs->setObjectName(u"sheetTabs"_s);
    layout->addWidget(m_tabs);
    connect(m_tabs, &SegmentedTabs::currentChanged, this, &Sheet::arrange);
    m_columns->setSpacing(0);
    layout->addLayout(m_columns, 1);

    layout->addWidget(new Divider(theme));
    layout->addWidget(bar(theme, m_footer, 24));
    panel().setAccessibleName(title);
}

void Sheet::setTitle(const QString &title)
{
    m_title->setText(title);
    panel().setAccessibleName(title);
}

void Sheet::addHeaderWidget(QWidget *widget)
{
    m_headerStart->addWidget(widget);
}

void Sheet::addHeaderTrailing(QWidget *widget)
{
    m_headerEnd->addWidget(widget);
}

void Sheet::setMain(QWidget *main, const QString &tabText)
{
    m_main = main;
    m_columns->insertWidget(0, main);
    m_tabs->addSegment(tabText);
    arrange();
}

void Sheet::setSide(QWidget *side, const QString &tabText)
{
    m_side = side;
    m_columns->addWidget(side);
    m_tabs->addSegment(tabText);
    arrange();
}

void Sheet::showSide()
{
    m_tabs->setCurrentIndex(1);
}

void Sheet::showMain()
{
    m_tabs->setCurrentIndex(0);
}

bool Sheet::fillsWindow() const
{
    return width() < std::max(narrowBelow, theme().scaled(columnsNeed));
}

int Sheet::panelWidth() const
{
    return fillsWindow() ? width() : std::min(width(), theme().scaled(sheetWidth));
}

void Sheet::arrange()
{
    m_narrow = fillsWindow();
    const int mainColumn = panelWidth() * mainWidth / sheetWidth;
    const bool tabs = m_narrow && m_side;
    m_tabs->setVisible(tabs);
    if (m_main) {
        m_main->setVisible(!tabs || m_tabs->currentIndex() == 0);
        m_main->setMaximumWidth(tabs || !m_side ? QWIDGETSIZE_MAX : mainColumn);
        m_main->setMinimumWidth(tabs || !m_side ? 0 : mainColumn);
    }
    if (m_side)
        m_side->setVisible(!tabs || m_tabs->currentIndex() == 1);
}

QRect Sheet::panelGeometry() const
{
    const int wide = panelWidth();
    return {width() - wide, 0, wide, height()};
}

void Sheet::resizeEvent(QResizeEvent *event)
{
    arrange();
    Scrim::resizeEvent(event);
}

} // namespace credenza
