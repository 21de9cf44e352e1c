// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/KeySlot.h"
#include "core/vault/VaultDatabase.h"

#include <functional>
#include <optional>

namespace credenza
{

/// The one row that is readable without a key.
struct VaultHeader {
    QUuid vaultId;
    int format = 0;
    QString name;
};

/// What can be read of a vault before it is unlocked. Slots and header whose checksum is wrong are left out.
struct LockedVault {
    std::optional<VaultHeader> header; ///< nothing: damaged; the key slots still know the vault's id
    QList<KeySlot> slots;              ///< each once, from whichever copy is sound; both if they differ
    QStringList damagedSlots;          ///< ids of slots, or of their copies, that are damaged or missing
};

/// A row of `record`; still sealed, nothing of it checked.
struct RecordRow {
    QByteArray id;
    quint32 kind = 0;
    quint32 revision = 0;
    QByteArray card; ///< of what is opened on unlock; of the others perhaps only its end, which has the tag
};

/// A row of `record_key`.
struct KeyRow {
    QByteArray id;
    quint32 revision = 0;
    QByteArray sealed; ///< empty where only the list was asked for
};

/// Reads and writes the rows of a vault. Errors are VaultDatabase's.
class VaultTables
{
public:
    explicit VaultTables(VaultDatabase &database) : m_database(database) {}

    [[nodiscard]] Result<LockedVault> readLocked();
    [[nodiscard]] Result<void> writeHeader(const VaultHeader &header);
    /// Writes the slot and its copy.
    [[nodiscard]] Result<void> writeSlot(const KeySlot &slot);

    [[nodiscard]] Result<qint64> recordCount();
    /// Tags: of records that are not opened on unlock, only the end of the card is read.
    enum class CardColumns { Tags, All };
    /// Calls `visit` for each row; an error after some rows have been visited is returned.
    [[nodiscard]] Result<void> eachRecord(CardColumns columns, const std::function<void(const RecordRow &)> &visit);
    [[nodiscard]] Result<std::optional<RecordRow>> record(const QUuid &id);
    [[nodiscard]] Result<void> insertRecord(const QUuid &id, quint32 kind, quint32 revision, const QByteArray &card);
    [[nodiscard]] Result<void> updateRecord(const QUuid &id, quint32 kind, quint32 revision, const QByteArray &card);
    /// Removes the record and its key.
    [[nodiscard]] Result<void> removeRecord(const QUuid &id);

    enum class KeyColumns { WithoutSealed, All };
    [[nodiscard]] Result<void> eachKey(KeyColumns columns, const std::function<void(const KeyRow &)> &visit);
    [[nodiscard]] Result<std::optional<KeyRow>> key(const QUuid &id, quint32 revision);
    /// Whatever revision it has.
    [[nodiscard]] Result<std::optional<KeyRow>> anyKey(const QUuid &id);
    /// Replaces the record's key.
    [[nodiscard]] Result<void> writeKey(const QUuid &id, quint32 revision, const QByteArray &sealed);

    /// Null if there is no root.
    [[nodiscard]] Result<QByteArray> root();
    [[nodiscard]] Result<void> writeRoot(const QByteArray &sealed);
    [[nodiscard]] Result<void> eachBucket(const std::function<void(qint64, const QByteArray &)> &visit);
    [[nodiscard]] Result<QByteArray> bucket(quint8 number);
    /// An empty `sealed` removes the bucket.
    [[nodiscard]] Result<void> writeBucket(quint8 number, const QByteArray &sealed);

    [[nodiscard]] Result<void> appendActivity(quint64 sequence, const QByteArray &sealed);
    /// From `first` on, in order, at most `most` of them (negative: all).
    [[nodiscard]] Result<void> eachActivity(quint64 first, qint64 most,
                                            const std::function<void(quint64, const QByteArray &)> &visit);
    /// The highest number in the log; 0 if it is empty.
    [[nodiscard]] Result<quint64> lastActivity();
    [[nodiscard]] Result<void> removeSlot(const QUuid &id);

private:
    [[nodiscard]] Result<void> readSlots(const QString &table, QList<KeySlot> &sound, QStringList &damaged);

    VaultDatabase &m_database;
};

} // namespace credenza
