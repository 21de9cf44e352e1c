// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/Elements.h"
#include "app/sandbox/sample/Writer.h"

#include <array>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

constexpr std::array organizationNames{u"Sample Health System",        u"Exampleville Family Medicine",
                                       u"Fixture Falls Clinic",        u"Port Placeholder Hospital",
                                       u"Testburg Community Practice", u"Sample Reference Laboratory"};
constexpr std::array roomNames{u"Internal Medicine", u"Family Medicine", u"Emergency Department",
                               u"Cardiology",        u"Pediatrics",      u"Orthopedics"};

QString nameAt(std::span<const char16_t *const> names, qint64 index)
{
    return text(names[static_cast<std::size_t>(index) % names.size()]);
}

} // namespace

QJsonObject Writer::organization(qint64 index) const
{
    QJsonObject organization = start(ResourceType::Organization, index);
    organization.insert(u"active"_s, true);
    organization.insert(u"name"_s, nameAt(organizationNames, index));
    organization.insert(u"type"_s, list(codeable(u"http://terminology.hl7.org/CodeSystem/organization-type",
                                                 {u"prov", u"Healthcare Provider"})));
    if (index > 0)
        organization.insert(u"partOf"_s, refer(ResourceType::Organization, 0, 0, nameAt(organizationNames, 0)));
    return organization;
}

QJsonObject Writer::location(qint64 index, qint64 organizations) const
{
    const qint64 owner = index % organizations;
    QJsonObject location = start(ResourceType::Location, index);
    location.insert(u"status"_s, u"active"_s);
    location.insert(u"name"_s, nameAt(organizationNames, owner) + u", "_s + nameAt(roomNames, index / organizations));
    location.insert(u"mode"_s, u"instance"_s);
    location.insert(u"managingOrganization"_s,
                    refer(ResourceType::Organization, owner, 0, nameAt(organizationNames, owner)));
    return location;
}

} // namespace credenza::sandbox
