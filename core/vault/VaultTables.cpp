// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultTables.h"

#include "core/vault/BinaryForm.h"
#include "core/vault/SealedBox.h"

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

QByteArray headerChecksum(const VaultHeader &header)
{
    BinaryWriter writer;
    writer.raw(QByteArrayView("credenza.vault-header.1"))
        .id(header.vaultId)
        .integer(static_cast<quint32>(header.format))
        .sized(header.name.toUtf8());
    return checksumOf(writer.bytes());
}

QUuid toId(const QVariant &value)
{
    const QByteArray bytes = value.toByteArray();
    return bytes.size() == 16 ? QUuid::fromRfc4122(QByteArrayView(bytes)) : QUuid();
}

// An integer column may hold what never fits; no value of ours is 0, so that reads as "not ours".
quint32 toNumber(const QVariant &value)
{
    const qint64 number = value.toLongLong();
    return number > 0 && number <= std::numeric_limits<qint32>::max() ? static_cast<quint32>(number) : 0;
}

RecordRow recordRow(const QSqlQuery &query)
{
    return {query.value(0).toByteArray(), toNumber(query.value(1)), toNumber(query.value(2)),
            query.value(3).toByteArray()};
}

} // namespace

Result<LockedVault> VaultTables::readLocked()
{
    LockedVault vault;
    const int version = TRY(m_database.value(u"PRAGMA user_version"_s)).toInt();
    auto query = TRY(m_database.run(u"SELECT vault_id,format,name,checksum FROM vault_header"_s));
    if (query.next()) {
        const VaultHeader header{toId(query.value(0)), query.value(1).toInt(), query.value(2).toString()};
        if (headerChecksum(header) == query.value(3).toByteArray() && header.format == version)
            vault.header = header;
    }
    TRY(m_database.ended(query));
    query.finish();

    QList<KeySlot> copies;
    TRY(readSlots(u"key_slot"_s, vault.slots, vault.damagedSlots));
    TRY(readSlots(u"key_slot_copy"_s, copies, vault.damagedSlots));
    // Everybody can make a checksum: where a slot and its copy say different things, either may be the one that opens.
    const auto isIn = [](const QList<KeySlot> &list, const KeySlot &wanted) {
        return std::ranges::any_of(list,
                                   [sum = wanted.checksum()](const KeySlot &slot) { return slot.checksum() == sum; });
    };
    for (const KeySlot &slot : std::as_const(vault.slots))
        if (!isIn(copies, slot))
            vault.damagedSlots.append(slot.id.toString(QUuid::WithoutBraces));
    for (const KeySlot &copy : std::as_const(copies)) {
        if (isIn(vault.slots, copy))
            continue;
        vault.damagedSlots.append(copy.id.toString(QUuid::WithoutBraces));
        vault.slots.append(copy);
    }
    vault.damagedSlots.removeDuplicates();
    return vault;
}

Result<void> VaultTables::readSlots(const QString &table, QList<KeySlot> &sound, QStringList &damaged)
{
    auto query = TRY(
        m_database.run(u"SELECT id,vault_id,kind,parameters,sealed_key,checksum FROM %1 ORDER BY rowid"_s.arg(table)));
    while (query.next()) {
        const KeySlot slot{toId(query.value(0)), toId(query.value(1)), query.value(2).toString(),
                           query.value(3).toByteArray(), query.value(4).toByteArray()};
        if (slot.checksum() == query.value(5).toByteArray())
            sound.append(slot);
        else
            damaged.append(slot.id.toString(QUuid::WithoutBraces));
    }
    return m_database.ended(query);
}

Result<void> VaultTables::writeHeader(const VaultHeader &header)
{
    TRY(m_database.run(u"INSERT OR REPLACE INTO vault_header(one,vault_id,format,name,checksum) VALUES(1,?,?,?,?)"_s,
                       {header.vaultId.toRfc4122(), header.format, header.name, headerChecksum(header)}));
    return {};
}

Result<void> VaultTables::writeSlot(const KeySlot &slot)
{
    for (const QString &table : {u"key_slot"_s, u"key_slot_copy"_s})
        TRY(m_database.run(u"INSERT OR REPLACE INTO %1(id,vault_id,kind,parameters,sealed_key,checksum)"
                           " VALUES(?,?,?,?,?,?)"_s.arg(table),
                           {slot.id.toRfc4122(), slot.vaultId.toRfc4122(), slot.kind, slot.parameters, slot.sealedKey,
                            slot.checksum()}));
    return {};
}

Result<qint64> VaultTables::recordCount()
{
    return TRY(m_database.value(u"SELECT count(*) FROM record"_s)).toLongLong();
}

Result<void> VaultTables::eachRecord(CardColumns columns, const std::function<void(const RecordRow &)> &visit)
{
    // 40: the smallest box, of which tagOf() reads the end. Kinds 1 and 2 are those of isOpenedOnUnlock().
    auto query = TRY(m_database.run(
        columns == CardColumns::All
            ? u"SELECT id,kind,revision,card FROM record NOT INDEXED"_s
            : u"SELECT id,kind,revision,CASE WHEN kind<=2 THEN card ELSE substr(card,-40) END FROM record NOT INDEXED"_s));
    while (query.next())
        visit(recordRow(query));
    return m_database.ended(query);
}

Result<std::optional<RecordRow>> VaultTables::record(const QUuid &id)
{
    auto query = TRY(m_database.run(u"SELECT id,kind,revision,card FROM record WHERE id=?"_s, {id.toRfc4122()}));
    std::optional<RecordRow> row;
    if (query.next())
        row = recordRow(query);
    TRY(m_database.ended(query));
    return row;
}

