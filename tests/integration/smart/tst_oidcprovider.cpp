// SPDX-License-Identifier: Apache-2.0
#include "core/keys/Certificate.h"
#include "core/net/QtHttpTransport.h"
#include "core/smart/ConnectionTest.h"
#include "core/smart/TokenRequest.h"
#include "tests/support/ResultMacros.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

const QString clientId = u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s;
const QString scope = u"system/Patient.read"_s;

QByteArray encoded(const QJsonObject &object)
{
    return QJsonDocument(object)
        .toJson(QJsonDocument::Compact)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

/// Our flow against an authorization server that is not ours: what is right passes, each single fault is refused.
class TestOidcProvider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void grants_data();
    void grants();
    void refuses_data();
    void refuses();
    void cleanup();

private:
    void startServer(SignatureAlgorithm algorithm, bool tls);
    [[nodiscard]] Result<HttpReply> post(const QJsonObject &header, const QJsonObject &claims, const PrivateKey &key,
                                         SignatureAlgorithm algorithm);

    std::unique_ptr<QProcess> m_server;
    std::optional<ImportedKey> m_key;
    SignatureAlgorithm m_algorithm = SignatureAlgorithm::RS384;
    QString m_baseUrl;
    QString m_tokenEndpoint;
    NetworkSettings m_network;
    SystemClock m_clock;
    SystemRandom m_random;
};

void TestOidcProvider::initTestCase()
{
    if (QStandardPaths::findExecutable(u"node"_s).isEmpty())
        QSKIP("Node.js is not installed");
    if (!QFileInfo::exists(QStringLiteral(CREDENZA_SOURCE_DIR "/tests/integration/smart/node_modules/oidc-provider")))
        QSKIP("oidc-provider is not installed: npm ci in tests/integration/smart (packaging/test does it)");
}

void TestOidcProvider::startServer(SignatureAlgorithm algorithm, bool tls)
{
    m_algorithm = algorithm;
    const KeyType type = keyTypeOf(algorithm);
    auto key = generateKey({type, 2048, algorithm == SignatureAlgorithm::ES256 ? u"P-256"_s : u"P-384"_s});
    QVERIFY_RESULT(key);
    m_key = std::move(*key);
    QJsonObject options{{u"clientId"_s, clientId},
                        {u"algorithm"_s, nameOf(algorithm)},
                        {u"scope"_s, scope},
                        {u"jwks"_s, jwkSet({m_key->key.publicKey().jwk(algorithm, u"key-1"_s)})}};
    m_network = {};
    if (tls) {
        const auto certificates = makeLoopbackCertificates(std::chrono::days(1), m_clock, m_random);
        QVERIFY_RESULT(certificates);
        // The server process needs the PEM text: a throwaway key of this test alone.
        const QByteArray keyPem = certificates->serverKeyPem.copyToUnprotectedByteArray();
        options.insert(u"tls"_s, QJsonObject{{u"key"_s, QString::fromLatin1(keyPem)},
                                             {u"cert"_s, QString::fromLatin1(certificates->server.pem)}});
        m_network.extraAuthorities = QSslCertificate::fromData(certificates->authority.pem);
    }
    m_server = std::make_unique<QProcess>();
    m_server->setProcessChannelMode(QProcess::SeparateChannels);
    m_server->start(u"node"_s, {QStringLiteral(CREDENZA_SOURCE_DIR "/tests/integration/smart/server.mjs")});
    QVERIFY(m_server->waitForStarted());
    m_server->write(QJsonDocument(options).toJson(QJsonDocument::Compact) + '\n');
    QTRY_VERIFY_WITH_TIMEOUT(m_server->canReadLine() || m_server->state() == QProcess::NotRunning, 20'000);
    const QJsonObject ready = QJsonDocument::fromJson(m_server->readLine()).object();
    m_baseUrl = ready.value(u"fhirBaseUrl").toString();
    m_tokenEndpoint = ready.value(u"tokenEndpoint").toString();
    QVERIFY2(!m_baseUrl.isEmpty(), m_server->readAllStandardError().constData());
}

void TestOidcProvider::cleanup()
{
    if (!m_server)
        return;
    m_server->closeWriteChannel();
    if (!m_server->waitForFinished(5000))
        m_server->kill();
    m_server.reset();
}

void TestOidcProvider::grants_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<bool>("tls");
    for (const QString &algorithm : {u"RS384"_s, u"ES384"_s, u"RS256"_s, u"ES256"_s}) {
        QTest::addRow("%s, plain", qPrintable(algorithm)) << algorithm << false;
        QTest::addRow("%s, TLS", qPrintable(algorithm)) << algorithm << true;
    }
}

