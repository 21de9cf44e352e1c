// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace credenza
{

/// The day on which a key expires as it is typed and shown, "2027-03-31" (UTC); empty if it does not.
[[nodiscard]] QString keyExpiryText(const QDateTime &expiresAt);

/// The time a key expires at: the beginning of the day that was typed (UTC), or a full RFC 3339 time. Nothing if it is
/// no date.
[[nodiscard]] std::optional<QDateTime> keyExpiryFrom(const QString &text);

/// Whole days until the key expires, counted by UTC dates; 0 today, negative once it has. Nothing if it does not
/// expire.
[[nodiscard]] std::optional<int> daysToKeyExpiry(const QDateTime &expiresAt, const QDateTime &now);

/// "Key expires in 12 days", "Key expires today", "Key expired 3 days ago".
[[nodiscard]] QString keyExpirySentence(int days);

} // namespace credenza
