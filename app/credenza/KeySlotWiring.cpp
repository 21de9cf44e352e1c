// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/KeySlotWiring.h"

#include "core/vault/KeySlot.h"
#include "core/vault/Keyring.h"
#include "ui/keyslots/NewPassphraseDialog.h"
#include "ui/keyslots/RecoveryCodeDialog.h"
#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/Toast.h"

#include <QPointer>

#include <memory>

namespace credenza
{

using namespace Qt::StringLiterals;

KeySlotWiring::KeySlotWiring(const Theme &theme, MainWindow &window, VaultSession &session, SettingsPage &settings)
    : m_theme(theme), m_window(window), m_session(session), m_card(new KeySlotsCard(theme))
{
    settings.addCard(SettingsSection::Vault, m_card);
    connect(m_card, &KeySlotsCard::passphraseRequested, this, [this] {
        changePassphrase(tr("It replaces the present one. Copies of the vault made before still open with that."));
    });
    connect(m_card, &KeySlotsCard::strengthenRequested, this, &KeySlotWiring::strengthen);
    connect(m_card, &KeySlotsCard::recoveryCodeRequested, this, [this] { makeRecoveryCode(); });
    connect(m_card, &KeySlotsCard::keyringRequested, this, &KeySlotWiring::setKeyring);
    connect(m_card, &KeySlotsCard::removeRequested, this, &KeySlotWiring::remove);
    connect(&m_session, &VaultSession::stateChanged, this, [this] {
        if (m_session.state() == VaultSession::State::Unlocked)
            reload();
        else
            m_card->setSlots({});
    });
    if (m_session.state() == VaultSession::State::Unlocked)
        reload();
}

void KeySlotWiring::reload()
{
    m_session.withVault<QList<KeySlotInfo>>(
        this, [](Vault &vault) { return vault.keySlots(); },
        [this](const Result<QList<KeySlotInfo>> &slotList) {
            m_card->setBusy(false);
            if (slotList)
                m_card->setSlots(*slotList);
            else if (slotList.error().kind != ErrorKind::Locked)
                m_card->setFailure(slotList.error().message);
        });
}

void KeySlotWiring::doWithSlots(std::function<Result<void>(Vault &)> work, const QString &done,
                                std::function<void(const Result<void> &)> then)
{
    m_card->setBusy(true);
    m_card->setFailure({});
    m_session.withVault<bool>(
        this,
        [work = std::move(work)](Vault &vault) -> Result<bool> {
            TRY(work(vault));
            return true;
        },
        [this, done, then = std::move(then)](const Result<bool> &result) {
            reload();
            const Result<void> outcome = result ? Result<void>() : Result<void>(Failure(result.error()));
            if (then)
                then(outcome);
            else if (!outcome)
                m_card->setFailure((outcome.error().message + u' ' + outcome.error().hint).trimmed());
            if (outcome && !done.isEmpty())
                m_window.toast().showMessage(done);
        });
}

void KeySlotWiring::changePassphrase(const QString &why)
{
    auto *dialog = new NewPassphraseDialog(m_theme, m_window, why, {m_session.vaultName(), u"credenza"_s, u"epic"_s});
    connect(&m_session, &VaultSession::aboutToLock, dialog, &Scrim::closeAtOnce);
    connect(dialog, &NewPassphraseDialog::chosen, this, [this, guard = QPointer(dialog)] {
        const auto passphrase = std::make_shared<SecretBytes>(guard->takePassphrase());
        doWithSlots(
            [passphrase](Vault &vault) -> Result<void> {
                const auto slotList = TRY(vault.keySlots());
                KdfParameters kdf = calibratedKdf();
                for (const KeySlotInfo &slot : slotList)
                    if (slot.kdf)
                        kdf = *slot.kdf; // a new word is no reason to make a slow machine slower
                return vault.changePassphrase(*passphrase, kdf);
            },
            tr("The vault opens with the new passphrase."),
            [guard](const Result<void> &changed) {
                if (!guard)
                    return;
                if (changed)
                    guard->succeed();
                else
                    guard->showFailure((changed.error().message + u' ' + changed.error().hint).trimmed());
            });
    });
    dialog->ask();
}

void KeySlotWiring::strengthen()
{
    // The cost can only be changed by who knows the passphrase: it has to be derived anew.
    auto *question =
        new ConfirmPanel(m_theme, m_window,
                         {tr("Measure the cost of a try anew?"),
                          tr("Each try of the passphrase is made to take about a second on this computer, and "
                             "never less than now. Type the passphrase: it is derived anew."),
                          tr("Leave it"), tr("Strengthen")});
    auto *input = new SecretEdit(m_theme);
    input->edit()->setObjectName(u"strengthenWith"_s);
    input->edit()->setAccessibleName(tr("Passphrase"));
    question->addContent(input);
    connect(&m_session, &VaultSession::aboutToLock, question, &Scrim::closeAtOnce);
    connect(question, &ConfirmPanel::confirmed, this, [this, input] {
        const auto passphrase = std::make_shared<SecretBytes>(input->take());
        doWithSlots(
            [passphrase](Vault &vault) -> Result<void> {
                TRY(vault.provePassphrase(*passphrase));
                const KdfParameters measured = calibratedKdf();
                const KdfParameters present = vault.info().kdf;
                return vault.changePassphrase(*passphrase, {std::max(measured.memoryMiB, present.memoryMiB),
                                                            std::max(measured.passes, present.passes)});
            },
            tr("A try of the passphrase now takes about a second on this computer."),
            [this](const Result<void> &strengthened) { takeProof(strengthened); });
    });
    question->ask();
}

void KeySlotWiring::takeProof(const Result<void> &proved)
{
    if (proved || proved.error().code != "vault.wrong-passphrase"_L1)
        m_wrongProofs = 0;
    else
        ++m_wrongProofs;
    if (!proved)
        m_card->setFailure((proved.error().message + u' ' + proved.error().hint).trimmed());
    // Whoever sits before an open vault is not to find out its passphrase here: the unlock screen makes them wait.
    if (m_wrongProofs < 3)
        return;
    m_wrongProofs = 0;
    m_session.lock();
    m_window.toast().showMessage(tr("The passphrase was wrong three times: the vault was locked."));
}

void KeySlotWiring::makeRecoveryCode(const std::function<void()> &then)
{
    auto *dialog = new RecoveryCodeDialog(
        m_theme, m_window,
        {m_session.vaultName(), m_session.vaultPath(), toDateTime(m_session.clock().now()).toLocalTime().date()});
    connect(&m_session, &VaultSession::aboutToLock, dialog, [dialog] {
        Q_EMIT dialog->requestClose(); // a code of which nobody said that they keep it opens nothing
        dialog->closeAtOnce();
    });
    connect(dialog, &RecoveryCodeDialog::declined, this, &KeySlotWiring::dropRecoveryCode);
    if (then)
        connect(dialog, &Scrim::closed, this, then);
    connect(dialog, &RecoveryCodeDialog::saved, this,
            [this](const QString &path) { m_window.toast().showMessage(tr("Saved as %1.").arg(path)); });
    connect(dialog, &RecoveryCodeDialog::copied, this,
            [this] { m_window.toast().showMessage(tr("Recovery code copied.")); });
    const auto code = std::make_shared<SecretBytes>();
    doWithSlots(
        [code](Vault &vault) -> Result<void> {
            *code = TRY(vault.makeRecoveryCode());
            return {};
        },
        {},
        [code, guard = QPointer(dialog)](const Result<void> &made) {
            if (!guard)
                return;
            if (made)
                guard->showCode(std::move(*code));
            else
                guard->showFailure((made.error().message + u' ' + made.error().hint).trimmed());
        });
    dialog->ask();
}

void KeySlotWiring::dropRecoveryCode()
{
    doWithSlots(
        [](Vault &vault) -> Result<void> {
            const auto slotList = TRY(vault.keySlots());
            for (const KeySlotInfo &slot : slotList)
                if (slot.kind == recoverySlotKind())
                    TRY(vault.removeKeySlot(slot.id));
            return {};
        },
        tr("There is no recovery code. Settings can make one at any time."));
}

void KeySlotWiring::setKeyring(bool on)
{
    const std::shared_ptr<Keyring> keyring = m_session.keyring();
    if (!keyring)
        return;
    doWithSlots([keyring, on](Vault &vault) { return on ? vault.useKeyring(*keyring) : vault.leaveKeyring(*keyring); },
                on ? tr("The system keyring opens this vault.") : tr("The system keyring no longer opens this vault."),
                [this](const Result<void> &changed) {
                    if (changed)
                        return;
                    const QString text = (changed.error().message + u' ' + changed.error().hint).trimmed();
                    m_card->setFailure(text);
                    m_window.toast().showMessage(text); // asked for on the first screen, the card is not in view
                });
}

void KeySlotWiring::remove(const QUuid &id, const QString &kind)
{
    const bool isPassphrase = kind == passphraseSlotKind();
    const QString name = isPassphrase                 ? tr("the passphrase")
                         : kind == recoverySlotKind() ? tr("the recovery code")
                                                      : kind;
    auto *question =
        new ConfirmPanel(m_theme, m_window,
                         {tr("No longer unlock with %1?").arg(name),
                          isPassphrase ? tr("From then on only the recovery code opens this vault, wherever it is "
                                            "kept. Who loses that loses the vault.")
                                       : tr("Copies of the vault made before still open with it."),
                          tr("Keep it"), tr("Remove %1").arg(name)});
    connect(&m_session, &VaultSession::aboutToLock, question, &Scrim::closeAtOnce);
    connect(question, &ConfirmPanel::confirmed, this,
            [this, id] { doWithSlots([id](Vault &vault) { return vault.removeKeySlot(id); }, tr("Removed.")); });
    question->ask();
}

} // namespace credenza
