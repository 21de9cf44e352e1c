// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/SideColumn.h"

#include "ui/connectiontest/ConnectionTestView.h"
#include "ui/overlay/BeforeYouStart.h"
#include "ui/overlay/HelpView.h"
#include "ui/overlay/OverlayPresenter.h"
#include "ui/widgets/ColumnScrollArea.h"
#include "ui/widgets/SegmentedControl.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int helpTab = 0;
constexpr int testTab = 1;

} // namespace

SideColumn::SideColumn(const Theme &theme, const OverlayPresenter &presenter, QWidget *parent)
    : Pane(theme, Role::Sunken, Qt::LeftEdge, parent), m_theme(theme), m_presenter(presenter),
      m_tabs(new SegmentedTabs(theme, tr("Side column"))), m_pages(new QStackedWidget),
      m_checklistArea(new ColumnScrollArea(u"checklistArea"_s)), m_helpArea(new ColumnScrollArea(u"helpArea"_s)),
      m_help(new HelpView(theme, presenter)), m_test(new ConnectionTestView(theme))
{
    setMinimumWidth(1); // the sheet sets the width; large text elides
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    m_tabs->setObjectName(u"sideTabs"_s);
    m_tabs->addSegment(tr("Before you start"), Icon::Book);
    m_tabs->addSegment(tr("Connection test"), Icon::Gauge);
    column->addWidget(m_tabs);
    m_helpArea->setColumn(m_help);
    m_pages->addWidget(m_checklistArea);
    m_pages->addWidget(m_helpArea);
    m_pages->addWidget(m_test);
    column->addWidget(m_pages, 1);
    connect(m_tabs, &SegmentedControl::currentChanged, this, &SideColumn::showPage);
    connect(m_help, &HelpView::checklistRequested, this, &SideColumn::showChecklist);
    connect(m_test, &ConnectionTestView::copied, this, &SideColumn::copied);
}

void SideColumn::restart(const Connector &connector)
{
    m_checklist = new BeforeYouStart(m_theme, connector);
    connect(m_checklist, &BeforeYouStart::generateRequested, this, &SideColumn::generateRequested);
    connect(m_checklist, &BeforeYouStart::portalRequested, this, &SideColumn::portalRequested);
    connect(m_checklist, &BeforeYouStart::copied, this, &SideColumn::copied);
    m_checklistArea->setColumn(m_checklist);
    m_test->clear();
    showChecklist();
    refresh();
}

void SideColumn::showPage()
{
    const bool isTest = m_tabs->currentIndex() == testTab;
    if (!m_showsHelp)
        m_tabs->setSegmentText(helpTab, tr("Before you start"), Icon::Book);
    else if (isTest || !m_help->field())
        m_tabs->setSegmentText(helpTab, tr("Help"), Icon::Help);
    else
        m_tabs->setSegmentText(helpTab, tr("Help: %1").arg(OverlayPresenter::labelOf(*m_help->field())), Icon::Help);
    if (isTest)
        m_pages->setCurrentWidget(m_test);
    else
        m_pages->setCurrentWidget(m_showsHelp ? m_helpArea : m_checklistArea);
}

void SideColumn::showChecklist()
{
    m_showsHelp = false;
    m_tabs->setCurrentIndex(helpTab);
    showPage();
}

void SideColumn::setHelp(Field field)
{
    m_showsHelp = true;
    m_help->showField(field);
    m_helpArea->ensureVisible(0, 0);
    showPage();
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
