// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgeFile.h"
#include "core/handover/age/Bech32.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SeededRandom.h"
#include "tests/support/SharedData.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

std::span<const std::byte> bytesOf(const QByteArray &bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

AgeKeys withPassphrase(const QByteArray &passphrase)
{
    AgeKeys keys;
    keys.passphrase = [passphrase]() -> Result<SecretBytes> { return SecretBytes::copyOf(QByteArrayView(passphrase)); };
    return keys;
}

AgeKeys withIdentity(AgeIdentity identity)
{
    AgeKeys keys;
    keys.identities.push_back(std::move(identity));
    return keys;
}

AgeTarget forPassphrase(const QByteArray &passphrase)
{
    AgeTarget target;
    target.passphrase = SecretBytes::copyOf(QByteArrayView(passphrase));
    target.workFactor = 4; // quick and weak
    return target;
}

QByteArray contentOfSize(qsizetype size)
{
    QByteArray content(size, '\0');
    SeededRandom(7).fill(std::as_writable_bytes(std::span(content.data(), static_cast<std::size_t>(size))));
    return content;
}

constexpr std::size_t plenty = 64 * 1024 * 1024;

} // namespace

/// Writing and reading age files ourselves, files of the age program, and files that were tampered with.
class TestAgeFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWhatItWrote_data();
    void opensWhatItWrote();
    void opensFilesOfTheAgeProgram_data();
    void opensFilesOfTheAgeProgram();
    void refusesWrongKeys();
    void refusesImpossibleTargets();
    void noticesEveryFlippedBit();
    void noticesEveryTruncation();
    void keepsItsBoundsWithHostileHeaders();
    void readsAndWritesKeys();
    void refusesOtherBech32_data();
    void refusesOtherBech32();
    void readsIdentityFiles();
    void readsADeviceInPieces();
    void tellsWhatOpensAFile();
    void stopsOnRequest();

private:
    SystemRandom m_random;
};

void TestAgeFile::opensWhatItWrote_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 517, 65535, 65536, 65537, 131072, 200000})
        QTest::addRow("%d bytes", size) << size;
}

void TestAgeFile::opensWhatItWrote()
{
    QFETCH(int, size);
    const QByteArray content = contentOfSize(size);
    for (const AgeForm form : {AgeForm::Binary, AgeForm::Armored}) {
        const auto byPassphrase = encryptAge(bytesOf(content), forPassphrase("open sesame"), form, m_random);
        QVERIFY_RESULT(byPassphrase);
        QCOMPARE(byPassphrase->startsWith("-----BEGIN AGE ENCRYPTED FILE-----\n"), form == AgeForm::Armored);
        const auto opened = decryptAge(*byPassphrase, withPassphrase("open sesame"), plenty);
        QVERIFY_RESULT(opened);
        QVERIFY(opened->charView() == content);

        AgeTarget target;
        const AgeIdentity first = AgeIdentity::generate(m_random);
        AgeIdentity second = AgeIdentity::generate(m_random);
        target.recipients = {first.recipient(), second.recipient()};
        const auto byKey = encryptAge(bytesOf(content), target, form, m_random);
        QVERIFY_RESULT(byKey);
        const auto openedByKey = decryptAge(*byKey, withIdentity(std::move(second)), plenty);
        QVERIFY_RESULT(openedByKey);
        QVERIFY(openedByKey->charView() == content);
    }
}

