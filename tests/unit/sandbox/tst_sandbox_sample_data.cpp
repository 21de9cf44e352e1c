// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fhir/DateRange.h"
#include "app/sandbox/sample/SampleData.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include <functional>

using namespace credenza::sandbox;
using namespace Qt::StringLiterals;

namespace
{

constexpr qint64 patients = 60;

/// Calls `take` with every resource of the data.
void forEach(const SampleData &data, const std::function<void(const ResourceKey &, const QJsonObject &)> &take)
{
    for (const ResourceType type : allResourceTypes) {
        for (qint64 owner = 0; owner < data.owners(type); ++owner) {
            const auto story = belongsToPatient(type) ? std::optional(data.story(owner)) : std::nullopt;
            const int count = story ? story->count(type) : 1;
            for (int item = 0; item < count; ++item) {
                const ResourceKey key{type, owner, item};
                take(key, story ? data.ofPatient(type, *story, item) : data.shared(type, owner));
            }
        }
    }
}

void forEachMember(const QJsonValue &value, const std::function<void(const QString &, const QJsonValue &)> &take)
{
    if (value.isArray()) {
        for (const QJsonValue &one : value.toArray())
            forEachMember(one, take);
        return;
    }
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        take(member.key(), member.value());
        forEachMember(member.value(), take);
    }
}

} // namespace

class TestSampleData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isDeterministic();
    void dependsOnTheSeed();
    void staysTheSameWhenItGrows();
    void hasEnoughTypes();
    void idsLookLikeEpics();
    void idsAreOnesOwn_data();
    void idsAreOnesOwn();
    void referencesResolve();
    void datesAreSane();
    void saysThatItIsSampleData();
    void holdsNoEmptyValues();
    void makesAnySizeAtOnce();
};

void TestSampleData::isDeterministic()
{
    const SampleData one(7, patients);
    const SampleData two(7, patients);
    forEach(one, [&two](const ResourceKey &key, const QJsonObject &resource) {
        const auto again = two.resource(key);
        QVERIFY(again.has_value());
        QCOMPARE(*again, resource);
    });
    // Written down, so that a change of the generator is a decision and not an accident.
    QCOMPARE(SampleData(1, 200).resource({ResourceType::Patient, 0, 0})->value(u"id"_s).toString(),
             u"e51diyh0qrUy0kLVx8uUPEg3"_s);
}

void TestSampleData::dependsOnTheSeed()
{
    const ResourceKey first{ResourceType::Patient, 0, 0};
    QVERIFY(*SampleData(1, patients).resource(first) != *SampleData(2, patients).resource(first));
    const QString id = SampleData(1, patients).ids().id(first);
    QVERIFY(!SampleData(2, patients).find(ResourceType::Patient, id));
}

void TestSampleData::staysTheSameWhenItGrows()
{
    QCOMPARE(SampleData(1, 100).resource({ResourceType::Condition, 3, 0}),
             SampleData(1, 120).resource({ResourceType::Condition, 3, 0}));
}

void TestSampleData::hasEnoughTypes()
{
    QHash<QString, int> counts;
    const SampleData data(1, patients);
    forEach(data, [&counts](const ResourceKey &key, const QJsonObject &resource) {
        QCOMPARE(resource.value(u"resourceType"_s).toString(), nameOf(key.type));
        ++counts[nameOf(key.type)];
    });
    QCOMPARE(counts.size(), qsizetype(allResourceTypes.size()));
    QVERIFY(counts.size() >= 12);
    QVERIFY(counts.value(u"Observation"_s) > 20 * patients);
}

void TestSampleData::idsLookLikeEpics()
{
    const SampleData data(1, patients);
    QSet<QString> seen;
    forEach(data, [&](const ResourceKey &key, const QJsonObject &resource) {
        const QString id = resource.value(u"id"_s).toString();
        static const QRegularExpression form(u"\\Ae[A-Za-z0-9_-]{22}3\\z"_s);
        QVERIFY2(form.match(id).hasMatch(), qPrintable(id));
        QVERIFY(!seen.contains(id));
        seen.insert(id);
        QCOMPARE(data.ids().key(key.type, id), std::optional(key));
    });
}

void TestSampleData::idsAreOnesOwn_data()
{
    QTest::addColumn<QString>("id");
    const QString good = SampleData(1, patients).ids().id({ResourceType::Patient, 0, 0});
    QTest::newRow("empty") << QString();
    QTest::newRow("cut") << good.chopped(1);
    QTest::newRow("longer") << QString(good + u'3');
    QTest::newRow("another first letter") << QString(u'f' + good.mid(1));
    QTest::newRow("changed inside") << QString(good).replace(5, 1, good[5] == u'A' ? u'B' : u'A');
    QTest::newRow("letters only") << QString(u'e' + QString(22, u'A') + u'3');
    QTest::newRow("not ASCII") << QString(u'e' + QString(22, u'é') + u'3');
    QTest::newRow("path") << u"../../../../etc/passwd..3"_s;
    QTest::newRow("of another type") << SampleData(1, patients).ids().id({ResourceType::Group, 0, 0});
    QTest::newRow("beyond the end") << SampleData(1, patients).ids().id({ResourceType::Patient, patients, 0});
    QTest::newRow("item of a patient") << SampleData(1, patients).ids().id({ResourceType::Patient, 0, 1});
    QTest::newRow("far beyond") << SampleData(1, patients).ids().id({ResourceType::Patient, (1LL << 47) - 1, 65535});
}

