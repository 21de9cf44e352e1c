// SPDX-License-Identifier: Apache-2.0
#include "ui/keyslots/NewPassphraseDialog.h"

#include "core/base/PassphraseStrength.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/Meters.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

QString wordFor(const PassphraseStrength &strength)
{
    const auto bits = static_cast<int>(strength.bits);
    switch (strength.verdict) {
    case PassphraseVerdict::Empty:
        return NewPassphraseDialog::tr("Its strength shows as you type");
    case PassphraseVerdict::VeryWeak:
        return NewPassphraseDialog::tr("Very weak, about %1 bits: add words").arg(bits);
    case PassphraseVerdict::Weak:
        return NewPassphraseDialog::tr("Weak, about %1 bits: one or two more words help").arg(bits);
    case PassphraseVerdict::Fair:
        return NewPassphraseDialog::tr("Fair, about %1 bits").arg(bits);
    case PassphraseVerdict::Strong:
        return NewPassphraseDialog::tr("Strong, about %1 bits").arg(bits);
    case PassphraseVerdict::VeryStrong:
        return NewPassphraseDialog::tr("Very strong, about %1 bits").arg(bits);
    }
    Q_UNREACHABLE();
}

} // namespace

NewPassphraseDialog::NewPassphraseDialog(const Theme &theme, QWidget &host, const QString &why, QStringList known)
    : Scrim(theme, host, 8), m_known(std::move(known)), m_passphrase(new SecretEdit(theme)),
      m_again(new SecretEdit(theme)),
      m_passphraseField(new FormField(theme, tr("New passphrase"), Requirement::Required, m_passphrase)),
      m_againField(new FormField(theme, tr("Repeat"), Requirement::Required, m_again)),
      m_strength(new StrengthBar(theme)), m_verdict(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_use(new Button(theme, tr("Use this passphrase"), ButtonKind::Primary))
{
    panel().setObjectName(u"newPassphrasePanel"_s);
    panel().setAccessibleName(tr("Choose a passphrase"));
    m_passphrase->edit()->setObjectName(u"changedPassphrase"_s);
    m_again->edit()->setObjectName(u"changedPassphraseAgain"_s);
    m_verdict->setObjectName(u"changedVerdict"_s);
    m_use->setObjectName(u"usePassphrase"_s);
    auto *layout = new QVBoxLayout(&panel());
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(24, 20, 24, 12);
    column->setSpacing(4);
    column->addWidget(new TextLabel(theme, tr("Choose a passphrase"), TextStyle::Section));
    auto *reason = new TextLabel(theme, why, TextStyle::Body, Role::Text2);
    reason->setWrapping(true);
    column->addWidget(reason);
    column->addSpacing(8);
    column->addWidget(m_passphraseField);
    auto *meter = new QHBoxLayout;
    meter->setSpacing(12);
    meter->addWidget(m_strength);
    meter->addWidget(m_verdict, 1);
    column->addLayout(meter);
    column->addSpacing(8);
    column->addWidget(m_againField);
    layout->addLayout(column);
    layout->addWidget(new Divider(theme));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(24, 16, 24, 16);
    foot->setSpacing(12);
    foot->addStretch(1);
    auto *cancel = new Button(theme, tr("Cancel"));
    cancel->setObjectName(u"keepPassphrase"_s);
    foot->addWidget(cancel);
    foot->addWidget(m_use);
    layout->addLayout(foot);

    connect(cancel, &Button::clicked, this, &Scrim::requestClose);
    connect(m_use, &Button::clicked, this, &NewPassphraseDialog::submit);
    for (const SecretEdit *input : {m_passphrase, m_again}) {
        connect(input->edit(), &QLineEdit::textChanged, this, &NewPassphraseDialog::refresh);
        connect(input->edit(), &QLineEdit::returnPressed, this, &NewPassphraseDialog::submit);
    }
    connect(m_passphrase, &SecretEdit::capsLockSuspectedChanged, this, [this](bool on) {
        m_passphraseField->setWarning(on ? tr("Caps Lock is on; capitals count.") : QString());
    });
    connect(this, &Scrim::requestClose, this, [this] {
        if (!m_use->isBusy())
            close();
    });
    connect(this, &Scrim::closed, this, &QObject::deleteLater);
    refresh();
}

NewPassphraseDialog::~NewPassphraseDialog()
{
    for (const SecretEdit *input : {m_passphrase, m_again})
        input->edit()->disconnect(this);
}

QRect NewPassphraseDialog::panelGeometry() const
{
    const int wide = std::min(theme().scaled(480), width() - 48);
    const int high = panel().layout()->heightForWidth(wide);
    return {(width() - wide) / 2, std::max(24, (height() - high) / 3), wide, high};
}

void NewPassphraseDialog::ask()
{
    open(m_passphrase->edit());
}

SecretBytes NewPassphraseDialog::takePassphrase()
{
    m_use->setBusy(true);
    SecretBytes passphrase = m_passphrase->take();
    m_again->clear();
    return passphrase;
}

void NewPassphraseDialog::showFailure(const QString &text)
{
    m_use->setBusy(false);
    m_passphraseField->setError(text);
    m_passphrase->edit()->setFocus(Qt::OtherFocusReason);
}

void NewPassphraseDialog::refresh()
{
    if (m_use->isBusy())
        return;
    const PassphraseStrength strength = estimateStrength(m_passphrase->copy(), m_known);
    m_acceptable = strength.isAcceptable();
    const QString word = wordFor(strength);
    m_strength->setLevel(strength.level(), m_acceptable ? Role::Ok : Role::Warn, word);
    m_verdict->setContent(word);
    m_passphraseField->setError({});
    const QString typed = m_passphrase->text();
    const QString again = m_again->text();
    m_againField->setOk(!again.isEmpty() && again == typed);
    m_againField->setError(
        !again.isEmpty() && !typed.startsWith(again) ? tr("The two differ. Type the passphrase again.") : QString());
    m_use->setDisabledReason(objection());
}

QString NewPassphraseDialog::objection() const
{
    if (m_passphrase->text().isEmpty())
        return tr("Choose a passphrase");
    if (!m_acceptable)
        return tr("The passphrase is too easy to guess");
    return m_again->text() == m_passphrase->text() ? QString() : tr("Repeat the passphrase");
}

void NewPassphraseDialog::submit()
{
    if (!m_use->isBusy() && objection().isEmpty())
        Q_EMIT chosen();
}

} // namespace credenza
