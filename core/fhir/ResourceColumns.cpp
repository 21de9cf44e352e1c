// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ResourceColumns.h"

#include "core/fhir/ValueText.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <span>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

/// A column as data. `paths` are parted by '|'.
struct ColumnRow {
    const char *title;
    const char *paths;
    ColumnKind kind = ColumnKind::Text;
};

/// What is known of a type: where its title, its status and its date stand, and its columns besides.
struct TypeRow {
    const char *type;
    const char *title;
    const char *date;
    std::array<ColumnRow, 6> columns; ///< ends at the first without a title
};

constexpr auto Date = ColumnKind::Date;
constexpr auto Number = ColumnKind::Number;
constexpr auto Quiet = ColumnKind::Quiet;
constexpr auto Status = ColumnKind::Status;
constexpr auto Flag = ColumnKind::Flag;
constexpr auto Link = ColumnKind::Link;
#define T(text) QT_TRANSLATE_NOOP("ResourceColumns", text)

constexpr std::array types{
    TypeRow{"Account",
            "name|type",
            "servicePeriod",
            {{{T("Name"), "name|type"}, {T("Status"), "status", Status}, {T("Subject"), "subject", Link}}}},
    TypeRow{"AllergyIntolerance",
            "code|reaction.substance",
            "onset[x]|recordedDate",
            {{{T("Recorded"), "recordedDate|onset[x]", Date},
              {T("Substance"), "code|reaction.substance"},
              {T("Reaction"), "reaction.manifestation"},
              {T("Criticality"), "criticality|reaction.severity", Flag},
              {T("Status"), "clinicalStatus|verificationStatus", Status},
              {T("Patient"), "patient", Link}}}},
    TypeRow{"Appointment",
            "description|serviceType|appointmentType|reasonCode",
            "start",
            {{{T("Start"), "start", Date},
              {T("What"), "description|serviceType|appointmentType|reasonCode"},
              {T("Minutes"), "minutesDuration", Number},
              {T("Status"), "status", Status},
              {T("Participant"), "participant.actor", Link}}}},
    TypeRow{
        "Binary", "contentType", "", {{{T("Content type"), "contentType"}, {T("Context"), "securityContext", Link}}}},
    TypeRow{"CarePlan",
            "title|category|description|activity.detail.code",
            "period|created",
            {{{T("Period"), "period|created", Date},
              {T("Plan"), "title|category|description|activity.detail.code"},
              {T("Intent"), "intent", Quiet},
              {T("Status"), "status", Status},
              {T("Subject"), "subject", Link}}}},
    TypeRow{"CareTeam",
            "name|category|participant.role",
            "period",
            {{{T("Period"), "period", Date},
              {T("Team"), "name|category|participant.role"},
              {T("Members"), "participant.member"},
              {T("Status"), "status", Status},
              {T("Subject"), "subject", Link}}}},
    TypeRow{"Claim",
            "type|item.productOrService",
            "billablePeriod|created",
            {{{T("Period"), "billablePeriod|created", Date},
              {T("Service"), "item.productOrService|type"},
              {T("Total"), "total", Number},
              {T("Use"), "use", Quiet},
              {T("Status"), "status", Status},
              {T("Patient"), "patient", Link}}}},
    TypeRow{"Composition",
            "title|type",
            "date",
            {{{T("Date"), "date", Date},
              {T("Title"), "title|type"},
              {T("Author"), "author", Link},
              {T("Status"), "status", Status},
              {T("Subject"), "subject", Link}}}},
    TypeRow{"Condition",
            "code|bodySite|category",
            "onset[x]|recordedDate",
            {{{T("Onset"), "onset[x]|recordedDate", Date},
              {T("Condition"), "code|bodySite|category"},
              {T("Category"), "category", Quiet},
              {T("Severity"), "severity", Flag},
              {T("Status"), "clinicalStatus|verificationStatus", Status},
              {T("Encounter"), "encounter", Link}}}},
    TypeRow{"Consent",
            "scope|category",
            "dateTime",
            {{{T("Date"), "dateTime", Date},
              {T("Consent"), "category|scope"},
              {T("Status"), "status", Status},
              {T("Patient"), "patient", Link}}}},
    TypeRow{"Coverage",
            "type|class.name|payor",
            "period",
            {{{T("Period"), "period", Date},
              {T("Coverage"), "type|class.name|payor"},
              {T("Payor"), "payor", Link},
              {T("Member"), "subscriberId|identifier", Quiet},
              {T("Status"), "status", Status},
              {T("Beneficiary"), "beneficiary", Link}}}},
    TypeRow{"Device",
            "deviceName.name|type|distinctIdentifier|udiCarrier.deviceIdentifier",
            "manufactureDate",
            {{{T("Device"), "deviceName.name|type|distinctIdentifier"},
              {T("Type"), "type", Quiet},
              {T("Manufacturer"), "manufacturer", Quiet},
              {T("Status"), "status", Status},
              {T("Patient"), "patient", Link}}}},
    TypeRow{"DiagnosticReport",
            "code|category",
            "effective[x]|issued",
            {{{T("Date"), "effective[x]|issued", Date},
              {T("Report"), "code|category"},
              {T("Category"), "category", Quiet},
              {T("Conclusion"), "conclusion|conclusionCode"},
              {T("Status"), "status", Status},
              {T("Encounter"), "encounter", Link}}}},
    TypeRow{"DocumentReference",
            "description|type|content.attachment.title|category",
            "date|context.period",
            {{{T("Date"), "date|context.period", Date},
              {T("Document"), "type|description|category"},
              {T("Content"), "content.attachment.contentType", Quiet},
              {T("Author"), "author", Link},
              {T("Status"), "status|docStatus", Status},
              {T("Encounter"), "context.encounter", Link}}}},
    TypeRow{"Encounter",
            "type|reasonCode|serviceType|class",
            "period",
            {{{T("Period"), "period", Date},
              {T("Encounter"), "type|reasonCode|serviceType|class"},
              {T("Class"), "class", Quiet},
              {T("Location"), "location.location"},
              {T("Status"), "status", Status},
              {T("Subject"), "subject", Link}}}},
    TypeRow{"Endpoint",
            "name|connectionType",
            "period",
            {{{T("Name"), "name|connectionType"},
              {T("Address"), "address", Quiet},
              {T("Status"), "status", Status},
              {T("Organization"), "managingOrganization", Link}}}},
    TypeRow{"EpisodeOfCare",
            "type|diagnosis.condition",
            "period",
            {{{T("Period"), "period", Date},
              {T("Episode"), "type|diagnosis.condition"},
              {T("Status"), "status", Status},
              {T("Patient"), "patient", Link}}}},
    TypeRow{"ExplanationOfBenefit",
            "type|item.productOrService",
            "billablePeriod|created",
            {{{T("Period"), "billablePeriod|created", Date},
              {T("Service"), "item.productOrService|type"},
              {T("Payment"), "payment.amount|total.amount", Number},
              {T("Outcome"), "outcome", Quiet},
              {T("Status"), "status", Status},
              {T("Patient"), "patient", Link}}}},
    TypeRow{"FamilyMemberHistory",
            "relationship|name|condition.code",
            "date",
            {{{T("Date"), "date", Date},
              {T("Relative"), "relationship|name"},
              {T("Conditions"), "condition.code"},
              {T("Status"), "status", Status},
              {T("Patient"), "patient", Link}}}},
    TypeRow{"Goal",
            "description|category",
            "startDate|statusDate|target.due[x]",
            {{{T("Start"), "start[x]|statusDate|target.due[x]", Date},
              {T("Goal"), "description|category"},
              {T("Target"), "target.detail[x]"},
              {T("Achievement"), "achievementStatus", Quiet},
              {T("Status"), "lifecycleStatus", Status},
              {T("Subject"), "subject", Link}}}},
    TypeRow{"Group",
            "name|code|type",
            "",
            {{{T("Name"), "name|code|type"},
              {T("Members"), "quantity", Number},
              {T("Type"), "type", Quiet},
              {T("Active"), "active", Status}}}},
    TypeRow{"HealthcareService",
            "name|type|category",
            "",
            {{{T("Name"), "name|type|category"},
              {T("Speciality"), "specialty", Quiet},
              {T("Location"), "location", Link},
              {T("Active"), "active", Status}}}},
    TypeRow{"ImagingStudy",
            "description|procedureCode|modality",
            "started",
            {{{T("Started"), "started", Date},
              {T("Study"), "description|procedureCode|modality|series.modality"},
              {T("Series"), "numberOfSeries", Number},
              {T("Images"), "numberOfInstances", Number},
              {T("Status"), "status", Status},
              {T("Subject"), "subject", Link}}}},
    TypeRow{"Immunization",
            "vaccineCode",
            "occurrence[x]|recorded",
            {{{T("Date"), "occurrence[x]|recorded", Date},
              {T("Vaccine"), "vaccineCode"},
              {T("Lot"), "lotNumber", Quiet},
              {T("Site"), "site", Quiet},
              {T("Status"), "status", Status},
              {T("Patient"), "patient", Link}}}},
    TypeRow{"Location",
            "name|description|type|alias",
            "",
            {{{T("Name"), "name|description|alias"},
              {T("Type"), "type|physicalType", Quiet},
              {T("Address"), "address", Quiet},
              {T("Status"), "status", Status},
              {T("Organization"), "managingOrganization", Link}}}},
    TypeRow{"Medication",
            "code|ingredient.item[x]",
            "",
            {{{T("Medication"), "code|ingredient.item[x]"},
              {T("Form"), "form", Quiet},
              {T("Status"), "status", Status},
              {T("Manufacturer"), "manufacturer", Link}}}},
    TypeRow{"MedicationAdministration",
            "medication[x]",
            "effective[x]",
            {{{T("Date"), "effective[x]", Date},
              {T("Medication"), "medication[x]"},
              {T("Dose"), "dosage.dose|dosage"},
              {T("Status"), "status", Status},
              {T("Subject"), "subject", Link}}}},
    TypeRow{"MedicationDispense",
            "medication[x]",
            "whenHandedOver|whenPrepared",
            {{{T("Handed over"), "whenHandedOver|whenPrepared", Date},
              {T("Medication"), "medication[x]"},
              {T("Quantity"), "quantity", Number},
              {T("Status"), "status", Status},
              {T("Subject"), "subject", Link}}}},
    TypeRow{"MedicationRequest",
            "medication[x]",
            "authoredOn",
            {{{T("Authored"), "authoredOn", Date},
              {T("Medication"), "medication[x]"},
              {T("Dosage"), "dosageInstruction"},
              {T("Intent"), "intent", Quiet},
              {T("Status"), "status", Status},
              {T("Encounter"), "encounter", Link}}}},
    TypeRow{"MedicationStatement",
            "medication[x]",
            "effective[x]|dateAsserted",
            {{{T("Date"), "effective[x]|dateAsserted", Date},
              {T("Medication"), "medication[x]"},
              {T("Dosage"), "dosage"},
              {T("Status"), "status", Status},
              {T("Subject"), "subject", Link}}}},
    TypeRow{"Observation",
            "code",
            "effective[x]|issued",
            {{{T("Date"), "effective[x]|issued", Date},
              {T("Code"), "code"},
              {T("Value"), "value[x]", Number},
              {T("Flag"), "interpretation", Flag},
              {T("Status"), "status", Status},
              {T("Encounter"), "encounter|subject", Link}}}},
    TypeRow{"OperationOutcome",
            "issue.details|issue.diagnostics|issue.code",
            "",
            {{{T("Severity"), "issue.severity", Flag}, {T("Issue"), "issue.details|issue.diagnostics|issue.code"}}}},
    TypeRow{"Organization",
            "name|alias|type",
            "",
            {{{T("Name"), "name|alias|type"},
              {T("Type"), "type", Quiet},
              {T("Address"), "address", Quiet},
              {T("Active"), "active", Status},
              {T("Part of"), "partOf", Link}}}},
    TypeRow{"Patient",
            "name",
            "birthDate",
            {{{T("Name"), "name"},
              {T("Born"), "birthDate", Date},
              {T("Gender"), "gender", Quiet},
              {T("Identifier"), "identifier", Quiet},
              {T("Address"), "address", Quiet}}}},
    TypeRow{"Practitioner",
            "name|identifier",
            "birthDate",
            {{{T("Name"), "name"},
              {T("Qualification"), "qualification.code", Quiet},
              {T("Identifier"), "identifier", Quiet},
              {T("Active"), "active", Status}}}},
    TypeRow{"PractitionerRole",
            "practitioner|code|specialty|organization",
            "period",
            {{{T("Practitioner"), "practitioner", Link},
              {T("Role"), "code"},
              {T("Speciality"), "specialty"},
              {T("Organization"), "organization", Link},
              {T("Active"), "active", Status}}}},
    TypeRow{"Procedure",
            "code|category",
            "performed[x]",
            {{{T("Performed"), "performed[x]", Date},
              {T("Procedure"), "code|category"},
              {T("Reason"), "reasonCode|reasonReference", Quiet},
              {T("Status"), "status", Status},
              {T("Encounter"), "encounter|subject", Link}}}},
    TypeRow{"Provenance",
            "activity|agent.type|agent.who",
            "recorded",
            {{{T("Recorded"), "recorded", Date},
              {T("Activity"), "activity|agent.type"},
              {T("Agent"), "agent.who", Link},
              {T("Target"), "target", Link}}}},
    TypeRow{"Questionnaire",
            "title|name|code",
            "date",
            {{{T("Date"), "date", Date},
              {T("Title"), "title|name"},
              {T("Version"), "version", Quiet},
              {T("Status"), "status", Status}}}},
    TypeRow{"QuestionnaireResponse",
            "questionnaire|identifier",
            "authored",
            {{{T("Authored"), "authored", Date},
              {T("Questionnaire"), "questionnaire"},
              {T("Status"), "status", Status},
              {T("Subject"), "subject", Link}}}},
    TypeRow{"RelatedPerson",
            "name|relationship",
            "period",
            {{{T("Name"), "name"},
              {T("Relationship"), "relationship"},
              {T("Telecom"), "telecom", Quiet},
              {T("Patient"), "patient", Link}}}},
    TypeRow{"ServiceRequest",
            "code|category|reasonCode",
            "occurrence[x]|authoredOn",
            {{{T("Authored"), "authoredOn|occurrence[x]", Date},
              {T("Service"), "code|category"},
              {T("Intent"), "intent", Quiet},
              {T("Priority"), "priority", Quiet},
              {T("Status"), "status", Status},
              {T("Encounter"), "encounter|subject", Link}}}},
    TypeRow{"Specimen",
            "type|identifier",
            "collection.collected[x]|receivedTime",
            {{{T("Collected"), "collection.collected[x]|receivedTime", Date},
              {T("Specimen"), "type|identifier"},
              {T("Body site"), "collection.bodySite", Quiet},
              {T("Status"), "status", Status},
              {T("Subject"), "subject", Link}}}},
    TypeRow{"Task",
            "description|code",
            "authoredOn|executionPeriod",
            {{{T("Authored"), "authoredOn|executionPeriod", Date},
              {T("Task"), "description|code"},
              {T("Priority"), "priority", Quiet},
              {T("Status"), "status", Status},
              {T("For"), "for", Link}}}},
};
#undef T

