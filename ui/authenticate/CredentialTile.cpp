// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/CredentialTile.h"

#include "core/credentials/KeyExpiry.h"
#include "ui/authenticate/RelativeTime.h"

#include <QCoreApplication>
#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct TileText {
    Q_DECLARE_TR_FUNCTIONS(TileText)
};

/// After a year a key is due for rotation, whatever the server still accepts.
constexpr int oldKeyMonths = 12;

/// Days left, if it is time to say so.
std::optional<int> daysToRemindOf(const CredentialTile &tile, const QDateTime &now)
{
    const auto days = daysToKeyExpiry(tile.keyExpiresAt, now);
    return tile.reminderDays > 0 && days && *days <= tile.reminderDays ? days : std::nullopt;
}

int monthsBetween(const QDateTime &from, const QDateTime &to)
{
    const QDate a = from.date();
    const QDate b = to.date();
    return (b.year() - a.year()) * 12 + b.month() - a.month() - (b.day() < a.day() ? 1 : 0);
}

} // namespace

CredentialTile tileFor(const Credential &credential)
{
    CredentialTile tile;
    tile.id = credential.id;
    tile.name = credential.name;
    tile.description = credential.description;
    tile.environment = environmentOf(credential.fhirBaseUrl);
    tile.baseUrl = credential.fhirBaseUrl;
    const QUrl url(credential.fhirBaseUrl);
    tile.host = url.port() < 0 ? url.host() : u"%1:%2"_s.arg(url.host()).arg(url.port());
    tile.clientId = credential.clientId;
    tile.thumbprint = credential.key.thumbprint;
    tile.tags = credential.tags;
    tile.createdAt = credential.createdAt;
    tile.keyCreatedAt = credential.key.createdAt;
    tile.keyExpiresAt = credential.keyExpiresAt;
    tile.isFavorite = credential.isFavorite;
    tile.notes = credential.notes;
    tile.lastTest = credential.lastTest;
    return tile;
}

TileStatus statusOf(const CredentialTile &tile, const QDateTime &now)
{
    if (tile.progress) {
        const QString text = tile.progress->label.isEmpty() ? TileText::tr("Testing…")
                                                            : TileText::tr("Testing: %1").arg(tile.progress->label);
        const QString detail = TileText::tr("%1 of %2").arg(tile.progress->step).arg(tile.progress->steps);
        const QString spoken = TileText::tr("testing, step %1").arg(detail);
        return {TileState::Testing, text, detail, false,
                tile.progress->label.isEmpty() ? spoken : spoken + u": "_s + tile.progress->label};
    }
    if (!tile.lastTest)
        return {TileState::Never, TileText::tr("Never tested"), {}, false, TileText::tr("never tested")};
    const TestSummary &test = *tile.lastTest;
    const QString when = relativeTime(test.at, now);
    const QString compactWhen = compactRelativeTime(test.at, now);
    const QString spokenWhen = spokenRelativeTime(test.at, now);
    if (!test.passed) {
        const QString code = test.code.isEmpty() ? test.step : test.code;
        return {TileState::Failed, TileText::tr("Failed: %1").arg(code), compactWhen, false,
                TileText::tr("failed: %1 %2").arg(code, spokenWhen)};
    }
    const int age = tile.keyCreatedAt.isValid() ? monthsBetween(tile.keyCreatedAt, now) : 0;
    if (age >= oldKeyMonths) {
        return {TileState::Warning, TileText::tr("Passed, key %1 months old").arg(age), compactWhen, false,
                TileText::tr("passed %1, key %2 months old").arg(spokenWhen).arg(age)};
    }
    return {TileState::Passed, TileText::tr("Passed %1").arg(when), durationText(test.milliseconds), true,
            TileText::tr("passed %1").arg(spokenWhen)};
}

QString expiryReminder(const CredentialTile &tile, const QDateTime &now)
{
    const auto days = daysToRemindOf(tile, now);
    return days ? keyExpirySentence(*days) : QString();
}

QString expiryBadge(const CredentialTile &tile, const QDateTime &now)
{
    const auto days = daysToRemindOf(tile, now);
    if (!days)
        return {};
    return *days < 0 ? TileText::tr("Key expired") : TileText::tr("%1 d left", "days until a key expires").arg(*days);
}

QString environmentText(Environment environment)
{
    switch (environment) {
    case Environment::Production:
        return TileText::tr("Production");
    case Environment::Sandbox:
        return TileText::tr("Sandbox");
    case Environment::Local:
        return TileText::tr("Local");
    }
    return {};
}

QString spokenTile(const CredentialTile &tile, const QDateTime &now)
{
    QStringList parts{tile.name, environmentText(tile.environment)};
    if (tile.isFavorite)
        parts << TileText::tr("favorite");
    if (const QString reminder = expiryReminder(tile, now); !reminder.isEmpty())
        parts << reminder;
    parts << statusOf(tile, now).spoken;
    return parts.join(u", "_s);
}

} // namespace credenza
