// SPDX-License-Identifier: Apache-2.0
#include "app/cli/VaultCommands.h"

#include "app/cli/BackupCommands.h"
#include "app/cli/CommandContext.h"
#include "app/cli/KeySlotCommands.h"
#include "app/cli/PassphraseSource.h"

#include "core/base/PassphraseStrength.h"
#include "core/vault/KeySlot.h"

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

struct VaultText {
    Q_DECLARE_TR_FUNCTIONS(VaultText)
};

QJsonObject toJson(const VaultInfo &info)
{
    return {{u"path"_s, info.path},
            {u"vaultId"_s, info.vaultId.toString(QUuid::WithoutBraces)},
            {u"name"_s, info.name},
            {u"formatVersion"_s, info.formatVersion},
            {u"kdf"_s, QJsonObject{{u"algorithm"_s, u"argon2id"_s},
                                   {u"memoryMiB"_s, info.kdf.memoryMiB},
                                   {u"passes"_s, info.kdf.passes}}},
            {u"keySlots"_s, QJsonArray::fromStringList(info.keySlots)},
            {u"records"_s, info.recordCount}};
}

QJsonObject toJson(const VaultCheck &check, const QString &path)
{
    QJsonArray damage;
    for (const VaultDamage &item : check.damage)
        damage.append(QJsonObject{{u"code"_s, item.code}, {u"subject"_s, item.subject}, {u"message"_s, item.message}});
    return {{u"path"_s, path}, {u"recordsChecked"_s, check.recordsChecked}, {u"damage"_s, damage}};
}

void printInfo(Output &output, const VaultInfo &info)
{
    if (output.isJson())
        return output.json(toJson(info));
    output.text(VaultText::tr("Path       %1").arg(info.path));
    output.text(VaultText::tr("Name       %1").arg(info.name));
    output.text(VaultText::tr("Id         %1").arg(info.vaultId.toString(QUuid::WithoutBraces)));
    output.text(VaultText::tr("Format     %1").arg(info.formatVersion));
    output.text(VaultText::tr("KDF        Argon2id, %1 MiB, passes: %2").arg(info.kdf.memoryMiB).arg(info.kdf.passes));
    output.text(VaultText::tr("Key slots  %1").arg(info.keySlots.join(u", "_s)));
    output.text(VaultText::tr("Records    %1").arg(info.recordCount));
}

Result<ExitStatus> createVault(CommandContext &context, KdfParameters kdf)
{
    const QString path = TRY(context.vaultPath());
    if (QFileInfo(path).exists() || QFileInfo(path).isSymLink())
        return fail(ErrorKind::Conflict, u"vault.exists"_s, VaultText::tr("There is already a file %1.").arg(path),
                    VaultText::tr("Choose another path with --vault."));
    const SecretBytes passphrase = TRY(newVaultPassphrase(context, path));
    if (!estimateStrength(passphrase).isAcceptable())
        context.output().warning(VaultText::tr("This passphrase is easy to guess."));
    if (kdf.memoryMiB == 0 || kdf.passes == 0) {
        const KdfParameters measured = calibratedKdf();
        kdf.memoryMiB = kdf.memoryMiB == 0 ? measured.memoryMiB : kdf.memoryMiB;
        kdf.passes = kdf.passes == 0 ? measured.passes : kdf.passes;
    }
    const Vault vault = TRY(
        Vault::create(path, QFileInfo(path).completeBaseName(), passphrase, kdf, context.clock(), context.random()));
    if (context.output().isJson())
        context.output().json(toJson(vault.info()));
    else
        context.output().note(VaultText::tr("Made the vault %1.").arg(path));
    return ExitStatus::Done;
}

Result<ExitStatus> showInfo(CommandContext &context)
{
    const QString path = TRY(context.vaultPath());
    printInfo(context.output(), TRY(Vault::inspect(path)));
    return ExitStatus::Done;
}

Result<ExitStatus> checkVault(CommandContext &context)
{
    const QString path = TRY(context.vaultPath());
    const Vault vault = TRY(context.openVault());
    const VaultCheck check = TRY(vault.check());
    Output &output = context.output();
    if (output.isJson()) {
        output.json(toJson(check, path));
    } else {
        for (const VaultDamage &item : check.damage)
            output.text(VaultText::tr("Damaged: %1 (%2, %3)").arg(item.message, item.code, item.subject));
        if (check.damage.isEmpty())
            output.note(
                VaultText::tr("All is well: %n record(s) checked.", nullptr, static_cast<int>(check.recordsChecked)));
    }
    return check.damage.isEmpty() ? ExitStatus::Done : ExitStatus::Damaged;
}

} // namespace

void addVaultCommands(CLI::App &app, Command &selected)
{
    CLI::App *group = app.add_subcommand("vault", utf8(VaultText::tr("Make and look after a vault")));
    group->require_subcommand(1);

    CLI::App *create =
        group->add_subcommand("create", utf8(VaultText::tr("Make a new, empty vault; refuses a path that exists")));
    const auto kdf = std::make_shared<KdfParameters>(0, 0);
    create
        ->add_option("--kdf-memory", kdf->memoryMiB,
                     utf8(VaultText::tr(
                         "Memory that turning the passphrase into a key takes; about a second's worth unless given")))
        ->type_name("MIB")
        ->check(CLI::Range(8, 4096));
    create
        ->add_option("--kdf-passes", kdf->passes,
                     utf8(VaultText::tr("How often it is gone over; at least 3 unless given")))
        ->type_name("N")
        ->check(CLI::Range(1, 64));
    create->callback(
        [&selected, kdf] { selected = [kdf](CommandContext &context) { return createVault(context, *kdf); }; });

    group
        ->add_subcommand("info",
                         utf8(VaultText::tr("Format, key derivation, key slots and counts; needs no passphrase")))
        ->callback([&selected] { selected = showInfo; });
    group->add_subcommand("check", utf8(VaultText::tr("Verify every record; exit status 5 if anything is damaged")))
        ->callback([&selected] { selected = checkVault; });
    addKeySlotCommands(*group, selected);
    addBackupCommands(*group, selected);
}

} // namespace credenza::cli
