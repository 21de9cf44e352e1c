// SPDX-License-Identifier: Apache-2.0
#include "core/keys/Certificate.h"
#include "core/keys/KeyInspection.h"
#include "tests/support/FixedClock.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SeededRandom.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

SecretBytes secret(const QByteArray &text)
{
    return SecretBytes::copyOf(QByteArrayView(text));
}

/// A key for tests, which protects nothing, as PEM.
QByteArray pemOf(const ImportedKey &key)
{
    return toPkcs8Pem(key.pkcs8).copyToUnprotectedByteArray(); // generated here, protects nothing
}

/// The base64 between the BEGIN and the END line, without line breaks.
QByteArray bodyOf(const QByteArray &pem)
{
    QList<QByteArray> lines = pem.trimmed().split('\n');
    lines.removeFirst();
    lines.removeLast();
    return lines.join();
}

QStringList codesOf(const KeyInspection &inspection)
{
    QStringList codes;
    for (const KeyFinding &finding : inspection.findings)
        codes.append(finding.code);
    return codes;
}

QByteArray utf16(const QByteArray &ascii, bool littleEndian, bool hasMark)
{
    QByteArray wide = hasMark ? QByteArray(littleEndian ? "\xFF\xFE" : "\xFE\xFF") : QByteArray();
    for (const char c : ascii)
        wide += littleEndian ? QByteArray(1, c) + '\0' : '\0' + QByteArray(1, c);
    return wide;
}

/// From the JOSE working group's RFC 7520 examples, section 3.4.
const QByteArray exampleJwk =
    R"({"kty":"RSA","kid":"one","n":"n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw","e":"AQAB","d":"bWUC9B-EFRIo8kpGfh0ZuyGPvMNKvYWNtB_ikiH9k20eT-O1q_I78eiZkpXxXQ0UTEs2LsNRS-8uJbvQ-A1irkwMSMkK1J3XTGgdrhCku9gRldY7sNA_AKZGh-Q661_42rINLRCe8W-nZ34ui_qOfkLnK9QWDDqpaIsA-bMwWWSDFu2MUBYwkHTMEzLYGqOe04noqeq1hExBTHBOBdkMXiuFhUq1BU6l-DqEiWxqg82sXt2h-LMnT3046AOYJoRioz75tSUQfGCshWTBnP5uDjd18kKhyv07lhfSJdrPdM5Plyl21hsFf4L_mHCuoFau7gdsPfHPxxjVOcOpBrQzwQ","p":"3Slxg_DwTXJcb6095RoXygQCAZ5RnAvZlno1yhHtnUex_fp7AZ_9nRaO7HX_-SFfGQeutao2TDjDAWU4Vupk8rw9JR0AzZ0N2fvuIAmr_WCsmGpeNqQnev1T7IyEsnh8UMt-n5CafhkikzhEsrmndH6LxOrvRJlsPp6Zv8bUq0k","q":"uKE2dh-cTf6ERF4k4e_jy78GfPYUIaUyoSSJuBzp3Cubk3OCqs6grT8bR_cu0Dm1MZwWmtdqDyI95HrUeq3MP15vMMON8lHTeZu2lmKvwqW7anV5UzhM1iZ7z4yMkuUwFWoBvyY898EXvRD-hdqRxHlSqAZ192zB3pVFJ0s7pFc","dp":"B8PVvXkvJrj2L-GYQ7v3y9r6Kw5g9SahXBwsWUzp19TVlgI-YV85q1NIb1rxQtD-IsXXR3-TanevuRPRt5OBOdiMGQp8pbt26gljYfKU_E9xn-RULHz0-ed9E9gXLKD4VGngpz-PfQ_q29pk5xWHoJp009Qf1HvChixRX59ehik","dq":"CLDmDGduhylc9o7r84rEUVn7pzQ6PF83Y-iBZx5NT-TpnOZKF1pErAMVeKzFEl41DlHHqqBLSM0W1sOFbwTxYWZDm6sI6og5iTbwQGIC3gnJKbi_7k_vJgGHwHxgPaX2PnvP-zyEkDERuf-ry4c_Z11Cq9AqC2yeL6kdKT1cYF8","qi":"3PiqvXQN0zwMeE-sBvZgi289XP9XCQF3VWqPzMKnIgQp7_Tugo6-NZBKCQsMf3HaEGBjTVJs_jcK8-TRXvaKe-7ZMaQj8VfBdYkssbu0NKDDhjJ-GtiseaDVWt7dcH0cfwxgFUHpQh7FoCrjFJ6h6ZEpMF6xmujs4qMpPz8aaI4"})";

} // namespace

