// SPDX-License-Identifier: Apache-2.0
// Unlocking and listing many credentials, saving one among them and searching them, beside keepassxc-cli on as many
// entries. Whole processes, in turn, minus the same on an empty vault (which takes the KDF and the start of the program
// away). bench_vault_open [ENTRIES [ROUNDS]]: 10000 and 7, unless given; with 100000 and 3 the peer takes some ten
// minutes.
#include "core/credentials/SearchTexts.h"
#include "core/vault/Vault.h"
#include "tests/bench/MeasuredProcess.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace credenza;
using bench::medianOf;

namespace
{

constexpr auto passphraseText = "a passphrase for measuring";

SecretBytes passphrase()
{
    return SecretBytes::copyOf(QByteArrayView(passphraseText));
}

Credential credentialNumber(int number)
{
    Credential c;
    c.name = u"Backend export %1"_s.arg(number, 6, 10, QChar(u'0'));
    c.description = u"Nightly export of laboratory results, site %1"_s.arg(number % 97);
    c.connector = u"epic-ehr"_s;
    c.fhirBaseUrl = u"https://fhir%1.example.org/interconnect-fhir-oauth/api/FHIR/R4"_s.arg(number % 500);
    c.clientId = u"4c1f6a52-8f0e-4d1b-9c3a-%1"_s.arg(number, 12, 10, QChar(u'0'));
    c.scopes = {u"system/Patient.rs"_s, u"system/Observation.rs"_s, u"system/Condition.rs"_s};
    c.tags = {u"lab"_s, u"production"_s};
    c.key = {KeyType::Rsa,
             2048,
             {},
             u"Zk3l0cXn1vQW3lG0d9G5v2X7wR4o6y8aP1sT2uB%1"_s.arg(number, 4, 10, QChar(u'0')),
             QByteArray(451, 'A'),
             u"file:epic-private.pem"_s,
             QDateTime::currentDateTimeUtc()};
    c.lastTest = TestSummary{true, QDateTime::currentDateTimeUtc(), 642.5, {}, {}, u"Connected: 5 of 5 steps passed"_s};
    return c;
}

int list(const QString &path)
{
    SystemClock clock;
    SystemRandom random;
    const auto vault = Vault::open(path, passphrase(), clock, random);
    if (!vault)
        return 1;
    vault->eachCredential([](const Credential &credential) {
        std::printf("%s\t%s\n", qPrintable(credential.name), qPrintable(credential.fhirBaseUrl));
    });
    return 0;
}

/// Unlocks, saves one more credential, ends.
int save(const QString &path, const QString &number)
{
    SystemClock clock;
    SystemRandom random;
    auto vault = Vault::open(path, passphrase(), clock, random);
    SecretBytes key(1218);
    random.fill(key.bytes());
    return vault && vault->add(credentialNumber(number.toInt()), key) ? 0 : 1;
}

/// Looks for a word in what people search by, as the application does: in texts whose case was folded once, when the
/// credentials came. Says how long one search took.
int search(const QString &path)
{
    SystemClock clock;
    SystemRandom random;
    const auto vault = Vault::open(path, passphrase(), clock, random);
    if (!vault)
        return 1;
    SearchTexts texts;
    vault->eachCredential([&texts](const Credential &credential) {
        texts.append(
            QStringList{credential.name, credential.description, credential.fhirBaseUrl, credential.clientId}.join(
                u'\n'));
    });
    std::vector<double> took;
    qsizetype found = 0;
    for (const QString &word :
         {u"000042"_s, u"site 96"_s, u"fhir77.example"_s, u"nowhere to be found"_s, u"EXPORT 0099"_s}) {
        const auto start = std::chrono::steady_clock::now();
        found += std::ranges::count(texts.holding(word), true);
        took.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::printf("search among %lld: %.1f ms (goal 16), %lld found\n", static_cast<long long>(texts.size()),
                medianOf(took), static_cast<long long>(found));
    return 0;
}

QString savesFileOf(const QString &path)
{
    return path + u".saves"_s;
}

/// Makes a vault, and beside it, where there are enough of them, a file with what a save took at first and at the end.
bool fill(const QString &path, int count)
{
    SystemClock clock;
    SystemRandom random;
    auto vault = Vault::create(path, u"bench"_s, passphrase(), {8, 1}, clock, random);
    SecretBytes key(1218);
    std::vector<double> early;
    std::vector<double> late;
    for (int i = 0; vault && i < count; ++i) {
        random.fill(key.bytes());
        const auto start = std::chrono::steady_clock::now();
        if (!vault->add(credentialNumber(i), key))
            return false;
        const double took = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
        if (i >= 50 && i < 150)
            early.push_back(took);
        else if (i >= count - 100)
            late.push_back(took);
    }
    if (!vault || count <= 200)
        return vault.has_value();
    QFile saves(savesFileOf(path));
    return saves.open(QIODevice::WriteOnly) &&
           saves.write(QByteArray::number(medianOf(early)) + ' ' + QByteArray::number(medianOf(late))) > 0;
}

/// KeePass XML with what a person would keep of a backend credential: URL, client id, scopes, and the key as a
/// protected attribute of the size of an RSA 2048 PEM.
bool writeKeePass(const QString &folder, const QString &name, int count)
{
    QFile xml(folder + u'/' + name + u".xml"_s);
    if (!xml.open(QIODevice::WriteOnly))
        return false;
    SystemRandom random;
    xml.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<KeePassFile><Meta><DatabaseName>bench</DatabaseName></Meta>"
              "<Root><Group><UUID>AAAAAAAAAAAAAAAAAAAAAQ==</UUID><Name>Root</Name>");
    for (int i = 0; i < count; ++i) {
        const Credential c = credentialNumber(i);
        QByteArray key(1240, '\0');
        random.fill(std::as_writable_bytes(std::span(key.data(), static_cast<std::size_t>(key.size()))));
        const auto string = [&xml](const char *field, const QByteArray &value, bool isSecret = false) {
            xml.write(QByteArray("<String><Key>") + field + "</Key><Value" +
                      (isSecret ? " ProtectInMemory=\"True\">" : ">") + value + "</Value></String>");
        };
        xml.write("<Entry><UUID>" + randomUuid(random).toRfc4122().toBase64() + "</UUID>");
        string("Title", c.name.toUtf8());
        string("URL", c.fhirBaseUrl.toUtf8());
        string("UserName", c.clientId.toUtf8());
        string("Password", QByteArray(24, 'p'), true);
        string("Notes", c.description.toUtf8() + " " + c.scopes.join(u' ').toUtf8());
        string("PrivateKey", "-----BEGIN PRIVATE KEY-----\n" + key.toBase64() + "\n-----END PRIVATE KEY-----", true);
        xml.write("</Entry>\n");
    }
    xml.write("</Group></Root></KeePassFile>\n");
    xml.close();
    const QByteArray twice = QByteArray(passphraseText) + '\n' + passphraseText + '\n';
    return bench::measureProcess({u"keepassxc-cli"_s, u"import"_s, u"-p"_s, u"-t"_s, u"100"_s, xml.fileName(),
                                  folder + u'/' + name + u".kdbx"_s},
                                 twice)
        .succeeded;
}

struct Series {
    std::vector<double> milliseconds;
    double peakMiB = 0;
    bool succeeded = true;

