// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Validation.h"
#include "tests/support/ResultMacros.h"

#include <QTest>

using namespace credenza;

/// One draft that is right, and one change each that a person makes.
class ValidationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void acceptsAGoodDraft();
    void findsOneThing_data();
    void findsOneThing();
    void namesEveryField();
    void savesTheRepairedValues();
    void keepsIdentityWhenEditing();
    void refusesAnInvalidDraft();

private:
    CredentialDraft m_good;
    std::shared_ptr<const KeyInspection> m_ecKey;
};

namespace
{

std::shared_ptr<const KeyInspection> generated(const KeySpecification &specification)
{
    auto key = generateKey(specification);
    return std::make_shared<const KeyInspection>(inspectKey(toPkcs8Pem(key->pkcs8)));
}

std::shared_ptr<const KeyInspection> inspected(const char *text)
{
    return std::make_shared<const KeyInspection>(inspectKey(SecretBytes::copyOf(QByteArrayView(text))));
}

} // namespace

void ValidationTest::initTestCase()
{
    m_good.name = QStringLiteral("Northlake, sandbox");
    m_good.fhirBaseUrl = QStringLiteral("https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4");
    m_good.clientId = QStringLiteral("0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54");
    m_good.key = generated({KeyType::Rsa, 2048, {}});
    m_ecKey = generated({KeyType::Ec, 0, QStringLiteral("P-384")});
    QVERIFY(m_good.key->isUsable());
    QVERIFY(m_ecKey->isUsable());
}

void ValidationTest::acceptsAGoodDraft()
{
    const Validation validation = validate(m_good);
    for (const auto &[field, finding] : validation.findings)
        QVERIFY2(finding.state == Finding::State::Ok, qPrintable(nameOf(field) + u' ' + finding.code));
    QVERIFY(validation.isValid());
}

using Change = std::function<void(CredentialDraft &)>;
Q_DECLARE_METATYPE(Change)

