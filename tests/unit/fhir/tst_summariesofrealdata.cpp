// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ResourceColumns.h"
#include "core/fhir/ResourceSummary.h"
#include "core/fhir/ValueText.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QDirIterator>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

/// All that a summary shows, as one text.
QString everythingIn(const ResourceSummary &summary)
{
    QStringList lines{summary.title, summary.headline + u' ' + summary.unit, summary.subtitle, summary.status,
                      summary.narrative};
    for (const SummaryRow &row : summary.rows) {
        lines.append(row.label);
        for (const SummaryPart &part : row.parts)
            lines.append(part.text);
    }
    for (const SummaryTable &table : summary.tables) {
        lines.append(table.title);
        for (const QList<SummaryPart> &row : table.rows) {
            for (const SummaryPart &cell : row)
                lines.append(cell.text);
        }
    }
    return lines.join(u'\n').simplified();
}

QStringList labelsIn(const ResourceSummary &summary)
{
    QStringList labels;
    for (const SummaryRow &row : summary.rows)
        labels.append(row.label);
    for (const SummaryTable &table : summary.tables)
        labels.append(table.title);
    return labels;
}

QSet<QString> linksIn(const ResourceSummary &summary)
{
    QSet<QString> links;
    for (const SummaryRow &row : summary.rows) {
        for (const SummaryPart &part : row.parts)
            links.insert(part.reference);
    }
    return links;
}

/// What a person looks for first, by type: values at these paths must be readable in the summary, word for word (dates:
/// their day). Paths are those of valuesAt(), parted by spaces.
const QMap<QString, QString> &mustShow()
{
    static const QMap<QString, QString> paths{
        {u"AllergyIntolerance"_s,
         u"code.text code.coding.display clinicalStatus.coding.code criticality recordedDate reaction.severity"_s},
        {u"Appointment"_s, u"start end status description participant.actor.display"_s},
        {u"CarePlan"_s, u"status intent title period.start period.end"_s},
        {u"CareTeam"_s, u"status name participant.member.display"_s},
        {u"Claim"_s, u"status use total.value total.currency"_s},
        {u"Condition"_s, u"code.text clinicalStatus.coding.code onsetDateTime recordedDate"_s},
        {u"Coverage"_s, u"status subscriberId period.start"_s},
        {u"DiagnosticReport"_s, u"status code.text effectiveDateTime conclusion"_s},
        {u"DocumentReference"_s, u"status type.text date content.attachment.contentType"_s},
        {u"Encounter"_s, u"status period.start class.display"_s},
        {u"Endpoint"_s, u"status name address"_s},
        {u"Goal"_s, u"lifecycleStatus description.text startDate"_s},
        {u"Immunization"_s, u"status vaccineCode.text occurrenceDateTime lotNumber"_s},
        {u"Location"_s, u"status name address.city"_s},
        {u"Medication"_s, u"code.text"_s},
        {u"MedicationRequest"_s, u"status intent authoredOn medicationReference.display dosageInstruction.text"_s},
        {u"Observation"_s, u"status code.text effectiveDateTime valueQuantity.value valueString "
                           "component.valueQuantity.value component.code.text"_s},
        {u"OperationOutcome"_s, u"issue.severity issue.diagnostics"_s},
        {u"Organization"_s, u"name address.city telecom.value"_s},
        {u"Patient"_s, u"name.family gender birthDate identifier.value address.city telecom.value"_s},
        {u"Practitioner"_s, u"name.family identifier.value"_s},
        {u"Procedure"_s, u"status code.text performedDateTime"_s},
        {u"ServiceRequest"_s, u"status intent code.text authoredOn"_s},
        {u"Specimen"_s, u"status type.text receivedTime"_s}};
    return paths;
}

QString normalized(const QString &text)
{
    static const QRegularExpression time(u"^(\\d{4}-\\d{2}-\\d{2})T.*$"_s);
    return QString(text).replace(time, u"\\1"_s).simplified();
}

/// Members that have no row of their own: shown at the top, at the end, as narrative, or not for people.
bool isShownElsewhere(const QString &name)
{
    static const QSet<QString> names{u"resourceType"_s,  u"id"_s,       u"meta"_s,     u"text"_s, u"status"_s,
                                     u"implicitRules"_s, u"language"_s, u"contained"_s};
    return names.contains(name) || name.startsWith(u'_');
}

} // namespace

/// Every resource of the real data at hand, held against what must be readable in its summary.
class TestSummariesOfRealData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsEveryElement_data();
    void showsEveryElement();
    void knowsEnoughTypes();

private:
    void check(const Resource &resource);
    QSet<QString> m_types;
    qsizetype m_resources = 0;
};

