// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/CredentialDraft.h"

#include "core/credentials/KeyExpiry.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace credenza
{

namespace
{

struct DraftText {
    Q_DECLARE_TR_FUNCTIONS(CredentialDraft)
};

struct TextMember {
    QLatin1String name;
    QString CredentialDraft::*target;
};
const std::array textMembers{
    TextMember{QLatin1String("name"), &CredentialDraft::name},
    TextMember{QLatin1String("description"), &CredentialDraft::description},
    TextMember{QLatin1String("connector"), &CredentialDraft::connector},
    TextMember{QLatin1String("fhirBaseUrl"), &CredentialDraft::fhirBaseUrl},
    TextMember{QLatin1String("clientId"), &CredentialDraft::clientId},
    TextMember{QLatin1String("keyId"), &CredentialDraft::keyId},
    TextMember{QLatin1String("algorithm"), &CredentialDraft::algorithm},
    TextMember{QLatin1String("tokenEndpoint"), &CredentialDraft::tokenEndpoint},
    TextMember{QLatin1String("jwkSetUrl"), &CredentialDraft::jwkSetUrl},
    TextMember{QLatin1String("proxy"), &CredentialDraft::proxy},
    TextMember{QLatin1String("notes"), &CredentialDraft::notes},
    TextMember{QLatin1String("keyExpiresAt"), &CredentialDraft::keyExpiry},
};

struct ListMember {
    QLatin1String name;
    QStringList CredentialDraft::*target;
};
const std::array listMembers{ListMember{QLatin1String("scopes"), &CredentialDraft::scopes},
                             ListMember{QLatin1String("tags"), &CredentialDraft::tags}};

Failure wrongType(const QString &member, const QString &wanted)
{
    return fail(ErrorKind::InvalidInput, QStringLiteral("draft.wrong-type"),
                DraftText::tr("The member \"%1\" must be %2.").arg(member, wanted));
}

Result<void> readMember(CredentialDraft &draft, const QString &name, const QJsonValue &value,
                        const SecretBytes &keyPassphrase)
{
    const auto text = std::ranges::find(textMembers, name, &TextMember::name);
    const auto list = std::ranges::find(listMembers, name, &ListMember::name);
    if (value.isNull())
        return {};
    if (text != textMembers.end()) {
        if (!value.isString())
            return wrongType(name, DraftText::tr("a text"));
        draft.*(text->target) = value.toString();
    } else if (list != listMembers.end()) {
        QStringList items;
        for (const QJsonValue &item : value.toArray()) {
            if (!item.isString())
                return wrongType(name, DraftText::tr("a list of texts"));
            items.append(item.toString());
        }
        if (!value.isArray())
            return wrongType(name, DraftText::tr("a list of texts"));
        draft.*(list->target) = items;
    } else if (name == u"favorite") {
        if (!value.isBool())
            return wrongType(name, DraftText::tr("true or false"));
        draft.isFavorite = value.toBool();
    } else if (name == u"privateKey") {
        if (!value.isString())
            return wrongType(name, DraftText::tr("a text in PEM form"));
        QString pem = value.toString();
        const SecretBytes secret = SecretBytes::takeFrom(pem);
        draft.key = std::make_shared<const KeyInspection>(inspectKey(secret, keyPassphrase));
    } else {
        return fail(ErrorKind::InvalidInput, QStringLiteral("draft.unknown-member"),
                    DraftText::tr("There is no member \"%1\".").arg(name),
                    DraftText::tr(
                        "Known are name, description, connector, fhirBaseUrl, clientId, privateKey, keyId, algorithm, "
                        "tokenEndpoint, jwkSetUrl, proxy, scopes, tags, notes, favorite and keyExpiresAt."));
    }
    return {};
}

} // namespace

CredentialDraft draftOf(const Credential &credential)
{
    CredentialDraft draft;
    draft.name = credential.name;
    draft.description = credential.description;
    draft.connector = credential.connector;
    draft.fhirBaseUrl = credential.fhirBaseUrl;
    draft.clientId = credential.clientId;
    draft.keyOrigin = credential.key.origin;
    draft.savedKey = credential.key;
    draft.keyId = credential.keyId;
    draft.algorithm = nameOf(credential.algorithm);
    draft.tokenEndpoint = credential.tokenEndpoint;
    draft.jwkSetUrl = credential.jwkSetUrl;
    draft.scopes = credential.scopes;
    draft.tags = credential.tags;
    draft.authorityPem = credential.authorityPem;
    draft.proxy = credential.proxy;
    draft.extraHeaders = credential.extraHeaders;
    draft.allowsPlainHttp = credential.allowsPlainHttp;
    draft.notes = credential.notes;
    draft.isFavorite = credential.isFavorite;
    draft.keyExpiry = keyExpiryText(credential.keyExpiresAt);
    return draft;
}

void adoptKeyId(CredentialDraft &draft)
{
    const bool isGiven = draft.key && draft.key->isUsable() && !draft.key->keyId.isEmpty();
    if (isGiven && draft.keyId.trimmed().isEmpty() && draft.key->keyId != draft.key->thumbprint)
        draft.keyId = draft.key->keyId;
}

Result<CredentialDraft> draftFromJson(const SecretBytes &json, const SecretBytes &keyPassphrase)
{
    const QByteArrayView view = json.charView();
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(view.data(), view.size()), &error);
    if (!document.isObject())
        return fail(ErrorKind::InvalidInput, QStringLiteral("draft.not-json"),
                    error.error == QJsonParseError::NoError
                        ? DraftText::tr("The fields must be one JSON object.")
                        : DraftText::tr("The fields are not valid JSON: %1 at byte %2.")
                              .arg(error.errorString())
                              .arg(error.offset));
    CredentialDraft draft;
    const QJsonObject object = document.object();
    for (auto it = object.begin(); it != object.end(); ++it)
        TRY(readMember(draft, it.key(), it.value(), keyPassphrase));
    return draft;
}

} // namespace credenza
