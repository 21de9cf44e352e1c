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
    return QUrl(u"%1://%2127.0.0.1:%3"_s.arg(scheme, user).arg(server.port()));
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

void TestProxy::failures_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("asks for a password") << u"http"_s << "HTTP/1.1 407 Auth\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"_ba;
    QTest::addRow("SOCKS that speaks something else") << u"socks5"_s << "nonsense"_ba;
}

void TestProxy::failures()
{
    QFETCH(QString, scheme);
    QFETCH(QByteArray, bytes);
    const ScriptedServer proxy(answerRaw(bytes), [=](QTcpSocket &socket) {
        if (scheme == u"socks5")
            QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&socket, bytes] { socket.write(bytes); });
    });
    QtHttpTransport transport;
    HttpRequest request;
    request.url = QUrl(u"https://fhir.example.test/"_s);
    request.network.proxy = proxyUrl(proxy, scheme, u"me:geheim@"_s);
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
