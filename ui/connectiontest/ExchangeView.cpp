// SPDX-License-Identifier: Apache-2.0
#include "ui/connectiontest/ExchangeView.h"

#include "core/net/Redaction.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ClipboardText.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/WireHighlighter.h"

#include <QHBoxLayout>
#include <QPainter>

namespace credenza
{

using namespace Qt::StringLiterals;

ExchangeView::ExchangeView(const Theme &theme, const TestExchangeText &text, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_text(text), m_code(new CodeBlock(theme, text.secondTab))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 12, 0);
    head->setSpacing(12);
    auto *tabs = new SegmentedTabs(theme, tr("Part of the exchange"), this, SegmentedTabs::Density::Box);
    tabs->setObjectName(u"exchangeTabs"_s);
    tabs->addSegment(text.firstTab);
    tabs->addSegment(text.secondTab);
    if (!text.thirdTab.isEmpty())
        tabs->addSegment(text.thirdTab);
    tabs->setCurrentIndex(1);
    head->addWidget(tabs);
    auto *note = new ElidingLabel(theme, text.note, Qt::ElideRight, TextStyle::Small, Role::Text3);
    note->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    head->addWidget(note, 1);
    if (!text.curl.isEmpty()) {
        auto *curl = new Button(theme, tr("Copy as curl"), ButtonKind::Quiet, ButtonSize::Small);
        curl->setObjectName(u"copyExchangeAsCurl"_s);
        curl->setFlush(true);
        connect(curl, &Button::clicked, this, [this] {
            copyToClipboard(m_text.curl);
            Q_EMIT copied(tr("curl command copied, without secrets"));
        });
        head->addWidget(curl);
    }
    layout->addLayout(head);
    layout->addWidget(new Divider(theme));
    m_code->setObjectName(u"exchangeText"_s);
    m_code->setBare(true);
    m_code->setWrapping(true);
    new WireHighlighter(theme, m_code->document(), redactedMark());
    layout->addWidget(m_code);
    connect(tabs, &SegmentedControl::currentChanged, this, &ExchangeView::showTab);
    showTab(1);
}

void ExchangeView::showTab(int index)
{
    m_code->setAccessibleName(index == 0 ? m_text.firstTab : index == 1 ? m_text.secondTab : m_text.thirdTab);
    m_code->setCode(index == 0 ? m_text.first : index == 1 ? m_text.second : m_text.third);
}

void ExchangeView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawBox(painter, rect(), 4, m_theme.color(Role::Surface), m_theme.color(Role::Line));
}

} // namespace credenza
