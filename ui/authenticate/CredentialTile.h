// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"
#include "core/credentials/Environment.h"

#include <QDateTime>
#include <QStringList>
#include <QUuid>

#include <optional>

namespace credenza
{

/// How far a running connection test is.
struct TileProgress {
    int step = 1; ///< the step that runs, from 1
    int steps = 5;
    QString label; ///< what it does: "request the token"
};

/// What one tile shows of a credential. Holds nothing secret.
struct CredentialTile {
    QUuid id;
    QString name;
    QString description;
    Environment environment = Environment::Production;
    QString baseUrl;
    QString host;
    QString clientId;
    QString thumbprint;
    QStringList tags;
    QDateTime createdAt;
    QDateTime lastUsedAt; ///< by Test or Next on this computer; invalid: not yet
    QDateTime keyCreatedAt;
    QDateTime keyExpiresAt; ///< invalid: it does not
    int reminderDays = 14;  ///< how long before that the tile says so
    bool isFavorite = false;
    QString notes;
    std::optional<TestSummary> lastTest;
    std::optional<TileProgress> progress; ///< while a test runs
};

/// The tile of a saved credential.
[[nodiscard]] CredentialTile tileFor(const Credential &credential);

/// What the strip at the foot of a tile says.
enum class TileState : std::uint8_t { Never, Passed, Warning, Failed, Testing };
/// The strip at the foot of a tile.
struct TileStatus {
    TileState state = TileState::Never;
    QString text;   ///< "Failed: invalid_client"
    QString detail; ///< at the right: "11 min ago", "1.42 s", "4 of 5"
    bool detailIsNumber = false;
    QString spoken; ///< the same for assistive technology: "failed: invalid_client 11 minutes ago"
};
/// The status at `now`. A passed test of a key older than a year is a warning.
[[nodiscard]] TileStatus statusOf(const CredentialTile &tile, const QDateTime &now);

/// Says that the key expires soon, or has: "Key expires in 12 days"; empty while there is nothing to remind of.
[[nodiscard]] QString expiryReminder(const CredentialTile &tile, const QDateTime &now);
/// The same in the room of a badge: "12 d left", "Key expired".
[[nodiscard]] QString expiryBadge(const CredentialTile &tile, const QDateTime &now);

/// "Production", "Sandbox", "Local".
[[nodiscard]] QString environmentText(Environment environment);

/// What a screen reader says: "Riverbend, bulk export, Production, failed: invalid_client 11 minutes ago".
[[nodiscard]] QString spokenTile(const CredentialTile &tile, const QDateTime &now);

} // namespace credenza

Q_DECLARE_METATYPE(credenza::CredentialTile)
