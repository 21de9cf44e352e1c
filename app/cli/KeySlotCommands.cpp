// SPDX-License-Identifier: Apache-2.0
#include "app/cli/KeySlotCommands.h"

#include "app/cli/CommandContext.h"
#include "app/cli/NewFile.h"
#include "app/cli/PassphraseSource.h"
#include "core/base/PassphraseStrength.h"
#include "core/vault/KeySlot.h"
#include "core/vault/RecoveryCode.h"
#include "core/vault/SystemKeyring.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct KeySlotCommandText {
    Q_DECLARE_TR_FUNCTIONS(KeySlotCommandText)
};
using Text = KeySlotCommandText;

struct PasswdOptions {
    QString newPassphraseFile;
    bool hasNewCost = false; ///< --kdf: measure
    int memoryMiB = 0;
    int passes = 0;

    [[nodiscard]] bool changesCost() const { return hasNewCost || memoryMiB > 0 || passes > 0; }
    [[nodiscard]] KdfParameters cost(const KdfParameters &present) const
    {
        KdfParameters kdf = hasNewCost ? calibratedKdf() : present;
        if (memoryMiB > 0)
            kdf.memoryMiB = memoryMiB;
        if (passes > 0)
            kdf.passes = passes;
        return kdf;
    }
};

QJsonObject toJson(const KeySlotInfo &slot)
{
    QJsonObject json{{u"id"_s, slot.id.toString(QUuid::WithoutBraces)}, {u"kind"_s, slot.kind}};
    if (slot.kdf)
        json.insert(u"kdf"_s, QJsonObject{{u"algorithm"_s, u"argon2id"_s},
                                          {u"memoryMiB"_s, slot.kdf->memoryMiB},
                                          {u"passes"_s, slot.kdf->passes}});
    return json;
}

Result<ExitStatus> printSlots(CommandContext &context, const Vault &vault, const QString &note)
{
    const auto all = TRY(vault.keySlots());
    Output &output = context.output();
    if (output.isJson()) {
        QJsonArray list;
        for (const KeySlotInfo &slot : all)
            list.append(toJson(slot));
        output.json(list);
        return ExitStatus::Done;
    }
    if (!note.isEmpty()) {
        output.note(note);
        return ExitStatus::Done;
    }
    for (const KeySlotInfo &slot : all) {
        QString line = slot.id.toString(QUuid::WithoutBraces) + u"  "_s + slot.kind;
        if (slot.kdf)
            line += Text::tr("  Argon2id, %1 MiB, passes: %2").arg(slot.kdf->memoryMiB).arg(slot.kdf->passes);
        output.text(line);
    }
    return ExitStatus::Done;
}

Result<ExitStatus> changePassphrase(CommandContext &context, const PasswdOptions &options)
{
    const QString path = TRY(context.vaultPath());
    TRY(Vault::inspect(path));
    SecretBytes present = TRY(vaultPassphrase(context, path));
    Vault vault = TRY(Vault::open(path, present, context.clock(), context.random()));
    const KdfParameters kdf = options.cost(vault.info().kdf);
    SecretBytes wanted;
    if (!options.newPassphraseFile.isEmpty())
        wanted = TRY(passphraseFromFile(context, options.newPassphraseFile));
    else if (!options.changesCost())
        wanted = TRY(typedPassphrase(context, path));
    else if (isRecoveryCode(present))
        return usageError(Text::tr("With a recovery code, give a new passphrase as well: --new-passphrase-file."));
    else
        wanted = std::move(present); // only its cost changes
    if (!estimateStrength(wanted, {vault.info().name}).isAcceptable())
        context.output().warning(Text::tr("This passphrase is easy to guess."));
    TRY(vault.changePassphrase(wanted, kdf));
    return printSlots(context, vault,
                      Text::tr("The vault opens with the new passphrase (Argon2id, %1 MiB, passes: %2). Copies made "
                               "before still open with the old one.")
                          .arg(kdf.memoryMiB)
                          .arg(kdf.passes));
}