void TestSummariesOfRealData::initTestCase()
{
    REQUIRE_SHARED_DATA("fhir-r4/spec-examples");
}

void TestSummariesOfRealData::showsEveryElement_data()
{
    QTest::addColumn<QString>("path");
    for (const QString &folder : {u"fhir-r4"_s, u"fhir-servers"_s, u"fhir-ndjson"_s, u"bulk-manifests"_s}) {
        QDirIterator files(sharedData(folder), {u"*.json"_s, u"*.ndjson"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            QTest::newRow(qPrintable(path.sliced(sharedData(folder).size() - folder.size()))) << path;
        }
    }
}

void TestSummariesOfRealData::showsEveryElement()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    const QByteArrayList documents = path.endsWith(u".ndjson"_s) ? text.split('\n') : QByteArrayList{text};
    for (const QByteArray &one : documents) {
        const auto read = parseResource(one);
        if (!read)
            continue; // data made wrong on purpose; what says so is tested elsewhere
        check(*read);
        for (const JsonValue entry : read->root[u"entry"]) {
            if (entry[u"resource"][u"resourceType"].isString())
                check({read->document, entry[u"resource"], {}});
            if (QTest::currentTestFailed())
                return;
        }
        if (QTest::currentTestFailed())
            return;
    }
}

void TestSummariesOfRealData::check(const Resource &resource)
{
    ++m_resources;
    m_types.insert(resource.type());
    const ResourceSummary summary = summarize(resource);
    const QString all = everythingIn(summary);
    const QString where = resource.path();
    const auto missing = [&](const QString &what) {
        return qPrintable(u"%1 lacks %2 in: %3"_s.arg(where, what, all.left(1500)));
    };
    QVERIFY2(!summary.title.isEmpty(), missing(u"title"_s));
    QVERIFY2(!summary.title.startsWith(u'#'), missing(u"the title of what is contained"_s));
    QVERIFY2(!all.contains(u"<div"_s) && !all.contains(u"object Object"_s), missing(u"plain text"_s));

    const QStringList labels = labelsIn(summary);
    for (const JsonValue member : resource.root) {
        if (isShownElsewhere(member.name()) || valueText(member).isEmpty())
            continue;
        const bool isComponent = resource.type() == u"Observation" && member.name() == u"component";
        const bool isContent = resource.type() == u"Binary" && member.name() == u"data";
        const QString label = isComponent ? u"Component"_s : isContent ? u"Content"_s : elementLabel(member.name());
        QVERIFY2(labels.contains(label) || labels.size() >= 200, missing(member.name()));
    }
    const QString status = resource.root[u"status"].text();
    QVERIFY2(all.contains(status), missing(status));
    for (const SummaryRow &row : summary.rows) {
        QVERIFY2(!row.label.isEmpty() && !row.parts.isEmpty(), missing(row.label));
        for (const SummaryPart &part : row.parts)
            QVERIFY2(!part.text.trimmed().isEmpty(), missing(row.label));
    }
    for (const SummaryTable &table : summary.tables) {
        for (const QList<SummaryPart> &row : table.rows)
            QCOMPARE(row.size(), table.head.size());
    }
    const QSet<QString> links = linksIn(summary);
    for (const JsonValue member : resource.root) { // references of the resource itself can be followed
        if (const QString reference = member[u"reference"].text(); !reference.isEmpty())
            QVERIFY2(links.contains(reference), missing(reference));
    }
    for (const QString &path : mustShow().value(resource.type()).split(u' ', Qt::SkipEmptyParts)) {
        const QList<JsonValue> values = valuesAt(resource.root, path);
        for (const JsonValue value : values.mid(0, 3)) {
            const QString text = normalized(value.text()).left(200);
            // A concept with a text of its own shows that in place of its codings' words.
            const bool hasText = path.endsWith(u"coding.display"_s) || path.endsWith(u"coding.code"_s)
                                     ? !valueText(value.parent().parent().parent()).isEmpty()
                                     : false;
            QVERIFY2(hasText || all.contains(text), missing(path + u" = "_s + text));
        }
    }
    for (const ResourceColumn &column : columnsFor(resource.type()))
        QVERIFY2(!cellOf(resource, column).text.contains(u"<div"_s), missing(column.title));
    QVERIFY(!summaryLine(resource).isEmpty());
}

void TestSummariesOfRealData::knowsEnoughTypes()
{
    // 117 types of the specification's examples, and what the servers add.
    QVERIFY2(m_types.size() >= 115, qPrintable(QString::number(m_types.size())));
    QVERIFY2(m_resources > 10'000, qPrintable(QString::number(m_resources)));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestSummariesOfRealData)
#include "tst_summariesofrealdata.moc"