/// What people paste, made from a fresh key: read as that very key, or refused by name (facts L1–L10).
class KeyIntakeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void repairs_data();
    void repairs();
    void namesWhatIsNoKey_data();
    void namesWhatIsNoKey();
    void saysWhatIsCutOff();
    void noticesEveryChangedCharacter_data();
    void noticesEveryChangedCharacter();
    void choosesAmongSeveral();
    void choosesAmongSeveralJwks();
    void recoversFactorsOfJwk_data();
    void recoversFactorsOfJwk();
    void comparesCertificates();
    void readsSmallElliptic();
    void staysQuickOnBigText_data();
    void staysQuickOnBigText();

private:
    std::optional<ImportedKey> m_key;
    std::optional<ImportedKey> m_other;
    QByteArray m_pem;
    QString m_thumbprint;
};

void KeyIntakeTest::initTestCase()
{
    auto key = generateKey({KeyType::Rsa, 2048, {}});
    auto other = generateKey({KeyType::Ec, 0, u"P-384"_s});
    QVERIFY_RESULT(key);
    QVERIFY_RESULT(other);
    m_key = std::move(*key);
    m_other = std::move(*other);
    m_pem = pemOf(*m_key);
    m_thumbprint = m_key->key.publicKey().thumbprint();
}

void KeyIntakeTest::repairs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("note");

    const QByteArray pem = m_pem;
    const auto replaced = [&pem](const QByteArray &from, const QByteArray &to) {
        QByteArray text = pem;
        return text.replace(from, to);
    };
    QTest::newRow("as it is") << pem << QString();
    QTest::newRow("CRLF") << replaced("\n", "\r\n") << QString();
    QTest::newRow("lone CR") << replaced("\n", "\r") << QString();
    QTest::newRow("literal line breaks") << replaced("\n", "\\n") << u"key.literal-line-breaks"_s;
    QTest::newRow("escaped twice") << replaced("\n", "\\\\n") << u"key.literal-line-breaks"_s;
    QTest::newRow("one line") << replaced("\n", " ") << u"key.rewrapped"_s;
    QTest::newRow("one line without spaces") << replaced("\n", "") << u"key.rewrapped"_s;
    QTest::newRow("four dashes") << replaced("-----", "----") << u"key.wrong-dashes"_s;
    QTest::newRow("em and en dash") << replaced("-----", "\u2014\u2013") << u"key.wrong-dashes"_s;
    QTest::newRow("full-width dashes") << replaced("-", "\uFF0D") << u"key.unusual-characters"_s;
    QTest::newRow("byte order mark") << QByteArray("\uFEFF") + pem << u"key.unusual-characters"_s;
    QTest::newRow("no-break spaces") << replaced(" ", "\u00A0") << u"key.unusual-characters"_s;
    QTest::newRow("Windows-1252 no-break spaces") << replaced("\n", "\xA0\n") << u"key.unusual-characters"_s;
    QTest::newRow("zero-width spaces") << replaced("A", "A\u200B") << u"key.unusual-characters"_s;
    QTest::newRow("marks of direction") << replaced("\n", "\u200E\n") << u"key.unusual-characters"_s;
    QTest::newRow("typographic quotes") << "\u201C" + pem + "\u201D" << u"key.unusual-characters"_s;
    QTest::newRow("UTF-16 LE") << utf16(pem, true, true) << u"key.was-utf16"_s;
    QTest::newRow("UTF-16 BE") << utf16(pem, false, true) << u"key.was-utf16"_s;
    QTest::newRow("UTF-16 without mark") << utf16(pem, true, false) << u"key.was-utf16"_s;
    QTest::newRow("UTF-16 and an odd byte") << utf16(pem, true, true) + '\n' << u"key.was-utf16"_s;
    QTest::newRow(".env") << "ID=abc\nPRIVATE_KEY=\"" + replaced("\n", "\\n") + "\"\nX=1\n" << u"key.text-around"_s;
    QTest::newRow("YAML block") << "key: |\n  " + replaced("\n", "\n  ") + "\nother: 1\n" << u"key.text-around"_s;
    QTest::newRow("JSON") << QJsonDocument(QJsonObject{{u"privateKey"_s, QString::fromLatin1(pem)}}).toJson()
                          << u"key.text-around"_s;
    QTest::newRow("JSON with escaped slashes")
        << "{\"k\":\"" + replaced("\n", "\\n").replace("/", "\\/") + "\"}" << u"key.text-around"_s;
    QTest::newRow("JSON with escaped plus")
        << "{\"k\":\"" + replaced("\n", "\\n").replace("+", "\\u002B") + "\"}" << u"key.text-around"_s;
    QTest::newRow("source code") << "k = \"" + replaced("\n", "\\n\" +\n  \"") + "\";" << u"key.text-around"_s;
    QTest::newRow("mail quotation") << "> " + replaced("\n", "\n> ") << u"key.rewrapped"_s;
    QTest::newRow("HTML") << "<pre>" + replaced("\n", "<br>") + "</pre>" << u"key.unusual-characters"_s;
    QTest::newRow("HTML paragraphs") << "<p>" + replaced("\n", "</p>\n<p class=\"x\">") + "</p>"
                                     << u"key.unusual-characters"_s;
    QTest::newRow("HTML references") << replaced("-", "&#45;").replace("\n", "&#x0A;") << u"key.unusual-characters"_s;
    QTest::newRow("RTF") << "{\\rtf1\\ansi{\\fonttbl{\\f0 Courier;}}\n\\f0 " + replaced("\n", "\\\n") + "}"
                         << u"key.literal-line-breaks"_s;
    QTest::newRow("RTF paragraphs") << "{\\rtf1 " + replaced("\n", "\\par\n") + "}" << u"key.literal-line-breaks"_s;
    QTest::newRow("quoted-printable") << replaced("=", "=3D") << QString();
    QTest::newRow("hexadecimal line breaks") << replaced("\n", "\\x0a") << u"key.literal-line-breaks"_s;
    QTest::newRow("PowerShell") << '"' + replaced("\n", "`n") + '"' << u"key.literal-line-breaks"_s;
    QTest::newRow("only line breaks URL-encoded") << replaced("\n", "%0A") << u"key.unusual-characters"_s;
    QTest::newRow("without any space") << replaced("\n", "").replace(" ", "") << u"key.rewrapped"_s;
    QTest::newRow("underscores") << replaced("PRIVATE KEY", "PRIVATE_KEY") << QString();
    QTest::newRow("found by grep") << "a/key.pem:" + pem.trimmed().replace("\n", "\na/key.pem:")
                                   << u"key.text-around"_s;
    QTest::newRow("added by diff") << '+' + pem.trimmed().replace("\n", "\n+") << u"key.text-around"_s;
    QTest::newRow("commented out") << "# " + pem.trimmed().replace("\n", "\n# ") << u"key.text-around"_s;
    QTest::newRow("UTF-32") << QByteArray("\xFF\xFE\0\0", 4) + utf16(utf16(pem, true, false), true, false)
                            << u"key.was-utf16"_s;
    QTest::newRow("NUL bytes") << QByteArray(3, '\0') + pem + QByteArray(8, '\0') << u"key.text-around"_s;
    QTest::newRow("tab-indented YAML") << "key: |\n\t" + replaced("\n", "\n\t") << u"key.text-around"_s;
    QTest::newRow("service account") << QJsonDocument(QJsonObject{{u"type"_s, u"service_account"_s},
                                                                  {u"private_key"_s, QString::fromLatin1(pem)}})
                                            .toJson()
                                     << u"key.text-around"_s;
    QTest::newRow("base64 twice") << pem.toBase64().toBase64() << u"key.was-base64"_s;
    QTest::newRow("PEM in PEM") << "-----BEGIN PRIVATE KEY-----\n" + pem.toBase64() + "\n-----END PRIVATE KEY-----\n"
                                << u"key.was-base64"_s;
    QTest::newRow("hexadecimal") << QByteArray::fromBase64(bodyOf(pem)).toHex() << u"key.no-armour"_s;
    QTest::newRow("hexadecimal with colons") << QByteArray::fromBase64(bodyOf(pem)).toHex(':') << u"key.no-armour"_s;
    QTest::newRow("URL-safe base64 alone")
        << QByteArray::fromBase64(bodyOf(pem)).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        << u"key.no-armour"_s;
    QTest::newRow("URL encoding") << pem.toPercentEncoding() << u"key.unusual-characters"_s;
    QTest::newRow("Kubernetes Secret") << "data:\n  tls.key: " + pem.toBase64() + "\ntype: Opaque\n"
                                       << u"key.was-base64"_s;
    QTest::newRow("without BEGIN and END") << bodyOf(pem) << u"key.no-armour"_s;
    QTest::newRow("labelled PKCS#1") << replaced("PRIVATE KEY", "RSA PRIVATE KEY") << u"key.wrong-label"_s;
    QTest::newRow("twice the same") << pem + pem << QString();
}

