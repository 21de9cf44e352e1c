// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <initializer_list>

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

    /// Whether the path still leads to the file that was opened, so that a save does not go into a deleted file.
    [[nodiscard]] bool isInPlace() const;

private:
    VaultDatabase() = default;
    [[nodiscard]] Result<void> connect(const QString &path);
    [[nodiscard]] Failure failureOf(const QSqlError &error) const;
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
