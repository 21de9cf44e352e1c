// SPDX-License-Identifier: Apache-2.0
#include "core/vault/KeySlot.h"
#include "core/vault/VaultDatabase.h"
#include "core/vault/VaultTables.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

struct Needle {
    QString name;
    QByteArray bytes;
};

/// The names of needles in the writable memory of a process; nothing if that can't be read.
std::optional<QStringList> foundIn(qint64 pid, const QList<Needle> &needles)
{
    QFile maps(u"/proc/%1/maps"_s.arg(pid));
    QFile memory(u"/proc/%1/mem"_s.arg(pid));
    if (!maps.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    QStringList found;
    bool hasRead = false;
    const QList<QByteArray> lines = maps.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const auto words = line.simplified().split(' ');
        if (words.size() < 2 || !words[1].startsWith("rw"))
            continue;
        const auto range = words[0].split('-');
        const qint64 from = range[0].toLongLong(nullptr, 16);
        const qint64 size = range[1].toLongLong(nullptr, 16) - from;
        if (!memory.seek(from))
            continue;
        const QByteArray area = memory.read(size);
        hasRead = hasRead || !area.isEmpty();
        for (const Needle &needle : needles)
            if (area.contains(needle.bytes))
                found << needle.name;
    }
    found.removeDuplicates();
    return hasRead ? std::optional(found) : std::nullopt;
}

/// A secret in the forms in which it may lie in memory: as it is, and as OpenSSL keeps large numbers, backwards.
void addNeedles(QList<Needle> &needles, const QString &name, const QByteArray &secret)
{
    // A sample of longer ones: each needle is looked for in all of the memory.
    const qsizetype step = secret.size() > 64 ? 64 : 16;
    for (qsizetype at = 0; at + 16 <= secret.size(); at += step) {
        const QByteArray part = secret.mid(at, 16);
        QByteArray backwards = part;
        std::ranges::reverse(backwards);
        needles << Needle{name, part} << Needle{name, backwards};
    }
}

} // namespace

/// What a process that locked its vault still has in memory: neither the passphrase nor any key.
class TestVaultMemory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void forgetsOnLocking();
    void wholeApplicationForgetsOnLocking();
};

void TestVaultMemory::initTestCase()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("AddressSanitizer keeps what was freed, and maps terabytes.");
#endif
}

