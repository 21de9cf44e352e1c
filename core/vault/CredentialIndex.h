// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"

#include <QHash>
#include <QList>

#include <map>
#include <utility>

namespace credenza
{

/// The opened cards, found by id and by name and listed in order of name. Names count as the same if they differ only
/// in case, outer blanks or Unicode composition. Each change costs O(log n).
class CredentialIndex
{
public:
    /// Adds, or replaces the one with the same id.
    void put(Credential credential);
    void remove(const QUuid &id);
    void clear();

    [[nodiscard]] qsizetype size() const { return m_keys.size(); }
    /// Null if there is none.
    [[nodiscard]] const Credential *byId(const QUuid &id) const;
    [[nodiscard]] const Credential *byName(const QString &name) const;
    [[nodiscard]] QList<Credential> inOrderOfName() const;

private:
    using Key = std::pair<QString, QUuid>; // folded name, id: a damaged vault may hold a name twice
    [[nodiscard]] static QString folded(const QString &name);

    std::map<Key, Credential> m_credentials;
    QHash<QUuid, QString> m_keys;
};

} // namespace credenza
