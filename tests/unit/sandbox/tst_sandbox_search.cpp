// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fhir/ResourceStream.h"

#include <QJsonArray>
#include <QTest>
#include <QUrl>

using namespace credenza::sandbox;
using namespace Qt::StringLiterals;

namespace
{

constexpr qint64 patients = 40;
const QString base = u"http://127.0.0.1:8080/interconnect-fhir-oauth/api/FHIR/R4"_s;

std::expected<Search, Issues> read(const SampleData &data, ResourceType type, const QByteArray &query)
{
    return readSearch(type, parseForm(query).value(), data, base);
}

/// All matches of a query that must be valid.
QList<QJsonObject> found(const SampleData &data, ResourceType type, const QByteArray &query)
{
    const Search search = read(data, type, query).value();
    ResourceStream stream(data, search, {});
    QList<QJsonObject> all;
    while (!stream.atEnd()) {
        const auto resource = stream.next();
        if (resource && matches(*resource, search))
            all.append(*resource);
    }
    return all;
}

QString patientId(const SampleData &data, qint64 patient)
{
    return data.ids().id({ResourceType::Patient, patient, 0});
}

} // namespace

class TestSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDates_data();
    void readsDates();
    void comparesDates_data();
    void comparesDates();
    void findsPatientsByName();
    void findsPatientsByToken();
    void findsWhatBelongsToAPatient();
    void findsByCategoryAndCode();
    void findsByDate();
    void findsByIds();
    void followsReferences();
    void everyParameterFindsSomething();
    void refuses_data();
    void refuses();
    void ignoresUnknownParameters();

private:
    SampleData m_data{1, patients};
};

void TestSearch::readsDates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("start"); // empty: no date
    QTest::addColumn<QString>("end");
    QTest::newRow("year") << u"2024"_s << u"2024-01-01T00:00:00Z"_s << u"2025-01-01T00:00:00Z"_s;
    QTest::newRow("month") << u"2024-02"_s << u"2024-02-01T00:00:00Z"_s << u"2024-03-01T00:00:00Z"_s;
    QTest::newRow("day") << u"2024-02-29"_s << u"2024-02-29T00:00:00Z"_s << u"2024-03-01T00:00:00Z"_s;
    QTest::newRow("minute") << u"2024-02-29T23:59Z"_s << u"2024-02-29T23:59:00Z"_s << u"2024-03-01T00:00:00Z"_s;
    QTest::newRow("second") << u"2024-02-29T23:59:59"_s << u"2024-02-29T23:59:59Z"_s << u"2024-03-01T00:00:00Z"_s;
    QTest::newRow("zone") << u"2024-03-01T01:30:00+02:00"_s << u"2024-02-29T23:30:00Z"_s << u"2024-02-29T23:30:01Z"_s;
    QTest::newRow("no leap day") << u"2023-02-29"_s << QString() << QString();
    QTest::newRow("month 13") << u"2023-13"_s << QString() << QString();
    QTest::newRow("hour 24") << u"2023-01-01T24:00"_s << QString() << QString();
    QTest::newRow("hour only") << u"2023-01-01T12"_s << QString() << QString();
    QTest::newRow("two digits") << u"23"_s << QString() << QString();
    QTest::newRow("words") << u"yesterday"_s << QString() << QString();
    QTest::newRow("empty") << QString() << QString() << QString();
}

void TestSearch::readsDates()
{
    QFETCH(QString, text);
    QFETCH(QString, start);
    QFETCH(QString, end);
    const auto range = DateRange::parse(text);
    QCOMPARE(range.has_value(), !start.isEmpty());
    if (range) {
        QCOMPARE(range->start, QDateTime::fromString(start, Qt::ISODate));
        QCOMPARE(range->end, QDateTime::fromString(end, Qt::ISODate));
    }
}

void TestSearch::comparesDates_data()
{
    QTest::addColumn<QString>("criterion");
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("matching");
    QTest::newRow("day in year") << u"2024"_s << u"2024-05-05"_s << true;
    QTest::newRow("eq, day in month") << u"eq2024-05"_s << u"2024-05-31T23:59:59Z"_s << true;
    QTest::newRow("eq, year in day") << u"2024-05-05"_s << u"2024"_s << false;
    QTest::newRow("lt before") << u"lt2024-05-05"_s << u"2024-05-04"_s << true;
    QTest::newRow("lt same") << u"lt2024-05-05"_s << u"2024-05-05"_s << false;
    QTest::newRow("le same") << u"le2024-05-05"_s << u"2024-05-05T10:00:00Z"_s << true;
    QTest::newRow("le after") << u"le2024-05-05"_s << u"2024-05-06"_s << false;
    QTest::newRow("gt same") << u"gt2024-05-05"_s << u"2024-05-05T10:00:00Z"_s << false;
    QTest::newRow("gt after") << u"gt2024-05-05"_s << u"2024-05-06"_s << true;
    QTest::newRow("ge same") << u"ge2024-05-05"_s << u"2024-05-05"_s << true;
    QTest::newRow("ge before") << u"ge2024-05-05"_s << u"2024-05-04"_s << false;
}

