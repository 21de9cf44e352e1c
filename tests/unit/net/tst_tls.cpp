// SPDX-License-Identifier: Apache-2.0
// Whom QtHttpTransport trusts.
#include "core/base/Random.h"
#include "core/net/QtHttpTransport.h"
#include "core/net/ServerName.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/TestCertificates.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

class TestTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void acceptsAnExtraAuthority();
    void refuses_data();
    void refuses();
    void trustIsNotInherited();
    void plainServerOnHttps();
    void oldProtocolRefused();
    void neverFromHttpsToHttp();
    void namesInCertificates_data();
    void namesInCertificates();

private:
    TestIdentity m_authority;
};

void TestTls::initTestCase()
{
    m_authority =
        makeTestCertificate({.commonName = u"Loopback Test Authority"_s, .alternativeNames = {}, .isAuthority = true});
}

void TestTls::acceptsAnExtraAuthority()
{
    const TestIdentity identity = makeTestCertificate({}, &m_authority);
    const ScriptedServer server(answer(200, "ok"), serverTls(identity));
    QtHttpTransport transport;
    HttpRequest request;
    request.network.extraAuthorities = {m_authority.certificate};
    for (const QString &host : {u"127.0.0.1"_s, u"localhost"_s}) {
        request.url = server.url();
        request.url.setHost(host);
        const Result<HttpReply> reply = transport.send(request, {});
        QVERIFY_RESULT(reply);
        QCOMPARE(reply->body, "ok"_ba);
        QVERIFY(!reply->certificateChain.isEmpty());
        QCOMPARE(reply->certificateChain.constFirst(), identity.certificate);
    }
}

void TestTls::refuses_data()
{
    QTest::addColumn<TestCertificateSpecification>("specification");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("words");
    using Specification = TestCertificateSpecification;
    QTest::addRow("unknown authority") << Specification{} << false << u"net.tls-untrusted"_s
                                       << u"Loopback Test Authority"_s;
    QTest::addRow("common name alone") << Specification{.commonName = u"127.0.0.1"_s, .alternativeNames = {}} << true
                                       << u"net.tls-hostname"_s << u"subjectAltName"_s;
    QTest::addRow("right common name, other subjectAltName")
        << Specification{.commonName = u"127.0.0.1"_s, .alternativeNames = u"DNS:other.example"_s} << true
        << u"net.tls-hostname"_s << u"other.example"_s;
    QTest::addRow("address written as a DNS name")
        << Specification{.commonName = u"x"_s, .alternativeNames = u"DNS:127.0.0.1"_s} << true << u"net.tls-hostname"_s
        << QString();
    QTest::addRow("other host") << Specification{.commonName = u"other.example"_s,
                                                 .alternativeNames = u"DNS:other.example"_s}
                                << true << u"net.tls-hostname"_s << u"other.example"_s;
    QTest::addRow("expired") << Specification{.firstDay = -30, .lastDay = -1} << true << u"net.tls-expired"_s
                             << QString();
    QTest::addRow("not yet valid") << Specification{.firstDay = 2, .lastDay = 30} << true << u"net.tls-expired"_s
                                   << QString();
}

void TestTls::refuses()
{
    QFETCH(TestCertificateSpecification, specification);
    QFETCH(bool, trusted);
    QFETCH(QString, code);
    QFETCH(QString, words);
    const ScriptedServer server(answer(200, "ok"), serverTls(makeTestCertificate(specification, &m_authority)));
    QtHttpTransport transport;
    HttpRequest request;
    request.method = "POST";
    request.url = server.url();
    request.body = "client_assertion=secret";
    if (trusted)
        request.network.extraAuthorities = {m_authority.certificate};
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, code);
    QVERIFY2(reply.error().message.contains(words), qPrintable(reply.error().message));
    QVERIFY(!reply.error().hint.isEmpty());
    QVERIFY2(server.requests().isEmpty(), "the request was sent to a server that must not be trusted");
}

