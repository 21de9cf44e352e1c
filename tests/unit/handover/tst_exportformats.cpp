// SPDX-License-Identifier: Apache-2.0
#include "core/handover/Export.h"
#include "core/handover/JsonText.h"
#include "core/keys/KeyExport.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/handover/HandoverFixture.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

/// Made up: long enough for two lines, and no key at all.
constexpr QByteArrayView fakePem("-----BEGIN PRIVATE KEY-----\n"
                                 "bm90IGEga2V5IGJ1dCBsb25nIGVub3VnaCB0byBmaWxsIG1vcmUgdGhhbiBvbmUg\n"
                                 "bGluZQ==\n"
                                 "-----END PRIVATE KEY-----\n");
constexpr QByteArrayView
    fakeJwk(R"({"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB","alg":"RS384","kid":"alder-2026","key_ops":["sign"]})");

ExportSubject subjectOf(const Credential &credential)
{
    return {credential, slugOf(credential.name), u"https://alder1.example.org/interconnect-fhir-oauth/oauth2/token"_s,
            secretOf(fakePem), secretOf(fakeJwk)};
}

Result<QByteArray> render(const ExportFormat &format, const ExportSubject &subject, const ExportOptions &options = {})
{
    SecretText text;
    text.append(format.prologue);
    TRY(format.write(text, subject, options));
    text.append(format.epilogue);
    return plainOf(text.take());
}

QByteArray rendered(const QString &format, const ExportSubject &subject = subjectOf(handoverCredential()),
                    const ExportOptions &options = {})
{
    const auto text = render(*exportFormatById(format), subject, options);
    return text ? *text : QByteArray();
}

QJsonObject renderedJson(const QString &format, const ExportSubject &subject = subjectOf(handoverCredential()),
                         const ExportOptions &options = {})
{
    return QJsonDocument::fromJson(rendered(format, subject, options)).object();
}

QByteArray companionOf(const QString &format, const ExportSubject &subject)
{
    SecretText text;
    const auto written = exportFormatById(format)->companions.first().write(text, subject, {});
    return written ? plainOf(text.take()) : QByteArray();
}

} // namespace

/// Each format against its golden file, and each trap of handover.md, part C, by itself.
class TestExportFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesItsGoldenFile_data();
    void matchesItsGoldenFile();
    void leavesTheKeyOut_data() { matchesItsGoldenFile_data(); }
    void leavesTheKeyOut();
    void bulkDataClientIsToldEverything();
    void smartFetchFindsTheSigningKey();
    void infernoKnowsEveryMember();
    void keySetsHoldPublicKeysOnly();
    void privateJwksBelongToTheirKey_data();
    void privateJwksBelongToTheirKey();
    void vaultGetsAFlatObject();
    void kubernetesTakesNamesAndValues();
    void dotenvSurvivesSpecialCharacters();
    void postmanMarksTheSecret();
    void brunoHoldsNoSecretValue();
    void awsHasALimit();
    void onePasswordConcealsTheKey();
    void keePassKeepsTheWholeKey();
    void nexlaGetsOneWayOnly();
    void nexlaNamesCanBeChanged();
    void previewsShowNoKey();
    void namesFilesOfSeveral();
    void writesTraditionalPem();
    void makesSlugs();
    void tellsTheReceiverWhatToMind_data();
    void tellsTheReceiverWhatToMind();
    void losesNoKeyInACsv();
};

void TestExportFormats::matchesItsGoldenFile_data()
{
    QTest::addColumn<QString>("format");
    for (const ExportFormat &format : exportFormats())
        if (format.holdsKeys)
            QTest::newRow(qPrintable(format.id)) << format.id;
}

void TestExportFormats::matchesItsGoldenFile()
{
    QFETCH(QString, format);
    QFile golden(QStringLiteral(CREDENZA_SOURCE_DIR "/tests/data/handover/") + format + u".golden"_s);
    const QByteArray text = rendered(format);
    QVERIFY(!text.isEmpty());
    if (qEnvironmentVariableIsSet("CREDENZA_WRITE_GOLDEN")) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(text);
        return;
    }
    QVERIFY(golden.open(QIODevice::ReadOnly));
    QCOMPARE(text, golden.readAll());
}