void KeyIntakeTest::repairs()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, note);
    const KeyInspection inspection = inspectKey(secret(text));
    QVERIFY2(inspection.isUsable(), qPrintable(codesOf(inspection).join(u' ')));
    QCOMPARE(inspection.thumbprint, m_thumbprint);
    QCOMPARE(inspection.bits, 2048);
    if (!note.isEmpty())
        QVERIFY2(codesOf(inspection).contains(note), qPrintable(codesOf(inspection).join(u' ')));
}

void KeyIntakeTest::namesWhatIsNoKey_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("code");

    const FixedClock clock{std::chrono::system_clock::now()};
    SeededRandom random;
    const auto certificate = selfSignedCertificate(m_key->key, u"test"_s, std::chrono::days(10), clock, random);
    QVERIFY_RESULT(certificate);
    const QByteArray publicPem = m_key->key.publicKey().pem();
    QByteArray asCertificate = m_pem;
    asCertificate.replace("PRIVATE KEY", "CERTIFICATE");
    QByteArray asKey = certificate->pem;
    asKey.replace("CERTIFICATE", "PRIVATE KEY");
    const QByteArray jwk = QJsonDocument(m_key->key.publicKey().jwk(SignatureAlgorithm::RS384)).toJson();

    QTest::newRow("nothing") << QByteArray(" \n") << u"unknown"_s << u"key.empty"_s;
    QTest::newRow("certificate") << certificate->pem << u"certificate"_s << u"key.is-certificate"_s;
    QTest::newRow("public key") << publicPem << u"public-key"_s << u"key.is-public-key"_s;
    QTest::newRow("public JWK") << jwk << u"jwk"_s << u"key.is-public-key"_s;
    QTest::newRow("public JWK Set") << "{\"keys\":[" + jwk + "," + jwk + "]}" << u"jwk-set"_s << u"key.is-public-key"_s;
    QTest::newRow("shared secret JWK") << QByteArray(R"({"kty":"oct","k":"c2VjcmV0"})") << u"jwk"_s
                                       << u"key.is-secret"_s;
    QTest::newRow("private key labelled as certificate") << asCertificate << u"private-key"_s << u"key.wrong-label"_s;
    QTest::newRow("certificate labelled as private key") << asKey << u"certificate"_s << u"key.is-certificate"_s;
    QTest::newRow("client ID") << QByteArray("b94e07d2-6c58-47af-8e3d-f1a6209c5b70") << u"unknown"_s
                               << u"key.is-client-id"_s;
    QTest::newRow("client secret") << QByteArray("q7Wn2Zt5Xc8Vb1Nm4Kj6Hg3Fd9Sa0PoI") << u"unknown"_s
                                   << u"key.is-secret"_s;
    QTest::newRow("SHA-1 fingerprint") << certificate->sha1.toLatin1() << u"unknown"_s << u"key.is-fingerprint"_s;
    QTest::newRow("fingerprint as openssl prints it")
        << QByteArray("SHA1 Fingerprint=" + QByteArray("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567").toUpper())
               .replace("0A1B", "0A:1B")
        << u"unknown"_s << QString();
    QTest::newRow("token") << QByteArray("eyJhbGciOiJSUzM4NCJ9.eyJpc3MiOiJ4In0.c2ln") << u"unknown"_s
                           << u"key.is-jwt"_s;
    QTest::newRow("PuTTY")
        << QByteArray("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 2\n"
                      "AAAAC3NzaC1lZDI1NTE5AAAAIHOh1cX9oB8rWkVqS0M3bHqLwYF1d2VhbnRvbm9v\nb25lAAAA\nPrivate-Lines: 1\n")
        << u"unknown"_s << u"key.is-putty"_s;
    QTest::newRow("Java keystore") << QByteArray("\xFE\xED\xFE\xED").append(64, '\0') << u"unknown"_s
                                   << u"key.is-other-format"_s;
    QTest::newRow("path in quotes") << QByteArray("\"C:\\Program Files\\key.pem\"") << u"unknown"_s << u"key.is-path"_s;
    QTest::newRow("network path") << QByteArray("\\\\server\\share\\key.pfx") << u"unknown"_s << u"key.is-path"_s;
    QTest::newRow("address") << QByteArray("https://example.org/jwks.json") << u"unknown"_s << u"key.is-url"_s;
    QTest::newRow("key in a token") << QByteArray("pkcs11:token=x;object=k;type=private") << u"unknown"_s
                                    << u"key.is-reference"_s;
    QTest::newRow("age identity") << QByteArray("# created: 2024\n# public key: age1x\nAGE-SECRET-KEY-1") +
                                         QByteArray(58, 'Q')
                                  << u"unknown"_s << u"key.is-age"_s;
    QTest::newRow("JWE") << QByteArray("eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d") << u"unknown"_s << u"key.is-jwe"_s;
    QTest::newRow("JWE in JSON") << QByteArray(R"({"protected":"e30","encrypted_key":"a","ciphertext":"b"})")
                                 << u"unknown"_s << u"key.is-jwe"_s;
    QTest::newRow("key in print") << QByteArray("Private-Key: (2048 bit, 2 primes)\nmodulus:\n    00:c3:\n")
                                  << u"unknown"_s << u"key.is-printed"_s;
    QTest::newRow("DH parameters") << QByteArray("-----BEGIN DH PARAMETERS-----\nMAYCAQsCAQI=\n"
                                                 "-----END DH PARAMETERS-----\n")
                                   << u"unknown"_s << u"key.is-something-else"_s;
    QTest::newRow("archive") << QByteArray("PK\x03\x04 rest") << u"unknown"_s << u"key.is-other-format"_s;
    QTest::newRow("JWK of Ed25519") << QByteArray(R"({"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"})") << u"jwk"_s
                                    << u"key.unsupported-type"_s;
    QTest::newRow("JWK of secp256k1") << QByteArray(R"({"kty":"EC","crv":"secp256k1","x":"AA","y":"AA","d":"AA"})")
                                      << u"jwk"_s << u"key.unsupported-curve"_s;
    QTest::newRow("JWK of three primes") << QByteArray(R"({"kty":"RSA","n":"AA","e":"AQAB","d":"AA","oth":[]})")
                                         << u"jwk"_s << u"key.unsupported-type"_s;
    QTest::newRow("JWK as Python prints it")
        << QByteArray("{'kty': 'RSA', 'n': 'AA', 'e': 'AQAB'}") << u"jwk"_s << u"key.bad-jwk"_s;
    QTest::newRow("DER of nothing known")
        << QByteArray("\x30\x80").append(30, '\0') << u"unknown"_s << u"key.damaged"_s;
    QTest::newRow("path with a backslash n") << QByteArray("C:\\new\\key.pem") << u"unknown"_s << u"key.is-path"_s;
    QTest::newRow("web page") << QByteArray("<!DOCTYPE html><html></html>") << u"unknown"_s << u"key.is-html"_s;
}