void TestSearch::comparesDates()
{
    QFETCH(QString, criterion);
    QFETCH(QString, target);
    QFETCH(bool, matching);
    QCOMPARE(DateCriterion::parse(criterion)->matches(*DateRange::parse(target)), matching);
}

void TestSearch::findsPatientsByName()
{
    const QJsonObject first = *m_data.resource({ResourceType::Patient, 0, 0});
    const QJsonObject name = first.value(u"name"_s).toArray().at(0).toObject();
    const QString family = name.value(u"family"_s).toString();
    const auto query = [](const char *parameter, const QString &value) {
        return QByteArray(parameter) + '=' + QUrl::toPercentEncoding(value);
    };
    for (const QByteArray &one :
         {query("family", family.left(3).toLower()), query("family", family.toUpper()), query("family:exact", family),
          query("family:contains", family.mid(1, 4)), query("name", name.value(u"given"_s).toArray().at(0).toString()),
          query("name", family), query("given", name.value(u"given"_s).toArray().at(1).toString())}) {
        const auto results = found(m_data, ResourceType::Patient, one);
        QVERIFY2(results.contains(first), one.constData());
        QVERIFY2(results.size() < patients, one.constData());
    }
    QVERIFY(found(m_data, ResourceType::Patient, query("family:exact", family.toLower())).isEmpty());
    QVERIFY(found(m_data, ResourceType::Patient, "family=%25").isEmpty());
}

void TestSearch::findsPatientsByToken()
{
    const auto women = found(m_data, ResourceType::Patient, "gender=female");
    const auto men = found(m_data, ResourceType::Patient, "gender=male");
    QCOMPARE(women.size() + men.size(), patients);
    QVERIFY(!women.isEmpty() && !men.isEmpty());
    QCOMPARE(found(m_data, ResourceType::Patient, "gender=male,female").size(), patients);
    QCOMPARE(found(m_data, ResourceType::Patient, "gender=male&gender=female").size(), 0);
    QCOMPARE(found(m_data, ResourceType::Patient, "identifier=S0000003").size(), 1);
    QCOMPARE(found(m_data, ResourceType::Patient, "identifier=urn:oid:2.16.840.1.113883.19.5.1%7CS0000003").size(), 1);
    QCOMPARE(found(m_data, ResourceType::Patient, "identifier=urn:oid:2.16.840.1.113883.19.5.1%7C").size(), patients);
    QCOMPARE(found(m_data, ResourceType::Patient, "identifier=urn:other%7CS0000003").size(), 0);
    QCOMPARE(found(m_data, ResourceType::Patient, "identifier=%7CS0000003").size(), 0);
}

void TestSearch::findsWhatBelongsToAPatient()
{
    for (const ResourceType type : allResourceTypes) {
        if (!searchParameter(type, u"patient"_s))
            continue;
        const QByteArray extra = type == ResourceType::CarePlan      ? "&category=38717003"
                                 : type == ResourceType::Observation ? "&category=vital-signs,laboratory,social-history"
                                                                     : "";
        const QString id = patientId(m_data, 3);
        const int expected = m_data.story(3).count(type);
        for (const QString &reference : {id, QString(u"Patient/"_s + id), QString(base + u"/Patient/"_s + id)}) {
            const auto results = found(m_data, type, "patient=" + reference.toLatin1() + extra);
            QCOMPARE(results.size(), expected);
        }
        const QString two = id + u',' + patientId(m_data, 5);
        QCOMPARE(found(m_data, type, "patient=" + two.toLatin1() + extra).size(),
                 expected + m_data.story(5).count(type));
        QCOMPARE(found(m_data, type, "patient=e0000000000000000000003" + extra).size(), 0);
    }
}

void TestSearch::findsByCategoryAndCode()
{
    const auto all = found(m_data, ResourceType::Observation, "category=vital-signs,laboratory,social-history");
    const auto vitals = found(m_data, ResourceType::Observation, "category=vital-signs");
    const auto labs = found(m_data, ResourceType::Observation,
                            "category=http://terminology.hl7.org/CodeSystem/observation-category%7Claboratory");
    QVERIFY(!vitals.isEmpty() && !labs.isEmpty());
    QVERIFY(vitals.size() + labs.size() < all.size());
    const auto heartRates = found(m_data, ResourceType::Observation, "code=http://loinc.org%7C8867-4");
    QVERIFY(!heartRates.isEmpty() && heartRates.size() < vitals.size());
    QCOMPARE(found(m_data, ResourceType::Observation, "code=8867-4&category=laboratory").size(), 0);
    QCOMPARE(found(m_data, ResourceType::Observation, "code=http://snomed.info/sct%7C8867-4").size(), 0);
}

