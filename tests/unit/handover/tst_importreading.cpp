// SPDX-License-Identifier: Apache-2.0
#include "core/handover/Export.h"
#include "core/handover/reading/ImportReading.h"
#include "core/keys/KeyExport.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/handover/HandoverFixture.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

const QDateTime importTime = QDateTime::fromString(u"2026-05-06T07:08:09Z"_s, Qt::ISODate);

Result<ImportedCredentials> read(const QByteArray &text, const QString &name = u"file.txt"_s)
{
    return readImport(secretOf(text), name, importTime);
}

} // namespace

/// Reading what other programs hold, and what we wrote for them.
class TestImportReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsItsOwnExports_data();
    void readsItsOwnExports();
    void readsOtherSpellings_data();
    void readsOtherSpellings();
    void refusesWhatItCanNotUse_data();
    void refusesWhatItCanNotUse();
    void readsAFolderOfKeys();
    void refusesDamagedFolders();
    void survivesEveryChange();
};

void TestImportReading::readsItsOwnExports_data()
{
    QTest::addColumn<QString>("format");
    for (const ExportFormat &format : exportFormats())
        if (format.holdsKeys && format.id != u"bruno")
            QTest::newRow(qPrintable(format.id)) << format.id;
}

void TestImportReading::readsItsOwnExports()
{
    QFETCH(QString, format);
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const auto rsa = vault->add(credentialWithKey(sharedRsaKey(), 1), sharedRsaKey().pkcs8);
    const auto ec = vault->add(credentialWithKey(sharedEcKey(), 2), sharedEcKey().pkcs8);
    QVERIFY_RESULT(rsa);
    QVERIFY_RESULT(ec);
    ExportRequest request;
    request.format = format;
    request.credentials = {rsa->id, ec->id};
    for (const KeyForm form : {KeyForm::Pkcs8, KeyForm::Traditional}) {
        request.options.keyForm = form;
        const auto exported = exportCredentials(*vault, request, fixture.clock, fixture.random);
        QVERIFY_RESULT(exported);
        QCOMPARE(exported->privateKeys, 2);
        QList<Credential> found;
        for (const ExportFile &file : exported->files) {
            if (file.suffix == u".jwks")
                continue;
            const auto imported = readImport(file.contents, u"epic.x"_s, importTime);
            QVERIFY_RESULT(imported);
            for (const ImportedCredential &item : imported->items) {
                const Credential &expected = item.credential.key.type == KeyType::Rsa ? *rsa : *ec;
                QCOMPARE(item.credential.fhirBaseUrl, expected.fhirBaseUrl);
                QCOMPARE(item.credential.clientId, expected.clientId);
                QCOMPARE(item.credential.algorithm, expected.algorithm);
                const ImportedKey &key = item.credential.key.type == KeyType::Rsa ? sharedRsaKey() : sharedEcKey();
                QCOMPARE(item.credential.key.thumbprint, key.key.publicKey().thumbprint());
                QVERIFY(PrivateKey::fromPkcs8(SecretBytes::copyOf(imported->keyOf(item))));
                if (format != u"nexla") // which has no place for it
                    QCOMPARE(item.credential.keyId, expected.keyId);
                if (format == u"keepass" || format == u"postman" || format == u"1password" || format == u"dotenv")
                    QCOMPARE(item.credential.name, expected.name);
                found.append(item.credential);
            }
        }
        QVERIFY(found.size() >= 2);
    }
}

