// SPDX-License-Identifier: Apache-2.0
#include "core/vault/ActivityLog.h"

#include "core/vault/BinaryForm.h"
#include "core/vault/SealedBox.h"

#include <QCborMap>
#include <QCborValue>

namespace credenza
{

namespace
{

// FORMAT.md, "Activity": the numbers are part of the format.
enum Member { At = 1, Actor = 2, Program = 3, Action = 4, CredentialId = 5, CredentialName = 6, Detail = 7 };

QByteArray associatedData(const QUuid &vaultId, quint64 sequence)
{
    BinaryWriter writer;
    writer.raw(QByteArrayView("credenza.activity.1")).id(vaultId).integer(sequence);
    return writer.bytes();
}

QByteArray hashOf(quint64 sequence, std::span<const std::byte> plaintext)
{
    BinaryWriter writer;
    writer.raw(QByteArrayView("credenza.activity-chain.1")).integer(sequence).raw(plaintext);
    return checksumOf(writer.bytes());
}

QByteArray encoded(const ActivityEntry &entry)
{
    QCborMap map;
    const auto put = [&map](Member member, const QString &text) {
        if (!text.isEmpty())
            map.insert(qint64{member}, text);
    };
    map.insert(qint64{At}, entry.at.toMSecsSinceEpoch());
    put(Actor, entry.actor);
    put(Program, entry.program);
    put(Action, entry.action);
    if (!entry.credentialId.isNull())
        map.insert(qint64{CredentialId}, entry.credentialId.toRfc4122());
    put(CredentialName, entry.credentialName);
    put(Detail, entry.detail);
    return map.toCborValue().toCbor();
}

std::optional<ActivityEntry> decoded(const QByteArray &bytes)
{
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(bytes, &error);
    if (error.error != QCborError::NoError || !value.isMap())
        return std::nullopt;
    const QCborMap map = value.toMap();
    ActivityEntry entry;
    entry.at = QDateTime::fromMSecsSinceEpoch(map.value(qint64{At}).toInteger(), Qt::UTC);
    entry.actor = map.value(qint64{Actor}).toString();
    entry.program = map.value(qint64{Program}).toString();
    entry.action = map.value(qint64{Action}).toString();
    if (const QByteArray id = map.value(qint64{CredentialId}).toByteArray(); id.size() == 16)
        entry.credentialId = QUuid::fromRfc4122(QByteArrayView(id));
    entry.credentialName = map.value(qint64{CredentialName}).toString();
    entry.detail = map.value(qint64{Detail}).toString();
    return entry;
}

} // namespace

QByteArray sealActivity(const VaultKeys &keys, const QUuid &vaultId, ActivityEntry &entry, const ChainHash &previous,
                        RandomSource &random)
{
    BinaryWriter writer;
    writer.raw(previous).raw(QByteArrayView(encoded(entry)));
    entry.hash = hashOf(entry.sequence, asBytes(writer.bytes()));
    return sealPadded(keys.activityKey(), associatedData(vaultId, entry.sequence), asBytes(writer.bytes()), random);
}

std::optional<OpenedActivity> openActivity(const VaultKeys &keys, const QUuid &vaultId, quint64 sequence,
                                           QByteArrayView sealed, SecretBytes &buffer)
{
    const auto opened = openPadded(keys.activityKey(), associatedData(vaultId, sequence), sealed, buffer);
    if (!opened || opened->size() <= sizeof(ChainHash))
        return std::nullopt;
    BinaryReader reader(*opened);
    OpenedActivity activity;
    std::ranges::copy(reader.raw(activity.previous.size()), activity.previous.begin());
    const auto rest = opened->subspan(activity.previous.size());
    auto entry = decoded(QByteArray(reinterpret_cast<const char *>(rest.data()), static_cast<qsizetype>(rest.size())));
    if (!entry)
        return std::nullopt;
    activity.entry = *std::move(entry);
    activity.entry.sequence = sequence;
    activity.entry.hash = hashOf(sequence, *opened);
    return activity;
}

ChainHash chainHashOf(const ActivityEntry &entry)
{
    ChainHash hash{};
    if (entry.hash.size() == static_cast<qsizetype>(hash.size()))
        std::ranges::copy(asBytes(entry.hash), hash.begin());
    return hash;
}

} // namespace credenza
