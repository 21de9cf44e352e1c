// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/EmptyState.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/TextLabel.h"

#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

EmptyState::EmptyState(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_icon(new IconLabel(theme, Icon::Info, Role::Text3, 24)),
      m_sentence(new TextLabel(theme, {}, TextStyle::Body, Role::Text2)),
      m_detail(new TextLabel(theme, {}, TextStyle::Small, Role::Text3)), m_action(new Button(theme, {}))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(8);
    layout->addStretch(1);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    for (TextLabel *label : {m_sentence, m_detail}) {
        label->setWrapping(true);
        label->setAlignment(Qt::AlignHCenter | Qt::AlignVCenter);
        label->setMaximumWidth(theme.scaled(480));
        // A wrapping label in the middle would take its smallest width; let it have the room up to its maximum.
        label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        auto *row = new QHBoxLayout;
        row->addStretch(1);
        row->addWidget(label, 100);
        row->addStretch(1);
        layout->addLayout(row);
    }
    m_detail->hide();
    layout->addSpacing(4);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(2);
    m_action->setObjectName(u"emptyAction"_s);
    m_action->hide();
    connect(m_action, &Button::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::setWords(Icon icon, const QString &sentence, const QString &action)
{
    m_icon->setIconShown(icon, Role::Text3);
    m_sentence->setContent(sentence);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
}

void EmptyState::setDetail(const QString &detail)
{
    m_detail->setContent(detail);
    m_detail->setVisible(!detail.isEmpty());
}

QString EmptyState::sentence() const
{
    return m_sentence->content();
}

} // namespace credenza
