// SPDX-License-Identifier: Apache-2.0
#include "app/cli/BundleKeys.h"

#include "app/cli/CommandContext.h"
#include "app/cli/PassphraseSource.h"
#include "app/cli/Terminal.h"

#include <QCoreApplication>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct BundleKeysText {
    Q_DECLARE_TR_FUNCTIONS(BundleKeysText)
};

constexpr qint64 largestIdentityFile = 1024 * 1024;

} // namespace

void BundleKeyOptions::addTo(CLI::App &command)
{
    addTexts(command, "--identity", identityFiles,
             BundleKeysText::tr("File with age identities (AGE-SECRET-KEY-1…); repeatable"), "FILE");
    addText(command, "--bundle-passphrase-file", passphraseFile,
            BundleKeysText::tr("Passphrase of the encrypted file: the first line of FILE (-: standard input)"), "FILE");
}

Result<AgeKeys> ageKeysFor(CommandContext &context, const BundleKeyOptions &options)
{
    AgeKeys keys;
    for (const QString &file : options.identityFiles.value_or(QStringList())) {
        const SecretBytes text = TRY(context.readSecret(file, largestIdentityFile));
        AgeIdentities found = TRY(readAgeIdentities(text));
        if (found.unsupported > 0)
            context.output().warning(
                BundleKeysText::tr("%1 holds identities of a kind that only other programs can use.").arg(file));
        std::ranges::move(found.identities, std::back_inserter(keys.identities));
    }
    if (options.passphraseFile)
        keys.passphrase = [&context, &options] { return passphraseFromFile(context, *options.passphraseFile); };
    else if (hasTerminal())
        keys.passphrase = [&context] {
            return askSecret(BundleKeysText::tr("Passphrase of the encrypted file: "), context.stop());
        };
    keys.costly = [&context](quint64 bytes) {
        context.output().warning(
            BundleKeysText::tr("Checking this passphrase takes %1 MiB of memory.").arg(bytes / (1024 * 1024)));
    };
    return keys;
}

} // namespace credenza::cli
