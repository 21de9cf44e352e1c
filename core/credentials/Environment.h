// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace credenza
{

/// Where a FHIR base URL points, told from its host: a badge on the tile, and evidence for a diagnosis.
enum class Environment { Production, Sandbox, Local };

/// Sandbox: fhir.epic.com and hosts that name themselves a test system; Local: loopback; else Production.
[[nodiscard]] Environment environmentOf(const QString &fhirBaseUrl);
/// Stable name for JSON: "production", "sandbox", "local".
[[nodiscard]] QString nameOf(Environment environment);

} // namespace credenza
