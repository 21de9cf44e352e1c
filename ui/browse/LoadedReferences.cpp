// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/LoadedReferences.h"

#include "core/fhir/ReferenceTarget.h"
#include "core/fhir/ResourceColumns.h"
#include "core/fhir/ValueText.h"

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype mostReferrers = 12;
constexpr qsizetype mostEarlier = 8;
constexpr std::size_t mostSearched = 200'000; // values of a resource that is looked through for references

} // namespace

void LoadedReferences::add(const QList<Resource> &resources, const QUrl &base)
{
    for (const Resource &resource : resources) {
        if (resource.root.nodes() > mostSearched)
            continue;
        for (const QString &reference : referencesIn(resource.root)) {
            const ReferenceTarget target = referenceTarget(reference, base);
            const bool isFollowed = target.kind == ReferenceKind::SameServer || target.kind == ReferenceKind::Uuid;
            const QString path =
                target.kind == ReferenceKind::SameServer ? target.path.section(u"/_history/"_s, 0, 0) : target.path;
            if (isFollowed && m_referredBy.value(path).size() < mostReferrers)
                m_referredBy[path].append(resource);
        }
    }
}

QList<SummaryView::Referrer> LoadedReferences::referrersOf(const Resource &resource) const
{
    QList<SummaryView::Referrer> referrers;
    const QString path = resource.path();
    QList<Resource> found = m_referredBy.value(path);
    if (!resource.fullUrl.isEmpty())
        found += m_referredBy.value(resource.fullUrl);
    for (const Resource &other : std::as_const(found)) {
        const bool isKnown =
            std::ranges::find(referrers, other.path(), &SummaryView::Referrer::path) != referrers.end();
        if (referrers.size() < mostReferrers && other.path() != path && !isKnown)
            referrers.append({other.type(), summaryLine(other), other.path()});
    }
    return referrers;
}

QList<SummaryView::EarlierValue> earlierValues(const Resource &resource, const QList<Resource> &loaded)
{
    QList<SummaryView::EarlierValue> values;
    if (resource.type() != u"Observation")
        return values;
    const QString code = resourceTitle(resource.root);
    const QString subject = resource.root[u"subject"][u"reference"].text();
    const auto dateOf = [](const Resource &one) {
        for (const QString &path : datePaths(one.type())) {
            for (const JsonValue date : valuesAt(one.root, path))
                return date.isObject() ? date[u"start"].text() : date.text();
        }
        return QString();
    };
    const QString date = dateOf(resource);
    for (const Resource &other : loaded) {
        const QString its = other.type() == u"Observation" ? dateOf(other) : QString();
        if (its.isEmpty() || its >= date || other.root[u"subject"][u"reference"].text() != subject ||
            resourceTitle(other.root) != code)
            continue;
        const QString flag = valueText(other.root[u"interpretation"]);
        values.append({dateText(its), observationValue(other.root), flag, other.path()});
    }
    std::ranges::sort(values, std::ranges::greater(), &SummaryView::EarlierValue::date);
    return values.mid(0, mostEarlier);
}

} // namespace credenza
