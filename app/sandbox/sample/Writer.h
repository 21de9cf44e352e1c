// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/sample/PatientStory.h"
#include "app/sandbox/sample/ResourceIds.h"

#include <QJsonObject>

namespace credenza::sandbox
{

/// How many medicines the sample data knows, each a Medication resource.
[[nodiscard]] qint64 medicationCount();

/// Writes stories down as FHIR R4 resources in the shape of US Core and of Epic's answers: references are relative,
/// `meta.lastUpdated` is absent. One source file for each topic: people, places, visits, findings, treatment,
/// documents.
class Writer
{
public:
    Writer(const ResourceIds &ids, quint64 seed) : m_ids(ids), m_seed(seed) {}

    // WritePeople.cpp
    [[nodiscard]] QJsonObject patient(const PatientStory &story) const;
    [[nodiscard]] QJsonObject practitioner(qint64 index) const;
    /// Patients `first` … `end` − 1.
    [[nodiscard]] QJsonObject group(qint64 index, qint64 first, qint64 end) const;

    // WritePlaces.cpp
    [[nodiscard]] QJsonObject organization(qint64 index) const;
    [[nodiscard]] QJsonObject location(qint64 index, qint64 organizations) const;

    // WriteVisits.cpp
    [[nodiscard]] QJsonObject encounter(const PatientStory &story, int item, qint64 organizations) const;
    [[nodiscard]] QJsonObject condition(const PatientStory &story, int item) const;
    [[nodiscard]] QJsonObject allergy(const PatientStory &story, int item) const;

    // WriteFindings.cpp
    [[nodiscard]] QJsonObject observation(const PatientStory &story, int item) const;
    [[nodiscard]] QJsonObject diagnosticReport(const PatientStory &story, int item) const;

    // WriteTreatment.cpp
    [[nodiscard]] QJsonObject medication(qint64 index) const;
    [[nodiscard]] QJsonObject medicationRequest(const PatientStory &story, int item) const;
    [[nodiscard]] QJsonObject immunization(const PatientStory &story, int item) const;
    [[nodiscard]] QJsonObject procedure(const PatientStory &story, int item) const;
    [[nodiscard]] QJsonObject carePlan(const PatientStory &story) const;

    // WriteDocuments.cpp
    [[nodiscard]] QJsonObject documentReference(const PatientStory &story, int item) const;
    [[nodiscard]] QJsonObject binary(const PatientStory &story, int item) const;

private:
    [[nodiscard]] QJsonObject start(ResourceType type, qint64 owner, int item = 0) const;
    [[nodiscard]] QJsonObject refer(ResourceType type, qint64 owner, int item = 0, const QString &display = {}) const;
    [[nodiscard]] QJsonObject referToPatient(const PatientStory &story) const;
    [[nodiscard]] QJsonObject referToPractitioner(qint64 index) const;
    [[nodiscard]] QJsonObject referToVisit(const PatientStory &story, int visit) const;
    [[nodiscard]] QJsonObject referToCondition(const PatientStory &story, int condition) const;
    [[nodiscard]] QString practitionerName(qint64 index) const;
    [[nodiscard]] QByteArray note(const PatientStory &story, int visit) const;
    [[nodiscard]] double valueOf(const PatientStory &story, const Visit &visit, int measurement) const;

    const ResourceIds &m_ids;
    quint64 m_seed;
};

/// "Ada Sample", as displays show the patient.
[[nodiscard]] QString displayName(const PatientStory &story);
/// The clinical note's kind: LOINC code and name.
struct Code;
[[nodiscard]] const Code &noteType(Visit::Kind kind);

} // namespace credenza::sandbox
