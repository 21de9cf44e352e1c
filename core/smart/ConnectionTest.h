// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/credentials/Credential.h"
#include "core/credentials/Validation.h"
#include "core/fhir/StatementMemory.h"
#include "core/net/HttpTransport.h"
#include "core/smart/TestReport.h"

#include <functional>

namespace credenza
{

/// What is tested: a draft as it stands in the overlay, or a saved credential with its key opened for the purpose.
struct TestSubject {
    CredentialDraft draft;
    /// The key that signs: the draft's own, or the saved one. None if there is none yet.
    std::optional<PrivateKey> key;
    NetworkSettings network;
};

/// What a test needs from the world.
struct TestEnvironment {
    HttpTransport &transport;
    const Clock &clock;
    RandomSource &random;
    /// After a failure: ask what tells its causes apart (FailureProbes.h), and try a bare refusal once more.
    bool probesFailures = true;
    /// Shifts `exp` by the server's clock as measured, where this machine's is more than five seconds off.
    bool correctsClock = false;
    /// Where many tests run at once: what their servers' CapabilityStatements say. Null: each reads its own.
    StatementMemory *statements = nullptr;
};

/// Called after every change of a step, on the thread the test runs on.
using TestProgress = std::function<void(const TestReport &)>;

/// Runs the five steps: check the fields, discover, sign, request the token, call the FHIR API. Stops at the first that
/// fails; the rest are Skipped. A client that is refused without a reason is tried once more with a new assertion, for
/// servers do so now and then (facts T2n). Everything seen is in the report, redacted; a failure is a report that has
/// not passed, not an Error. Ends at once when `stop` is requested, with the code "cancelled" on the running step.
[[nodiscard]] TestReport runConnectionTest(const TestSubject &subject, const TestEnvironment &environment,
                                           std::stop_token stop, const TestProgress &progress = {});

/// The summary a tile shows.
[[nodiscard]] TestSummary summaryOf(const TestReport &report);

} // namespace credenza
