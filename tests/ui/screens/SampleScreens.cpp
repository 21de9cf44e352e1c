// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/screens/SampleScreens.h"

#include "core/keys/PublicKey.h"
#include "tests/ui/screens/SampleTiles.h"
#include "ui/authenticate/TileLook.h"

#include "core/base/Clock.h"

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

/// The P-384 example key of RFC 7517-style documents: any valid public key will do here.
constexpr auto publicPem = "-----BEGIN PUBLIC KEY-----\n"
                           "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEqofKIr6LBTeOscce8yCtdG4dO2KLp5uY\n"
                           "WfdB4IJUKjhVAvJdv1UpbDpUXjhydgq3NhfeSpYmLG9dnpi/kpLcKfj0Hb0omhR8\n"
                           "6doxE7XwuMAKYLHOHX6BnXpDHXyQ6g5f\n"
                           "-----END PUBLIC KEY-----\n";

KeyPair pair(const QString &keyId, const QString &usedBy, int bits, qint64 daysOld, KeyState state,
             const QString &thumbprint, qint64 signedMinutesAgo)
{
    KeyPair made;
    made.keyId = keyId;
    made.card.bits = bits;
    made.card.thumbprint = thumbprint;
    made.card.publicPem = publicPem;
    made.card.createdAt = toDateTime(sampleTime()).addDays(-daysOld);
    made.usedBy = {usedBy};
    made.credentials = {QUuid::createUuidV5(QUuid(), keyId)};
    if (signedMinutesAgo >= 0)
        made.lastSigned = toDateTime(sampleTime()).addSecs(-60 * signedMinutesAgo);
    made.state = state;
    return made;
}

} // namespace

QList<KeyPair> sampleKeyPairs()
{
    return {pair(u"northlake-2024-10"_s, u"Northlake Health"_s, 2048, 397, KeyState::Old,
                 u"uK91cYdB5wLzQv7RmXn2PfGt8HjS4kDa0ZeWiCo63RfA"_s, 120),
            pair(u"cedarpoint-1"_s, u"Cedar Point, immunizations"_s, 2048, 400, KeyState::Old,
                 u"xD2oRi8LeU0kNb4VtGz6HyQm1WfJ9SpCa3XcKd57Yv7s"_s, 1440),
            pair(u"riverbend-2"_s, u"Riverbend, bulk export"_s, 4096, 20, KeyState::NotAccepted,
                 u"Zb7QpE2sVj40aXfLn8RkWc1YtGh5MdSo3UiPe9BvtN8g"_s, 11),
            pair(u"pipeline-dev-1"_s, u"Epic sandbox, pipeline dev"_s, 2048, 2, KeyState::InUse,
                 u"hT3vN0xq8R2mKcWbLq4Yz9sDfGh1JpVnTe5uAoQw6XnE"_s, 3),
            pair(u"alder-tst-1"_s, u"Alder Creek, staging"_s, 3072, 9, KeyState::Unused,
                 u"Jc5fGt9PzS3hQw1NmVx7RkLb0YdUo8EiTa4ZsHp26Kb1Wq"_s, -1)};
}

QList<PaletteSection> samplePalette()
{
    PaletteSection credentials{u"Credentials"_s, {}};
    for (const CredentialTile &tile : sampleTiles())
        credentials.entries << PaletteEntry{.text = tile.name,
                                            .detail = tile.host + u", passed 2 h ago"_s,
                                            .icon = Icon::Key,
                                            .badge = environmentBadge(tile.environment),
                                            .hint = u"Select"_s,
                                            .credential = tile.id};
    PaletteSection keys{u"Keys"_s, {}};
    for (const KeyPair &key : sampleKeyPairs())
        keys.entries << PaletteEntry{
            .text = key.keyId, .icon = Icon::Fingerprint, .isMono = true, .hint = key.usedBy.constFirst()};
    return {credentials, keys, {u"Actions"_s, {{.text = u"Settings"_s, .icon = Icon::Settings}}}};
}

PaletteSection samplePaletteActions()
{
    return {u"Actions on Northlake Health"_s,
            {{.text = u"Test connection"_s, .icon = Icon::Gauge, .keys = Qt::CTRL | Qt::Key_T},
             {.text = u"Browse resources"_s, .icon = Icon::Browse, .keys = Qt::CTRL | Qt::Key_B},
             {.text = u"Export…"_s, .icon = Icon::FileExport, .keys = Qt::CTRL | Qt::Key_E},
             {.text = u"Write resources…"_s, .icon = Icon::Upload, .disabledReason = u"No write scope granted"_s}}};
}

QList<ActivityEntry> sampleActivity()
{
    QList<ActivityEntry> entries;
    const auto add = [&entries](int minutesAgo, const QString &action, const QString &name, const QString &detail) {
        ActivityEntry entry;
        entry.sequence = static_cast<quint64>(entries.size()) + 1;
        entry.at = toDateTime(sampleTime()).addSecs(-60 * minutesAgo);
        entry.actor = u"operator@integration-01"_s;
        entry.program = u"credenza"_s;
        entry.action = action;
        entry.credentialName = name;
        entry.detail = detail;
        entries << entry;
    };
    add(9000, u"credential.created"_s, u"Northlake, nightly export"_s, {});
    add(8990, u"credential.tested"_s, u"Northlake, nightly export"_s, u"failed: invalid_client"_s);
    add(4000, u"credential.changed"_s, u"Northlake, nightly export"_s, {});
    add(3990, u"credential.tested"_s, u"Northlake, nightly export"_s, u"passed"_s);
    add(1500, u"vault.passphrase-changed"_s, {}, u"passphrase"_s);
    add(300, u"credential.key-replaced"_s, u"Riverbend, bulk export"_s, {});
    add(240, u"credential.exported"_s, u"Riverbend, bulk export"_s, u"kubernetes, in the open"_s);
    add(60, u"credential.deleted"_s, u"Old sandbox"_s, {});
    add(20, u"token.issued"_s, u"Northlake, nightly export"_s, u"system/*.rs"_s);
    add(3, u"credential.tested"_s, u"Riverbend, bulk export"_s, u"passed"_s);
    return entries;
}

ShownBackups sampleBackups()
{
    const QString folder = QStringLiteral("/home/user/.local/share/credenza/northlake backups");
    ShownBackups shown{{}, folder, {}};
    for (int day = 1; day < 5; ++day) {
        const QDateTime at = toDateTime(sampleTime()).addDays(-day).addSecs(day * 1900);
        shown.backups.append({folder + QStringLiteral("/northlake %1.credenza").arg(day), at, 421'888 - day * 8192});
    }
    return shown;
}

} // namespace credenza::test