void TestImportReading::readsOtherSpellings_data()
{
    QTest::addColumn<QByteArray>("text");
    QByteArray pem = plainOf(toPkcs8Pem(sharedEcKey().pkcs8));
    const QByteArray oneLine = QByteArray(pem).replace("\n", "\\n");
    const QByteArray base64 = pem.toBase64();
    const QByteArray url = "https://ehr.example.org/r4";
    QTest::newRow("vault kv get") << QByteArray("{\"request_id\":\"1\",\"data\":{\"data\":{\"FHIR-Base-URL\":\"" + url +
                                                "\",\"clientId\":\"c\",\"private_key_pem\":\"" + oneLine +
                                                "\"},\"metadata\":{}}}");
    QTest::newRow("add --from") << QByteArray("{\"name\":\"n\",\"fhirBaseUrl\":\"" + url +
                                              "\",\"clientId\":\"c\",\"privateKey\":\"" + oneLine +
                                              "\",\"scopes\":[\"system/*.rs\"]}");
    QTest::newRow("list") << QByteArray("[{\"fhirBaseUrl\":\"" + url + "\",\"clientId\":\"c\",\"privateKey\":\"" +
                                        oneLine + "\"}]");
    QTest::newRow("Kubernetes data") << QByteArray(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata:\n  fhir-base-url: " + url.toBase64() +
        "\n  client-id: Yw==\n  private-key.pem: " + base64 + "\n");
    QTest::newRow("Kubernetes list") << QByteArray(
        "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[{\"kind\":\"ConfigMap\"},{\"kind\":\"Secret\","
        "\"stringData\":{\"FHIR_BASE_URL\":\"" +
        url + "\",\"CLIENT_ID\":\"c\",\"PRIVATE_KEY\":\"" + oneLine + "\"}}]}");
    QTest::newRow("export and quotes") << QByteArray(
        "export EPIC_FHIR_BASE_URL='" + url + "'\nexport EPIC_CLIENT_ID=c # mine\nEPIC_PRIVATE_KEY_B64=" + base64 +
        "\nOTHER=1\n");
    QTest::newRow("no prefix, CRLF") << QByteArray("FHIR_BASE_URL=" + url + "\r\nCLIENT_ID=c\r\nPRIVATE_KEY=\"" +
                                                   oneLine + "\"\r\n");
    QTest::newRow("Nexla with prefixes") << QByteArray(
        "{\"name\":\"n\",\"template_config\":{\"epic.fhir_base_url\":\"" + url +
        "\",\"epic.client_id\":\"c\",\"epic.private_key\":\"" + oneLine + "\"}}");
}

void TestImportReading::readsOtherSpellings()
{
    QFETCH(QByteArray, text);
    const auto imported = read(text, u"folder/northlake.env"_s);
    QVERIFY_RESULT(imported);
    QCOMPARE(imported->items.size(), std::size_t(1));
    const Credential &credential = imported->items.front().credential;
    QCOMPARE(credential.fhirBaseUrl, u"https://ehr.example.org/r4"_s);
    QCOMPARE(credential.clientId, u"c"_s);
    QVERIFY(!credential.name.isEmpty());
    QCOMPARE(credential.key.thumbprint, sharedEcKey().key.publicKey().thumbprint());
}

