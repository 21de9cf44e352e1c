// SPDX-License-Identifier: Apache-2.0
// Writes keys in several forms, freshly made, into the folder that is its argument: where the fuzzer of key intake
// begins.
#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/keys/Certificate.h"
#include "core/keys/PublicKey.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <cstdio>

using namespace credenza;

namespace
{

bool write(const QDir &folder, const char *name, QByteArrayView contents)
{
    QFile file(folder.filePath(QString::fromLatin1(name)));
    // The first byte chooses the passphrase; this one stands for none.
    return file.open(QIODevice::WriteOnly) && file.putChar('\0') && file.write(contents.data(), contents.size()) >= 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    const auto rsa = generateKey({KeyType::Rsa, 2048, {}});
    const auto elliptic = generateKey({KeyType::Ec, 0, QStringLiteral("P-256")});
    if (!folder.mkpath(QStringLiteral(".")) || !rsa || !elliptic)
        return 1;
    const SystemClock clock;
    SystemRandom random;
    const auto certificate =
        selfSignedCertificate(rsa->key, QStringLiteral("fuzz"), std::chrono::days(1), clock, random);
    const SecretBytes rsaPem = toPkcs8Pem(rsa->pkcs8);
    const SecretBytes ellipticPem = toPkcs8Pem(elliptic->pkcs8);
    const QByteArray jwk = QJsonDocument(elliptic->key.publicKey().jwk(SignatureAlgorithm::ES256)).toJson();
    const bool isWritten =
        certificate && write(folder, "rsa.pem", rsaPem.charView()) && write(folder, "ec.pem", ellipticPem.charView()) &&
        write(folder, "rsa.der", rsa->pkcs8.charView()) && write(folder, "ec.der", elliptic->pkcs8.charView()) &&
        write(folder, "certificate.pem", certificate->pem) && write(folder, "jwk.json", jwk) &&
        write(folder, "set.json", "{\"keys\":[" + jwk + "]}") &&
        write(folder, "public.pem", rsa->key.publicKey().pem());
    if (!isWritten)
        std::fprintf(stderr, "The seeds could not be written.\n");
    return isWritten ? 0 : 1;
}
