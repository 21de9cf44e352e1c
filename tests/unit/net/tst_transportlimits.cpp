// SPDX-License-Identifier: Apache-2.0
// Time, size and stop: a server that hangs, dribbles or floods must not hold the caller or its memory.
#include "core/net/QtHttpTransport.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/TestCertificates.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QTimer>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza::test
{

namespace
{

const QByteArray openEnd = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";

/// Peak memory of this process in KiB.
qint64 peakMemory()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = status.readAll();
    const qsizetype start = text.indexOf("VmHWM:") + 6;
    return text.sliced(start, text.indexOf("kB", start) - start).trimmed().toLongLong();
}

/// A port whose queue of connections is full, so that connecting to it neither works nor fails.
class FullPort
{
public:
    FullPort()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        m_sockets.append(::socket(AF_INET, SOCK_STREAM, 0));
        ::bind(m_sockets[0], reinterpret_cast<sockaddr *>(&address), size);
        ::listen(m_sockets[0], 0);
        ::getsockname(m_sockets[0], reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        for (int i = 0; i < 4; ++i) {
            m_sockets.append(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
            ::connect(m_sockets.last(), reinterpret_cast<sockaddr *>(&address), size);
        }
    }
    ~FullPort()
    {
        for (const int socket : m_sockets)
            ::close(socket);
    }
    Q_DISABLE_COPY_MOVE(FullPort)
    [[nodiscard]] quint16 port() const { return m_port; }

private:
    QList<int> m_sockets;
    quint16 m_port = 0;
};

} // namespace

class TestTransportLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesOut_data();
    void timesOut();
    void deadlineCoversRedirects();
    void cancelsAtOnce_data();
    void cancelsAtOnce();
    void cancelledBeforeItBegins();
    void floodIsCutOff_data();
    void floodIsCutOff();
    void takesExactlyTheLimit();
    void compressedBodies();
    void compressionBomb_data();
    void compressionBomb();
};

void TestTransportLimits::timesOut_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<int>("deadline");
    QTest::addColumn<int>("idle");
    QTest::addColumn<int>("expected");
    QTest::addRow("silent, idle time-out") << u"silent"_s << 10'000 << 200 << 200;
    QTest::addRow("silent, deadline") << u"silent"_s << 200 << 10'000 << 200;
    QTest::addRow("silent TLS, idle time-out") << u"silent-tls"_s << 10'000 << 200 << 200;
    QTest::addRow("dribble passes the idle time-out, not the deadline") << u"drip"_s << 600 << 200 << 600;
    QTest::addRow("dribbled header, deadline") << u"drip-header"_s << 400 << 10'000 << 400;
    QTest::addRow("connecting") << u"full-port"_s << 10'000 << 300 << 300;
}

void TestTransportLimits::timesOut()
{
    QFETCH(QString, server);
    QFETCH(int, deadline);
    QFETCH(int, idle);
    QFETCH(int, expected);
    const ScriptedServer silent(staySilent());
    const ScriptedServer dripping(drip(openEnd, 50));
    const ScriptedServer drippingHeader(drip("HTTP/1.1 200 OK\r\nX-Long: ", 50));
    const FullPort full;
    const QHash<QString, QUrl> urls{{u"silent"_s, silent.url()},
                                    {u"silent-tls"_s, QUrl(u"https://127.0.0.1:%1/"_s.arg(silent.port()))},
                                    {u"drip"_s, dripping.url()},
                                    {u"drip-header"_s, drippingHeader.url()},
                                    {u"full-port"_s, QUrl(u"http://127.0.0.1:%1/"_s.arg(full.port()))}};
    QtHttpTransport transport;
    HttpRequest request;
    request.url = urls.value(server);
    request.network.deadline = std::chrono::milliseconds(deadline);
    request.network.idle = std::chrono::milliseconds(idle);
    QElapsedTimer timer;
    timer.start();
    const Result<HttpReply> reply = transport.send(request, {});
    const qint64 took = timer.elapsed();
    QVERIFY_FAILS(reply, "net.timeout");
    QVERIFY2(took >= expected - 20 && took < expected + 1500, qPrintable(QString::number(took)));
}

