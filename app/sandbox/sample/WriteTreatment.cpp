// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/Catalog.h"
#include "app/sandbox/sample/Draw.h"
#include "app/sandbox/sample/Writer.h"

#include <algorithm>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

/// The medicine as a concept; without a coding where there is no code, as charts have them too.
QJsonObject medicine(const MedicationEntry &entry)
{
    if (*entry.rxNorm.code == u'\0')
        return {{u"text"_s, text(entry.rxNorm.display)}};
    return codeable(CodeSystem::rxNorm, entry.rxNorm);
}

} // namespace

qint64 medicationCount()
{
    return static_cast<qint64>(medications().size());
}

QJsonObject Writer::medication(qint64 index) const
{
    QJsonObject medication = start(ResourceType::Medication, index);
    medication.insert(u"code"_s, medicine(medications()[static_cast<std::size_t>(index)]));
    medication.insert(u"status"_s, u"active"_s);
    return medication;
}

QJsonObject Writer::medicationRequest(const PatientStory &story, int item) const
{
    const int condition = story.prescriptions[static_cast<std::size_t>(item)];
    const Illness &illness = story.conditions[static_cast<std::size_t>(condition)];
    const ConditionEntry &entry = conditions()[static_cast<std::size_t>(illness.entry)];
    const MedicationEntry &ordered = medications()[static_cast<std::size_t>(entry.medication)];
    QJsonObject request = start(ResourceType::MedicationRequest, story.patient, item);
    request.insert(u"status"_s, illness.abated.isNull() ? u"active"_s : u"completed"_s);
    request.insert(u"intent"_s, u"order"_s);
    request.insert(u"category"_s, list(codeable(u"http://terminology.hl7.org/CodeSystem/medicationrequest-category",
                                                {u"community", u"Community"})));
    request.insert(u"medicationReference"_s,
                   refer(ResourceType::Medication, entry.medication, 0, text(ordered.rxNorm.display)));
    request.insert(u"subject"_s, referToPatient(story));
    if (illness.visit >= 0)
        request.insert(u"encounter"_s, referToVisit(story, illness.visit));
    request.insert(u"authoredOn"_s, illness.onset.toString(Qt::ISODate));
    request.insert(u"requester"_s, referToPractitioner(story.generalPractitioner));
    request.insert(u"reasonReference"_s, list(referToCondition(story, condition)));
    request.insert(u"dosageInstruction"_s, list(QJsonObject{{u"text"_s, text(ordered.dose)}}));
    return request;
}

QJsonObject Writer::immunization(const PatientStory &story, int item) const
{
    const Shot &shot = story.shots[static_cast<std::size_t>(item)];
    const VaccineEntry &vaccine = vaccines()[static_cast<std::size_t>(shot.vaccine)];
    Draw draw(m_seed, Draw::Topic::Shot, {story.patient, item, 1});
    QJsonObject immunization = start(ResourceType::Immunization, story.patient, item);
    immunization.insert(u"status"_s, u"completed"_s);
    immunization.insert(u"vaccineCode"_s, codeable(CodeSystem::cvx, vaccine.cvx));
    immunization.insert(u"patient"_s, referToPatient(story));
    immunization.insert(u"occurrenceDateTime"_s, shot.date.toString(Qt::ISODate));
    immunization.insert(u"primarySource"_s, draw.chance(0.9));
    immunization.insert(u"lotNumber"_s, u"LOT%1"_s.arg(draw.between(1000, 9999)));
    immunization.insert(u"performer"_s,
                        list(QJsonObject{{u"actor"_s, referToPractitioner(story.generalPractitioner)}}));
    return immunization;
}

QJsonObject Writer::procedure(const PatientStory &story, int item) const
{
    const Treatment &treatment = story.treatments[static_cast<std::size_t>(item)];
    const Visit &visit = story.visits[static_cast<std::size_t>(treatment.visit)];
    QJsonObject procedure = start(ResourceType::Procedure, story.patient, item);
    procedure.insert(u"status"_s, u"completed"_s);
    procedure.insert(u"category"_s, codeable(CodeSystem::snomed, {u"103693007", u"Diagnostic procedure"}));
    procedure.insert(u"code"_s,
                     codeable(CodeSystem::snomed, procedures()[static_cast<std::size_t>(treatment.entry)].snomed));
    procedure.insert(u"subject"_s, referToPatient(story));
    procedure.insert(u"encounter"_s, referToVisit(story, treatment.visit));
    procedure.insert(u"performedPeriod"_s, period(visit.start.addSecs(600), visit.start.addSecs(1200)));
    procedure.insert(u"performer"_s, list(QJsonObject{{u"actor"_s, referToPractitioner(visit.practitioner)}}));
    if (treatment.illness >= 0)
        procedure.insert(u"reasonReference"_s, list(referToCondition(story, treatment.illness)));
    return procedure;
}

QJsonObject Writer::carePlan(const PatientStory &story) const
{
    QJsonArray addresses;
    QDate since;
    for (int i = 0; i < static_cast<int>(story.conditions.size()); ++i) {
        const Illness &illness = story.conditions[static_cast<std::size_t>(i)];
        if (!illness.abated.isNull())
            continue;
        addresses.append(referToCondition(story, i));
        since = since.isNull() ? illness.onset : std::min(since, illness.onset);
    }
    QJsonObject plan = start(ResourceType::CarePlan, story.patient);
    plan.insert(u"status"_s, story.death.isNull() ? u"active"_s : u"completed"_s);
    plan.insert(u"intent"_s, u"plan"_s);
    plan.insert(u"category"_s, list(codeable(CodeSystem::snomed, {u"38717003", u"Longitudinal care plan"})));
    plan.insert(u"title"_s, u"Longitudinal care plan"_s);
    plan.insert(u"subject"_s, referToPatient(story));
    plan.insert(u"period"_s, QJsonObject{{u"start"_s, since.toString(Qt::ISODate)}});
    plan.insert(u"author"_s, referToPractitioner(story.generalPractitioner));
    plan.insert(u"addresses"_s, addresses);
    plan.insert(u"activity"_s,
                list(QJsonObject{{u"detail"_s, QJsonObject{{u"status"_s, u"in-progress"_s},
                                                           {u"description"_s, u"Review at least once a year."_s}}}}));
    return plan;
}

} // namespace credenza::sandbox