const TypeRow *rowFor(const QString &type)
{
    const auto found =
        std::ranges::find_if(types, [&](const TypeRow &row) { return type == QLatin1StringView(row.type); });
    return found == types.end() ? nullptr : &*found;
}

QStringList pathsOf(const char *paths)
{
    return QString::fromLatin1(paths).split(u'|', Qt::SkipEmptyParts);
}

ResourceColumn columnOf(const ColumnRow &row)
{
    return {QCoreApplication::translate("ResourceColumns", row.title), pathsOf(row.paths), row.kind};
}

constexpr std::array genericColumns{
    ColumnRow{QT_TRANSLATE_NOOP("ResourceColumns", "Date"),
              "date|period|created|issued|authoredOn|recorded|effective[x]|occurrence[x]|meta.lastUpdated", Date},
    ColumnRow{QT_TRANSLATE_NOOP("ResourceColumns", "Status"), "status|active", Status},
    ColumnRow{QT_TRANSLATE_NOOP("ResourceColumns", "Subject"), "subject|patient", Link},
};

} // namespace

QList<ResourceColumn> columnsFor(const QString &type)
{
    QList<ResourceColumn> columns;
    if (const TypeRow *row = rowFor(type)) {
        for (const ColumnRow &column : row->columns) {
            if (column.title != nullptr)
                columns.append(columnOf(column));
        }
    } else {
        for (const ColumnRow &column : genericColumns)
            columns.append(columnOf(column));
        columns.insert(0, {QCoreApplication::translate("ResourceColumns", "Title"), {}, ColumnKind::Text});
    }
    return columns;
}

