// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultDatabase.h"

#include "core/vault/PageSums.h"
#include "core/vault/VaultErrors.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSqlError>
#include <QUrl>

#include <atomic>
#include <sys/stat.h>
#include <thread>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

Q_LOGGING_CATEGORY(logDatabase, "credenza.vault.database", QtWarningMsg)

struct VaultDatabaseText {
    Q_DECLARE_TR_FUNCTIONS(VaultDatabaseText)
};

// SQLite's result codes (sqlite.org/rescode.html); the low byte of an extended code is the primary one.
enum SqliteCode { Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Full = 13, CannotOpen = 14, Permission = 3 };
constexpr int ioErrorRead = IoError | (1 << 8);
constexpr int ioErrorShortRead = IoError | (2 << 8);
constexpr int ioErrorFileStatus = IoError | (7 << 8);

/// Why nothing can be written, in words a person can act on; `otherwise` is SQLite's.
QString reasonOf(int primaryCode, const QString &otherwise)
{
    switch (primaryCode) {
    case Full:
        return VaultDatabaseText::tr("there is no space left on the disk, or no quota");
    case Permission:
    case ReadOnly:
        return VaultDatabaseText::tr("the file, its folder or the medium is read-only");
    case IoError:
        return VaultDatabaseText::tr("the disk or network drive reports an error");
    default:
        return otherwise;
    }
}

QString uniqueConnectionName()
{
    static std::atomic<quint64> next{0};
    return u"credenza-vault-%1"_s.arg(next.fetch_add(1));
}

bool identify(const QString &path, quint64 &device, quint64 &inode)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return false;
    device = status.st_dev;
    inode = status.st_ino;
    return true;
}

} // namespace

Result<VaultDatabase> VaultDatabase::create(const QString &path)
{
    // SQLite would make the file with the umask's mode; its -wal and -shm files take the mode of this one.
    QFile file(path);
    if (!file.open(QIODevice::NewOnly | QIODevice::ReadWrite, QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        if (QFileInfo::exists(path))
            return vaultExists(path);
        return vaultUnwritable(path, file.errorString());
    }
    file.close();
    VaultDatabase database;
    TRY(database.connect(path));
    TRY(database.reserveRoom());
    // The file remembers this: readers and a writer don't block each other. Never set on a file that was only opened,
    // which may be somebody else's database.
    TRY(database.run(u"PRAGMA journal_mode=WAL"_s));
    return database;
}

Result<VaultDatabase> VaultDatabase::open(const QString &path)
{
    const QFileInfo file(path);
    if (!file.exists())
        return vaultNotFound(path);
    if (!file.isFile())
        return vaultNotAVault(path);
    if (file.size() == 0)
        return vaultDamaged(VaultDatabaseText::tr("The vault file is empty."));
    VaultDatabase database;
    TRY(database.connect(path));
    return database;
}

Result<void> VaultDatabase::connect(const QString &path)
{
    m_path = path;
    m_connectionName = uniqueConnectionName();
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connectionName);
    // mode=rw: SQLite would otherwise make an empty database where there is none.
    const auto url = QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath()).toEncoded(QUrl::FullyEncoded);
    m_database.setDatabaseName(QString::fromLatin1(url) + u"?mode=rw&vfs="_s + QString::fromLatin1(pageSumVfs()));
    m_database.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1"_s.arg(usualPatience.count()));
    if (!m_database.open())
        return failureOf(m_database.lastError());
    identify(path, m_device, m_inode);
    // A vault may come from anywhere: nothing its schema says may run, and its pages are checked for sanity. FULL: a
    // save that was acknowledged has reached the disk; secure_delete: removed records are overwritten.
    for (const QString &pragma : {u"PRAGMA trusted_schema=OFF"_s, u"PRAGMA cell_size_check=ON"_s,
                                  u"PRAGMA mmap_size=0"_s, u"PRAGMA temp_store=MEMORY"_s, u"PRAGMA synchronous=FULL"_s,
                                  u"PRAGMA secure_delete=ON"_s, u"PRAGMA foreign_keys=ON"_s})
        TRY(run(pragma));
    return {};
}

VaultDatabase::~VaultDatabase()
{
    close();
}

