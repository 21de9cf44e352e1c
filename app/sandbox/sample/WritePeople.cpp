// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/Draw.h"
#include "app/sandbox/sample/Elements.h"
#include "app/sandbox/sample/Names.h"
#include "app/sandbox/sample/Writer.h"

#include <array>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

/// 555-0100 … 555-0199 are set aside for numbers that reach nobody.
QString phoneNumber(Draw &draw)
{
    return u"608-555-01%1"_s.arg(draw.below(100), 2, 10, QChar(u'0'));
}

QJsonObject telecom(const QString &system, const QString &value, const QString &use)
{
    return {{u"system"_s, system}, {u"value"_s, value}, {u"use"_s, use}};
}

QJsonObject address(Draw &draw)
{
    static constexpr std::array streets{u"Sample Street", u"Example Avenue", u"Testing Lane", u"Mockup Road"};
    static constexpr std::array cities{u"Exampleville", u"Fixture Falls", u"Port Placeholder", u"Testburg"};
    const QString street = text(draw.oneOf(std::span<const char16_t *const>(streets)));
    const auto city = draw.below(static_cast<int>(cities.size()));
    return {{u"use"_s, u"home"_s},
            {u"line"_s, list(QString::number(draw.between(1, 1999)) + u' ' + street)},
            {u"city"_s, text(cities[static_cast<std::size_t>(city)])},
            {u"state"_s, u"WI"_s},
            {u"postalCode"_s, u"000%1"_s.arg(10 + city)}, // no such ZIP codes
            {u"country"_s, u"US"_s}};
}

QJsonObject humanName(const QString &family, const QJsonArray &given, const QString &prefix = {})
{
    QString shown = family;
    for (auto i = given.size(); i-- > 0;)
        shown.prepend(given.at(i).toString() + u' ');
    QJsonObject name{{u"use"_s, u"official"_s}, {u"family"_s, family}, {u"given"_s, given}, {u"text"_s, shown}};
    if (!prefix.isEmpty())
        name.insert(u"prefix"_s, list(prefix));
    return name;
}

} // namespace

QString displayName(const PatientStory &story)
{
    return givenName(story.givenName, story.isFemale) + u' ' + familyName(story.familyName);
}

QJsonObject Writer::start(ResourceType type, qint64 owner, int item) const
{
    return resource(nameOf(type), m_ids.id({type, owner, item}));
}

QJsonObject Writer::refer(ResourceType type, qint64 owner, int item, const QString &display) const
{
    return reference(nameOf(type), m_ids.id({type, owner, item}), display);
}

QJsonObject Writer::referToPatient(const PatientStory &story) const
{
    return refer(ResourceType::Patient, story.patient, 0, displayName(story));
}

QString Writer::practitionerName(qint64 index) const
{
    Draw draw(m_seed, Draw::Topic::Practitioner, {index});
    const bool isFemale = draw.chance(0.5);
    const QString given = givenName(draw.below(1 << 20), isFemale);
    return given + u' ' + familyName(draw.below(1 << 20));
}

QJsonObject Writer::referToPractitioner(qint64 index) const
{
    return refer(ResourceType::Practitioner, index, 0, practitionerName(index));
}

QJsonObject Writer::patient(const PatientStory &story) const
{
    Draw draw(m_seed, Draw::Topic::Patient, {story.patient, 1});
    const QString given = givenName(story.givenName, story.isFemale);
    const QString family = familyName(story.familyName);
    QJsonObject patient = start(ResourceType::Patient, story.patient);
    patient.insert(u"identifier"_s, list(identifier(u"urn:oid:2.16.840.1.113883.19.5.1",
                                                    u"S%1"_s.arg(story.patient + 1, 7, 10, QChar(u'0')),
                                                    {u"MR", u"Medical record number"})));
    patient.insert(u"active"_s, true);
    patient.insert(u"name"_s, list(humanName(family, {given, givenName(story.middleName, story.isFemale)})));
    patient.insert(u"gender"_s, story.isFemale ? u"female"_s : u"male"_s);
    patient.insert(u"birthDate"_s, story.birth.toString(Qt::ISODate));
    if (story.death.isNull())
        patient.insert(u"deceasedBoolean"_s, false);
    else
        patient.insert(u"deceasedDateTime"_s, instant(story.death));
    QJsonArray contacts{telecom(u"phone"_s, phoneNumber(draw), u"home"_s)};
    contacts.append(telecom(u"email"_s, u"patient%1@example.org"_s.arg(story.patient + 1), u"home"_s));
    patient.insert(u"telecom"_s, contacts);
    patient.insert(u"address"_s, list(address(draw)));
    static constexpr std::array languages{Code{u"en", u"English"}, Code{u"es", u"Spanish"}, Code{u"de", u"German"}};
    const int language = draw.chance(0.85) ? 0 : draw.between(1, 2);
    patient.insert(
        u"communication"_s,
        list(QJsonObject{{u"language"_s, codeable(u"urn:ietf:bcp:47", languages[static_cast<std::size_t>(language)])},
                         {u"preferred"_s, true}}));
    patient.insert(u"generalPractitioner"_s, list(referToPractitioner(story.generalPractitioner)));
    patient.insert(u"managingOrganization"_s, refer(ResourceType::Organization, 0, 0, u"Sample Health System"_s));
    return patient;
}

QJsonObject Writer::practitioner(qint64 index) const
{
    Draw draw(m_seed, Draw::Topic::Practitioner, {index, 1});
    const QString name = practitionerName(index);
    const qsizetype space = name.indexOf(u' ');
    QJsonObject practitioner = start(ResourceType::Practitioner, index);
    practitioner.insert(u"identifier"_s,
                        list(identifier(u"urn:oid:2.16.840.1.113883.19.5.2",
                                        u"P%1"_s.arg(index + 1, 5, 10, QChar(u'0')), {u"PRN", u"Provider number"})));
    practitioner.insert(u"active"_s, true);
    practitioner.insert(u"name"_s, list(humanName(name.mid(space + 1), {name.left(space)}, u"Dr."_s)));
    practitioner.insert(u"telecom"_s, list(telecom(u"phone"_s, phoneNumber(draw), u"work"_s)));
    practitioner.insert(u"qualification"_s,
                        list(QJsonObject{{u"code"_s, codeable(u"http://terminology.hl7.org/CodeSystem/v2-0360",
                                                              {u"MD", u"Doctor of Medicine"})}}));
    return practitioner;
}

QJsonObject Writer::group(qint64 index, qint64 first, qint64 end) const
{
    QJsonObject group = start(ResourceType::Group, index);
    group.insert(u"identifier"_s, list(QJsonObject{{u"system"_s, u"urn:oid:2.16.840.1.113883.19.5.3"_s},
                                                   {u"value"_s, u"PANEL-%1"_s.arg(index + 1)}}));
    group.insert(u"active"_s, true);
    group.insert(u"type"_s, u"person"_s);
    group.insert(u"actual"_s, true);
    group.insert(u"name"_s, u"Primary care panel %1"_s.arg(index + 1));
    group.insert(u"quantity"_s, end - first);
    group.insert(u"managingEntity"_s, refer(ResourceType::Organization, 0, 0, u"Sample Health System"_s));
    QJsonArray members;
    for (qint64 patient = first; patient < end; ++patient)
        members.append(QJsonObject{{u"entity"_s, refer(ResourceType::Patient, patient)}});
    group.insert(u"member"_s, members);
    return group;
}

} // namespace credenza::sandbox
