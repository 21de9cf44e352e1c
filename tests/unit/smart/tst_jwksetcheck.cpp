// SPDX-License-Identifier: Apache-2.0
#include "core/smart/JwkSetCheck.h"

#include "core/keys/PrivateKey.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/ScriptedTransport.h"
#include "tests/support/SharedData.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

const QString address = u"https://keys.example.org/jwks.json"_s;

HttpReply answer(const QByteArray &body, HttpHeaders headers = {{"Content-Type", "application/json"},
                                                                {"Cache-Control", "public, max-age=3600"}})
{
    HttpReply reply;
    reply.status = 200;
    reply.body = body;
    reply.headers = std::move(headers);
    return reply;
}

QByteArray setOf(const QList<QJsonObject> &keys)
{
    return QJsonDocument(jwkSet(keys)).toJson(QJsonDocument::Compact);
}

QStringList codesOf(const JwkSetCheck &check)
{
    QStringList codes;
    for (const JwkSetFinding &finding : check.findings)
        codes.append(finding.code);
    return codes;
}

} // namespace

/// The hosted JWK Set judged as a server does (facts T2d, T2e, §2.4).
class JwkSetCheckTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void judges_data();
    void judges();
    void isLoudAboutPrivateKeys();
    void judgesFailures_data();
    void judgesFailures();
    void judgesAddresses_data();
    void judgesAddresses();
    void trustsPublicAuthoritiesOnly();
    void judgesTheSharedSets_data();
    void judgesTheSharedSets();

private:
    std::optional<PublicKey> m_key;
    std::optional<PublicKey> m_other;
};

void JwkSetCheckTest::initTestCase()
{
    const auto key = generateKey({KeyType::Rsa, 2048, {}});
    const auto other = generateKey({KeyType::Ec, 0, u"P-384"_s});
    QVERIFY_RESULT(key);
    QVERIFY_RESULT(other);
    m_key = key->key.publicKey();
    m_other = other->key.publicKey();
}

void JwkSetCheckTest::judges_data()
{
    QTest::addColumn<HttpReply>("reply");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("passes");
    const QJsonObject mine = m_key->jwk(SignatureAlgorithm::RS384, u"mine"_s);
    const QJsonObject renamed = m_key->jwk(SignatureAlgorithm::RS384, u"old"_s);
    const QJsonObject other = m_other->jwk(SignatureAlgorithm::ES384, u"other"_s);
    const QJsonObject impostor = m_other->jwk(SignatureAlgorithm::ES384, u"mine"_s);
    const auto with = [&mine](const QString &member, const QJsonValue &value) {
        QJsonObject jwk = mine;
        jwk.insert(member, value);
        return setOf({jwk});
    };
    const auto row = [](const char *name, HttpReply reply, const char *code, bool passes) {
        QTest::newRow(name) << std::move(reply) << QString::fromLatin1(code) << passes;
    };
    row("right", answer(setOf({other, mine})), "jwks.key-there", true);
    row("cached", answer(setOf({mine})), "jwks.cached", true);
    row("no Cache-Control", answer(setOf({mine}), {{"Content-Type", "application/json"}}), "jwks.no-cache-control",
        true);
    row("not cached", answer(setOf({mine}), {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}),
        "jwks.not-cached", true);
    row("cached longer than Epic",
        answer(setOf({mine}), {{"Content-Type", "application/json"}, {"Cache-Control", "max-age=604800"}}),
        "jwks.long-cache", true);
    row("as text", answer(setOf({mine}), {{"Content-Type", "text/plain; charset=utf-8"}}), "jwks.content-type", true);
    row("key missing", answer(setOf({other})), "jwks.key-missing", false);
    row("another key under its kid", answer(setOf({impostor})), "jwks.kid-of-another-key", false);
    row("under another kid", answer(setOf({renamed})), "jwks.other-kid", false);
    row("kid twice", answer(setOf({mine, impostor})), "jwks.kid-twice", false);
    row("key twice", answer(setOf({mine, renamed})), "jwks.key-twice", true);
    row("for encryption", answer(with(u"use"_s, u"enc"_s)), "jwks.use", false);
    row("may not verify", answer(with(u"key_ops"_s, QJsonArray{u"encrypt"_s})), "jwks.key-ops", false);
    row("another algorithm", answer(with(u"alg"_s, u"ES384"_s)), "jwks.algorithm", true);
    row("empty", answer(setOf({})), "jwks.empty", false);
    row("one JWK", answer(QJsonDocument(mine).toJson()), "jwks.not-a-set", false);
    row("page", answer("<!DOCTYPE html><html></html>"), "jwks.page", false);
    row("cut off", answer(setOf({mine}).chopped(3)), "jwks.not-json", false);
    HttpReply redirect;
    redirect.status = 302;
    redirect.headers = {{"Location", "https://login.example.org/"}};
    row("redirect", redirect, "jwks.redirect", false);
    HttpReply locked;
    locked.status = 401;
    row("log-in", locked, "jwks.needs-login", false);
    HttpReply gone;
    gone.status = 404;
    row("gone", gone, "jwks.status", false);
    HttpReply slow = answer(setOf({mine}));
    slow.elapsed = std::chrono::seconds(9);
    row("slow", slow, "jwks.slow", true);
}

