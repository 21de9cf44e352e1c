// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CommandContext.h"

#include "app/cli/Arguments.h"
#include "app/cli/PassphraseSource.h"
#include "core/base/File.h"
#include "core/smart/NetworkSettingsFor.h"
#include "core/vault/SystemKeyring.h"
#include "core/vault/VaultBackup.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct ContextText {
    Q_DECLARE_TR_FUNCTIONS(ContextText)
};

constexpr qint64 largestAuthorityFile = 4 * 1024 * 1024;
constexpr std::chrono::milliseconds usualIdle{15'000};

Failure damagedVault(const Vault &vault)
{
    QStringList subjects;
    for (const VaultDamage &damage : vault.damage())
        subjects.append(damage.message.isEmpty() ? damage.code : damage.message);
    return fail(ErrorKind::Damaged, u"vault.damaged"_s,
                ContextText::tr("The vault is damaged or was tampered with: %1").arg(subjects.join(u' ')),
                ContextText::tr("Run 'credenza-cli vault check', and restore what is damaged from a backup."));
}

Result<QUrl> proxyUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isKnown = url.scheme() == u"http" || url.scheme() == u"socks5";
    if (!url.isValid() || !isKnown || url.host().isEmpty())
        return fail(ErrorKind::InvalidInput, u"proxy.invalid"_s,
                    ContextText::tr("The proxy is not a URL that can be used."),
                    ContextText::tr("Write it as http://HOST:PORT or socks5://HOST:PORT."));
    if (!url.password().isEmpty())
        return fail(ErrorKind::InvalidInput, u"proxy.password-in-argument"_s,
                    ContextText::tr("The proxy's password would be seen by every user of this machine."),
                    ContextText::tr("Leave --proxy out and set $https_proxy instead."));
    return url;
}

} // namespace

CommandContext::CommandContext(const GlobalOptions &options, Output &output, const Clock &clock, RandomSource &random,
                               TransportFactory transportFactory, std::stop_token stop)
    : m_options(options), m_output(output), m_clock(clock), m_random(random),
      m_transportFactory(std::move(transportFactory)), m_stop(std::move(stop))
{
}

Result<SecretBytes> CommandContext::readSecret(const QString &path, qint64 maxBytes)
{
    if (path == u"-") {
        if (m_hasReadStandardInput)
            return usageError(ContextText::tr("Standard input can be read for one option only."));
        m_hasReadStandardInput = true;
    } else if (QFileInfo(path).isDir()) {
        return fail(ErrorKind::InvalidInput, u"input.is-folder"_s, ContextText::tr("%1 is a folder.").arg(path),
                    ContextText::tr("Name a file in it."));
    }
    return readSecretFile(path, maxBytes);
}

Result<QString> CommandContext::vaultPath() const
{
    const QString path = m_options.vault.isEmpty() ? defaultVaultPath() : m_options.vault;
    if (path.startsWith("postgresql:"_L1) || path.startsWith("postgres:"_L1))
        return fail(ErrorKind::InvalidInput, u"vault.team-unsupported"_s,
                    ContextText::tr("This version opens vault files only, not team vaults."),
                    ContextText::tr("Give the path of a vault file with --vault."));
    return path;
}

Result<Vault> CommandContext::openVault()
{
    const QString path = TRY(vaultPath());
    // First, so that nobody types a passphrase for a vault that is not there.
    const VaultInfo info = TRY(Vault::inspect(path));
    m_output.detail(ContextText::tr("Vault: %1").arg(path));
    Vault vault = TRY(unlock(info));
    if (!vault.damage().isEmpty())
        m_output.warning(damagedVault(vault).error().message);
    // What was saved up to the last time it was used; before anything is changed now.
    if (const auto backup = backUpIfDue(vault, m_clock); !backup)
        m_output.warning(ContextText::tr("No backup was made: %1").arg(backup.error().message));
    return vault;
}

Result<Vault> CommandContext::unlock(const VaultInfo &info)
{
    // The keyring is for people: what a script gives counts alone. If it does not help, the passphrase does.
    if (info.keySlots.contains("keyring"_L1) && !hasConfiguredPassphrase(*this)) {
        SystemKeyring keyring;
        auto vault = Vault::openWithKeyring(info.path, keyring, m_clock, m_random);
        if (vault)
            return vault;
        m_output.detail(vault.error().message);
    }
    const SecretBytes passphrase = TRY(vaultPassphrase(*this, info.path));
    return Vault::open(info.path, passphrase, m_clock, m_random);
}

Result<NetworkSettings> CommandContext::networkSettings()
{
    NetworkSettings settings;
    settings.deadline = std::chrono::milliseconds(std::llround(m_options.timeoutSeconds * 1000));
    settings.idle = std::min(usualIdle, settings.deadline);
    if (!m_options.proxy.isEmpty())
        settings.proxy = TRY(proxyUrl(m_options.proxy));
    if (!m_options.authorityFile.isEmpty()) {
        const QByteArray pem = TRY(readFile(m_options.authorityFile, largestAuthorityFile));
        settings.extraAuthorities = QSslCertificate::fromData(pem, QSsl::Pem);
        if (settings.extraAuthorities.isEmpty())
            return fail(ErrorKind::InvalidInput, u"ca.no-certificate"_s,
                        ContextText::tr("%1 holds no certificate in PEM form.").arg(m_options.authorityFile),
                        ContextText::tr("Convert it with: openssl x509 -inform DER -in FILE -out ca.pem"));
    }
    return settings;
}

NetworkSettings CommandContext::networkSettingsFor(const Credential &credential, const NetworkSettings &defaults) const
{
    NetworkSettings settings = credenza::networkSettingsFor(credential, defaults);
    if (!defaults.proxy.isEmpty())
        settings.proxy = defaults.proxy;
    return settings;
}

Result<Credential> findCredential(const Vault &vault, const QString &nameOrId)
{
    auto found = vault.find(nameOrId);
    if (!found && found.error().kind == ErrorKind::NotFound)
        TRY(requireUndamaged(vault));
    return found;
}

Result<void> requireUndamaged(const Vault &vault)
{
    if (!vault.damage().isEmpty())
        return damagedVault(vault);
    return {};
}

} // namespace credenza::cli
