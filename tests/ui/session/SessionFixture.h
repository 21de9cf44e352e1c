// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Random.h"
#include "tests/support/FixedClock.h"
#include "tests/ui/session/FakeServer.h"

#include <QTemporaryDir>

namespace credenza::test
{

/// A session on a vault in a temporary folder, with a fake server behind its tests.
struct SessionFixture {
    SessionFixture();

    /// Makes the vault and leaves it unlocked; false if that failed.
    [[nodiscard]] bool create();
    [[nodiscard]] bool unlock(const char *passphrase = rightPassphrase);
    /// Saves `draft` and returns what came back.
    [[nodiscard]] Result<Credential> save(const CredentialDraft &draft, const QUuid &existing = {},
                                          std::optional<TestSummary> test = {});
    [[nodiscard]] QString path() const { return folder.filePath(QStringLiteral("vault.credenza")); }

    static constexpr const char *rightPassphrase = "otter gravel ninth lantern quay";

    QTemporaryDir folder;
    FixedClock clock;
    SystemRandom random;
    std::shared_ptr<FakeServer> server = std::make_shared<FakeServer>();
    VaultSession session;
};

/// A fresh RSA key, made once for the process.
[[nodiscard]] SecretBytes sampleKeyPem();
/// A valid draft against the fake server, with that key.
[[nodiscard]] CredentialDraft sampleDraft(const QString &name);

} // namespace credenza::test
