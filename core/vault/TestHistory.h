// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/Vault.h"

#include <QJsonObject>

namespace credenza
{

/// How one connection test of a credential ended, as it is kept: redacted.
struct KeptTest {
    TestSummary summary;
    QStringList causes; ///< likely ones, most likely first, as they were said
    QJsonObject report; ///< the whole of it, in the form of whoever tested; empty for older ones
};

/// As many are kept for each credential; older ones make room.
constexpr qsizetype keptTests = 20;
/// As many of them, the latest, with their report.
constexpr qsizetype keptReports = 5;

/// A test that has just ended.
struct EndedTest {
    Credential credential; ///< as it was tested
    KeptTest test;
};

/// Earlier tests of the credential, newest first; empty if it was never tested. Sealed in a record of its own, which is
/// opened only now. Errors: vault.damaged.
[[nodiscard]] Result<QList<KeptTest>> testHistory(const Vault &vault, const QUuid &credentialId);
/// Adds each to its credential's history and makes it the credential's last test, all in one step. Returns the
/// credentials as saved, without those that were changed or removed during the test. Errors: those of saving.
[[nodiscard]] Result<QList<Credential>> keepTests(Vault &vault, const std::vector<EndedTest> &tests);

/// `{"passed","at","milliseconds","step","code","summary","causes":[…]}`, without the report.
[[nodiscard]] QJsonObject toJson(const KeptTest &test);

} // namespace credenza