void KeyIntakeTest::namesWhatIsNoKey()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, kind);
    QFETCH(QString, code);
    const KeyInspection inspection = inspectKey(secret(text));
    QVERIFY(!inspection.isUsable());
    QCOMPARE(nameOf(inspection.kind), kind);
    QVERIFY(inspection.firstError() != nullptr);
    if (!code.isEmpty())
        QCOMPARE(inspection.firstError()->code, code);
    QVERIFY(!inspection.firstError()->hint.isEmpty());
}

void KeyIntakeTest::saysWhatIsCutOff()
{
    // Only what misses nothing but its last dashes or the final line break is still this key.
    const QByteArray end("-----END PRIVATE KEY");
    const qsizetype whole = m_pem.indexOf(end) + end.size();
    for (qsizetype size = 0; size < m_pem.size(); ++size) {
        const KeyInspection inspection = inspectKey(secret(m_pem.first(size)));
        if (inspection.isUsable()) {
            QVERIFY2(size >= whole, qPrintable(QString::number(size)));
            QCOMPARE(inspection.thumbprint, m_thumbprint);
        } else {
            QVERIFY(inspection.firstError() != nullptr);
        }
        if (size > 40 && !inspection.isUsable())
            QCOMPARE(inspection.firstError()->code, u"key.truncated"_s);
    }
    const QByteArray der = QByteArray::fromBase64(bodyOf(m_pem));
    for (qsizetype size = 0; size < der.size(); ++size)
        QVERIFY(!inspectKey(secret(der.first(size))).isUsable());
    QVERIFY(inspectKey(secret(der)).isUsable());
    QCOMPARE(inspectKey(secret(m_pem.sliced(m_pem.indexOf('\n')))).firstError()->code, u"key.truncated"_s);
}

