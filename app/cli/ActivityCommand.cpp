// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ActivityCommand.h"

#include "app/cli/CommandContext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>

#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct ActivityCommandText {
    Q_DECLARE_TR_FUNCTIONS(ActivityCommandText)
};
using Text = ActivityCommandText;

struct ActivityOptions {
    QString since;
    QString credential;
    bool isNdjson = false;
    bool isVerification = false;
};

QJsonObject toJson(const ActivityEntry &entry)
{
    QJsonObject json{{u"sequence"_s, static_cast<qint64>(entry.sequence)},
                     {u"at"_s, entry.at.toUTC().toString(Qt::ISODateWithMs)},
                     {u"actor"_s, entry.actor},
                     {u"program"_s, entry.program},
                     {u"action"_s, entry.action},
                     {u"detail"_s, entry.detail},
                     {u"hash"_s, QString::fromLatin1(entry.hash.toHex())}};
    if (!entry.credentialId.isNull())
        json.insert(u"credential"_s, QJsonObject{{u"id"_s, entry.credentialId.toString(QUuid::WithoutBraces)},
                                                 {u"name"_s, entry.credentialName}});
    return json;
}

/// RFC 3339, a date, or a length of time back from now: 30m, 12h, 7d.
Result<QDateTime> readSince(const QString &text, const QDateTime &now)
{
    static const QRegularExpression back(u"^([0-9]{1,6})([mhd])$"_s);
    if (const auto match = back.match(text); match.hasMatch()) {
        const qint64 unit = match.captured(2) == "m"_L1 ? 60 : match.captured(2) == "h"_L1 ? 3600 : 86400;
        return now.addSecs(-match.captured(1).toLongLong() * unit);
    }
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid())
        return usageError(Text::tr("%1 is no point in time. Write 2026-05-17T08:00:00Z, 2026-05-17, or 7d.").arg(text));
    return time;
}

Result<ExitStatus> verify(CommandContext &context, const Vault &vault)
{
    const auto damage = TRY(vault.verifyActivity());
    const auto count = static_cast<qint64>(vault.activityCount());
    Output &output = context.output();
    if (output.isJson()) {
        QJsonArray list;
        for (const VaultDamage &item : damage)
            list.append(
                QJsonObject{{u"code"_s, item.code}, {u"subject"_s, item.subject}, {u"message"_s, item.message}});
        output.json(QJsonObject{{u"entries"_s, count}, {u"damage"_s, list}});
    } else {
        for (const VaultDamage &item : damage)
            output.text(Text::tr("Damaged: %1 (%2, %3)").arg(item.message, item.code, item.subject));
        if (damage.isEmpty())
            output.note(Text::tr("All is well: %n entries, nothing removed, added or changed.", nullptr,
                                 static_cast<int>(count)));
    }
    return damage.isEmpty() ? ExitStatus::Done : ExitStatus::Damaged;
}

Result<ExitStatus> showActivity(CommandContext &context, const ActivityOptions &options)
{
    QDateTime since;
    if (!options.since.isEmpty())
        since = TRY(readSince(options.since, toDateTime(context.clock().now())));
    const Vault vault = TRY(context.openVault());
    if (options.isVerification)
        return verify(context, vault);
    auto entries = TRY(vault.activity());
    // By name as well as by id: a credential that is gone has its name only here.
    const auto found = vault.find(options.credential);
    const QUuid id = found ? found->id : QUuid();
    entries.removeIf([&](const ActivityEntry &entry) {
        const bool isOther = !options.credential.isEmpty() && (id.isNull() || entry.credentialId != id) &&
                             entry.credentialName.compare(options.credential, Qt::CaseInsensitive) != 0;
        return isOther || (since.isValid() && entry.at < since);
    });
    Output &output = context.output();
    if (options.isNdjson) {
        QByteArray lines;
        for (const ActivityEntry &entry : std::as_const(entries))
            lines += QJsonDocument(toJson(entry)).toJson(QJsonDocument::Compact) + '\n';
        output.bytes(lines);
    } else if (output.isJson()) {
        QJsonArray list;
        for (const ActivityEntry &entry : std::as_const(entries))
            list.append(toJson(entry));
        output.json(list);
    } else {
        for (const ActivityEntry &entry : std::as_const(entries)) {
            QString line = entry.at.toLocalTime().toString(Qt::ISODate) + u"  "_s + entry.action;
            for (const QString &part : {entry.credentialName, entry.detail, entry.actor})
                if (!part.isEmpty())
                    line += u"  "_s + part;
            output.text(line);
        }
        if (entries.isEmpty())
            output.note(Text::tr("No activity."));
    }
    return ExitStatus::Done;
}

} // namespace

void addActivityCommand(CLI::App &app, Command &selected)
{
    CLI::App *activity = app.add_subcommand("activity", utf8(Text::tr("What happened to which credential, and when")));
    const auto options = std::make_shared<ActivityOptions>();
    addText(*activity, "--since", options->since, Text::tr("Only from then on: a time, a date, or 30m, 12h, 7d"), "T");
    addText(*activity, "--credential", options->credential, Text::tr("Only what concerns this one"), "NAME");
    activity->add_flag("--ndjson", options->isNdjson, utf8(Text::tr("One JSON object a line")));
    activity->add_flag("--verify", options->isVerification,
                       utf8(Text::tr("Check that nothing was removed, added or changed; exit status 5 if it was")));
    activity->callback([&selected, options] {
        selected = [options](CommandContext &context) { return showActivity(context, *options); };
    });
}

} // namespace credenza::cli