void ValidationTest::findsOneThing_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<Field>("field");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char *name, Change change, Field field, const char *code, bool valid) {
        QTest::newRow(name) << std::move(change) << field << QString::fromLatin1(code) << valid;
    };
    const auto text = [](QString CredentialDraft::*member, QString value) -> Change {
        return [member, value](CredentialDraft &draft) { draft.*member = value; };
    };
    using D = CredentialDraft;
    row("no name", text(&D::name, {}), Field::Name, "name.required", false);
    row("blank name", text(&D::name, QStringLiteral(" \t ")), Field::Name, "name.required", false);
    row("long name", text(&D::name, QString(101, u'n')), Field::Name, "name.too-long", false);
    row("longest name", text(&D::name, QString(100, u'n')), Field::Name, "", true);
    row("line break in name", text(&D::name, QStringLiteral("a\nb")), Field::Name, "name.control-characters", false);
    row("key as name", text(&D::name, QStringLiteral("-----BEGIN PRIVATE KEY-----")), Field::Name, "field.holds-key",
        false);
    row("key in description", text(&D::description, QStringLiteral("-----BEGIN RSA PRIVATE KEY-----")),
        Field::Description, "field.holds-key", false);
    row("long description", text(&D::description, QString(2001, u'd')), Field::Description, "description.too-long",
        false);
    row("unicode name", text(&D::name, QStringLiteral("Kinderspital Zürich 小児")), Field::Name, "", true);
    row("unknown connector", text(&D::connector, QStringLiteral("nope")), Field::Connector, "connector.unknown", false);
    row("no URL", text(&D::fhirBaseUrl, {}), Field::FhirBaseUrl, "url.required", false);
    row("no client ID", text(&D::clientId, {}), Field::ClientId, "client-id.required", false);
    row("short client ID", text(&D::clientId, QStringLiteral("0c5b8d9e-4f1a-4c37-9d62-7be13fa08c5")), Field::ClientId,
        "client-id.not-guid", true);
    row("word as client ID", text(&D::clientId, QStringLiteral("pipeline")), Field::ClientId, "client-id.not-guid",
        true);
    row("dynamic client ID", text(&D::clientId, QStringLiteral("G65DE30A2")), Field::ClientId, "", true);
    row("braces", text(&D::clientId, QStringLiteral("{0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54}")), Field::ClientId,
        "client-id.braces", true);
    row("space inside", text(&D::clientId, QStringLiteral("0c5b8d9e-4f1a- 4c37-9d62-7be13fa08c54")), Field::ClientId,
        "client-id.spaces", true);
    row("key as client ID", text(&D::clientId, QStringLiteral("-----BEGIN PRIVATE KEY-----")), Field::ClientId,
        "field.holds-key", false);
    row(
        "word elsewhere",
        [](D &d) {
            d.connector = QStringLiteral("smart-backend");
            d.clientId = QStringLiteral("pipeline");
        },
        Field::ClientId, "", true);
    row(
        "no key", [](D &d) { d.key.reset(); }, Field::PrivateKey, "key.required", false);
    row(
        "certificate",
        [](D &d) { d.key = inspected("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"); },
        Field::PrivateKey, "key.is-certificate", false);
    row(
        "garbage key", [](D &d) { d.key = inspected("hello there, this is no key"); }, Field::PrivateKey,
        "key.unrecognized", false);
    row(
        "saved key is kept",
        [](D &d) {
            d.savedKey = KeyCard{};
            d.key.reset();
        },
        Field::PrivateKey, "", true);
    row("2048 bits in production", text(&D::fhirBaseUrl, QStringLiteral("https://ehr.example.org/api/FHIR/R4")),
        Field::PrivateKey, "key.rsa-2048-production", true);
    row(
        "EC key at Epic", [this](D &d) { d.key = m_ecKey; }, Field::Algorithm, "algorithm.needs-jwk-set-url", true);
    row(
        "EC key with JWK Set URL",
        [this](D &d) {
            d.key = m_ecKey;
            d.jwkSetUrl = QStringLiteral("https://k.example/jwks.json");
        },
        Field::Algorithm, "", true);
    row(
        "EC key, RS384",
        [this](D &d) {
            d.key = m_ecKey;
            d.algorithm = QStringLiteral("RS384");
        },
        Field::Algorithm, "algorithm.key-mismatch", false);
    row(
        "P-384, ES256",
        [this](D &d) {
            d.key = m_ecKey;
            d.algorithm = QStringLiteral("ES256");
        },
        Field::Algorithm, "algorithm.key-mismatch", false);
    row("HS256", text(&D::algorithm, QStringLiteral("HS256")), Field::Algorithm, "algorithm.unknown", false);
    row("kid with space", text(&D::keyId, QStringLiteral("a b")), Field::KeyId, "key-id.spaces", false);
    row("token endpoint", text(&D::tokenEndpoint, QStringLiteral("https://h.example/oauth2/token")),
        Field::TokenEndpoint, "", true);
    row("authorize as token", text(&D::tokenEndpoint, QStringLiteral("https://h.example/oauth2/authorize")),
        Field::TokenEndpoint, "token-endpoint.authorize", false);
    row("plain token endpoint", text(&D::tokenEndpoint, QStringLiteral("http://h.example/token")), Field::TokenEndpoint,
        "url.plain-http", false);
    row("jku without scheme", text(&D::jwkSetUrl, QStringLiteral("k.example/jwks")), Field::JwkSetUrl, "url.not-a-url",
        false);
    row(
        "mixed scopes",
        [](D &d) {
            d.scopes = {QStringLiteral("system/Patient.read"), QStringLiteral("system/Observation.rs")};
        },
        Field::Scopes, "scope.mixed-versions", true);
    row(
        "user scope", [](D &d) { d.scopes = {QStringLiteral("user/Patient.read")}; }, Field::Scopes, "scope.not-system",
        true);
    row(
        "quoted scope", [](D &d) { d.scopes = {QStringLiteral("system/\"x\"")}; }, Field::Scopes, "scope.malformed",
        false);
    row(
        "blank tag", [](D &d) { d.tags = {QStringLiteral(" ")}; }, Field::Tags, "tag.malformed", false);
    row("notes of a book", text(&D::notes, QString(30'000, u'x')), Field::Notes, "notes.too-long", false);
    row("no date", text(&D::keyExpiry, QStringLiteral("31.03.2027")), Field::KeyExpiry, "keyExpiry.malformed", false);
    row("a date", text(&D::keyExpiry, QStringLiteral(" 2027-03-31 ")), Field::KeyExpiry, "", true);
    row(
        "CA file without certificate", [](D &d) { d.authorityPem = "hello"; }, Field::AuthorityCertificates,
        "authority.not-certificates", false);
    row(
        "CA file with key", [](D &d) { d.authorityPem = "-----BEGIN PRIVATE KEY-----"; }, Field::AuthorityCertificates,
        "authority.holds-key", false);
    row("proxy without port", text(&D::proxy, QStringLiteral("http://proxy.example")), Field::Proxy, "proxy.malformed",
        false);
    row("proxy", text(&D::proxy, QStringLiteral("socks5://proxy.example:1080")), Field::Proxy, "", true);
    row(
        "header injection",
        [](D &d) {
            d.extraHeaders = {{QStringLiteral("X-A"), QStringLiteral("b\r\nEvil: 1")}};
        },
        Field::ExtraHeaders, "header.malformed", false);
    row(
        "reserved header",
        [](D &d) {
            d.extraHeaders = {{QStringLiteral("authorization"), QStringLiteral("x")}};
        },
        Field::ExtraHeaders, "header.reserved", false);
}

void ValidationTest::findsOneThing()
{
    QFETCH(Change, change);
    QFETCH(Field, field);
    QFETCH(QString, code);
    QFETCH(bool, valid);
    CredentialDraft draft = m_good;
    change(draft);
    const Validation validation = validate(draft);
    QCOMPARE(validation.of(field).code, code);
    QCOMPARE(validation.isValid(), valid);
    if (!code.isEmpty())
        QVERIFY(!validation.of(field).message.isEmpty());
}

void ValidationTest::namesEveryField()
{
    const QJsonObject json = toJson(validate(m_good));
    QCOMPARE(json.value(u"valid").toBool(), true);
    const QJsonObject fields = json.value(u"fields").toObject();
    for (const QString &name : {QStringLiteral("name"), QStringLiteral("fhirBaseUrl"), QStringLiteral("clientId"),
                                QStringLiteral("privateKey"), QStringLiteral("algorithm"), QStringLiteral("scopes")})
        QCOMPARE(fields.value(name)[u"state"].toString(), QStringLiteral("ok"));
    QCOMPARE(fields.size(), 17);
}

void ValidationTest::savesTheRepairedValues()
{
    CredentialDraft draft = m_good;
    draft.name = QStringLiteral("  Northlake   sandbox ");
    draft.fhirBaseUrl += u"/metadata";
    draft.clientId = QStringLiteral("{0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54}");
    const QDateTime now = QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05Z"), Qt::ISODate);
    const auto credential = toCredential(draft, now);
    QVERIFY_RESULT(credential);
    QCOMPARE(credential->name, QStringLiteral("Northlake sandbox"));
    QCOMPARE(credential->fhirBaseUrl, m_good.fhirBaseUrl);
    QCOMPARE(credential->clientId, m_good.clientId);
    QCOMPARE(credential->algorithm, SignatureAlgorithm::RS384);
    QCOMPARE(credential->key.thumbprint, m_good.key->thumbprint);
    QCOMPARE(credential->key.createdAt, now);
    QCOMPARE(credential->effectiveKeyId(), m_good.key->thumbprint);
}

void ValidationTest::keepsIdentityWhenEditing()
{
    const QDateTime then = QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05Z"), Qt::ISODate);
    auto saved = toCredential(m_good, then);
    QVERIFY_RESULT(saved);
    saved->id = QUuid::createUuid();
    saved->revision = 3;
    saved->lastTest = TestSummary{true, then, 12.5, {}, {}, QStringLiteral("ok")};
    CredentialDraft draft = draftOf(*saved);
    draft.description = QStringLiteral("changed");
    const auto edited = toCredential(draft, then.addDays(1), &*saved);
    QVERIFY_RESULT(edited);
    QCOMPARE(edited->id, saved->id);
    QCOMPARE(edited->revision, 3);
    QCOMPARE(edited->description, QStringLiteral("changed"));
    QCOMPARE(edited->key.createdAt, then);
    QVERIFY(edited->lastTest.has_value());
}

void ValidationTest::refusesAnInvalidDraft()
{
    CredentialDraft draft = m_good;
    draft.clientId.clear();
    QVERIFY_FAILS(toCredential(draft, QDateTime::currentDateTimeUtc()), "client-id.required");
}

QTEST_GUILESS_MAIN(ValidationTest)
#include "tst_validation.moc"
