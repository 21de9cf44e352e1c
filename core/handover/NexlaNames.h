// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QJsonObject>
#include <QString>

namespace credenza
{

/// What Nexla calls the connector and its three parameters. Nexla does not publish these names and may call them
/// otherwise in each deployment (handover.md, A5), so a person can change them.
struct NexlaNames {
    QString vendorName = QStringLiteral("epic_ehr");
    QString authTemplateName; ///< only where the vendor has several
    QString connector = QStringLiteral("epic_ehr");
    QString authMode; ///< only where describe lists several
    QString fhirBaseUrl = QStringLiteral("fhir_base_url");
    QString clientId = QStringLiteral("client_id");
    QString privateKey = QStringLiteral("private_key");

    bool operator==(const NexlaNames &) const = default;
};

/// Changes one of them: "vendor_name", "auth_template_name", "connector", "auth_mode", "fhir_base_url", "client_id" or
/// "private_key". Errors: export.nexla-name (InvalidInput).
[[nodiscard]] Result<void> setNexlaName(NexlaNames &names, const QString &which, const QString &value);
[[nodiscard]] QStringList nexlaNameKeys();
[[nodiscard]] QString nexlaName(const NexlaNames &names, const QString &which);

[[nodiscard]] QJsonObject toJson(const NexlaNames &names);
/// Unknown and unusable members are passed over.
[[nodiscard]] NexlaNames nexlaNamesFromJson(const QJsonObject &json);

} // namespace credenza
