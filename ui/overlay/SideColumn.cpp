// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/SideColumn.h"

#include "ui/connectiontest/ConnectionTestView.h"
#include "ui/overlay/BeforeYouStart.h"
#include "ui/overlay/HelpView.h"
#include "ui/overlay/OverlayPresenter.h"
#include "ui/widgets/SegmentedControl.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int helpTab = 0;
constexpr int testTab = 1;

QScrollArea *scrolling(QWidget *content, const QString &objectName)
{
    auto *area = new QScrollArea;
    area->setObjectName(objectName);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    return area;
}

} // namespace

SideColumn::SideColumn(const Theme &theme, const OverlayPresenter &presenter, QWidget *parent)
    : Pane(theme, Role::Sunken, Qt::LeftEdge, parent), m_theme(theme), m_presenter(presenter),
      m_tabs(new SegmentedTabs(theme, tr("Side column"))), m_pages(new QStackedWidget),
      m_checklistArea(scrolling(new QWidget, u"checklistArea"_s)), m_help(new HelpView(theme, presenter)),
      m_test(new ConnectionTestView(theme))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    m_tabs->setObjectName(u"sideTabs"_s);
    m_tabs->addSegment(tr("Before you start"), Icon::Book);
    m_tabs->addSegment(tr("Connection test"), Icon::Gauge);
    column->addWidget(m_tabs);
    m_helpArea = scrolling(m_help, u"helpArea"_s);
    m_pages->addWidget(m_checklistArea);
    m_pages->addWidget(m_helpArea);
    m_pages->addWidget(m_test);
    column->addWidget(m_pages, 1);
    connect(m_tabs, &SegmentedControl::currentChanged, this, [this](int tab) {
        if (tab == testTab)
            m_pages->setCurrentWidget(m_test);
        else
            m_pages->setCurrentWidget(m_showsHelp ? m_helpArea : m_checklistArea);
    });
    connect(m_help, &HelpView::checklistRequested, this, &SideColumn::showChecklist);
    connect(m_test, &ConnectionTestView::copied, this, &SideColumn::copied);
}

void SideColumn::restart(const Connector &connector)
{
    m_checklist = new BeforeYouStart(m_theme, connector);
    connect(m_checklist, &BeforeYouStart::generateRequested, this, &SideColumn::generateRequested);
    connect(m_checklist, &BeforeYouStart::portalRequested, this, &SideColumn::portalRequested);
    connect(m_checklist, &BeforeYouStart::copied, this, &SideColumn::copied);
    m_checklistArea->setWidget(m_checklist);
    m_test->clear();
    showChecklist();
    refresh();
}

void SideColumn::showChecklist()
{
    m_showsHelp = false;
    m_tabs->setSegmentText(helpTab, tr("Before you start"), Icon::Book);
    m_tabs->setCurrentIndex(helpTab);
    m_pages->setCurrentWidget(m_checklistArea);
}

void SideColumn::setHelp(Field field)
{
    m_showsHelp = true;
    m_help->showField(field);
    m_tabs->setSegmentText(helpTab, tr("Help: %1").arg(OverlayPresenter::labelOf(field)), Icon::Help);
    if (m_tabs->currentIndex() == helpTab)
        m_pages->setCurrentWidget(m_helpArea);
    m_helpArea->ensureVisible(0, 0);
}

void SideColumn::showHelp()
{
    m_tabs->setCurrentIndex(helpTab);
}

void SideColumn::showTest()
{
    m_tabs->setCurrentIndex(testTab);
}

void SideColumn::refresh()
{
    m_help->refresh();
    const QList<Field> missing = m_presenter.missing();
    const auto tick = [&](BeforeYouStart::Item item, Field field) {
        if (!missing.contains(field))
            m_checklist->setDone(item, true); // a tick of one's own is never taken back
    };
    tick(BeforeYouStart::Item::Registration, Field::ClientId);
    tick(BeforeYouStart::Item::KeyPair, Field::PrivateKey);
    tick(BeforeYouStart::Item::BaseUrl, Field::FhirBaseUrl);
}

} // namespace credenza
