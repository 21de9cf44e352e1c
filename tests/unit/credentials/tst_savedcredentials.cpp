// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/RegistrationSheet.h"
#include "core/credentials/SavedCredentials.h"
#include "tests/support/ResultMacros.h"

#include <QTest>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

Credential saved(const QString &name, const QString &base, const QString &clientId)
{
    Credential credential;
    credential.id = QUuid::createUuid();
    credential.name = name;
    credential.fhirBaseUrl = base;
    credential.clientId = clientId;
    return credential;
}

const QString sandbox = u"https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4"_s;
const QString hospital = u"https://ehr.northlake.example.org/FHIRProxy/api/FHIR/R4"_s;
const QString client = u"b94e07d2-6c58-47af-8e3d-f1a6209c5b70"_s;

} // namespace

/// What only the other credentials of a vault can tell, and the sheet that goes to whoever registers the client.
class SavedCredentialsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void compares_data();
    void compares();
    void leavesTheEditedOneOut();
    void writesTheRegistrationSheet();
};

void SavedCredentialsTest::compares_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("clientId");
    QTest::addColumn<QString>("nameCode");
    QTest::addColumn<QString>("clientCode");
    QTest::newRow("other") << u"Riverbend"_s << hospital << u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s << QString()
                           << QString();
    QTest::newRow("same name") << u" northlake  SANDBOX "_s << sandbox << client << u"name.taken"_s << QString();
    QTest::newRow("same ID, other environment")
        << u"Northlake"_s << hospital << client << QString() << u"client-id.other-environment"_s;
    QTest::newRow("same ID in capitals, other environment")
        << u"Northlake"_s << hospital << client.toUpper() << QString() << u"client-id.other-environment"_s;
    QTest::newRow("same ID, same environment")
        << u"Northlake 2"_s << sandbox + u'/' << client << QString() << QString();
    QTest::newRow("no address yet") << u"Northlake 2"_s << QString() << client << QString() << QString();
}

void SavedCredentialsTest::compares()
{
    QFETCH(QString, name);
    QFETCH(QString, base);
    QFETCH(QString, clientId);
    QFETCH(QString, nameCode);
    QFETCH(QString, clientCode);
    CredentialDraft draft;
    draft.name = name;
    draft.fhirBaseUrl = base;
    draft.clientId = clientId;
    Validation validation = validate(draft);
    compareWithSaved(validation, draft, {saved(u"Northlake sandbox"_s, sandbox, client)});
    QCOMPARE(validation.of(Field::Name).code, nameCode);
    QCOMPARE(validation.of(Field::ClientId).code, clientCode);
    if (!nameCode.isEmpty())
        QCOMPARE(validation.of(Field::Name).state, Finding::State::Error);
    if (!clientCode.isEmpty()) {
        QCOMPARE(validation.of(Field::ClientId).state, Finding::State::Warning);
        QVERIFY(validation.of(Field::ClientId).message.contains(u"Northlake sandbox"));
    }
}

void SavedCredentialsTest::leavesTheEditedOneOut()
{
    const Credential own = saved(u"Northlake"_s, hospital, client);
    CredentialDraft draft = draftOf(own);
    Validation validation = validate(draft);
    compareWithSaved(validation, draft, {own}, own.id);
    QCOMPARE(validation.of(Field::Name).code, QString());
    QCOMPARE(validation.of(Field::ClientId).code, QString());
}

void SavedCredentialsTest::writesTheRegistrationSheet()
{
    const auto key = generateKey({KeyType::Ec, 0, u"P-384"_s});
    QVERIFY_RESULT(key);
    RegistrationFacts facts;
    facts.draft.name = u"Northlake"_s;
    facts.draft.fhirBaseUrl = hospital + u"/metadata"_s;
    facts.draft.clientId = client;
    facts.draft.jwkSetUrl = u"https://keys.example.org/jwks.json"_s;
    facts.publicKey = key->key.publicKey();
    facts.certificate = Certificate{"-----BEGIN CERTIFICATE-----\n", u"AB12"_s, u"CD34"_s};
    const QString sheet = registrationSheet(facts);
    for (const QString &part :
         {client, hospital, facts.publicKey->thumbprint(), u"AB12"_s, u"CD34"_s, u"\"keys\""_s, u"\"kid\""_s,
          u"ES384"_s, u"BEGIN PUBLIC KEY"_s, u"BEGIN CERTIFICATE"_s, facts.draft.jwkSetUrl})
        QVERIFY2(sheet.contains(part), qPrintable(part));
    QVERIFY(!sheet.contains(u"/metadata"));
    QVERIFY(!sheet.contains(u"PRIVATE"));
    QVERIFY(!sheet.contains(u"\"d\""));
}

QTEST_GUILESS_MAIN(SavedCredentialsTest)
#include "tst_savedcredentials.moc"
