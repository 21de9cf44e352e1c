// SPDX-License-Identifier: Apache-2.0
// Ten thousand credentials out of one vault in a bundle and into another. Goals: export within 2 s beyond scrypt,
// import within 5 s. Beside them, what the bare work costs in the same run: scrypt once, and one signature a key. The
// processor's time, which other programs on the machine change less than the clock's, stands in parentheses.
#include "core/handover/Export.h"
#include "core/handover/ImportPlan.h"
#include "core/handover/age/AgePrimitives.h"
#include "core/handover/reading/ImportReading.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>
#include <ctime>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

constexpr int credentialCount = 10'000;

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

/// Time by the clock, and of the processor for all threads of this program; milliseconds.
struct Spent {
    qint64 wall = 0;
    qint64 processor = 0;

    Spent operator+(const Spent &other) const { return {wall + other.wall, processor + other.processor}; }
    Spent operator-(const Spent &other) const { return {wall - other.wall, processor - other.processor}; }
};

class Stopwatch
{
public:
    Stopwatch() { restart(); }
    Spent restart()
    {
        const Spent spent{m_timer.isValid() ? m_timer.elapsed() : 0,
                          (std::clock() - m_start) * 1000 / CLOCKS_PER_SEC};
        m_timer.start();
        m_start = std::clock();
        return spent;
    }

private:
    QElapsedTimer m_timer;
    std::clock_t m_start = 0;
};

void report(const char *what, const Spent &spent, const char *goal = "")
{
    std::printf("%-34s %6lld ms  (%6lld ms)  %s\n", what, static_cast<long long>(spent.wall),
                static_cast<long long>(spent.processor), goal);
    std::fflush(stdout);
}

void run(const char *title, KeyType type, int keyCount)
{
    std::printf("%s\n", title);
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
    const ImportPlan first = planImport(sample(keys), {});
    Stopwatch watch;
    checked(applyImport(source, first));
    report("save 10 000 in one step", watch.restart());
    checked(scryptKey(passphrase(), "0123456789abcdef", 18));
    const Spent scrypt = watch.restart();
    report("scrypt, work factor 18", scrypt);
    for (int i = 0; i < credentialCount; ++i)
        checked(keys[static_cast<std::size_t>(i % keyCount)].key.sign(keys.front().key.publicKey().defaultAlgorithm(),
                                                                      "x"));
    report("10 000 bare signatures", watch.restart());

    ExportRequest request;
    request.format = bundleFormatId();
    for (const Credential &credential : source.credentials())
        request.credentials.append(credential.id);
    request.target.passphrase = passphrase();
    watch.restart();
    const ExportedFiles exported = checked(exportCredentials(source, request, clock, random));
    const Spent exporting = watch.restart();
    report("export, with scrypt", exporting);
    report("export beyond scrypt", exporting - scrypt, "goal 2000 ms");

    AgeKeys ageKeys;
    ageKeys.passphrase = []() -> Result<SecretBytes> { return passphrase(); };
    Vault target = vaultAt(u"target.credenza"_s);
    watch.restart();
    ImportedCredentials imported =
        checked(readEncryptedImport(exported.files.front().contents.charView(), ageKeys, {}, toDateTime(clock.now())));
    const Spent reading = watch.restart();
    report("read, with scrypt", reading);
    const ImportOutcome outcome = checked(applyImport(target, planImport(std::move(imported), target.credentials())));
    const Spent saving = watch.restart();
    report("plan and save", saving);
    report("import beyond scrypt", reading + saving - scrypt, "goal 5000 ms");
    if (outcome.added != credentialCount)
        qFatal("not all were imported");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    qputenv("XDG_STATE_HOME", QByteArray(QDir::tempPath().toUtf8() + "/credenza-bench"));
    run("EC P-384, 64 keys", KeyType::Ec, 64);
    run("RSA 2048, 64 keys", KeyType::Rsa, 64);
    run("EC P-384, a key for each", KeyType::Ec, credentialCount);
    return 0;
}