void TestTransportLimits::deadlineCoversRedirects()
{
    // Each hop is within the limits; all of them together are not.
    const ScriptedServer server([](QTcpSocket &socket, const ReceivedRequest &) {
        QTimer::singleShot(150, &socket, [&socket] {
            socket.write("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
        });
    });
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    request.redirects = RedirectPolicy::SameOrigin;
    request.network.deadline = 400ms;
    QVERIFY_FAILS(transport.send(request, {}), "net.timeout");
    QVERIFY(server.requests().size() <= 3);
}

void TestTransportLimits::cancelsAtOnce_data()
{
    QTest::addColumn<QString>("server");
    for (const char *name : {"silent", "silent-tls", "drip", "flood", "full-port", "tls-body"})
        QTest::addRow("%s", name) << QString::fromLatin1(name);
}

void TestTransportLimits::cancelsAtOnce()
{
    QFETCH(QString, server);
    const TestIdentity identity = makeTestCertificate({});
    const ScriptedServer silent(staySilent());
    const ScriptedServer dripping(drip(openEnd, 20));
    const ScriptedServer flooding(flood(openEnd));
    const ScriptedServer secure(drip(openEnd, 20), serverTls(identity));
    const FullPort full;
    const QHash<QString, QUrl> urls{
        {u"silent"_s, silent.url()},   {u"silent-tls"_s, QUrl(u"https://127.0.0.1:%1/"_s.arg(silent.port()))},
        {u"drip"_s, dripping.url()},   {u"flood"_s, flooding.url()},
        {u"tls-body"_s, secure.url()}, {u"full-port"_s, QUrl(u"http://127.0.0.1:%1/"_s.arg(full.port()))}};
    QtHttpTransport transport;
    HttpRequest request;
    request.url = urls.value(server);
    request.network.extraAuthorities = {identity.certificate};
    request.maxResponseBytes = 4LL * 1024 * 1024 * 1024;
    request.network.deadline = 20s;

    // Once from this thread's own loop, once from another thread.
    for (const bool fromOtherThread : {false, true}) {
        std::stop_source source;
        QElapsedTimer sinceStop;
        QThread other;
        QObject onOther;
        onOther.moveToThread(&other);
        other.start();
        QTimer::singleShot(60, fromOtherThread ? &onOther : this, [&] {
            sinceStop.start();
            source.request_stop();
        });
        // The flood is to be read for a moment, but not to its end.
        const Result<HttpReply> reply = transport.send(request, source.get_token());
        const qint64 took = sinceStop.elapsed();
        other.quit();
        other.wait();
        QVERIFY_FAILS(reply, "cancelled");
        QCOMPARE(reply.error().kind, ErrorKind::Cancelled);
        QVERIFY2(took < 100, qPrintable(QString::number(took)));
    }
}

void TestTransportLimits::cancelledBeforeItBegins()
{
    const ScriptedServer server(answer(200, "ok"));
    std::stop_source source;
    source.request_stop();
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    QVERIFY_FAILS(transport.send(request, source.get_token()), "cancelled");
    QCOMPARE(server.connections(), 0);
}

void TestTransportLimits::floodIsCutOff_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addRow("without a length") << openEnd;
    QTest::addRow("2 GB announced") << "HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n"_ba;
    QTest::addRow("an error status") << "HTTP/1.1 500 No\r\n\r\n"_ba;
}

void TestTransportLimits::floodIsCutOff()
{
    QFETCH(QByteArray, head);
    const ScriptedServer server(flood(head));
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    const qint64 before = peakMemory();
    QElapsedTimer timer;
    timer.start();
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY_FAILS(reply, "net.response-too-large");
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    const qint64 grown = peakMemory() - before;
    QVERIFY2(grown < 48 * 1024, qPrintable(QString::number(grown)));
}

void TestTransportLimits::takesExactlyTheLimit()
{
    const ScriptedServer server(answer(200, QByteArray(100'000, 'x')));
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    request.maxResponseBytes = 100'000;
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY_RESULT(reply);
    QCOMPARE(reply->body.size(), 100'000);
    request.maxResponseBytes = 99'999;
    QVERIFY_FAILS(transport.send(request, {}), "net.response-too-large");
}

void TestTransportLimits::compressedBodies()
{
    // Compressed answers with an error status are read too: a 422 of a FHIR server carries its OperationOutcome.
    QByteArray body;
    for (qint64 i = 0; i < 400'000; ++i)
        body += QByteArray::number(i * 7919) + ',';
    const QByteArray deflated = qCompress(body).sliced(4); // without Qt's own length
    for (const int status : {200, 404, 422, 429}) {
        const ScriptedServer server(answer(status, deflated, "Content-Encoding: deflate\r\n"));
        QtHttpTransport transport;
        HttpRequest request;
        request.url = server.url();
        const Result<HttpReply> reply = transport.send(request, {});
        QVERIFY_RESULT(reply);
        QCOMPARE(reply->status, status);
        QVERIFY(reply->body == body);
    }
}

void TestTransportLimits::compressionBomb_data()
{
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<int>("status");
    QTest::addRow("default limit") << qint64(8 * 1024 * 1024) << 200;
    QTest::addRow("large limit") << qint64(1024 * 1024 * 1024) << 200;
    QTest::addRow("large limit, 422") << qint64(1024 * 1024 * 1024) << 422;
}

void TestTransportLimits::compressionBomb()
{
    QFETCH(qint64, limit);
    QFETCH(int, status);
    const QByteArray bomb = qCompress(QByteArray(200'000'000, '\0'), 9).sliced(4);
    const ScriptedServer server(answer(status, bomb, "Content-Encoding: deflate\r\n"));
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    request.maxResponseBytes = limit;
    const qint64 before = peakMemory();
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY(!reply);
    QVERIFY2(reply.error().code == u"net.bad-response" || reply.error().code == u"net.response-too-large",
             qPrintable(reply.error().code));
    QVERIFY2(peakMemory() - before < 64 * 1024, qPrintable(QString::number(peakMemory() - before)));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestTransportLimits)
#include "tst_transportlimits.moc"
