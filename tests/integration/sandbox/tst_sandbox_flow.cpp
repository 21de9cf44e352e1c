// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/sandbox/SandboxProcess.h"
#include "tests/support/ResultMacros.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

QString nextOf(const QJsonObject &bundle)
{
    for (const QJsonValue &link : bundle.value(u"link"_s).toArray()) {
        if (link.toObject().value(u"relation"_s).toString() == u"next")
            return link.toObject().value(u"url"_s).toString();
    }
    return {};
}

} // namespace

/// What a client does, from discovery to the last page, over real connections.
class TestSandboxFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void discoversAsksAndReads_data();
    void discoversAsksAndReads();
    void distrustsWithoutTheAuthority();
    void refusesAReplay();
    void refusesAsEpicOrExplains_data();
    void refusesAsEpicOrExplains();
    void tokensExpire();
    void registersFurtherClients();
    void registersClientsByUrl();
    void takesAGivenKey();
    void memoryStaysFlat();
};

void TestSandboxFlow::discoversAsksAndReads_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("http") << QStringList{u"--patients"_s, u"30"_s};
    QTest::newRow("https") << QStringList{u"--patients"_s, u"30"_s, u"--tls"_s};
}

void TestSandboxFlow::discoversAsksAndReads()
{
    QFETCH(QStringList, options);
    SandboxProcess sandbox(options);
    QVERIFY(sandbox.isReady());
    const auto smart = sandbox.get(u".well-known/smart-configuration"_s);
    QVERIFY_RESULT(smart);
    QCOMPARE(smart->status, 200);
    QCOMPARE(jsonOf(smart).value(u"token_endpoint"_s).toString(), sandbox.value(u"tokenEndpoint"_s));
    const auto metadata = sandbox.get(u"metadata"_s);
    QVERIFY_RESULT(metadata);
    QCOMPARE(jsonOf(metadata).value(u"resourceType"_s).toString(), u"CapabilityStatement"_s);
    QVERIFY(!headerValue(metadata->headers, "Date").isEmpty());

    QCOMPARE(sandbox.get(u"Patient"_s)->status, 401);
    const QByteArray token = sandbox.token();
    QVERIFY(!token.isEmpty());
    QSet<QString> ids;
    int pages = 0;
    QString url = u"Patient?_count=8"_s;
    while (!url.isEmpty() && pages < 10) {
        const auto page = sandbox.get(url, token);
        QVERIFY_RESULT(page);
        QCOMPARE(page->status, 200);
        for (const QJsonValue &entry : jsonOf(page).value(u"entry"_s).toArray())
            ids.insert(entry.toObject().value(u"resource"_s).toObject().value(u"id"_s).toString());
        url = nextOf(jsonOf(page));
        ++pages;
    }
    QCOMPARE(pages, 4);
    QCOMPARE(ids.size(), 30);
    const QString id = *ids.begin();
    QCOMPARE(jsonOf(sandbox.get(u"Patient/"_s + id, token)).value(u"id"_s).toString(), id);
}

void TestSandboxFlow::distrustsWithoutTheAuthority()
{
    SandboxProcess sandbox({u"--tls"_s, u"--patients"_s, u"1"_s});
    QVERIFY(sandbox.isReady());
    QtHttpTransport transport;
    const auto reply =
        transport.send({.url = QUrl(sandbox.value(u"jwksUrl"_s)), .headers = {}, .body = {}, .network = {}}, {});
    QVERIFY_FAILS(reply, "net.tls-untrusted");
    // The certificate is for localhost as well.
    HttpRequest request{.url = QUrl(sandbox.value(u"jwksUrl"_s)), .headers = {}, .body = {}, .network = {}};
    request.url.setHost(u"localhost"_s);
    request.network.extraAuthorities = QSslCertificate::fromPath(sandbox.value(u"caFile"_s));
    const auto named = transport.send(request, {});
    QVERIFY_RESULT(named);
    QCOMPARE(named->status, 200);
}

void TestSandboxFlow::refusesAReplay()
{
    SandboxProcess sandbox({u"--patients"_s, u"1"_s});
    const auto key = sandbox.key();
    QVERIFY_RESULT(key);
    const QByteArray assertion = signAssertion(*key, SignatureAlgorithm::RS384, sandbox.publishedKid(),
                                               sandbox.value(u"clientId"_s), sandbox.value(u"tokenEndpoint"_s));
    const auto first = sandbox.askForToken(assertion);
    QVERIFY_RESULT(first);
    QCOMPARE(first->status, 200);
    const auto second = sandbox.askForToken(assertion);
    QVERIFY_RESULT(second);
    QCOMPARE(second->status, 400);
    QCOMPARE(second->body, "{\"error\":\"invalid_client\",\"error_description\":null}");
}

void TestSandboxFlow::refusesAsEpicOrExplains_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("explains");
    QTest::newRow("as Epic") << QStringList() << false;
    QTest::newRow("explains") << QStringList{u"--explain"_s} << true;
}

void TestSandboxFlow::refusesAsEpicOrExplains()
{
    QFETCH(QStringList, options);
    QFETCH(bool, explains);
    SandboxProcess sandbox(options + QStringList{u"--patients"_s, u"1"_s});
    const auto key = sandbox.key();
    QVERIFY_RESULT(key);
    const QByteArray assertion = signAssertion(*key, SignatureAlgorithm::RS384, sandbox.publishedKid(),
                                               sandbox.value(u"clientId"_s), sandbox.value(u"fhirBaseUrl"_s));
    const auto refused = sandbox.askForToken(assertion);
    QVERIFY_RESULT(refused);
    QCOMPARE(refused->status, 400);
    QCOMPARE(headerValue(refused->headers, "Cache-Control"), "no-store");
    QVERIFY(!headerValue(refused->headers, "Date").isEmpty());
    QCOMPARE(refused->body.contains("[aud-mismatch]"), explains);
}

