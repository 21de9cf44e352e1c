// SPDX-License-Identifier: Apache-2.0
// What becomes of a draft that the form is not alone with: the vault is locked over it, or another program saved.
#include "ui/overlay/CredentialForm.h"
#include "ui/overlay/CredentialSheet.h"
#include "ui/overlay/KeptDraft.h"
#include "ui/overlay/KeyField.h"
#include "ui/session/VaultSession.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ConfirmPanel.h"

#include <utility>
#include <variant>

namespace credenza
{

void CredentialSheet::askToSaveOver(const Error &error)
{
    auto *question =
        new ConfirmPanel(m_theme, m_host,
                         {tr("Changed elsewhere meanwhile"),
                          error.message + u' ' + tr("What was saved there stays among its earlier versions."),
                          tr("Keep editing"), tr("Save over it")});
    connect(question, &ConfirmPanel::confirmed, this, [this] {
        m_presenter.forgetBase();
        save();
    });
    question->ask();
}

void CredentialSheet::keepDraft()
{
    if (!isOpen() || !m_presenter.isDirty())
        return;
    const KeyIntake &intake = m_form->keyField().intake();
    const auto bytes = std::make_shared<SecretBytes>(
        encodeKeptDraft({m_presenter.draft(), m_presenter.base(), intake.unread(), intake.unreadOrigin()}));
    m_session.withVault<std::monostate>(
        this,
        [bytes](Vault &vault) -> Result<std::monostate> {
            TRY(vault.putSealedItem(SealedKind::Draft, keptDraftName(), bytes->view()));
            return std::monostate();
        },
        [this](const Result<std::monostate> &kept) {
            if (!kept) // a sentence the unlock screen's toast shows: it must not be lost in silence
                Q_EMIT copied(tr("The draft could not be kept: %1").arg(kept.error().message));
        });
}

void CredentialSheet::keepUpToDate()
{
    if (!isOpen())
        return;
    if (m_save->isBusy()) {
        m_keepSoon.start(); // if it comes to nothing, the form is still there
        return;
    }
    if (!m_presenter.isDirty()) {
        forgetKeptDraft();
        return;
    }
    keepDraft();
    m_hasKeptDraft = true;
}

void CredentialSheet::resumeDraft()
{
    using Kept = std::shared_ptr<KeptDraft>;
    m_session.withVault<Kept>(
        this,
        [](Vault &vault) -> Result<Kept> {
            const auto bytes = TRY(vault.sealedItem(SealedKind::Draft, keptDraftName()));
            return bytes ? std::make_shared<KeptDraft>(TRY(decodeKeptDraft(*bytes))) : Kept();
        },
        [this](const Result<Kept> &kept) {
            if (!kept) {
                Q_EMIT copied(kept.error().message);
                return;
            }
            if (!*kept || isOpen())
                return;
            m_hasKeptDraft = true;
            KeptDraft resumed = std::move(**kept);
            // Deleted elsewhere meanwhile: what was entered becomes a new credential.
            if (resumed.base && !m_session.credential(resumed.base->id))
                resumed.base.reset();
            const QUuid owner = resumed.draft.keyOwner;
            const Credential *keyOwner = m_session.credential(owner);
            if (keyOwner)
                resumed.draft.savedKey = keyOwner->key;
            else
                resumed.draft.keyOwner = {};
            if (!keyOwner && resumed.base)
                resumed.draft.savedKey = resumed.base->key;
            m_presenter.setSavedCredentials(m_session.credentials());
            m_presenter.resume(std::move(resumed.draft), resumed.base);
            begin(m_presenter.isEditing() ? tr("Edit Credential") : tr("Add New Credential"));
            if (resumed.unreadKey)
                m_form->keyField().takeMaterial(resumed.unreadKey->clone(), resumed.unreadOrigin);
            Q_EMIT copied(tr("Your draft from before the vault was locked is back."));
        });
}

void CredentialSheet::forgetKeptDraft()
{
    if (!std::exchange(m_hasKeptDraft, false))
        return;
    m_session.withVault<bool>(
        this, [](Vault &vault) { return vault.removeSealedItem(SealedKind::Draft, keptDraftName()); },
        [this](const Result<bool> &removed) {
            if (!removed)
                Q_EMIT copied(removed.error().message);
        });
}

} // namespace credenza