QStringList typesWithColumns()
{
    QStringList names;
    for (const TypeRow &row : types)
        names.append(QString::fromLatin1(row.type));
    return names;
}

QStringList titlePaths(const QString &type)
{
    const TypeRow *row = rowFor(type);
    return row == nullptr ? QStringList() : pathsOf(row->title);
}

QStringList datePaths(const QString &type)
{
    const TypeRow *row = rowFor(type);
    return row == nullptr ? pathsOf(genericColumns.front().paths) : pathsOf(row->date);
}

ResourceCell cellOf(const Resource &resource, const ResourceColumn &column)
{
    if (column.paths.isEmpty())
        return {resourceTitle(resource.root), {}};
    for (const QString &path : column.paths) {
        QStringList texts;
        QString reference;
        for (const JsonValue value : valuesAt(resource.root, path)) {
            if (reference.isEmpty())
                reference = value[u"reference"].text();
            const QString text = valueText(value);
            if (!text.isEmpty() && !texts.contains(text) && texts.size() < 4)
                texts.append(text);
        }
        const bool isOne = column.kind == ColumnKind::Link || column.kind == ColumnKind::Date;
        if (!texts.isEmpty())
            return {isOne ? texts.first() : texts.join(u", "_s), reference};
    }
    if (column.kind == ColumnKind::Number && column.paths.first() == u"value[x]")
        return {observationValue(resource.root), {}};
    return {};
}

} // namespace credenza
