// SPDX-License-Identifier: Apache-2.0
#include "core/handover/reading/LooseFields.h"

#include "core/credentials/Scope.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct ReadingText {
    Q_DECLARE_TR_FUNCTIONS(ImportReading)
};

/// The private key that signs, out of a set: the one marked so, or the only one.
QByteArray signingKeyOf(const QJsonObject &set)
{
    QList<QJsonObject> all;
    for (const QJsonValue &key : set.value("keys"_L1).toArray())
        if (key.toObject().contains("d"_L1))
            all.append(key.toObject());
    for (const QJsonObject &key : all)
        if (key.value("key_ops"_L1).toArray().contains(u"sign"_s))
            return QJsonDocument(key).toJson(QJsonDocument::Compact);
    return all.size() == 1 ? QJsonDocument(all.first()).toJson(QJsonDocument::Compact) : QByteArray();
}

QString firstOf(const LooseFields &fields, std::initializer_list<QString> names)
{
    for (const QString &name : names)
        if (!fields.value(name).isEmpty())
            return fields.value(name);
    return {};
}

QStringList words(const QString &text)
{
    static const QRegularExpression separators(u"[\\s,;]+"_s);
    return text.split(separators, Qt::SkipEmptyParts);
}

QStringList tagsOf(const QString &text)
{
    QStringList tags;
    for (const QString &tag : text.split(QRegularExpression(u"[,;]"_s), Qt::SkipEmptyParts))
        tags.append(tag.trimmed());
    return tags;
}

/// The key inside a JWK names algorithm and key id where the form does not.
void takeFromJwk(LooseFields &fields)
{
    const QJsonObject jwk = QJsonDocument::fromJson(fields.value(u"privateKey"_s).toUtf8()).object();
    const QJsonObject key = jwk.contains("keys"_L1) ? jwk.value("keys"_L1).toArray().first().toObject() : jwk;
    if (fields.value(u"keyId"_s).isEmpty())
        fields.set(u"keyId"_s, key.value("kid"_L1).toString());
    if (fields.value(u"algorithm"_s).isEmpty())
        fields.set(u"algorithm"_s, key.value("alg"_L1).toString());
}

} // namespace

void LooseFields::set(const QString &name, const QString &value)
{
    m_values.insert(plain(name), value);
}

QString LooseFields::plain(const QString &name)
{
    static const QRegularExpression other(u"[^a-z0-9]"_s);
    static const QHash<QString, QString> spellings{{u"fhirurl"_s, u"fhirbaseurl"_s},
                                                   {u"fhirbase"_s, u"fhirbaseurl"_s},
                                                   {u"baseurl"_s, u"fhirbaseurl"_s},
                                                   {u"smartclientid"_s, u"clientid"_s},
                                                   {u"privatekeypem"_s, u"privatekey"_s},
                                                   {u"smartkey"_s, u"privatekey"_s},
                                                   {u"kid"_s, u"keyid"_s},
                                                   {u"alg"_s, u"algorithm"_s},
                                                   {u"tokenendpoint"_s, u"tokenurl"_s},
                                                   {u"scopes"_s, u"scope"_s},
                                                   {u"title"_s, u"name"_s},
                                                   {u"notes"_s, u"description"_s},
                                                   {u"requestedscopes"_s, u"scope"_s},
                                                   {u"privatekeyb64"_s, u"privatekeybase64"_s}};
    const QString letters = name.toLower().remove(other);
    return spellings.value(letters, letters);
}

bool LooseFields::isCredential() const
{
    return !value(u"fhirBaseUrl"_s).isEmpty() && !value(u"clientId"_s).isEmpty();
}

Result<CredentialDraft> LooseFields::takeDraft()
{
    takeFromJwk(*this);
    CredentialDraft draft;
    draft.name = value(u"name"_s);
    draft.description = value(u"description"_s);
    if (!value(u"connector"_s).isEmpty())
        draft.connector = value(u"connector"_s);
    draft.fhirBaseUrl = value(u"fhirBaseUrl"_s);
    draft.clientId = value(u"clientId"_s);
    draft.keyId = value(u"keyId"_s);
    draft.algorithm = value(u"algorithm"_s);
    draft.tokenEndpoint = value(u"tokenUrl"_s);
    draft.scopes = words(value(u"scope"_s));
    draft.tags = tagsOf(value(u"tags"_s));
    if (draft.scopes == QStringList{u"system/*.rs"_s})
        draft.scopes.clear(); // what our formats write where nothing was set
    const QString key = firstOf(*this, {u"privateKey"_s, u"privateKeyBase64"_s});
    m_values.clear();
    if (key.isEmpty())
        return importNoPrivateKey(draft.name.isEmpty() ? draft.fhirBaseUrl : draft.name);
    draft.key = keyFromText(key);
    draft.keyOrigin = u"imported"_s;
    if (draft.key->isUsable() && draft.keyId == draft.key->thumbprint)
        draft.keyId.clear();
    return draft;
}

std::shared_ptr<const KeyInspection> keyFromText(QString text)
{
    QByteArray bytes = text.toUtf8();
    wipe(text);
    const QJsonDocument json = QJsonDocument::fromJson(bytes);
    if (json.isObject() && json.object().contains("keys"_L1)) {
        bytes = signingKeyOf(json.object());
    } else if (!json.isObject() && !bytes.contains('-')) {
        const auto decoded = QByteArray::fromBase64Encoding(bytes, QByteArray::AbortOnBase64DecodingErrors);
        if (decoded && decoded.decoded.contains("PRIVATE KEY"))
            bytes = decoded.decoded;
    }
    const SecretBytes secret = SecretBytes::takeFrom(bytes);
    return std::make_shared<const KeyInspection>(inspectKey(secret));
}

Failure importMalformed(const QString &detail)
{
    return fail(ErrorKind::InvalidInput, u"import.malformed"_s,
                ReadingText::tr("The file can't be read: %1").arg(detail),
                ReadingText::tr("Ask the sender to export it again."));
}

Failure importNoPrivateKey(const QString &what)
{
    return fail(ErrorKind::InvalidInput, u"import.no-private-key"_s,
                what.isEmpty() ? ReadingText::tr("The file holds no private key.")
                               : ReadingText::tr("The file holds no private key for “%1”.").arg(what),
                ReadingText::tr("Ask for an encrypted bundle, which holds all of a credential."));
}

} // namespace credenza
