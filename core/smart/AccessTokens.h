// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/ConnectionTest.h"
#include "core/smart/TokenRequest.h"

namespace credenza
{

/// The token endpoint of a credential: its override, else discovered (SMART configuration, then CapabilityStatement,
/// then Epic's path rule). Errors: those of HttpTransport, smart.no-token-endpoint.
[[nodiscard]] Result<QString> discoverTokenEndpoint(const Credential &credential, const NetworkSettings &network,
                                                    HttpTransport &transport, std::stop_token stop);

/// A signed assertion for `credential`, ready to post to `tokenEndpoint`. `clockOffset`: the server's clock minus this
/// machine's, where that is to be corrected.
[[nodiscard]] Result<ClientAssertion> assertionFor(const Credential &credential, const QString &tokenEndpoint,
                                                   const PrivateKey &key, const Clock &clock, RandomSource &random,
                                                   std::chrono::seconds clockOffset = {});

/// By how much `exp` is to be shifted for a server whose clock is this many seconds ahead; 0 where nothing was measured,
/// or less than measuring can tell.
[[nodiscard]] std::chrono::seconds usableClockOffset(std::optional<double> serverAhead);

/// Discovers, signs, asks: one access token. `scopes` empty: the credential's. Errors: those of HttpTransport, token.*,
/// and token.refused with the server's OAuth error code in the message.
[[nodiscard]] Result<AccessToken> requestAccessToken(const Credential &credential, const PrivateKey &key,
                                                     const QStringList &scopes, const NetworkSettings &network,
                                                     const TestEnvironment &environment, std::stop_token stop);

} // namespace credenza
