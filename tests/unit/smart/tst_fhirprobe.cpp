// SPDX-License-Identifier: Apache-2.0
#include "core/smart/FhirProbe.h"

#include "core/smart/Scopes.h"
#include "tests/support/SharedData.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

class TestFhirProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chooses_data();
    void chooses();
    void serverMustOfferTheSearch();
    void epicsOwnScopes();
    void touchesNoRecordAtHospitals_data();
    void touchesNoRecordAtHospitals();
};

void TestFhirProbe::chooses_data()
{
    QTest::addColumn<QString>("granted");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *granted, const char *path) {
        QTest::addRow("%s", granted) << QString::fromLatin1(granted) << QString::fromLatin1(path);
    };
    row("", "Patient?_count=1");
    row("openid fhirUser", "Patient?_count=1");
    row("system/*.read", "Patient?_count=1");
    row("system/Group.rs system/Patient.rs", "Patient?_count=1");
    row("system/Group.rs", "Group?_count=1");
    row("system/Patient.r system/Organization.s", "Organization?_count=1");
    row("system/Patient.write system/Practitioner.read", "Practitioner?_count=1");
    row("system/Observation.rs", "Observation?category=laboratory&_count=1");
    row("system/Condition.rs", "Condition?category=problem-list-item&_count=1");
    row("system/Basic.rs", "Basic?_count=1");
    row("system/Patient.rs?x=y", "Patient?_count=1");
}

void TestFhirProbe::chooses()
{
    QFETCH(QString, granted);
    QFETCH(QString, path);
    Credential credential;
    credential.fhirBaseUrl = u"https://fhir.example.test/r4"_s;
    QCOMPARE(chooseProbe(splitScopes(granted), nullptr, credential).path, path);
}

void TestFhirProbe::serverMustOfferTheSearch()
{
    CapabilityStatement statement;
    statement.types = {{u"Patient"_s, {u"read"_s}, {}}, {u"Location"_s, {u"search-type"_s}, {}}};
    Credential credential;
    credential.fhirBaseUrl = u"https://fhir.example.test/r4"_s;
    QCOMPARE(chooseProbe({u"system/*.rs"_s}, &statement, credential).type, u"Location"_s);
    QCOMPARE(chooseProbe({u"system/Patient.rs"_s}, &statement, credential).type, u"Patient"_s); // nothing better
}

void TestFhirProbe::epicsOwnScopes()
{
    REQUIRE_SHARED_DATA("fhir-servers/epic/granted-scopes-2026-04-26.txt");
    QFile scopes(sharedData(u"fhir-servers/epic/granted-scopes-2026-04-26.txt"_s));
    QFile metadata(sharedData(u"fhir-servers/epic/CapabilityStatement-2026-04-26.json"_s));
    QVERIFY(scopes.open(QIODevice::ReadOnly) && metadata.open(QIODevice::ReadOnly));
    const auto statement = readCapabilityStatement(metadata.readAll());
    QVERIFY(statement.has_value());
    Credential credential;
    credential.fhirBaseUrl = u"https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4"_s;
    const ProbeSearch probe = chooseProbe(splitScopes(QString::fromUtf8(scopes.readAll())), &*statement, credential);
    QCOMPARE(probe.path, u"Patient?_id=erXuFYUfucBZaryVksYEcMg3&_count=1"_s);
}

void TestFhirProbe::touchesNoRecordAtHospitals_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<bool>("anybody");
    QTest::addRow("hospital") << u"https://epicproxy.et0922.epichosted.com/FHIRProxy/api/FHIR/R4"_s << false;
    QTest::addRow("loopback") << u"http://127.0.0.1:8080/interconnect-fhir-oauth/api/FHIR/R4"_s << true;
}

void TestFhirProbe::touchesNoRecordAtHospitals()
{
    QFETCH(QString, base);
    QFETCH(bool, anybody);
    CapabilityStatement statement;
    statement.softwareName = u"Epic"_s;
    Credential credential;
    credential.fhirBaseUrl = base;
    QCOMPARE(chooseProbe({u"system/Patient.rs"_s}, &statement, credential).path == u"Patient?_count=1", anybody);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestFhirProbe)
#include "tst_fhirprobe.moc"