void TestSampleData::idsAreOnesOwn()
{
    QFETCH(QString, id);
    QVERIFY(!SampleData(1, patients).find(ResourceType::Patient, id));
}

void TestSampleData::referencesResolve()
{
    const SampleData data(1, patients);
    QHash<QString, ResourceKey> known; // by "Type/id"
    forEach(data, [&known](const ResourceKey &key, const QJsonObject &resource) {
        known.insert(nameOf(key.type) + u'/' + resource.value(u"id"_s).toString(), key);
    });
    qint64 references = 0;
    QSet<QString> referred;
    forEach(data, [&](const ResourceKey &key, const QJsonObject &resource) {
        forEachMember(resource, [&](const QString &name, const QJsonValue &value) {
            const bool isAttachment = name == u"url" && value.toString().startsWith(u"Binary/"_s);
            if (name != u"reference" && !isAttachment)
                return;
            const auto target = known.constFind(value.toString());
            QVERIFY2(target != known.constEnd(), qPrintable(value.toString()));
            if (belongsToPatient(target->type) && belongsToPatient(key.type))
                QCOMPARE(target->owner, key.owner); // nobody's chart points into another's
            referred.insert(nameOf(target->type));
            ++references;
        });
    });
    QVERIFY(references > 10'000);
    for (const ResourceType type : allResourceTypes) {
        // Nothing refers to what only stands at the end of references.
        static const QSet<ResourceType> leaves{ResourceType::Group,           ResourceType::MedicationRequest,
                                               ResourceType::CarePlan,        ResourceType::AllergyIntolerance,
                                               ResourceType::Immunization,    ResourceType::Procedure,
                                               ResourceType::DiagnosticReport};
        QVERIFY2(leaves.contains(type) || type == ResourceType::Location || referred.contains(nameOf(type)),
                 qPrintable(nameOf(type)));
    }
}

void TestSampleData::datesAreSane()
{
    const SampleData data(1, patients);
    std::optional<PatientStory> story;
    const QDateTime end = sampleToday().addDays(1).startOfDay(Qt::UTC);
    forEach(data, [&](const ResourceKey &key, const QJsonObject &resource) {
        const qint64 patient = belongsToPatient(key.type) ? key.owner : 0;
        if (!story || story->patient != patient)
            story = data.story(patient);
        forEachMember(resource, [&](const QString &name, const QJsonValue &value) {
            static const QSet<QString> dates{u"birthDate"_s,    u"deceasedDateTime"_s,   u"start"_s,
                                             u"end"_s,          u"onsetDateTime"_s,      u"abatementDateTime"_s,
                                             u"recordedDate"_s, u"effectiveDateTime"_s,  u"issued"_s,
                                             u"authoredOn"_s,   u"occurrenceDateTime"_s, u"date"_s};
            if (!dates.contains(name))
                return;
            const auto range = DateRange::parse(value.toString());
            QVERIFY2(range, qPrintable(nameOf(key.type) + u'.' + name + u' ' + value.toString()));
            QVERIFY(range->start.date() >= story->birth);
            QVERIFY2(range->end <= end, qPrintable(nameOf(key.type) + u'.' + name + u' ' + value.toString()));
            if (!story->death.isNull() && name != u"deceasedDateTime"_s && name != u"abatementDateTime"_s)
                QVERIFY2(range->start <= story->death,
                         qPrintable(nameOf(key.type) + u'.' + name + u' ' + value.toString()));
        });
        const QJsonObject period = resource.value(u"period"_s).toObject();
        if (period.contains(u"end"_s))
            QVERIFY(period.value(u"start"_s).toString() < period.value(u"end"_s).toString());
    });
}

void TestSampleData::saysThatItIsSampleData()
{
    forEach(SampleData(1, 5), [](const ResourceKey &, const QJsonObject &resource) {
        const QJsonObject tag = resource.value(u"meta"_s).toObject().value(u"tag"_s).toArray().at(0).toObject();
        QCOMPARE(tag.value(u"code"_s).toString(), u"HTEST"_s);
    });
}

void TestSampleData::holdsNoEmptyValues()
{
    // FHIR has no empty strings, arrays or objects (http://hl7.org/fhir/R4/json.html).
    forEach(SampleData(3, 30), [](const ResourceKey &key, const QJsonObject &resource) {
        forEachMember(resource, [&key](const QString &name, const QJsonValue &value) {
            const bool empty = value.isNull() || (value.isString() && value.toString().isEmpty()) ||
                               (value.isArray() && value.toArray().isEmpty()) ||
                               (value.isObject() && value.toObject().isEmpty());
            QVERIFY2(!empty, qPrintable(nameOf(key.type) + u'.' + name));
        });
    });
}

void TestSampleData::makesAnySizeAtOnce()
{
    const SampleData data(1, 10'000'000);
    const auto last = data.resource({ResourceType::Patient, 9'999'999, 0});
    QVERIFY(last);
    QCOMPARE(data.find(ResourceType::Patient, last->value(u"id"_s).toString()), last);
}

QTEST_APPLESS_MAIN(TestSampleData)
#include "tst_sandbox_sample_data.moc"