    void take(const bench::ProcessCost &cost)
    {
        milliseconds.push_back(cost.milliseconds);
        peakMiB = std::max(peakMiB, cost.peakMiB);
        succeeded = succeeded && cost.succeeded;
    }
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() == 3 && arguments[1] == "--list"_L1)
        return list(arguments[2]);
    if (arguments.size() == 4 && arguments[1] == "--save"_L1)
        return save(arguments[2], arguments[3]);
    if (arguments.size() == 4 && arguments[1] == "--fill"_L1) // also for a vault to look at with a profiler
        return fill(arguments[2], arguments[3].toInt()) ? 0 : 1;
    if (arguments.size() == 4 && arguments[1] == "--fill-peer"_L1) { // for tests/bench/idle-memory
        const QFileInfo file(arguments[2]);
        return writeKeePass(file.absolutePath(), file.completeBaseName(), arguments[3].toInt()) ? 0 : 1;
    }
    if (arguments.size() == 3 && arguments[1] == "--search"_L1)
        return search(arguments[2]);
    const int count = arguments.size() > 1 ? arguments[1].toInt() : 10000;
    const int rounds = arguments.size() > 2 ? arguments[2].toInt() : 7;

    QTemporaryDir folder;
    qputenv("XDG_STATE_HOME", QFile::encodeName(folder.path()));
    const QString full = folder.filePath(u"full.credenza"_s);
    const QString empty = folder.filePath(u"empty.credenza"_s);
    // In a process of its own: what a process that is started counts as its peak begins with the memory of this one.
    const QString self = application.applicationFilePath();
    if (!bench::measureProcess({self, u"--fill"_s, full, QString::number(count)}, {}).succeeded ||
        !bench::measureProcess({self, u"--fill"_s, empty, u"0"_s}, {}).succeeded) {
        std::fprintf(stderr, "the vaults could not be made\n");
        return 1;
    }
    double savedInProcess = 0;
    if (QFile saves(savesFileOf(full)); saves.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> numbers = saves.readAll().split(' ');
        savedInProcess = numbers.last().toDouble();
        std::printf("save one credential: %.2f ms among 100, %.2f ms among %d (ratio %.2f)\n",
                    numbers.first().toDouble(), savedInProcess, count, savedInProcess / numbers.first().toDouble());
    }
    const bool hasPeer = !QStandardPaths::findExecutable(u"keepassxc-cli"_s).isEmpty() &&
                         writeKeePass(folder.path(), u"full"_s, count) && writeKeePass(folder.path(), u"empty"_s, 0);
    Series oursFull;
    Series oursEmpty;
    Series peerFull;
    Series peerEmpty;
    const auto peer = [&folder](const QString &name) {
        return bench::measureProcess({u"keepassxc-cli"_s, u"ls"_s, u"-q"_s, u"-R"_s, u"-f"_s, folder.filePath(name)},
                                     QByteArray(passphraseText) + '\n');
    };
    for (int i = 0; i < rounds; ++i) {
        oursFull.take(bench::measureProcess({self, u"--list"_s, full}, {}));
        oursEmpty.take(bench::measureProcess({self, u"--list"_s, empty}, {}));
        if (hasPeer) {
            peerFull.take(peer(u"full.kdbx"_s));
            peerEmpty.take(peer(u"empty.kdbx"_s));
        }
    }
    Series oursSave;
    Series oursSaveEmpty;
    Series peerSave;
    Series peerSaveEmpty;
    const auto peerAdd = [&folder](const QString &name, int number) {
        return bench::measureProcess({u"keepassxc-cli"_s, u"add"_s, u"-q"_s, u"-u"_s, u"client"_s, u"--url"_s,
                                      u"https://fhir.example.org"_s, folder.filePath(name), u"new %1"_s.arg(number)},
                                     QByteArray(passphraseText) + '\n');
    };
    for (int i = 0; i < rounds; ++i) {
        const QString number = QString::number(count + 1 + i);
        oursSave.take(bench::measureProcess({self, u"--save"_s, full, number}, {}));
        oursSaveEmpty.take(bench::measureProcess({self, u"--save"_s, empty, number}, {}));
        if (hasPeer) {
            peerSave.take(peerAdd(u"full.kdbx"_s, i));
            peerSaveEmpty.take(peerAdd(u"empty.kdbx"_s, i));
        }
    }
    if (search(full) != 0)
        return 1;
    const double ours = medianOf(oursFull.milliseconds) - medianOf(oursEmpty.milliseconds);
    std::printf("unlock and list %d: %.1f ms beyond an empty vault (%.1f ms whole, peak %.0f MiB)\n", count, ours,
                medianOf(oursFull.milliseconds), oursFull.peakMiB);
    if (hasPeer) {
        const double theirs = medianOf(peerFull.milliseconds) - medianOf(peerEmpty.milliseconds);
        std::printf("keepassxc-cli ls -R -f: %.1f ms beyond an empty database (peak %.0f MiB)\n", theirs,
                    peerFull.peakMiB);
        std::printf("ratio %.4f (goal 0.05), peak memory %.3f (goal 0.2)\n", ours / theirs,
                    oursFull.peakMiB / peerFull.peakMiB);
        // Whole programs have the unlocking in them; the peer's is taken off its whole file's saving.
        const double theirsSaved = medianOf(peerSave.milliseconds) - medianOf(peerSaveEmpty.milliseconds) - theirs;
        std::printf("unlock, save one, end: %.1f ms, keepassxc-cli add: %.1f ms, beyond an empty one: ratio %.4f\n",
                    medianOf(oursSave.milliseconds) - medianOf(oursSaveEmpty.milliseconds),
                    medianOf(peerSave.milliseconds) - medianOf(peerSaveEmpty.milliseconds),
                    (medianOf(oursSave.milliseconds) - medianOf(oursSaveEmpty.milliseconds)) /
                        (medianOf(peerSave.milliseconds) - medianOf(peerSaveEmpty.milliseconds)));
        std::printf("saving alone, in a running program: %.2f ms beside %.1f ms: ratio %.6f (goal 0.002)\n",
                    savedInProcess, theirsSaved, savedInProcess / theirsSaved);
    } else {
        std::printf("keepassxc-cli is not installed: nothing to compare with\n");
    }
    return oursSave.succeeded && oursSaveEmpty.succeeded && peerSave.succeeded && peerSaveEmpty.succeeded &&
                   oursFull.succeeded && oursEmpty.succeeded && peerFull.succeeded && peerEmpty.succeeded
               ? 0
               : 1;
}
