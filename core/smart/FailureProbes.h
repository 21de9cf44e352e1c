// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"
#include "core/keys/PrivateKey.h"
#include "core/smart/ConnectionTest.h"
#include "core/smart/RecordingTransport.h"

#include <functional>

namespace credenza
{

/// What the probes start from.
struct ProbeSubject {
    const Credential &credential;
    const PrivateKey &key;
    NetworkSettings network;
};

/// Asks a few more questions after a test has failed, where their answers tell its likely causes apart (facts §3.6).
/// Only harmless ones: reads without a token, and for a refused scope token requests with fewer scopes. Each waits at
/// most five seconds; all end at once when `stop` is requested. Nothing where no probe fits the failure.
///
///  * "capability-statement", "discovery-without-client-id": which token endpoints the server names elsewhere,
///  * "jwk-set": what the published JWK Set says about the key and its `kid`,
///  * "neighbour": which FHIR version next to the given path answers,
///  * "scopes": which of the scopes are granted one by one.
[[nodiscard]] QList<TestProbe> probeFailure(const TestReport &report, const ProbeSubject &subject,
                                            const TestEnvironment &environment, RecordingTransport &transport,
                                            const std::stop_token &stop);

/// The facts of the probe "jwk-set" in an answer that came from a JWK Set URL: `state` ("ok", "status", "redirect",
/// "page", "not-json", "not-a-set"), `kids`, `kidsOfThisKey`, `keysOfThisKid`, `isThisKey` (the one of that kid),
/// `hasPrivateMembers`, `use`.
[[nodiscard]] QJsonObject jwkSetFacts(const HttpReply &reply, const PublicKey &key, const QString &kid);

} // namespace credenza
