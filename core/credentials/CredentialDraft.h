// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/credentials/Credential.h"
#include "core/keys/KeyInspection.h"

#include <memory>

namespace credenza
{

/// Exactly what was typed, valid or not. Copies share the inspected key material.
struct CredentialDraft {
    QString name;
    QString description;
    QString connector = QStringLiteral("epic-ehr");
    QString fhirBaseUrl;
    QString clientId;
    /// The looked-at key; null: nothing was given. inspectKey() is done once, when the key is given, not at each
    /// keystroke elsewhere.
    std::shared_ptr<const KeyInspection> key;
    QString keyOrigin = QStringLiteral("pasted");
    /// When editing: the saved credential's key is kept unless `key` is given.
    std::optional<KeyCard> savedKey;
    /// The saved credential whose key `savedKey` is, where it is not its own: its key is taken on saving.
    QUuid keyOwner;
    QString keyId;
    QString algorithm; ///< name; empty: the key's default
    QString tokenEndpoint;
    QString jwkSetUrl;
    QStringList scopes;
    QStringList tags;
    QByteArray authorityPem;
    QString proxy;
    QList<std::pair<QString, QString>> extraHeaders;
    bool allowsPlainHttp = false;
    QString notes;
    bool isFavorite = false;
    QString keyExpiry; ///< a date, "2027-03-31"; empty: no reminder
};

/// A draft that shows `credential` for editing.
[[nodiscard]] CredentialDraft draftOf(const Credential &credential);

/// Takes the `kid` that the draft's key came with (a JWK), unless the draft has one: it is how the key is registered.
void adoptKeyId(CredentialDraft &draft);

/// JSON of `--from FILE` (cli.md): name, description, connector, fhirBaseUrl, clientId, privateKey (PEM), keyId,
/// algorithm, tokenEndpoint, scopes[], tags[], notes, favorite, keyExpiresAt (a date). Unknown members are an error, so
/// that a misspelt one is not lost. Errors: draft.not-json, draft.unknown-member, draft.wrong-type (all InvalidInput).
[[nodiscard]] Result<CredentialDraft> draftFromJson(const SecretBytes &json, const SecretBytes &keyPassphrase = {});

} // namespace credenza
