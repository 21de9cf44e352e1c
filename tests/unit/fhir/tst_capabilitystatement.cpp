// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/StatementMemory.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

QByteArray contents(const QString &path)
{
    QFile file(sharedData(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestCapabilityStatement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void epic();
    void olderVersions();
    void azure();
    void dstu2Conformance();
    void refuses_data();
    void refuses();
    void toleratesOddShapes();
    void remembers();
};

void TestCapabilityStatement::epic()
{
    REQUIRE_SHARED_DATA("fhir-servers/epic/CapabilityStatement-2026-04-26.json");
    const auto read = readCapabilityStatement(contents(u"fhir-servers/epic/CapabilityStatement-2026-04-26.json"_s));
    QVERIFY_RESULT(read);
    QCOMPARE(read->fhirVersion, u"4.0.1"_s);
    QCOMPARE(read->softwareName, u"Epic"_s);
    QCOMPARE(read->softwareVersion, u"February 2026"_s);
    QCOMPARE(read->tokenEndpoint, u"https://fhir.epic.com/interconnect-fhir-oauth/oauth2/token"_s);
    QVERIFY(read->types.size() > 40);
    const auto *patient = read->type(u"Patient");
    QVERIFY(patient);
    QVERIFY(patient->interactions.contains(u"search-type"_s));
    QVERIFY(patient->searchParameters.contains(u"_id"_s));
    QVERIFY(!read->type(u"patient"));
}

void TestCapabilityStatement::olderVersions()
{
    REQUIRE_SHARED_DATA("fhir-servers/epic/CapabilityStatement-stu3-not-r4.json");
    const auto read = readCapabilityStatement(contents(u"fhir-servers/epic/CapabilityStatement-stu3-not-r4.json"_s));
    QVERIFY_RESULT(read);
    QVERIFY2(read->fhirVersion.startsWith(u"3."), qPrintable(read->fhirVersion));
}

void TestCapabilityStatement::azure()
{
    REQUIRE_SHARED_DATA("fhir-servers/azure/CapabilityStatement-azure-api-for-fhir-r4.json");
    const auto read =
        readCapabilityStatement(contents(u"fhir-servers/azure/CapabilityStatement-azure-api-for-fhir-r4.json"_s));
    QVERIFY_RESULT(read);
    QVERIFY(read->fhirVersion.startsWith(u"4."));
    QVERIFY(read->type(u"Account"));
}

void TestCapabilityStatement::dstu2Conformance()
{
    const auto read = readCapabilityStatement(R"({"resourceType":"Conformance","fhirVersion":"1.0.2","rest":[
        {"mode":"client","security":{"extension":[{"url":"x/oauth-uris","extension":[{"url":"token","valueUri":"https://wrong.test/"}]}]}},
        {"mode":"server","security":{"extension":[{"url":"http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
            "extension":[{"url":"authorize","valueUri":"https://a.test/authorize"},{"url":"token","valueUri":"https://a.test/token"}]}]},
         "resource":[{"type":"Patient","interaction":[{"code":"read"}],"searchParam":[{"name":"name"}]}]}]})");
    QVERIFY_RESULT(read);
    QCOMPARE(read->fhirVersion, u"1.0.2"_s);
    QCOMPARE(read->tokenEndpoint, u"https://a.test/token"_s);
    QCOMPARE(read->types.size(), 1);
}

void TestCapabilityStatement::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::addRow("XML") << R"(<?xml version="1.0"?><CapabilityStatement xmlns="http://hl7.org/fhir"/>)"_ba
                         << u"fhir.is-xml"_s;
    QTest::addRow("XML with a BOM") << "\xef\xbb\xbf<CapabilityStatement xmlns=\"http://hl7.org/fhir\"/>"_ba
                                    << u"fhir.is-xml"_s;
    QTest::addRow("HTML") << "<!DOCTYPE html><html></html>"_ba << u"fhir.not-json"_s;
    QTest::addRow("nothing") << ""_ba << u"fhir.not-json"_s;
    QTest::addRow("an array") << "[]"_ba << u"fhir.not-json"_s;
    QTest::addRow("broken off") << R"({"resourceType":"CapabilityStatement",)"_ba << u"fhir.not-json"_s;
    QTest::addRow("nested too deep") << QByteArray(100'000, '[') << u"fhir.not-json"_s;
    QTest::addRow("other JSON") << "{}"_ba << u"fhir.wrong-resource"_s;
    QTest::addRow("OperationOutcome") << R"({"resourceType":"OperationOutcome"})"_ba << u"fhir.wrong-resource"_s;
}

void TestCapabilityStatement::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    const auto read = readCapabilityStatement(body);
    QVERIFY(!read);
    QCOMPARE(read.error().code, code);
    QVERIFY(!read.error().message.isEmpty() && !read.error().hint.isEmpty());
}

void TestCapabilityStatement::toleratesOddShapes()
{
    const auto read = readCapabilityStatement(
        R"({"resourceType":"CapabilityStatement","fhirVersion":4,"rest":[null,7,{"resource":[null,{"type":5}],"security":[]}],"software":"x"})");
    QVERIFY_RESULT(read);
    QVERIFY(read->fhirVersion.isEmpty());
    QVERIFY(read->tokenEndpoint.isEmpty());
}

void TestCapabilityStatement::remembers()
{
    const auto body = [](int number) {
        return R"({"resourceType":"CapabilityStatement","software":{"name":"Server )" + QByteArray::number(number) +
               R"("}})";
    };
    StatementMemory memory;
    const auto first = memory.read(body(1));
    QVERIFY_RESULT(first);
    QCOMPARE((*first)->softwareName, u"Server 1"_s);
    QCOMPARE(memory.read(body(1))->get(), first->get()); // not read again
    for (int number = 2; number < 200; ++number)
        QCOMPARE((*memory.read(body(number)))->softwareName, u"Server %1"_s.arg(number));
    QCOMPARE((*memory.read(body(1)))->softwareName, u"Server 1"_s); // forgotten, and read again
    QVERIFY_FAILS(memory.read("<html>"), "fhir.not-json");
    QVERIFY_FAILS(memory.read("<html>"), "fhir.not-json");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCapabilityStatement)
#include "tst_capabilitystatement.moc"
