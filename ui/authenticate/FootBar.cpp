// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/FootBar.h"

#include "ui/authenticate/CredentialTile.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidingLabel.h"

#include <QHBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

FootBar::FootBar(const Theme &theme, QWidget *parent)
    : Pane(theme, Role::Surface, Qt::TopEdge, parent),
      m_caption(new ElidingLabel(theme, {}, Qt::ElideRight, TextStyle::Body, Role::Text3)),
      m_name(new ElidingLabel(theme, {}, Qt::ElideRight, TextStyle::Heading)),
      m_url(new ElidingLabel(theme, {}, Qt::ElideMiddle, TextStyle::Mono, Role::Text2)),
      m_test(new Button(theme, tr("Test connection"))),
      m_next(new Button(theme, tr("Next: Browse"), ButtonKind::Primary))
{
    setFixedHeight(theme.scaled(64));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(24, 1, 24, 0);
    layout->setSpacing(12);
    layout->addWidget(m_caption);
    layout->addWidget(m_name);
    layout->addWidget(m_url, 1);
    layout->addWidget(m_test);
    layout->addWidget(m_next);
    m_name->setObjectName(u"selectedName"_s);
    m_test->setObjectName(u"testConnection"_s);
    m_test->setLeadingIcon(Icon::Gauge);
    m_test->setToolTip(tr("Ctrl+T"));
    m_next->setObjectName(u"next"_s);
    m_next->setTrailingIcon(Icon::ArrowRight);
    m_next->setToolTip(tr("Ctrl+Enter"));
    connect(m_test, &Button::clicked, this, &FootBar::testRequested);
    connect(m_next, &Button::clicked, this, &FootBar::nextRequested);
    setSelected(nullptr);
}

void FootBar::setSelected(const CredentialTile *tile, qsizetype count)
{
    const bool isOne = tile && count == 1;
    m_caption->setText(tile ? tr("Selected") : tr("Select a credential to go on"));
    m_name->setText(isOne  ? tile->name
                       : tile ? tr("%n credential(s)", nullptr, static_cast<int>(count))
                              : QString());
    m_name->setVisible(tile != nullptr);
    m_url->setText(isOne ? tile->baseUrl : QString());
    m_test->setText(tile && !isOne ? tr("Test all") : tr("Test connection"));
    m_test->setDisabledReason(tile ? QString() : tr("Select a credential first"));
    m_next->setDisabledReason(isOne  ? QString()
                              : tile ? tr("Select one credential to go on with")
                                     : tr("Select a credential first"));
    m_test->setBusy(isOne && tile->progress.has_value());
}

void FootBar::setNextText(const QString &text)
{
    m_next->setText(text);
}

} // namespace credenza