void JwkSetCheckTest::judges()
{
    QFETCH(HttpReply, reply);
    QFETCH(QString, code);
    QFETCH(bool, passes);
    const JwkSetCheck check = judgeJwkSet(QUrl(address), reply, {m_key, u"mine"_s});
    QVERIFY2(codesOf(check).contains(code), qPrintable(codesOf(check).join(u' ')));
    QCOMPARE(check.hasPassed(), passes);
    QCOMPARE(toJson(check).value(u"passed").toBool(), passes);
    for (const JwkSetFinding &finding : check.findings) {
        QVERIFY(!finding.message.isEmpty());
        if (finding.severity == JwkSetFinding::Severity::Error)
            QVERIFY(!finding.hint.isEmpty());
    }
}

void JwkSetCheckTest::isLoudAboutPrivateKeys()
{
    QJsonObject leaked = m_key->jwk(SignatureAlgorithm::RS384, u"mine"_s);
    leaked.insert(u"d"_s, u"c2VjcmV0LW1hcmtlcg"_s);
    HttpReply reply = answer(setOf({leaked}), {});
    reply.elapsed = std::chrono::seconds(20);
    const JwkSetCheck check = judgeJwkSet(QUrl(address), reply, {m_other, {}});
    QCOMPARE(check.first().code, u"jwks.private-members"_s);
    QCOMPARE(check.first().severity, JwkSetFinding::Severity::Error);
    QVERIFY(!QJsonDocument(toJson(check)).toJson().contains("c2VjcmV0LW1hcmtlcg"));
}

void JwkSetCheckTest::judgesFailures_data()
{
    QTest::addColumn<QString>("failure");
    QTest::addColumn<QString>("code");
    QTest::newRow("untrusted") << u"net.tls-untrusted"_s << u"jwks.tls"_s;
    QTest::newRow("expired") << u"net.tls-expired"_s << u"jwks.tls"_s;
    QTest::newRow("no host") << u"net.host-not-found"_s << u"jwks.unreachable"_s;
    QTest::newRow("too large") << u"net.response-too-large"_s << u"jwks.unreachable"_s;
}

void JwkSetCheckTest::judgesFailures()
{
    QFETCH(QString, failure);
    QFETCH(QString, code);
    const Result<HttpReply> reply = fail(ErrorKind::Failed, failure, u"it went wrong"_s, u"do it better"_s);
    const JwkSetCheck check = judgeJwkSet(QUrl(address), reply, {m_key, {}});
    QCOMPARE(check.first().code, code);
    QVERIFY(!check.hasPassed());
    QCOMPARE(check.status, 0);
}

