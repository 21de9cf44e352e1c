// SPDX-License-Identifier: Apache-2.0
#include "core/handover/CredentialBundle.h"
#include "core/handover/reading/ImportReading.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/handover/HandoverFixture.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

QByteArray bundleOf(int count, const ImportedKey &key)
{
    BundleWriter writer(QDateTime::fromString(u"2026-01-02T03:04:05Z"_s, Qt::ISODate));
    for (int i = 1; i <= count; ++i)
        writer.add(credentialWithKey(key, i), key.pkcs8);
    return plainOf(writer.take());
}

} // namespace

/// The document inside a bundle.
class TestBundle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrote();
    void carriesNoKeyThatWasLeftOut();
    void takesKeysInOtherForms();
    void refusesOtherDocuments_data();
    void refusesOtherDocuments();
    void refusesKeysOfOthers();
    void survivesEveryChange();
    void survivesEveryTruncation();
    void importsNothingOfADamagedFile();
    void noticesEveryFlippedBit_data();
    void noticesEveryFlippedBit();
    void checksEachKeyForEachCredential();
    void stopsOnRequest();
};

void TestBundle::readsWhatItWrote()
{
    const QByteArray document = bundleOf(20, sharedRsaKey());
    QVERIFY(document.startsWith("{\n  \"format\": \"credenza-bundle\",\n  \"version\": 1,\n"));
    const auto read = readBundle(secretOf(document));
    QVERIFY_RESULT(read);
    QCOMPARE(read->items.size(), std::size_t(20));
    for (int i = 1; i <= 20; ++i) {
        const ImportedCredential &item = read->items[static_cast<std::size_t>(i - 1)];
        QCOMPARE(toJson(item.credential), toJson(credentialWithKey(sharedRsaKey(), i)));
        QVERIFY(SecretBytes::copyOf(read->keyOf(item)).equalsConstantTime(sharedRsaKey().pkcs8));
    }
}

void TestBundle::carriesNoKeyThatWasLeftOut()
{
    BundleWriter writer(QDateTime::currentDateTimeUtc());
    writer.add(credentialWithKey(sharedEcKey()), {});
    const SecretBytes document = writer.take();
    QVERIFY(!document.charView().contains("PRIVATE KEY"));
    const auto read = readBundle(document);
    QVERIFY_RESULT(read);
    QVERIFY(!read->items.front().hasKey());
}

void TestBundle::takesKeysInOtherForms()
{
    QByteArray document = bundleOf(1, sharedRsaKey());
    document.replace("-----BEGIN PRIVATE KEY-----\\n", "-----BEGIN PRIVATE KEY-----\\r\\n");
    QVERIFY_RESULT(readBundle(secretOf(document)));
}

void TestBundle::refusesOtherDocuments_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QByteArray &from, const QByteArray &to,
                        const QString &code = u"bundle.malformed"_s) { QTest::newRow(name) << from << to << code; };
    row("format", "credenza-bundle", "credenza-bundel");
    row("newer", "\"version\": 1", "\"version\": 2", u"bundle.newer-version"_s);
    row("version 0", "\"version\": 1", "\"version\": 0");
    row("version text", "\"version\": 1", "\"version\": \"1\"");
    row("unknown member", "\"generator\"", "\"generated\"");
    row("twice", "\"generator\"", "\"exportedAt\"");
    row("no list", "\"credentials\": [", "\"credentials\": 1, \"x\": [");
    row("unknown member of a credential", "\"description\"", "\"descriptoin\"");
    row("twice in a credential", "\"description\"", "\"name\"");
    row("no base URL", "\"fhirBaseUrl\"", "\"proxy\"");
    row("key is a number", "\"privateKey\": \"", "\"privateKey\": 1, \"x\": \"");
    row("unknown algorithm", "\"ES384\"", "\"HS256\"");
    row("key in a wrong place", "PRIVATE KEY-----\\n", "PUBLIC KEY-----\\n", u"bundle.wrong-key"_s);
    row("key damaged", "-----BEGIN PRIVATE KEY-----\\nMI", "-----BEGIN PRIVATE KEY-----\\nMA", u"bundle.wrong-key"_s);
    row("trailing text", "\n}\n", "\n}\n{}");
}

void TestBundle::refusesOtherDocuments()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, code);
    QByteArray document = bundleOf(1, sharedEcKey());
    const qsizetype at = document.indexOf(from);
    QVERIFY(at >= 0);
    if (from == "\n}\n")
        document.replace(document.size() - from.size(), from.size(), to);
    else
        document.replace(at, from.size(), to);
    const auto read = readBundle(secretOf(document));
    QVERIFY(!read);
    QCOMPARE(read.error().code, code);
    QCOMPARE(read.error().kind, ErrorKind::InvalidInput);
}

void TestBundle::refusesKeysOfOthers()
{
    BundleWriter writer(QDateTime::currentDateTimeUtc());
    Credential credential = credentialWithKey(sharedRsaKey());
    writer.add(credential, sharedEcKey().pkcs8);
    QVERIFY_FAILS(readBundle(writer.take()), "bundle.wrong-key");
}

