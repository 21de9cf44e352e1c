// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/Manifest.h"
#include "core/vault/VaultKeys.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

#include <optional>

namespace credenza
{

/// What happened to the vault or to one credential; never a secret.
struct ActivityEntry {
    quint64 sequence = 0; ///< counts from 1, without gaps
    QDateTime at;
    QString actor;   ///< who, as the system knows them: "user@host"
    QString program; ///< which of our programs
    QString action;  ///< stable: "credential.created", "token.issued", … (FORMAT.md, "Activity")
    QUuid credentialId;
    QString credentialName; ///< as it was then
    QString detail;         ///< what the action says more: a test's result, a file's name
    QByteArray hash;        ///< of this entry and, through it, of all before; 32 bytes
};

/// The entry and its hash, sealed as the one after `previous`; `hash` of the entry is set.
[[nodiscard]] QByteArray sealActivity(const VaultKeys &keys, const QUuid &vaultId, ActivityEntry &entry,
                                      const ChainHash &previous, RandomSource &random);

/// An opened entry, and the hash of the one before that it names.
struct OpenedActivity {
    ActivityEntry entry;
    ChainHash previous{};
};
/// Nothing if it was not sealed as this entry of this vault's log. `buffer`: see openBox().
[[nodiscard]] std::optional<OpenedActivity> openActivity(const VaultKeys &keys, const QUuid &vaultId, quint64 sequence,
                                                         QByteArrayView sealed, SecretBytes &buffer);

/// The hash as the manifest's root keeps it.
[[nodiscard]] ChainHash chainHashOf(const ActivityEntry &entry);

} // namespace credenza
