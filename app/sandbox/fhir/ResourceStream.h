// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/fhir/Search.h"

namespace credenza::sandbox
{

/// How far a walk has come: the next place to look at.
struct Cursor {
    qint64 unit = 0; ///< patient, shared resource, or position in the search's own list of places
    int item = 0;
};

/// Walks over the resources a search has to look at, in a fixed order, and makes them one by one.
class ResourceStream
{
public:
    /// `data` and `search` outlive the stream.
    ResourceStream(const SampleData &data, const Search &search, Cursor from);

    /// Whether next() has one more.
    [[nodiscard]] bool atEnd();
    /// The next resource, whether it matches or not; nothing for a place that is empty. Call it only before the end.
    [[nodiscard]] std::optional<QJsonObject> next();
    [[nodiscard]] Cursor position() const { return m_cursor; }

private:
    [[nodiscard]] qint64 units() const;
    [[nodiscard]] qint64 patientAt(qint64 unit) const;
    void skipEmptyPatients();

    const SampleData &m_data;
    const Search &m_search;
    Cursor m_cursor;
    std::optional<PatientStory> m_story; ///< of the patient the cursor is at
};

} // namespace credenza::sandbox
