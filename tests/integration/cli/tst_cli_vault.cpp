// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/cli/CliSession.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// `vault create|info|check`, and every way a vault can fail to open.
class TestCliVault : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void createsAndDescribes();
    void makesNothingTwice();
    void keepsTheFilePrivate();
    void refusesToOpen_data();
    void refusesToOpen();
    void refusesWhatIsNoVault_data();
    void refusesWhatIsNoVault();
    void takesThePassphraseFrom_data();
    void takesThePassphraseFrom();
    void findsTheVaultByEnvironment();
    void reportsFlippedBytes();
    void reportsTruncation();
};

void TestCliVault::createsAndDescribes()
{
    CliSession session;
    const ProcessResult created = session.createVault();
    QVERIFY_STATUS(created, 0);
    const ProcessResult described =
        session.bare({u"vault"_s, u"info"_s, u"--json"_s, u"--vault"_s, session.vaultPath()});
    QVERIFY_STATUS(described, 0);
    const QJsonObject info = described.json().object();
    QCOMPARE(created.json().object(), info);
    QCOMPARE(info.keys(), (QStringList{u"formatVersion"_s, u"kdf"_s, u"keySlots"_s, u"name"_s, u"path"_s, u"records"_s,
                                       u"vaultId"_s}));
    QCOMPARE(info.value("kdf"_L1).toObject(),
             (QJsonObject{{u"algorithm"_s, u"argon2id"_s}, {u"memoryMiB"_s, 8}, {u"passes"_s, 1}}));
    QCOMPARE(info.value("keySlots"_L1).toArray(), (QJsonArray{u"passphrase"_s}));
    QCOMPARE(info.value("records"_L1).toInt(), 0);

    const ProcessResult checked = session.json({u"vault"_s, u"check"_s});
    QVERIFY_STATUS(checked, 0);
    QCOMPARE(checked.json().object().keys(), (QStringList{u"damage"_s, u"path"_s, u"recordsChecked"_s}));
    QVERIFY(checked.json().object().value("damage"_L1).toArray().isEmpty());
    QVERIFY(session.cli({u"vault"_s, u"info"_s}).output.contains("Argon2id"));
}

void TestCliVault::makesNothingTwice()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    const ProcessResult again = session.createVault();
    QVERIFY_STATUS(again, 6);
    QCOMPARE(errorOf(again).value("code"_L1).toString(), u"vault.exists"_s);

    session.write(u"other.txt"_s, "not a vault");
    const ProcessResult over = session.bare({u"vault"_s, u"create"_s, u"--vault"_s, session.path(u"other.txt"_s),
                                             u"--passphrase-file"_s, session.path(u"passphrase"_s)});
    QVERIFY_STATUS(over, 6);
}

void TestCliVault::keepsTheFilePrivate()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(session.vaultPath()) & others));
}

void TestCliVault::refusesToOpen_data()
{
    QTest::addColumn<QString>("vault");
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("wrong passphrase") << u"test.credenza"_s << QByteArray("wrong") << 3 << u"vault.wrong-passphrase"_s;
    QTest::newRow("empty passphrase") << u"test.credenza"_s << QByteArray("\n") << 3 << u"vault.no-passphrase"_s;
    QTest::newRow("passphrase with a space more")
        << u"test.credenza"_s << QByteArray("correct horse battery staple 7! ") << 3 << u"vault.wrong-passphrase"_s;
    QTest::newRow("no such vault") << u"missing.credenza"_s << QByteArray("x") << 4 << u"vault.not-found"_s;
    QTest::newRow("team vault") << u"postgresql://db.example.org/team"_s << QByteArray("x") << 2
                                << u"vault.team-unsupported"_s;
}

void TestCliVault::refusesToOpen()
{
    QFETCH(QString, vault);
    QFETCH(QByteArray, passphrase);
    QFETCH(int, status);
    QFETCH(QString, code);
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    const QString path = vault.contains(u':') ? vault : session.path(vault);
    const ProcessResult result =
        session.bare({u"list"_s, u"--json"_s, u"--vault"_s, path, u"--passphrase-file"_s, u"-"_s}, passphrase);
    QVERIFY_STATUS(result, status);
    QVERIFY(result.output.isEmpty());
    QCOMPARE(errorOf(result).value("code"_L1).toString(), code);
    QVERIFY(!errorOf(result).value("hint"_L1).toString().isEmpty());
}

void TestCliVault::refusesWhatIsNoVault_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray(5000, 'x');
    QTest::newRow("zeros") << QByteArray(8192, '\0');
    QTest::newRow("start of a database") << QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\1');
}

void TestCliVault::refusesWhatIsNoVault()
{
    QFETCH(QByteArray, contents);
    CliSession session;
    const QString file = session.write(u"file"_s, contents);
    for (const QStringList &command : {QStringList{u"vault"_s, u"info"_s}, QStringList{u"vault"_s, u"check"_s},
                                       QStringList{u"list"_s}, QStringList{u"rm"_s, u"name"_s}}) {
        const ProcessResult result = session.bare(
            command + QStringList{u"--json"_s, u"--vault"_s, file, u"--passphrase-file"_s, u"passphrase"_s});
        // Never a vault (2), or one of which nothing is left (5): from such a file nobody can tell.
        QVERIFY2(result.exitCode == 2 || result.exitCode == 5, qPrintable(QString::number(result.exitCode)));
        QVERIFY(errorOf(result).value("code"_L1).toString().startsWith("vault."_L1));
    }
    QFile unchanged(file);
    QVERIFY(unchanged.open(QIODevice::ReadOnly));
    QCOMPARE(unchanged.readAll(), contents);
}

