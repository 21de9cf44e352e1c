// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/SearchSuggestions.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

/// What a type is usually searched by. Names are parted by spaces.
struct TypeRow {
    const char *type;
    const char *wanted;
    const char *usual;
    const char *categories;
};

constexpr std::array types{
    TypeRow{"AllergyIntolerance", "patient", "clinical-status", ""},
    TypeRow{"Appointment", "patient", "date status", ""},
    TypeRow{"CarePlan", "patient category", "status",
            "38717003=longitudinal 734163000=encounter 736271009=outpatient assess-plan"},
    TypeRow{"CareTeam", "patient", "status category", "longitudinal encounter episode"},
    TypeRow{"Condition", "patient category", "clinical-status onset-date code",
            "problem-list-item encounter-diagnosis health-concern"},
    TypeRow{"Coverage", "patient", "status", ""},
    TypeRow{"Device", "patient", "type", ""},
    TypeRow{"DiagnosticReport", "patient", "category code date", "LAB RAD laboratory"},
    TypeRow{"DocumentReference", "patient", "category type date", "clinical-note imaging-result"},
    TypeRow{"Encounter", "patient", "date class status", ""},
    TypeRow{"EpisodeOfCare", "patient type", "status", ""},
    TypeRow{"Goal", "patient", "lifecycle-status start-date", ""},
    TypeRow{"Immunization", "patient", "date status", ""},
    TypeRow{"MedicationRequest", "patient", "status intent authoredon", ""},
    TypeRow{"Observation", "patient category", "code date",
            "vital-signs laboratory social-history imaging survey exam procedure"},
    TypeRow{"Organization", "_id", "name identifier address", ""},
    TypeRow{"Patient", "", "_id identifier family given birthdate gender name", ""},
    TypeRow{"Practitioner", "_id", "family given name identifier", ""},
    TypeRow{"PractitionerRole", "practitioner", "specialty organization", ""},
    TypeRow{"Procedure", "patient", "date code status", ""},
    TypeRow{"RelatedPerson", "_id", "patient", ""},
    TypeRow{"ServiceRequest", "patient", "category code status", ""},
};

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

/// What FHIR R4 says a parameter of that name is, for those named above.
QString usualType(const QString &name)
{
    static const QStringList references{u"patient"_s, u"practitioner"_s, u"organization"_s};
    static const QStringList strings{u"name"_s, u"family"_s, u"given"_s, u"address"_s};
    if (references.contains(name))
        return u"reference"_s;
    if (strings.contains(name))
        return u"string"_s;
    const bool isDate = name.endsWith(u"date"_s) || name == u"authoredon" || name == u"_lastUpdated";
    return isDate ? u"date"_s : u"token"_s;
}

/// A server that names no parameters may take the usual ones all the same: its answer tells.
CapabilityStatement::ResourceType withUsualParameters(CapabilityStatement::ResourceType type, QStringList usual)
{
    if (isReadOnly(type))
        usual = {u"_id"_s};
    else
        usual += {u"_id"_s, u"_lastUpdated"_s};
    usual.removeDuplicates();
    for (const QString &name : std::as_const(usual)) {
        type.searchParameters.append(name);
        type.searchParameterTypes.append(usualType(name));
    }
    return type;
}

} // namespace

bool isReadOnly(const CapabilityStatement::ResourceType &type)
{
    return !type.interactions.isEmpty() && !type.interactions.contains(u"search-type"_s);
}

QList<SearchField> searchFields(const CapabilityStatement::ResourceType &described)
{
    const auto row =
        std::ranges::find_if(types, [&](const TypeRow &one) { return described.name == QLatin1StringView(one.type); });
    CapabilityStatement::ResourceType type = described;
    if (type.searchParameters.isEmpty())
        type = withUsualParameters(type, row == types.end() ? QStringList() : words(row->wanted) + words(row->usual));
    const QStringList wanted = row == types.end() ? QStringList() : words(row->wanted);
    QStringList order = wanted;
    order += row == types.end() ? words("patient date status code category name identifier") : words(row->usual);
    QList<SearchField> fields;
    const auto append = [&](qsizetype at) {
        SearchField field{type.searchParameters.at(at), type.searchParameterTypes.value(at), false, {}};
        if (field.name.isEmpty() || std::ranges::find(fields, field.name, &SearchField::name) != fields.end())
            return;
        field.isWanted = wanted.contains(field.name);
        if (field.name == u"category" && row != types.end())
            field.choices = words(row->categories);
        fields.append(std::move(field));
    };
    for (const QString &name : std::as_const(order)) {
        if (const qsizetype at = type.searchParameters.indexOf(name); at >= 0)
            append(at);
    }
    for (qsizetype at = 0; at < type.searchParameters.size(); ++at)
        append(at);
    return fields;
}

QStringList searchModifiers(const QString &parameterType)
{
    if (parameterType == u"string")
        return {u":exact"_s, u":contains"_s, u":missing"_s};
    if (parameterType == u"token")
        return {u":not"_s, u":text"_s, u":in"_s, u":missing"_s};
    if (parameterType == u"reference")
        return {u":identifier"_s, u":missing"_s};
    if (parameterType == u"date" || parameterType == u"number" || parameterType == u"quantity")
        return {u":missing"_s};
    return {};
}

QStringList searchPrefixes(const QString &parameterType, bool isEpic)
{
    if (parameterType != u"date" && parameterType != u"number" && parameterType != u"quantity")
        return {};
    QStringList prefixes{u"eq"_s, u"ge"_s, u"gt"_s, u"le"_s, u"lt"_s};
    if (!isEpic)
        prefixes += {u"ne"_s, u"sa"_s, u"eb"_s, u"ap"_s};
    return prefixes;
}

AskedFor askedFor(const QString &refusal, const QList<SearchField> &fields)
{
    AskedFor asked;
    for (const SearchField &field : fields) {
        const QRegularExpression word(u"(?<![\\w-])%1(?![\\w-])"_s.arg(QRegularExpression::escape(field.name)),
                                      QRegularExpression::CaseInsensitiveOption);
        if (word.match(refusal).hasMatch())
            asked.parameters.append(field.name);
    }
    static const QRegularExpression listed(u"\\b([0-9]{5,18}) for ([A-Za-z][A-Za-z -]*)"_s);
    for (auto matches = listed.globalMatch(refusal); matches.hasNext();) {
        const auto match = matches.next();
        asked.choices.append(match.captured(1) + u'=' + match.captured(2).trimmed());
    }
    return asked;
}

} // namespace credenza
