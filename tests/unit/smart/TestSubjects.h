// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/ConnectionTest.h"
#include "tests/support/FixedClock.h"
#include "tests/support/ScriptedTransport.h"

#include <QStringList>

namespace credenza::test
{

/// What the flow's tests have in common: a valid draft, a clock, and the server's addresses.
struct FlowFixture {
    FlowFixture();

    /// Runs the test against `transport` and checks what must hold for every report: five steps in order, states final,
    /// progress for each change, and no secret of the draft, the assertion or the token anywhere in it.
    TestReport run(std::stop_token stop = {});

    QString base = QStringLiteral("https://fhir.example.test/api/FHIR/R4");
    QString configurationUrl = base + QStringLiteral("/.well-known/smart-configuration");
    QString metadataUrl = base + QStringLiteral("/metadata");
    QString tokenUrl = QStringLiteral("https://fhir.example.test/oauth2/token");
    QString searchUrl = base + QStringLiteral("/Patient?_count=1");

    CredentialDraft draft;
    NetworkSettings network;
    FixedClock clock;
    SystemRandom random;
    bool probesFailures = false; ///< the script then holds the probes too
    ScriptedTransport transport;
    QStringList progress;   ///< "discover:running" for each change of a state
    QStringList faults;     ///< what run() found wrong
    QByteArray secretToken; ///< that grant() hands out
    std::function<void(const TestReport &)> onProgress;

    // Steps of the script.
    FlowFixture &
    configuration(const QByteArray &json = R"({"token_endpoint":"https://fhir.example.test/oauth2/token"})");
    FlowFixture &grant(const QByteArray &scope = "system/Patient.rs");
    FlowFixture &metadata(const QByteArray &fhirVersion = "4.0.1");
    FlowFixture &search(int status = 200, const QByteArray &body = R"({"resourceType":"Bundle","type":"searchset"})",
                        const HttpHeaders &headers = {});
    FlowFixture &refusal(int status, const QByteArray &body);

private:
    void checkReport(const TestReport &report);
};

/// Fails the test with all that run() found wrong.
#define VERIFY_FLOW(fixture) QVERIFY2((fixture).faults.isEmpty(), qPrintable((fixture).faults.join(u'\n')))

/// Key material for drafts; the same all through a process, for making it takes time.
[[nodiscard]] std::shared_ptr<const KeyInspection> testKey(SignatureAlgorithm algorithm = SignatureAlgorithm::RS384);

} // namespace credenza::test
