// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/vault/VaultFixture.h"

#include "core/vault/CredentialCard.h"
#include "core/vault/PageSums.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTimeZone>

#include <algorithm>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

QDateTime day(int number)
{
    return QDateTime(QDate(2026, 3, 1).addDays(number), QTime(10, 20, 30, 456), Qt::UTC);
}

} // namespace

VaultFixture::VaultFixture() : clock(std::chrono::sys_days{std::chrono::year{2026} / 5 / 17})
{
    qputenv("XDG_STATE_HOME", QFile::encodeName(m_folder.path() + u"/state"_s));
}

Result<Vault> VaultFixture::create()
{
    return Vault::create(path(), u"Test vault"_s, passphrase(), fastKdf(), clock, random);
}

Result<Vault> VaultFixture::openAt(const QString &path)
{
    return Vault::open(path, passphrase(), clock, random);
}

SecretBytes VaultFixture::passphrase()
{
    return SecretBytes::copyOf(QByteArrayView(passphraseText().toUtf8()));
}

void VaultFixture::forgetSeenRoots()
{
    QDir(m_folder.path() + u"/state"_s).removeRecursively();
}

QString VaultFixture::asAttacker() const
{
    // Everybody can make the checksums of pages, so that an attacker is not found by them.
    return u"file:%1?vfs=%2"_s.arg(path(), QString::fromLatin1(pageSumVfs()));
}

bool VaultFixture::sql(const QString &statement, const QList<QVariant> &values)
{
    bool succeeded = false;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"attacker"_s);
        database.setDatabaseName(asAttacker());
        database.setConnectOptions(u"QSQLITE_OPEN_URI"_s);
        QSqlQuery query(database);
        if (database.open())
            query = QSqlQuery(database);
        succeeded = query.prepare(statement);
        for (const QVariant &value : values)
            query.addBindValue(value);
        succeeded = succeeded && query.exec();
    }
    QSqlDatabase::removeDatabase(u"attacker"_s);
    return succeeded;
}

QList<QVariantList> VaultFixture::rows(const QString &text)
{
    QList<QVariantList> result;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"attacker"_s);
        database.setDatabaseName(asAttacker());
        database.setConnectOptions(u"QSQLITE_OPEN_URI"_s);
        database.open();
        QSqlQuery query(text, database);
        while (query.next()) {
            QVariantList row;
            for (int i = 0; i < query.record().count(); ++i)
                row << query.value(i);
            result << row;
        }
    }
    QSqlDatabase::removeDatabase(u"attacker"_s);
    return result;
}

Credential sampleCredential(int number)
{
    const QString n = QString::number(number);
    Credential c;
    c.name = u"Nightly export "_s + n;
    c.description = u"Reads lab results – für Ärzte №"_s + n;
    c.connector = u"epic-ehr"_s;
    c.fhirBaseUrl = u"https://fhir%1.example.org/interconnect-fhir-oauth/api/FHIR/R4"_s.arg(n);
    c.clientId = u"7c0f3f5e-2c1d-4d6b-9a10-%1"_s.arg(number, 12, 10, QChar(u'0'));
    c.keyId = u"key-"_s + n;
    c.algorithm = number % 2 == 0 ? SignatureAlgorithm::RS384 : SignatureAlgorithm::ES384;
    c.tokenEndpoint = u"https://fhir%1.example.org/oauth2/token"_s.arg(n);
    c.jwkSetUrl = u"https://keys.example.org/%1.json"_s.arg(n);
    c.scopes = {u"system/Patient.rs"_s, u"system/Observation.rs"_s};
    c.tags = {u"lab"_s, u"night "_s + n};
    c.authorityPem = "-----BEGIN CERTIFICATE-----\nMIIB" + QByteArray::number(number) + "\n-----END CERTIFICATE-----\n";
    c.proxy = u"http://proxy.example.org:8080"_s;
    c.extraHeaders = {{u"Epic-Client-ID"_s, n}, {u"X-Empty"_s, QString()}};
    c.allowsPlainHttp = number % 3 == 0;
    c.key = {KeyType::Ec,
             384,
             u"P-384"_s,
             u"thumbprint-"_s + n,
             "-----BEGIN PUBLIC KEY-----\nMHYw" + n.toLatin1() + "\n-----END PUBLIC KEY-----\n",
             u"file:epic.pem"_s,
             day(number)};
    c.lastTest = TestSummary{false, day(number + 1), 812.5, u"token"_s, u"invalid_client"_s, u"The server refused."_s};
    return c;
}

SecretBytes sampleKey(int number)
{
    QByteArray bytes = QByteArray("secret-key-material-").append(QByteArray::number(number)).repeated(60);
    return SecretBytes::takeFrom(bytes);
}

QByteArray contentOf(Credential credential)
{
    credential.createdAt = {};
    credential.updatedAt = {};
    return encodeCard(credential);
}

QStringList namesOf(const QList<VaultDamage> &damage)
{
    QStringList names;
    for (const VaultDamage &item : damage)
        names << item.code + u' ' + item.subject;
    std::ranges::sort(names);
    return names;
}

QByteArray contentsOfFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool replaceFile(const QString &path, const QByteArray &contents)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(contents) == contents.size();
}

} // namespace credenza::test
