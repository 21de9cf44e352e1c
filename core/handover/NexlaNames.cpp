// SPDX-License-Identifier: Apache-2.0
#include "core/handover/NexlaNames.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace credenza
{

namespace
{

struct NexlaName {
    QLatin1String key;
    QString NexlaNames::*member;
    bool mayBeEmpty;
};

constexpr std::array nexlaMembers{
    NexlaName{QLatin1String("vendor_name"), &NexlaNames::vendorName, false},
    NexlaName{QLatin1String("auth_template_name"), &NexlaNames::authTemplateName, true},
    NexlaName{QLatin1String("connector"), &NexlaNames::connector, false},
    NexlaName{QLatin1String("auth_mode"), &NexlaNames::authMode, true},
    NexlaName{QLatin1String("fhir_base_url"), &NexlaNames::fhirBaseUrl, false},
    NexlaName{QLatin1String("client_id"), &NexlaNames::clientId, false},
    NexlaName{QLatin1String("private_key"), &NexlaNames::privateKey, false},
};

const NexlaName *memberFor(const QString &key)
{
    const auto found = std::ranges::find(nexlaMembers, key, [](const NexlaName &name) { return QString(name.key); });
    return found == nexlaMembers.end() ? nullptr : found;
}

} // namespace

Result<void> setNexlaName(NexlaNames &names, const QString &which, const QString &value)
{
    static const QRegularExpression word(QStringLiteral("^[A-Za-z0-9_.:-]{1,128}$"));
    const NexlaName *member = memberFor(which);
    const bool isUsable =
        member != nullptr && (word.match(value).hasMatch() || (member->mayBeEmpty && value.isEmpty()));
    if (!isUsable)
        return fail(ErrorKind::InvalidInput, QStringLiteral("export.nexla-name"),
                    member == nullptr
                        ? QCoreApplication::translate("NexlaNames", "There is no name “%1” for Nexla.").arg(which)
                        : QCoreApplication::translate("NexlaNames", "“%1” can't be a name at Nexla.").arg(value),
                    QCoreApplication::translate("NexlaNames", "Known are %1; each is one word.")
                        .arg(nexlaNameKeys().join(QStringLiteral(", "))));
    names.*(member->member) = value;
    return {};
}

QStringList nexlaNameKeys()
{
    QStringList keys;
    for (const NexlaName &name : nexlaMembers)
        keys.append(name.key);
    return keys;
}

QString nexlaName(const NexlaNames &names, const QString &which)
{
    const NexlaName *member = memberFor(which);
    return member == nullptr ? QString() : names.*(member->member);
}

QJsonObject toJson(const NexlaNames &names)
{
    QJsonObject json;
    for (const NexlaName &name : nexlaMembers)
        json.insert(name.key, names.*(name.member));
    return json;
}

NexlaNames nexlaNamesFromJson(const QJsonObject &json)
{
    NexlaNames names;
    for (auto it = json.begin(); it != json.end(); ++it) {
        const auto set = setNexlaName(names, it.key(), it.value().toString());
        Q_UNUSED(set) // a setting of another version: the default stays
    }
    return names;
}

} // namespace credenza
