// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultSchema.h"

#include "core/vault/VaultErrors.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QtEndian>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct VaultSchemaText {
    Q_DECLARE_TR_FUNCTIONS(VaultSchemaText)
};

struct Table {
    QString name;
    QString definition; // exactly as SQLite keeps it, so that a changed one is noticed
    int since = 1;      // the format that brought it
};

// record_key's primary key has the revision so that its index alone tells on unlock which keys are there.
// The copy of the key slots lies on other pages: one bad sector must not cost the only way to the vault key.
const QList<Table> &tables()
{
    static const QList<Table> list{
        {u"vault_header"_s, u"CREATE TABLE vault_header(one INTEGER PRIMARY KEY CHECK(one=1),vault_id BLOB NOT NULL,"
                            "format INTEGER NOT NULL,name TEXT NOT NULL,checksum BLOB NOT NULL) STRICT"_s},
        {u"key_slot"_s, u"CREATE TABLE key_slot(id BLOB PRIMARY KEY NOT NULL,vault_id BLOB NOT NULL,kind TEXT NOT NULL,"
                        "parameters BLOB NOT NULL,sealed_key BLOB NOT NULL,checksum BLOB NOT NULL) STRICT"_s},
        {u"key_slot_copy"_s, u"CREATE TABLE key_slot_copy(id BLOB PRIMARY KEY NOT NULL,vault_id BLOB NOT NULL,"
                             "kind TEXT NOT NULL,parameters BLOB NOT NULL,sealed_key BLOB NOT NULL,"
                             "checksum BLOB NOT NULL) STRICT"_s},
        {u"record"_s,
         u"CREATE TABLE record(id BLOB PRIMARY KEY NOT NULL,kind INTEGER NOT NULL,revision INTEGER NOT NULL,"
         "card BLOB NOT NULL) STRICT"_s},
        {u"record_key"_s, u"CREATE TABLE record_key(id BLOB NOT NULL REFERENCES record(id) ON DELETE CASCADE,"
                          "revision INTEGER NOT NULL,sealed BLOB NOT NULL,PRIMARY KEY(id,revision)) STRICT"_s},
        {u"manifest_bucket"_s,
         u"CREATE TABLE manifest_bucket(number INTEGER PRIMARY KEY,sealed BLOB NOT NULL) STRICT"_s},
        {u"manifest_root"_s, u"CREATE TABLE manifest_root(one INTEGER PRIMARY KEY CHECK(one=1),"
                             "sealed BLOB NOT NULL) STRICT"_s},
        {u"activity"_s, activityTableDefinition(), 2},
    };
    return list;
}

Failure schemaDamaged()
{
    return vaultDamaged(VaultSchemaText::tr("The tables of this vault are not those that Credenza makes."));
}

Result<void> compareSchema(VaultDatabase &database, int format)
{
    QMap<QString, QString> expected;
    for (const Table &table : tables())
        if (table.since <= format)
            expected.insert(table.name, table.definition);
    // Indexes without text are SQLite's own, for the primary keys.
    auto query =
        TRY(database.run(u"SELECT name,type,tbl_name,sql FROM sqlite_schema WHERE type<>'index' OR sql IS NOT NULL"_s));
    while (query.next()) {
        const QString name = query.value(0).toString();
        if (query.value(1).toString() != "table"_L1 || query.value(2).toString() != name ||
            expected.take(name) != query.value(3).toString())
            return schemaDamaged();
    }
    TRY(database.ended(query));
    if (!expected.isEmpty())
        return schemaDamaged();
    return {};
}

Result<bool> hasVaultTables(VaultDatabase &database)
{
    const auto count = TRY(database.value(
        u"SELECT count(*) FROM sqlite_schema WHERE name IN ('vault_header','key_slot','manifest_root','record')"_s));
    return count.toInt() > 0;
}

Result<void> checkSchema(VaultDatabase &database)
{
    const auto applicationId = TRY(database.value(u"PRAGMA application_id"_s)).toInt();
    const bool hasTables = TRY(hasVaultTables(database));
    if (applicationId != vaultApplicationId && !hasTables)
        return vaultNotAVault(database.path());
    if (applicationId != vaultApplicationId || !hasTables)
        return schemaDamaged();
    // The version stands twice, so that one damaged place neither locks the vault nor passes for a newer format.
    const auto version = TRY(database.value(u"PRAGMA user_version"_s)).toInt();
    const auto format = TRY(database.value(u"SELECT format FROM vault_header"_s)).toInt();
    const auto isKnown = [](int number) { return number >= 1 && number <= currentVaultFormat; };
    if (!isKnown(version) && !isKnown(format)) {
        if (version == format && version > currentVaultFormat)
            return vaultNewerFormat(version);
        return vaultDamaged(VaultSchemaText::tr("The format version of this vault is damaged."));
    }
    return compareSchema(database, TRY(vaultFormat(database)));
}

/// Whether a file that SQLite does not take for a database has traces of having been a vault: most of SQLite's magic,
/// or our application id at its place (sqlite.org/fileformat2.html, section 1.3).
bool hasTracesOfVault(const QString &path)
{
    constexpr qsizetype applicationIdAt = 68;
    const QByteArray magic("SQLite format 3\0", 16);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray start = file.read(100);
    qsizetype alike = 0;
    for (qsizetype i = 0; i < std::min(start.size(), magic.size()); ++i)
        alike += start[i] == magic[i] ? 1 : 0;
    if (alike >= std::min<qsizetype>(start.size(), 12))
        return true;
    return start.size() == 100 && qFromBigEndian<qint32>(start.constData() + applicationIdAt) == vaultApplicationId;
}

} // namespace

QString activityTableDefinition()
{
    return u"CREATE TABLE activity(sequence INTEGER PRIMARY KEY,sealed BLOB NOT NULL) STRICT"_s;
}

Result<int> vaultFormat(VaultDatabase &database)
{
    const auto version = TRY(database.value(u"PRAGMA user_version"_s)).toInt();
    const auto format = TRY(database.value(u"SELECT format FROM vault_header"_s)).toInt();
    const auto known = [](int number) { return number >= 1 && number <= currentVaultFormat ? number : 0; };
    return std::max(known(version), known(format));
}

Result<void> makeSchema(VaultDatabase &database)
{
    for (const Table &table : tables())
        TRY(database.run(table.definition));
    TRY(database.run(u"PRAGMA application_id=%1"_s.arg(vaultApplicationId)));
    TRY(database.run(u"PRAGMA user_version=%1"_s.arg(currentVaultFormat)));
    return {};
}

Result<VaultDatabase> openVaultDatabase(const QString &path)
{
    const auto recognised = [&path]() -> Result<VaultDatabase> {
        auto database = TRY(VaultDatabase::open(path));
        TRY(checkSchema(database));
        return database;
    };
    auto database = recognised();
    // SQLite takes what is shorter than a header for an empty database.
    const bool isShort = QFileInfo(path).size() < 100;
    if (!database && database.error().code == "vault.not-a-vault"_L1 && isShort && hasTracesOfVault(path))
        return vaultDamaged(VaultSchemaText::tr("Almost all of this vault file is missing."));
    // Looked at only now: closing any descriptor of a file drops the locks that SQLite holds on it in this process.
    if (!database && database.error().kind == ErrorKind::Damaged && QFileInfo(path).size() > 0 &&
        !hasTracesOfVault(path))
        return vaultNotAVault(path);
    return database;
}

} // namespace credenza
