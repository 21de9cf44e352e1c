// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/cli/CliSession.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

/// credenza-cli on a pseudo terminal of its own.
class TerminalRun
{
public:
    TerminalRun(const CliSession &session, const QStringList &arguments)
    {
        std::vector<QByteArray> texts{QByteArrayLiteral(CREDENZA_BIN_DIR "/credenza-cli")};
        for (const QString &argument : arguments)
            texts.push_back(argument.toUtf8());
        std::vector<char *> pointers;
        for (QByteArray &text : texts)
            pointers.push_back(text.data());
        pointers.push_back(nullptr);
        const QByteArray home = session.folder().toUtf8();
        m_process = ::forkpty(&m_terminal, nullptr, nullptr, nullptr);
        if (m_process != 0)
            return;
        ::setenv("HOME", home.constData(), 1);
        ::unsetenv("CREDENZA_PASSPHRASE");
        ::unsetenv("CREDENZA_PASSPHRASE_FILE");
        ::execv(pointers.front(), pointers.data());
        ::_exit(127);
    }
    ~TerminalRun()
    {
        if (m_process > 0) {
            ::kill(m_process, SIGKILL);
            ::waitpid(m_process, nullptr, 0);
        }
        ::close(m_terminal);
    }
    Q_DISABLE_COPY_MOVE(TerminalRun)

    /// Reads until `text` has come; false if it does not come in time.
    bool waitFor(const QByteArray &text)
    {
        QElapsedTimer timer;
        timer.start();
        while (!m_seen.contains(text)) {
            pollfd source{m_terminal, POLLIN, 0};
            if (timer.elapsed() > 10'000 || ::poll(&source, 1, 10'000) <= 0 || !readSome())
                return m_seen.contains(text);
        }
        m_seen.remove(0, m_seen.indexOf(text) + text.size());
        return true;
    }
    void type(const QByteArray &text)
    {
        QCOMPARE(::write(m_terminal, text.constData(), static_cast<std::size_t>(text.size())), text.size());
    }
    [[nodiscard]] bool echoes() const
    {
        termios settings{};
        return ::tcgetattr(m_terminal, &settings) == 0 && (settings.c_lflag & ECHO) != 0;
    }
    void sendSignal(int signal) const { ::kill(m_process, signal); }
    /// The exit status, after reading all there is.
    int finish()
    {
        while (readSome()) {
        }
        int status = 0;
        ::waitpid(m_process, &status, 0);
        m_process = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    [[nodiscard]] QByteArray everything() const { return m_everything; }

private:
    bool readSome()
    {
        char buffer[4096];
        const ssize_t got = ::read(m_terminal, buffer, sizeof buffer);
        if (got <= 0)
            return false;
        m_seen.append(buffer, got);
        m_everything.append(buffer, got);
        return true;
    }

    pid_t m_process = -1;
    int m_terminal = -1;
    QByteArray m_seen;
    QByteArray m_everything;
};

} // namespace

/// The passphrase prompt, colour, and signals.
class TestCliTerminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksWithoutEcho();
    void asksTwiceForANewPassphrase();
    void refusesDifferentPassphrases();
    void refusesNoPassphrase_data();
    void refusesNoPassphrase();
    void restoresTheTerminal_data();
    void restoresTheTerminal();
    void asksForNoMissingVault();
    void endsOnSignal_data();
    void endsOnSignal();
    void showsNoSecretInTheProcessList();
};

void TestCliTerminal::asksWithoutEcho()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    TerminalRun run(session, {u"list"_s, u"--vault"_s, session.vaultPath()});
    QVERIFY(run.waitFor("Passphrase for "));
    QVERIFY(run.waitFor(": "));
    QVERIFY(!run.echoes());
    run.type(session.passphrase() + "\n");
    QVERIFY(run.waitFor("No credentials."));
    QCOMPARE(run.finish(), 0);
    QVERIFY(!run.everything().contains("horse"));
}

void TestCliTerminal::asksTwiceForANewPassphrase()
{
    CliSession session;
    TerminalRun run(session, {u"vault"_s, u"create"_s, u"--kdf-memory=8"_s, u"--kdf-passes=1"_s, u"--vault"_s,
                              session.vaultPath()});
    QVERIFY(run.waitFor("New passphrase for "));
    QVERIFY(run.waitFor(": "));
    run.type(session.passphrase() + "\n");
    QVERIFY(run.waitFor("once more: "));
    QVERIFY(!run.echoes());
    run.type(session.passphrase() + "\n");
    QCOMPARE(run.finish(), 0);
    QVERIFY(!run.everything().contains("horse"));
    QVERIFY_STATUS(session.cli({u"list"_s}), 0);
}

