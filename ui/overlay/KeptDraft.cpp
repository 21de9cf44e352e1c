// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/KeptDraft.h"

#include "core/base/SecretText.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <array>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct KeptDraftText {
    Q_DECLARE_TR_FUNCTIONS(KeptDraft)
};

struct TextMember {
    QLatin1String name;
    QString CredentialDraft::*target;
};
const std::array textMembers{
    TextMember{"name"_L1, &CredentialDraft::name},
    TextMember{"description"_L1, &CredentialDraft::description},
    TextMember{"connector"_L1, &CredentialDraft::connector},
    TextMember{"fhirBaseUrl"_L1, &CredentialDraft::fhirBaseUrl},
    TextMember{"clientId"_L1, &CredentialDraft::clientId},
    TextMember{"keyOrigin"_L1, &CredentialDraft::keyOrigin},
    TextMember{"keyId"_L1, &CredentialDraft::keyId},
    TextMember{"algorithm"_L1, &CredentialDraft::algorithm},
    TextMember{"tokenEndpoint"_L1, &CredentialDraft::tokenEndpoint},
    TextMember{"jwkSetUrl"_L1, &CredentialDraft::jwkSetUrl},
    TextMember{"proxy"_L1, &CredentialDraft::proxy},
    TextMember{"notes"_L1, &CredentialDraft::notes},
    TextMember{"keyExpiry"_L1, &CredentialDraft::keyExpiry},
};

/// All but the key material.
QJsonObject openPart(const KeptDraft &kept)
{
    QJsonObject json;
    for (const TextMember &member : textMembers)
        json.insert(member.name, kept.draft.*(member.target));
    json.insert("scopes"_L1, QJsonArray::fromStringList(kept.draft.scopes));
    json.insert("tags"_L1, QJsonArray::fromStringList(kept.draft.tags));
    json.insert("authorities"_L1, QString::fromLatin1(kept.draft.authorityPem));
    QJsonArray headers;
    for (const auto &[name, value] : kept.draft.extraHeaders)
        headers.append(QJsonArray{name, value});
    json.insert("extraHeaders"_L1, headers);
    json.insert("allowsPlainHttp"_L1, kept.draft.allowsPlainHttp);
    json.insert("favorite"_L1, kept.draft.isFavorite);
    json.insert("keyOwner"_L1, kept.draft.keyOwner.toString());
    json.insert("unreadOrigin"_L1, kept.unreadOrigin);
    if (kept.draft.key)
        json.insert("givenKeyId"_L1, kept.draft.key->keyId);
    if (kept.base)
        json.insert("base"_L1, toJson(*kept.base));
    return json;
}

Failure unreadable()
{
    return fail(ErrorKind::Damaged, u"draft.unreadable"_s,
                KeptDraftText::tr("The draft that was kept when the vault was locked can’t be read."));
}

} // namespace

QString keptDraftName()
{
    return u"overlay"_s;
}

SecretBytes encodeKeptDraft(const KeptDraft &kept)
{
    // Length of the open part, the open part, one byte that tells what follows, key material.
    QByteArray open = QJsonDocument(openPart(kept)).toJson(QJsonDocument::Compact);
    std::array<char, sizeof(quint32)> size{};
    qToLittleEndian(static_cast<quint32>(open.size()), size.data());
    SecretText text;
    text.append(QByteArrayView(size.data(), size.size()));
    text.append(open);
    wipe(open);
    if (kept.draft.key && kept.draft.key->imported) {
        text.append('k');
        text.append(kept.draft.key->imported->pkcs8);
    } else if (kept.unreadKey) {
        text.append('u');
        text.append(*kept.unreadKey);
    } else {
        text.append('-');
    }
    return text.take();
}

Result<KeptDraft> decodeKeptDraft(const SecretBytes &bytes)
{
    const QByteArrayView all = bytes.charView();
    if (all.size() < qsizetype(sizeof(quint32)) + 1)
        return unreadable();
    const auto size = static_cast<qsizetype>(qFromLittleEndian<quint32>(all.data()));
    const auto start = qsizetype(sizeof(quint32));
    if (size > all.size() - start - 1)
        return unreadable();
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(all.data() + start, size));
    if (!document.isObject())
        return unreadable();
    const QJsonObject json = document.object();
    KeptDraft kept;
    for (const TextMember &member : textMembers)
        kept.draft.*(member.target) = json.value(member.name).toString();
    for (const QJsonValue &scope : json.value("scopes"_L1).toArray())
        kept.draft.scopes.append(scope.toString());
    for (const QJsonValue &tag : json.value("tags"_L1).toArray())
        kept.draft.tags.append(tag.toString());
    kept.draft.authorityPem = json.value("authorities"_L1).toString().toLatin1();
    for (const QJsonValue &header : json.value("extraHeaders"_L1).toArray())
        kept.draft.extraHeaders.append({header[0].toString(), header[1].toString()});
    kept.draft.allowsPlainHttp = json.value("allowsPlainHttp"_L1).toBool();
    kept.draft.isFavorite = json.value("favorite"_L1).toBool();
    kept.draft.keyOwner = QUuid(json.value("keyOwner"_L1).toString());
    kept.unreadOrigin = json.value("unreadOrigin"_L1).toString();
    if (json.contains("base"_L1))
        kept.base = TRY(credentialFromJson(json.value("base"_L1).toObject()));

    const char kind = all[start + size];
    const QByteArrayView material = all.sliced(start + size + 1);
    if (kind == 'k') {
        auto key = inspectKey(SecretBytes::copyOf(material));
        if (!key.isUsable())
            return unreadable();
        key.keyId = json.value("givenKeyId"_L1).toString();
        kept.draft.key = std::make_shared<const KeyInspection>(std::move(key));
    } else if (kind == 'u') {
        kept.unreadKey = std::make_shared<const SecretBytes>(SecretBytes::copyOf(material));
    }
    return kept;
}

} // namespace credenza
