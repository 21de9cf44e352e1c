// SPDX-License-Identifier: Apache-2.0
// What QtHttpTransport sends and takes: every default of QNetworkAccessManager that would be wrong for us.
#include "core/net/QtHttpTransport.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/ScriptedServer.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

class TestTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStatusIsAnAnswer_data();
    void everyStatusIsAnAnswer();
    void postIsNeverSentTwice_data();
    void postIsNeverSentTwice();
    void postOnAKeptConnectionIsNeverSentTwice();
    void sendsWhatItIsTold();
    void introducesItself();
    void keepsNoCookies();
    void redirects_data();
    void redirects();
    void redirectLoopEnds();
    void refusesBeforeSending_data();
    void refusesBeforeSending();
    void damagedAnswers_data();
    void damagedAnswers();
};

void TestTransport::everyStatusIsAnAnswer_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    for (const int status :
         {200, 201, 202, 301, 302, 307, 400, 401, 403, 404, 405, 406, 409, 410, 415, 422, 429, 500, 501, 502, 503, 504})
        QTest::addRow("%d", status) << status << QByteArray();
    for (const QByteArray challenge : {"Bearer realm=\"x\", error=\"invalid_token\"", "Basic realm=\"x\"", "Negotiate",
                                       "Digest realm=\"x\", nonce=\"y\"", "NTLM"})
        QTest::addRow("401 %s", challenge.constData()) << 401 << QByteArray("WWW-Authenticate: " + challenge + "\r\n");
    QTest::addRow("403 Bearer") << 403 << QByteArray("WWW-Authenticate: Bearer error=\"insufficient_scope\"\r\n");
}

void TestTransport::everyStatusIsAnAnswer()
{
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    const QByteArray body = "{\"error\":\"invalid_client\",\"error_description\":null}";
    const ScriptedServer server(answer(status, body, headers + "Content-Type: application/json\r\nX-Own: a b\r\n"));
    QtHttpTransport transport;
    for (const QByteArray method : {"GET", "POST"}) {
        HttpRequest request;
        request.method = method;
        request.url = server.url(u"/a?b=c%20d"_s);
        request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        request.body = method == "POST" ? "grant_type=x" : "";
        const Result<HttpReply> reply = transport.send(request, {});
        QVERIFY_RESULT(reply);
        QCOMPARE(reply->status, status);
        QCOMPARE(reply->body, body);
        QCOMPARE(reply->reason, "Scripted"_ba);
        QCOMPARE(headerValue(reply->headers, "x-own"), "a b"_ba);
        QCOMPARE(reply->url, request.url);
        QVERIFY(reply->elapsed > std::chrono::microseconds(0));
        QVERIFY(reply->certificateChain.isEmpty());
    }
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(server.requests().first().target, "/a?b=c%20d"_ba);
}

void TestTransport::postIsNeverSentTwice_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("closed at once") << "POST"_ba << QByteArray();
    QTest::addRow("half a status line") << "POST"_ba
                                        << "HTTP/1."_ba;
    QTest::addRow("half a header") << "POST"_ba
                                   << "HTTP/1.1 200 OK\r\nContent-"_ba;
    QTest::addRow("PUT") << "PUT"_ba << QByteArray();
    QTest::addRow("PATCH") << "PATCH"_ba << QByteArray();
}

void TestTransport::postIsNeverSentTwice()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, bytes);
    const ScriptedServer server(bytes.isEmpty() ? closeWithoutAnswer() : answerRaw(bytes));
    QtHttpTransport transport;
    HttpRequest request;
    request.method = method;
    request.url = server.url(u"/token"_s);
    request.body = "client_assertion=once";
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY(!reply);
    QVERIFY2(reply.error().code == u"net.connection-closed" || reply.error().code == u"net.bad-response",
             qPrintable(reply.error().code));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().first().body, request.body);
}

void TestTransport::postOnAKeptConnectionIsNeverSentTwice()
{
    // The worst case for Qt: the connection was good before, so a close looks like one that timed out between requests.
    const ScriptedServer server([](QTcpSocket &socket, const ReceivedRequest &request) {
        (request.method == "GET" ? answer(200, "ok") : closeWithoutAnswer())(socket, request);
    });
    QtHttpTransport transport;
    HttpRequest get;
    get.url = server.url();
    QVERIFY_RESULT(transport.send(get, {}));
    HttpRequest post;
    post.method = "POST";
    post.url = server.url(u"/token"_s);
    post.body = "client_assertion=once";
    QVERIFY_FAILS(transport.send(post, {}), "net.connection-closed");
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(server.connections(), 1);
}