void TestSandboxFlow::tokensExpire()
{
    SandboxProcess sandbox({u"--patients"_s, u"1"_s, u"--token-lifetime"_s, u"1"_s});
    const QByteArray token = sandbox.token();
    QVERIFY(!token.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(sandbox.get(u"Patient"_s, token)->status, 401, 5000);
}

void TestSandboxFlow::registersFurtherClients()
{
    SandboxProcess sandbox({u"--patients"_s, u"3"_s});
    const auto generated = generateKey({.type = KeyType::Ec, .curve = u"P-256"_s});
    QVERIFY_RESULT(generated);
    const QJsonObject jwk = generated->key.publicKey().jwk(SignatureAlgorithm::ES256, u"mine"_s);
    const QJsonObject body{
        {u"clientId"_s, u"second"_s}, {u"jwks"_s, jwkSet({jwk})}, {u"scopes"_s, QJsonArray{u"system/Patient.rs"_s}}};
    const QString url = QUrl(sandbox.value(u"tokenEndpoint"_s)).resolved(QUrl(u"/register"_s)).toString();
    const auto registered =
        sandbox.send("POST", url, {{"Content-Type", "application/json"}}, QJsonDocument(body).toJson());
    QVERIFY_RESULT(registered);
    QCOMPARE(registered->status, 201);
    const auto answer = sandbox.askForToken(signAssertion(generated->key, SignatureAlgorithm::ES256, u"mine"_s,
                                                          u"second"_s, sandbox.value(u"tokenEndpoint"_s)));
    QCOMPARE(jsonOf(answer).value(u"scope"_s).toString(), u"system/Patient.rs"_s);
    const QByteArray token = jsonOf(answer).value(u"access_token"_s).toString().toLatin1();
    QCOMPARE(sandbox.get(u"Patient"_s, token)->status, 200);
    QCOMPARE(sandbox.get(u"Encounter"_s, token)->status, 403);
}

void TestSandboxFlow::registersClientsByUrl()
{
    SandboxProcess sandbox({u"--patients"_s, u"1"_s, u"--explain"_s});
    SandboxProcess keyServer({u"--patients"_s, u"1"_s});
    const auto key = keyServer.key();
    QVERIFY_RESULT(key);
    const QJsonObject body{{u"clientId"_s, u"by-url"_s}, {u"jwksUri"_s, keyServer.value(u"jwksUrl"_s)}};
    const QString url = QUrl(sandbox.value(u"tokenEndpoint"_s)).resolved(QUrl(u"/register"_s)).toString();
    QCOMPARE(sandbox.send("POST", url, {{"Content-Type", "application/json"}}, QJsonDocument(body).toJson())->status,
             201);
    const auto ask = [&] {
        return sandbox.askForToken(signAssertion(*key, SignatureAlgorithm::RS384, keyServer.publishedKid(), u"by-url"_s,
                                                 sandbox.value(u"tokenEndpoint"_s)));
    };
    QCOMPARE(ask()->status, 200);
    const auto unknown = sandbox.askForToken(
        signAssertion(*key, SignatureAlgorithm::RS384, u"other"_s, u"by-url"_s, sandbox.value(u"tokenEndpoint"_s)));
    QVERIFY(unknown->body.contains("[kid-unknown]"));
}

void TestSandboxFlow::takesAGivenKey()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"given.pem"_s);
    const auto generated = generateKey({.type = KeyType::Ec});
    QVERIFY_RESULT(generated);
    QFile pem(file);
    QVERIFY(pem.open(QIODevice::WriteOnly));
    pem.write(toPkcs8Pem(generated->pkcs8).charView().toByteArray());
    pem.close();
    SandboxProcess sandbox({u"--client-key"_s, file, u"--client-id"_s, u"given-client"_s, u"--patients"_s, u"1"_s});
    QVERIFY(sandbox.isReady());
    QCOMPARE(sandbox.value(u"privateKeyFile"_s), file);
    QCOMPARE(sandbox.value(u"clientId"_s), u"given-client"_s);
    QVERIFY(!sandbox.token().isEmpty());
}

void TestSandboxFlow::memoryStaysFlat()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("AddressSanitizer keeps freed memory for a while");
#endif
    // Some 1.7 million resources; the pages walked here would hold about 60 MB of JSON.
    SandboxProcess sandbox({u"--patients"_s, u"10000"_s});
    const QByteArray token = sandbox.token();
    QString url = u"Observation?category=vital-signs&_count=1000"_s;
    qint64 early = 0;
    for (int page = 0; page < 50; ++page) {
        const auto reply = sandbox.get(url, token);
        QVERIFY_RESULT(reply);
        QCOMPARE(jsonOf(reply).value(u"total"_s).toInt(), 1000);
        url = nextOf(jsonOf(reply));
        QVERIFY(!url.isEmpty());
        if (page == 9)
            early = sandbox.peakMemory();
    }
    const qint64 late = sandbox.peakMemory();
    QVERIFY2(early > 0 && late - early < 4096, qPrintable(u"%1 KiB, then %2 KiB"_s.arg(early).arg(late)));
}

QTEST_GUILESS_MAIN(TestSandboxFlow)
#include "tst_sandbox_flow.moc"
