// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/Vault.h"
#include "tests/support/FixedClock.h"

#include <QTemporaryDir>

#include <functional>

namespace credenza::test
{

/// A folder with a vault in it, the state folder beside it, and what it takes to open the vault. The KDF is as fast as
/// the format allows.
class VaultFixture
{
public:
    VaultFixture();

    [[nodiscard]] bool isValid() const { return m_folder.isValid(); }
    [[nodiscard]] QString folder() const { return m_folder.path() + QStringLiteral("/vaults"); }
    [[nodiscard]] QString path() const { return folder() + QStringLiteral("/test.credenza"); }
    [[nodiscard]] Result<Vault> create();
    [[nodiscard]] Result<Vault> open() { return openAt(path()); }
    [[nodiscard]] Result<Vault> openAt(const QString &path);

    [[nodiscard]] static QString passphraseText() { return QStringLiteral("correct horse battery staple"); }
    [[nodiscard]] static SecretBytes passphrase();
    [[nodiscard]] static KdfParameters fastKdf() { return {8, 1}; }
    /// Forgets the counters remembered outside the vaults.
    void forgetSeenRoots();

    /// Runs one statement directly on the file, as an attacker would. False if SQLite refused.
    bool sql(const QString &statement, const QList<QVariant> &values = {});
    [[nodiscard]] QList<QVariantList> rows(const QString &query);

    FixedClock clock;
    SystemRandom random;

private:
    [[nodiscard]] QString asAttacker() const;

    QTemporaryDir m_folder;
};

/// Every member filled, differently for each number.
[[nodiscard]] Credential sampleCredential(int number = 1);
/// Bytes that stand for a PKCS#8 key, different for each number.
[[nodiscard]] SecretBytes sampleKey(int number = 1);
/// As text, to compare and to print; without revision and times of saving.
[[nodiscard]] QByteArray contentOf(Credential credential);
/// "code subject" of each damage, sorted.
[[nodiscard]] QStringList namesOf(const QList<VaultDamage> &damage);

[[nodiscard]] QByteArray contentsOfFile(const QString &path);
bool replaceFile(const QString &path, const QByteArray &contents);

} // namespace credenza::test
