// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/sample/PatientStory.h"
#include "app/sandbox/sample/ResourceIds.h"

#include <QJsonObject>

namespace credenza::sandbox
{

/// A made-up health system: every resource is computed from the seed and its place when it is asked for, nothing is
/// held. Same seed and size, same data, on every machine. Immutable, so safe from several threads.
class SampleData
{
public:
    SampleData(quint64 seed, qint64 patients);

    [[nodiscard]] quint64 seed() const { return m_seed; }
    [[nodiscard]] const ResourceIds &ids() const { return m_ids; }
    /// How many owners the type's resources have: patients, or, for shared types, the resources themselves.
    [[nodiscard]] qint64 owners(ResourceType type) const;
    [[nodiscard]] PatientStory story(qint64 patient) const;
    /// A resource of a shared type; `index` is below owners(type).
    [[nodiscard]] QJsonObject shared(ResourceType type, qint64 index) const;
    /// A resource of a patient; `item` is below story.count(type).
    [[nodiscard]] QJsonObject ofPatient(ResourceType type, const PatientStory &story, int item) const;
    /// The resource at that place; nothing if there is none.
    [[nodiscard]] std::optional<QJsonObject> resource(const ResourceKey &key) const;
    [[nodiscard]] std::optional<QJsonObject> find(ResourceType type, QStringView id) const;

private:
    quint64 m_seed;
    qint64 m_patients;
    ResourceIds m_ids;
};

} // namespace credenza::sandbox
