// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fhir/Search.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <tuple>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

/// Splits at commas that are not escaped (http://hl7.org/fhir/R4/search.html#escaping).
QStringList alternatives(const QString &value)
{
    QStringList parts{QString()};
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value[i] == u'\\' && i + 1 < value.size())
            parts.last().append(value[++i]);
        else if (value[i] == u',')
            parts.append(QString());
        else
            parts.last().append(value[i]);
    }
    return parts;
}

/// "Type/id" or "id", whatever of our own base stood before it.
QString relativeReference(QString value, const QString &baseUrl)
{
    if (value.startsWith(baseUrl + u'/'))
        value.remove(0, baseUrl.size() + 1);
    return value;
}

/// Categories that Epic's Observation search knows; another one is an error there (facts F7).
bool isObservationCategory(const QString &value)
{
    static const QSet<QString> known{u"vital-signs"_s,
                                     u"laboratory"_s,
                                     u"social-history"_s,
                                     u"survey"_s,
                                     u"exam"_s,
                                     u"imaging"_s,
                                     u"procedure"_s,
                                     u"therapy"_s,
                                     u"activity"_s,
                                     u"core-characteristics"_s,
                                     u"genomics"_s,
                                     u"lda"_s,
                                     u"smartdata"_s,
                                     u"periodontal"_s,
                                     u"labor-delivery"_s,
                                     u"sdoh"_s,
                                     u"obstetrics-gynecology"_s,
                                     u"functional-mental-status"_s};
    return known.contains(value.mid(value.indexOf(u'|') + 1));
}

class Reader
{
public:
    Reader(ResourceType type, const SampleData &data, const QString &baseUrl) : m_data(data), m_baseUrl(baseUrl)
    {
        m_search.type = type;
        m_search.count = usualPage;
    }

    std::expected<Search, Issues> read(const QList<Parameter> &parameters)
    {
        for (const Parameter &parameter : parameters)
            take(parameter);
        const bool onlyUnknown = !m_search.notes.isEmpty() && m_search.criteria.isEmpty() && !m_search.keys;
        if (onlyUnknown)
            m_faults.append(EpicIssue::noParameters());
        requireCategory();
        if (!m_faults.isEmpty())
            return std::unexpected(m_search.notes + m_faults);
        return std::move(m_search);
    }

private:
    void take(const Parameter &parameter)
    {
        const QString name = parameter.name.section(u':', 0, 0);
        const QString modifier = parameter.name.section(u':', 1);
        if (name == u"_count"_s)
            takeCount(parameter.value);
        else if (name == u"_id"_s)
            takeIds(parameter.value);
        else if (const SearchParameter *known = searchParameter(m_search.type, name))
            takeCriterion(*known, modifier, parameter.value);
        else if (name != u"_format"_s) // read together with Accept
            m_search.notes.append(EpicIssue::unknownParameter(parameter.name));
    }

    void takeCount(const QString &value)
    {
        bool isNumber = false;
        const int count = value.toInt(&isNumber);
        if (isNumber && count > 0)
            m_search.count = std::min(count, largestPage);
        else
            m_faults.append(EpicIssue::badValue(u"_count"_s, value));
    }

    void takeIds(const QString &value)
    {
        std::vector<ResourceKey> keys;
        for (const QString &id : alternatives(value)) {
            if (const auto key = m_data.ids().key(m_search.type, id))
                keys.push_back(*key);
        }
        std::ranges::sort(keys, {}, [](const ResourceKey &key) { return std::tuple(key.owner, key.item); });
        const auto repeated = std::ranges::unique(keys);
        keys.erase(repeated.begin(), repeated.end());
        if (m_search.keys) // repeated parameters mean "and"
            std::erase_if(keys, [this](const ResourceKey &key) {
                return std::ranges::find(*m_search.keys, key) == m_search.keys->end();
            });
        m_search.keys = std::move(keys);
    }

    void takeCriterion(const SearchParameter &parameter, const QString &modifier, const QString &value)
    {
        Criterion criterion{.parameter = &parameter, .modifier = modifier, .values = alternatives(value), .dates = {}};
        const bool referenceType = parameter.kind == SearchKind::Reference && resourceType(modifier).has_value();
        const bool stringMatch =
            parameter.kind == SearchKind::String && (modifier == u"exact"_s || modifier == u"contains"_s);
        if (!modifier.isEmpty() && !referenceType && !stringMatch) {
            m_faults.append(EpicIssue::invalidParameter(parameter.name, u"The modifier is not supported."_s));
            return;
        }
        for (QString &one : criterion.values) {
            if (one.isEmpty()) {
                m_faults.append(EpicIssue::badValue(parameter.name, value));
                return;
            }
            if (parameter.kind == SearchKind::Date) {
                const auto date = DateCriterion::parse(one);
                if (!date) {
                    m_faults.append(EpicIssue::badValue(parameter.name, one));
                    return;
                }
                criterion.dates.append(*date);
            } else if (parameter.kind == SearchKind::Reference) {
                one = relativeReference(one, m_baseUrl);
                if (referenceType && !one.contains(u'/'))
                    one.prepend(modifier + u'/');
            }
        }
        if (m_search.type == ResourceType::Observation && parameter.name == u"category"_s) {
            for (const QString &category : criterion.values) {
                if (!isObservationCategory(category))
                    m_faults.append(EpicIssue::invalidCategory(category));
            }
        }
        if (parameter.name == u"patient"_s || parameter.name == u"subject"_s)
            narrowToPatients(criterion.values);
        m_search.criteria.append(criterion);
    }

