// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ImportCommands.h"

#include "app/cli/BundleKeys.h"
#include "app/cli/CommandContext.h"
#include "core/handover/ImportPlan.h"
#include "core/handover/VaultIdentities.h"
#include "core/handover/reading/ImportReading.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <iterator>
#include <memory>
#include <unistd.h>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct ImportCommandText {
    Q_DECLARE_TR_FUNCTIONS(ImportCommandText)
};

struct ImportCommandOptions {
    QString file;
    BundleKeyOptions keys;
    std::string onConflict;
    bool isDryRun = false;
};

struct DecryptOptions {
    QString file;
    BundleKeyOptions keys;
    bool usesVault = false;
};

/// The identities of the vault open a file as well as those that were given.
Result<void> addKeptIdentities(AgeKeys &keys, const Vault &vault)
{
    std::vector<AgeIdentity> kept = TRY(openIdentities(vault));
    std::ranges::move(kept, std::back_inserter(keys.identities));
    return {};
}

Result<ImportedCredentials> readSource(CommandContext &context, const Vault &vault, const ImportCommandOptions &options)
{
    const QDateTime now = toDateTime(context.clock().now());
    if (options.file != u"-" && QFileInfo(options.file).isDir())
        return readPemFolder(options.file, now);
    const SecretBytes contents = TRY(context.readSecret(options.file, qint64{largestImport}));
    if (importSourceOf(contents.charView()) == ImportSource::Readable)
        return readImport(contents, options.file, now, context.stop());
    AgeKeys keys = TRY(ageKeysFor(context, options.keys));
    TRY(addKeptIdentities(keys, vault));
    return readEncryptedImport(contents.charView(), keys, options.file, now, context.stop());
}

QString sentenceFor(const PlannedImport &planned)
{
    const QString name = planned.credential.name;
    switch (planned.state) {
    case ImportState::New:
        return ImportCommandText::tr("%1: new").arg(name);
    case ImportState::Identical:
        return ImportCommandText::tr("%1: identical").arg(name);
    case ImportState::Changed:
        return ImportCommandText::tr("%1: changed").arg(name);
    case ImportState::Conflict:
        return ImportCommandText::tr("%1: conflict. %2").arg(name, planned.reason);
    case ImportState::NoKey:
        return ImportCommandText::tr("%1: can't be imported. %2").arg(name, planned.reason);
    }
    std::unreachable();
}

void printPlan(Output &output, const ImportPlan &plan)
{
    for (const PlannedImport &planned : plan.entries) {
        output.text(sentenceFor(planned));
        for (const ImportDifference &difference : planned.differences)
            output.text(ImportCommandText::tr("  %1: “%2” in the vault, “%3” in the file")
                            .arg(difference.field, difference.inVault.simplified(), difference.inFile.simplified()));
    }
}

QJsonObject planJson(const ImportPlan &plan)
{
    QJsonArray entries;
    for (const PlannedImport &planned : plan.entries)
        entries.append(toJson(planned));
    return {{u"plan"_s, entries}, {u"notes"_s, QJsonArray::fromStringList(plan.imported.notes)}};
}

Failure conflicts(int count)
{
    return fail(
        ErrorKind::Conflict, u"import.conflict"_s,
        ImportCommandText::tr("%n credentials of the file are in the vault already and differ.", nullptr, count),
        ImportCommandText::tr("Nothing was imported. Choose with --on-conflict skip, replace or copy."));
}

std::optional<ImportAction> actionOf(const std::string &name)
{
    if (name == "skip")
        return ImportAction::Skip;
    if (name == "replace")
        return ImportAction::Replace;
    return name == "copy" ? std::optional(ImportAction::Copy) : std::nullopt;
}

