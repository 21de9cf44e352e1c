// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/CredentialTile.h"

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
    tile.lastTest = credential.lastTest;
    return tile;
}

TileStatus statusOf(const CredentialTile &tile, const QDateTime &now)
{
    if (tile.progress) {
        const QString text = tile.progress->label.isEmpty() ? TileText::tr("Testing…")
                                                            : TileText::tr("Testing: %1").arg(tile.progress->label);
        const QString detail = TileText::tr("%1 of %2").arg(tile.progress->step).arg(tile.progress->steps);
        return {TileState::Testing, text, detail, false, TileText::tr("testing, step %1").arg(detail)};
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
    return u"%1, %2, %3"_s.arg(tile.name, environmentText(tile.environment), statusOf(tile, now).spoken);
}

} // namespace credenza
