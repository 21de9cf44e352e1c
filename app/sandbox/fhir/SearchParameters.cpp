// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fhir/SearchParameters.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>
#include <array>
#include <map>
#include <span>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

/// One line of the table; paths are separated by "|", their members by ".".
struct Row {
    ResourceType type;
    const char16_t *name;
    SearchKind kind;
    const char16_t *paths;
};

using enum ResourceType;
using enum SearchKind;

constexpr std::array table{
    Row{Patient, u"identifier", Token, u"identifier"},
    Row{Patient, u"name", String, u"name"},
    Row{Patient, u"family", String, u"name.family"},
    Row{Patient, u"given", String, u"name.given"},
    Row{Patient, u"birthdate", Date, u"birthDate"},
    Row{Patient, u"gender", Token, u"gender"},
    Row{Patient, u"telecom", Token, u"telecom"},
    Row{Patient, u"address-city", String, u"address.city"},
    Row{Patient, u"general-practitioner", Reference, u"generalPractitioner"},
    Row{Practitioner, u"identifier", Token, u"identifier"},
    Row{Practitioner, u"name", String, u"name"},
    Row{Practitioner, u"family", String, u"name.family"},
    Row{Practitioner, u"given", String, u"name.given"},
    Row{Organization, u"name", String, u"name"},
    Row{Organization, u"partof", Reference, u"partOf"},
    Row{Location, u"name", String, u"name"},
    Row{Location, u"organization", Reference, u"managingOrganization"},
    Row{Location, u"status", Token, u"status"},
    Row{Encounter, u"patient", Reference, u"subject"},
    Row{Encounter, u"subject", Reference, u"subject"},
    Row{Encounter, u"date", Date, u"period"},
    Row{Encounter, u"status", Token, u"status"},
    Row{Encounter, u"class", Token, u"class"},
    Row{Encounter, u"type", Token, u"type"},
    Row{Encounter, u"participant", Reference, u"participant.individual"},
    Row{Condition, u"patient", Reference, u"subject"},
    Row{Condition, u"subject", Reference, u"subject"},
    Row{Condition, u"category", Token, u"category"},
    Row{Condition, u"code", Token, u"code"},
    Row{Condition, u"clinical-status", Token, u"clinicalStatus"},
    Row{Condition, u"onset-date", Date, u"onsetDateTime"},
    Row{Condition, u"recorded-date", Date, u"recordedDate"},
    Row{Condition, u"encounter", Reference, u"encounter"},
    Row{Observation, u"patient", Reference, u"subject"},
    Row{Observation, u"subject", Reference, u"subject"},
    Row{Observation, u"category", Token, u"category"},
    Row{Observation, u"code", Token, u"code"},
    Row{Observation, u"date", Date, u"effectiveDateTime"},
    Row{Observation, u"status", Token, u"status"},
    Row{Observation, u"encounter", Reference, u"encounter"},
    Row{MedicationRequest, u"patient", Reference, u"subject"},
    Row{MedicationRequest, u"subject", Reference, u"subject"},
    Row{MedicationRequest, u"status", Token, u"status"},
    Row{MedicationRequest, u"intent", Token, u"intent"},
    Row{MedicationRequest, u"category", Token, u"category"},
    Row{MedicationRequest, u"authoredon", Date, u"authoredOn"},
    Row{MedicationRequest, u"medication", Reference, u"medicationReference"},
    Row{MedicationRequest, u"encounter", Reference, u"encounter"},
    Row{Medication, u"code", Token, u"code"},
    Row{Medication, u"status", Token, u"status"},
    Row{AllergyIntolerance, u"patient", Reference, u"patient"},
    Row{AllergyIntolerance, u"clinical-status", Token, u"clinicalStatus"},
    Row{AllergyIntolerance, u"category", Token, u"category"},
    Row{AllergyIntolerance, u"code", Token, u"code"},
    Row{AllergyIntolerance, u"date", Date, u"recordedDate"},
    Row{AllergyIntolerance, u"criticality", Token, u"criticality"},
    Row{Immunization, u"patient", Reference, u"patient"},
    Row{Immunization, u"date", Date, u"occurrenceDateTime"},
    Row{Immunization, u"status", Token, u"status"},
    Row{Immunization, u"vaccine-code", Token, u"vaccineCode"},
    Row{Procedure, u"patient", Reference, u"subject"},
    Row{Procedure, u"subject", Reference, u"subject"},
    Row{Procedure, u"date", Date, u"performedPeriod"},
    Row{Procedure, u"status", Token, u"status"},
    Row{Procedure, u"code", Token, u"code"},
    Row{Procedure, u"category", Token, u"category"},
    Row{Procedure, u"encounter", Reference, u"encounter"},
    Row{DiagnosticReport, u"patient", Reference, u"subject"},
    Row{DiagnosticReport, u"subject", Reference, u"subject"},
    Row{DiagnosticReport, u"category", Token, u"category"},
    Row{DiagnosticReport, u"code", Token, u"code"},
    Row{DiagnosticReport, u"date", Date, u"effectiveDateTime"},
    Row{DiagnosticReport, u"status", Token, u"status"},
    Row{DiagnosticReport, u"result", Reference, u"result"},
    Row{DiagnosticReport, u"encounter", Reference, u"encounter"},
    Row{DocumentReference, u"patient", Reference, u"subject"},
    Row{DocumentReference, u"subject", Reference, u"subject"},
    Row{DocumentReference, u"category", Token, u"category"},
    Row{DocumentReference, u"type", Token, u"type"},
    Row{DocumentReference, u"date", Date, u"date"},
    Row{DocumentReference, u"period", Date, u"context.period"},
    Row{DocumentReference, u"status", Token, u"status"},
    Row{DocumentReference, u"encounter", Reference, u"context.encounter"},
    Row{CarePlan, u"patient", Reference, u"subject"},
    Row{CarePlan, u"subject", Reference, u"subject"},
    Row{CarePlan, u"category", Token, u"category"},
    Row{CarePlan, u"date", Date, u"period"},
    Row{CarePlan, u"status", Token, u"status"},
    Row{CarePlan, u"condition", Reference, u"addresses"},
    Row{Group, u"identifier", Token, u"identifier"},
    Row{Group, u"type", Token, u"type"},
    Row{Group, u"member", Reference, u"member.entity"},
};