void TestBundle::survivesEveryChange()
{
    const QByteArray document = bundleOf(1, sharedEcKey());
    int accepted = 0;
    for (qsizetype at = 0; at < document.size(); at += 3) {
        for (const char c : {'"', '0', '\0'}) {
            QByteArray changed = document;
            if (changed[at] == c)
                continue;
            changed[at] = c;
            const auto read = readBundle(secretOf(changed));
            if (read)
                ++accepted; // a change inside a name or a description
            else
                QVERIFY(!read.error().code.isEmpty());
        }
    }
    QVERIFY(accepted < document.size() * 2);
}

void TestBundle::survivesEveryTruncation()
{
    const QByteArray document = bundleOf(2, sharedEcKey());
    for (qsizetype size = 0; size < document.size() - 2; size += 5)
        QVERIFY2(!readBundle(secretOf(document.first(size))), qPrintable(QString::number(size)));
}

void TestBundle::importsNothingOfADamagedFile()
{
    SystemRandom random;
    AgeTarget target;
    AgeIdentity identity = AgeIdentity::generate(random);
    target.recipients = {identity.recipient()};
    AgeKeys keys;
    keys.identities.push_back(std::move(identity));
    const QByteArray document = bundleOf(80, sharedEcKey()); // more than one chunk of 64 KiB
    QVERIFY(document.size() > 66'000);
    const auto file =
        encryptAge(std::as_bytes(std::span(document.constData(), static_cast<std::size_t>(document.size()))), target,
                   AgeForm::Armored, random);
    QVERIFY_RESULT(file);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVERIFY_RESULT(readEncryptedImport(*file, keys, {}, now));
    for (int i = 1; i < 30; ++i) {
        QByteArray changed = *file;
        const qsizetype at = changed.size() * i / 30;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        const auto read = readEncryptedImport(changed, keys, {}, now);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Damaged);
        QCOMPARE(readEncryptedImport(file->first(at), keys, {}, now).error().kind, ErrorKind::Damaged);
    }
}

void TestBundle::noticesEveryFlippedBit_data()
{
    QTest::addColumn<bool>("isArmored");
    QTest::newRow("binary") << false;
    QTest::newRow("armored") << true;
}

void TestBundle::noticesEveryFlippedBit()
{
    QFETCH(bool, isArmored);
    SystemRandom random;
    AgeTarget target;
    AgeIdentity identity = AgeIdentity::generate(random);
    target.recipients = {identity.recipient()};
    AgeKeys keys;
    keys.identities.push_back(std::move(identity));
    const QByteArray document = bundleOf(1, sharedEcKey());
    const auto file =
        encryptAge(std::as_bytes(std::span(document.constData(), static_cast<std::size_t>(document.size()))), target,
                   isArmored ? AgeForm::Armored : AgeForm::Binary, random);
    QVERIFY_RESULT(file);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    // What is no age file any more is nothing else that could be imported; all other changes are told as damage.
    const auto isTold = [&](const Result<ImportedCredentials> &read) {
        return !read && read.error().code.startsWith(u"age.") && !read.error().message.isEmpty() &&
               !read.error().hint.isEmpty();
    };
    QByteArray changed = *file;
    const qsizetype whole = file->size() - (isArmored ? 1 : 0); // the last line feed may become another blank
    for (qsizetype at = 0; at < whole; ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
            const auto read = readEncryptedImport(changed, keys, {}, now);
            QVERIFY2(isTold(read), qPrintable(u"bit %1 of byte %2"_s.arg(bit).arg(at)));
            changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
        }
        const auto read = readEncryptedImport(file->first(at), keys, {}, now);
        QVERIFY2(isTold(read), qPrintable(u"%1 bytes"_s.arg(at)));
        QCOMPARE(read.error().kind, ErrorKind::Damaged);
    }
}

void TestBundle::checksEachKeyForEachCredential()
{
    // One key is looked at once, however often it is there; that it is the right one is looked at each time.
    BundleWriter writer(QDateTime::currentDateTimeUtc());
    writer.add(credentialWithKey(sharedEcKey(), 1), sharedEcKey().pkcs8);
    writer.add(credentialWithKey(sharedRsaKey(), 2), sharedRsaKey().pkcs8);
    writer.add(credentialWithKey(sharedEcKey(), 3), sharedEcKey().pkcs8);
    const auto good = readBundle(writer.take());
    QVERIFY_RESULT(good);
    QCOMPARE(good->items[0].credential.key.thumbprint, good->items[2].credential.key.thumbprint);
    QVERIFY(SecretBytes::copyOf(good->keyOf(good->items[1])).equalsConstantTime(sharedRsaKey().pkcs8));
    BundleWriter wrong(QDateTime::currentDateTimeUtc());
    wrong.add(credentialWithKey(sharedEcKey(), 1), sharedEcKey().pkcs8);
    wrong.add(credentialWithKey(sharedRsaKey(), 2), sharedEcKey().pkcs8);
    const auto refused = readBundle(wrong.take());
    QVERIFY_FAILS(refused, "bundle.wrong-key");
    QVERIFY(refused.error().message.contains(u"Alder Creek 2"_s));
}

void TestBundle::stopsOnRequest()
{
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_FAILS(readBundle(secretOf(bundleOf(1, sharedEcKey())), stop.get_token()), "cancelled");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestBundle)
#include "tst_bundle.moc"
