// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyInspection.h"

#include <QJsonArray>

namespace credenza
{

const KeyFinding *KeyInspection::firstError() const
{
    for (const KeyFinding &finding : findings) {
        if (finding.severity == KeyFinding::Severity::Error)
            return &finding;
    }
    return nullptr;
}

QString nameOf(KeyMaterialKind kind)
{
    switch (kind) {
    case KeyMaterialKind::PrivateKey:
        return QStringLiteral("private-key");
    case KeyMaterialKind::EncryptedPrivateKey:
        return QStringLiteral("encrypted-private-key");
    case KeyMaterialKind::PublicKey:
        return QStringLiteral("public-key");
    case KeyMaterialKind::Certificate:
        return QStringLiteral("certificate");
    case KeyMaterialKind::CertificateRequest:
        return QStringLiteral("csr");
    case KeyMaterialKind::OpenSshPrivateKey:
        return QStringLiteral("openssh-private-key");
    case KeyMaterialKind::Jwk:
        return QStringLiteral("jwk");
    case KeyMaterialKind::JwkSet:
        return QStringLiteral("jwk-set");
    case KeyMaterialKind::Pkcs12:
        return QStringLiteral("pkcs12");
    case KeyMaterialKind::Empty:
    case KeyMaterialKind::PuttyKey:
    case KeyMaterialKind::Unknown:
        return QStringLiteral("unknown");
    }
    Q_UNREACHABLE();
}

QJsonObject toJson(const KeyInspection &inspection)
{
    QJsonArray findings;
    for (const KeyFinding &finding : inspection.findings) {
        findings.append(QJsonObject{{QStringLiteral("code"), finding.code},
                                    {QStringLiteral("message"), finding.message},
                                    {QStringLiteral("hint"), finding.hint}});
    }
    QJsonObject json{{QStringLiteral("kind"), nameOf(inspection.kind)},
                     {QStringLiteral("keyType"), inspection.keyType},
                     {QStringLiteral("bits"), inspection.bits},
                     {QStringLiteral("curve"), inspection.curve},
                     {QStringLiteral("format"), inspection.format},
                     {QStringLiteral("usable"), inspection.isUsable()},
                     {QStringLiteral("thumbprint"), inspection.thumbprint},
                     {QStringLiteral("findings"), findings}};
    if (!inspection.keyId.isEmpty())
        json.insert(QStringLiteral("keyId"), inspection.keyId);
    if (inspection.offers.isEmpty())
        return json;
    QJsonArray offers;
    for (const KeyOffer &offer : inspection.offers) {
        offers.append(QJsonObject{{QStringLiteral("keyId"), offer.keyId},
                                  {QStringLiteral("keyType"), offer.keyType},
                                  {QStringLiteral("bits"), offer.bits},
                                  {QStringLiteral("curve"), offer.curve},
                                  {QStringLiteral("thumbprint"), offer.thumbprint}});
    }
    json.insert(QStringLiteral("privateKeys"), offers);
    return json;
}

} // namespace credenza
