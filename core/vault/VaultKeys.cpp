// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultKeys.h"

#include "core/vault/BinaryForm.h"

#include <sodium.h>

namespace credenza
{

namespace
{

static_assert(VaultKeys::keySize == crypto_kdf_KEYBYTES);

// FORMAT.md, "Keys": the numbers are part of the format.
enum SubkeyNumber : quint64 { CardSubkey = 1, PrivateKeySubkey = 2, ManifestSubkey = 3, BucketSubkey = 4 };

SecretBytes derive(const SecretBytes &vaultKey, SubkeyNumber number, std::size_t size)
{
    SecretBytes subkey(size);
    crypto_kdf_derive_from_key(sodiumBytes(subkey.bytes()), size, number, "credenza", sodiumBytes(vaultKey.view()));
    return subkey;
}

} // namespace

VaultKeys VaultKeys::generate(RandomSource &random)
{
    SecretBytes key(keySize);
    random.fill(key.bytes());
    return VaultKeys(std::move(key));
}

VaultKeys::VaultKeys(SecretBytes vaultKey)
    : m_vaultKey(std::move(vaultKey)), m_cardKey(derive(m_vaultKey, CardSubkey, keySize)),
      m_privateKeyKey(derive(m_vaultKey, PrivateKeySubkey, keySize)),
      m_manifestKey(derive(m_vaultKey, ManifestSubkey, keySize)),
      m_bucketKey(derive(m_vaultKey, BucketSubkey, crypto_shorthash_KEYBYTES))
{
}

quint8 VaultKeys::bucketOf(const QUuid &recordId) const
{
    static_assert(crypto_shorthash_KEYBYTES == crypto_kdf_BYTES_MIN);
    const auto id = bytesOf(recordId);
    std::array<std::byte, crypto_shorthash_BYTES> hash{};
    crypto_shorthash(sodiumBytes(std::span<std::byte>(hash)), sodiumBytes(std::span<const std::byte>(id)), id.size(),
                     sodiumBytes(m_bucketKey.view()));
    return std::to_integer<quint8>(hash[0]);
}

} // namespace credenza
