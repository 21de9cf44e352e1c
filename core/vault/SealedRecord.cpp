// SPDX-License-Identifier: Apache-2.0
#include "core/vault/SealedRecord.h"

#include "core/vault/BinaryForm.h"

namespace credenza
{

namespace
{

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
    return writer.take();
}

const SecretBytes &keyFor(const VaultKeys &keys, RecordPart part)
{
    return part == RecordPart::Card ? keys.cardKey() : keys.privateKeyKey();
}

} // namespace

QByteArray sealPart(const VaultKeys &keys, const PartAddress &address, std::span<const std::byte> plaintext,
                    RandomSource &random)
{
    return sealPadded(keyFor(keys, address.part), associatedData(address), plaintext, random);
}

std::optional<std::span<const std::byte>> openPart(const VaultKeys &keys, const PartAddress &address,
                                                   QByteArrayView sealed, SecretBytes &buffer)
{
    return openPadded(keyFor(keys, address.part), associatedData(address), sealed, buffer);
}

} // namespace credenza
