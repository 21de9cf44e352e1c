// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/FhirClient.h"
#include "core/smart/AccessTokens.h"

namespace credenza
{

/// Opens a credential's private key for one signature; may block on the vault.
using KeyOpener = std::function<Result<PrivateKey>()>;

/// The access token of one credential: kept in guarded memory until shortly before it expires, asked for anew when it
/// was refused. It goes to the origin of the credential's FHIR base URL only. For one thread.
class CredentialTokens final : public TokenSource
{
public:
    /// `environment`'s members must outlive this.
    CredentialTokens(Credential credential, KeyOpener openKey, NetworkSettings network,
                     const TestEnvironment &environment);

    /// Errors: those of requestAccessToken() and of opening the key, fhir.other-origin (InvalidInput).
    [[nodiscard]] Result<void> authorize(HttpRequest &request, std::stop_token stop) override;
    void refuse() override;

    /// Gets a token if there is none. What was granted is known after this.
    [[nodiscard]] Result<void> ensure(std::stop_token stop);
    [[nodiscard]] QStringList grantedScopes() const;
    /// How long the token will be used; 0 if there is none.
    [[nodiscard]] std::chrono::seconds timeLeft() const;
    /// How many tokens were asked for so far.
    [[nodiscard]] int requested() const { return m_requested; }

private:
    Credential m_credential;
    KeyOpener m_openKey;
    NetworkSettings m_network;
    TestEnvironment m_environment;
    std::optional<AccessToken> m_token;
    std::chrono::steady_clock::time_point m_goodUntil;
    int m_requested = 0;
};

/// What FhirClient starts every request from: base URL, Accept and the credential's own headers.
[[nodiscard]] HttpRequest fhirPrototype(const Credential &credential, const NetworkSettings &network);

} // namespace credenza
