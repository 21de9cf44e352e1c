// SPDX-License-Identifier: Apache-2.0
#include "core/net/NetworkFailure.h"
#include "tests/support/TestCertificates.h"

#include <QMetaEnum>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

class TestNetworkFailure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codes_data();
    void codes();
    void tlsCodes_data();
    void tlsCodes();
    void everyErrorHasWords();
};

void TestNetworkFailure::codes_data()
{
    QTest::addColumn<QNetworkReply::NetworkError>("error");
    QTest::addColumn<QString>("code");
    QTest::addRow("no such host") << QNetworkReply::HostNotFoundError << u"net.host-not-found"_s;
    QTest::addRow("refused") << QNetworkReply::ConnectionRefusedError << u"net.connection-refused"_s;
    QTest::addRow("closed") << QNetworkReply::RemoteHostClosedError << u"net.connection-closed"_s;
    QTest::addRow("not sent again") << QNetworkReply::ContentReSendError << u"net.connection-closed"_s;
    QTest::addRow("socket time-out") << QNetworkReply::TimeoutError << u"net.timeout"_s;
    QTest::addRow("TLS without a reason") << QNetworkReply::SslHandshakeFailedError << u"net.tls-failed"_s;
    QTest::addRow("proxy refused") << QNetworkReply::ProxyConnectionRefusedError << u"net.proxy"_s;
    QTest::addRow("proxy not found") << QNetworkReply::ProxyNotFoundError << u"net.proxy"_s;
    QTest::addRow("proxy password") << QNetworkReply::ProxyAuthenticationRequiredError << u"net.proxy"_s;
    QTest::addRow("damaged") << QNetworkReply::UnknownContentError << u"net.bad-response"_s;
    QTest::addRow("protocol") << QNetworkReply::ProtocolFailure << u"net.bad-response"_s;
}

void TestNetworkFailure::codes()
{
    QFETCH(QNetworkReply::NetworkError, error);
    QFETCH(QString, code);
    const Failure failure =
        networkFailure({error, u"words"_s, {}, {}, QUrl(u"https://u:geheim@fhir.example.test:8443/a"_s)});
    QCOMPARE(failure.error().code, code);
    QVERIFY2(failure.error().message.contains(u"fhir.example.test"), qPrintable(failure.error().message));
    QVERIFY(!failure.error().message.contains(u"geheim"));
    QVERIFY(!failure.error().hint.isEmpty());
}

void TestNetworkFailure::tlsCodes_data()
{
    QTest::addColumn<QSslError::SslError>("error");
    QTest::addColumn<QString>("code");
    QTest::addRow("unknown issuer") << QSslError::UnableToGetLocalIssuerCertificate << u"net.tls-untrusted"_s;
    QTest::addRow("self-signed") << QSslError::SelfSignedCertificate << u"net.tls-untrusted"_s;
    QTest::addRow("self-signed in the chain") << QSslError::SelfSignedCertificateInChain << u"net.tls-untrusted"_s;
    QTest::addRow("other host") << QSslError::HostNameMismatch << u"net.tls-hostname"_s;
    QTest::addRow("expired") << QSslError::CertificateExpired << u"net.tls-expired"_s;
    QTest::addRow("not yet valid") << QSslError::CertificateNotYetValid << u"net.tls-expired"_s;
    QTest::addRow("revoked") << QSslError::CertificateRevoked << u"net.tls-failed"_s;
}

void TestNetworkFailure::tlsCodes()
{
    QFETCH(QSslError::SslError, error);
    QFETCH(QString, code);
    const TestIdentity inspection =
        makeTestCertificate({.commonName = u"Inspecting Proxy Root"_s, .isAuthority = true});
    const TestIdentity leaf = makeTestCertificate({}, &inspection);
    const Failure failure = networkFailure({QNetworkReply::SslHandshakeFailedError,
                                            u"words"_s,
                                            {QSslError(error, leaf.certificate)},
                                            {leaf.certificate},
                                            QUrl(u"https://fhir.example.test/"_s)});
    QCOMPARE(failure.error().code, code);
    if (code == u"net.tls-untrusted")
        QVERIFY2(failure.error().message.contains(u"Inspecting Proxy Root"), qPrintable(failure.error().message));
    QVERIFY(!failure.error().hint.isEmpty());
}

void TestNetworkFailure::everyErrorHasWords()
{
    const auto errors = QMetaEnum::fromType<QNetworkReply::NetworkError>();
    for (int i = 0; i < errors.keyCount(); ++i) {
        const Failure failure = networkFailure(
            {QNetworkReply::NetworkError(errors.value(i)), u"words"_s, {}, {}, QUrl(u"https://fhir.example.test/"_s)});
        QVERIFY2(failure.error().code.startsWith(u"net."), errors.key(i));
        QVERIFY2(!failure.error().message.isEmpty() && !failure.error().hint.isEmpty(), errors.key(i));
    }
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestNetworkFailure)
#include "tst_networkfailure.moc"