void KeyIntakeTest::noticesEveryChangedCharacter_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::newRow("RSA") << m_pem;
    QTest::newRow("EC") << pemOf(*m_other);
}

void KeyIntakeTest::noticesEveryChangedCharacter()
{
    QFETCH(QByteArray, pem);
    const QString thumbprint = inspectKey(secret(pem)).thumbprint;
    const qsizetype first = pem.indexOf('\n') + 1;
    const qsizetype last = pem.indexOf("-----END");
    int refused = 0;
    int changed = 0;
    const qsizetype step = pem.size() > 1000 ? 3 : 1; // all of them in a long key would take many seconds
    for (qsizetype i = first; i < last; i += step) {
        if (pem[i] == '\n' || pem[i] == '=')
            continue;
        QByteArray edited = pem;
        edited[i] = pem[i] == 'A' ? 'B' : 'A';
        const KeyInspection inspection = inspectKey(secret(edited));
        ++changed;
        refused += inspection.isUsable() ? 0 : 1;
        // Bits that say nothing of the key (a length's filling, base64's last bits) may differ; the key may not.
        if (inspection.isUsable())
            QCOMPARE(inspection.thumbprint, thumbprint);
    }
    QVERIFY2(refused > changed * 98 / 100, qPrintable(u"%1 of %2"_s.arg(refused).arg(changed)));
}

