// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/cli/CliSession.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// What keeps a vault: ways to open it, the trash, versions, the activity log, backups and salvage.
class TestCliKeeping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesThePassphrase();
    void opensByRecoveryCode();
    void listsAndRemovesSlots();
    void goesOnWithoutAKeyring();
    void bringsBackFromTheTrash();
    void revertsToAVersion();
    void tellsWhatHappened();
    void noticesAChangedLog();
    void backsUpAndRestores();
    void salvages();

private:
    static QString add(CliSession &session, const QString &name);
};

QString TestCliKeeping::add(CliSession &session, const QString &name)
{
    const QString key = session.write(name + u".pem"_s, makeTestKey(KeyType::Ec).pem);
    // With its token endpoint, so that an assertion needs no server.
    const QStringList fields{u"--token-url"_s, u"https://ehr.example.org/oauth2/token"_s, u"--json"_s};
    const ProcessResult added = session.cli(session.addArguments(name, key) + fields);
    return added.json().object().value("id"_L1).toString();
}

void TestCliKeeping::changesThePassphrase()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    const QString fresh = session.write(u"fresh"_s, "a quite different passphrase 8!\n");
    QVERIFY_STATUS(session.cli({u"vault"_s, u"passwd"_s, u"--new-passphrase-file"_s, fresh}), 0);
    QVERIFY_STATUS(session.cli({u"list"_s}), 3);
    const QStringList now{u"--vault"_s, session.vaultPath(), u"--passphrase-file"_s, fresh};
    QVERIFY_STATUS(session.bare(QStringList{u"list"_s} + now), 0);
    // Only the cost.
    QVERIFY_STATUS(session.bare(QStringList{u"vault"_s, u"passwd"_s, u"--kdf-memory=9"_s, u"--kdf-passes=2"_s} + now),
                   0);
    const QJsonObject kdf = session.json({u"vault"_s, u"info"_s}).json().object().value("kdf"_L1).toObject();
    QCOMPARE(kdf.value("memoryMiB"_L1).toInt(), 9);
    QCOMPARE(kdf.value("passes"_L1).toInt(), 2);
    QVERIFY_STATUS(session.bare(QStringList{u"list"_s} + now), 0);
}

void TestCliKeeping::opensByRecoveryCode()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    const ProcessResult made = session.json({u"vault"_s, u"recovery-code"_s});
    QVERIFY_STATUS(made, 0);
    const QString code = made.json().object().value("recoveryCode"_L1).toString();
    QCOMPARE(code.size(), 44);
    const QString typed = session.write(u"typed"_s, code.toLower().replace(u'-', u' ').toUtf8() + '\n');
    const QStringList byCode{u"--vault"_s, session.vaultPath(), u"--passphrase-file"_s, typed};
    QVERIFY_STATUS(session.bare(QStringList{u"list"_s} + byCode), 0);
    QVERIFY_STATUS(session.bare(QStringList{u"vault"_s, u"passwd"_s, u"--kdf"_s} + byCode), 2);
    const QString fresh = session.write(u"fresh"_s, "a quite different passphrase 8!\n");
    QVERIFY_STATUS(session.bare(QStringList{u"vault"_s, u"passwd"_s, u"--new-passphrase-file"_s, fresh} + byCode), 0);
    QVERIFY_STATUS(session.cli({u"list"_s}), 3);
    const QString file = session.path(u"code"_s);
    QVERIFY_STATUS(session.bare(QStringList{u"vault"_s, u"recovery-code"_s, u"--out"_s, file} + byCode), 0);
    QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QVERIFY_STATUS(session.bare(QStringList{u"list"_s} + byCode), 3); // the code before opens nothing any more
    QVERIFY_STATUS(session.bare({u"list"_s, u"--vault"_s, session.vaultPath(), u"--passphrase-file"_s, file}), 0);
}

void TestCliKeeping::listsAndRemovesSlots()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    const QJsonArray one = session.json({u"vault"_s, u"slot"_s, u"list"_s}).json().array();
    QCOMPARE(one.size(), 1);
    const QString passphrase = one.first().toObject().value("id"_L1).toString();
    const ProcessResult refused = session.json({u"vault"_s, u"slot"_s, u"remove"_s, passphrase});
    QVERIFY_STATUS(refused, 6);
    QCOMPARE(errorOf(refused).value("code"_L1).toString(), u"vault.last-slot"_s);
    QVERIFY_STATUS(session.json({u"vault"_s, u"slot"_s, u"remove"_s, u"nonsense"_s}), 2);
    QVERIFY_STATUS(session.cli({u"vault"_s, u"recovery-code"_s}), 0);
    QVERIFY_STATUS(session.cli({u"vault"_s, u"slot"_s, u"remove"_s, passphrase}), 0);
    QVERIFY_STATUS(session.cli({u"list"_s}), 3);
    QCOMPARE(session.json({u"vault"_s, u"info"_s}).json().object().value("keySlots"_L1).toArray(),
             (QJsonArray{u"recovery"_s}));
}