void TestCliVault::takesThePassphraseFrom_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("status");
    const QByteArray right = "correct horse battery staple 7!";
    QTest::newRow("nowhere") << QStringList{} << QString() << QByteArray() << QByteArray() << 3;
    QTest::newRow("standard input") << QStringList{u"--passphrase-file"_s, u"-"_s} << QString() << QByteArray()
                                    << right + "\n"
                                    << 0;
    QTest::newRow("standard input, CRLF")
        << QStringList{u"--passphrase-file"_s, u"-"_s} << QString() << QByteArray() << right + "\r\nmore" << 0;
    QTest::newRow("standard input, no line end")
        << QStringList{u"--passphrase-file"_s, u"-"_s} << QString() << QByteArray() << right << 0;
    QTest::newRow("not standard input unless asked") << QStringList{} << QString() << QByteArray() << right << 3;
    QTest::newRow("environment") << QStringList{} << u"CREDENZA_PASSPHRASE"_s << right << QByteArray() << 0;
    QTest::newRow("environment, wrong") << QStringList{} << u"CREDENZA_PASSPHRASE"_s << right + "x" << QByteArray()
                                        << 3;
    QTest::newRow("environment, empty") << QStringList{} << u"CREDENZA_PASSPHRASE"_s << QByteArray("") << QByteArray()
                                        << 3;
    QTest::newRow("file in the environment")
        << QStringList{} << u"CREDENZA_PASSPHRASE_FILE"_s << QByteArray("passphrase") << QByteArray() << 0;
    QTest::newRow("missing file in the environment")
        << QStringList{} << u"CREDENZA_PASSPHRASE_FILE"_s << QByteArray("missing") << QByteArray() << 4;
    QTest::newRow("option beats environment") << QStringList{u"--passphrase-file"_s, u"passphrase"_s}
                                              << u"CREDENZA_PASSPHRASE"_s << QByteArray("wrong") << QByteArray() << 0;
    QTest::newRow("folder") << QStringList{u"--passphrase-file"_s, u"."_s} << QString() << QByteArray() << QByteArray()
                            << 2;
}

void TestCliVault::takesThePassphraseFrom()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, variable);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, input);
    QFETCH(int, status);
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    QProcessEnvironment environment = session.environment();
    if (!variable.isEmpty())
        environment.insert(variable, QString::fromUtf8(value));
    const ProcessResult result = session.bare(
        QStringList{u"list"_s, u"--json"_s, u"--vault"_s, session.vaultPath()} + arguments, environment, input);
    QVERIFY_STATUS(result, status);
    if (status == 0)
        QCOMPARE(result.json().array(), QJsonArray());
}

void TestCliVault::findsTheVaultByEnvironment()
{
    CliSession session;
    QProcessEnvironment environment = session.environment();
    environment.insert(u"CREDENZA_PASSPHRASE_FILE"_s, session.path(u"passphrase"_s));
    const QStringList create{u"vault"_s, u"create"_s, u"--kdf-memory=8"_s, u"--kdf-passes=1"_s};
    QVERIFY_STATUS(session.bare(create, environment), 0);
    QVERIFY(QFile::exists(session.path(u"data/credenza/default.credenza"_s)));
    environment.insert(u"CREDENZA_VAULT"_s, session.path(u"named.credenza"_s));
    QVERIFY_STATUS(session.bare({u"list"_s}, environment), 4);
    QVERIFY_STATUS(session.bare(create, environment), 0);
    QVERIFY(QFile::exists(session.path(u"named.credenza"_s)));
}

void TestCliVault::reportsFlippedBytes()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    const QString key = session.write(u"key.pem"_s, makeTestKey(KeyType::Ec).pem);
    QVERIFY_STATUS(session.cli(session.addArguments(u"Clinic A"_s, key)), 0);
    QVERIFY_STATUS(session.cli(session.addArguments(u"Clinic B"_s, key)), 0);
    QFile file(session.vaultPath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray intact = file.readAll();
    file.close();

    // Among them reserved bytes of SQLite's header and unused room in a page.
    QList<qsizetype> positions{20, 59, 85, 99, 3152, 3622};
    for (int trial = 0; trial < 54; ++trial)
        positions.append(intact.size() * trial / 54 + trial);
    for (const qsizetype position : std::as_const(positions)) {
        QByteArray flipped = intact;
        flipped[position] = static_cast<char>(flipped[position] ^ 0x10);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(flipped);
        file.close();
        QFile::remove(session.vaultPath() + "-wal"_L1);
        QFile::remove(session.vaultPath() + "-shm"_L1);
        const ProcessResult result = session.json({u"vault"_s, u"check"_s});
        QVERIFY2(result.exitCode == 5, qPrintable(u"byte %1: status %2"_s.arg(position).arg(result.exitCode)));
        QVERIFY(!errorOf(result).isEmpty() || !result.json().object().value("damage"_L1).toArray().isEmpty());
    }
}

void TestCliVault::reportsTruncation()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    QFile file(session.vaultPath());
    QVERIFY(file.resize(file.size() / 2));
    const ProcessResult result = session.json({u"vault"_s, u"check"_s});
    QVERIFY_STATUS(result, 5);
    QVERIFY(!errorOf(result).isEmpty());
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCliVault)
#include "tst_cli_vault.moc"