Result<ExitStatus> importFile(CommandContext &context, const ImportCommandOptions &options)
{
    Vault vault = TRY(context.openVault());
    ImportPlan plan = planImport(TRY(readSource(context, vault, options)), vault.credentials());
    const auto action = actionOf(options.onConflict);
    if (action)
        plan.chooseForAll(*action);
    Output &output = context.output();
    QJsonObject json = planJson(plan);
    json.insert(u"dryRun"_s, options.isDryRun);
    for (const QString &note : plan.imported.notes)
        output.warning(note);
    const auto undecided = static_cast<int>(std::ranges::count_if(plan.entries, &PlannedImport::needsChoice));
    const bool isUndecided = undecided > 0 && !action;
    if (options.isDryRun || isUndecided) {
        json.insert(u"imported"_s, 0);
        if (output.isJson())
            output.json(json);
        else
            printPlan(output, plan);
        if (isUndecided && !options.isDryRun)
            return conflicts(undecided);
        return ExitStatus::Done;
    }
    const QString source = options.file == u"-" ? u"standard input"_s : QFileInfo(options.file).fileName();
    const ImportOutcome outcome = TRY(applyImport(vault, plan, source));
    json.insert(u"imported"_s, outcome.added + outcome.replaced + outcome.copied);
    json.insert(u"added"_s, outcome.added);
    json.insert(u"replaced"_s, outcome.replaced);
    json.insert(u"copied"_s, outcome.copied);
    json.insert(u"skipped"_s, outcome.skipped);
    if (output.isJson()) {
        output.json(json);
    } else {
        printPlan(output, plan);
        output.note(ImportCommandText::tr("Imported: %1 new, %2 replaced, %3 as copies; %4 skipped.")
                        .arg(outcome.added)
                        .arg(outcome.replaced)
                        .arg(outcome.copied)
                        .arg(outcome.skipped));
    }
    return ExitStatus::Done;
}

Result<ExitStatus> decryptFile(CommandContext &context, const DecryptOptions &options)
{
    QFile file;
    bool isOpen = false;
    if (options.file == u"-") {
        isOpen = file.open(STDIN_FILENO, QIODevice::ReadOnly | QIODevice::Unbuffered);
    } else {
        file.setFileName(options.file);
        if (!file.exists())
            return fail(ErrorKind::NotFound, u"file.not-found"_s,
                        ImportCommandText::tr("There is no file %1.").arg(options.file),
                        ImportCommandText::tr("Check the path."));
        isOpen = file.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    if (!isOpen)
        return fail(ErrorKind::Failed, u"file.unreadable"_s,
                    ImportCommandText::tr("%1 can't be read: %2.").arg(options.file, file.errorString()));
    AgeKeys keys = TRY(ageKeysFor(context, options.keys));
    if (options.usesVault) {
        const Vault vault = TRY(context.openVault());
        TRY(addKeptIdentities(keys, vault));
    }
    DeviceSource source(file);
    const auto print = [&context](std::span<const std::byte> chunk) -> Result<void> {
        context.output().bytes({reinterpret_cast<const char *>(chunk.data()), static_cast<qsizetype>(chunk.size())});
        return {};
    };
    TRY(decryptAge(source, AgeForm::Detect, keys, print, context.stop()));
    return ExitStatus::Done;
}

} // namespace

void addImportCommands(CLI::App &app, Command &selected)
{
    CLI::App *command = app.add_subcommand(
        "import",
        utf8(ImportCommandText::tr("Take over credentials from a bundle, from another program's file, or from "
                                   "a folder of PEM files with a CSV file")));
    const auto options = std::make_shared<ImportCommandOptions>();
    addText(*command, "FILE", options->file, ImportCommandText::tr("File or folder (-: standard input)"), "")
        ->required();
    options->keys.addTo(*command);
    command
        ->add_option("--on-conflict", options->onConflict,
                     utf8(ImportCommandText::tr("For those that are in the vault and differ: skip, replace or copy")))
        ->type_name("ACTION")
        ->check(CLI::IsMember({"skip", "replace", "copy"}));
    command->add_flag("--dry-run", options->isDryRun, utf8(ImportCommandText::tr("Only show what would be done")));
    command->callback([&selected, options] {
        selected = [options](CommandContext &context) { return importFile(context, *options); };
    });

    CLI::App *bundle = app.add_subcommand("bundle", utf8(ImportCommandText::tr("Encrypted files")));
    bundle->require_subcommand(1);
    CLI::App *decrypt =
        bundle->add_subcommand("decrypt", utf8(ImportCommandText::tr("Print what is in a bundle, or in any age file")));
    const auto decryptOptions = std::make_shared<DecryptOptions>();
    addText(*decrypt, "FILE", decryptOptions->file, ImportCommandText::tr("Encrypted file (-: standard input)"), "")
        ->required();
    decryptOptions->keys.addTo(*decrypt);
    decrypt->add_flag("--vault-identities", decryptOptions->usesVault,
                      utf8(ImportCommandText::tr("Try the identities that the vault keeps as well")));
    decrypt->callback([&selected, decryptOptions] {
        selected = [decryptOptions](CommandContext &context) { return decryptFile(context, *decryptOptions); };
    });
}

} // namespace credenza::cli
