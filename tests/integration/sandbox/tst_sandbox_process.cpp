// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/sandbox/SandboxProcess.h"

#include <QDir>
#include <QFileInfo>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

using namespace credenza::test;
using namespace Qt::StringLiterals;

/// How the program starts and ends, and what it leaves behind.
class TestSandboxProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void announcesItselfInOneLine();
    void endsOnSignals_data();
    void endsOnSignals();
    void removesItsPrivateFolder();
    void keepsItsKeyInAGivenFolder();
    void endsWithItsParent();
    void refusesBadUse_data();
    void refusesBadUse();
    void saysWhenThePortIsTaken();
    void neverPrintsTheKey();
};

void TestSandboxProcess::announcesItselfInOneLine()
{
    SandboxProcess sandbox({u"--patients"_s, u"1"_s, u"--tls"_s});
    QVERIFY(sandbox.isReady());
    QCOMPARE(sandbox.announcement().keys(), (QStringList{u"caFile"_s, u"clientId"_s, u"fhirBaseUrl"_s, u"jwksUrl"_s,
                                                         u"privateKeyFile"_s, u"tokenEndpoint"_s}));
    const QString origin = u"https://127.0.0.1:%1"_s.arg(sandbox.port());
    QCOMPARE(sandbox.value(u"fhirBaseUrl"_s), origin + u"/interconnect-fhir-oauth/api/FHIR/R4"_s);
    QCOMPARE(sandbox.value(u"tokenEndpoint"_s), origin + u"/interconnect-fhir-oauth/oauth2/token"_s);
    const auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    QCOMPARE(QFileInfo(sandbox.value(u"privateKeyFile"_s)).permissions(), ownerOnly);
    QVERIFY(QFileInfo::exists(sandbox.value(u"caFile"_s)));
    sandbox.process().sendSignal(SIGTERM);
    const ProcessResult result = sandbox.process().finish();
    QCOMPARE(result.output, QByteArray()); // nothing after the first line
    QCOMPARE(result.errors, QByteArray());
}

void TestSandboxProcess::endsOnSignals_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void TestSandboxProcess::endsOnSignals()
{
    QFETCH(int, signal);
    SandboxProcess sandbox({u"--patients"_s, u"1"_s});
    QVERIFY(sandbox.isReady());
    sandbox.process().sendSignal(signal);
    const ProcessResult result = sandbox.process().finish(10'000);
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.milliseconds < 3000, qPrintable(QString::number(result.milliseconds)));
}

