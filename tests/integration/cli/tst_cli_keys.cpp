// SPDX-License-Identifier: Apache-2.0
#include "core/keys/Certificate.h"
#include "core/keys/PublicKey.h"
#include "tests/integration/cli/CliSession.h"
#include "tests/support/FixedClock.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SeededRandom.h"

#include <QFile>
#include <QSslCertificate>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// `key inspect|generate|show`.
class TestCliKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void inspects_data();
    void inspects();
    void inspectsStandardInput();
    void refusesWhatIsTooBig();
    void staysQuickOnBigNonsense();
    void generates_data();
    void generates();
    void neverOverwritesAKey();
    void showsThePublicHalf();

private:
    TestKey m_key;
};

void TestCliKeys::initTestCase()
{
    m_key = makeTestKey();
}

void TestCliKeys::inspects_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("status");

    const TestKey key = makeTestKey();
    QByteArray crlf = key.pem;
    crlf.replace("\n", "\r\n");
    QByteArray literal = key.pem;
    literal.replace("\n", "\\n");
    const FixedClock clock{std::chrono::system_clock::now()};
    SeededRandom random;
    const auto certificates = makeLoopbackCertificates(std::chrono::days(10), clock, random);
    QVERIFY_RESULT(certificates);
    const QByteArray csr = "-----BEGIN CERTIFICATE REQUEST-----\n"
                           "MIHNMHYCAQAwFDESMBAGA1UEAwwJdGVzdCBvbmx5MFkwEwYHKoZIzj0CAQYIKoZI\n"
                           "zj0DAQcDQgAEKB5GYzK2L7+TrppTU3eBhLLMSos34m57zvn6j8rk1Xp0nn+sIGBz\n"
                           "ysq5csHAIoGFGQeR8d375tTC1PTwSWpDEKAAMAoGCCqGSM49BAMCA0cAMEQCIEVx\n"
                           "48vEO437xGg2G6laDtL4a0hg/omQzaYcIWYEfRPjAiA8bRUzuXIF4bUvxL50cISA\n"
                           "dFqU0YGuhlfzD4/0113oLA==\n"
                           "-----END CERTIFICATE REQUEST-----\n";

    QTest::newRow("PKCS#8") << key.pem << u"private-key"_s << 0;
    QTest::newRow("CRLF") << crlf << u"private-key"_s << 0;
    QTest::newRow("literal line breaks") << literal << u"private-key"_s << 0;
    QTest::newRow("EC") << makeTestKey(KeyType::Ec).pem << u"private-key"_s << 0;
    QTest::newRow("certificate") << certificates->server.pem << u"certificate"_s << 2;
    QTest::newRow("request") << csr << u"csr"_s << 2;
    QTest::newRow("JSON") << QByteArray("{\"a\":1}") << u"unknown"_s << 2;
    QTest::newRow("garbage") << QByteArray(3000, '\xf1') << u"unknown"_s << 2;
    QTest::newRow("zeros") << QByteArray(3000, '\0') << u"unknown"_s << 2;
    QTest::newRow("empty") << QByteArray() << u"unknown"_s << 2;
    QTest::newRow("half a key") << key.pem.first(key.pem.size() / 2) << QString() << 2;
}

void TestCliKeys::inspects()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, kind);
    QFETCH(int, status);
    CliSession session;
    const QString file = session.write(u"pasted"_s, text);
    const ProcessResult result = session.bare({u"key"_s, u"inspect"_s, file, u"--json"_s});
    QVERIFY_STATUS(result, status);
    const QJsonObject json = result.json().object();
    for (const QString &member :
         {u"kind"_s, u"keyType"_s, u"bits"_s, u"format"_s, u"usable"_s, u"thumbprint"_s, u"findings"_s})
        QVERIFY2(json.contains(member), qPrintable(member));
    QCOMPARE(json.value("usable"_L1).toBool(), status == 0);
    if (!kind.isEmpty())
        QCOMPARE(json.value("kind"_L1).toString(), kind);
    if (status != 0) {
        const QJsonObject finding = json.value("findings"_L1).toArray().first().toObject();
        QVERIFY(finding.value("code"_L1).toString().startsWith("key."_L1));
        QVERIFY(!finding.value("message"_L1).toString().isEmpty());
    }
    const ProcessResult plain = session.bare({u"key"_s, u"inspect"_s, file});
    QVERIFY_STATUS(plain, status);
    // Hints may name the labels of a PEM file, but nothing of what is between them may show.
    for (qsizetype start = 32; start + 64 < text.size(); start += 64)
        QVERIFY(!session.transcript().contains(text.mid(start, 64)));
}

void TestCliKeys::inspectsStandardInput()
{
    CliSession session;
    const ProcessResult result = session.bare({u"key"_s, u"inspect"_s, u"-"_s, u"--json"_s}, m_key.pem);
    QVERIFY_STATUS(result, 0);
    QCOMPARE(result.json().object().value("thumbprint"_L1).toString(), m_key.thumbprint);
    QVERIFY_STATUS(session.bare({u"key"_s, u"inspect"_s, u"missing.pem"_s}), 4);
    QVERIFY_STATUS(session.bare({u"key"_s, u"inspect"_s, session.folder()}), 2);
}

void TestCliKeys::refusesWhatIsTooBig()
{
    CliSession session;
    const QString file = session.write(u"big"_s, QByteArray(11 * 1024 * 1024, 'A'));
    const ProcessResult result = session.bare({u"key"_s, u"inspect"_s, file, u"--json"_s});
    QVERIFY_STATUS(result, 2);
    QCOMPARE(errorOf(result).value("code"_L1).toString(), u"file.too-large"_s);
}

