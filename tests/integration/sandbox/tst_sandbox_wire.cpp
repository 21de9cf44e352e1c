// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/sandbox/SandboxProcess.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <vector>

using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

/// Sends raw bytes; what came back until the server closed, or until a whole answer with a body of known length was
/// there.
QByteArray exchange(quint16 port, const QByteArray &bytes, int timeoutMilliseconds = 10'000)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port);
    if (!socket.waitForConnected(5000))
        return "no connection";
    socket.write(bytes);
    QByteArray answer;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < timeoutMilliseconds) {
        const qsizetype end = answer.indexOf("\r\n\r\n");
        const qsizetype length = answer.toLower().indexOf("content-length: ");
        if (end >= 0 && length >= 0 &&
            answer.size() >= end + 4 + answer.mid(length + 16, answer.indexOf('\r', length) - length - 16).toInt())
            break;
        if (!socket.waitForReadyRead(200) && socket.state() != QTcpSocket::ConnectedState)
            break;
        answer += socket.readAll();
    }
    return answer + socket.readAll();
}

int statusOf(const QByteArray &answer)
{
    return answer.startsWith("HTTP/1.") ? answer.mid(9, 3).toInt() : 0;
}

const QByteArray base = "/interconnect-fhir-oauth/api/FHIR/R4";
const QByteArray host = "Host: 127.0.0.1\r\n";

} // namespace

/// What goes over the wire, byte for byte: strictness, limits, and requests that never end.
class TestSandboxWire : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void answersRawRequests_data();
    void answersRawRequests();
    void survivesGarbage();
    void limitsBodies();
    void keepsConnectionsOpen();
    void headHasNoBody();
    void stalledRequestsBlockNobody();
    void stalledRequestsEndWithTheSandbox();
    void listensOnLoopbackOnly();

private:
    std::unique_ptr<SandboxProcess> m_sandbox;
};

void TestSandboxWire::initTestCase()
{
    m_sandbox = std::make_unique<SandboxProcess>(QStringList{u"--patients"_s, u"2"_s});
    QVERIFY(m_sandbox->isReady());
}

void TestSandboxWire::answersRawRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QList<int>>("statuses"); // 0: closed without an answer
    const auto row = [](const char *name, const QByteArray &request, const QList<int> &statuses) {
        QTest::newRow(name) << request << statuses;
    };
    row("good", "GET /jwks HTTP/1.1\r\n" + host + "\r\n", {200});
    row("HTTP/1.0", "GET /jwks HTTP/1.0\r\n\r\n", {200});
    row("no Host", "GET /jwks HTTP/1.1\r\n\r\n", {400});
    row("two Hosts", "GET /jwks HTTP/1.1\r\n" + host + host + "\r\n", {400});
    row("Host of a page that rebinds its name", "GET /jwks HTTP/1.1\r\nHost: evil.example\r\n\r\n", {421});
    row("Host with a number at its end", "GET /jwks HTTP/1.1\r\nHost: 127.0.0.1.evil.example:80\r\n\r\n", {421});
    row("localhost", "GET /jwks HTTP/1.1\r\nHost: localhost:1\r\n\r\n", {200});
    row("two lengths", "POST /register HTTP/1.1\r\n" + host + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        {400});
    row("length and chunks",
        "POST /register HTTP/1.1\r\n" + host + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        {400});
    row("negative length", "POST /register HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", {400, 413});
    row("length in words", "POST /register HTTP/1.1\r\n" + host + "Content-Length: two\r\n\r\n", {400});
    row("length beyond 64 bits", "POST /register HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n",
        {400, 413});
    row("two tokens",
        "GET " + base + "/Patient HTTP/1.1\r\n" + host + "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
        {400});
    row("wrong method", "DELETE /jwks HTTP/1.1\r\n" + host + "\r\n", {405});
    row("unheard-of method", "BREW /jwks HTTP/1.1\r\n" + host + "\r\n", {405});
    row("no such page", "GET /nothing HTTP/1.1\r\n" + host + "\r\n", {404});
    row("other case of the path", "GET /JWKS HTTP/1.1\r\n" + host + "\r\n", {404});
    row("long header", "GET /jwks HTTP/1.1\r\n" + host + "X: " + QByteArray(200'000, 'x') + "\r\n\r\n", {431, 0});
    row("long URL", "GET /" + QByteArray(200'000, 'x') + " HTTP/1.1\r\n" + host + "\r\n", {414, 431, 0});
    row("token request by GET", "GET /interconnect-fhir-oauth/oauth2/token HTTP/1.1\r\n" + host + "\r\n", {400});
    row("not HTTP", "hello\r\n\r\n", {400, 0});
    row("TLS hello", QByteArray::fromHex("160301003301000029030300") + QByteArray(40, '\x01'), {400, 0});
}

void TestSandboxWire::answersRawRequests()
{
    QFETCH(QByteArray, request);
    QFETCH(QList<int>, statuses);
    // A connection that stays half-open is cut by its time-out; these must not take so long.
    const QByteArray answer = exchange(m_sandbox->port(), request, 2000);
    QVERIFY2(statuses.contains(statusOf(answer)), answer.left(200).constData());
}

void TestSandboxWire::survivesGarbage()
{
    quint32 state = 12345;
    for (int round = 0; round < 60; ++round) {
        QByteArray request = "POST /register HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\n{}";
        for (int flips = 0; flips < 4; ++flips) {
            state = state * 1664525u + 1013904223u;
            const auto at = static_cast<qsizetype>(state >> 8) % request.size();
            request[at] = static_cast<char>(state >> 24);
        }
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_sandbox->port());
        QVERIFY(socket.waitForConnected(5000));
        socket.write(request);
        socket.waitForBytesWritten(1000);
        socket.disconnectFromHost();
    }
    QCOMPARE(statusOf(exchange(m_sandbox->port(), "GET /jwks HTTP/1.1\r\n" + host + "\r\n")), 200);
}

void TestSandboxWire::limitsBodies()
{
    const QByteArray start = "POST /register HTTP/1.1\r\n" + host + "Content-Type: application/json\r\n";
    QCOMPARE(statusOf(exchange(m_sandbox->port(), start + "Content-Length: 2000000\r\n\r\n")), 413);
    QByteArray chunked = start + "Transfer-Encoding: chunked\r\n\r\n";
    const QByteArray chunk = "10000\r\n" + QByteArray(65536, ' ') + "\r\n";
    for (int i = 0; i < 32; ++i)
        chunked += chunk;
    QCOMPARE(statusOf(exchange(m_sandbox->port(), chunked + "0\r\n\r\n")), 413);
    const QByteArray small = start + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    const QByteArray refused = exchange(m_sandbox->port(), small);
    QVERIFY2(refused.contains("jwks or jwksUri"), refused.constData());
}

void TestSandboxWire::keepsConnectionsOpen()
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_sandbox->port());
    QVERIFY(socket.waitForConnected(5000));
    const QByteArray request = "GET /jwks HTTP/1.1\r\n" + host + "\r\n";
    socket.write(request + request + request); // pipelined: three answers, in order
    QByteArray answers;
    while (answers.count("HTTP/1.1 200") < 3 && socket.waitForReadyRead(5000))
        answers += socket.readAll();
    QCOMPARE(answers.count("HTTP/1.1 200"), 3);
    socket.write("GET /jwks HTTP/1.1\r\nConnection: close\r\n" + host + "\r\n");
    QVERIFY(socket.waitForDisconnected(5000));
}

