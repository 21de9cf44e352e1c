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
enum SubkeyNumber : quint64 {
    CardSubkey = 1,
    PrivateKeySubkey = 2,
    ManifestSubkey = 3,
    BucketSubkey = 4,
    ActivitySubkey = 5,
    NameSubkey = 6
};

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
      m_bucketKey(derive(m_vaultKey, BucketSubkey, crypto_shorthash_KEYBYTES)),
      m_activityKey(derive(m_vaultKey, ActivitySubkey, keySize)), m_nameKey(derive(m_vaultKey, NameSubkey, keySize))
{
}

QUuid VaultKeys::namedRecordId(quint32 kind, QByteArrayView name) const
{
    BinaryWriter writer;
    writer.raw(QByteArrayView("credenza.record-name.1")).integer(kind).raw(name);
    std::array<std::byte, 16> id{};
    crypto_generichash(sodiumBytes(std::span<std::byte>(id)), id.size(), sodiumBytes(asBytes(writer.bytes())),
                       static_cast<unsigned long long>(writer.bytes().size()), sodiumBytes(m_nameKey.view()),
                       m_nameKey.size());
    // Version 8 (RFC 9562, section 5.8): never one of the random ids.
    id[6] = (id[6] & std::byte{0x0f}) | std::byte{0x80};
    id[8] = (id[8] & std::byte{0x3f}) | std::byte{0x80};
    return QUuid::fromRfc4122(QByteArrayView(reinterpret_cast<const char *>(id.data()), 16));
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