void TestAgeFile::opensFilesOfTheAgeProgram_data()
{
    REQUIRE_SHARED_DATA("age-cli/manifest.json");
    QTest::addColumn<QJsonObject>("entry");
    QFile file(sharedData(u"age-cli/manifest.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject files = QJsonDocument::fromJson(file.readAll()).object().value(u"files"_s).toObject();
    for (const QString &name : files.keys())
        QTest::newRow(qPrintable(name)) << files.value(name).toObject();
}

void TestAgeFile::opensFilesOfTheAgeProgram()
{
    QFETCH(QJsonObject, entry);
    QFile file(sharedData(u"age-cli/"_s + QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY(file.open(QIODevice::ReadOnly));
    AgeKeys keys;
    if (entry.contains(u"passphrase_utf8_hex"_s)) {
        keys = withPassphrase(QByteArray::fromHex(entry.value(u"passphrase_utf8_hex"_s).toString().toLatin1()));
    } else {
        auto identity = AgeIdentity::fromText(entry.value(u"identity"_s).toString().toLatin1());
        QVERIFY_RESULT(identity);
        keys = withIdentity(*std::move(identity));
    }
    const auto opened = decryptAge(file.readAll(), keys, plenty);
    QVERIFY_RESULT(opened);
    QCOMPARE(int(opened->size()), entry.value(u"plaintext_bytes"_s).toInt());
    // Published test data, no secret.
    const QByteArray content = opened->copyToUnprotectedByteArray();
    QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex()),
             entry.value(u"plaintext_sha256"_s).toString());
}

void TestAgeFile::refusesWrongKeys()
{
    AgeTarget target;
    target.recipients = {AgeIdentity::generate(m_random).recipient()};
    const auto byKey = encryptAge({}, target, AgeForm::Armored, m_random);
    const auto byPassphrase = encryptAge({}, forPassphrase("one"), AgeForm::Armored, m_random);
    QVERIFY_RESULT(byKey);
    QVERIFY_RESULT(byPassphrase);
    QVERIFY_FAILS(decryptAge(*byKey, withIdentity(AgeIdentity::generate(m_random)), plenty), "age.no-match");
    QVERIFY_FAILS(decryptAge(*byKey, withPassphrase("one"), plenty), "age.identity-needed");
    QVERIFY_FAILS(decryptAge(*byPassphrase, withPassphrase("two"), plenty), "age.no-match");
    QVERIFY_FAILS(decryptAge(*byPassphrase, withIdentity(AgeIdentity::generate(m_random)), plenty),
                  "age.passphrase-needed");
    QCOMPARE(decryptAge(*byPassphrase, AgeKeys(), plenty).error().kind, ErrorKind::Locked);
    QVERIFY_FAILS(decryptAge("{\"format\":\"something else\"}", AgeKeys(), plenty), "age.invalid-header");
    QVERIFY_FAILS(decryptAge("", AgeKeys(), plenty), "age.invalid-header");
}

void TestAgeFile::refusesImpossibleTargets()
{
    QVERIFY_FAILS(encryptAge({}, AgeTarget(), AgeForm::Binary, m_random), "age.no-recipient");
    QVERIFY_FAILS(encryptAge({}, forPassphrase({}), AgeForm::Binary, m_random), "age.empty-passphrase");
    AgeTarget both = forPassphrase("one");
    both.recipients = {AgeIdentity::generate(m_random).recipient()};
    QVERIFY_FAILS(encryptAge({}, both, AgeForm::Binary, m_random), "age.no-recipient");
    AgeTarget lowOrder;
    lowOrder.recipients = {AgeRecipient::fromPoint(QByteArray(32, '\0'))};
    QVERIFY_FAILS(encryptAge({}, lowOrder, AgeForm::Binary, m_random), "age.invalid-recipient");
}

void TestAgeFile::noticesEveryFlippedBit()
{
    AgeIdentity identity = AgeIdentity::generate(m_random);
    AgeTarget target;
    target.recipients = {identity.recipient()};
    const AgeKeys keys = withIdentity(std::move(identity));
    for (const AgeForm form : {AgeForm::Binary, AgeForm::Armored}) {
        const auto file = encryptAge(bytesOf(contentOfSize(300)), target, form, m_random);
        QVERIFY_RESULT(file);
        for (qsizetype at = 0; at < file->size(); ++at) {
            for (int bit = 0; bit < 8; ++bit) {
                QByteArray changed = *file;
                changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
                const auto opened = decryptAge(changed, keys, plenty);
                // The one change that means nothing: the line feed at the very end of the armor to another blank.
                if (form == AgeForm::Armored && at == file->size() - 1 && opened)
                    continue;
                QVERIFY2(!opened, qPrintable(u"bit %1 of byte %2"_s.arg(bit).arg(at)));
                QVERIFY(opened.error().code.startsWith(u"age."_s));
                QVERIFY(!opened.error().message.isEmpty());
            }
        }
    }
}

void TestAgeFile::noticesEveryTruncation()
{
    for (const AgeForm form : {AgeForm::Binary, AgeForm::Armored}) {
        const auto file = encryptAge(bytesOf(contentOfSize(300)), forPassphrase("one"), form, m_random);
        QVERIFY_RESULT(file);
        // Without the last line feed of the armor nothing is missing.
        const qsizetype whole = file->size() - (form == AgeForm::Armored ? 1 : 0);
        for (qsizetype size = 0; size < whole; ++size) {
            const auto opened = decryptAge(file->first(size), withPassphrase("one"), plenty);
            QVERIFY2(!opened, qPrintable(u"%1 bytes"_s.arg(size)));
            QCOMPARE(opened.error().kind, ErrorKind::Damaged);
        }
        const auto longer = decryptAge(*file + "x", withPassphrase("one"), plenty);
        QVERIFY(!longer);
        QCOMPARE(longer.error().code, form == AgeForm::Armored ? u"age.invalid-armor"_s : u"age.invalid-payload"_s);
    }
}

void TestAgeFile::keepsItsBoundsWithHostileHeaders()
{
    const QByteArray version = "age-encryption.org/v1\n";
    const QByteArray salt = "rF0/NwblUHHTpgQgRpe5CQ";
    const QByteArray body = "gUjEymFKMVXQEKdMMHL24oYexjE3TIC0O0zGSqJ2aUY";
    const QByteArray mac = "--- IOXiQYStkoT1mvZW2tFOqZdhRVvj58egABx/sWfZQbc\n";
    const auto scrypt = [&](const QByteArray &factor) {
        return version + "-> scrypt " + salt + ' ' + factor + '\n' + body + '\n' + mac + QByteArray(64, 'x');
    };
    for (const char *factor : {"23", "30", "64", "999999999999999999999", "1 8", "0x10", "١"})
        QVERIFY_FAILS(decryptAge(scrypt(factor), withPassphrase("one"), plenty), "age.invalid-header");
    // A line without an end, and a header of endless lines.
    QVERIFY_FAILS(decryptAge(version + "-> x " + QByteArray(6'000'000, 'a'), withPassphrase("one"), plenty),
                  "age.invalid-header");
    QByteArray many = version;
    for (int i = 0; i < 400'000; ++i)
        many += "-> grease a\n\n";
    QVERIFY_FAILS(decryptAge(many + mac, withPassphrase("one"), plenty), "age.invalid-header");
    QVERIFY_FAILS(decryptAge(version + mac + QByteArray(64, 'x'), withPassphrase("one"), plenty), "age.invalid-header");
    QVERIFY_FAILS(decryptAge(version + "-> grease\n\n" + mac, withPassphrase("one"), plenty), "age.no-match");
}

void TestAgeFile::readsAndWritesKeys()
{
    // The pair of the published test kit's file x25519_multiple_recipients.
    const QByteArray secret = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
    const auto identity = AgeIdentity::fromText(secret);
    QVERIFY_RESULT(identity);
    QVERIFY(identity->text().charView() == secret);
    const QString recipient = identity->recipient().text();
    QVERIFY(recipient.startsWith(u"age1"_s));
    QCOMPARE(recipient.size(), 62);
    const auto again = AgeRecipient::fromText(recipient);
    QVERIFY_RESULT(again);
    QVERIFY(*again == identity->recipient());
    QVERIFY_FAILS(AgeRecipient::fromText(recipient.toUpper()), "age.invalid-recipient");
    QVERIFY_FAILS(AgeRecipient::fromText(QString::fromLatin1(secret)), "age.invalid-recipient");
    QVERIFY_FAILS(AgeRecipient::fromText(u"ssh-ed25519 AAAA"_s), "age.unsupported-recipient");
    QVERIFY_FAILS(AgeIdentity::fromText(secret.toLower()), "age.invalid-identity");
    QVERIFY_FAILS(AgeIdentity::fromText("AGE-PLUGIN-YUBIKEY-1QQQQ"), "age.unsupported-identity");
    for (qsizetype at = 0; at < recipient.size(); ++at) {
        QString changed = recipient;
        changed[at] = changed[at] == u'q' ? u'p' : u'q';
        QVERIFY(!AgeRecipient::fromText(changed));
    }
}

void TestAgeFile::refusesOtherBech32_data()
{
    // The invalid strings of BIP 173, but for those that are only too long, which age allows.
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("prefix with a blank") << QByteArray(" 1nwldj5");
    QTest::newRow("prefix with DEL") << QByteArray("\x7f"
                                                   "1axkwrx");
    QTest::newRow("no separator") << QByteArray("pzry9x0s0muk");
    QTest::newRow("empty prefix") << QByteArray("1pzry9x0s0muk");
    QTest::newRow("invalid character") << QByteArray("x1b4n0q5v");
    QTest::newRow("checksum too short") << QByteArray("li1dgmt3");
    QTest::newRow("invalid character in the checksum") << QByteArray("de1lg7wt\xff");
    QTest::newRow("checksum of the upper-case prefix") << QByteArray("A1G7SGD8");
    QTest::newRow("empty prefix 2") << QByteArray("10a06t8");
    QTest::newRow("mixed case") << QByteArray("split1cheCkupstagehandshakeupstreamerranterredcaperred2y9e3w");
    QTest::newRow("empty") << QByteArray();
}

void TestAgeFile::refusesOtherBech32()
{
    QFETCH(QByteArray, text);
    QVERIFY(!fromBech32(text));
    // And the valid ones of BIP 173 with whole bytes.
    for (const char *valid : {"A12UEL5L", "a12uel5l", "?1ezyfcl"})
        QVERIFY(fromBech32(valid).has_value());
}

void TestAgeFile::readsIdentityFiles()
{
    const QByteArray own = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
    const auto read = [](const QByteArray &text) {
        return readAgeIdentities(SecretBytes::copyOf(QByteArrayView(text)));
    };
    const auto found =
        read("# created: 2026-01-01\r\n# public key: age1…\r\n" + own + "\r\n\nAGE-PLUGIN-X-1QQ\n" + own);
    QVERIFY_RESULT(found);
    QCOMPARE(found->identities.size(), std::size_t(2));
    QCOMPARE(found->unsupported, 1);
    QVERIFY_FAILS(read("# nothing\n"), "age.invalid-identity");
    const auto bad = read("hello " + own);
    QVERIFY_FAILS(bad, "age.invalid-identity");
    QVERIFY(!bad.error().message.contains(u"SECRET"_s));
}

void TestAgeFile::readsADeviceInPieces()
{
    const QByteArray content = contentOfSize(140'000);
    auto file = encryptAge(bytesOf(content), forPassphrase("one"), AgeForm::Armored, m_random);
    QVERIFY_RESULT(file);
    file->prepend("\n \t\r\n").append("  \n");
    QBuffer device(&*file);
    QVERIFY(device.open(QIODevice::ReadOnly));
    DeviceSource source(device);
    QByteArray got;
    int pieces = 0;
    const auto sink = [&](std::span<const std::byte> chunk) -> Result<void> {
        got.append(reinterpret_cast<const char *>(chunk.data()), qsizetype(chunk.size()));
        ++pieces;
        return {};
    };
    QVERIFY_RESULT(decryptAge(source, AgeForm::Detect, withPassphrase("one"), sink));
    QVERIFY(got == content);
    QCOMPARE(pieces, 3);
}

void TestAgeFile::tellsWhatOpensAFile()
{
    const auto byPassphrase = encryptAge({}, forPassphrase("one"), AgeForm::Armored, m_random);
    QVERIFY_RESULT(byPassphrase);
    MemorySource source{QByteArrayView(*byPassphrase)};
    const auto lock = inspectAge(source);
    QVERIFY_RESULT(lock);
    QVERIFY(lock->isPassphrase);
    AgeTarget target;
    target.recipients = {AgeIdentity::generate(m_random).recipient(), AgeIdentity::generate(m_random).recipient()};
    const auto byKey = encryptAge({}, target, AgeForm::Binary, m_random);
    QVERIFY_RESULT(byKey);
    MemorySource second{QByteArrayView(*byKey)};
    const auto other = inspectAge(second);
    QVERIFY_RESULT(other);
    QVERIFY(!other->isPassphrase);
    QCOMPARE(other->recipients, 2);
}

void TestAgeFile::stopsOnRequest()
{
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_FAILS(
        encryptAge(bytesOf(contentOfSize(100)), forPassphrase("one"), AgeForm::Binary, m_random, stop.get_token()),
        "cancelled");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestAgeFile)
#include "tst_agefile.moc"
