// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ResourceSummary.h"
#include "core/fhir/ValueText.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QDirIterator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

QString oneLine(const ResourceSummary &summary)
{
    QStringList lines{summary.title,    summary.headline, summary.unit,
                      summary.subtitle, summary.status,   summary.narrative};
    for (const SummaryRow &row : summary.rows) {
        for (const SummaryPart &part : row.parts)
            lines.append(row.label + u": "_s + part.text);
    }
    for (const SummaryTable &table : summary.tables) {
        for (const QList<SummaryPart> &row : table.rows) {
            QStringList cells;
            for (const SummaryPart &cell : row)
                cells.append(cell.text);
            lines.append(cells.join(u" | "_s));
        }
    }
    return lines.join(u'\n');
}

Resource resource(const QByteArray &json)
{
    Result<Resource> read = parseResource(json);
    return read ? *read : Resource{};
}

} // namespace

/// Values and resources as a person reads them, by examples and over all real data at hand.
class TestResourceSummary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsValues_data();
    void readsValues();
    void readsAnObservation();
    void readsComponents();
    void readsNames();
    void showsWhatIsMissing();
    void knowsManyTypes();
    void fallsBackForUnknownTypes();
    void listsReferences();
    void makesNarrativesSafe_data();
    void makesNarrativesSafe();
    void summarizesRealData_data();
    void summarizesRealData();
    void survivesManyMembers();
};

void TestResourceSummary::readsValues_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const char *json, const char *text) {
        QTest::newRow(name) << QByteArray(json) << QString::fromUtf8(text);
    };
    row("concept with text", R"({"coding":[{"code":"1","display":"One"}],"text":"The one"})", "The one");
    row("concept, chosen coding",
        R"({"coding":[{"code":"1","display":"One"},{"code":"2","display":"Two","userSelected":true}]})", "Two");
    row("concept, only a code", R"({"coding":[{"system":"s","code":"8480-6"}]})", "8480-6");
    row("coding", R"({"system":"s","code":"AMB","display":"ambulatory"})", "ambulatory");
    row("quantity", R"({"value":36.90,"unit":"Cel","system":"u","code":"Cel"})", "36.90 Cel");
    row("quantity with comparator", R"({"comparator":"<","value":5,"code":"mg"})", "<5 mg");
    row("money", R"({"value":129.16,"currency":"USD"})", "129.16 USD");
    row("range", R"({"low":{"value":1,"unit":"m"},"high":{"value":2,"unit":"m"}})", "1 m to 2 m");
    row("range up to", R"({"high":{"value":2,"unit":"m"}})", "up to 2 m");
    row("ratio", R"({"numerator":{"value":1},"denominator":{"value":128}})", "1 / 128");
    row("period of a day", R"({"start":"2020-01-02T08:00:00Z","end":"2020-01-02T09:30:00Z"})",
        "2020-01-02 08:00 to 09:30");
    row("open period", R"({"start":"2020-01-02"})", "since 2020-01-02");
    row("name", R"({"use":"official","family":"Lopez","given":["Camila","Maria"],"prefix":["Ms."]})",
        "Ms. Camila Maria Lopez");
    row("address", R"({"line":["1 Main St"],"city":"Verona","state":"WI","postalCode":"53593"})",
        "1 Main St, Verona, WI 53593");
    row("identifier", R"({"type":{"text":"MRN"},"system":"urn:oid:1","value":"203713"})", "MRN 203713");
    row("phone", R"({"system":"phone","value":"555-1212","use":"home"})", "555-1212, home");
    row("reference", R"({"reference":"Patient/1","display":"Camila Lopez"})", "Camila Lopez");
    row("reference without display", R"({"reference":"Patient/1"})", "Patient/1");
    row("reference by identifier", R"({"type":"Patient","identifier":{"system":"s","value":"7"}})",
        "Patient 7 (by identifier only)");
    row("annotation", R"({"authorString":"Dr. A","time":"2020-01-01","text":"Seen"})", "Seen (Dr. A, 2020-01-01)");
    row("dosage",
        R"({"doseAndRate":[{"doseQuantity":{"value":1,"unit":"tablet"}}],"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}},"asNeededBoolean":true})",
        "1 tablet, 2 times a day, as needed");
    row("attachment", R"({"contentType":"application/pdf","url":"Binary/1","title":"Note"})",
        "Note, application/pdf, Binary/1");
    row("extension", R"({"url":"http://x/y/birthPlace","valueString":"Verona"})", "birthPlace: Verona");
    row("backbone element", R"({"id":"1","severity":"high","onset":"2020-01-01T10:00:00+01:00"})",
        "severity high; onset 2020-01-01 10:00");
    row("duplicates once", R"([{"text":"A"},{"text":"A"},{"text":"B"}])", "A, B");
}

