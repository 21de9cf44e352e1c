// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QList>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <chrono>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>

struct sqlite3;

namespace credenza
{

/// One connection to a vault's SQLite file, closed when this goes. Knows SQLite, not what a vault is. Belongs to the
/// thread that made it.
class VaultDatabase
{
public:
    /// Makes an empty database in a new file of mode 0600. Errors: vault.exists, vault.unwritable.
    [[nodiscard]] static Result<VaultDatabase> create(const QString &path);
    /// Opens an existing file; never makes one. Errors: vault.not-found, vault.busy, vault.damaged, vault.unwritable.
    [[nodiscard]] static Result<VaultDatabase> open(const QString &path);

    ~VaultDatabase();
    VaultDatabase(VaultDatabase &&other) noexcept;
    VaultDatabase &operator=(VaultDatabase &&other) noexcept;

    [[nodiscard]] const QString &path() const { return m_path; }

    /// Prepares and runs one statement. Errors: as SQLite's code says (vault.busy, vault.unwritable, vault.damaged).
    /// Finish or drop a query that returns rows before the transaction ends.
    Result<QSqlQuery> run(const QString &sql, std::initializer_list<QVariant> values = {});
    /// The first column of the first row; a null QVariant if there is no row.
    [[nodiscard]] Result<QVariant> value(const QString &sql, std::initializer_list<QVariant> values = {});
    /// Whether the query, whose rows have run out, came to its end rather than to an error.
    [[nodiscard]] Result<void> ended(const QSqlQuery &query) const;

    /// How long to wait for another program's transaction before vault.busy.
    static constexpr std::chrono::milliseconds usualPatience{10'000};
    [[nodiscard]] Result<void> setPatience(std::chrono::milliseconds patience);

    /// Moves what is in the -wal file into the database, so that the file alone is the whole vault; not if another
    /// program's use of it, or a read-only medium, prevents that.
    void emptyLog();
    /// Compares each page of the file with its checksum: the numbers, from 1, of the first few that differ. Nothing if
    /// the -wal file has newer pages; call inside a transaction, after emptyLog(). Errors: vault.unwritable.
    [[nodiscard]] Result<std::optional<QList<quint32>>> damagedPages();
    /// Calls `take` with the file's bytes, piece by piece. As damagedPages(): false if the file alone is not the vault.
    [[nodiscard]] Result<bool> eachPiece(const std::function<Result<void>(std::span<const std::byte>)> &take);
    /// Whether pages have room for their checksum (format 2 on).
    [[nodiscard]] Result<bool> hasPageSums();
    /// Rewrites the whole file with that room.
    [[nodiscard]] Result<void> addPageSums();

    /// Whether the path still leads to the file that was opened, so that a save does not go into a deleted file.
    [[nodiscard]] bool isInPlace() const;

private:
    VaultDatabase() = default;
    [[nodiscard]] Result<void> connect(const QString &path);
    [[nodiscard]] Failure failureOf(const QSqlError &error) const;
    [[nodiscard]] sqlite3 *handle() const;
    [[nodiscard]] Result<void> reserveRoom();
    void close();

    QString m_path;
    QString m_connectionName;
    QSqlDatabase m_database;
    quint64 m_device = 0;
    quint64 m_inode = 0;
};

/// A transaction that is undone unless commit() was reached.
class VaultTransaction
{
public:
    enum class Mode {
        Read, ///< one consistent view
        Write ///< takes the write lock at once, so that what was read stays true until the commit
    };
    [[nodiscard]] static Result<VaultTransaction> begin(VaultDatabase &database, Mode mode);
    ~VaultTransaction();
    VaultTransaction(VaultTransaction &&other) noexcept;
    VaultTransaction &operator=(VaultTransaction &&) = delete;

    /// After this the changes are on the disk.
    [[nodiscard]] Result<void> commit();

private:
    explicit VaultTransaction(VaultDatabase &database) : m_database(&database) {}

    VaultDatabase *m_database;
};

} // namespace credenza
