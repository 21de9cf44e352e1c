// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/SampleData.h"

#include "app/sandbox/sample/Writer.h"

#include <algorithm>

namespace credenza::sandbox
{

namespace
{

constexpr qint64 organizationCount = 6;
constexpr qint64 locationCount = 24;
constexpr qint64 patientsOfGroup = 100;

} // namespace

SampleData::SampleData(quint64 seed, qint64 patients) : m_seed(seed), m_patients(patients), m_ids(seed) {}

qint64 SampleData::owners(ResourceType type) const
{
    switch (type) {
    case ResourceType::Practitioner:
        return std::max<qint64>(8, m_patients / 40);
    case ResourceType::Organization:
        return organizationCount;
    case ResourceType::Location:
        return locationCount;
    case ResourceType::Medication:
        return medicationCount();
    case ResourceType::Group:
        return (m_patients + patientsOfGroup - 1) / patientsOfGroup;
    default:
        return m_patients;
    }
}

PatientStory SampleData::story(qint64 patient) const
{
    return tellStory(m_seed, patient, static_cast<int>(owners(ResourceType::Practitioner)),
                     static_cast<int>(locationCount));
}

QJsonObject SampleData::shared(ResourceType type, qint64 index) const
{
    const Writer writer(m_ids, m_seed);
    switch (type) {
    case ResourceType::Practitioner:
        return writer.practitioner(index);
    case ResourceType::Organization:
        return writer.organization(index);
    case ResourceType::Location:
        return writer.location(index, organizationCount);
    case ResourceType::Medication:
        return writer.medication(index);
    default:
        return writer.group(index, index * patientsOfGroup, std::min(m_patients, (index + 1) * patientsOfGroup));
    }
}

QJsonObject SampleData::ofPatient(ResourceType type, const PatientStory &story, int item) const
{
    const Writer writer(m_ids, m_seed);
    switch (type) {
    case ResourceType::Encounter:
        return writer.encounter(story, item, organizationCount);
    case ResourceType::Condition:
        return writer.condition(story, item);
    case ResourceType::Observation:
        return writer.observation(story, item);
    case ResourceType::MedicationRequest:
        return writer.medicationRequest(story, item);
    case ResourceType::AllergyIntolerance:
        return writer.allergy(story, item);
    case ResourceType::Immunization:
        return writer.immunization(story, item);
    case ResourceType::Procedure:
        return writer.procedure(story, item);
    case ResourceType::DiagnosticReport:
        return writer.diagnosticReport(story, item);
    case ResourceType::DocumentReference:
        return writer.documentReference(story, item);
    case ResourceType::Binary:
        return writer.binary(story, item);
    case ResourceType::CarePlan:
        return writer.carePlan(story);
    default:
        return writer.patient(story);
    }
}

std::optional<QJsonObject> SampleData::resource(const ResourceKey &key) const
{
    if (key.owner < 0 || key.owner >= owners(key.type) || key.item < 0)
        return std::nullopt;
    if (!belongsToPatient(key.type))
        return key.item == 0 ? std::optional(shared(key.type, key.owner)) : std::nullopt;
    const PatientStory told = story(key.owner);
    return key.item < told.count(key.type) ? std::optional(ofPatient(key.type, told, key.item)) : std::nullopt;
}

std::optional<QJsonObject> SampleData::find(ResourceType type, QStringView id) const
{
    const auto key = m_ids.key(type, id);
    return key ? resource(*key) : std::nullopt;
}

} // namespace credenza::sandbox
