// SPDX-License-Identifier: Apache-2.0
#include "app/cli/BackupCommands.h"

#include "app/cli/CommandContext.h"
#include "app/cli/PassphraseSource.h"
#include "core/vault/VaultBackup.h"
#include "core/vault/VaultRescue.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct BackupCommandText {
    Q_DECLARE_TR_FUNCTIONS(BackupCommandText)
};
using Text = BackupCommandText;

struct PlanOptions {
    std::optional<QString> folder;
    int keep = 0;
    bool turnOn = false;
    bool turnOff = false;

    [[nodiscard]] bool isEmpty() const { return !folder && keep == 0 && !turnOn && !turnOff; }
};

Result<ExitStatus> backUp(CommandContext &context, const QString &file)
{
    const QString path = TRY(context.vaultPath());
    TRY(backUpVault(path, file));
    if (context.output().isJson())
        context.output().json(QJsonObject{{u"path"_s, file}, {u"bytes"_s, QFileInfo(file).size()}});
    else
        context.output().note(Text::tr("Copied the vault to %1.").arg(file));
    return ExitStatus::Done;
}

Result<ExitStatus> restore(CommandContext &context, const QString &file)
{
    const QString path = TRY(context.vaultPath());
    const QString aside = TRY(restoreVault(path, file, context.clock()));
    if (context.output().isJson())
        context.output().json(QJsonObject{{u"path"_s, path}, {u"keptAside"_s, aside}});
    else if (aside.isEmpty())
        context.output().note(Text::tr("Put %1 in place.").arg(file));
    else
        context.output().note(Text::tr("Put %1 in place; the vault that was there is %2 now.").arg(file, aside));
    return ExitStatus::Done;
}

Result<ExitStatus> planBackups(CommandContext &context, const PlanOptions &options)
{
    if (options.turnOn && options.turnOff)
        return usageError(Text::tr("--on and --off don't go together."));
    Vault vault = TRY(context.openVault());
    BackupPlan plan = TRY(backupPlan(vault));
    if (options.folder)
        plan.folder = options.folder->isEmpty() ? QString() : QFileInfo(*options.folder).absoluteFilePath();
    if (options.keep > 0)
        plan.keep = options.keep;
    if (options.turnOn || options.turnOff)
        plan.isOn = options.turnOn;
    if (!options.isEmpty())
        TRY(setBackupPlan(vault, plan));
    const auto backups = rollingBackups(vault.info().path, plan);
    Output &output = context.output();
    if (output.isJson()) {
        QJsonArray list;
        for (const RollingBackup &backup : backups)
            list.append(QJsonObject{{u"path"_s, backup.path},
                                    {u"madeAt"_s, backup.madeAt.toString(Qt::ISODate)},
                                    {u"bytes"_s, backup.size}});
        output.json(QJsonObject{
            {u"on"_s, plan.isOn}, {u"folder"_s, plan.folder}, {u"keep"_s, plan.keep}, {u"backups"_s, list}});
        return ExitStatus::Done;
    }
    output.text(plan.isOn ? Text::tr("Backups are made once a day the vault is used; %n are kept.", nullptr, plan.keep)
                          : Text::tr("Backups are off."));
    for (const RollingBackup &backup : backups)
        output.text(backup.path);
    return ExitStatus::Done;
}

Result<ExitStatus> salvage(CommandContext &context, const QString &target)
{
    const QString path = TRY(context.vaultPath());
    if (!QFileInfo::exists(path)) // before anybody types a passphrase
        TRY(Vault::inspect(path));
    if (QFileInfo::exists(target))
        return fail(ErrorKind::Conflict, u"vault.exists"_s, Text::tr("There is already a file %1.").arg(target),
                    Text::tr("Choose another path for what is salvaged."));
    const SecretBytes passphrase = TRY(vaultPassphrase(context, path));
    const SalvageReport report = TRY(salvageVault(path, passphrase, target, context.clock(), context.random()));
    Output &output = context.output();
    if (output.isJson()) {
        output.json(QJsonObject{{u"path"_s, target},
                                {u"credentials"_s, report.credentials},
                                {u"trashed"_s, report.trashed},
                                {u"others"_s, report.others},
                                {u"withoutKey"_s, QJsonArray::fromStringList(report.keyless)}});
        return ExitStatus::Done;
    }
    output.text(Text::tr("Saved %n credential(s) into %1.", nullptr, report.credentials).arg(target));
    for (const QString &name : report.keyless)
        output.text(Text::tr("Its private key is lost: %1").arg(name));
    return ExitStatus::Done;
}

/// A command with one path.
CLI::App *addFileCommand(CLI::App &group, Command &selected, const std::string &name, const QString &description,
                         Result<ExitStatus> (*run)(CommandContext &, const QString &))
{
    CLI::App *command = group.add_subcommand(name, utf8(description));
    const auto file = std::make_shared<QString>();
    addText(*command, "FILE", *file, Text::tr("The file"), "")->required();
    command->callback(
        [&selected, file, run] { selected = [file, run](CommandContext &context) { return run(context, *file); }; });
    return command;
}

} // namespace

void addBackupCommands(CLI::App &group, Command &selected)
{
    addFileCommand(group, selected, "backup",
                   Text::tr("Copy the vault as of this moment, also while it is used; needs no passphrase"), backUp);
    addFileCommand(group, selected, "restore", Text::tr("Put a copy back; the present vault is kept aside"), restore);
    addFileCommand(group, selected, "salvage",
                   Text::tr("Copy everything that can still be read into a new vault with the same passphrase"),
                   salvage);

    CLI::App *plan = group.add_subcommand("backups", utf8(Text::tr("The backups that are made by themselves")));
    const auto options = std::make_shared<PlanOptions>();
    plan->add_flag("--on", options->turnOn, utf8(Text::tr("Make them (they are unless turned off)")));
    plan->add_flag("--off", options->turnOff, utf8(Text::tr("Make none")));
    addText(*plan, "--folder", options->folder, Text::tr("Where they go; empty: beside the vault"), "DIR");
    plan->add_option("--keep", options->keep, utf8(Text::tr("How many are kept; 10 unless given")))
        ->type_name("N")
        ->check(CLI::Range(1, 1000));
    plan->callback([&selected, options] {
        selected = [options](CommandContext &context) { return planBackups(context, *options); };
    });
}

} // namespace credenza::cli
