// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/sample/ResourceType.h"

namespace credenza::sandbox
{

/// Where a resource stands: the how-manieth of its patient, or of all where the type belongs to no patient
/// (then `owner` counts and `item` is 0).
struct ResourceKey {
    ResourceType type = ResourceType::Patient;
    qint64 owner = 0;
    int item = 0;
    friend bool operator==(const ResourceKey &, const ResourceKey &) = default;
};

/// Turns keys into ids that look like Epic's ("eq081-VQEgP8drUUqCWzHfw3") and back. The mapping is a keyed permutation
/// of 128 bits (a Feistel network) with a redundant part, so that an id that was not made here decodes to nothing. It
/// hides the order; it is no protection.
class ResourceIds
{
public:
    explicit ResourceIds(quint64 seed) : m_seed(seed) {}

    [[nodiscard]] QString id(const ResourceKey &key) const;
    /// Nothing if the id is of another type, another seed, or none of ours. The key may still be beyond the data's end.
    [[nodiscard]] std::optional<ResourceKey> key(ResourceType type, QStringView id) const;

private:
    quint64 m_seed;
};

} // namespace credenza::sandbox