void KeyIntakeTest::choosesAmongSeveral()
{
    const QByteArray both = m_pem + pemOf(*m_other);
    const KeyInspection undecided = inspectKey(secret(both));
    QVERIFY(!undecided.isUsable());
    QCOMPARE(undecided.firstError()->code, u"key.several"_s);
    QCOMPARE(undecided.offers.size(), 2);
    for (const KeyOffer &offer : undecided.offers) {
        const KeyInspection chosen = inspectKey(secret(both), {}, offer.thumbprint);
        QVERIFY(chosen.isUsable());
        QCOMPARE(chosen.thumbprint, offer.thumbprint);
    }
    QVERIFY(!inspectKey(secret(both), {}, u"none of them"_s).isUsable());
}

void KeyIntakeTest::choosesAmongSeveralJwks()
{
    const QByteArray &rsa = exampleJwk;
    // RFC 7517, appendix A.2
    const QByteArray ec =
        R"({"kty":"EC","kid":"two","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"})";
    const QByteArray set = "\xEF\xBB\xBF{\"jwks\": {\"keys\": [" + rsa + "," + ec + "]}}";
    const KeyInspection undecided = inspectKey(secret(set));
    QCOMPARE(nameOf(undecided.kind), u"jwk-set"_s);
    QCOMPARE(undecided.firstError()->code, u"key.several"_s);
    QCOMPARE(undecided.offers.size(), 2);
    const KeyInspection chosen = inspectKey(secret(set), {}, u"two"_s);
    QVERIFY(chosen.isUsable());
    QCOMPARE(chosen.keyId, u"two"_s);
    QCOMPARE(chosen.curve, u"P-256"_s);
    const QJsonObject json = toJson(undecided);
    QCOMPARE(json[u"privateKeys"].toArray().size(), 2);
    const KeyInspection alone = inspectKey(secret("Here it is:\n" + rsa + "\nBye"));
    QVERIFY(alone.isUsable());
    QCOMPARE(alone.keyId, u"one"_s);
    QByteArray edited = rsa;
    edited.replace("\"d\":\"bWUC", "\"d\":\"bWUD");
    QCOMPARE(inspectKey(secret(edited)).firstError()->code, u"key.inconsistent"_s);
}