void TestSandboxProcess::removesItsPrivateFolder()
{
    ProcessFixture process(u"credenza-sandbox"_s);
    QVERIFY(process.start({u"--patients"_s, u"1"_s, u"--exit-with-parent"_s}));
    const auto line = process.readLine(30'000);
    QVERIFY(line.has_value());
    const QString key = QJsonDocument::fromJson(*line).object().value(u"privateKeyFile"_s).toString();
    const QFileInfo folder(QFileInfo(key).path());
    const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::ExeGroup | QFile::ExeOther;
    QVERIFY(!folder.permissions().testAnyFlags(others));
    process.sendSignal(SIGTERM);
    QCOMPARE(process.finish().exitCode, 0);
    QVERIFY(!QFileInfo::exists(folder.filePath()));
}

void TestSandboxProcess::keepsItsKeyInAGivenFolder()
{
    QTemporaryDir folder;
    const QString data = folder.filePath(u"data"_s);
    QString firstClient;
    QByteArray firstToken;
    for (int start = 0; start < 2; ++start) {
        SandboxProcess sandbox({u"--patients"_s, u"1"_s, u"--data-dir"_s, data});
        QVERIFY(sandbox.isReady());
        if (start == 0)
            firstClient = sandbox.value(u"clientId"_s);
        QCOMPARE(sandbox.value(u"clientId"_s), firstClient);
        QCOMPARE(sandbox.value(u"privateKeyFile"_s), data + u"/client-key.pem"_s);
        QVERIFY(!sandbox.token().isEmpty());
    }
    QVERIFY(QFileInfo::exists(data + u"/client-key.pem"_s));
}

void TestSandboxProcess::endsWithItsParent()
{
    QTemporaryDir folder;
    ProcessFixture shell(u"/bin/sh"_s);
    QVERIFY(shell.start({u"-c"_s, u"'%1/credenza-sandbox' --exit-with-parent --patients 1 --data-dir '%2' & wait"_s.arg(
                                      QStringLiteral(CREDENZA_BIN_DIR), folder.path())}));
    const auto line = shell.readLine(30'000);
    QVERIFY(line.has_value());
    const int port = QUrl(QJsonDocument::fromJson(*line).object().value(u"jwksUrl"_s).toString()).port();
    const auto listens = [port] {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(port));
        return socket.waitForConnected(1000);
    };
    QVERIFY(listens());
    shell.sendSignal(SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(!listens(), 10'000);
}

void TestSandboxProcess::refusesBadUse_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("status");
    QTest::newRow("unknown option") << QStringList{u"--nonsense"_s} << 2;
    QTest::newRow("port too large") << QStringList{u"--port"_s, u"70000"_s} << 2;
    QTest::newRow("negative patients") << QStringList{u"--patients"_s, u"-1"_s} << 2;
    QTest::newRow("no patients") << QStringList{u"--patients"_s, u"0"_s} << 2;
    QTest::newRow("no such key file") << QStringList{u"--client-key"_s, u"/nonexistent.pem"_s} << 2;
    QTest::newRow("key file without a key")
        << QStringList{u"--client-key"_s, QStringLiteral(CREDENZA_SOURCE_DIR "/LICENSE")} << 2;
    QTest::newRow("folder that can't be") << QStringList{u"--data-dir"_s, u"/proc/none/such"_s} << 1;
    QTest::newRow("help") << QStringList{u"--help"_s} << 0;
    QTest::newRow("version") << QStringList{u"--version"_s} << 0;
}

void TestSandboxProcess::refusesBadUse()
{
    QFETCH(QStringList, options);
    QFETCH(int, status);
    ProcessFixture process(u"credenza-sandbox"_s);
    const ProcessResult result = process.run(options);
    QCOMPARE(result.exitCode, status);
    QCOMPARE(result.output.isEmpty(), status != 0);
    QCOMPARE(result.errors.isEmpty(), status == 0);
}

void TestSandboxProcess::saysWhenThePortIsTaken()
{
    SandboxProcess sandbox({u"--patients"_s, u"1"_s});
    QVERIFY(sandbox.isReady());
    ProcessFixture other(u"credenza-sandbox"_s);
    const ProcessResult result = other.run({u"--port"_s, QString::number(sandbox.port())});
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.output, QByteArray());
    QVERIFY2(result.errors.contains("Choose another port"), result.errors.constData());
}

void TestSandboxProcess::neverPrintsTheKey()
{
    SandboxProcess sandbox({u"--patients"_s, u"1"_s, u"--explain"_s});
    QFile pem(sandbox.value(u"privateKeyFile"_s));
    QVERIFY(pem.open(QIODevice::ReadOnly));
    const QByteArray body = pem.readAll().split('\n').at(3);
    QVERIFY(body.size() > 40);
    QCOMPARE(sandbox.get(sandbox.value(u"jwksUrl"_s))->body.count("\"d\":"), 0);
    static_cast<void>(sandbox.askForToken("a.b.c"));
    sandbox.process().sendSignal(SIGTERM);
    const ProcessResult result = sandbox.process().finish();
    QVERIFY(!result.output.contains(body) && !result.errors.contains(body));
    // Nor is it anywhere else in the folder.
    const QStringList files = QDir(sandbox.folder() + u"/data"_s).entryList(QDir::Files | QDir::Hidden);
    QCOMPARE(files, QStringList{u"client-key.pem"_s});
}

QTEST_GUILESS_MAIN(TestSandboxProcess)
#include "tst_sandbox_process.moc"
