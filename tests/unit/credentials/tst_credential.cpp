// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Connector.h"
#include "core/credentials/CredentialDraft.h"
#include "tests/support/ResultMacros.h"

#include <QTest>

using namespace credenza;

/// The card's JSON, the draft's JSON, and connectors.
class CredentialTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsEveryMember();
    void reportsAMalformedCard();
    void readsADraft();
    void refusesBadDrafts_data();
    void refusesBadDrafts();
    void listsConnectors();
};

void CredentialTest::keepsEveryMember()
{
    const QDateTime time = QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05.678Z"), Qt::ISODateWithMs);
    Credential credential;
    credential.id = QUuid::createUuid();
    credential.revision = 7;
    credential.name = QStringLiteral("Ünïcode \"quoted\"");
    credential.description = QStringLiteral("two\nlines");
    credential.connector = QStringLiteral("epic-ehr");
    credential.fhirBaseUrl = QStringLiteral("https://h.example/api/FHIR/R4");
    credential.clientId = QStringLiteral("client");
    credential.keyId = QStringLiteral("kid-1");
    credential.algorithm = SignatureAlgorithm::ES384;
    credential.tokenEndpoint = QStringLiteral("https://h.example/oauth2/token");
    credential.jwkSetUrl = QStringLiteral("https://k.example/jwks.json");
    credential.scopes = {QStringLiteral("system/Patient.rs")};
    credential.tags = {QStringLiteral("bulk"), QStringLiteral("staging")};
    credential.authorityPem = "-----BEGIN CERTIFICATE-----";
    credential.proxy = QStringLiteral("http://p.example:3128");
    credential.extraHeaders = {{QStringLiteral("X-One"), QStringLiteral("1")}};
    credential.allowsPlainHttp = true;
    credential.key = {
        KeyType::Ec, 384, QStringLiteral("P-384"), QStringLiteral("thumb"), "PEM", QStringLiteral("generated"), time};
    credential.createdAt = time;
    credential.updatedAt = time.addSecs(5);
    credential.lastTest = TestSummary{
        false, time, 1.5, QStringLiteral("token"), QStringLiteral("invalid_client"), QStringLiteral("refused")};

    const QJsonObject json = toJson(credential);
    const auto back = credentialFromJson(json);
    QVERIFY_RESULT(back);
    QCOMPARE(toJson(*back), json);
    QCOMPARE(back->extraHeaders, credential.extraHeaders);
    QCOMPARE(back->lastTest->code, QStringLiteral("invalid_client"));
    QCOMPARE(back->key.createdAt, time);
}

void CredentialTest::reportsAMalformedCard()
{
    QVERIFY_FAILS(credentialFromJson({}), "credential.malformed");
}

void CredentialTest::readsADraft()
{
    const auto draft = draftFromJson(SecretBytes::copyOf(QByteArrayView(
        R"({"name":"n","clientId":"c","fhirBaseUrl":"https://h.example","scopes":["a","b"],"privateKey":"nothing","keyId":null})")));
    QVERIFY_RESULT(draft);
    QCOMPARE(draft->name, QStringLiteral("n"));
    QCOMPARE(draft->scopes, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QVERIFY(draft->key);
    QVERIFY(!draft->key->isUsable());
}

void CredentialTest::refusesBadDrafts_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("code");
    QTest::newRow("no JSON") << QByteArray("name: x") << QStringLiteral("draft.not-json");
    QTest::newRow("cut off") << QByteArray(R"({"name":"x")") << QStringLiteral("draft.not-json");
    QTest::newRow("array") << QByteArray("[]") << QStringLiteral("draft.not-json");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("draft.not-json");
    QTest::newRow("misspelt") << QByteArray(R"({"clientID":"x"})") << QStringLiteral("draft.unknown-member");
    QTest::newRow("number") << QByteArray(R"({"name":1})") << QStringLiteral("draft.wrong-type");
    QTest::newRow("scopes as text") << QByteArray(R"({"scopes":"a b"})") << QStringLiteral("draft.wrong-type");
    QTest::newRow("numbers as tags") << QByteArray(R"({"tags":[1]})") << QStringLiteral("draft.wrong-type");
}

void CredentialTest::refusesBadDrafts()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, code);
    const auto draft = draftFromJson(SecretBytes::copyOf(QByteArrayView(json)));
    QVERIFY(!draft);
    QCOMPARE(draft.error().code, code);
    QCOMPARE(draft.error().kind, ErrorKind::InvalidInput);
}

void CredentialTest::listsConnectors()
{
    QVERIFY(connectors().size() >= 2);
    QCOMPARE(connectors().first().id, QStringLiteral("epic-ehr"));
    QCOMPARE(connectors().first().name, QStringLiteral("EPIC EHR"));
    QCOMPARE(connectors().first().algorithms.first(), SignatureAlgorithm::RS384);
    QVERIFY(connectorById(QStringLiteral("smart-backend")) != nullptr);
    QVERIFY(connectorById(QStringLiteral("nope")) == nullptr);
}

QTEST_GUILESS_MAIN(CredentialTest)
#include "tst_credential.moc"