void TestResourceSummary::readsValues()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, text);
    const auto read = JsonDocument::parse(json);
    QVERIFY_RESULT(read);
    QCOMPARE(valueText((*read)->root()), text);
}

void TestResourceSummary::readsAnObservation()
{
    const Resource observation =
        resource(R"({"resourceType":"Observation","id":"o1","status":"final","category":[{"text":"vital-signs"}],)"
                 R"("code":{"text":"Body temperature"},"subject":{"reference":"Patient/p1"},)"
                 R"("effectiveDateTime":"2025-11-18T09:14:00Z","valueQuantity":{"value":37.0,"unit":"Cel"},)"
                 R"("interpretation":[{"coding":[{"code":"H"}],"text":"High"}]})");
    const ResourceSummary summary = summarize(observation);
    QCOMPARE(summary.title, u"Body temperature"_s);
    QCOMPARE(summary.headline, u"37.0"_s);
    QCOMPARE(summary.unit, u"Cel"_s);
    QCOMPARE(summary.status, u"final"_s);
    QCOMPARE(summary.subtitle, u"2025-11-18 09:14, vital-signs"_s);
    QVERIFY(summary.isAbnormal);
    QCOMPARE(summaryLine(observation), u"Body temperature 37.0 Cel"_s);
    QStringList cells;
    for (const ResourceColumn &column : columnsFor(u"Observation"_s))
        cells.append(cellOf(observation, column).text);
    QCOMPARE(cells, (QStringList{u"2025-11-18 09:14"_s, u"Body temperature"_s, u"37.0"_s, u"Cel"_s, u"High"_s,
                                 u"final"_s, u"Patient/p1"_s}));
}

void TestResourceSummary::readsComponents()
{
    const Resource pressure =
        resource(R"({"resourceType":"Observation","code":{"text":"Blood pressure"},"component":[)"
                 R"({"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}],"text":"Systolic"},)"
                 R"("valueQuantity":{"value":128,"unit":"mmHg"}},)"
                 R"({"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}],"text":"Diastolic"},)"
                 R"("valueQuantity":{"value":82,"unit":"mmHg"}}]})");
    const ResourceSummary summary = summarize(pressure);
    QCOMPARE(summary.headline, u"128 / 82"_s);
    QCOMPARE(summary.unit, u"mmHg"_s);
    QCOMPARE(summary.tables.size(), 1);
    QCOMPARE(summary.tables.first().head, (QStringList{u"Component"_s, u"LOINC"_s, u"Value"_s}));
    QStringList cells;
    for (const SummaryPart &cell : summary.tables.first().rows.at(1))
        cells.append(cell.text);
    QCOMPARE(cells, (QStringList{u"Diastolic"_s, u"8462-4"_s, u"82 mmHg"_s}));
}

void TestResourceSummary::readsNames()
{
    const Resource patient = resource(
        R"({"resourceType":"Patient","id":"1","name":[{"use":"old","text":"Former"},{"use":"maiden","text":"Maiden"},)"
        R"({"use":"official","family":"Lopez","given":["Camila"]}],"gender":"female"})");
    QCOMPARE(resourceTitle(patient.root), u"Camila Lopez"_s);
    QCOMPARE(patient.path(), u"Patient/1"_s);
}

void TestResourceSummary::showsWhatIsMissing()
{
    const Resource patient =
        resource(R"({"resourceType":"Patient","_birthDate":{"extension":[{"url":)"
                 R"("http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}})");
    QVERIFY(oneLine(summarize(patient)).contains(u"Birth date: not given: unknown"_s));
}

void TestResourceSummary::knowsManyTypes()
{
    QVERIFY(typesWithColumns().size() >= 25);
    for (const QString &type : typesWithColumns()) {
        QVERIFY2(columnsFor(type).size() >= 2, qPrintable(type));
        for (const ResourceColumn &column : columnsFor(type))
            QVERIFY2(!column.title.isEmpty() && !column.paths.isEmpty(), qPrintable(type));
    }
}

void TestResourceSummary::fallsBackForUnknownTypes()
{
    const Resource unknown = resource(R"({"resourceType":"Invention","id":"7","gadget":{"size":3,"colour":"red"}})");
    const ResourceSummary summary = summarize(unknown);
    QCOMPARE(summary.title, u"Invention 7"_s);
    QCOMPARE(oneLine(summary).section(u'\n', -1), u"Gadget: size 3; colour red"_s);
    QCOMPARE(cellOf(unknown, columnsFor(u"Invention"_s).first()).text, u"Invention 7"_s);
    QVERIFY_FAILS(parseResource(R"({"id":"7"})"), "fhir.no-resource");
}

