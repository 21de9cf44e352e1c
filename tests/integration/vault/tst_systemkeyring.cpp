// SPDX-License-Identifier: Apache-2.0
#include "core/base/WorkerThread.h"
#include "core/vault/KeySlot.h"
#include "core/vault/SystemKeyring.h"
#include "tests/support/ProcessFixture.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

/// A session bus of its own with GNOME Keyring on it, unlocked; both end with it.
class KeyringDesktop
{
public:
    /// Why there is none; empty: it runs. Sets this process's environment to it.
    [[nodiscard]] QString start()
    {
        for (const QString &program : {u"dbus-daemon"_s, u"gnome-keyring-daemon"_s})
            if (QStandardPaths::findExecutable(program).isEmpty())
                return u"%1 is not installed."_s.arg(program);
        // A bus that starts nothing by itself: the keyring it would start has no password and is locked for good.
        const QString configuration = m_home.filePath(u"bus.conf"_s);
        if (!replaceFile(configuration,
                         "<busconfig><type>session</type><listen>unix:tmpdir=" + m_home.path().toUtf8() +
                             "</listen><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
                             "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>"))
            return u"The bus’s configuration could not be written."_s;
        m_bus.start(u"dbus-daemon"_s, {u"--config-file="_s + configuration, u"--nofork"_s, u"--print-address=1"_s});
        if (!m_bus.waitForStarted() || !m_bus.waitForReadyRead(10'000))
            return u"No session bus could be started."_s;
        const QByteArray address = m_bus.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        qputenv("HOME", m_home.path().toUtf8());
        qputenv("XDG_RUNTIME_DIR", m_home.path().toUtf8());
        qputenv("XDG_DATA_HOME", (m_home.path() + u"/data"_s).toUtf8());
        qputenv("XDG_CURRENT_DESKTOP", "GNOME");
        m_daemon.start(u"gnome-keyring-daemon"_s, {u"--unlock"_s, u"--foreground"_s, u"--components=secrets"_s,
                                                   u"--control-directory="_s + m_home.path() + u"/control"_s});
        if (!m_daemon.waitForStarted())
            return u"GNOME Keyring could not be started."_s;
        m_daemon.write("password of the test's keyring"); // to the end of the input
        m_daemon.closeWriteChannel();
        return {};
    }
    ~KeyringDesktop()
    {
        for (QProcess *process : {&m_daemon, &m_bus}) {
            process->terminate();
            if (!process->waitForFinished(3000))
                process->kill();
            process->waitForFinished(3000);
        }
    }

private:
    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_daemon;
};

/// Runs `work` as the application does: on a thread of its own.
template <typename T> Result<T> onWorker(WorkerThread &worker, std::function<Result<T>()> work)
{
    QObject context;
    std::optional<Result<T>> answer;
    worker.run<T>(&context, std::move(work), [&answer](Result<T> result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 30'000))
        return fail(ErrorKind::Failed, u"test.no-answer"_s, u"The keyring did not answer."_s);
    return std::move(*answer);
}

} // namespace

/// The keyring of a real desktop, by way of QtKeychain and the Secret Service.
class TestSystemKeyring : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void keepsReadsAndRemoves();
    void opensAVaultWithoutAPassphrase();
    void commandLineOpensWithoutTyping();
    void isSaidWhereThereIsNone();

private:
    KeyringDesktop m_desktop;
    WorkerThread m_worker; // one for all: see SystemKeyring
};

void TestSystemKeyring::initTestCase()
{
    if (const QString missing = m_desktop.start(); !missing.isEmpty())
        QSKIP(qPrintable(missing + u" The Secret Service is not tried."_s));
    // The daemon takes its name on the bus in its own time.
    const bool answers = QTest::qWaitFor(
        [this] {
            return onWorker<bool>(m_worker,
                                  []() -> Result<bool> {
                                      SystemKeyring keyring;
                                      TRY(keyring.write(u"probe"_s, SecretBytes(1)));
                                      return true;
                                  })
                .has_value();
        },
        15'000);
    if (!answers)
        QSKIP("GNOME Keyring does not answer here. The Secret Service is not tried.");
}

void TestSystemKeyring::keepsReadsAndRemoves()
{
    const auto kept = onWorker<bool>(m_worker, []() -> Result<bool> {
        SystemKeyring keyring;
        // All byte values: not every keyring keeps bytes.
        SecretBytes secret(256);
        for (std::size_t i = 0; i < secret.size(); ++i)
            secret.bytes()[i] = static_cast<std::byte>(i);
        TRY(keyring.write(u"entry"_s, secret));
        const auto read = TRY(keyring.read(u"entry"_s));
        const bool isSame = read && read->equalsConstantTime(secret);
        TRY(keyring.remove(u"entry"_s));
        const auto gone = TRY(keyring.read(u"entry"_s));
        TRY(keyring.remove(u"entry"_s)); // no error
        return isSame && !gone;
    });
    QVERIFY_RESULT(kept);
    QVERIFY(*kept);
}

void TestSystemKeyring::opensAVaultWithoutAPassphrase()
{
    VaultFixture fixture;
    QVERIFY_RESULT(fixture.create());
    const auto use = [&fixture](bool on) {
        return [&fixture, on]() -> Result<bool> {
            SystemKeyring keyring;
            Vault vault = TRY(fixture.open());
            TRY(on ? vault.useKeyring(keyring) : vault.leaveKeyring(keyring));
            return true;
        };
    };
    const auto open = [&fixture]() -> Result<bool> {
        SystemKeyring keyring;
        SystemClock clock;
        SystemRandom random;
        TRY(Vault::openWithKeyring(fixture.path(), keyring, clock, random));
        return true;
    };
    QVERIFY(!onWorker<bool>(m_worker, open)); // off by default
    QVERIFY_RESULT(onWorker<bool>(m_worker, use(true)));
    QVERIFY_RESULT(onWorker<bool>(m_worker, open));
    QVERIFY_RESULT(onWorker<bool>(m_worker, use(false)));
    const auto refused = onWorker<bool>(m_worker, open);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, u"vault.no-keyring"_s);
}

void TestSystemKeyring::commandLineOpensWithoutTyping()
{
    if (!ProcessFixture::isBuilt(u"credenza-cli"_s))
        QSKIP("credenza-cli is not built.");
    VaultFixture fixture;
    QVERIFY_RESULT(fixture.create());
    const QString passphrase = fixture.path() + u".passphrase"_s;
    QVERIFY(replaceFile(passphrase, VaultFixture::passphraseText().toUtf8()));
    const auto run = [&fixture](QStringList arguments) {
        ProcessFixture cli(u"credenza-cli"_s);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"CREDENZA_VAULT"_s, fixture.path());
        cli.process().setProcessEnvironment(environment);
        return cli.run(arguments);
    };
    const auto on = run({u"--passphrase-file"_s, passphrase, u"vault"_s, u"keyring"_s, u"on"_s});
    QVERIFY2(on.exitCode == 0, on.errors.constData());
    const auto listed = run({u"--json"_s, u"list"_s});
    QVERIFY2(listed.exitCode == 0, listed.errors.constData());
    QVERIFY(listed.json().isArray());
    const auto off = run({u"vault"_s, u"keyring"_s, u"off"_s});
    QVERIFY2(off.exitCode == 0, off.errors.constData());
    QCOMPARE(run({u"list"_s}).exitCode, 3); // locked: no passphrase was given, and none can be asked for
}

void TestSystemKeyring::isSaidWhereThereIsNone()
{
    if (!ProcessFixture::isBuilt(u"credenza-cli"_s))
        QSKIP("credenza-cli is not built.");
    VaultFixture fixture;
    QVERIFY_RESULT(fixture.create());
    const QString passphrase = fixture.path() + u".passphrase"_s;
    QVERIFY(replaceFile(passphrase, VaultFixture::passphraseText().toUtf8()));
    ProcessFixture cli(u"credenza-cli"_s);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent/bus"_s);
    cli.process().setProcessEnvironment(environment);
    const auto refused = cli.run({u"--json"_s, u"--vault"_s, fixture.path(), u"--passphrase-file"_s, passphrase,
                                  u"vault"_s, u"keyring"_s, u"on"_s});
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.errors.contains("keyring.unavailable"), refused.errors.constData());
    QVERIFY_RESULT(fixture.open()); // which is as it was
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestSystemKeyring)
#include "tst_systemkeyring.moc"