VaultDatabase::VaultDatabase(VaultDatabase &&other) noexcept
    : m_path(std::move(other.m_path)), m_connectionName(std::exchange(other.m_connectionName, {})),
      m_database(std::exchange(other.m_database, {})), m_device(other.m_device), m_inode(other.m_inode)
{
}

VaultDatabase &VaultDatabase::operator=(VaultDatabase &&other) noexcept
{
    if (this != &other) {
        close();
        m_path = std::move(other.m_path);
        m_connectionName = std::exchange(other.m_connectionName, {});
        m_database = std::exchange(other.m_database, {});
        m_device = other.m_device;
        m_inode = other.m_inode;
    }
    return *this;
}

void VaultDatabase::close()
{
    if (m_connectionName.isEmpty())
        return;
    m_database.close();
    m_database = {}; // removeDatabase() complains about handles that are still around
    QSqlDatabase::removeDatabase(m_connectionName);
    m_connectionName.clear();
}

Result<QSqlQuery> VaultDatabase::run(const QString &sql, std::initializer_list<QVariant> values)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true); // otherwise the driver keeps every row it has read
    if (!query.prepare(sql))
        return failureOf(query.lastError());
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return failureOf(query.lastError());
    return query;
}

Result<void> VaultDatabase::setPatience(std::chrono::milliseconds patience)
{
    TRY(run(u"PRAGMA busy_timeout=%1"_s.arg(patience.count())));
    return {};
}

Result<QVariant> VaultDatabase::value(const QString &sql, std::initializer_list<QVariant> values)
{
    auto query = TRY(run(sql, values));
    if (query.next())
        return query.value(0);
    TRY(ended(query));
    return QVariant();
}

Result<void> VaultDatabase::ended(const QSqlQuery &query) const
{
    if (query.lastError().isValid())
        return failureOf(query.lastError());
    return {};
}

bool VaultDatabase::isInPlace() const
{
    quint64 device = 0;
    quint64 inode = 0;
    return identify(m_path, device, inode) && device == m_device && inode == m_inode;
}

Failure VaultDatabase::failureOf(const QSqlError &error) const
{
    const int code = error.nativeErrorCode().toInt();
    qCDebug(logDatabase) << "SQLite" << code;
    if (code == ioErrorShortRead)
        return vaultDamaged(VaultDatabaseText::tr("The vault file is shorter than it was."));
    if (code == ioErrorRead || code == ioErrorFileStatus)
        return vaultUnreadable(m_path);
    switch (code & 0xff) {
    case Busy:
    case Locked:
        return vaultBusy();
    case Permission:
    case ReadOnly:
    case IoError:
    case Full:
    case CannotOpen:
        return vaultUnwritable(m_path, reasonOf(code & 0xff, error.databaseText()));
    default: // what the file holds makes no sense to SQLite: CORRUPT, NOTADB, a missing table, a broken constraint
        return vaultDamaged(VaultDatabaseText::tr("The vault file is damaged: %1.").arg(error.databaseText()));
    }
}

Result<VaultTransaction> VaultTransaction::begin(VaultDatabase &database, Mode mode)
{
    const QString statement = mode == Mode::Write ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s;
    // SQLite does not wait, but says "busy" at once, while another connection recovers or closes the log: after a kill,
    // for example. What it has waited for as long as it was told to is not tried again.
    const auto soon = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    auto begun = database.run(statement);
    while (!begun && begun.error().code == "vault.busy"_L1 && std::chrono::steady_clock::now() < soon) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        begun = database.run(statement);
    }
    if (!begun)
        return Failure(std::move(begun).error());
    return VaultTransaction(database);
}

VaultTransaction::VaultTransaction(VaultTransaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{
}

VaultTransaction::~VaultTransaction()
{
    if (m_database == nullptr)
        return;
    // SQLite has undone it by itself after some errors; then there is nothing to roll back, which is no failure.
    if (const auto undone = m_database->run(u"ROLLBACK"_s); !undone)
        qCDebug(logDatabase) << "rollback:" << undone.error().code;
}

Result<void> VaultTransaction::commit()
{
    TRY(m_database->run(u"COMMIT"_s));
    m_database = nullptr;
    return {};
}

} // namespace credenza