void TestResourceSummary::listsReferences()
{
    const Resource report = resource(
        R"({"resourceType":"DiagnosticReport","subject":{"reference":"Patient/1"},"result":[{"reference":"#a"},)"
        R"({"reference":"urn:uuid:5"},{"reference":"Patient/1"}]})");
    QCOMPARE(referencesIn(report.root), (QStringList{u"Patient/1"_s, u"#a"_s, u"urn:uuid:5"_s}));
}

void TestResourceSummary::makesNarrativesSafe_data()
{
    QTest::addColumn<QString>("xhtml");
    QTest::addColumn<QString>("text");
    QTest::newRow("blocks") << u"<div xmlns='x'><p>One&nbsp;two</p><ul><li>a</li><li>b</li></ul></div>"_s
                            << u"One two\na\nb"_s;
    QTest::newRow("script") << u"<div>Hello<script>alert('x')</script> world</div>"_s << u"Hello world"_s;
    QTest::newRow("image") << u"<div><img src='http://evil.example/x.png' onerror='x()'/>Seen</div>"_s << u"Seen"_s;
    QTest::newRow("not well-formed") << u"<div>Hi<br>there <script>bad()</script>end"_s << u"Hi there end"_s;
    QTest::newRow("escaped markup") << u"<div>a &lt;b&gt; c</div>"_s << u"a <b> c"_s;
    QTest::newRow("entity bomb")
        << u"<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><div>x</div>"_s
        << u"x"_s;
}

void TestResourceSummary::makesNarrativesSafe()
{
    QFETCH(QString, xhtml);
    QFETCH(QString, text);
    QCOMPARE(narrativeText(xhtml), text);
}

void TestResourceSummary::summarizesRealData_data()
{
    REQUIRE_SHARED_DATA("fhir-r4/spec-examples");
    QTest::addColumn<QString>("path");
    for (const QString &folder : {u"fhir-r4"_s, u"fhir-servers"_s, u"fhir-ndjson"_s}) {
        QDirIterator files(sharedData(folder), {u"*.json"_s, u"*.ndjson"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            QTest::newRow(qPrintable(path.sliced(sharedData(folder).size() - folder.size()))) << path;
        }
    }
}

void TestResourceSummary::summarizesRealData()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QList<Resource> found;
    const auto collect = [&found](const Resource &read) {
        found.append(read);
        for (const JsonValue entry : read.root[u"entry"]) {
            if (entry[u"resource"].isObject())
                found.append({read.document, entry[u"resource"], {}});
        }
    };
    if (path.endsWith(u".ndjson"_s)) {
        for (const QByteArray &line : text.split('\n')) {
            if (const auto read = parseResource(line))
                collect(*read);
        }
    } else if (const auto read = parseResource(text)) {
        collect(*read);
    }
    for (const Resource &shown : std::as_const(found)) {
        if (shown.type().isEmpty())
            continue; // of test data made wrong on purpose
        const ResourceSummary summary = summarize(shown);
        const QByteArray where = toCompactJson(shown.root).left(600);
        QVERIFY2(!summary.title.isEmpty(), where.constData());
        const QString all = oneLine(summary);
        QVERIFY2(!all.contains(u"<div"_s), qPrintable(all.left(2000)));
        const bool hasContent = shown.root.size() > 3;
        QVERIFY2(!hasContent || !summary.rows.isEmpty() || !summary.tables.isEmpty() || !summary.narrative.isEmpty() ||
                     !summary.status.isEmpty(),
                 where.constData());
        for (const SummaryRow &row : summary.rows) {
            for (const SummaryPart &part : row.parts)
                QVERIFY2(!part.text.trimmed().isEmpty(), qPrintable(row.label));
        }
        // A title of more than a type and an id, where the resource says what it is.
        if (shown.root[u"code"][u"text"].isString() && typesWithColumns().contains(shown.type()) &&
            shown.type() != u"PractitionerRole" && shown.type() != u"Group" && shown.type() != u"Questionnaire" &&
            shown.type() != u"Task" && shown.type() != u"Provenance")
            QCOMPARE(summary.title, shown.root[u"code"][u"text"].text().simplified().left(200));
    }
}

void TestResourceSummary::survivesManyMembers()
{
    QByteArray wide = R"({"resourceType":"Basic")";
    for (int i = 0; i < 100'000; ++i)
        wide += ",\"c" + QByteArray::number(i) + "\":\"v\"";
    const ResourceSummary summary = summarize(resource(wide + '}'));
    QVERIFY(summary.rows.size() < 1000);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestResourceSummary)
#include "tst_resourcesummary.moc"
