// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/CommandContext.h"
#include "app/cli/ParallelTests.h"
#include "core/smart/Diagnosis.h"
#include "core/vault/TestHistory.h"

#include <atomic>
#include <optional>
#include <vector>

namespace credenza::cli
{

/// Connection tests of saved credentials: opens their keys, explains what failed, and saves how each ended.
class SavedTests
{
public:
    SavedTests(CommandContext &context, Vault vault, QList<Credential> credentials, NetworkSettings network);

    /// At most `jobs` at once. Errors: cancelled; what ended before is saved all the same.
    [[nodiscard]] Result<void> run(int jobs, bool correctsClock);
    /// In the order of the credentials, without those that could not be tested.
    [[nodiscard]] QList<TestReport> reports() const;
    /// Fails with the first reason why a credential could not be tested at all, such as a damaged key.
    [[nodiscard]] Result<void> completeness() const;
    [[nodiscard]] const QList<UntestedCredential> &untested() const { return m_untested; }
    [[nodiscard]] const Vault &vault() const { return m_vault; }

private:
    [[nodiscard]] const Credential &credential(std::size_t number) const;
    [[nodiscard]] Result<TestSubject> subject(std::size_t number) const;
    void take(std::size_t number, Result<TestReport> result);
    void refuse(const Credential &untested, const Error &error);
    void diagnoseFailure(const Credential &tested, TestReport &report) const;
    void remember(const Credential &tested, const TestReport &report);
    /// Saves what was remembered: many results in one step, for each step waits for the disk.
    void saveRemembered();
    void showProgress(std::size_t number, const TestReport &report);

    CommandContext &m_context;
    Vault m_vault;
    QList<Credential> m_credentials;
    NetworkSettings m_network;
    std::vector<std::optional<TestReport>> m_reports;
    std::atomic<std::size_t> m_finished = 0; // read by the threads that test
    QList<UntestedCredential> m_untested;
    std::optional<Error> m_firstError;
    std::vector<EndedTest> m_unsaved;
    std::chrono::steady_clock::time_point m_savedAt;
};

/// Puts the likely causes into the report of a test that did not pass.
void addDiagnosis(TestReport &report, const DiagnosisContext &context);

} // namespace credenza::cli
