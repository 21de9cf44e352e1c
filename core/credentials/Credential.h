// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/keys/SignatureAlgorithm.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QStringList>
#include <QUuid>

#include <optional>
#include <utility>

namespace credenza
{

/// What is known of a credential's private key without opening it.
struct KeyCard {
    KeyType type = KeyType::Rsa;
    int bits = 0;
    QString curve;      ///< EC only
    QString thumbprint; ///< RFC 7638
    QByteArray publicPem;
    QString origin;      ///< "pasted", "file:NAME", "generated"
    QDateTime createdAt; ///< when it came into the vault, or was generated here
};

/// How the last connection test ended.
struct TestSummary {
    bool passed = false;
    QDateTime at;
    double milliseconds = 0;
    QString step;    ///< the step that failed: "token", …; empty when passed
    QString code;    ///< stable: "invalid_client", "net.host-not-found", …; empty when passed
    QString summary; ///< one line for a person
};

/// A valid, saved credential: everything but the private key, which the vault opens only to sign.
struct Credential {
    QUuid id;         ///< given by the vault
    int revision = 0; ///< counts saves; 0 before the first
    QString name;
    QString description;
    QString connector;   ///< connector id, "epic-ehr"
    QString fhirBaseUrl; ///< canonical, without trailing slash
    QString clientId;
    QString keyId; ///< `kid`; empty: the key's thumbprint
    SignatureAlgorithm algorithm = SignatureAlgorithm::RS384;
    QString tokenEndpoint; ///< override; empty: discovered
    QString jwkSetUrl;     ///< `jku`; empty: not sent
    QStringList scopes;
    QStringList tags;
    QByteArray authorityPem; ///< extra CA certificates
    QString proxy;
    QList<std::pair<QString, QString>> extraHeaders;
    bool allowsPlainHttp = false; ///< http: to another host than this one was confirmed
    QString notes;                ///< the person's own, as long as they like
    bool isFavorite = false;      ///< shown first
    QDateTime keyExpiresAt;       ///< when the key has to be replaced; invalid: no reminder
    KeyCard key;
    QDateTime createdAt;
    QDateTime updatedAt;
    std::optional<TestSummary> lastTest;

    /// The `kid` that assertions carry.
    [[nodiscard]] QString effectiveKeyId() const { return keyId.isEmpty() ? key.thumbprint : keyId; }
};

/// The card as the vault seals it and `show --json` prints it: every member but the private key.
[[nodiscard]] QJsonObject toJson(const Credential &credential);
/// Errors: credential.malformed (Damaged).
[[nodiscard]] Result<Credential> credentialFromJson(const QJsonObject &json);

} // namespace credenza