void KeyIntakeTest::recoversFactorsOfJwk_data()
{
    QTest::addColumn<QStringList>("without");
    QTest::addColumn<QString>("d"); // another one, where it is not empty
    QTest::addColumn<QString>("code");
    const QStringList factors{u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s};
    QTest::newRow("n, e and d") << factors << QString() << QString();
    QTest::newRow("no CRT exponents") << QStringList{u"dp"_s, u"dq"_s} << QString() << QString();
    QTest::newRow("no p") << QStringList{u"p"_s} << QString() << QString();
    QTest::newRow("no d") << QStringList{u"d"_s} << QString() << u"key.bad-jwk"_s;
    QTest::newRow("d of another key") << factors << u"AQAB"_s << u"key.inconsistent"_s;
}

/// RFC 7518, section 6.3.2: only "d" is required of a private key.
void KeyIntakeTest::recoversFactorsOfJwk()
{
    QFETCH(QStringList, without);
    QFETCH(QString, d);
    QFETCH(QString, code);
    QJsonObject jwk = QJsonDocument::fromJson(exampleJwk).object();
    const QString thumbprint = inspectKey(secret(exampleJwk)).thumbprint;
    for (const QString &member : without)
        jwk.remove(member);
    if (!d.isEmpty())
        jwk[u"d"_s] = d;
    const KeyInspection inspection = inspectKey(secret(QJsonDocument(jwk).toJson()));
    if (!code.isEmpty()) {
        QVERIFY(!inspection.isUsable());
        QCOMPARE(inspection.firstError()->code, code);
        return;
    }
    QVERIFY2(inspection.isUsable(), qPrintable(codesOf(inspection).join(u' ')));
    QCOMPARE(inspection.thumbprint, thumbprint);
    // It is kept as PKCS#8, which has them all.
    const auto kept = PrivateKey::fromPkcs8(inspection.imported->pkcs8);
    QVERIFY_RESULT(kept);
    QCOMPARE(kept->publicKey().thumbprint(), thumbprint);
}

