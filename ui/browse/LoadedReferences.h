// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/browse/SummaryView.h"

#include <QHash>
#include <QUrl>

namespace credenza
{

/// Who refers to whom among the resources loaded so far, kept as they come, so that a summary asks nobody.
class LoadedReferences
{
public:
    /// `base`: the server's FHIR base URL, below which absolute references are the same as relative ones.
    void add(const QList<Resource> &resources, const QUrl &base);
    void clear() { m_referredBy.clear(); }
    /// A few of those that refer to `resource`, in the order in which they came.
    [[nodiscard]] QList<SummaryView::Referrer> referrersOf(const Resource &resource) const;

private:
    QHash<QString, QList<Resource>> m_referredBy; // by the path referred to
};

/// The same of the same subject measured before an Observation, latest first; none for other types.
[[nodiscard]] QList<SummaryView::EarlierValue> earlierValues(const Resource &resource, const QList<Resource> &loaded);

} // namespace credenza