void TestSearch::findsByDate()
{
    const auto all = found(m_data, ResourceType::Encounter, "date=gt1900");
    const auto before = found(m_data, ResourceType::Encounter, "date=lt2024-07-01");
    const auto since = found(m_data, ResourceType::Encounter, "date=ge2024-07-01");
    QVERIFY(!before.isEmpty() && !since.isEmpty());
    QVERIFY(before.size() + since.size() >= all.size()); // a stay over midnight is in both
    QVERIFY(before.size() + since.size() <= all.size() + 3);
    const auto year = found(m_data, ResourceType::Encounter, "date=ge2024-01-01&date=lt2025-01-01");
    QVERIFY(!year.isEmpty() && year.size() < since.size());
    QCOMPARE(found(m_data, ResourceType::Patient, "birthdate=le2026-06-01").size(), patients);
}

void TestSearch::findsByIds()
{
    const QByteArray first = patientId(m_data, 0).toLatin1();
    const QByteArray last = patientId(m_data, patients - 1).toLatin1();
    QCOMPARE(found(m_data, ResourceType::Patient, "_id=" + first).size(), 1);
    QCOMPARE(found(m_data, ResourceType::Patient, "_id=" + last + ',' + first + ',' + first).size(), 2);
    QCOMPARE(found(m_data, ResourceType::Patient, "_id=" + first + "&_id=" + last).size(), 0);
    QCOMPARE(found(m_data, ResourceType::Patient, "_id=nonsense").size(), 0);
    const QByteArray observation = m_data.ids().id({ResourceType::Observation, 2, 1}).toLatin1();
    QCOMPARE(found(m_data, ResourceType::Observation, "_id=" + observation).size(), 1);
    QCOMPARE(found(m_data, ResourceType::Observation, "_id=" + observation + "&category=laboratory").size(), 0);
}

void TestSearch::followsReferences()
{
    const QString encounter = m_data.ids().id({ResourceType::Encounter, 3, 0});
    const auto observations =
        found(m_data, ResourceType::Observation, "category=vital-signs&encounter=Encounter/" + encounter.toLatin1());
    QVERIFY(observations.size() >= 6);
    const auto reports =
        found(m_data, ResourceType::DiagnosticReport, "subject:Patient=" + patientId(m_data, 3).toLatin1());
    QCOMPARE(reports.size(), m_data.story(3).count(ResourceType::DiagnosticReport));
    QCOMPARE(found(m_data, ResourceType::Group, "member=Patient/" + patientId(m_data, 3).toLatin1()).size(), 1);
}

void TestSearch::everyParameterFindsSomething()
{
    // What the CapabilityStatement lists must reach something in the data.
    for (const ResourceType type : allResourceTypes) {
        for (const SearchParameter &parameter : searchParameters(type)) {
            bool reached = false;
            for (qint64 owner = 0; owner < m_data.owners(type) && !reached; ++owner) {
                const int count = belongsToPatient(type) ? m_data.story(owner).count(type) : 1;
                for (int item = 0; item < count && !reached; ++item)
                    reached = !elementsAt(*m_data.resource({type, owner, item}), parameter).isEmpty();
            }
            QVERIFY2(reached, qPrintable(nameOf(type) + u'.' + parameter.name));
        }
    }
}

void TestSearch::refuses_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("epicCode");
    QTest::newRow("Observation without category") << u"Observation"_s << QByteArray("patient=x") << 59108;
    QTest::newRow("Observation without anything") << u"Observation"_s << QByteArray() << 59108;
    QTest::newRow("CarePlan without category") << u"CarePlan"_s << QByteArray("patient=x") << 59159;
    QTest::newRow("bad category") << u"Observation"_s << QByteArray("category=symptom") << 59111;
    QTest::newRow("bad date") << u"Patient"_s << QByteArray("birthdate=yesterday") << 4115;
    QTest::newRow("date prefix Epic lacks") << u"Patient"_s << QByteArray("birthdate=sa2020") << 4115;
    QTest::newRow("count of zero") << u"Patient"_s << QByteArray("_count=0") << 4115;
    QTest::newRow("count of words") << u"Patient"_s << QByteArray("_count=all") << 4115;
    QTest::newRow("count beyond bounds") << u"Patient"_s << QByteArray("_count=99999999999") << 4115;
    QTest::newRow("empty value") << u"Patient"_s << QByteArray("family=") << 4115;
    QTest::newRow("modifier") << u"Patient"_s << QByteArray("gender:not=male") << 4100;
    QTest::newRow("only unknown") << u"Patient"_s << QByteArray("famly=x") << 4110;
}

void TestSearch::refuses()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, query);
    QFETCH(int, epicCode);
    const auto search = read(m_data, *resourceType(type), query);
    QVERIFY(!search);
    QVERIFY(std::ranges::any_of(search.error(), [&](const Issue &issue) { return issue.epicCode == epicCode; }));
}

void TestSearch::ignoresUnknownParameters()
{
    const auto search = read(m_data, ResourceType::Patient, "gender=male&colour=blue");
    QVERIFY(search.has_value());
    QCOMPARE(search->notes.size(), 1);
    QCOMPARE(search->notes.first().epicCode, 59100);
    QCOMPARE(search->notes.first().diagnostics, u"Unknown parameter: COLOUR. Parameter has been ignored."_s);
    QCOMPARE(read(m_data, ResourceType::Patient, "_count=5000")->count, largestPage);
}

QTEST_APPLESS_MAIN(TestSearch)
#include "tst_sandbox_search.moc"
