// SPDX-License-Identifier: Apache-2.0
#include "core/keys/PublicKey.h"
#include "tests/integration/cli/CliSession.h"
#include "tests/support/ScriptedServer.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// `key check-jwks NAME|--url URL` against a server on loopback.
class TestCliJwks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsTheKey();
    void findsNothing_data();
    void findsNothing();
    void judgesAnAddressAlone();
    void needsAnAddress();
    void takesOneOfSeveralKeys();

private:
    [[nodiscard]] ProcessResult check(const QByteArray &body,
                                      const QByteArray &headers = "Content-Type: application/json\r\n");

    CliSession m_session;
    TestKey m_key;
    QByteArray m_set;
};

void TestCliJwks::initTestCase()
{
    m_key = makeTestKey();
    const QString file = m_session.write(u"key.pem"_s, m_key.pem);
    QVERIFY_STATUS(m_session.createVault(), 0);
    QVERIFY_STATUS(m_session.cli(m_session.addArguments(u"Northlake"_s, file)), 0);
    const ProcessResult set = m_session.cli({u"jwks"_s, u"Northlake"_s});
    QVERIFY_STATUS(set, 0);
    m_set = set.output;
}

ProcessResult TestCliJwks::check(const QByteArray &body, const QByteArray &headers)
{
    ScriptedServer server(answer(200, body, headers));
    return m_session.json(
        {u"key"_s, u"check-jwks"_s, u"Northlake"_s, u"--url"_s, server.url(u"/jwks.json"_s).toString()});
}

void TestCliJwks::findsTheKey()
{
    const ProcessResult result = check(m_set, "Content-Type: application/json\r\nCache-Control: max-age=600\r\n");
    QVERIFY_STATUS(result, 0);
    const QJsonObject json = result.json().object();
    QCOMPARE(json.value(u"passed").toBool(), true);
    QCOMPARE(json.value(u"status").toInt(), 200);
    QCOMPARE(json.value(u"maxAgeSeconds").toInt(), 600);
    QCOMPARE(json.value(u"keys")[0][u"thumbprint"].toString(), m_key.thumbprint);
    QCOMPARE(json.value(u"keys")[0][u"isThisKey"].toBool(), true);
}

void TestCliJwks::findsNothing_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QByteArray leaked = m_set;
    leaked.replace("\"kty\"", "\"d\": \"AQAB\", \"kty\"");
    QTest::newRow("empty set") << QByteArray(R"({"keys":[]})") << u"jwks.empty"_s;
    QTest::newRow("page") << QByteArray("<html></html>") << u"jwks.page"_s;
    QTest::newRow("private key") << leaked << u"jwks.private-members"_s;
}

void TestCliJwks::findsNothing()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    const ProcessResult result = check(body);
    QVERIFY_STATUS(result, 1);
    QCOMPARE(result.json()[u"findings"][0][u"code"].toString(), code);
    QCOMPARE(result.json()[u"passed"].toBool(), false);
}

void TestCliJwks::judgesAnAddressAlone()
{
    ScriptedServer server(answer(200, m_set, "Content-Type: application/json\r\n"));
    const QString url = server.url(u"/jwks.json"_s).toString();
    const ProcessResult result = m_session.bare({u"key"_s, u"check-jwks"_s, u"--url"_s, url});
    QVERIFY_STATUS(result, 0);
    QVERIFY(result.output.contains(m_key.thumbprint.toLatin1()));
    ScriptedServer elsewhere(answer(302, {}, "Location: " + url.toLatin1() + "\r\n"));
    QVERIFY_STATUS(m_session.bare({u"key"_s, u"check-jwks"_s, u"--url"_s, elsewhere.url().toString()}), 1);
    QCOMPARE(server.requests().size(), 1); // the redirect was not followed
}

void TestCliJwks::needsAnAddress()
{
    QVERIFY_STATUS(m_session.cli({u"key"_s, u"check-jwks"_s}), 2);
    QVERIFY_STATUS(m_session.cli({u"key"_s, u"check-jwks"_s, u"Northlake"_s}), 2);
    QVERIFY_STATUS(m_session.cli({u"key"_s, u"check-jwks"_s, u"Nobody"_s, u"--url"_s, u"https://localhost/"_s}), 4);
    QVERIFY_STATUS(m_session.bare({u"key"_s, u"check-jwks"_s, u"--url"_s, u"ftp://localhost/"_s}), 2);
}

void TestCliJwks::takesOneOfSeveralKeys()
{
    const TestKey other = makeTestKey(KeyType::Ec);
    const QString file = m_session.write(u"both.pem"_s, m_key.pem + other.pem);
    const ProcessResult several = m_session.bare({u"--json"_s, u"key"_s, u"inspect"_s, file});
    QVERIFY_STATUS(several, 2);
    QCOMPARE(several.json()[u"findings"][0][u"code"].toString(), u"key.several"_s);
    QCOMPARE(several.json()[u"privateKeys"].toArray().size(), 2);
    const ProcessResult one =
        m_session.bare({u"--json"_s, u"key"_s, u"inspect"_s, file, u"--key-id"_s, other.thumbprint});
    QVERIFY_STATUS(one, 0);
    QCOMPARE(one.json()[u"thumbprint"].toString(), other.thumbprint);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCliJwks)
#include "tst_cli_jwks.moc"