void JwkSetCheckTest::judgesAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("passes");
    QTest::newRow("public") << address << QString() << true;
    QTest::newRow("plain") << u"http://keys.example.org/jwks.json"_s << u"jwks.not-https"_s << false;
    QTest::newRow("intranet") << u"https://keyhost/jwks.json"_s << u"jwks.not-public"_s << false;
    QTest::newRow("private address") << u"https://192.168.1.7/jwks.json"_s << u"jwks.not-public"_s << false;
    QTest::newRow("internal") << u"https://keys.corp/jwks.json"_s << u"jwks.not-public"_s << false;
    QTest::newRow("this computer") << u"http://127.0.0.1:8080/jwks.json"_s << u"jwks.loopback"_s << true;
}

void JwkSetCheckTest::judgesAddresses()
{
    QFETCH(QString, url);
    QFETCH(QString, code);
    QFETCH(bool, passes);
    const QByteArray set = setOf({m_key->jwk(SignatureAlgorithm::RS384)});
    const JwkSetCheck check = judgeJwkSet(QUrl(url), answer(set), {m_key, {}});
    if (!code.isEmpty())
        QVERIFY2(codesOf(check).contains(code), qPrintable(codesOf(check).join(u' ')));
    QCOMPARE(check.hasPassed(), passes);
}

void JwkSetCheckTest::trustsPublicAuthoritiesOnly()
{
    const QByteArray set = setOf({m_key->jwk(SignatureAlgorithm::RS384)});
    NetworkSettings network;
    network.extraAuthorities = {QSslCertificate()};
    const auto hasOwn = [](const HttpRequest &request) {
        return request.network.extraAuthorities.isEmpty() ? u"the extra authorities are missing"_s : QString();
    };
    const auto hasNone = [](const HttpRequest &request) {
        if (request.redirects != RedirectPolicy::None)
            return u"redirects are followed"_s;
        return request.network.extraAuthorities.isEmpty() ? QString() : u"extra authorities are trusted"_s;
    };
    ScriptedTransport transport;
    transport.expect("GET", address, failWith(u"net.tls-untrusted"_s, u"unknown authority"_s), hasNone)
        .expect("GET", address, replyJson(200, set), hasOwn);
    const JwkSetCheck check = checkJwkSet(QUrl(address), {m_key, {}}, transport, network, {});
    QVERIFY2(transport.isDone(), transport.faults().constData());
    QVERIFY(codesOf(check).contains(u"jwks.private-authority"_s));
    QVERIFY(!check.hasPassed());
}

void JwkSetCheckTest::judgesTheSharedSets_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("expected");
    QFile index(sharedData(u"jose/jwks/index.json"_s));
    if (!index.open(QIODevice::ReadOnly))
        return;
    const QJsonObject files = QJsonDocument::fromJson(index.readAll()).object().value(u"files").toObject();
    for (auto it = files.begin(); it != files.end(); ++it)
        QTest::newRow(qPrintable(it.key())) << it.key() << it.value()[u"expected"].toString();
}

void JwkSetCheckTest::judgesTheSharedSets()
{
    REQUIRE_SHARED_DATA("jose/jwks/index.json");
    QFETCH(QString, file);
    QFETCH(QString, expected);
    QFile json(sharedData(u"jose/jwks/"_s + file));
    QVERIFY(json.open(QIODevice::ReadOnly));
    const JwkSetCheck check = judgeJwkSet(QUrl(address), answer(json.readAll()), {});
    const auto severity = check.first().severity;
    using Severity = JwkSetFinding::Severity;
    const QByteArray seen = codesOf(check).join(u' ').toUtf8();
    if (expected == u"ok")
        QVERIFY2(severity == Severity::Good, seen.constData());
    else if (expected == u"warn" || expected == u"invalid")
        QVERIFY2(severity >= Severity::Warning, seen.constData());
    else
        QVERIFY2(severity == Severity::Error, seen.constData());
    if (expected == u"danger")
        QCOMPARE(check.first().code, u"jwks.private-members"_s);
}

QTEST_GUILESS_MAIN(JwkSetCheckTest)
#include "tst_jwksetcheck.moc"
