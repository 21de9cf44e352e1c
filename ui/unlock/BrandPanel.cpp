// SPDX-License-Identifier: Apache-2.0
#include "ui/unlock/BrandPanel.h"

#include "ui/widgets/IconLabel.h"
#include "ui/widgets/TextLabel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qreal largeText = 1.5; // from here on a fact stands below its name

} // namespace

BrandPanel::BrandPanel(const Theme &theme, const QString &headline, QWidget *parent)
    : Pane(theme, Role::Rail, {}, parent), m_theme(theme), m_body(new QVBoxLayout), m_foot(new QVBoxLayout),
      m_lead(new TextLabel(theme, {}, TextStyle::Lead, Role::RailText))
{
    setFixedWidth(theme.textScale() < largeText ? 416 : 480);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(48, 40, 48, 40);
    layout->setSpacing(0);
    auto *mark = new QHBoxLayout;
    mark->setSpacing(12);
    mark->addWidget(new IconLabel(theme, Icon::Mark, Role::RailOn, 28));
    auto *name = new TextLabel(theme, u"Credenza"_s, TextStyle::PageTitle, Role::RailOn);
    mark->addWidget(name, 1);
    layout->addLayout(mark);
    // Scrolls where large text needs more than the window is high.
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 16);
    inner->setSpacing(0);
    inner->addSpacing(theme.textScale() < largeText ? 96 : 24);
    auto *title = new TextLabel(theme, headline, TextStyle::Display, Role::RailOn);
    title->setWrapping(true);
    inner->addWidget(title);
    m_lead->setWrapping(true);
    m_lead->setContentsMargins(0, 16, 0, 0);
    m_lead->hide();
    inner->addWidget(m_lead);
    m_body->setSpacing(24);
    inner->addLayout(m_body);
    inner->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    layout->addWidget(scroll, 1);
    layout->addLayout(m_foot);
}

void BrandPanel::setLead(const QString &text)
{
    m_lead->setContent(text);
    m_lead->setVisible(!text.isEmpty());
}

void BrandPanel::addPromise(Icon icon, const QString &title, const QString &text)
{
    if (m_body->isEmpty())
        m_body->addSpacing(40);
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(new IconLabel(m_theme, icon, Role::RailMark, 20), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    auto *heading = new TextLabel(m_theme, title, TextStyle::Heading, Role::RailOn);
    heading->setWrapping(true);
    words->addWidget(heading);
    auto *body = new TextLabel(m_theme, text, TextStyle::Body, Role::RailText);
    body->setWrapping(true);
    words->addWidget(body);
    row->addLayout(words, 1);
    m_body->addLayout(row);
}

void BrandPanel::setFacts(const std::vector<Fact> &facts)
{
    delete m_facts;
    m_facts = new QWidget;
    auto *layout = new QVBoxLayout(m_facts);
    layout->setContentsMargins(0, 32, 0, 0);
    layout->setSpacing(24);
    layout->addWidget(new Divider(m_theme, Qt::Horizontal, Role::RailSelected));
    auto *rows = new QGridLayout;
    rows->setHorizontalSpacing(16);
    rows->setVerticalSpacing(8);
    const bool isLarge = m_theme.textScale() >= largeText;
    rows->setColumnMinimumWidth(0, 96);
    rows->setColumnStretch(isLarge ? 0 : 1, 1);
    int row = 0;
    for (const Fact &fact : facts) {
        rows->addWidget(new TextLabel(m_theme, fact.name, TextStyle::Body, Role::RailText), row, 0, Qt::AlignTop);
        if (isLarge)
            ++row;
        auto *value = new TextLabel(m_theme, {}, fact.mono ? TextStyle::Mono : TextStyle::Body, Role::RailOn);
        value->setWrapping(true);
        // A path may break after each of its folders.
        value->setContent(QString(fact.value).replace(u'/', u"/\u200B"_s));
        value->setAccessibleName(fact.value);
        rows->addWidget(value, row, isLarge ? 0 : 1, Qt::AlignTop);
        ++row;
    }
    layout->addLayout(rows);
    m_body->addWidget(m_facts);
}

void BrandPanel::addFoot(QWidget *widget)
{
    m_foot->addWidget(widget);
}

} // namespace credenza