void TestCliKeys::staysQuickOnBigNonsense()
{
    CliSession session;
    const QByteArray big = "-----BEGIN PRIVATE KEY-----\n" + QByteArray(9 * 1024 * 1024, 'A');
    const ProcessResult result = session.bare({u"key"_s, u"inspect"_s, session.write(u"big"_s, big), u"--json"_s});
    QVERIFY_STATUS(result, 2);
    QVERIFY2(result.milliseconds < 10'000, qPrintable(u"%1 ms"_s.arg(result.milliseconds)));
}

void TestCliKeys::generates_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("keyType");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QString>("algorithm");
    QTest::newRow("unsaid") << QStringList{} << u"RSA"_s << 2048 << u"RS384"_s;
    QTest::newRow("RS384") << QStringList{u"--algorithm"_s, u"RS384"_s, u"--bits"_s, u"3072"_s} << u"RSA"_s << 3072
                           << u"RS384"_s;
    QTest::newRow("ES384") << QStringList{u"--algorithm"_s, u"ES384"_s} << u"EC"_s << 384 << u"ES384"_s;
    QTest::newRow("ES256") << QStringList{u"--algorithm"_s, u"ES256"_s} << u"EC"_s << 256 << u"ES256"_s;
}

void TestCliKeys::generates()
{
    QFETCH(QStringList, options);
    QFETCH(QString, keyType);
    QFETCH(int, bits);
    QFETCH(QString, algorithm);
    CliSession session;
    const QString file = session.path(u"new.pem"_s);
    const ProcessResult result =
        session.bare(QStringList{u"key"_s, u"generate"_s, u"--json"_s, u"--out"_s, file} + options);
    QVERIFY_STATUS(result, 0);
    const QJsonObject json = result.json().object();
    QCOMPARE(json.value("keyType"_L1).toString(), keyType);
    QCOMPARE(json.value("bits"_L1).toInt(), bits);
    const QJsonObject jwk = json.value("jwk"_L1).toObject();
    QCOMPARE(jwk.value("alg"_L1).toString(), algorithm);
    QCOMPARE(jwk.value("kid"_L1).toString(), json.value("thumbprint"_L1).toString());
    for (const QString &secretMember : {u"d"_s, u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s})
        QVERIFY(!jwk.contains(secretMember));

    QCOMPARE(QFile::permissions(file) & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
    const ProcessResult inspected = session.bare({u"key"_s, u"inspect"_s, u"--json"_s, file});
    QVERIFY_STATUS(inspected, 0);
    QCOMPARE(inspected.json().object().value("thumbprint"_L1), json.value("thumbprint"_L1));
    QVERIFY(!session.transcript().contains("PRIVATE KEY"));
}

void TestCliKeys::neverOverwritesAKey()
{
    CliSession session;
    const QString file = session.write(u"precious.pem"_s, "precious");
    const ProcessResult over = session.bare({u"key"_s, u"generate"_s, u"--json"_s, u"--out"_s, file});
    QVERIFY_STATUS(over, 6);
    QCOMPARE(errorOf(over).value("code"_L1).toString(), u"file.exists"_s);
    QVERIFY(QFile::link(session.path(u"nowhere"_s), session.path(u"link.pem"_s)));
    QVERIFY_STATUS(session.bare({u"key"_s, u"generate"_s, u"--out"_s, session.path(u"link.pem"_s)}), 6);
    QVERIFY(!QFile::exists(session.path(u"nowhere"_s)));
    QVERIFY_STATUS(session.bare({u"key"_s, u"generate"_s, u"--out"_s, session.path(u"no/such/folder.pem"_s)}), 1);
    QFile unchanged(file);
    QVERIFY(unchanged.open(QIODevice::ReadOnly));
    QCOMPARE(unchanged.readAll(), QByteArray("precious"));
}

void TestCliKeys::showsThePublicHalf()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    const QString file = session.write(u"key.pem"_s, m_key.pem);
    QVERIFY_STATUS(session.cli(session.addArguments(u"Clinic"_s, file)), 0);

    const ProcessResult pem = session.cli({u"key"_s, u"show"_s, u"Clinic"_s, u"--public"_s, u"pem"_s});
    QVERIFY_STATUS(pem, 0);
    const auto key = PublicKey::fromPem(pem.output);
    QVERIFY_RESULT(key);
    QCOMPARE(key->thumbprint(), m_key.thumbprint);

    const ProcessResult jwk = session.json({u"key"_s, u"show"_s, u"Clinic"_s, u"--public"_s, u"jwk"_s});
    QVERIFY_STATUS(jwk, 0);
    QCOMPARE(jwk.json().object().value("jwk"_L1).toObject().value("kid"_L1).toString(), m_key.thumbprint);
    QVERIFY_STATUS(session.cli({u"key"_s, u"show"_s, u"Clinic"_s, u"--public"_s, u"jwk"_s}), 0);

    const ProcessResult x509 = session.json({u"key"_s, u"show"_s, u"Clinic"_s, u"--public"_s, u"x509"_s});
    QVERIFY_STATUS(x509, 0);
    const QJsonObject json = x509.json().object();
    const auto certificates = QSslCertificate::fromData(json.value("x509"_L1).toString().toLatin1());
    QCOMPARE(certificates.size(), 1);
    QCOMPARE(json.value("sha1"_L1).toString(),
             QString::fromLatin1(certificates.first().digest(QCryptographicHash::Sha1).toHex()).toUpper());
    QVERIFY(certificates.first().expiryDate() > QDateTime::currentDateTimeUtc().addYears(1));
    QVERIFY_STATUS(session.cli({u"key"_s, u"show"_s, u"Nobody"_s}), 4);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCliKeys)
#include "tst_cli_keys.moc"
