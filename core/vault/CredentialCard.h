// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"
#include "core/credentials/Credential.h"

#include <QByteArray>
#include <QSet>

#include <optional>
#include <span>

namespace credenza
{

/// A credential as its record's card: a CBOR map (RFC 8949) with small integers as keys (FORMAT.md, "Card"). `id` and
/// `revision` are not in it: they are the record's. A tenth of the time of JSON to read, which is what unlocking waits
/// for.
[[nodiscard]] QByteArray encodeCard(const Credential &credential);

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

/// Nothing if it is not what encodeCard() writes. `id` and `revision` are left to the caller.
[[nodiscard]] std::optional<Credential> decodeCard(std::span<const std::byte> card, SharedValues &shared);

} // namespace credenza
