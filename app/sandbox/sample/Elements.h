// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace credenza::sandbox
{

/// A code of a code system, as the tables of the sample data hold it.
struct Code {
    const char16_t *code;
    const char16_t *display;
};

/// The code systems of the sample data.
namespace CodeSystem
{
inline constexpr char16_t snomed[] = u"http://snomed.info/sct";
inline constexpr char16_t loinc[] = u"http://loinc.org";
inline constexpr char16_t rxNorm[] = u"http://www.nlm.nih.gov/research/umls/rxnorm";
inline constexpr char16_t cvx[] = u"http://hl7.org/fhir/sid/cvx";
inline constexpr char16_t icd10[] = u"http://hl7.org/fhir/sid/icd-10-cm";
inline constexpr char16_t ucum[] = u"http://unitsofmeasure.org";
} // namespace CodeSystem

// Builders of the FHIR R4 data types that many resources share (http://hl7.org/fhir/R4/datatypes.html).

[[nodiscard]] QString text(const char16_t *literal);
[[nodiscard]] QJsonObject coding(const char16_t *system, const Code &code);
/// A CodeableConcept with one coding and its display as text.
[[nodiscard]] QJsonObject codeable(const char16_t *system, const Code &code);
[[nodiscard]] QJsonObject reference(const QString &type, const QString &id, const QString &display = {});
[[nodiscard]] QJsonObject quantity(double value, int decimals, const char16_t *unit, const char16_t *ucumCode);
[[nodiscard]] QJsonObject period(const QDateTime &start, const QDateTime &end);
[[nodiscard]] QJsonObject identifier(const char16_t *system, const QString &value, const Code &type);
/// FHIR's dateTime in UTC: "2026-05-04T09:30:00Z".
[[nodiscard]] QString instant(const QDateTime &time);
/// An array of one.
[[nodiscard]] QJsonArray list(const QJsonValue &value);
/// A resource's start: type, id, and the tag that says that nobody is described (HL7 v3 ActReason HTEST).
[[nodiscard]] QJsonObject resource(const QString &type, const QString &id);

} // namespace credenza::sandbox
