// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/NextPage.h"

#include "ui/widgets/EmptyState.h"

#include <QVBoxLayout>

namespace credenza
{

NextPage::NextPage(const Theme &theme, Icon icon, const QString &sentence, QWidget *parent)
    : QWidget(parent), m_state(new EmptyState(theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    m_state->setWords(icon, sentence, tr("Back to Authenticate"));
    connect(m_state, &EmptyState::actionTriggered, this, &NextPage::backRequested);
}

void NextPage::setDetail(const QString &detail)
{
    m_state->setDetail(detail);
}

} // namespace credenza