void TestExportFormats::leavesTheKeyOut()
{
    QFETCH(QString, format);
    ExportSubject subject = subjectOf(handoverCredential());
    subject.privatePem = {};
    subject.privateJwk = {};
    const QByteArray text = rendered(format, subject);
    QVERIFY(text.contains("alder1.example.org") && text.contains("c83d5e10"));
    QVERIFY(!text.contains("BEGIN") && !text.contains("\"d\""));
    for (const ExportCompanion &companion : exportFormatById(format)->companions) {
        SecretText file;
        if (!companion.needsKey && companion.write(file, subject, {}))
            QVERIFY(!plainOf(file.take()).contains("BEGIN"));
    }
}

void TestExportFormats::bulkDataClientIsToldEverything()
{
    const QJsonObject json = renderedJson(u"bulk-data-client"_s);
    QVERIFY(json.value(u"privateKey"_s).isObject()); // one key, no set
    QVERIFY(!json.value(u"privateKey"_s).toObject().contains(u"keys"_s));
    for (const QString &member : {u"alg"_s, u"kid"_s})
        QVERIFY(json.value(u"privateKey"_s).toObject().contains(member));
    QVERIFY(json.value(u"tokenUrl"_s).toString().startsWith(u"https:"_s)); // "none" would mean an open server
    QCOMPARE(json.value(u"accessTokenLifetime"_s).toInt(), 240);
    ExportSubject unknown = subjectOf(handoverCredential());
    unknown.tokenUrl.clear();
    QVERIFY_FAILS(render(*exportFormatById(u"bulk-data-client"_s), unknown), "export.token-url-unknown");
}

void TestExportFormats::smartFetchFindsTheSigningKey()
{
    const ExportSubject subject = subjectOf(handoverCredential());
    const QByteArray text = rendered(u"smart-fetch"_s, subject);
    QVERIFY(text.contains("\nsmart-client-id = \"c83d5e10-7b2f-4a96-9e41-2f60d7a8b351\"\n"));
    QVERIFY(!text.contains("BEGIN")); // of a PEM the tool sends no key id
    const QList<ExportCompanion> companions = exportFormatById(u"smart-fetch"_s)->companions;
    QCOMPARE(companions.first().suffix, u".jwks"_s); // the tool tells the kind by the name
    const QJsonObject set = QJsonDocument::fromJson(companionOf(u"smart-fetch"_s, subject)).object();
    const QJsonObject key = set.value(u"keys"_s).toArray().first().toObject();
    QVERIFY(key.value(u"key_ops"_s).toArray().contains(u"sign"_s));
    QVERIFY(key.contains(u"kid"_s) && key.contains(u"alg"_s));
}

void TestExportFormats::infernoKnowsEveryMember()
{
    const QJsonArray inputs = renderedJson(u"inferno"_s).value(u"inputs"_s).toArray();
    QCOMPARE(inputs.size(), 3);
    const QJsonObject info = inputs[1].toObject().value(u"value"_s).toObject();
    const QStringList known{u"auth_type"_s,        u"client_id"_s, u"encryption_algorithm"_s, u"jwks"_s, u"kid"_s,
                            u"requested_scopes"_s, u"token_url"_s, u"use_discovery"_s};
    for (const QString &member : info.keys())
        QVERIFY2(known.contains(member), qPrintable(member));
    QVERIFY(info.value(u"jwks"_s).isString());
    QVERIFY(QJsonDocument::fromJson(info.value(u"jwks"_s).toString().toUtf8()).object().contains(u"keys"_s));
    // Either the address of tokens is told or it is looked up; both at once would be a contradiction.
    QCOMPARE(info.value(u"use_discovery"_s).toString(), u"true"_s);
    QVERIFY(!info.contains(u"token_url"_s));
    Credential told = handoverCredential();
    told.tokenEndpoint = u"https://alder1.example.org/token"_s;
    const QJsonObject without = renderedJson(u"inferno"_s, subjectOf(told))
                                    .value(u"inputs"_s)
                                    .toArray()[1]
                                    .toObject()
                                    .value(u"value"_s)
                                    .toObject();
    QCOMPARE(without.value(u"use_discovery"_s).toString(), u"false"_s);
    QCOMPARE(without.value(u"token_url"_s).toString(), told.tokenEndpoint);
    Credential other = handoverCredential();
    other.algorithm = SignatureAlgorithm::RS256;
    QVERIFY_FAILS(render(*exportFormatById(u"inferno"_s), subjectOf(other)), "export.no-place");
}