void TestTls::trustIsNotInherited()
{
    // A connection that one credential's authority made trusted must not serve another that lacks it.
    const ScriptedServer server(answer(200, "ok"), serverTls(makeTestCertificate({}, &m_authority)));
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    request.network.extraAuthorities = {m_authority.certificate};
    QVERIFY_RESULT(transport.send(request, {}));
    request.network.extraAuthorities.clear();
    QVERIFY_FAILS(transport.send(request, {}), "net.tls-untrusted");
    QCOMPARE(server.requests().size(), 1);
}

void TestTls::plainServerOnHttps()
{
    const ScriptedServer server(answer(400, "speak plainly"), [](QTcpSocket &socket) {
        socket.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    });
    QtHttpTransport transport;
    HttpRequest request;
    request.url = QUrl(u"https://127.0.0.1:%1/"_s.arg(server.port()));
    QVERIFY_FAILS(transport.send(request, {}), "net.tls-failed");
}

void TestTls::oldProtocolRefused()
{
    QSslConfiguration tls = serverTls(makeTestCertificate({}, &m_authority));
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    tls.setProtocol(QSsl::TlsV1_1);
    QT_WARNING_POP
    const ScriptedServer server(answer(200, "ok"), tls);
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    request.network.extraAuthorities = {m_authority.certificate};
    const Result<HttpReply> reply = transport.send(request, {});
    QVERIFY(!reply);
    QVERIFY(reply.error().code == u"net.tls-failed" || reply.error().code == u"net.connection-closed");
    QVERIFY(server.requests().isEmpty());
}

void TestTls::neverFromHttpsToHttp()
{
    const ScriptedServer plain(answer(200, "plain"));
    const ScriptedServer server(answer(302, {}, "Location: " + plain.url().toEncoded() + "\r\n"),
                                serverTls(makeTestCertificate({}, &m_authority)));
    QtHttpTransport transport;
    HttpRequest request;
    request.url = server.url();
    request.headers = {{"Authorization", "Bearer secret"}};
    request.network.extraAuthorities = {m_authority.certificate};
    request.redirects = RedirectPolicy::SameOrigin;
    QVERIFY_FAILS(transport.send(request, {}), "net.insecure-redirect");
    QVERIFY(plain.requests().isEmpty());
}

void TestTls::namesInCertificates_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *names, const char *host, bool matches) {
        QTest::addRow("%s for %s", names, host) << QString::fromLatin1(names) << QString::fromUtf8(host) << matches;
    };
    row("DNS:fhir.example.org", "fhir.example.org", true);
    row("DNS:FHIR.Example.org", "fhir.example.org", true);
    row("DNS:fhir.example.org", "fhir.example.org.", true);
    row("DNS:fhir.example.org", "evil.fhir.example.org", false);
    row("DNS:fhir.example.org", "fhir.example.org.evil.test", false);
    row("DNS:a.test,DNS:fhir.example.org", "fhir.example.org", true);
    row("DNS:*.example.org", "fhir.example.org", true);
    row("DNS:*.example.org", "a.fhir.example.org", false);
    row("DNS:*.example.org", "example.org", false);
    row("DNS:*.org", "example.org", false);
    row("DNS:*", "localhost", false);
    row("DNS:f*.example.org", "fhir.example.org", false);
    row("DNS:*.*.example.org", "a.fhir.example.org", false);
    row("DNS:xn--bcher-kva.example.org", "bücher.example.org", true);
    row("IP:127.0.0.1", "127.0.0.1", true);
    row("IP:127.0.0.1", "127.0.0.2", false);
    row("DNS:127.0.0.1", "127.0.0.1", false);
    row("DNS:*.0.0.1", "127.0.0.1", false);
    row("IP:0:0:0:0:0:0:0:1", "::1", true);
    row("URI:https://fhir.example.org/", "fhir.example.org", false);
    row("email:fhir@fhir.example.org", "fhir.example.org", false);
}

void TestTls::namesInCertificates()
{
    QFETCH(QString, names);
    QFETCH(QString, host);
    QFETCH(bool, matches);
    const TestIdentity identity = makeTestCertificate({.commonName = host.left(60), .alternativeNames = names});
    QCOMPARE(certificateNames(identity.certificate, host), matches);
}

} // namespace credenza::test


QTEST_GUILESS_MAIN(credenza::test::TestTls)
#include "tst_tls.moc"
