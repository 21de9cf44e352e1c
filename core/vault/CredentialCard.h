// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"
#include "core/credentials/Credential.h"

#include <QByteArray>
#include <QDateTime>
#include <QSet>

#include <optional>
#include <span>

namespace credenza
{

/// A credential as its record's card: a CBOR map (RFC 8949) with small integers as keys (FORMAT.md, "Card"). `id` and
/// `revision` are not in it: they are the record's.
[[nodiscard]] QByteArray encodeCard(const Credential &credential);

/// When and by whom a card was put away: into the trash, or as an earlier version.
struct Filing {
    QDateTime at;
    QString by;
};
/// A card of the trash or of an earlier version.
[[nodiscard]] QByteArray encodeFiledCard(const Credential &credential, const Filing &filing);

/// Makes equal values of many credentials (server, scopes, tags) share one copy: half the memory of a large vault.
class SharedValues
{
public:
    [[nodiscard]] QString of(const QString &text) { return *m_texts.insert(text); }
    [[nodiscard]] QStringList of(const QStringList &list) { return *m_lists.insert(list); }

private:
    QSet<QString> m_texts;
    QSet<QStringList> m_lists;
};

/// The name in a card of which decodeCard() would make a credential; nothing if it would not.
[[nodiscard]] std::optional<QString> nameInCard(std::span<const std::byte> card);
/// Nothing if it is not what encodeCard() writes. `id` and `revision` are left to the caller.
[[nodiscard]] std::optional<Credential> decodeCard(std::span<const std::byte> card, SharedValues &shared);
/// The same for encodeFiledCard().
[[nodiscard]] std::optional<Credential> decodeFiledCard(std::span<const std::byte> card, SharedValues &shared,
                                                        Filing &filing);

} // namespace credenza
