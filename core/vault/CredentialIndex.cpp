// SPDX-License-Identifier: Apache-2.0
#include "core/vault/CredentialIndex.h"

namespace credenza
{

void CredentialIndex::put(Credential credential)
{
    QString key = folded(credential.name);
    const QUuid id = credential.id;
    const auto old = m_keys.constFind(id);
    if (old != m_keys.cend() && *old != key)
        m_credentials.erase({*old, id});
    m_keys.insert(id, key);
    m_credentials.insert_or_assign({std::move(key), id}, std::move(credential));
}

void CredentialIndex::remove(const QUuid &id)
{
    const auto at = m_keys.constFind(id);
    if (at == m_keys.cend())
        return;
    m_credentials.erase({*at, id});
    m_keys.erase(at);
}

void CredentialIndex::clear()
{
    m_credentials.clear();
    m_keys.clear();
}

const Credential *CredentialIndex::byId(const QUuid &id) const
{
    const auto key = m_keys.constFind(id);
    return key == m_keys.cend() ? nullptr : &m_credentials.at({*key, id});
}

const Credential *CredentialIndex::byName(const QString &name) const
{
    const QString key = folded(name);
    const auto at = m_credentials.lower_bound({key, QUuid()});
    return at != m_credentials.end() && at->first.first == key ? &at->second : nullptr;
}

QList<Credential> CredentialIndex::inOrderOfName() const
{
    QList<Credential> list;
    list.reserve(static_cast<qsizetype>(m_credentials.size()));
    for (const auto &[key, credential] : m_credentials)
        list.append(credential);
    return list;
}

QString CredentialIndex::folded(const QString &name)
{
    return name.trimmed().normalized(QString::NormalizationForm_C).toCaseFolded();
}

} // namespace credenza