void TestExportFormats::keySetsHoldPublicKeysOnly()
{
    for (const ImportedKey *key : {&sharedRsaKey(), &sharedEcKey()}) {
        const Credential credential = credentialWithKey(*key);
        const QJsonObject set = renderedJson(u"jwks"_s, {credential, u"alder"_s, {}, {}, {}});
        const QJsonObject jwk = set.value(u"keys"_s).toArray().first().toObject();
        QCOMPARE(jwk.value(u"kid"_s).toString(), u"alder-2026"_s);
        QCOMPARE(jwk.value(u"use"_s).toString(), u"sig"_s);
        QCOMPARE(jwk.value(u"key_ops"_s).toArray(), QJsonArray{u"verify"_s});
        for (const QString &member : {u"d"_s, u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s})
            QVERIFY(!jwk.contains(member));
    }
}

void TestExportFormats::privateJwksBelongToTheirKey_data()
{
    QTest::addColumn<bool>("isRsa");
    QTest::newRow("RSA") << true;
    QTest::newRow("EC") << false;
}

void TestExportFormats::privateJwksBelongToTheirKey()
{
    QFETCH(bool, isRsa);
    const ImportedKey &key = isRsa ? sharedRsaKey() : sharedEcKey();
    const auto jwk = privateJwk(key.pkcs8, key.key.publicKey().defaultAlgorithm(), u"a \"key\""_s);
    QVERIFY_RESULT(jwk);
    QVERIFY(!jwk->charView().contains('\n'));
    const QJsonObject json = QJsonDocument::fromJson(plainOf(*jwk)).object();
    QCOMPARE(json.value(u"kid"_s).toString(), u"a \"key\""_s);
    QCOMPARE(json.value(u"key_ops"_s).toArray(), QJsonArray{u"sign"_s});
    const KeyInspection inspection = inspectKey(*jwk);
    QVERIFY(inspection.isUsable());
    QCOMPARE(inspection.thumbprint, key.key.publicKey().thumbprint());
    const auto der = fromPkcs8Pem(toPkcs8Pem(key.pkcs8).charView());
    QVERIFY(der && der->equalsConstantTime(key.pkcs8));
    QVERIFY(!fromPkcs8Pem("-----BEGIN PRIVATE KEY-----\nAA!A\n-----END PRIVATE KEY-----\n"));
    QVERIFY(!fromPkcs8Pem("-----BEGIN PRIVATE KEY-----\n"));
    QVERIFY(!fromPkcs8Pem(""));
}

void TestExportFormats::vaultGetsAFlatObject()
{
    const QJsonObject json = renderedJson(u"vault-kv"_s);
    QVERIFY(!json.contains(u"data"_s));
    for (const QJsonValue &value : json)
        QVERIFY(value.isString());
    QCOMPARE(json.value(u"private_key"_s).toString().toUtf8(), fakePem.toByteArray());
}