SearchParameter made(const Row &row)
{
    QList<QStringList> paths;
    for (const QString &path : QString::fromUtf16(row.paths).split(u'|'))
        paths.append(path.split(u'.'));
    return {.type = row.type, .name = QString::fromUtf16(row.name), .kind = row.kind, .paths = std::move(paths)};
}

using ParametersByType = std::map<ResourceType, std::vector<SearchParameter>>;

ParametersByType readTable()
{
    ParametersByType byType;
    for (const ResourceType type : allResourceTypes)
        byType[type] = {};
    for (const Row &row : table)
        byType[row.type].push_back(made(row));
    return byType;
}

void collect(const QJsonValue &from, std::span<const QString> path, QList<QJsonValue> &found)
{
    if (from.isArray()) {
        for (const QJsonValue &one : from.toArray())
            collect(one, path, found);
    } else if (path.empty()) {
        found.append(from);
    } else if (const QJsonObject object = from.toObject(); object.contains(path.front())) {
        collect(object.value(path.front()), path.subspan(1), found);
    }
}

} // namespace

const std::vector<SearchParameter> &searchParameters(ResourceType type)
{
    static const ParametersByType byType = readTable();
    return byType.at(type);
}

const SearchParameter *searchParameter(ResourceType type, const QString &name)
{
    const auto &parameters = searchParameters(type);
    const auto found = std::ranges::find(parameters, name, &SearchParameter::name);
    return found == parameters.end() ? nullptr : &*found;
}

bool isSearchable(ResourceType type)
{
    return type != ResourceType::Binary;
}

QString nameOf(SearchKind kind)
{
    switch (kind) {
    case SearchKind::Token:
        return u"token"_s;
    case SearchKind::Reference:
        return u"reference"_s;
    case SearchKind::Date:
        return u"date"_s;
    case SearchKind::String:
        return u"string"_s;
    }
    return {};
}

QList<QJsonValue> elementsAt(const QJsonObject &resource, const SearchParameter &parameter)
{
    QList<QJsonValue> found;
    for (const QStringList &path : parameter.paths)
        collect(resource, std::span(path.constData(), static_cast<std::size_t>(path.size())), found);
    return found;
}

} // namespace credenza::sandbox
