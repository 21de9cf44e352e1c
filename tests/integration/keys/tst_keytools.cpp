// SPDX-License-Identifier: Apache-2.0
#include "core/keys/Certificate.h"
#include "core/keys/KeyInspection.h"
#include "tests/support/FixedClock.h"
#include "tests/support/ProcessFixture.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SeededRandom.h"

#include <QFile>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

/// A program of the system; skips the test where it is not installed.
#define REQUIRE_TOOL(name)                                                                                             \
    do {                                                                                                               \
        if (QStandardPaths::findExecutable(QStringLiteral(name)).isEmpty())                                            \
            QSKIP("the program " name " is not installed");                                                            \
    } while (false)

ProcessResult runTool(const QString &name, const QStringList &arguments, const QByteArray &input = {})
{
    ProcessFixture tool(QStandardPaths::findExecutable(name));
    return tool.run(arguments, input);
}

} // namespace

/// Other people's programs make the keys that Credenza reads, and read what it makes: openssl and jose.
class KeyToolsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void readsWhatOpensslWrites_data();
    void readsWhatOpensslWrites();
    void opensslReadsTheCertificate_data();
    void opensslReadsTheCertificate();
    void opensslVerifiesSignatures();
    void joseAgreesOnThumbprints_data();
    void joseAgreesOnThumbprints();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray contentsOf(const QString &name) const;
    bool write(const QString &name, QByteArrayView contents) const;

    QTemporaryDir m_folder;
    QString m_thumbprint;
};

QByteArray KeyToolsTest::contentsOf(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool KeyToolsTest::write(const QString &name, QByteArrayView contents) const
{
    QFile file(path(name));
    return file.open(QIODevice::WriteOnly) && file.write(contents.data(), contents.size()) == contents.size();
}

void KeyToolsTest::initTestCase()
{
    const auto key = generateKey({KeyType::Rsa, 2048, {}});
    QVERIFY_RESULT(key);
    m_thumbprint = key->key.publicKey().thumbprint();
    const SecretBytes pem = toPkcs8Pem(key->pkcs8);
    QVERIFY(write(u"key.pem"_s, pem.charView()));
    const FixedClock clock{std::chrono::system_clock::now()};
    SeededRandom random;
    const auto certificate = selfSignedCertificate(key->key, u"test"_s, std::chrono::days(30), clock, random);
    QVERIFY_RESULT(certificate);
    QVERIFY(write(u"certificate.pem"_s, certificate->pem));
}

void KeyToolsTest::readsWhatOpensslWrites_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("format");
    QTest::addColumn<bool>("isEncrypted");
    QTest::addColumn<bool>("hasOldCipher");
    const QStringList pkcs8{u"pkcs8"_s, u"-topk8"_s, u"-in"_s, u"KEY"_s, u"-passout"_s, u"pass:sécret 7"_s};
    const QStringList rsa{u"rsa"_s, u"-in"_s, u"KEY"_s, u"-traditional"_s, u"-passout"_s, u"pass:sécret 7"_s};
    const QStringList pfx{u"pkcs12"_s, u"-export"_s, u"-inkey"_s,   u"KEY"_s,
                          u"-in"_s,    u"CERT"_s,    u"-passout"_s, u"pass:sécret 7"_s};
    const QStringList legacy{u"-provider"_s, u"legacy"_s, u"-provider"_s, u"default"_s};
    const QString privateKey = u"private-key"_s;
    const auto row = [](const char *name, const QStringList &arguments, const QString &kind, const char *format,
                        bool isEncrypted, bool hasOldCipher) {
        QTest::newRow(name) << arguments << kind << QString::fromLatin1(format) << isEncrypted << hasOldCipher;
    };
    row("PKCS#8 DER", {u"pkcs8"_s, u"-topk8"_s, u"-nocrypt"_s, u"-in"_s, u"KEY"_s, u"-outform"_s, u"DER"_s}, privateKey,
        "PKCS#8", false, false);
    row("PKCS#1", {u"rsa"_s, u"-in"_s, u"KEY"_s, u"-traditional"_s}, privateKey, "PKCS#1", false, false);
    row("PKCS#1 DER", {u"rsa"_s, u"-in"_s, u"KEY"_s, u"-traditional"_s, u"-outform"_s, u"DER"_s}, privateKey, "PKCS#1",
        false, false);
    row("PBES2", pkcs8, privateKey, "PKCS#8 encrypted", true, false);
    row("PBES2 DER", pkcs8 + QStringList{u"-outform"_s, u"DER"_s}, privateKey, "PKCS#8 encrypted", true, false);
    row("scrypt", pkcs8 + QStringList{u"-scrypt"_s}, privateKey, "PKCS#8 encrypted", true, false);
    row("PBE with 3DES", pkcs8 + QStringList{u"-v1"_s, u"PBE-SHA1-3DES"_s}, privateKey, "PKCS#8 encrypted", true,
        false);
    row("PBE with DES", pkcs8 + QStringList{u"-v1"_s, u"PBE-MD5-DES"_s} + legacy, privateKey, "PKCS#8 encrypted", true,
        true);
    row("PEM with AES", rsa + QStringList{u"-aes256"_s}, privateKey, "PKCS#1 encrypted", true, false);
    row("PEM with 3DES", rsa + QStringList{u"-des3"_s}, privateKey, "PKCS#1 encrypted", true, false);
    row("PEM with DES", rsa + QStringList{u"-des"_s} + legacy, privateKey, "PKCS#1 encrypted", true, true);
    row("PKCS#12", pfx, u"pkcs12"_s, "PKCS#12", true, false);
    row("PKCS#12 with RC2", pfx + QStringList{u"-legacy"_s}, u"pkcs12"_s, "PKCS#12", true, true);
}

