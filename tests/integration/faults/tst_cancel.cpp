// SPDX-License-Identifier: Apache-2.0
// A connection test that is cancelled ends at once, whatever the server does at whichever step.
#include "core/net/QtHttpTransport.h"
#include "core/smart/RetryUntilAccepted.h"
#include "tests/support/ScriptedServer.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza::test
{

namespace
{

constexpr qint64 atOnce = 100; // milliseconds

const QByteArray openEnd = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{";
const QByteArray twoGigabytes =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2147483648\r\n\r\n{";

/// Answers as an EHR does, but for the requests whose target holds `where`: those get `fault`, and raise `reached`.
Behaviour ehrWith(const QByteArray &where, const Behaviour &fault, QSemaphore &reached)
{
    return [where, fault, &reached](QTcpSocket &socket, const ReceivedRequest &request) {
        if (request.target.contains(where)) {
            fault(socket, request);
            reached.release();
            return;
        }
        const QByteArray host = "http://" + request.header("Host");
        if (request.target.endsWith("/smart-configuration"))
            return answer(200, "{\"token_endpoint\":\"" + host + "/token\"}")(socket, request);
        if (request.target.contains("/token"))
            return answer(400, R"({"error":"invalid_client","error_description":null})")(socket, request);
        answer(404)(socket, request);
    };
}

/// The same, but the token is granted, so that the FHIR calls are reached.
Behaviour grantingEhrWith(const QByteArray &where, const Behaviour &fault, QSemaphore &reached)
{
    return [inner = ehrWith(where, fault, reached), where](QTcpSocket &socket, const ReceivedRequest &request) {
        if (!request.target.contains(where) && request.target.contains("/token"))
            return answer(200, R"({"access_token":"0123456789abcdef","token_type":"bearer","expires_in":60})")(socket,
                                                                                                           request);
        inner(socket, request);
    };
}

} // namespace

class TestCancel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void atAnyStep_data();
    void atAnyStep();
    void whileWaitingToRetry();

private:
    [[nodiscard]] TestSubject subjectFor(const ScriptedServer &server) const;

    std::shared_ptr<const KeyInspection> m_key;
    SystemClock m_clock;
    SystemRandom m_random;
};

void TestCancel::initTestCase()
{
    const auto key = generateKey({});
    QVERIFY(key.has_value());
    m_key = std::make_shared<const KeyInspection>(inspectKey(toPkcs8Pem(key->pkcs8)));
}

TestSubject TestCancel::subjectFor(const ScriptedServer &server) const
{
    TestSubject subject;
    subject.draft.name = u"Under test"_s;
    subject.draft.connector = u"smart-backend"_s;
    subject.draft.fhirBaseUrl = server.url(u"/fhir"_s).toString();
    subject.draft.clientId = u"client"_s;
    subject.draft.jwkSetUrl = server.url(u"/jwks"_s).toString();
    subject.draft.allowsPlainHttp = true;
    subject.draft.key = m_key;
    subject.key = m_key->imported->key;
    return subject;
}

void TestCancel::atAnyStep_data()
{
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<bool>("grants");
    QTest::addColumn<int>("fault");
    const struct {
        const char *step;
        QByteArray where;
        bool grants;
    } steps[]{{"discover", "smart-configuration", false},
              {"token", "/token", false},
              {"metadata", "/metadata", true},
              {"search", "/Patient", true},
              {"probe", "/jwks", false}};
    for (const auto &step : steps) {
        QTest::addRow("%s hangs", step.step) << step.where << step.grants << 0;
        QTest::addRow("%s drips", step.step) << step.where << step.grants << 1;
        QTest::addRow("%s sends 2 GB", step.step) << step.where << step.grants << 2;
    }
}

void TestCancel::atAnyStep()
{
    QFETCH(QByteArray, where);
    QFETCH(bool, grants);
    QFETCH(int, fault);
    const Behaviour behaviour = fault == 0 ? staySilent() : fault == 1 ? drip(openEnd, 1000) : flood(twoGigabytes);
    QSemaphore reached;
    ScriptedServer server(grants ? grantingEhrWith(where, behaviour, reached) : ehrWith(where, behaviour, reached));
    const TestSubject subject = subjectFor(server);
    TestReport report;
    std::stop_source stop;
    std::jthread test([&] {
        QtHttpTransport transport;
        report = runConnectionTest(subject, {transport, m_clock, m_random}, stop.get_token());
    });
    QVERIFY(reached.tryAcquire(1, 20'000));
    QElapsedTimer timer;
    timer.start();
    stop.request_stop();
    test.join();
    const qint64 took = timer.elapsed();
    qInfo("ended %lld ms after the stop", took);
    QVERIFY2(took < atOnce, qPrintable(QString::number(took)));
    QVERIFY(!report.passed);
    // A flood can be over, as too large, before it could be cancelled.
    if (fault != 2 && where != "/jwks")
        QCOMPARE(report.failedStep()->code, u"cancelled"_s);
}

void TestCancel::whileWaitingToRetry()
{
    QSemaphore reached;
    ScriptedServer server(ehrWith("nothing", staySilent(), reached));
    TestSubject subject = subjectFor(server);
    subject.draft.jwkSetUrl.clear();
    std::stop_source stop;
    std::jthread test([&] {
        QtHttpTransport transport;
        const auto waiting = [&](const TestReport &, const RetryWait &) { reached.release(); };
        const TestReport report =
            retryUntilAccepted(subject, {transport, m_clock, m_random}, {.giveUpAfter = 1h}, stop.get_token(), {}, waiting);
        Q_UNUSED(report)
    });
    QVERIFY(reached.tryAcquire(1, 20'000));
    QElapsedTimer timer;
    timer.start();
    stop.request_stop();
    test.join();
    QVERIFY2(timer.elapsed() < atOnce, qPrintable(QString::number(timer.elapsed())));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCancel)
#include "tst_cancel.moc"
