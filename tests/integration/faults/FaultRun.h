// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/fault/FaultCatalogue.h"
#include "core/smart/ConnectionTest.h"
#include "core/smart/Diagnosis.h"
#include "tests/integration/sandbox/SandboxProcess.h"

#include <memory>

namespace credenza::test
{

/// Runs connection tests against a sandbox that behaves as the faults of the catalogue say.
class FaultRun
{
public:
    FaultRun();

    [[nodiscard]] bool isReady() const { return m_plain.isReady() && m_tls.isReady() && m_key && m_key->isUsable(); }
    /// The report of a test that meets this fault, diagnosed with what the fault says the vault knows.
    [[nodiscard]] TestReport run(const sandbox::Fault &fault);
    /// A report without a fault.
    [[nodiscard]] TestReport runHonest() { return run({}); }
    /// What must be found nowhere: the keys in pieces, and the signatures and tokens of all runs so far.
    [[nodiscard]] QList<QByteArray> secrets() const;
    [[nodiscard]] SandboxProcess &sandbox() { return m_plain; }

private:
    [[nodiscard]] CredentialDraft draftFor(SandboxProcess &server, const QJsonObject &client, TestSubject &subject);
    [[nodiscard]] DiagnosisContext contextFor(const sandbox::Fault &fault, const CredentialDraft &draft) const;

    SandboxProcess m_plain{{QStringLiteral("--patients"), QStringLiteral("3")}};
    SandboxProcess m_tls{{QStringLiteral("--patients"), QStringLiteral("3"), QStringLiteral("--tls")}};
    std::shared_ptr<const KeyInspection> m_key;
    std::shared_ptr<const KeyInspection> m_otherKey;
    QList<QByteArray> m_sent; ///< signatures and tokens
    SystemClock m_clock;
    SystemRandom m_random;
};

} // namespace credenza::test
