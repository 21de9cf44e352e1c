// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/Catalog.h"
#include "app/sandbox/sample/Draw.h"
#include "app/sandbox/sample/Writer.h"

#include <array>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

struct VisitKind {
    Code encounterClass; // v3-ActCode
    Code type;           // SNOMED CT
};

const VisitKind &kindOf(Visit::Kind kind)
{
    static constexpr std::array kinds{
        VisitKind{{u"AMB", u"ambulatory"}, {u"185349003", u"Encounter for check up"}},
        VisitKind{{u"AMB", u"ambulatory"}, {u"185345009", u"Encounter for symptom"}},
        VisitKind{{u"AMB", u"ambulatory"}, {u"390906007", u"Follow-up encounter"}},
        VisitKind{{u"EMER", u"emergency"}, {u"50849002", u"Emergency room admission"}},
        VisitKind{{u"IMP", u"inpatient encounter"}, {u"32485007", u"Hospital admission"}},
    };
    return kinds[static_cast<std::size_t>(kind)];
}

const ConditionEntry &entryOf(const Illness &illness)
{
    return conditions()[static_cast<std::size_t>(illness.entry)];
}

} // namespace

QJsonObject Writer::referToVisit(const PatientStory &story, int visit) const
{
    return refer(ResourceType::Encounter, story.patient, visit,
                 text(kindOf(story.visits[static_cast<std::size_t>(visit)].kind).type.display));
}

QJsonObject Writer::referToCondition(const PatientStory &story, int condition) const
{
    return refer(ResourceType::Condition, story.patient, condition,
                 text(entryOf(story.conditions[static_cast<std::size_t>(condition)]).snomed.display));
}

QJsonObject Writer::encounter(const PatientStory &story, int item, qint64 organizations) const
{
    const Visit &visit = story.visits[static_cast<std::size_t>(item)];
    const VisitKind &kind = kindOf(visit.kind);
    QJsonObject encounter = start(ResourceType::Encounter, story.patient, item);
    encounter.insert(u"status"_s, u"finished"_s);
    encounter.insert(u"class"_s, coding(u"http://terminology.hl7.org/CodeSystem/v3-ActCode", kind.encounterClass));
    encounter.insert(u"type"_s, list(codeable(CodeSystem::snomed, kind.type)));
    encounter.insert(u"subject"_s, referToPatient(story));
    encounter.insert(u"participant"_s, list(QJsonObject{{u"individual"_s, referToPractitioner(visit.practitioner)}}));
    encounter.insert(u"period"_s, period(visit.start, visit.end));
    if (visit.reason >= 0) {
        const Illness &illness = story.conditions[static_cast<std::size_t>(visit.reason)];
        encounter.insert(u"reasonCode"_s, list(codeable(CodeSystem::snomed, entryOf(illness).snomed)));
        encounter.insert(u"diagnosis"_s, list(QJsonObject{{u"condition"_s, referToCondition(story, visit.reason)}}));
    }
    encounter.insert(u"location"_s, list(QJsonObject{{u"location"_s, refer(ResourceType::Location, visit.location)}}));
    encounter.insert(u"serviceProvider"_s, refer(ResourceType::Organization, visit.location % organizations));
    return encounter;
}

QJsonObject Writer::condition(const PatientStory &story, int item) const
{
    const Illness &illness = story.conditions[static_cast<std::size_t>(item)];
    const ConditionEntry &entry = entryOf(illness);
    const bool lasts = illness.abated.isNull();
    QJsonObject condition = start(ResourceType::Condition, story.patient, item);
    condition.insert(u"clinicalStatus"_s,
                     codeable(u"http://terminology.hl7.org/CodeSystem/condition-clinical",
                              lasts ? Code{u"active", u"Active"} : Code{u"resolved", u"Resolved"}));
    condition.insert(u"verificationStatus"_s, codeable(u"http://terminology.hl7.org/CodeSystem/condition-ver-status",
                                                       {u"confirmed", u"Confirmed"}));
    condition.insert(u"category"_s,
                     list(codeable(u"http://terminology.hl7.org/CodeSystem/condition-category",
                                   entry.chronic ? Code{u"problem-list-item", u"Problem List Item"}
                                                 : Code{u"encounter-diagnosis", u"Encounter Diagnosis"})));
    condition.insert(u"code"_s, QJsonObject{{u"coding"_s, QJsonArray{coding(CodeSystem::snomed, entry.snomed),
                                                                     coding(CodeSystem::icd10, entry.icd10)}},
                                            {u"text"_s, text(entry.snomed.display)}});
    condition.insert(u"subject"_s, referToPatient(story));
    if (illness.visit >= 0)
        condition.insert(u"encounter"_s, referToVisit(story, illness.visit));
    condition.insert(u"onsetDateTime"_s, illness.onset.toString(Qt::ISODate));
    if (!lasts)
        condition.insert(u"abatementDateTime"_s, illness.abated.toString(Qt::ISODate));
    condition.insert(u"recordedDate"_s, illness.onset.toString(Qt::ISODate));
    return condition;
}

QJsonObject Writer::allergy(const PatientStory &story, int item) const
{
    const AllergyEntry &entry = allergies()[static_cast<std::size_t>(story.allergies[static_cast<std::size_t>(item)])];
    Draw draw(m_seed, Draw::Topic::Allergy, {story.patient, item, 1});
    const bool severe = draw.chance(0.2);
    QJsonObject allergy = start(ResourceType::AllergyIntolerance, story.patient, item);
    allergy.insert(u"clinicalStatus"_s, codeable(u"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
                                                 {u"active", u"Active"}));
    allergy.insert(u"verificationStatus"_s,
                   codeable(u"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
                            {u"confirmed", u"Confirmed"}));
    allergy.insert(u"type"_s, u"allergy"_s);
    allergy.insert(u"category"_s, list(text(entry.category)));
    allergy.insert(u"criticality"_s, severe ? u"high"_s : u"low"_s);
    allergy.insert(u"code"_s, codeable(CodeSystem::snomed, entry.snomed));
    allergy.insert(u"patient"_s, referToPatient(story));
    allergy.insert(u"recordedDate"_s, story.visits.front().start.date().toString(Qt::ISODate));
    allergy.insert(u"recorder"_s, referToPractitioner(story.generalPractitioner));
    allergy.insert(u"reaction"_s,
                   list(QJsonObject{{u"manifestation"_s, list(codeable(CodeSystem::snomed, entry.manifestation))},
                                    {u"severity"_s, severe ? u"severe"_s : u"mild"_s}}));
    return allergy;
}

} // namespace credenza::sandbox
