// SPDX-License-Identifier: Apache-2.0
// The file below the database: its bytes as they lie on the disk. Read through SQLite's own descriptor, because closing
// another one would drop the locks that SQLite holds on the file in this process (fcntl(2), "Record locks").
#include "core/vault/PageSums.h"
#include "core/vault/VaultDatabase.h"
#include "core/vault/VaultErrors.h"

#include <QCoreApplication>
#include <QSqlDriver>

#include <sqlite3.h>
#include <vector>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct DatabaseFileText {
    Q_DECLARE_TR_FUNCTIONS(DatabaseFileText)
};

constexpr qsizetype mostDamagedPages = 20;
constexpr std::size_t pieceSize = 64 * vaultPageSize;

sqlite3_file *fileBehind(sqlite3 *handle, int which)
{
    sqlite3_file *file = nullptr;
    if (sqlite3_file_control(handle, "main", which, &file) != SQLITE_OK || file == nullptr || file->pMethods == nullptr)
        return nullptr;
    return file;
}

sqlite3_int64 sizeOf(sqlite3_file *file)
{
    sqlite3_int64 size = 0;
    return file != nullptr && file->pMethods->xFileSize(file, &size) == SQLITE_OK ? size : 0;
}

} // namespace

sqlite3 *VaultDatabase::handle() const
{
    const QVariant handle = m_database.driver()->handle();
    // Qt's documentation of QSqlDriver::handle() gives this way to reach SQLite's own.
    return *static_cast<sqlite3 *const *>(handle.constData());
}

Result<void> VaultDatabase::reserveRoom()
{
    int room = static_cast<int>(pageSumSize);
    if (sqlite3_file_control(handle(), "main", SQLITE_FCNTL_RESERVE_BYTES, &room) != SQLITE_OK)
        return vaultUnwritable(m_path, DatabaseFileText::tr("its pages can't be given checksums."));
    return {};
}

Result<bool> VaultDatabase::hasPageSums()
{
    int room = -1;
    sqlite3_file_control(handle(), "main", SQLITE_FCNTL_RESERVE_BYTES, &room);
    return room >= static_cast<int>(pageSumSize);
}

Result<void> VaultDatabase::addPageSums()
{
    TRY(reserveRoom());
    TRY(run(u"VACUUM"_s));
    return {};
}

void VaultDatabase::emptyLog()
{
    // The log may still be there afterwards, which eachPiece() looks at: nothing to report here.
    if (auto outcome = run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s))
        outcome->next();
}

Result<bool> VaultDatabase::eachPiece(const std::function<Result<void>(std::span<const std::byte>)> &take)
{
    if (sizeOf(fileBehind(handle(), SQLITE_FCNTL_JOURNAL_POINTER)) > 0)
        return false;
    sqlite3_file *const file = fileBehind(handle(), SQLITE_FCNTL_FILE_POINTER);
    const auto size = static_cast<std::size_t>(sizeOf(file));
    std::vector<std::byte> piece(std::min(size, pieceSize));
    for (std::size_t at = 0; at < size; at += pieceSize) {
        const auto part = std::span(piece).first(std::min(pieceSize, size - at));
        if (file->pMethods->xRead(file, part.data(), static_cast<int>(part.size()), static_cast<sqlite3_int64>(at)) !=
            SQLITE_OK)
            return vaultUnreadable(m_path);
        TRY(take(part));
    }
    return true;
}

Result<std::optional<QList<quint32>>> VaultDatabase::damagedPages()
{
    QList<quint32> damaged;
    quint32 number = 0;
    const bool isWhole = TRY(eachPiece([&](std::span<const std::byte> piece) -> Result<void> {
        for (std::size_t at = 0; at < piece.size(); at += vaultPageSize) {
            ++number;
            const bool isFull = piece.size() - at >= vaultPageSize;
            if ((!isFull || !isPageSound(number, piece.subspan(at).first<vaultPageSize>())) &&
                damaged.size() < mostDamagedPages)
                damaged.append(number);
        }
        return {};
    }));
    if (!isWhole)
        return std::optional<QList<quint32>>();
    return std::optional(damaged);
}

} // namespace credenza