void KeyToolsTest::readsWhatOpensslWrites()
{
    REQUIRE_TOOL("openssl");
    QFETCH(QStringList, arguments);
    QFETCH(QString, kind);
    QFETCH(QString, format);
    QFETCH(bool, isEncrypted);
    QFETCH(bool, hasOldCipher);
    arguments.replaceInStrings(u"KEY"_s, path(u"key.pem"_s));
    arguments.replaceInStrings(u"CERT"_s, path(u"certificate.pem"_s));
    const ProcessResult made = runTool(u"openssl"_s, arguments);
    QVERIFY2(made.exitCode == 0, made.errors.constData());
    const SecretBytes text = SecretBytes::copyOf(QByteArrayView(made.output));
    const SecretBytes passphrase = SecretBytes::copyOf(QByteArrayView("sécret 7"));

    const KeyInspection opened = inspectKey(text, passphrase);
    QVERIFY2(opened.isUsable(), opened.firstError() ? qPrintable(opened.firstError()->code) : "");
    QCOMPARE(nameOf(opened.kind), kind);
    QCOMPARE(opened.format, format);
    QCOMPARE(opened.thumbprint, m_thumbprint);
    const bool saysOld = std::ranges::any_of(
        opened.findings, [](const KeyFinding &finding) { return finding.code == u"key.old-cipher"; });
    QCOMPARE(saysOld, hasOldCipher);
    if (!isEncrypted)
        return;
    const KeyInspection locked = inspectKey(text);
    QCOMPARE(locked.firstError()->code, u"key.needs-passphrase"_s);
    const KeyInspection wrong = inspectKey(text, SecretBytes::copyOf(QByteArrayView("secret 7")));
    QCOMPARE(wrong.firstError()->code, u"key.wrong-passphrase"_s);
    QVERIFY(!wrong.isUsable() && !locked.isUsable());
}

void KeyToolsTest::opensslReadsTheCertificate_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("curve");
    QTest::newRow("RSA") << int(KeyType::Rsa) << QString();
    QTest::newRow("P-256") << int(KeyType::Ec) << u"P-256"_s;
    QTest::newRow("P-384") << int(KeyType::Ec) << u"P-384"_s;
}