void TestImportReading::refusesWhatItCanNotUse_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    const QString unknown = u"import.unknown-format"_s;
    const QString noKey = u"import.no-private-key"_s;
    const QString malformed = u"import.malformed"_s;
    QTest::newRow("empty") << QByteArray() << unknown;
    QTest::newRow("text") << QByteArray("hello") << unknown;
    QTest::newRow("binary") << QByteArray(5000, '\xfe') << unknown;
    QTest::newRow("other JSON") << QByteArray("{\"a\":1}") << unknown;
    QTest::newRow("empty JSON") << QByteArray("{}") << unknown;
    QTest::newRow("public keys") << QByteArray("{\"keys\":[]}") << noKey;
    QTest::newRow("no key") << QByteArray("{\"fhirUrl\":\"https://a.example.org\",\"clientId\":\"c\"}") << noKey;
    QTest::newRow("no Secret") << QByteArray("apiVersion: v1\nkind: Secret\nstringData: {a: b}\n") << malformed;
    QTest::newRow("broken YAML") << QByteArray("apiVersion: v1\nkind: Secret\n  a: [\n") << malformed;
    QTest::newRow("deep YAML") << QByteArray("apiVersion: v1\nkind: Secret\nx: " + QByteArray(100'000, '['))
                               << malformed;
    // Found by fuzz_import: another YAML library never came to an end of it.
    QTest::newRow("damaged Secret") << QByteArray(",piVersion: v1MLkind: Secret\nstringData_ID=lNULL apiVersion")
                                    << malformed;
    QTest::newRow("YAML of commas") << QByteArray(",,apiVersion: v1\nkind: Secret\n") << malformed;
    QTest::newRow("unclosed YAML") << QByteArray("[:apiVersion: v1\nkind: Secret\n") << malformed;
    QTest::newRow("List of itself") << QByteArray("&a\napiVersion: v1\nkind: List\nitems: [*a, *a]\n") << malformed;
    QTest::newRow("broken XML") << QByteArray("<KeePassFile><Root><Entry>") << malformed;
    QTest::newRow("no entries") << QByteArray("<KeePassFile><Root/></KeePassFile>") << noKey;
    QTest::newRow("key elsewhere")
        << QByteArray("fhir-url = \"https://a.example.org\"\nsmart-client-id = \"c\"\nsmart-key = \"epic.jwks\"\n")
        << noKey;
    QTest::newRow("TOML number") << QByteArray("smart-client-id = 1\n") << malformed;
    QTest::newRow("half a dotenv") << QByteArray("EPIC_CLIENT_ID=c\n") << malformed;
    QTest::newRow("XML entities")
        << QByteArray("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"cccccccccc\"><!ENTITY d \"&b;&b;&b;&b;\">]>"
                      "<KeePassFile><Root><Entry><String><Key>Title</Key><Value>&d;</Value></String></Entry></Root></"
                      "KeePassFile>")
        << noKey;
}

void TestImportReading::refusesWhatItCanNotUse()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    const auto imported = read(text);
    QVERIFY(!imported);
    QCOMPARE(imported.error().code, code);
    QVERIFY(!imported.error().message.isEmpty());
}

void TestImportReading::readsAFolderOfKeys()
{
    QTemporaryDir folder;
    const auto write = [&](const QString &name, const QByteArray &text) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    write(u"a.pem"_s, plainOf(toPkcs8Pem(sharedRsaKey().pkcs8)));
    write(u"b.key"_s, plainOf(*toTraditionalPem(sharedEcKey().pkcs8)));
    write(u"unused.pem"_s, "x");
    write(u"table.csv"_s, "\xEF\xBB\xBF"
                          "Name;FHIR Base URL;Client ID;key_file;Scope;Tags;Description\r\n"
                          "\"Alder; \"\"west\"\"\";https://a.example.org/r4;c1;a.pem;system/Patient.rs "
                          "system/Group.rs;one, two;\"two\nlines\"\r\n"
                          ";https://b.example.org/r4;c2;b.key;;;\r\n\r\n");
    const auto imported = readPemFolder(folder.path(), importTime);
    QVERIFY_RESULT(imported);
    QCOMPARE(imported->items.size(), std::size_t(2));
    const Credential &first = imported->items[0].credential;
    QCOMPARE(first.name, u"Alder; \"west\""_s);
    QCOMPARE(first.scopes, QStringList({u"system/Patient.rs"_s, u"system/Group.rs"_s}));
    QCOMPARE(first.tags, QStringList({u"one"_s, u"two"_s}));
    QCOMPARE(first.description, u"two\nlines"_s);
    QCOMPARE(first.key.thumbprint, sharedRsaKey().key.publicKey().thumbprint());
    QCOMPARE(imported->items[1].credential.name, u"b"_s);
    QCOMPARE(imported->items[1].credential.key.type, KeyType::Ec);
    QCOMPARE(imported->notes.size(), 1);
    QVERIFY(imported->notes.first().contains(u"unused.pem"_s));
}

void TestImportReading::refusesDamagedFolders()
{
    QTemporaryDir folder;
    QVERIFY_FAILS(readPemFolder(folder.path(), importTime), "import.no-table");
    const auto table = [&](const QByteArray &text) {
        QFile file(folder.filePath(u"t.csv"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
    };
    table("name,client_id,key_file\n");
    QVERIFY_FAILS(readPemFolder(folder.path(), importTime), "import.malformed");
    const QByteArray head = "fhir_base_url,client_id,key_file\n";
    for (const char *name : {"../x.pem", "/etc/hostname", "missing.pem", "", ".hidden"}) {
        table(head + "https://a.example.org/r4,c," + name + "\n");
        QVERIFY_FAILS(readPemFolder(folder.path(), importTime), "import.key-file");
    }
    table(head + "https://a.example.org/r4,c,t.csv\n"); // a file that is no key
    const auto noKey = readPemFolder(folder.path(), importTime);
    QVERIFY(!noKey);
    QVERIFY(noKey.error().message.startsWith(u"row 2"_s));
}

void TestImportReading::survivesEveryChange()
{
    ExportSubject subject{credentialWithKey(sharedEcKey()), u"a"_s, u"https://a.example.org/token"_s,
                          toPkcs8Pem(sharedEcKey().pkcs8),
                          *privateJwk(sharedEcKey().pkcs8, SignatureAlgorithm::ES384, u"k"_s)};
    for (const ExportFormat &format : exportFormats()) {
        SecretText file;
        file.append(format.prologue);
        QVERIFY_RESULT(format.write(file, subject, {}));
        file.append(format.epilogue);
        const QByteArray whole = plainOf(file.take());
        for (qsizetype at = 0; at < whole.size(); at += 29) {
            QByteArray changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 0x15);
            const auto imported = read(changed);
            QVERIFY(imported.has_value() || !imported.error().code.isEmpty());
            const auto cut = read(whole.first(at));
            QVERIFY(cut.has_value() || !cut.error().code.isEmpty());
        }
    }
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestImportReading)
#include "tst_importreading.moc"
