// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/GlobalOptions.h"
#include "app/cli/Output.h"
#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/base/SecretBytes.h"
#include "core/net/HttpTransport.h"
#include "core/vault/Vault.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace credenza::cli
{

/// Makes the way to the network for one thread.
using TransportFactory = std::function<std::unique_ptr<HttpTransport>()>;

/// What a command works with: the global options and the world around the process. All that is referred to must
/// outlive it.
class CommandContext
{
public:
    CommandContext(const GlobalOptions &options, Output &output, const Clock &clock, RandomSource &random,
                   TransportFactory transportFactory, std::stop_token stop);

    [[nodiscard]] const GlobalOptions &options() const { return m_options; }
    [[nodiscard]] Output &output() { return m_output; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] RandomSource &random() { return m_random; }
    [[nodiscard]] const TransportFactory &transportFactory() const { return m_transportFactory; }
    [[nodiscard]] std::stop_token stop() const { return m_stop; }

    /// The file a person named, or standard input for "-", which can be had once only.
    /// Errors: those of readSecretFile(), input.is-folder, usage.
    [[nodiscard]] Result<SecretBytes> readSecret(const QString &path, qint64 maxBytes);

    /// Where the vault is. Errors: vault.team-unsupported (InvalidInput).
    [[nodiscard]] Result<QString> vaultPath() const;
    /// Asks for the passphrase and unlocks. Damage that was found is warned of.
    [[nodiscard]] Result<Vault> openVault();
    /// --ca, --proxy and --timeout. Errors: those of reading a file, ca.no-certificate, proxy.invalid,
    /// proxy.password-in-argument (all InvalidInput).
    [[nodiscard]] Result<NetworkSettings> networkSettings();
    /// The settings for one credential: its own on top of `defaults`, but a --proxy given now is used in any case.
    [[nodiscard]] NetworkSettings networkSettingsFor(const Credential &credential,
                                                     const NetworkSettings &defaults) const;

private:
    [[nodiscard]] Result<Vault> unlock(const VaultInfo &info);

    const GlobalOptions &m_options;
    Output &m_output;
    const Clock &m_clock;
    RandomSource &m_random;
    TransportFactory m_transportFactory;
    std::stop_token m_stop;
    bool m_hasReadStandardInput = false;
};

/// The credential of that name or id. Errors: credential.not-found; vault.damaged (Damaged) if it may be among what is
/// damaged.
[[nodiscard]] Result<Credential> findCredential(const Vault &vault, const QString &nameOrId);

/// What a command that shows all there is ends with: failing if some of it is damaged. Errors: vault.damaged.
[[nodiscard]] Result<void> requireUndamaged(const Vault &vault);

} // namespace credenza::cli