void TestCliKeeping::goesOnWithoutAKeyring()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    QProcessEnvironment environment = session.environment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent/bus"_s);
    environment.remove(u"DISPLAY"_s);
    environment.insert(u"CREDENZA_PASSPHRASE_FILE"_s, session.path(u"passphrase"_s));
    const ProcessResult refused =
        session.bare({u"vault"_s, u"keyring"_s, u"on"_s, u"--json"_s, u"--vault"_s, session.vaultPath()}, environment);
    QVERIFY_STATUS(refused, 1);
    QVERIFY(errorOf(refused).value("code"_L1).toString().startsWith("keyring."_L1));
    QCOMPARE(session.json({u"vault"_s, u"slot"_s, u"list"_s}).json().array().size(), 1);
    QVERIFY_STATUS(session.cli({u"list"_s}), 0);
}

void TestCliKeeping::bringsBackFromTheTrash()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    const QString id = add(session, u"Clinic"_s);
    QVERIFY(!id.isEmpty());
    QVERIFY_STATUS(session.cli({u"rm"_s, u"Clinic"_s}), 0);
    QVERIFY(session.json({u"list"_s}).json().array().isEmpty());
    const QJsonArray trash = session.json({u"trash"_s, u"list"_s}).json().array();
    QCOMPARE(trash.size(), 1);
    QCOMPARE(trash.first().toObject().value("id"_L1).toString(), id);
    QVERIFY(trash.first().toObject().contains("deletedAt"_L1));
    QVERIFY_STATUS(session.cli({u"trash"_s, u"restore"_s, u"No such"_s}), 4);
    add(session, u"Clinic"_s);
    QVERIFY_STATUS(session.cli({u"trash"_s, u"restore"_s, u"clinic"_s}), 6); // the name is taken
    QVERIFY_STATUS(session.cli({u"trash"_s, u"restore"_s, u"clinic"_s, u"--as"_s, u"Clinic 2"_s}), 0);
    QVERIFY_STATUS(session.cli({u"assertion"_s, u"Clinic 2"_s, u"--decode"_s}), 0); // its key came back with it
    QVERIFY_STATUS(session.cli({u"rm"_s, u"Clinic 2"_s}), 0);
    const ProcessResult emptied = session.json({u"trash"_s, u"empty"_s});
    QCOMPARE(emptied.json().object().value("removed"_L1).toInt(), 1);
    QVERIFY_STATUS(session.cli({u"trash"_s, u"restore"_s, id}), 4);
    QVERIFY_STATUS(session.cli({u"vault"_s, u"check"_s}), 0);
}

void TestCliKeeping::revertsToAVersion()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    add(session, u"Clinic"_s);
    QVERIFY_STATUS(session.cli({u"edit"_s, u"Clinic"_s, u"--description"_s, u"second"_s}), 0);
    QVERIFY_STATUS(session.cli({u"edit"_s, u"Clinic"_s, u"--description"_s, u"third"_s}), 0);
    const QJsonArray versions = session.json({u"versions"_s, u"Clinic"_s}).json().array();
    QCOMPARE(versions.size(), 2);
    QCOMPARE(versions.first().toObject().value("revision"_L1).toInt(), 2);
    QVERIFY(!session.transcript().contains("PRIVATE KEY"));
    QVERIFY_STATUS(session.cli({u"revert"_s, u"Clinic"_s, u"2"_s}), 0);
    QCOMPARE(session.json({u"show"_s, u"Clinic"_s}).json().object().value("description"_L1).toString(), u"second"_s);
    QVERIFY_STATUS(session.cli({u"revert"_s, u"Clinic"_s, u"99"_s}), 4);
    QVERIFY_STATUS(session.cli({u"revert"_s, u"Clinic"_s, u"0"_s}), 2);
}

