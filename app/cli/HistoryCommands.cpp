// SPDX-License-Identifier: Apache-2.0
#include "app/cli/HistoryCommands.h"

#include "app/cli/CommandContext.h"
#include "app/cli/CredentialText.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct HistoryText {
    Q_DECLARE_TR_FUNCTIONS(HistoryText)
};
using Text = HistoryText;

QString localTime(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
}

/// By id, or by name; of several with one name the one that was deleted last.
Result<TrashedCredential> findTrashed(const Vault &vault, const QString &nameOrId)
{
    const auto trash = vault.trash();
    const QUuid id(nameOrId.trimmed());
    const auto found = std::ranges::find_if(trash, [&](const TrashedCredential &trashed) {
        return trashed.credential.id == id ||
               trashed.credential.name.compare(nameOrId.trimmed(), Qt::CaseInsensitive) == 0;
    });
    if (found == trash.end())
        return fail(ErrorKind::NotFound, u"credential.not-found"_s,
                    Text::tr("There is no credential “%1” in the trash.").arg(nameOrId),
                    Text::tr("See what is there: credenza-cli trash list"));
    return *found;
}

Result<ExitStatus> listTrash(CommandContext &context)
{
    const Vault vault = TRY(context.openVault());
    const auto trash = vault.trash();
    Output &output = context.output();
    if (output.isJson()) {
        QJsonArray list;
        for (const TrashedCredential &trashed : trash) {
            QJsonObject card = cardJson(trashed.credential);
            card.insert(u"deletedAt"_s, trashed.deletedAt.toUTC().toString(Qt::ISODateWithMs));
            card.insert(u"deletedBy"_s, trashed.deletedBy);
            list.append(card);
        }
        output.json(list);
    } else if (trash.isEmpty()) {
        output.note(Text::tr("The trash is empty."));
    }
    for (const TrashedCredential &trashed : trash)
        if (!output.isJson())
            output.text(Text::tr("%1  deleted %2 by %3")
                            .arg(trashed.credential.name, localTime(trashed.deletedAt), trashed.deletedBy));
    TRY(requireUndamaged(vault));
    return ExitStatus::Done;
}

Result<ExitStatus> restoreFromTrash(CommandContext &context, const QString &nameOrId, const QString &newName)
{
    Vault vault = TRY(context.openVault());
    const TrashedCredential trashed = TRY(findTrashed(vault, nameOrId));
    const Credential restored = TRY(vault.restore(trashed.credential.id, newName));
    if (context.output().isJson())
        context.output().json(cardJson(restored));
    else
        context.output().note(Text::tr("Restored %1.").arg(restored.name));
    return ExitStatus::Done;
}

Result<ExitStatus> emptyTrash(CommandContext &context, const QString &nameOrId)
{
    Vault vault = TRY(context.openVault());
    std::optional<QUuid> only;
    if (!nameOrId.isEmpty())
        only = TRY(findTrashed(vault, nameOrId)).credential.id;
    const int count = TRY(vault.emptyTrash(only));
    if (context.output().isJson())
        context.output().json(QJsonObject{{u"removed"_s, count}});
    else
        context.output().note(Text::tr("Removed %n credential(s) for good.", nullptr, count));
    return ExitStatus::Done;
}

Result<ExitStatus> listVersions(CommandContext &context, const QString &name)
{
    const Vault vault = TRY(context.openVault());
    const Credential credential = TRY(findCredential(vault, name));
    const auto versions = TRY(vault.versions(credential.id));
    Output &output = context.output();
    if (output.isJson()) {
        QJsonArray list;
        for (const CredentialVersion &version : versions)
            list.append(QJsonObject{{u"revision"_s, version.credential.revision},
                                    {u"replacedAt"_s, version.replacedAt.toUTC().toString(Qt::ISODateWithMs)},
                                    {u"replacedBy"_s, version.replacedBy},
                                    {u"hasOwnKey"_s, version.hasOwnKey},
                                    {u"credential"_s, cardJson(version.credential)}});
        output.json(list);
        return ExitStatus::Done;
    }
    if (versions.isEmpty())
        output.note(Text::tr("%1 was never changed.").arg(credential.name));
    for (const CredentialVersion &version : versions)
        output.text(Text::tr("%1  until %2, changed by %3%4")
                        .arg(version.credential.revision)
                        .arg(localTime(version.replacedAt), version.replacedBy,
                             version.hasOwnKey ? Text::tr("; had another key") : QString()));
    return ExitStatus::Done;
}

Result<ExitStatus> revertTo(CommandContext &context, const QString &name, int revision)
{
    Vault vault = TRY(context.openVault());
    const Credential credential = TRY(findCredential(vault, name));
    const Credential reverted = TRY(vault.revert(credential.id, revision));
    if (context.output().isJson())
        context.output().json(cardJson(reverted));
    else
        context.output().note(Text::tr("%1 is as it was in version %2.").arg(reverted.name).arg(revision));
    return ExitStatus::Done;
}

void addTrash(CLI::App &app, Command &selected)
{
    CLI::App *trash = app.add_subcommand("trash", utf8(Text::tr("Credentials that were removed")));
    trash->require_subcommand(1);
    trash->add_subcommand("list", utf8(Text::tr("List them, the last first")))->callback([&selected] {
        selected = listTrash;
    });
    CLI::App *restore = trash->add_subcommand("restore", utf8(Text::tr("Bring one back, with its key")));
    const auto restored = std::make_shared<QString>();
    const auto newName = std::make_shared<QString>();
    addText(*restore, "NAME", *restored, Text::tr("Its name or id"), "")->required();
    addText(*restore, "--as", *newName, Text::tr("Another name for it"), "NAME");
    restore->callback([&selected, restored, newName] {
        selected = [restored, newName](CommandContext &context) {
            return restoreFromTrash(context, *restored, *newName);
        };
    });
    CLI::App *empty = trash->add_subcommand("empty", utf8(Text::tr("Remove them for good, with their versions")));
    const auto only = std::make_shared<QString>();
    addText(*empty, "NAME", *only, Text::tr("Only this one, by name or id"), "");
    empty->callback(
        [&selected, only] { selected = [only](CommandContext &context) { return emptyTrash(context, *only); }; });
}

} // namespace

void addHistoryCommands(CLI::App &app, Command &selected)
{
    addTrash(app, selected);
    CLI::App *versions = app.add_subcommand("versions", utf8(Text::tr("What a credential was before its changes")));
    const auto name = std::make_shared<QString>();
    addText(*versions, "NAME", *name, Text::tr("Name or id of the credential"), "")->required();
    versions->callback(
        [&selected, name] { selected = [name](CommandContext &context) { return listVersions(context, *name); }; });

    CLI::App *revert = app.add_subcommand("revert", utf8(Text::tr("Make an earlier version the present one")));
    const auto reverted = std::make_shared<QString>();
    const auto revision = std::make_shared<int>(0);
    addText(*revert, "NAME", *reverted, Text::tr("Name or id of the credential"), "")->required();
    revert->add_option("VERSION", *revision, utf8(Text::tr("Its number, as listed by versions")))
        ->required()
        ->check(CLI::PositiveNumber);
    revert->callback([&selected, reverted, revision] {
        selected = [reverted, revision](CommandContext &context) { return revertTo(context, *reverted, *revision); };
    });
}

} // namespace credenza::cli
