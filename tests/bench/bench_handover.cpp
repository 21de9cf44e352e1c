// SPDX-License-Identifier: Apache-2.0
// Ten thousand credentials out of one vault in a bundle and into another. Goals: export within 2 s beyond scrypt,
// import within 5 s. Beside them, what the bare work costs in the same run: scrypt once, and one signature a key.
#include "core/handover/Export.h"
#include "core/handover/ImportPlan.h"
#include "core/handover/age/AgePrimitives.h"
#include "core/handover/reading/ImportReading.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

constexpr int credentialCount = 10'000;
constexpr int keyCount = 64;

template <typename T> T checked(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
    return std::move(*result);
}

SecretBytes passphrase()
{
    return SecretBytes::copyOf(QByteArrayView("a passphrase of a benchmark"));
}

ImportedCredentials sample(const std::vector<ImportedKey> &keys)
{
    ImportedCredentialsBuilder builder;
    for (int i = 0; i < credentialCount; ++i) {
        const ImportedKey &key = keys[static_cast<std::size_t>(i) % keys.size()];
        Credential credential;
        credential.name = u"Hospital %1"_s.arg(i);
        credential.connector = u"epic-ehr"_s;
        credential.fhirBaseUrl = u"https://hospital%1.example.org/interconnect-fhir-oauth/api/FHIR/R4"_s.arg(i);
        credential.clientId = u"c83d5e10-7b2f-4a96-9e41-2f60d7a8b351"_s;
        credential.scopes = {u"system/Patient.rs"_s, u"system/Group.rs"_s};
        credential.key = keyCardOf(key.key.publicKey(), u"generated"_s, {});
        credential.algorithm = key.key.publicKey().defaultAlgorithm();
        builder.add({credential, {}, -1, 0}, key.pkcs8.charView());
    }
    return builder.take();
}

void report(const char *what, qint64 milliseconds, const char *goal)
{
    std::printf("%-34s %6lld ms  %s\n", what, static_cast<long long>(milliseconds), goal);
    std::fflush(stdout);
}

void run(KeyType type)
{
    std::printf("%s keys\n", type == KeyType::Rsa ? "RSA 2048" : "EC P-384");
    KeySpecification specification;
    specification.type = type;
    std::vector<ImportedKey> keys;
    for (int i = 0; i < keyCount; ++i)
        keys.push_back(checked(generateKey(specification)));
    QTemporaryDir folder;
    const SystemClock clock;
    SystemRandom random;
    const auto vaultAt = [&](const QString &name) {
        return checked(Vault::create(folder.filePath(name), name, passphrase(), {8, 1}, clock, random));
    };
    Vault source = vaultAt(u"source.credenza"_s);
    QElapsedTimer timer;
    timer.start();
    checked(applyImport(source, planImport(sample(keys), {})));
    report("save 10 000 in one step", timer.restart(), "");
    checked(scryptKey(passphrase(), "0123456789abcdef", 18));
    const qint64 scrypt = timer.restart();
    report("scrypt, work factor 18", scrypt, "");
    for (int i = 0; i < credentialCount; ++i)
        checked(keys[static_cast<std::size_t>(i % keyCount)].key.sign(keys.front().key.publicKey().defaultAlgorithm(),
                                                                      "x"));
    report("10 000 bare signatures", timer.restart(), "");

    ExportRequest request;
    request.format = bundleFormatId();
    for (const Credential &credential : source.credentials())
        request.credentials.append(credential.id);
    request.target.passphrase = passphrase();
    timer.restart();
    const ExportedFiles exported = checked(exportCredentials(source, request, clock, random));
    const qint64 exporting = timer.restart();
    report("export, with scrypt", exporting, "");
    report("export beyond scrypt", exporting - scrypt, "goal 2000 ms");

    AgeKeys ageKeys;
    ageKeys.passphrase = []() -> Result<SecretBytes> { return passphrase(); };
    Vault target = vaultAt(u"target.credenza"_s);
    timer.restart();
    ImportedCredentials imported =
        checked(readEncryptedImport(exported.files.front().contents.charView(), ageKeys, {}, toDateTime(clock.now())));
    const qint64 reading = timer.restart();
    report("read, with scrypt", reading, "");
    const ImportOutcome outcome = checked(applyImport(target, planImport(std::move(imported), target.credentials())));
    const qint64 saving = timer.restart();
    report("plan and save", saving, "");
    report("import beyond scrypt", reading + saving - scrypt, "goal 5000 ms");
    if (outcome.added != credentialCount)
        qFatal("not all were imported");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    qputenv("XDG_STATE_HOME", QByteArray(QDir::tempPath().toUtf8() + "/credenza-bench"));
    run(KeyType::Ec);
    run(KeyType::Rsa);
    return 0;
}