void TestCliKeeping::tellsWhatHappened()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    add(session, u"Clinic A"_s);
    add(session, u"Clinic B"_s);
    QVERIFY_STATUS(session.cli({u"rm"_s, u"Clinic A"_s}), 0);
    const QJsonArray all = session.json({u"activity"_s}).json().array();
    QCOMPARE(all.size(), 3);
    const QJsonObject last = all.last().toObject();
    QCOMPARE(last.value("action"_L1).toString(), u"credential.deleted"_s);
    QCOMPARE(last.value("credential"_L1).toObject().value("name"_L1).toString(), u"Clinic A"_s);
    QCOMPARE(last.value("program"_L1).toString(), u"credenza-cli"_s);
    QCOMPARE(last.value("hash"_L1).toString().size(), 64);
    // Of one that is gone, too.
    QCOMPARE(session.json({u"activity"_s, u"--credential"_s, u"clinic a"_s}).json().array().size(), 2);
    QCOMPARE(session.json({u"activity"_s, u"--since"_s, u"1h"_s}).json().array().size(), 3);
    QCOMPARE(session.json({u"activity"_s, u"--since"_s, u"2999-01-01T00:00:00Z"_s}).json().array().size(), 0);
    QVERIFY_STATUS(session.json({u"activity"_s, u"--since"_s, u"yesterday"_s}), 2);
    const QList<QByteArray> lines = session.cli({u"activity"_s, u"--ndjson"_s}).output.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(QJsonDocument::fromJson(lines.last()).object(), last);
    const ProcessResult verified = session.json({u"activity"_s, u"--verify"_s});
    QVERIFY_STATUS(verified, 0);
    QCOMPARE(verified.json().object().value("entries"_L1).toInt(), 3);
}

void TestCliKeeping::noticesAChangedLog()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    add(session, u"Clinic"_s);
    QFile file(session.vaultPath());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray contents = file.readAll();
    // The last page with anything in it is the log's: its table was made last.
    const qsizetype at = contents.size() - 16 - 60;
    contents[at] = static_cast<char>(contents[at] ^ 1);
    QVERIFY(file.seek(0) && file.write(contents) == contents.size());
    file.close();
    QVERIFY_STATUS(session.json({u"vault"_s, u"check"_s}), 5);
}

void TestCliKeeping::backsUpAndRestores()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    add(session, u"Clinic A"_s);
    const QString copy = session.path(u"copy.credenza"_s);
    QVERIFY_STATUS(session.bare({u"vault"_s, u"backup"_s, copy, u"--vault"_s, session.vaultPath()}), 0);
    QVERIFY_STATUS(session.bare({u"vault"_s, u"backup"_s, copy, u"--vault"_s, session.vaultPath()}), 6);
    add(session, u"Clinic B"_s);
    const ProcessResult restored = session.json({u"vault"_s, u"restore"_s, copy});
    QVERIFY_STATUS(restored, 0);
    QCOMPARE(session.json({u"list"_s}).json().array().size(), 1);
    QVERIFY_STATUS(session.cli({u"vault"_s, u"check"_s}), 0);
    const QString aside = restored.json().object().value("keptAside"_L1).toString();
    QVERIFY(QFile::exists(aside));
    QVERIFY_STATUS(session.json({u"vault"_s, u"restore"_s, session.path(u"passphrase"_s)}), 2);
    const QJsonObject plan = session.json({u"vault"_s, u"backups"_s}).json().object();
    QCOMPARE(plan.value("on"_L1).toBool(), true);
    QCOMPARE(plan.value("keep"_L1).toInt(), 10);
    QVERIFY_STATUS(session.cli({u"vault"_s, u"backups"_s, u"--off"_s, u"--keep"_s, u"3"_s}), 0);
    QCOMPARE(session.json({u"vault"_s, u"backups"_s}).json().object().value("on"_L1).toBool(), false);
    QVERIFY_STATUS(session.json({u"vault"_s, u"backups"_s, u"--on"_s, u"--off"_s}), 2);
}

void TestCliKeeping::salvages()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    add(session, u"Clinic A"_s);
    add(session, u"Clinic B"_s);
    const QString target = session.path(u"saved.credenza"_s);
    const ProcessResult saved = session.json({u"vault"_s, u"salvage"_s, target});
    QVERIFY_STATUS(saved, 0);
    QCOMPARE(saved.json().object().value("credentials"_L1).toInt(), 2);
    QVERIFY_STATUS(session.json({u"vault"_s, u"salvage"_s, target}), 6);
    const QStringList there{u"--json"_s, u"--vault"_s, target, u"--passphrase-file"_s, session.path(u"passphrase"_s)};
    QCOMPARE(session.bare(QStringList{u"list"_s} + there).json().array().size(), 2);
    QVERIFY_STATUS(session.bare(QStringList{u"vault"_s, u"check"_s} + there), 0);
    QVERIFY_STATUS(session.bare(QStringList{u"assertion"_s, u"Clinic B"_s} + there), 0);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCliKeeping)
#include "tst_cli_keeping.moc"