void TestTransport::sendsWhatItIsTold()
{
    const ScriptedServer server(answer(200, "ok"));
    QtHttpTransport transport;
    HttpRequest request;
    request.method = "POST";
    request.url = server.url(u"/oauth2/token"_s);
    request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = QByteArray(300'000, 'a'); // more than one buffer
    QVERIFY_RESULT(transport.send(request, {}));
    const ReceivedRequest seen = server.requests().constFirst();
    QCOMPARE(seen.method, "POST"_ba);
    QCOMPARE(seen.target, "/oauth2/token"_ba);
    QCOMPARE(seen.header("Accept"), "application/json"_ba);
    QCOMPARE(seen.header("Content-Type"), "application/x-www-form-urlencoded"_ba);
    QCOMPARE(seen.header("Content-Length"), QByteArray::number(request.body.size()));
    QCOMPARE(seen.body, request.body);
}

void TestTransport::introducesItself()
{
    const ScriptedServer server(answer(200, "ok"));
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    QVERIFY_RESULT(transport.send(request, {}));
    QCOMPARE(server.requests().constFirst().header("User-Agent"), QByteArray("Credenza/" CREDENZA_VERSION));
    QVERIFY(server.requests().constFirst().header("Referer").isEmpty());
}

void TestTransport::keepsNoCookies()
{
    const ScriptedServer server(answer(200, "ok", "Set-Cookie: session=1; Path=/\r\n"));
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    QVERIFY_RESULT(transport.send(request, {}));
    QVERIFY_RESULT(transport.send(request, {}));
    QCOMPARE(server.requests().size(), 2);
    QVERIFY(server.requests().constLast().header("Cookie").isEmpty());
}

void TestTransport::redirects_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<RedirectPolicy>("policy");
    QTest::addColumn<bool>("toOtherServer");
    QTest::addColumn<int>("redirectStatus");
    QTest::addColumn<int>("status"); // that the caller gets
    for (const int code : {301, 302, 303, 307, 308}) {
        QTest::addRow("token request, own server, %d", code)
            << "POST"_ba << RedirectPolicy::None << false << code << code;
        QTest::addRow("token request, other server, %d", code)
            << "POST"_ba << RedirectPolicy::None << true << code << code;
        QTest::addRow("POST is never repeated, %d", code)
            << "POST"_ba << RedirectPolicy::SameOrigin << false << code << code;
        QTest::addRow("GET without leave, %d", code) << "GET"_ba << RedirectPolicy::None << false << code << code;
        QTest::addRow("GET within the origin, %d", code)
            << "GET"_ba << RedirectPolicy::SameOrigin << false << code << 200;
        QTest::addRow("GET to another origin, %d", code)
            << "GET"_ba << RedirectPolicy::SameOrigin << true << code << code;
    }
}

void TestTransport::redirects()
{
    QFETCH(QByteArray, method);
    QFETCH(RedirectPolicy, policy);
    QFETCH(bool, toOtherServer);
    QFETCH(int, redirectStatus);
    QFETCH(int, status);
    const ScriptedServer other(answer(200, "other"));
    const QByteArray target = toOtherServer ? other.url(u"/end"_s).toEncoded() : "/end"_ba;
    const ScriptedServer server([=](QTcpSocket &socket, const ReceivedRequest &request) {
        const bool isEnd = request.target == "/end";
        (isEnd ? answer(200, "end") : answer(redirectStatus, {}, "Location: " + target + "\r\n"))(socket, request);
    });
    QtHttpTransport transport;
    HttpRequest request;
    request.method = method;
    request.url = server.url(u"/start"_s);
    request.headers = {{"Authorization", "Bearer secret"}};
    request.body = method == "POST" ? "client_assertion=x" : "";
    request.redirects = policy;
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY_RESULT(reply);
    QCOMPARE(reply->status, status);
    QVERIFY(other.requests().isEmpty());
    QCOMPARE(server.requests().size(), status == 200 ? 2 : 1);
    if (status == 200) {
        QCOMPARE(reply->url, server.url(u"/end"_s));
        QCOMPARE(server.requests().constLast().header("Authorization"), "Bearer secret"_ba);
    }
}

