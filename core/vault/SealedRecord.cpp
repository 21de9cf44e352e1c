// SPDX-License-Identifier: Apache-2.0
#include "core/vault/SealedRecord.h"

#include "core/vault/BinaryForm.h"

#include <algorithm>
#include <sodium.h>

namespace credenza
{

namespace
{

constexpr std::size_t paddingBlock = 256;

QByteArray associatedData(const PartAddress &address)
{
    BinaryWriter writer;
    writer.reserve(64);
    writer.raw(QByteArrayView("credenza.record.1"))
        .id(address.vaultId)
        .id(address.recordId)
        .integer(address.kind)
        .integer(static_cast<quint8>(address.part))
        .integer(address.revision);
    return writer.bytes();
}

const SecretBytes &keyFor(const VaultKeys &keys, RecordPart part)
{
    return part == RecordPart::Card ? keys.cardKey() : keys.privateKeyKey();
}

} // namespace

QByteArray sealPart(const VaultKeys &keys, const PartAddress &address, std::span<const std::byte> plaintext,
                    RandomSource &random)
{
    SecretBytes padded((plaintext.size() / paddingBlock + 1) * paddingBlock);
    std::ranges::copy(plaintext, padded.bytes().begin());
    padded.bytes()[plaintext.size()] = std::byte{0x80}; // the rest is zero already
    return sealBox(keyFor(keys, address.part), associatedData(address), padded.view(), random);
}

std::optional<std::span<const std::byte>> openPart(const VaultKeys &keys, const PartAddress &address,
                                                   QByteArrayView sealed, SecretBytes &buffer)
{
    const auto padded = openBox(keyFor(keys, address.part), associatedData(address), sealed, buffer);
    std::size_t size = 0;
    if (!padded || padded->empty() || sodium_unpad(&size, sodiumBytes(*padded), padded->size(), paddingBlock) != 0)
        return std::nullopt;
    return padded->first(size);
}

} // namespace credenza