Result<void> VaultTables::insertRecord(const QUuid &id, quint32 kind, quint32 revision, const QByteArray &card)
{
    TRY(m_database.run(u"INSERT INTO record(id,kind,revision,card) VALUES(?,?,?,?)"_s,
                       {id.toRfc4122(), kind, revision, card}));
    return {};
}

Result<void> VaultTables::updateRecord(const QUuid &id, quint32 kind, quint32 revision, const QByteArray &card)
{
    TRY(m_database.run(u"UPDATE record SET kind=?,revision=?,card=? WHERE id=?"_s,
                       {kind, revision, card, id.toRfc4122()}));
    return {};
}

Result<void> VaultTables::removeRecord(const QUuid &id)
{
    TRY(m_database.run(u"DELETE FROM record_key WHERE id=?"_s, {id.toRfc4122()}));
    TRY(m_database.run(u"DELETE FROM record WHERE id=?"_s, {id.toRfc4122()}));
    return {};
}

Result<void> VaultTables::eachKey(KeyColumns columns, const std::function<void(const KeyRow &)> &visit)
{
    auto query = TRY(m_database.run(columns == KeyColumns::All
                                        ? u"SELECT id,revision,sealed FROM record_key NOT INDEXED"_s
                                        : u"SELECT id,revision FROM record_key"_s)); // from the index alone
    while (query.next())
        visit({query.value(0).toByteArray(), toNumber(query.value(1)),
               columns == KeyColumns::All ? query.value(2).toByteArray() : QByteArray()});
    return m_database.ended(query);
}

Result<std::optional<KeyRow>> VaultTables::key(const QUuid &id, quint32 revision)
{
    auto query = TRY(m_database.run(u"SELECT id,revision,sealed FROM record_key WHERE id=? AND revision=?"_s,
                                    {id.toRfc4122(), revision}));
    std::optional<KeyRow> row;
    if (query.next())
        row = KeyRow{query.value(0).toByteArray(), toNumber(query.value(1)), query.value(2).toByteArray()};
    TRY(m_database.ended(query));
    return row;
}

Result<std::optional<KeyRow>> VaultTables::anyKey(const QUuid &id)
{
    auto query = TRY(m_database.run(u"SELECT id,revision,sealed FROM record_key WHERE id=? ORDER BY revision DESC"_s,
                                    {id.toRfc4122()}));
    std::optional<KeyRow> row;
    if (query.next())
        row = KeyRow{query.value(0).toByteArray(), toNumber(query.value(1)), query.value(2).toByteArray()};
    TRY(m_database.ended(query));
    return row;
}

Result<void> VaultTables::writeKey(const QUuid &id, quint32 revision, const QByteArray &sealed)
{
    TRY(m_database.run(u"DELETE FROM record_key WHERE id=?"_s, {id.toRfc4122()}));
    TRY(m_database.run(u"INSERT INTO record_key(id,revision,sealed) VALUES(?,?,?)"_s,
                       {id.toRfc4122(), revision, sealed}));
    return {};
}

Result<QByteArray> VaultTables::root()
{
    return TRY(m_database.value(u"SELECT sealed FROM manifest_root"_s)).toByteArray();
}

Result<void> VaultTables::writeRoot(const QByteArray &sealed)
{
    TRY(m_database.run(u"INSERT OR REPLACE INTO manifest_root(one,sealed) VALUES(1,?)"_s, {sealed}));
    return {};
}

Result<void> VaultTables::eachBucket(const std::function<void(qint64, const QByteArray &)> &visit)
{
    auto query = TRY(m_database.run(u"SELECT number,sealed FROM manifest_bucket"_s));
    while (query.next())
        visit(query.value(0).toLongLong(), query.value(1).toByteArray());
    return m_database.ended(query);
}

Result<QByteArray> VaultTables::bucket(quint8 number)
{
    return TRY(m_database.value(u"SELECT sealed FROM manifest_bucket WHERE number=?"_s, {int{number}})).toByteArray();
}

Result<void> VaultTables::writeBucket(quint8 number, const QByteArray &sealed)
{
    if (sealed.isEmpty())
        TRY(m_database.run(u"DELETE FROM manifest_bucket WHERE number=?"_s, {int{number}}));
    else
        TRY(m_database.run(u"INSERT OR REPLACE INTO manifest_bucket(number,sealed) VALUES(?,?)"_s,
                           {int{number}, sealed}));
    return {};
}

Result<void> VaultTables::appendActivity(quint64 sequence, const QByteArray &sealed)
{
    TRY(m_database.run(u"INSERT OR REPLACE INTO activity(sequence,sealed) VALUES(?,?)"_s,
                       {static_cast<qint64>(sequence), sealed}));
    return {};
}

Result<void> VaultTables::eachActivity(quint64 first, qint64 most,
                                       const std::function<void(quint64, const QByteArray &)> &visit)
{
    auto query =
        TRY(m_database.run(u"SELECT sequence,sealed FROM activity WHERE sequence>=? ORDER BY sequence LIMIT ?"_s,
                           {static_cast<qint64>(first), most}));
    while (query.next())
        visit(static_cast<quint64>(query.value(0).toLongLong()), query.value(1).toByteArray());
    return m_database.ended(query);
}

Result<quint64> VaultTables::lastActivity()
{
    return TRY(m_database.value(u"SELECT max(sequence) FROM activity"_s)).toULongLong();
}

Result<void> VaultTables::removeSlot(const QUuid &id)
{
    for (const QString &table : {u"key_slot"_s, u"key_slot_copy"_s})
        TRY(m_database.run(u"DELETE FROM %1 WHERE id=?"_s.arg(table), {id.toRfc4122()}));
    return {};
}

} // namespace credenza