void KeyIntakeTest::comparesCertificates()
{
    const FixedClock clock{std::chrono::system_clock::now()};
    SeededRandom random;
    const auto own = selfSignedCertificate(m_key->key, u"own"_s, std::chrono::days(10), clock, random);
    const auto foreign = selfSignedCertificate(m_other->key, u"other"_s, std::chrono::days(10), clock, random);
    QVERIFY_RESULT(own);
    QVERIFY_RESULT(foreign);
    const KeyInspection chain = inspectKey(secret(foreign->pem + own->pem + m_pem));
    QVERIFY(chain.isUsable());
    QCOMPARE(codesOf(chain), QStringList{u"key.with-certificate"_s});
    const KeyInspection strange = inspectKey(secret(foreign->pem + m_pem));
    QVERIFY(strange.isUsable());
    QCOMPARE(codesOf(strange), QStringList{u"key.other-certificate"_s});
}

void KeyIntakeTest::readsSmallElliptic()
{
    // 121 bytes: DER whose length is one byte, and base64 that begins with MHcC.
    const QByteArray sec1 = QByteArray::fromHex("30770201010420f3bd0c07a81fb932781ed52752f60cc89a6be5e51934fe01938ddb55"
                                                "d8f77801a00a06082a8648ce3d030107a14403420004"
                                                "30a0424cd21c2944838a2d75c92b37e76ea20d9f00893a3b4eee8a3c0aafec3ee04b65"
                                                "e92456d9888b52b379bdfbd51ee869ef1f0fc65b66"
                                                "59695b6cce081723");
    for (const QByteArray &text : {sec1, sec1 + '\n', sec1.toBase64()}) {
        const KeyInspection inspection = inspectKey(secret(text));
        QVERIFY2(inspection.isUsable(), qPrintable(codesOf(inspection).join(u' ')));
        QCOMPARE(inspection.format, u"SEC1"_s);
        QCOMPARE(inspection.thumbprint, u"cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"_s); // of RFC 7517, appendix A
    }
}

void KeyIntakeTest::staysQuickOnBigText_data()
{
    QTest::addColumn<QByteArray>("unit");
    QTest::newRow("letters") << QByteArray("a");
    QTest::newRow("base64") << QByteArray("M");
    QTest::newRow("dashes") << QByteArray("-");
    QTest::newRow("quotes") << QByteArray("\"");
    QTest::newRow("backslashes") << QByteArray("\\");
    QTest::newRow("braces") << QByteArray("{\"kty\":");
    QTest::newRow("BEGIN") << QByteArray("BEGIN ");
    QTest::newRow("BEGIN lines") << QByteArray("-----BEGIN PRIVATE KEY-----\n");
    QTest::newRow("blocks") << QByteArray("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n");
    QTest::newRow("wrapped") << QByteArray("LS0tLS1CRUdJTi");
    QTest::newRow("DER") << QByteArray("\x30\x84\x7F\xFF\xFF\xFF", 6);
    QTest::newRow("nested DER") << QByteArray("\x30\x80", 2);
    QTest::newRow("UTF-16") << QByteArray("-\0B\0", 4);
}

void KeyIntakeTest::staysQuickOnBigText()
{
    QFETCH(QByteArray, unit);
    constexpr qsizetype size = 10 * 1024 * 1024;
    const KeyInspection inspection = inspectKey(secret(unit.repeated(size / unit.size())));
    QVERIFY(!inspection.isUsable());
    QVERIFY(inspection.firstError() != nullptr);
    QVERIFY(inspection.findings.size() < 20);
}

QTEST_GUILESS_MAIN(KeyIntakeTest)
#include "tst_keyintake.moc"
