// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/handover/HandoverFixture.h"

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

ImportedKey made(KeyType type)
{
    KeySpecification specification;
    specification.type = type;
    auto key = generateKey(specification);
    if (!key)
        qFatal("no key: %s", qPrintable(key.error().message));
    return *std::move(key);
}

} // namespace

Credential handoverCredential(int number)
{
    Credential credential;
    credential.id =
        QUuid(0x6f1d2c00U + static_cast<uint>(number), 0x1111, 0x4222, 0x83, 0x33, 0x44, 0x44, 0x44, 0x44, 0x44, 0x44);
    credential.revision = 1;
    credential.name = number == 1 ? u"Alder Creek"_s : u"Alder Creek %1"_s.arg(number);
    credential.description = u"Nightly group export, \"pilot\""_s;
    credential.connector = u"epic-ehr"_s;
    credential.fhirBaseUrl = u"https://alder%1.example.org/interconnect-fhir-oauth/api/FHIR/R4"_s.arg(number);
    credential.clientId = u"c83d5e10-7b2f-4a96-9e41-2f60d7a8b351"_s;
    credential.keyId = u"alder-2026"_s;
    credential.algorithm = SignatureAlgorithm::RS384;
    credential.scopes = {u"system/Patient.rs"_s, u"system/Group.rs"_s};
    credential.tags = {u"epic"_s, u"pilot"_s};
    credential.key.type = KeyType::Rsa;
    credential.key.bits = 2048;
    credential.key.thumbprint = u"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"_s;
    credential.createdAt = QDateTime::fromString(u"2026-01-02T03:04:05.000Z"_s, Qt::ISODateWithMs);
    credential.updatedAt = credential.createdAt;
    return credential;
}

Credential credentialWithKey(const ImportedKey &key, int number)
{
    Credential credential = handoverCredential(number);
    const PublicKey half = key.key.publicKey();
    credential.key = keyCardOf(half, u"generated"_s, credential.createdAt);
    credential.algorithm = half.defaultAlgorithm();
    return credential;
}

const ImportedKey &sharedRsaKey()
{
    static const ImportedKey key = made(KeyType::Rsa);
    return key;
}

const ImportedKey &sharedEcKey()
{
    static const ImportedKey key = made(KeyType::Ec);
    return key;
}

SecretBytes secretOf(QByteArrayView text)
{
    return SecretBytes::copyOf(text);
}

QByteArray plainOf(const SecretBytes &secret)
{
    // A key of a test: nothing to protect.
    return secret.copyToUnprotectedByteArray();
}

} // namespace credenza::test