Result<ExitStatus> makeRecoveryCode(CommandContext &context, const QString &file)
{
    if (!file.isEmpty())
        TRY(requireNoFile(file));
    Vault vault = TRY(context.openVault());
    const SecretBytes code = TRY(vault.makeRecoveryCode());
    Output &output = context.output();
    if (!file.isEmpty()) {
        TRY(writeNewSecretFile(file, code));
        return printSlots(context, vault, Text::tr("Wrote the recovery code to %1.").arg(file));
    }
    // The way out that was asked for: a person writes it down, or prints it.
    const QString text = QString::fromLatin1(code.charView());
    if (output.isJson())
        output.json(QJsonObject{{u"recoveryCode"_s, text}});
    else
        output.text(text);
    output.note(Text::tr("It opens the vault in place of the passphrase, and is shown this once. Print it, and keep it "
                         "away from this computer. A code made before opens nothing any more."));
    return ExitStatus::Done;
}

Result<ExitStatus> switchKeyring(CommandContext &context, bool isOn)
{
    Vault vault = TRY(context.openVault());
    SystemKeyring keyring;
    if (isOn)
        TRY(vault.useKeyring(keyring));
    else
        TRY(vault.leaveKeyring(keyring));
    return printSlots(context, vault,
                      isOn ? Text::tr("The system's keyring opens this vault.")
                           : Text::tr("The system's keyring no longer opens this vault."));
}

Result<ExitStatus> removeSlot(CommandContext &context, const QString &idText)
{
    const QUuid id(idText);
    if (id.isNull())
        return usageError(Text::tr("%1 is no id of a key slot.").arg(idText));
    Vault vault = TRY(context.openVault());
    TRY(vault.removeKeySlot(id));
    return printSlots(context, vault, Text::tr("Removed the key slot."));
}

} // namespace

void addKeySlotCommands(CLI::App &group, Command &selected)
{
    CLI::App *passwd = group.add_subcommand(
        "passwd", utf8(Text::tr("Change the passphrase, or what it costs to try one; opens with a recovery code too")));
    const auto options = std::make_shared<PasswdOptions>();
    addText(*passwd, "--new-passphrase-file", options->newPassphraseFile,
            Text::tr("First line of FILE (-: standard input) is the new passphrase"), "FILE");
    passwd->add_flag("--kdf", options->hasNewCost,
                     utf8(Text::tr("Measure anew what takes about a second on this machine")));
    passwd->add_option("--kdf-memory", options->memoryMiB, utf8(Text::tr("Memory a try takes")))
        ->type_name("MIB")
        ->check(CLI::Range(8, 4096));
    passwd->add_option("--kdf-passes", options->passes, utf8(Text::tr("How often it is gone over")))
        ->type_name("N")
        ->check(CLI::Range(1, 64));
    passwd->callback([&selected, options] {
        selected = [options](CommandContext &context) { return changePassphrase(context, *options); };
    });

    CLI::App *code = group.add_subcommand("recovery-code", utf8(Text::tr("Make a new recovery code, to be printed")));
    const auto file = std::make_shared<QString>();
    addText(*code, "--out", *file, Text::tr("Write it to a new file instead of showing it"), "FILE");
    code->callback(
        [&selected, file] { selected = [file](CommandContext &context) { return makeRecoveryCode(context, *file); }; });

    CLI::App *keyring =
        group.add_subcommand("keyring", utf8(Text::tr("Let the system's keyring open the vault, or no longer")));
    keyring->require_subcommand(1);
    keyring->add_subcommand("on", utf8(Text::tr("Keep a key to this vault in the keyring")))->callback([&selected] {
        selected = [](CommandContext &context) { return switchKeyring(context, true); };
    });
    keyring->add_subcommand("off", utf8(Text::tr("Remove it again")))->callback([&selected] {
        selected = [](CommandContext &context) { return switchKeyring(context, false); };
    });

    CLI::App *slot = group.add_subcommand("slot", utf8(Text::tr("The ways to open the vault")));
    slot->require_subcommand(1);
    slot->add_subcommand("list", utf8(Text::tr("List them")))->callback([&selected] {
        selected = [](CommandContext &context) -> Result<ExitStatus> {
            const Vault vault = TRY(context.openVault());
            return printSlots(context, vault, {});
        };
    });
    CLI::App *remove = slot->add_subcommand("remove", utf8(Text::tr("Remove one; never the last")));
    const auto id = std::make_shared<QString>();
    addText(*remove, "ID", *id, Text::tr("Its id, as listed"), "")->required();
    remove->callback(
        [&selected, id] { selected = [id](CommandContext &context) { return removeSlot(context, *id); }; });
}

} // namespace credenza::cli
