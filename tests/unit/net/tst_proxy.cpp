// SPDX-License-Identifier: Apache-2.0
// Which proxy is used, and which is not.
#include "core/net/QtHttpTransport.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/ScriptedServer.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

QUrl proxyUrl(const ScriptedServer &server, const QString &scheme = u"http"_s, const QString &user = {})
{
    return QUrl(scheme + u"://"_s + user + u"127.0.0.1:"_s + QString::number(server.port()));
}

} // namespace

class TestProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void httpGoesThroughIt();
    void httpsAsksForATunnel();
    void loopbackNeverDoes();
    void systemProxyByDefault();
    void ownProxyBeforeTheSystems();
    void giveUserAndPassword();
    void failures_data();
    void failures();
    void refusedAddresses_data();
    void refusedAddresses();
};

void TestProxy::cleanup()
{
    qunsetenv("http_proxy");
}

void TestProxy::httpGoesThroughIt()
{
    const ScriptedServer proxy(answer(200, "through the proxy"));
    QtHttpTransport transport;
    HttpRequest request;
    request.url = QUrl(u"http://fhir.example.test/metadata"_s);
    request.network.proxy = proxyUrl(proxy);
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY_RESULT(reply);
    QCOMPARE(reply->body, "through the proxy"_ba);
    QCOMPARE(proxy.requests().constFirst().target, "http://fhir.example.test/metadata"_ba);
}

void TestProxy::httpsAsksForATunnel()
{
    const ScriptedServer proxy(answerRaw("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
    QtHttpTransport transport;
    HttpRequest request;
    request.url = QUrl(u"https://fhir.example.test/metadata"_s);
    request.headers = {{"Authorization", "Bearer secret"}};
    request.network.proxy = proxyUrl(proxy);
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY(!reply);
    QVERIFY2(reply.error().code.startsWith(u"net."), qPrintable(reply.error().code));
    QVERIFY(!proxy.requests().isEmpty());
    for (const ReceivedRequest &seen : proxy.requests()) {
        QCOMPARE(seen.method, "CONNECT"_ba);
        QVERIFY2(!seen.head.contains("secret"), "the proxy must not see what goes into the tunnel");
    }
}

void TestProxy::loopbackNeverDoes()
{
    const ScriptedServer proxy(answer(200, "proxy"));
    const ScriptedServer server(answer(200, "direct"));
    qputenv("http_proxy", proxyUrl(proxy).toEncoded());
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    for (const QUrl &setting : {QUrl(), proxyUrl(proxy)}) {
        request.network.proxy = setting;
        const Result<HttpReply> reply = transport.send(request, {});
        QVERIFY_RESULT(reply);
        QCOMPARE(reply->body, "direct"_ba);
    }
    QCOMPARE(proxy.connections(), 0);
}

void TestProxy::systemProxyByDefault()
{
    const ScriptedServer proxy(answer(200, "system proxy"));
    qputenv("http_proxy", proxyUrl(proxy).toEncoded());
    QtHttpTransport transport;
    HttpRequest request;
    request.url = QUrl(u"http://fhir.example.test/"_s);
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY_RESULT(reply);
    QCOMPARE(reply->body, "system proxy"_ba);
}

void TestProxy::ownProxyBeforeTheSystems()
{
    const ScriptedServer system(answer(200, "system"));
    const ScriptedServer own(answer(200, "own"));
    qputenv("http_proxy", proxyUrl(system).toEncoded());
    QtHttpTransport transport;
    HttpRequest request;
    request.url = QUrl(u"http://fhir.example.test/"_s);
    request.network.proxy = proxyUrl(own);
    Result<HttpReply> reply = transport.send(request, {});
    QVERIFY_RESULT(reply);
    QCOMPARE(reply->body, "own"_ba);
    // And the next credential's setting counts for its own requests.
    request.network.proxy = {};
    reply = transport.send(request, {});
    QVERIFY_RESULT(reply);
    QCOMPARE(reply->body, "system"_ba);
}

void TestProxy::giveUserAndPassword()
{
    const QByteArray expected = "Basic " + QByteArray("me:ge/heim").toBase64();
    const ScriptedServer proxy([=](QTcpSocket &socket, const ReceivedRequest &request) {
        const bool isKnown = request.header("Proxy-Authorization") == expected;
        (isKnown ? answer(502, "let through") : answer(407, {}, "Proxy-Authenticate: Basic realm=\"p\"\r\n"))(socket,
                                                                                                              request);
    });
    QtHttpTransport transport;
    HttpRequest request;
    request.url = QUrl(u"https://fhir.example.test/"_s);
    request.network.proxy = proxyUrl(proxy, u"http"_s, u"me:ge%2Fheim@"_s);
    request.network.deadline = std::chrono::seconds(5);
    const Result<HttpReply> reply = transport.send(request, {});
    QCOMPARE(proxy.requests().constLast().header("Proxy-Authorization"), expected);
    QVERIFY(!reply);
    QVERIFY2(reply.error().code != u"net.timeout", qPrintable(reply.error().message));
}

void TestProxy::failures_data()
{
    const QByteArray refusal =
        "HTTP/1.1 407 Auth\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n";
    QTest::addColumn<QString>("proxyScheme");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("bytes");
    for (const QString &url : {u"http://fhir.example.test/"_s, u"https://fhir.example.test/"_s}) {
        QTest::addRow("asks for a password, %s", qPrintable(url)) << u"http"_s << QString() << url << refusal;
        QTest::addRow("refuses the password, %s", qPrintable(url)) << u"http"_s << u"me:geheim@"_s << url << refusal;
        QTest::addRow("SOCKS that speaks something else, %s", qPrintable(url))
            << u"socks5"_s << QString() << url << "nonsense"_ba;
    }
}

void TestProxy::failures()
{
    QFETCH(QString, proxyScheme);
    QFETCH(QString, user);
    QFETCH(QString, url);
    QFETCH(QByteArray, bytes);
    // Kept open after the refusal, as proxies do.
    const ScriptedServer proxy([=](QTcpSocket &socket, const ReceivedRequest &) { socket.write(bytes); },
                               [=](QTcpSocket &socket) {
                                   if (proxyScheme == u"socks5")
                                       QObject::connect(&socket, &QTcpSocket::readyRead, &socket,
                                                        [&socket, bytes] { socket.write(bytes); });
                               });
    QtHttpTransport transport;
    HttpRequest request;
    request.url = QUrl(url);
    request.network.proxy = proxyUrl(proxy, proxyScheme, user);
    request.network.deadline = std::chrono::seconds(5);
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY_FAILS(reply, "net.proxy");
    QVERIFY(!(reply.error().message + reply.error().hint).contains(u"geheim"));
}

void TestProxy::refusedAddresses_data()
{
    QTest::addColumn<QString>("proxy");
    for (const char *proxy : {"ftp://127.0.0.1:1", "127.0.0.1:8080", "http://", "https://me:geheim@127.0.0.1:1"})
        QTest::addRow("%s", proxy) << QString::fromLatin1(proxy);
}

void TestProxy::refusedAddresses()
{
    QFETCH(QString, proxy);
    QtHttpTransport transport;
    HttpRequest request;
    request.url = QUrl(u"http://fhir.example.test/"_s);
    request.network.proxy = QUrl(proxy);
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY_FAILS(reply, "net.proxy");
    QCOMPARE(reply.error().kind, ErrorKind::InvalidInput);
    QVERIFY(!reply.error().message.contains(u"geheim"));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestProxy)
#include "tst_proxy.moc"