void TestTransport::redirectLoopEnds()
{
    const ScriptedServer server(answer(302, {}, "Location: /again\r\n"));
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    request.redirects = RedirectPolicy::SameOrigin;
    QVERIFY_FAILS(transport.send(request, {}), "net.bad-response");
    QCOMPARE(server.requests().size(), 6);
}

void TestTransport::refusesBeforeSending_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("code");
    const QString good = u"http://127.0.0.1:1/"_s;
    for (const char *url :
         {"", "/relative", "ftp://127.0.0.1/", "file:///etc/hostname", "data:text/plain,x", "https://",
          "http://user:secret@127.0.0.1/", "javascript:alert(1)", "qrc:/x", "//127.0.0.1/"})
        QTest::addRow("%s", url) << QString::fromLatin1(url) << "A"_ba
                                 << "b"_ba << u"net.url-refused"_s;
    QTest::addRow("line end in a value") << good << "A"_ba
                                         << "b\r\nX-Evil: 1"_ba << u"net.header-refused"_s;
    QTest::addRow("lone LF in a value") << good << "A"_ba
                                        << "b\nX-Evil: 1"_ba << u"net.header-refused"_s;
    QTest::addRow("NUL in a value") << good << "A"_ba << QByteArray("b\0c", 3) << u"net.header-refused"_s;
    QTest::addRow("space in a name") << good << "A B"_ba
                                     << "b"_ba << u"net.header-refused"_s;
    QTest::addRow("colon in a name") << good << "A:"_ba
                                     << "b"_ba << u"net.header-refused"_s;
    QTest::addRow("line end in a name") << good << "A\r\nB"_ba
                                        << "b"_ba << u"net.header-refused"_s;
    QTest::addRow("empty name") << good << ""_ba
                                << "b"_ba << u"net.header-refused"_s;
}

void TestTransport::refusesBeforeSending()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, code);
    QtHttpTransport transport;
    HttpRequest request;
    request.url = QUrl(url);
    request.headers = {{name, value}};
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, code);
    QCOMPARE(reply.error().kind, ErrorKind::InvalidInput);
    QVERIFY(!reply.error().hint.isEmpty());
    QVERIFY(!reply.error().message.contains(u"secret"));
}

void TestTransport::damagedAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray gzip = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!";
    QTest::addRow("not HTTP") << "SSH-2.0-OpenSSH_9.2\r\n"_ba;
    QTest::addRow("nonsense") << QByteArray(4096, '\x01');
    QTest::addRow("body shorter than announced") << "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\""_ba;
    QTest::addRow("chunks break off") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n9"_ba;
    QTest::addRow("not really gzip") << gzip;
    QTest::addRow("not really gzip, 422") << QByteArray(gzip).replace("200 OK", "422 No");
    QTest::addRow("not really gzip, 404") << QByteArray(gzip).replace("200 OK", "404 No");
    QTest::addRow("endless headers") << "HTTP/1.1 200 OK\r\n" + QByteArray("X-A: b\r\n").repeated(100'000);
}

void TestTransport::damagedAnswers()
{
    QFETCH(QByteArray, bytes);
    const ScriptedServer server(answerRaw(bytes));
    QtHttpTransport transport;
    HttpRequest request;
    request.method = "POST";
    request.url = server.url();
    request.body = "x";
    request.network.deadline = std::chrono::seconds(5);
    const Result<HttpReply> reply = transport.send(request, {});
    if (reply)
        qWarning() << "taken for an answer:" << reply->status << reply->body.left(40);
    QVERIFY(!reply);
    QVERIFY2(reply.error().code == u"net.connection-closed" || reply.error().code == u"net.bad-response",
             qPrintable(reply.error().code));
    QCOMPARE(server.requests().size(), 1);

    // What was left over must not meet the next request.
    const ScriptedServer good(answer(200, "good"));
    request.url = good.url();
    const Result<HttpReply> next = transport.send(request, {});
    QVERIFY_RESULT(next);
    QCOMPARE(next->body, "good"_ba);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestTransport)
#include "tst_transport.moc"
