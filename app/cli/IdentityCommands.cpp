// SPDX-License-Identifier: Apache-2.0
#include "app/cli/IdentityCommands.h"

#include "app/cli/CommandContext.h"
#include "app/cli/NewFile.h"
#include "core/handover/VaultIdentities.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct IdentityCommandText {
    Q_DECLARE_TR_FUNCTIONS(IdentityCommandText)
};
using Text = IdentityCommandText;

constexpr qint64 largestIdentityFile = 1024 * 1024;

struct GenerateOptions {
    QString label;
};

struct AddOptions {
    QString file;
    QString label;
};

struct ExportOptions {
    QString recipient;
    QString out;
    bool allowsPlaintext = false;
};

struct RemoveOptions {
    QString recipient;
};

QJsonObject toJson(const KeptIdentity &kept)
{
    return {{u"recipient"_s, kept.recipient},
            {u"label"_s, kept.label},
            {u"createdAt"_s, kept.createdAt.toUTC().toString(Qt::ISODate)}};
}

void print(Output &output, const KeptIdentity &kept)
{
    QString line = kept.recipient;
    if (kept.createdAt.isValid())
        line += u"  "_s + QLocale().toString(kept.createdAt.toLocalTime(), QLocale::ShortFormat);
    if (!kept.label.isEmpty())
        line += u"  "_s + kept.label;
    output.text(line);
}

Result<ExitStatus> generateIdentity(CommandContext &context, const GenerateOptions &options)
{
    Vault vault = TRY(context.openVault());
    const KeptIdentity kept = TRY(makeIdentity(vault, options.label, context.clock(), context.random()));
    Output &output = context.output();
    if (output.isJson()) {
        output.json(toJson(kept));
        return ExitStatus::Done;
    }
    output.text(kept.recipient);
    output.note(Text::tr("Give this recipient to whoever shall send you bundles. The vault opens them by itself."));
    return ExitStatus::Done;
}

Result<ExitStatus> listIdentities(CommandContext &context)
{
    const Vault vault = TRY(context.openVault());
    const auto all = TRY(keptIdentities(vault));
    Output &output = context.output();
    QJsonArray list;
    for (const KeptIdentity &kept : all) {
        if (output.isJson())
            list.append(toJson(kept));
        else
            print(output, kept);
    }
    if (output.isJson())
        output.json(list);
    else if (all.isEmpty())
        output.note(Text::tr("The vault keeps no identities."));
    return ExitStatus::Done;
}

Result<ExitStatus> addIdentities(CommandContext &context, const AddOptions &options)
{
    const SecretBytes text = TRY(context.readSecret(options.file, largestIdentityFile));
    const AgeIdentities read = TRY(readAgeIdentities(text));
    Output &output = context.output();
    if (read.unsupported > 0)
        output.warning(Text::tr("%1 holds identities of a kind that only other programs can use.").arg(options.file));
    Vault vault = TRY(context.openVault());
    QJsonArray list;
    for (const AgeIdentity &identity : read.identities) {
        const KeptIdentity kept = TRY(keepIdentity(vault, identity, options.label, context.clock()));
        if (output.isJson())
            list.append(toJson(kept));
        else
            print(output, kept);
    }
    if (output.isJson())
        output.json(list);
    return ExitStatus::Done;
}

Result<ExitStatus> exportIdentity(CommandContext &context, const ExportOptions &options)
{
    if (!options.allowsPlaintext)
        return fail(ErrorKind::InvalidInput, u"export.plaintext-not-allowed"_s,
                    Text::tr("The file would hold the secret identity in the open."),
                    Text::tr("Add --allow-plaintext if that is what you want."));
    TRY(requireNoFile(options.out));
    Vault vault = TRY(context.openVault());
    const SecretBytes file = TRY(identityFile(vault, options.recipient));
    TRY(writeNewSecretFile(options.out, file));
    if (context.output().isJson())
        context.output().json(QJsonObject{{u"recipient"_s, options.recipient}, {u"file"_s, options.out}});
    else
        context.output().note(Text::tr("Wrote %1").arg(options.out));
    return ExitStatus::Done;
}

Result<ExitStatus> removeKeptIdentity(CommandContext &context, const RemoveOptions &options)
{
    Vault vault = TRY(context.openVault());
    TRY(removeIdentity(vault, options.recipient));
    if (context.output().isJson())
        context.output().json(QJsonObject{{u"removed"_s, options.recipient}});
    else
        context.output().note(Text::tr("Removed. Bundles for this recipient no longer open by themselves."));
    return ExitStatus::Done;
}

} // namespace

void addIdentityCommands(CLI::App &app, Command &selected)
{
    CLI::App *identity = app.add_subcommand(
        "identity",
        utf8(Text::tr("Age identities kept in the vault, which open bundles that were encrypted for them")));
    identity->require_subcommand(1);

    CLI::App *generate = identity->add_subcommand("generate", utf8(Text::tr("Make one and print its recipient")));
    const auto generateOptions = std::make_shared<GenerateOptions>();
    addText(*generate, "--label", generateOptions->label, Text::tr("What it is for, in your words"), "TEXT");
    generate->callback([&selected, generateOptions] {
        selected = [generateOptions](CommandContext &context) { return generateIdentity(context, *generateOptions); };
    });

    CLI::App *list = identity->add_subcommand("list", utf8(Text::tr("The recipients, to be given to senders")));
    list->callback([&selected] { selected = listIdentities; });

    CLI::App *add = identity->add_subcommand("add", utf8(Text::tr("Keep identities that age-keygen made")));
    const auto addOptions = std::make_shared<AddOptions>();
    addText(*add, "FILE", addOptions->file, Text::tr("File of identities (-: standard input)"), "")->required();
    addText(*add, "--label", addOptions->label, Text::tr("What they are for, in your words"), "TEXT");
    add->callback([&selected, addOptions] {
        selected = [addOptions](CommandContext &context) { return addIdentities(context, *addOptions); };
    });

    CLI::App *toFile = identity->add_subcommand("export", utf8(Text::tr("Write one for the age program")));
    const auto exportOptions = std::make_shared<ExportOptions>();
    addText(*toFile, "RECIPIENT", exportOptions->recipient, Text::tr("Its recipient"), "")->required();
    addText(*toFile, "--out", exportOptions->out, Text::tr("New file, mode 0600"), "FILE")->required();
    toFile->add_flag("--allow-plaintext", exportOptions->allowsPlaintext,
                     utf8(Text::tr("Agree that it is written unencrypted")));
    toFile->callback([&selected, exportOptions] {
        selected = [exportOptions](CommandContext &context) { return exportIdentity(context, *exportOptions); };
    });

    CLI::App *remove = identity->add_subcommand("rm", utf8(Text::tr("Remove one")));
    const auto removeOptions = std::make_shared<RemoveOptions>();
    addText(*remove, "RECIPIENT", removeOptions->recipient, Text::tr("Its recipient"), "")->required();
    remove->callback([&selected, removeOptions] {
        selected = [removeOptions](CommandContext &context) { return removeKeptIdentity(context, *removeOptions); };
    });
}

} // namespace credenza::cli
