// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/NetworkCard.h"

#include "core/credentials/Validation.h"
#include "ui/widgets/AuthorityFileField.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/LineEdit.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

/// What the rules of a credential say of `field` in `draft`; empty: nothing is wrong.
QString complaintAbout(Field field, const CredentialDraft &draft)
{
    const Finding finding = validate(draft).of(field);
    return finding.state == Finding::State::Error ? (finding.message + u' ' + finding.fix).trimmed() : QString();
}

} // namespace

NetworkCard::NetworkCard(const Theme &theme, NetworkChoices choices, QWidget *parent)
    : Card(theme, Role::Surface, parent), m_choices(std::move(choices)), m_proxy(new LineEdit(theme)),
      m_proxyField(new FormField(theme, tr("Proxy"), Requirement::Optional, m_proxy)),
      m_authorities(new AuthorityFileField(theme)),
      m_authorityField(new FormField(theme, tr("CA certificates"), Requirement::Optional, m_authorities))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(17, 13, 17, 17);
    layout->setSpacing(12);

    m_proxyField->setObjectName(u"networkProxyField"_s);
    m_proxy->setPlaceholder(tr("As the system has it"));
    m_proxy->edit()->setObjectName(u"networkProxy"_s);
    m_proxy->setText(m_choices.proxy);
    m_proxyField->setHelp(tr("For credentials without a proxy of their own, such as http://proxy.example.org:3128."));
    connect(m_proxy->edit(), &QLineEdit::editingFinished, this, &NetworkCard::takeProxy);
    layout->addWidget(m_proxyField);

    m_authorities->edit()->setObjectName(u"networkAuthorities"_s);
    m_authorities->showPem(m_choices.authorityPem);
    m_authorityField->setHelp(tr("Trusted besides the system’s; for networks that inspect TLS."));
    connect(m_authorities, &AuthorityFileField::chosen, this, &NetworkCard::takeAuthorities);
    connect(m_authorities, &AuthorityFileField::failed, this,
            [this](const Error &error) { m_authorityField->setError((error.message + u' ' + error.hint).trimmed()); });
    layout->addWidget(m_authorityField);

    auto *timeout = new ComboBox(theme, tr("Give up on an answer"));
    timeout->setObjectName(u"networkTimeout"_s);
    timeout->setFixedWidth(theme.scaled(176));
    const auto seconds = static_cast<int>(m_choices.timeout.count());
    for (const int offered : {10, 30, 60, 120, 300})
        timeout->addItem(tr("After %n second(s)", nullptr, offered), offered);
    if (timeout->findData(seconds) < 0)
        timeout->addItem(tr("After %n second(s)", nullptr, seconds), seconds);
    timeout->setCurrentIndex(timeout->findData(seconds));
    connect(timeout, &QComboBox::currentIndexChanged, this, [this, timeout] {
        NetworkChoices changed = m_choices;
        changed.timeout = std::chrono::seconds(timeout->currentData().toInt());
        keep(changed);
    });
    auto *timeoutField = new FormField(theme, tr("Give up on an answer"), Requirement::Optional, timeout);
    timeoutField->setHelp(tr("From the first byte sent to the last received."));
    layout->addWidget(timeoutField);
}

void NetworkCard::takeProxy()
{
    CredentialDraft draft;
    draft.proxy = m_proxy->edit()->text().trimmed();
    const QString wrong = complaintAbout(Field::Proxy, draft);
    m_proxyField->setError(wrong);
    if (!wrong.isEmpty())
        return;
    NetworkChoices changed = m_choices;
    changed.proxy = draft.proxy;
    keep(changed);
}

void NetworkCard::takeAuthorities(const QByteArray &pem)
{
    CredentialDraft draft;
    draft.authorityPem = pem;
    const QString wrong = complaintAbout(Field::AuthorityCertificates, draft);
    m_authorityField->setError(wrong);
    if (!wrong.isEmpty())
        return;
    m_authorities->showPem(pem);
    NetworkChoices changed = m_choices;
    changed.authorityPem = pem;
    keep(changed);
}

void NetworkCard::keep(const NetworkChoices &changed)
{
    if (changed == m_choices)
        return;
    m_choices = changed;
    Q_EMIT this->changed(m_choices);
}

} // namespace credenza