void TestExportFormats::kubernetesTakesNamesAndValues()
{
    Credential credential = handoverCredential();
    ExportOptions options;
    options.kubernetesNamespace = u"data-pipelines"_s;
    for (const QString &value : {u"yes"_s, u"null"_s, u"123"_s, u"1e3"_s, u"a: b"_s, u"#x"_s, u"it's"_s, u"~"_s,
                                 u"0x1F"_s, u"- a"_s, u"a\\b"_s, u"@a"_s, u"a "_s, u"key:"_s}) {
        credential.clientId = value;
        const QByteArray text = rendered(u"kubernetes"_s, subjectOf(credential), options);
        QVERIFY2(text.contains("client-id: \""), qPrintable(value));
    }
    const QByteArray text = rendered(u"kubernetes"_s, subjectOf(handoverCredential()), options);
    const QString all = QString::fromUtf8(text.sliced(text.indexOf("stringData:")));
    const QRegularExpression keys(u"^  ([^ :]+):"_s, QRegularExpression::MultilineOption);
    static const QRegularExpression allowed(u"^[A-Za-z0-9._-]+$"_s);
    for (auto found = keys.globalMatch(all); found.hasNext();)
        QVERIFY(allowed.match(found.next().captured(1)).hasMatch());
    QVERIFY(text.contains("\n  private-key.pem: |\n    -----BEGIN PRIVATE KEY-----\n"));
    options.kubernetesName = u"Epic_{name}"_s;
    QVERIFY_FAILS(render(*exportFormatById(u"kubernetes"_s), subjectOf(handoverCredential()), options),
                  "export.no-place");
    options.kubernetesName = u"{name}"_s;
    options.kubernetesNamespace = u"a.b"_s;
    QVERIFY_FAILS(render(*exportFormatById(u"kubernetes"_s), subjectOf(handoverCredential()), options),
                  "export.no-place");
}

void TestExportFormats::dotenvSurvivesSpecialCharacters()
{
    Credential credential = handoverCredential();
    credential.name = u"two\nlines"_s; // must not start a line of its own
    credential.clientId = u"a b$HOME`x`\"q\""_s;
    credential.scopes = {u"it's $5"_s};
    const QByteArray text = rendered(u"dotenv"_s, subjectOf(credential));
    QVERIFY(text.startsWith("# two lines\n"));
    QVERIFY(text.contains("EPIC_CLIENT_ID='a b$HOME`x`\"q\"'\n"));
    QVERIFY(text.contains("EPIC_SCOPE=\"it's \\$5\"\n"));
    QVERIFY(text.contains("EPIC_PRIVATE_KEY=\"-----BEGIN PRIVATE KEY-----\\n"));
    const qsizetype at = text.indexOf("EPIC_PRIVATE_KEY_B64=") + 21;
    QCOMPARE(QByteArray::fromBase64(text.sliced(at).trimmed()), fakePem.toByteArray());
}

void TestExportFormats::postmanMarksTheSecret()
{
    const QJsonObject json = renderedJson(u"postman"_s);
    QCOMPARE(json.value(u"_postman_variable_scope"_s).toString(), u"environment"_s);
    int secrets = 0;
    for (const QJsonValue &value : json.value(u"values"_s).toArray()) {
        const bool isKey = value.toObject().value(u"key"_s) == u"privateKey"_s;
        QCOMPARE(value.toObject().value(u"type"_s).toString(), isKey ? u"secret"_s : u"default"_s);
        secrets += isKey ? 1 : 0;
    }
    QCOMPARE(secrets, 1);
}

void TestExportFormats::brunoHoldsNoSecretValue()
{
    const ExportSubject subject = subjectOf(handoverCredential());
    const QByteArray text = rendered(u"bruno"_s, subject);
    QVERIFY(text.contains("vars:secret [\n  privateKey\n]\n"));
    QVERIFY(!text.contains("BEGIN"));
    QCOMPARE(companionOf(u"bruno"_s, subject), fakePem.toByteArray());
}

