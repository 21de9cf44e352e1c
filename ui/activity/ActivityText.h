// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/ActivityLog.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace credenza
{

/// What an entry is about, for the chips above the log.
enum class ActivityKind : std::uint8_t { Change, Test, Key, Vault };
[[nodiscard]] ActivityKind activityKind(const QString &action);

/// An action in words: "Created". One that is not known is shown as it stands.
[[nodiscard]] QString activityText(const QString &action);

/// One JSON object a line, as `credenza-cli activity --ndjson` prints it.
[[nodiscard]] QByteArray activityNdjson(const QList<ActivityEntry> &entries);

} // namespace credenza
