// SPDX-License-Identifier: Apache-2.0
#include "app/cli/PassphraseSource.h"

#include "app/cli/CommandContext.h"
#include "app/cli/Terminal.h"

#include <QCoreApplication>

#include <algorithm>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct PassphraseText {
    Q_DECLARE_TR_FUNCTIONS(PassphraseText)
};

constexpr qint64 longestFile = 64 * 1024;

Failure noPassphrase()
{
    return fail(ErrorKind::Locked, u"vault.no-passphrase"_s,
                PassphraseText::tr("The vault is locked, and there is no passphrase to open it with."),
                PassphraseText::tr("Give one with --passphrase-file, $CREDENZA_PASSPHRASE_FILE or "
                                   "$CREDENZA_PASSPHRASE, or run this on a terminal."));
}

/// What --passphrase-file and the environment say; nothing if they say nothing.
Result<std::optional<SecretBytes>> configuredPassphrase(CommandContext &context)
{
    std::optional<QString> file = context.options().passphraseFile;
    if (!file && qEnvironmentVariableIsSet("CREDENZA_PASSPHRASE_FILE"))
        file = qEnvironmentVariable("CREDENZA_PASSPHRASE_FILE");
    if (file)
        return std::optional(TRY(passphraseFromFile(context, *file)));
    QByteArray fromEnvironment = qgetenv("CREDENZA_PASSPHRASE");
    if (fromEnvironment.isNull())
        return std::optional<SecretBytes>();
    qunsetenv("CREDENZA_PASSPHRASE");
    return std::optional(SecretBytes::takeFrom(fromEnvironment));
}

Result<SecretBytes> notEmpty(SecretBytes passphrase)
{
    if (passphrase.isEmpty())
        return noPassphrase();
    return passphrase;
}

} // namespace

Result<SecretBytes> vaultPassphrase(CommandContext &context, const QString &vaultPath)
{
    if (auto configured = TRY(configuredPassphrase(context)))
        return notEmpty(std::move(*configured));
    if (!hasTerminal())
        return noPassphrase();
    return notEmpty(TRY(askSecret(PassphraseText::tr("Passphrase for %1: ").arg(vaultPath), context.stop())));
}

Result<SecretBytes> newVaultPassphrase(CommandContext &context, const QString &vaultPath)
{
    if (auto configured = TRY(configuredPassphrase(context)))
        return notEmpty(std::move(*configured));
    return typedPassphrase(context, vaultPath);
}

bool hasConfiguredPassphrase(const CommandContext &context)
{
    return context.options().passphraseFile || qEnvironmentVariableIsSet("CREDENZA_PASSPHRASE_FILE") ||
           qEnvironmentVariableIsSet("CREDENZA_PASSPHRASE");
}

Result<SecretBytes> typedPassphrase(CommandContext &context, const QString &vaultPath)
{
    if (!hasTerminal())
        return noPassphrase();
    SecretBytes first = TRY(askSecret(PassphraseText::tr("New passphrase for %1: ").arg(vaultPath), context.stop()));
    const SecretBytes second = TRY(askSecret(PassphraseText::tr("The same once more: "), context.stop()));
    if (!first.equalsConstantTime(second))
        return fail(ErrorKind::InvalidInput, u"vault.passphrases-differ"_s,
                    PassphraseText::tr("The two passphrases are not the same."),
                    PassphraseText::tr("Nothing was made. Try again."));
    return notEmpty(std::move(first));
}

Result<SecretBytes> passphraseFromFile(CommandContext &context, const QString &path)
{
    SecretBytes contents = TRY(context.readSecret(path, longestFile));
    const auto all = contents.view();
    auto end = std::ranges::find(all, std::byte{'\n'});
    if (end != all.begin() && end != all.end() && *(end - 1) == std::byte{'\r'})
        --end;
    contents.truncate(static_cast<std::size_t>(end - all.begin()));
    return contents;
}

} // namespace credenza::cli
