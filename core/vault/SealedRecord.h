// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/SealedBox.h"
#include "core/vault/VaultKeys.h"

#include <QUuid>

namespace credenza
{

/// What a record is (FORMAT.md, "Records"). A record of a kind this version does not know is kept and checked, not
/// shown. Settings, drafts and test results are named: their id follows from their name.
enum class RecordKind : quint32 {
    Credential = 1,
    Trashed = 2,
    Version = 3,
    Draft = 4,
    Setting = 5,
    TestResults = 7,
    Identity = 8
};

/// Whether a record's card is opened when the vault is; the others are opened when they are asked for.
[[nodiscard]] constexpr bool isOpenedOnUnlock(quint32 kind)
{
    return kind == static_cast<quint32>(RecordKind::Credential) || kind == static_cast<quint32>(RecordKind::Trashed);
}

/// The two halves of a record: the card is opened on unlock, the private key only for use.
enum class RecordPart : quint8 { Card = 1, PrivateKey = 2 };

/// Where a sealed part belongs. All of it is authenticated, so that a part opens nowhere else and as no other revision.
struct PartAddress {
    QUuid vaultId;
    QUuid recordId;
    quint32 kind = 0;
    RecordPart part = RecordPart::Card;
    quint32 revision = 0;
};

/// Pads to a multiple of 256 bytes (ISO/IEC 7816-4), which hides exact lengths, and seals.
[[nodiscard]] QByteArray sealPart(const VaultKeys &keys, const PartAddress &address,
                                  std::span<const std::byte> plaintext, RandomSource &random);

/// Opens into `buffer` (see openBox()). Nothing if anything differs.
[[nodiscard]] std::optional<std::span<const std::byte>> openPart(const VaultKeys &keys, const PartAddress &address,
                                                                 QByteArrayView sealed, SecretBytes &buffer);

} // namespace credenza