void TestSandboxWire::headHasNoBody()
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_sandbox->port());
    QVERIFY(socket.waitForConnected(5000));
    socket.write("HEAD " + base + "/metadata HTTP/1.1\r\nConnection: close\r\n" + host + "\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(5000))
        answer += socket.readAll();
    QCOMPARE(statusOf(answer), 200);
    QVERIFY(answer.endsWith("\r\n\r\n"));
    QVERIFY(answer.contains("Content-Length: "));
}

void TestSandboxWire::stalledRequestsBlockNobody()
{
    SandboxProcess sandbox({u"--patients"_s, u"2"_s, u"--stall"_s, u"/interconnect-fhir-oauth/api/FHIR/R4/Patient"_s});
    QVERIFY(sandbox.isReady());
    const QByteArray token = sandbox.token();
    std::vector<std::unique_ptr<QTcpSocket>> stalled;
    for (int i = 0; i < 50; ++i) {
        stalled.push_back(std::make_unique<QTcpSocket>());
        stalled.back()->connectToHost(u"127.0.0.1"_s, sandbox.port());
        QVERIFY(stalled.back()->waitForConnected(5000));
        // Every other one has not even finished its headers.
        stalled.back()->write("GET " + base + "/Patient HTTP/1.1\r\n" + host + (i % 2 == 0 ? "\r\n" : "X: "));
        QVERIFY(stalled.back()->waitForBytesWritten(5000));
    }
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 10; ++i)
        QCOMPARE(sandbox.get(u"Encounter"_s, token)->status, 200);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    for (const auto &socket : stalled)
        QCOMPARE(socket->bytesAvailable(), 0);
}

void TestSandboxWire::stalledRequestsEndWithTheSandbox()
{
    SandboxProcess sandbox({u"--patients"_s, u"2"_s, u"--stall"_s, u"/"_s});
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, sandbox.port());
    QVERIFY(socket.waitForConnected(5000));
    socket.write("GET /jwks HTTP/1.1\r\n" + host + "\r\n");
    QVERIFY(socket.waitForBytesWritten(5000));
    QVERIFY(!socket.waitForReadyRead(300));
    sandbox.process().sendSignal(SIGTERM);
    const ProcessResult result = sandbox.process().finish(10'000);
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.milliseconds < 3000, qPrintable(QString::number(result.milliseconds)));
}

void TestSandboxWire::listensOnLoopbackOnly()
{
    // /proc/net/tcp has the address in hexadecimal, in the machine's byte order.
    QFile table(u"/proc/net/tcp"_s);
    QVERIFY(table.open(QIODevice::ReadOnly));
    const QByteArray suffix = ':' + QByteArray::number(m_sandbox->port(), 16).toUpper().rightJustified(4, '0');
    QByteArrayList listeners;
    for (const QByteArray &line : table.readAll().split('\n')) {
        const QByteArrayList fields = line.simplified().split(' ');
        if (fields.size() > 3 && fields[1].endsWith(suffix) && fields[3] == "0A")
            listeners.append(fields[1]);
    }
    QCOMPARE(listeners, QByteArrayList{"0100007F" + suffix});
}

QTEST_GUILESS_MAIN(TestSandboxWire)
#include "tst_sandbox_wire.moc"
