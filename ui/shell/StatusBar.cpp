// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/StatusBar.h"

#include "ui/widgets/IconLabel.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QLocale>

namespace credenza
{

using namespace Qt::StringLiterals;

StatusBar::StatusBar(const Theme &theme, QWidget *parent)
    : Pane(theme, Role::Surface, Qt::TopEdge, parent), m_vault(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_contents(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_clockIcon(new IconLabel(theme, Icon::Clock, Role::Text2, 14)),
      m_clock(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_notice(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_lockTime(new TextLabel(theme, {}, TextStyle::Small, Role::Text2))
{
    setFixedHeight(theme.scaled(28));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(24, 1, 24, 0);
    row->setSpacing(16);
    auto *vault = new QHBoxLayout;
    vault->setSpacing(6);
    vault->addWidget(new IconLabel(theme, Icon::Unlock, Role::Text2, 14));
    vault->addWidget(m_vault);
    row->addLayout(vault);
    row->addWidget(m_contents);
    row->addStretch(1);
    auto *clock = new QHBoxLayout;
    clock->setSpacing(6);
    clock->addWidget(m_clockIcon);
    clock->addWidget(m_clock);
    row->addLayout(clock);
    row->addWidget(m_notice);
    row->addWidget(m_lockTime);
    m_vault->setObjectName(u"statusVault"_s);
    m_contents->setObjectName(u"statusContents"_s);
    m_clockIcon->hide();
    m_clock->hide();
    m_notice->setObjectName(u"statusNotice"_s);
    m_lockTime->setObjectName(u"statusLockTime"_s);
    m_notice->hide();
    m_lockTime->hide();
}

void StatusBar::setVault(const QString &fileName, const QString &contents)
{
    m_vault->setContent(fileName);
    m_contents->setContent(contents);
}

void StatusBar::setClockOffset(double seconds)
{
    const QString sign = seconds <= -0.05 ? u"\u2212"_s : u"+"_s; // no "−0.0"
    m_clock->setMarkup(
        tr("Clock %1").arg(u"<code>%1%2 s</code>"_s.arg(sign, QLocale().toString(std::abs(seconds), 'f', 1))));
    m_clock->setToolTip(tr("The server’s clock minus this computer’s, as the last test saw it"));
    m_clockIcon->show();
    m_clock->show();
}

void StatusBar::setNotice(const QString &text)
{
    m_notice->setContent(text);
    m_notice->setVisible(!text.isEmpty());
    m_lockTime->setVisible(text.isEmpty() && !m_lockTime->content().isEmpty());
}

void StatusBar::setLockTime(const QString &text)
{
    if (text == m_lockTime->content())
        return;
    m_lockTime->setContent(text);
    m_lockTime->setVisible(!text.isEmpty() && m_notice->content().isEmpty());
}

} // namespace credenza
