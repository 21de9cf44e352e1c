// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fhir/ResourceStream.h"

#include <utility>

namespace credenza::sandbox
{

ResourceStream::ResourceStream(const SampleData &data, const Search &search, Cursor from)
    : m_data(data), m_search(search), m_cursor(from)
{
}

qint64 ResourceStream::units() const
{
    if (m_search.keys)
        return static_cast<qint64>(m_search.keys->size());
    if (m_search.patients)
        return static_cast<qint64>(m_search.patients->size());
    return m_data.owners(m_search.type);
}

qint64 ResourceStream::patientAt(qint64 unit) const
{
    return m_search.patients ? (*m_search.patients)[static_cast<std::size_t>(unit)] : unit;
}

void ResourceStream::skipEmptyPatients()
{
    while (m_cursor.unit < units()) {
        const qint64 patient = patientAt(m_cursor.unit);
        if (!m_story || m_story->patient != patient)
            m_story = m_data.story(patient);
        if (m_cursor.item < m_story->count(m_search.type))
            return;
        m_cursor = {m_cursor.unit + 1, 0};
    }
}

bool ResourceStream::atEnd()
{
    if (!m_search.keys && belongsToPatient(m_search.type))
        skipEmptyPatients();
    return m_cursor.unit >= units();
}

std::optional<QJsonObject> ResourceStream::next()
{
    if (m_search.keys)
        return m_data.resource((*m_search.keys)[static_cast<std::size_t>(m_cursor.unit++)]);
    if (!belongsToPatient(m_search.type))
        return m_data.shared(m_search.type, m_cursor.unit++);
    skipEmptyPatients();
    return m_data.ofPatient(m_search.type, *m_story, m_cursor.item++);
}

} // namespace credenza::sandbox