void KeyToolsTest::opensslReadsTheCertificate()
{
    REQUIRE_TOOL("openssl");
    QFETCH(int, type);
    QFETCH(QString, curve);
    const auto key = generateKey({static_cast<KeyType>(type), 2048, curve});
    QVERIFY_RESULT(key);
    const FixedClock clock{std::chrono::system_clock::now()};
    SeededRandom random;
    const auto certificate = selfSignedCertificate(key->key, u"Northlake"_s, std::chrono::days(30), clock, random);
    QVERIFY_RESULT(certificate);
    QVERIFY(write(u"own.pem"_s, certificate->pem));
    const QString file = path(u"own.pem"_s);
    const ProcessResult verified = runTool(u"openssl"_s, {u"verify"_s, u"-x509_strict"_s, u"-CAfile"_s, file, file});
    QVERIFY2(verified.exitCode == 0, (verified.output + verified.errors).constData());
    const auto fingerprint = [&file](const QString &digest) {
        const ProcessResult said =
            runTool(u"openssl"_s, {u"x509"_s, u"-noout"_s, u"-fingerprint"_s, digest, u"-in"_s, file});
        return QString::fromLatin1(said.output).section(u'=', 1).trimmed().remove(u':');
    };
    QCOMPARE(certificate->sha1, fingerprint(u"-sha1"_s));
    QCOMPARE(certificate->sha256, fingerprint(u"-sha256"_s));
    const ProcessResult publicPem = runTool(u"openssl"_s, {u"x509"_s, u"-noout"_s, u"-pubkey"_s, u"-in"_s, file});
    QCOMPARE(publicPem.output, key->key.publicKey().pem());
}

void KeyToolsTest::opensslVerifiesSignatures()
{
    REQUIRE_TOOL("openssl");
    const auto key = generateKey({KeyType::Rsa, 3072, {}});
    QVERIFY_RESULT(key);
    const auto signature = key->key.sign(SignatureAlgorithm::RS384, "header.claims");
    QVERIFY_RESULT(signature);
    QVERIFY(write(u"public.pem"_s, key->key.publicKey().pem()) && write(u"signature"_s, *signature));
    const ProcessResult said =
        runTool(u"openssl"_s,
                {u"dgst"_s, u"-sha384"_s, u"-verify"_s, path(u"public.pem"_s), u"-signature"_s, path(u"signature"_s)},
                "header.claims");
    QVERIFY2(said.exitCode == 0, (said.output + said.errors).constData());
}

void KeyToolsTest::joseAgreesOnThumbprints_data()
{
    QTest::addColumn<QString>("algorithm");
    for (const QString &algorithm : {u"RS384"_s, u"ES256"_s, u"ES384"_s})
        QTest::newRow(qPrintable(algorithm)) << algorithm;
}

void KeyToolsTest::joseAgreesOnThumbprints()
{
    REQUIRE_TOOL("jose");
    QFETCH(QString, algorithm);
    // A key that jose made, read by us; and one that we made, read by jose.
    const ProcessResult made = runTool(u"jose"_s, {u"jwk"_s, u"gen"_s, u"-i"_s, u"{\"alg\":\"%1\"}"_s.arg(algorithm)});
    QVERIFY2(made.exitCode == 0, made.errors.constData());
    const KeyInspection theirs = inspectKey(SecretBytes::copyOf(QByteArrayView(made.output)));
    QVERIFY2(theirs.isUsable(), theirs.firstError() ? qPrintable(theirs.firstError()->message) : "");
    const auto thumbprintOf = [](const QByteArray &jwk) {
        return QString::fromLatin1(
            runTool(u"jose"_s, {u"jwk"_s, u"thp"_s, u"-a"_s, u"S256"_s, u"-i"_s, u"-"_s}, jwk).output.trimmed());
    };
    QCOMPARE(theirs.thumbprint, thumbprintOf(made.output));
    const SignatureAlgorithm chosen = *signatureAlgorithm(algorithm);
    const auto ours =
        generateKey({keyTypeOf(chosen), 2048, chosen == SignatureAlgorithm::ES256 ? u"P-256"_s : u"P-384"_s});
    QVERIFY_RESULT(ours);
    const PublicKey publicKey = ours->key.publicKey();
    QCOMPARE(publicKey.thumbprint(), thumbprintOf(QJsonDocument(publicKey.jwk(chosen)).toJson()));
}

QTEST_GUILESS_MAIN(KeyToolsTest)
#include "tst_keytools.moc"