void TestExportFormats::awsHasALimit()
{
    Credential credential = handoverCredential();
    QVERIFY(!rendered(u"aws-secrets-manager"_s, subjectOf(credential)).isEmpty());
    credential.scopes = {QString(70'000, u'a')};
    QVERIFY_FAILS(render(*exportFormatById(u"aws-secrets-manager"_s), subjectOf(credential)), "export.no-place");
    credential.scopes = {QString(1'100'000, u'a')};
    QVERIFY_FAILS(render(*exportFormatById(u"kubernetes"_s), subjectOf(credential)), "export.no-place");
}

void TestExportFormats::onePasswordConcealsTheKey()
{
    const QJsonObject json = renderedJson(u"1password"_s);
    QCOMPARE(json.value(u"category"_s).toString(), u"API_CREDENTIAL"_s);
    const QString section = json.value(u"sections"_s).toArray().first().toObject().value(u"id"_s).toString();
    for (const QJsonValue &value : json.value(u"fields"_s).toArray()) {
        const QJsonObject field = value.toObject();
        QCOMPARE(field.value(u"section"_s).toObject().value(u"id"_s).toString(), section);
        QCOMPARE(field.value(u"type"_s).toString() == u"CONCEALED", field.value(u"id"_s).toString() == u"privateKey");
    }
}

void TestExportFormats::keePassKeepsTheWholeKey()
{
    Credential credential = handoverCredential();
    credential.description = u"<&> \"quoted\"\r\nnext\x01"_s;
    QXmlStreamReader xml(rendered(u"keepass"_s, subjectOf(credential)));
    QString key;
    QHash<QString, QString> values;
    bool isProtected = false;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == u"Key")
            key = xml.readElementText();
        if (xml.isStartElement() && xml.name() == u"Value") {
            isProtected =
                isProtected || (key == u"Private Key (PEM)" && xml.attributes().value(u"ProtectInMemory"_s) == u"True");
            values.insert(key, xml.readElementText());
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(isProtected);
    QCOMPARE(values.value(u"Private Key (PEM)"_s).toUtf8(), fakePem.toByteArray());
    QCOMPARE(values.value(u"Notes"_s), u"<&> \"quoted\"\r\nnext"_s);
}

void TestExportFormats::nexlaGetsOneWayOnly()
{
    const ExportSubject subject = subjectOf(handoverCredential());
    const QJsonObject admin = renderedJson(u"nexla"_s, subject);
    QVERIFY(!admin.contains(u"credentials"_s)); // it would win, and the template be ignored
    QVERIFY(admin.value(u"template_config"_s).isObject());
    QCOMPARE(admin.value(u"vendor_name"_s).toString(), u"epic_ehr"_s);
    const QJsonObject agent = QJsonDocument::fromJson(companionOf(u"nexla"_s, subject)).object();
    QCOMPARE(agent.value(u"connector"_s).toString(), u"epic_ehr"_s);
    for (const QJsonObject &parameters :
         {admin.value(u"template_config"_s).toObject(), agent.value(u"config"_s).toObject()}) {
        // No place for key id, scopes or token endpoint.
        QCOMPARE(parameters.keys(), QStringList({u"client_id"_s, u"fhir_base_url"_s, u"private_key"_s}));
        QCOMPARE(parameters.value(u"private_key"_s).toString().toUtf8(), fakePem.toByteArray());
    }
    QVERIFY(exportFormatById(u"nexla"_s)->note.contains(u"/connectors/search?q=epic"_s));
}

void TestExportFormats::nexlaNamesCanBeChanged()
{
    ExportOptions options;
    QVERIFY_RESULT(setNexlaName(options.nexla, u"vendor_name"_s, u"epic_ehr_api"_s));
    QVERIFY_RESULT(setNexlaName(options.nexla, u"auth_template_name"_s, u"jwt"_s));
    QVERIFY_RESULT(setNexlaName(options.nexla, u"private_key"_s, u"epic.private_key"_s));
    QVERIFY_RESULT(setNexlaName(options.nexla, u"auth_mode"_s, u"epic_ehr.jwt"_s));
    SecretText agent;
    QVERIFY_RESULT(
        exportFormatById(u"nexla"_s)->companions.first().write(agent, subjectOf(handoverCredential()), options));
    QCOMPARE(QJsonDocument::fromJson(plainOf(agent.take())).object().value(u"auth_mode"_s).toString(),
             u"epic_ehr.jwt"_s);
    QVERIFY_FAILS(setNexlaName(options.nexla, u"vendor_name"_s, QString()), "export.nexla-name");
    QVERIFY_FAILS(setNexlaName(options.nexla, u"vendor"_s, u"x"_s), "export.nexla-name");
    const QJsonObject json = renderedJson(u"nexla"_s, subjectOf(handoverCredential()), options);
    QCOMPARE(json.value(u"vendor_name"_s).toString(), u"epic_ehr_api"_s);
    QCOMPARE(json.value(u"auth_template_name"_s).toString(), u"jwt"_s);
    QVERIFY(json.value(u"template_config"_s).toObject().contains(u"epic.private_key"_s));
    QVERIFY(nexlaNamesFromJson(toJson(options.nexla)) == options.nexla);
}

void TestExportFormats::previewsShowNoKey()
{
    for (const ExportFormat &format : exportFormats()) {
        if (!format.holdsKeys)
            continue;
        const auto preview = exportPreview(format, handoverCredential(), {});
        QVERIFY_RESULT(preview);
        QVERIFY(format.id == u"bruno" || preview->contains(u"hidden"_s) || preview->contains(u"aGlkZGVu"_s));
        QVERIFY(!preview->contains(u"BEGIN"_s));
    }
}

void TestExportFormats::namesFilesOfSeveral()
{
    QCOMPARE(exportPath(u"a/epic.json"_s, u".json"_s, {{}, {}, {}}), u"a/epic.json"_s);
    QCOMPARE(exportPath(u"a/epic.json"_s, u".json"_s, {{}, u".agent.json"_s, {}}), u"a/epic.agent.json"_s);
    QCOMPARE(exportPath(u"a/epic.json"_s, u".json"_s, {u"alder"_s, {}, {}}), u"a/epic-alder.json"_s);
    QCOMPARE(exportPath(u"a/epic.postman_environment.json"_s, u".postman_environment.json"_s, {u"b"_s, {}, {}}),
             u"a/epic-b.postman_environment.json"_s);
    QCOMPARE(exportPath(u"a.d/epic"_s, u".json"_s, {u"b"_s, {}, {}}), u"a.d/epic-b"_s);
}

void TestExportFormats::writesTraditionalPem()
{
    const auto rsa = toTraditionalPem(sharedRsaKey().pkcs8);
    const auto ec = toTraditionalPem(sharedEcKey().pkcs8);
    QVERIFY_RESULT(rsa);
    QVERIFY_RESULT(ec);
    QVERIFY(rsa->charView().startsWith("-----BEGIN RSA PRIVATE KEY-----\n"));
    QVERIFY(ec->charView().startsWith("-----BEGIN EC PRIVATE KEY-----\n"));
    QCOMPARE(inspectKey(*rsa).thumbprint, sharedRsaKey().key.publicKey().thumbprint());
    QVERIFY_FAILS(toTraditionalPem(secretOf("nonsense")), "key.damaged");
}

void TestExportFormats::makesSlugs()
{
    QCOMPARE(slugOf(u"Cédar Point, immunizations"_s), u"cedar-point-immunizations"_s);
    QCOMPARE(slugOf(u"  ../../etc "_s), u"etc"_s);
    QCOMPARE(slugOf(u"日本"_s), u"credential"_s);
    QVERIFY(slugOf(QString(300, u'a')).size() <= 63);
}

void TestExportFormats::tellsTheReceiverWhatToMind_data()
{
    // What trips people up at the receiver, and can't be told in the file itself.
    QTest::addColumn<QString>("word");
    QTest::newRow("bulk-data-client") << u"absolute path"_s;
    QTest::newRow("smart-fetch") << u"Cumulus ETL"_s;
    QTest::newRow("inferno") << u"config/presets"_s;
    QTest::newRow("vault-kv") << u"\"options\""_s;
    QTest::newRow("kubernetes") << u"unencrypted"_s;
    QTest::newRow("dotenv") << u"_PRIVATE_KEY_B64"_s;
    QTest::newRow("aws-secrets-manager") << u"file://"_s;
    QTest::newRow("1password") << u"--template"_s;
    QTest::newRow("keepass") << u"Argon2"_s;
    QTest::newRow("nexla") << u"/connectors/describe/"_s;
}

void TestExportFormats::tellsTheReceiverWhatToMind()
{
    QFETCH(QString, word);
    const QString note = exportFormatById(QString::fromLatin1(QTest::currentDataTag()))->note;
    QVERIFY2(note.contains(word), qPrintable(note));
}

void TestExportFormats::losesNoKeyInACsv()
{
    // Password managers drop the columns that they do not know, and the key with them.
    for (const ExportFormat &format : exportFormats())
        QVERIFY(!format.holdsKeys || !format.extension.endsWith(u".csv"));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestExportFormats)
#include "tst_exportformats.moc"
