// SPDX-License-Identifier: Apache-2.0
#include "core/vault/CredentialIndex.h"

#include "core/vault/CredentialCard.h"

namespace credenza
{

namespace
{

Credential credentialOf(const QUuid &id, int revision, const QByteArray &card, SharedValues &shared)
{
    auto credential =
        decodeCard(std::as_bytes(std::span(card.constData(), static_cast<std::size_t>(card.size()))), shared);
    Q_ASSERT(credential); // it was looked at when it came in
    credential->id = id;
    credential->revision = revision;
    return *std::move(credential);
}

} // namespace

void CredentialIndex::put(const Credential &credential)
{
    insert(credential.id, credential.name, {credential.revision, encodeCard(credential)});
}

bool CredentialIndex::put(const QUuid &id, int revision, std::span<const std::byte> card)
{
    const auto name = nameInCard(card);
    if (!name)
        return false;
    const QByteArray bytes(reinterpret_cast<const char *>(card.data()), static_cast<qsizetype>(card.size()));
    insert(id, *name, {revision, bytes});
    return true;
}

void CredentialIndex::insert(const QUuid &id, const QString &name, Card card)
{
    QString key = folded(name);
    const auto old = m_keys.constFind(id);
    if (old != m_keys.cend() && *old != key)
        m_cards.erase({*old, id});
    m_keys.insert(id, key);
    // Names often come in their order: then there is nothing to search for.
    m_cards.insert_or_assign(m_cards.end(), {std::move(key), id}, std::move(card));
}

void CredentialIndex::remove(const QUuid &id)
{
    const auto at = m_keys.constFind(id);
    if (at == m_keys.cend())
        return;
    m_cards.erase({*at, id});
    m_keys.erase(at);
}

void CredentialIndex::clear()
{
    m_cards.clear();
    m_keys.clear();
}

std::optional<Credential> CredentialIndex::byId(const QUuid &id) const
{
    const auto key = m_keys.constFind(id);
    if (key == m_keys.cend())
        return std::nullopt;
    const Card &card = m_cards.at({*key, id});
    SharedValues alone;
    return credentialOf(id, card.revision, card.bytes, alone);
}

CredentialIndex::Cards::const_iterator CredentialIndex::find(const QString &name) const
{
    const QString key = folded(name);
    const auto at = m_cards.lower_bound({key, QUuid()});
    return at != m_cards.end() && at->first.first == key ? at : m_cards.end();
}

std::optional<Credential> CredentialIndex::byName(const QString &name) const
{
    const auto at = find(name);
    if (at == m_cards.end())
        return std::nullopt;
    SharedValues alone;
    return credentialOf(at->first.second, at->second.revision, at->second.bytes, alone);
}

std::optional<QUuid> CredentialIndex::idOf(const QString &name) const
{
    const auto at = find(name);
    return at == m_cards.end() ? std::nullopt : std::optional(at->first.second);
}

QList<Credential> CredentialIndex::inOrderOfName() const
{
    QList<Credential> list;
    list.reserve(static_cast<qsizetype>(m_cards.size()));
    SharedValues shared;
    for (const auto &[key, card] : m_cards)
        list.append(credentialOf(key.second, card.revision, card.bytes, shared));
    return list;
}

void CredentialIndex::each(const std::function<void(const Credential &)> &visit) const
{
    SharedValues shared;
    for (const auto &[key, card] : m_cards)
        visit(credentialOf(key.second, card.revision, card.bytes, shared));
}

QString CredentialIndex::folded(const QString &name)
{
    return name.trimmed().normalized(QString::NormalizationForm_C).toCaseFolded();
}

} // namespace credenza
