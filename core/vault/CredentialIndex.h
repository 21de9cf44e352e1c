// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>

namespace credenza
{

/// The opened cards, found by id and by name and listed in order of name. Names count as the same if they differ only
/// in case, outer blanks or Unicode composition. Each change costs O(log n).
///
/// Cards are kept as they were encoded, a third of the size of a Credential, and become one when they are asked for:
/// 100 000 of them take some 120 MB.
class CredentialIndex
{
public:
    /// Adds, or replaces the one with the same id.
    void put(const Credential &credential);
    /// The same with its card. False, and nothing happens, if it is none.
    [[nodiscard]] bool put(const QUuid &id, int revision, std::span<const std::byte> card);
    void remove(const QUuid &id);
    void clear();
    /// Makes room for so many.
    void reserve(qsizetype count) { m_keys.reserve(count); }

    [[nodiscard]] qsizetype size() const { return m_keys.size(); }
    [[nodiscard]] bool contains(const QUuid &id) const { return m_keys.contains(id); }
    /// Nothing if there is none.
    [[nodiscard]] std::optional<Credential> byId(const QUuid &id) const;
    [[nodiscard]] std::optional<Credential> byName(const QString &name) const;
    /// Of whose name it is; nothing if it is free.
    [[nodiscard]] std::optional<QUuid> idOf(const QString &name) const;
    [[nodiscard]] QList<Credential> inOrderOfName() const;
    /// One after the other, in order of name, without having all of them in memory.
    void each(const std::function<void(const Credential &)> &visit) const;

private:
    using Key = std::pair<QString, QUuid>; // folded name, id: a damaged vault may hold a name twice
    struct Card {
        int revision = 0;
        QByteArray bytes;
    };
    using Cards = std::map<Key, Card>;

    void insert(const QUuid &id, const QString &name, Card card);
    [[nodiscard]] Cards::const_iterator find(const QString &name) const;
    [[nodiscard]] static QString folded(const QString &name);

    Cards m_cards;
    QHash<QUuid, QString> m_keys;
};

} // namespace credenza