    void narrowToPatients(const QStringList &references)
    {
        std::vector<qint64> patients;
        for (const QString &reference : references) {
            const auto key = m_data.ids().key(ResourceType::Patient, reference.mid(reference.indexOf(u'/') + 1));
            if (key && key->item == 0 && key->owner >= 0 && key->owner < m_data.owners(ResourceType::Patient))
                patients.push_back(key->owner);
        }
        std::ranges::sort(patients);
        const auto repeated = std::ranges::unique(patients);
        patients.erase(repeated.begin(), repeated.end());
        if (m_search.patients)
            std::erase_if(patients,
                          [this](qint64 one) { return !std::ranges::binary_search(*m_search.patients, one); });
        m_search.patients = std::move(patients);
    }

    [[nodiscard]] bool has(const QString &name) const
    {
        return std::ranges::any_of(m_search.criteria,
                                   [&name](const Criterion &criterion) { return criterion.parameter->name == name; });
    }

    void requireCategory()
    {
        if (m_search.keys)
            return;
        if (m_search.type == ResourceType::Observation && !has(u"category"_s) && !has(u"code"_s))
            m_faults.append(EpicIssue::codeOrCategoryRequired());
        if (m_search.type == ResourceType::CarePlan && !has(u"category"_s))
            m_faults.append(EpicIssue::carePlanCategoryRequired());
    }

    const SampleData &m_data;
    const QString &m_baseUrl;
    Search m_search;
    Issues m_faults;
};

/// Lower case without accents: "José" is found by "jose".
QString folded(const QString &text)
{
    QString plain;
    for (const QChar c : text.normalized(QString::NormalizationForm_D)) {
        if (c.category() != QChar::Mark_NonSpacing)
            plain.append(c.toCaseFolded());
    }
    return plain;
}

bool tokenMatches(const QJsonValue &element, const QString &value)
{
    const qsizetype bar = value.indexOf(u'|');
    const QString system = value.left(std::max<qsizetype>(bar, 0));
    const QString code = value.mid(bar + 1);
    const auto fits = [&](const QString &itsSystem, const QString &itsCode) {
        return (bar < 0 || system == itsSystem) && (code.isEmpty() ? bar > 0 : code == itsCode);
    };
    if (element.isString())
        return fits({}, element.toString());
    const QJsonObject object = element.toObject();
    if (object.contains(u"coding"_s)) {
        const QJsonArray codings = object.value(u"coding"_s).toArray();
        return std::ranges::any_of(codings, [&value](const QJsonValue &one) { return tokenMatches(one, value); });
    }
    // A Coding has its code in `code`, an Identifier and a ContactPoint theirs in `value`.
    const QString own = object.value(object.contains(u"code"_s) ? u"code"_s : u"value"_s).toString();
    return fits(object.value(u"system"_s).toString(), own);
}

bool stringMatches(const QJsonValue &element, const QString &value, const QString &modifier)
{
    if (element.isObject()) { // a HumanName: any of its parts
        const QJsonObject name = element.toObject();
        QStringList parts{name.value(u"family"_s).toString(), name.value(u"text"_s).toString()};
        for (const QJsonValue &given : name.value(u"given"_s).toArray())
            parts.append(given.toString());
        return std::ranges::any_of(parts, [&](const QString &part) { return stringMatches(part, value, modifier); });
    }
    const QString text = element.toString();
    if (modifier == u"exact"_s)
        return text == value;
    return modifier == u"contains"_s ? folded(text).contains(folded(value)) : folded(text).startsWith(folded(value));
}

bool referenceMatches(const QJsonValue &element, const QString &value)
{
    const QString reference = element.toObject().value(u"reference"_s).toString();
    return value.contains(u'/') ? reference == value : reference.endsWith(u'/' + value);
}

bool meets(const QJsonValue &element, const Criterion &criterion)
{
    const auto any = [&](const auto &matcher) { return std::ranges::any_of(criterion.values, matcher); };
    switch (criterion.parameter->kind) {
    case SearchKind::Token:
        return any([&](const QString &value) { return tokenMatches(element, value); });
    case SearchKind::Reference:
        return any([&](const QString &value) { return referenceMatches(element, value); });
    case SearchKind::String:
        return any([&](const QString &value) { return stringMatches(element, value, criterion.modifier); });
    case SearchKind::Date: {
        const auto range = DateRange::of(element);
        return range &&
               std::ranges::any_of(criterion.dates, [&](const DateCriterion &date) { return date.matches(*range); });
    }
    }
    return false;
}

} // namespace

std::expected<Search, Issues> readSearch(ResourceType type, const QList<Parameter> &parameters, const SampleData &data,
                                         const QString &baseUrl)
{
    return Reader(type, data, baseUrl).read(parameters);
}

bool matches(const QJsonObject &resource, const Search &search)
{
    return std::ranges::all_of(search.criteria, [&resource](const Criterion &criterion) {
        const QList<QJsonValue> elements = elementsAt(resource, *criterion.parameter);
        return std::ranges::any_of(elements, [&](const QJsonValue &element) { return meets(element, criterion); });
    });
}

} // namespace credenza::sandbox
