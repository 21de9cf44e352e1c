// SPDX-License-Identifier: Apache-2.0
#include "core/keys/PrivateKey.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QDirIterator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// Nothing that a vault keeps can be found in any file it writes, in none of the forms it had in memory.
class TestVaultSecrecy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leavesNothingReadable_data();
    void leavesNothingReadable();
    void hidesLengths();
};

void TestVaultSecrecy::leavesNothingReadable_data()
{
    QTest::addColumn<bool>("isOpen");
    QTest::newRow("while it is open, with its log") << true;
    QTest::newRow("after it was closed") << false;
}

void TestVaultSecrecy::leavesNothingReadable()
{
    QFETCH(bool, isOpen);
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const auto key = generateKey({KeyType::Rsa, 2048, {}});
    QVERIFY_RESULT(key);
    const Credential sample = sampleCredential();
    auto saved = vault->add(sample, key->pkcs8);
    QVERIFY_RESULT(saved);
    saved->description = u"another description"_s;
    QVERIFY_RESULT(vault->update(*saved));
    QVERIFY_RESULT(vault->add(sampleCredential(2), key->pkcs8));
    QVERIFY_RESULT(vault->remove(saved->id));
    if (!isOpen) {
        const Vault closing = *std::move(vault);
    }

    QList<QByteArray> secrets{"PRIVATE KEY",
                              "BEGIN",
                              "another description",
                              "2026-03",
                              sample.authorityPem.mid(28, 20),
                              sample.key.publicPem.mid(27, 8)};
    for (const QString &text : {VaultFixture::passphraseText(), sample.name, sample.description, sample.fhirBaseUrl,
                                u"fhir1.example.org"_s, sample.clientId, sample.keyId + u'\n', sample.scopes.first(),
                                sample.tags.last(), u"epic-ehr"_s, sample.lastTest->summary}) {
        secrets << text.toUtf8();
        secrets << QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
    }
    const QByteArray pem = toPkcs8Pem(key->pkcs8).charView().toByteArray();
    const QByteArray der = key->pkcs8.charView().toByteArray();
    for (qsizetype at = 0; at + 16 <= der.size(); at += 16)
        secrets << der.mid(at, 16);
    for (qsizetype at = 28; at + 24 <= pem.size(); at += 24)
        secrets << pem.mid(at, 24);

    int files = 0;
    QDirIterator all(QFileInfo(fixture.folder()).path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString path = all.next();
        const QByteArray contents = contentsOfFile(path);
        for (const QByteArray &secret : std::as_const(secrets))
            QVERIFY2(!contents.contains(secret), qPrintable(path + u" holds "_s + QString::fromLatin1(secret.toHex())));
        ++files;
    }
    QCOMPARE(files, isOpen ? 4 : 2); // with -wal and -shm; the memory of the counter
}

void TestVaultSecrecy::hidesLengths()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    Credential credential;
    for (int length = 1; length < 40; length += 7) {
        credential.name = QString(length, u'x');
        QVERIFY_RESULT(vault->add(credential, sampleKey()));
    }
    QCOMPARE(fixture.rows(u"SELECT DISTINCT length(card) FROM record"_s).size(), 1);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultSecrecy)
#include "tst_vaultsecrecy.moc"
