// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Validation.h"

#include "core/credentials/FhirBaseUrl.h"
#include "core/credentials/FieldRules.h"
#include "core/credentials/KeyExpiry.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace credenza
{

namespace
{

struct FieldRule {
    Field field;
    QLatin1String name;
    Finding (*check)(const CredentialDraft &);
};

/// Every field, its name in JSON and its rule, in the order of the form.
constexpr std::array fieldRules{
    FieldRule{Field::Name, QLatin1String("name"), checkName},
    FieldRule{Field::Description, QLatin1String("description"), checkDescription},
    FieldRule{Field::Connector, QLatin1String("connector"), checkConnector},
    FieldRule{Field::FhirBaseUrl, QLatin1String("fhirBaseUrl"), checkFhirBaseUrl},
    FieldRule{Field::ClientId, QLatin1String("clientId"), checkClientId},
    FieldRule{Field::PrivateKey, QLatin1String("privateKey"), checkPrivateKey},
    FieldRule{Field::KeyId, QLatin1String("keyId"), checkKeyId},
    FieldRule{Field::Algorithm, QLatin1String("algorithm"), checkAlgorithm},
    FieldRule{Field::TokenEndpoint, QLatin1String("tokenEndpoint"), checkTokenEndpoint},
    FieldRule{Field::JwkSetUrl, QLatin1String("jwkSetUrl"), checkJwkSetUrl},
    FieldRule{Field::Scopes, QLatin1String("scopes"), checkScopes},
    FieldRule{Field::Tags, QLatin1String("tags"), checkTags},
    FieldRule{Field::Notes, QLatin1String("notes"), checkNotes},
    FieldRule{Field::KeyExpiry, QLatin1String("keyExpiresAt"), checkKeyExpiry},
    FieldRule{Field::AuthorityCertificates, QLatin1String("authorityCertificates"), checkAuthorities},
    FieldRule{Field::Proxy, QLatin1String("proxy"), checkProxy},
    FieldRule{Field::ExtraHeaders, QLatin1String("extraHeaders"), checkExtraHeaders},
};

QString stateName(Finding::State state)
{
    switch (state) {
    case Finding::State::Ok:
        return QStringLiteral("ok");
    case Finding::State::Warning:
        return QStringLiteral("warning");
    case Finding::State::Error:
        return QStringLiteral("error");
    }
    Q_UNREACHABLE();
}

/// The key of the draft, as the credential will remember it.
KeyCard keyCardOf(const CredentialDraft &draft, const QDateTime &now)
{
    if (!draft.key)
        return *draft.savedKey;
    const PublicKey &publicKey = *draft.key->publicKey;
    if (draft.savedKey && draft.savedKey->thumbprint == draft.key->thumbprint)
        return *draft.savedKey;
    return {publicKey.type(),
            publicKey.bits(),
            publicKey.curve(),
            draft.key->thumbprint,
            publicKey.pem(),
            draft.keyOrigin,
            now};
}

SignatureAlgorithm algorithmOf(const CredentialDraft &draft, const KeyCard &key)
{
    if (const auto chosen = signatureAlgorithm(draft.algorithm))
        return *chosen;
    if (key.type == KeyType::Rsa)
        return SignatureAlgorithm::RS384;
    return key.curve == u"P-256" ? SignatureAlgorithm::ES256 : SignatureAlgorithm::ES384;
}

} // namespace

QString nameOf(Field field)
{
    return std::ranges::find(fieldRules, field, &FieldRule::field)->name;
}

bool Validation::isValid() const
{
    return errorCount() == 0;
}

int Validation::errorCount() const
{
    return static_cast<int>(
        std::ranges::count_if(findings, [](const auto &entry) { return entry.second.state == Finding::State::Error; }));
}

Validation validate(const CredentialDraft &draft)
{
    Validation validation;
    for (const FieldRule &rule : fieldRules)
        validation.findings.emplace(rule.field, rule.check(draft));
    return validation;
}

QJsonObject toJson(const Validation &validation)
{
    QJsonObject fields;
    for (const auto &[field, finding] : validation.findings) {
        QJsonObject entry{{QStringLiteral("state"), stateName(finding.state)},
                          {QStringLiteral("code"), finding.code},
                          {QStringLiteral("message"), finding.message},
                          {QStringLiteral("hint"), finding.fix}};
        if (finding.replacement)
            entry.insert(QStringLiteral("replacement"), *finding.replacement);
        fields.insert(nameOf(field), entry);
    }
    return {{QStringLiteral("valid"), validation.isValid()}, {QStringLiteral("fields"), fields}};
}

Result<Credential> toCredential(const CredentialDraft &draft, QDateTime now, const Credential *existing)
{
    const Validation validation = validate(draft);
    for (const FieldRule &rule : fieldRules) {
        const Finding &finding = validation.of(rule.field);
        if (finding.state == Finding::State::Error)
            return fail(ErrorKind::InvalidInput, finding.code,
                        QCoreApplication::translate("Validation", "%1: %2").arg(rule.name, finding.message),
                        finding.fix);
    }
    Credential credential = existing == nullptr ? Credential{} : *existing;
    credential.name = draft.name.simplified();
    credential.description = draft.description.trimmed();
    credential.connector = draft.connector;
    credential.fhirBaseUrl = readFhirBaseUrl(draft.fhirBaseUrl, draft.allowsPlainHttp).canonical;
    credential.clientId = validation.of(Field::ClientId).replacement.value_or(draft.clientId.trimmed());
    credential.keyId = draft.keyId.trimmed();
    credential.tokenEndpoint = draft.tokenEndpoint.trimmed();
    credential.jwkSetUrl = draft.jwkSetUrl.trimmed();
    credential.scopes = draft.scopes;
    credential.tags.clear();
    for (const QString &tag : draft.tags)
        credential.tags.append(tag.trimmed());
    credential.tags.removeDuplicates();
    credential.authorityPem = draft.authorityPem;
    credential.proxy = draft.proxy.trimmed();
    credential.extraHeaders = draft.extraHeaders;
    credential.allowsPlainHttp = draft.allowsPlainHttp;
    credential.notes = draft.notes.trimmed();
    credential.isFavorite = draft.isFavorite;
    if (draft.keyExpiry.trimmed() != keyExpiryText(credential.keyExpiresAt))
        credential.keyExpiresAt = keyExpiryFrom(draft.keyExpiry).value_or(QDateTime());
    credential.key = keyCardOf(draft, now);
    credential.algorithm = algorithmOf(draft, credential.key);
    return credential;
}

} // namespace credenza