void TestCliTerminal::refusesDifferentPassphrases()
{
    CliSession session;
    TerminalRun run(session, {u"vault"_s, u"create"_s, u"--vault"_s, session.vaultPath()});
    QVERIFY(run.waitFor(": "));
    run.type("one\n");
    QVERIFY(run.waitFor("once more: "));
    run.type("two\n");
    QCOMPARE(run.finish(), 2);
    QVERIFY(!QFile::exists(session.vaultPath()));
}

void TestCliTerminal::refusesNoPassphrase_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::newRow("empty line") << QByteArray("\n");
    QTest::newRow("end of input") << QByteArray("\x04");
    QTest::newRow("wrong") << QByteArray("wrong\n");
}

void TestCliTerminal::refusesNoPassphrase()
{
    QFETCH(QByteArray, typed);
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    TerminalRun run(session, {u"list"_s, u"--vault"_s, session.vaultPath()});
    QVERIFY(run.waitFor(": "));
    run.type(typed);
    QCOMPARE(run.finish(), 3);
}

void TestCliTerminal::restoresTheTerminal_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<int>("status");
    QTest::newRow("Ctrl-C") << 0 << 130;
    QTest::newRow("SIGINT") << SIGINT << 130;
    QTest::newRow("SIGTERM") << SIGTERM << 143;
}

void TestCliTerminal::restoresTheTerminal()
{
    QFETCH(int, signal);
    QFETCH(int, status);
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    TerminalRun run(session, {u"list"_s, u"--vault"_s, session.vaultPath()});
    QVERIFY(run.waitFor(": "));
    QVERIFY(!run.echoes());
    QElapsedTimer timer;
    timer.start();
    if (signal == 0)
        run.type("\x03");
    else
        run.sendSignal(signal);
    QTRY_VERIFY(run.echoes());
    QCOMPARE(run.finish(), status);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void TestCliTerminal::asksForNoMissingVault()
{
    CliSession session;
    TerminalRun run(session, {u"list"_s, u"--vault"_s, session.vaultPath()});
    QCOMPARE(run.finish(), 4);
    QVERIFY(!run.everything().contains("Passphrase"));
}

void TestCliTerminal::endsOnSignal_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<int>("status");
    QTest::newRow("SIGINT") << SIGINT << 130;
    QTest::newRow("SIGTERM") << SIGTERM << 143;
    QTest::newRow("SIGHUP") << SIGHUP << 129;
}

void TestCliTerminal::endsOnSignal()
{
    QFETCH(int, signal);
    QFETCH(int, status);
    CliSession session;
    ProcessFixture fixture(u"credenza-cli"_s);
    fixture.process().setProcessEnvironment(session.environment());
    // Waits for standard input, which nobody closes.
    QVERIFY(fixture.start({u"key"_s, u"inspect"_s, u"-"_s}));
    const QString statusFile = u"/proc/%1/status"_s.arg(fixture.process().processId());
    const auto isBlocked = [&statusFile] {
        QFile file(statusFile);
        return file.open(QIODevice::ReadOnly) && file.readAll().contains("\nThreads:\t2");
    };
    QTRY_VERIFY(isBlocked());
    fixture.sendSignal(signal);
    const ProcessResult result = fixture.finish(5000);
    QVERIFY_STATUS(result, status);
    QVERIFY2(result.milliseconds < 1000, qPrintable(QString::number(result.milliseconds)));
}

void TestCliTerminal::showsNoSecretInTheProcessList()
{
    CliSession session;
    QVERIFY_STATUS(session.createVault(), 0);
    QProcessEnvironment environment = session.environment();
    environment.insert(u"CREDENZA_PASSPHRASE"_s, QString::fromUtf8(session.passphrase()));
    ProcessFixture fixture(u"credenza-cli"_s);
    fixture.process().setProcessEnvironment(environment);
    QVERIFY(fixture.start({u"add"_s, u"--vault"_s, session.vaultPath(), u"--key"_s, u"-"_s}));
    QFile arguments(u"/proc/%1/cmdline"_s.arg(fixture.process().processId()));
    if (!arguments.exists())
        QSKIP("no /proc here");
    // QProcess reports the start when exec closes its pipe, a moment before the kernel has the new arguments in place.
    QByteArray shown;
    QTRY_VERIFY(arguments.open(QIODevice::ReadOnly) &&
                (shown = arguments.readAll(), arguments.close(), shown.contains("--key")));
    QVERIFY(!shown.contains(session.passphrase()));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCliTerminal)
#include "tst_cli_terminal.moc"
