// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Random.h"
#include "core/base/SecretBytes.h"

#include <QUuid>

namespace credenza
{

/// The vault key and the keys derived from it (BLAKE2b, libsodium's crypto_kdf), one for each use.
class VaultKeys
{
public:
    static constexpr std::size_t keySize = 32;

    /// A fresh random vault key.
    [[nodiscard]] static VaultKeys generate(RandomSource &random);
    /// From a vault key that a slot released. `vaultKey` has keySize bytes.
    explicit VaultKeys(SecretBytes vaultKey);

    /// What key slots wrap.
    [[nodiscard]] const SecretBytes &vaultKey() const { return m_vaultKey; }
    /// Seals the cards of records.
    [[nodiscard]] const SecretBytes &cardKey() const { return m_cardKey; }
    /// Seals the private keys of records.
    [[nodiscard]] const SecretBytes &privateKeyKey() const { return m_privateKeyKey; }
    /// Seals the manifest.
    [[nodiscard]] const SecretBytes &manifestKey() const { return m_manifestKey; }
    /// Seals the activity log.
    [[nodiscard]] const SecretBytes &activityKey() const { return m_activityKey; }
    /// The record id that a name within a kind of record always has: found without a list, and telling nothing to
    /// those without the key.
    [[nodiscard]] QUuid namedRecordId(quint32 kind, QByteArrayView name) const;
    /// The manifest bucket (0 to 255) that a record's id belongs to: a keyed hash, so that outsiders can't fill one.
    [[nodiscard]] quint8 bucketOf(const QUuid &recordId) const;

private:
    SecretBytes m_vaultKey;
    SecretBytes m_cardKey;
    SecretBytes m_privateKeyKey;
    SecretBytes m_manifestKey;
    SecretBytes m_bucketKey;
    SecretBytes m_activityKey;
    SecretBytes m_nameKey;
};

} // namespace credenza