void TestOidcProvider::grants()
{
    QFETCH(QString, algorithm);
    QFETCH(bool, tls);
    startServer(*signatureAlgorithm(algorithm), tls);
    if (QTest::currentTestFailed())
        return;
    TestSubject subject;
    subject.draft.name = u"Peer"_s;
    subject.draft.connector = u"smart-backend"_s;
    subject.draft.fhirBaseUrl = m_baseUrl;
    subject.draft.clientId = clientId;
    subject.draft.key = std::make_shared<const KeyInspection>(inspectKey(toPkcs8Pem(m_key->pkcs8)));
    subject.draft.keyId = u"key-1"_s;
    subject.draft.algorithm = algorithm;
    subject.draft.scopes = {scope};
    subject.key = m_key->key;
    subject.network = m_network;
    QtHttpTransport transport;
    const TestReport report = runConnectionTest(subject, {transport, m_clock, m_random}, {});
    const TestStep *failed = report.failedStep();
    QVERIFY2(report.passed, failed ? qPrintable(nameOf(failed->id) + u": "_s + failed->summary) : "");
    QVERIFY(report.token);
    QCOMPARE(report.token->scopes, QStringList{scope});
    if (!tls)
        return;
    // Without the private authority the same server is refused before anything is sent to it.
    subject.network.extraAuthorities.clear();
    const TestReport untrusted = runConnectionTest(subject, {transport, m_clock, m_random}, {});
    QVERIFY(!untrusted.passed);
    QCOMPARE(untrusted.failedStep()->id, TestStepId::Discover);
    QCOMPARE(untrusted.failedStep()->code, u"net.tls-untrusted"_s);
}

Result<HttpReply> TestOidcProvider::post(const QJsonObject &header, const QJsonObject &claims, const PrivateKey &key,
                                         SignatureAlgorithm algorithm)
{
    const QByteArray input = encoded(header) + '.' + encoded(claims);
    const QByteArray signature = TRY(key.sign(algorithm, input));
    const QByteArray jwt =
        input + '.' + signature.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const ClientAssertion assertion{SecretBytes::copyOf(QByteArrayView(jwt)), header, claims};
    QtHttpTransport transport;
    return transport.send(tokenHttpRequest(m_tokenEndpoint, assertion, {scope}, m_network), {});
}

void TestOidcProvider::refuses_data()
{
    QTest::addColumn<QString>("fault");
    for (const char *fault : {"aud", "expired", "jti", "kid", "key", "alg", "iss"})
        QTest::newRow(fault) << QString::fromLatin1(fault);
}

void TestOidcProvider::refuses()
{
    QFETCH(QString, fault);
    startServer(SignatureAlgorithm::RS384, false);
    if (QTest::currentTestFailed())
        return;
    const qint64 now = std::chrono::system_clock::to_time_t(m_clock.now());
    const QJsonObject goodHeader{{u"alg"_s, u"RS384"_s}, {u"kid"_s, u"key-1"_s}, {u"typ"_s, u"JWT"_s}};
    const auto goodClaims = [&] {
        return QJsonObject{{u"iss"_s, clientId},
                           {u"sub"_s, clientId},
                           {u"aud"_s, m_tokenEndpoint},
                           {u"exp"_s, now + 240},
                           {u"jti"_s, randomUuid(m_random).toString(QUuid::WithoutBraces)}};
    };
    QJsonObject header = goodHeader;
    QJsonObject claims = goodClaims();
    PrivateKey key = m_key->key;
    SignatureAlgorithm algorithm = SignatureAlgorithm::RS384;

    // The very same request without the fault is granted, so that a refusal can only be about the fault.
    const auto granted = post(goodHeader, claims, key, algorithm);
    QVERIFY_RESULT(granted);
    QVERIFY2(granted->status == 200, granted->body.constData());

    if (fault != u"jti") // that one goes out once more as it is
        claims = goodClaims();
    if (fault == u"aud") {
        claims.insert(u"aud"_s, m_baseUrl);
    } else if (fault == u"expired") {
        claims.insert(u"exp"_s, now - 120);
    } else if (fault == u"kid") {
        header.insert(u"kid"_s, u"key-2"_s);
    } else if (fault == u"key") {
        const auto other = generateKey({KeyType::Rsa, 2048, {}});
        QVERIFY_RESULT(other);
        key = other->key;
    } else if (fault == u"alg") {
        algorithm = SignatureAlgorithm::RS256;
        header.insert(u"alg"_s, u"RS256"_s);
    } else if (fault == u"iss") {
        claims.insert(u"iss"_s, u"somebody-else"_s);
    }
    const auto refused = post(header, claims, key, algorithm);
    QVERIFY_RESULT(refused);
    QVERIFY2(refused->status == 400 || refused->status == 401, qPrintable(QString::number(refused->status)));
    const auto error = readOAuthError(*refused);
    QVERIFY(error);
    QCOMPARE(error->error, u"invalid_client"_s);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestOidcProvider)
#include "tst_oidcprovider.moc"