void TestVaultMemory::forgetsOnLocking()
{
    VaultFixture fixture;
    QList<Needle> needles{
        {u"passphrase"_s, VaultFixture::passphraseText().toUtf8()},
        {u"passphrase, UTF-16"_s, QByteArray(reinterpret_cast<const char *>(VaultFixture::passphraseText().utf16()),
                                             VaultFixture::passphraseText().size() * 2)}};
    {
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        const auto key = generateKey({KeyType::Rsa, 2048, {}});
        QVERIFY_RESULT(vault->add(sampleCredential(), key->pkcs8));
        // The private exponent and what follows it; before it, PKCS#8 has the public modulus.
        const QByteArray der = key->pkcs8.charView().toByteArray();
        addNeedles(needles, u"private key"_s, der.mid(320));
        auto database = VaultDatabase::open(fixture.path());
        const auto locked = VaultTables(*database).readLocked();
        const auto vaultKey = openPassphraseSlot(locked->slots.first(), VaultFixture::passphrase());
        QVERIFY_RESULT(vaultKey);
        addNeedles(needles, u"vault key"_s, vaultKey->charView().toByteArray());
        const VaultKeys keys(vaultKey->clone());
        addNeedles(needles, u"card key"_s, keys.cardKey().charView().toByteArray());
        addNeedles(needles, u"private-key key"_s, keys.privateKeyKey().charView().toByteArray());
        addNeedles(needles, u"manifest key"_s, keys.manifestKey().charView().toByteArray());
    }
    QProcess process;
    process.start(QStringLiteral(CREDENZA_BIN_DIR "/vault_holder"), {fixture.path()});
    QVERIFY(process.waitForStarted());
    process.write(VaultFixture::passphraseText().toUtf8() + '\n');
    QVERIFY(process.waitForReadyRead(30'000));
    QCOMPARE(process.readAllStandardOutput(), QByteArray("unlocked\n"));
    const auto whileOpen = foundIn(process.processId(), needles);
    if (!whileOpen)
        QSKIP("The memory of other processes can't be read here.");
    QVERIFY(whileOpen->contains(u"vault key"_s)); // the search finds what is there
    process.write("\n");
    QVERIFY(process.waitForReadyRead(30'000));
    QCOMPARE(process.readAllStandardOutput(), QByteArray("locked\n"));
    QCOMPARE(foundIn(process.processId(), needles).value_or(QStringList{u"unreadable"_s}), QStringList());
    process.write("\n");
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

/// The screens over it, too: a typed passphrase, a token to browse with, a private key dropped on an open form.
void TestVaultMemory::wholeApplicationForgetsOnLocking()
{
    VaultFixture fixture;
    QList<Needle> needles{
        {u"passphrase"_s, VaultFixture::passphraseText().toUtf8()},
        {u"passphrase, UTF-16"_s, QByteArray(reinterpret_cast<const char *>(VaultFixture::passphraseText().utf16()),
                                             VaultFixture::passphraseText().size() * 2)}};
    QByteArray token(48, '\0');
    for (char &letter : token)
        letter = static_cast<char>('a' + QRandomGenerator::system()->bounded(26));
    needles << Needle{u"token"_s, token};
    const QString tokenText = QString::fromLatin1(token);
    needles << Needle{u"token, UTF-16"_s,
                      QByteArray(reinterpret_cast<const char *>(tokenText.utf16()), tokenText.size() * 2)};
    const QString keyFile = fixture.path() + u".pem"_s;
    {
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        const auto key = generateKey({KeyType::Rsa, 2048, {}});
        Credential credential = sampleCredential();
        credential.fhirBaseUrl = u"https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4"_s;
        credential.algorithm = SignatureAlgorithm::RS384;
        credential.key.thumbprint = key->key.publicKey().thumbprint();
        QVERIFY_RESULT(vault->add(credential, key->pkcs8));
        addNeedles(needles, u"private key"_s, key->pkcs8.charView().toByteArray().mid(320));
        const auto draftKey = generateKey({KeyType::Rsa, 2048, {}});
        addNeedles(needles, u"private key of the draft"_s, draftKey->pkcs8.charView().toByteArray().mid(320));
        const SecretBytes pem = toPkcs8Pem(draftKey->pkcs8);
        QVERIFY(replaceFile(keyFile, pem.charView().toByteArray()));
        // Lines of base 64 behind the public modulus.
        const QList<QByteArray> lines = pem.charView().toByteArray().split('\n');
        for (qsizetype line = 9; line + 2 < lines.size(); line += 4)
            needles << Needle{u"PEM of the draft"_s, lines[line]};
        auto database = VaultDatabase::open(fixture.path());
        const auto locked = VaultTables(*database).readLocked();
        const auto vaultKey = openPassphraseSlot(locked->slots.first(), VaultFixture::passphrase());
        QVERIFY_RESULT(vaultKey);
        addNeedles(needles, u"vault key"_s, vaultKey->charView().toByteArray());
        const VaultKeys keys(vaultKey->clone());
        addNeedles(needles, u"private-key key"_s, keys.privateKeyKey().charView().toByteArray());
    }
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(CREDENZA_BIN_DIR "/gui_holder"), {fixture.path()});
    QVERIFY(process.waitForStarted());
    process.write(VaultFixture::passphraseText().toUtf8() + '\n' + token + '\n' + keyFile.toUtf8() + '\n');
    QVERIFY2(process.waitForReadyRead(90'000), process.readAllStandardError().constData());
    QCOMPARE(process.readAllStandardOutput(), QByteArray("unlocked\n"));
    const auto whileOpen = foundIn(process.processId(), needles);
    if (!whileOpen)
        QSKIP("The memory of other processes can't be read here.");
    QVERIFY(whileOpen->contains(u"vault key"_s)); // the search finds what is there
    QVERIFY(whileOpen->contains(u"token"_s));
    process.write("\n");
    QVERIFY2(process.waitForReadyRead(60'000), process.readAllStandardError().constData());
    QCOMPARE(process.readAllStandardOutput(), QByteArray("locked\n"));
    // What lives on the worker threads of the browser and the form goes as soon as those get to it.
    QStringList left;
    const auto isForgotten = [&] {
        left = foundIn(process.processId(), needles).value_or(QStringList{u"unreadable"_s});
        return left.isEmpty();
    };
    QVERIFY2(QTest::qWaitFor(isForgotten, 10'000), qPrintable(left.join(u", ")));
    process.write("\n");
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultMemory)
#include "tst_vaultmemory.moc"
