// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ProcessFixture.h"

#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace credenza::test
{

using namespace Qt::StringLiterals;

/// The real application as it is started: it shows its first screen whatever the vault's path holds.
class TestCredenza : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void paintsItsFirstScreen_data();
    void paintsItsFirstScreen();
    void paintsOnADisplay();

private:
    void prepare(const QString &state);

    std::unique_ptr<QTemporaryDir> m_home;
    QProcessEnvironment m_environment;
    QString m_vault;
};

void TestCredenza::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_environment = ProcessFixture::cleanEnvironment(m_home->path());
    m_environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, m_home->path());
    m_vault = m_home->filePath(u"first.credenza"_s);
}

void TestCredenza::prepare(const QString &state)
{
    if (state == u"vault") {
        ProcessFixture cli(u"credenza-cli"_s);
        cli.process().setProcessEnvironment(m_environment);
        const auto created = cli.run({u"--vault"_s, m_vault, u"--passphrase-file"_s, u"-"_s, u"vault"_s, u"create"_s,
                                      u"--kdf-memory"_s, u"8"_s, u"--kdf-passes"_s, u"1"_s},
                                     "a passphrase for this test only\n");
        QVERIFY2(created.exitCode == 0, created.errors.constData());
    } else if (state == u"garbage") {
        QFile file(m_vault);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("this is no vault");
    }
}

void TestCredenza::paintsItsFirstScreen_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QStringList>("options");
    QTest::newRow("no vault yet") << u"none"_s << QStringList();
    QTest::newRow("a vault") << u"vault"_s << QStringList();
    QTest::newRow("a vault, dark") << u"vault"_s << QStringList{u"--dark"_s};
    QTest::newRow("what is no vault") << u"garbage"_s << QStringList();
}

void TestCredenza::paintsItsFirstScreen()
{
    QFETCH(QString, state);
    QFETCH(QStringList, options);
    prepare(state);
    ProcessFixture credenza(u"credenza"_s);
    credenza.process().setProcessEnvironment(m_environment);
    const auto result = credenza.run(QStringList{u"--exit-after-first-paint"_s, u"--vault"_s, m_vault} + options, {});
    QVERIFY2(result.exitCode == 0, result.errors.constData());
    QCOMPARE(result.output.trimmed(), "painted"_ba);
}

void TestCredenza::paintsOnADisplay()
{
    const QString xvfb = QStandardPaths::findExecutable(u"xvfb-run"_s);
    if (xvfb.isEmpty())
        QSKIP("Xvfb is not installed");
    prepare(u"vault"_s);
    m_environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    QProcess display;
    display.setProcessEnvironment(m_environment);
    display.start(xvfb, {u"-a"_s, u"-s"_s, u"-screen 0 1280x820x24"_s, QStringLiteral(CREDENZA_BIN_DIR "/credenza"),
                         u"--exit-after-first-paint"_s, u"--vault"_s, m_vault});
    QVERIFY(display.waitForFinished(60'000));
    QVERIFY2(display.exitStatus() == QProcess::NormalExit && display.exitCode() == 0,
             display.readAllStandardError().constData());
    QCOMPARE(display.readAllStandardOutput().trimmed(), "painted"_ba);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCredenza)
#include "tst_credenza.moc"
