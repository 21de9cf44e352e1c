// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ProcessFixture.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QPixmap>
#include <QScreen>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <csignal>
#include <map>

#include <unistd.h>

namespace credenza::test
{

using namespace Qt::StringLiterals;

/// From the start of a process to its window on the screen, seen from outside by looking at the screen: Credenza's unlock
/// view, a bare window, and KeePassXC's unlock view where it is installed, in turn. And what an idle Credenza costs.
/// Needs a display of its own (xvfb-run).
class UnlockViewBenchmark final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void startUntilOnTheScreen();
    void idle();

private:
    [[nodiscard]] static bool isSomethingShown();
    double millisecondsToScreen(const QString &program, const QStringList &arguments);

    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
    QString m_vault;
    QString m_database;
};

void UnlockViewBenchmark::initTestCase()
{
    if (QGuiApplication::platformName() != u"xcb")
        QSKIP("needs an X display: xvfb-run -a ctest --preset release -L bench -V");
    for (const QString &program : {u"credenza"_s, u"credenza-cli"_s, u"bare_window"_s}) {
        if (!ProcessFixture::isBuilt(program))
            QSKIP(qPrintable(program + " is not built"_L1));
    }
    if (isSomethingShown())
        QSKIP("needs a display with nothing on it: xvfb-run -a");
    m_environment = ProcessFixture::cleanEnvironment(m_home.path());
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, m_home.path());
    m_vault = m_home.filePath(u"start.credenza"_s);
    ProcessFixture cli(u"credenza-cli"_s);
    cli.process().setProcessEnvironment(m_environment);
    const QByteArray passphrase = "a passphrase for the benchmark only\n";
    const auto created =
        cli.run({u"--vault"_s, m_vault, u"--passphrase-file"_s, u"-"_s, u"vault"_s, u"create"_s}, passphrase);
    QVERIFY2(created.exitCode == 0, created.errors.constData());
    if (const QString peer = QStandardPaths::findExecutable(u"keepassxc-cli"_s); !peer.isEmpty()) {
        m_database = m_home.filePath(u"peer.kdbx"_s);
        ProcessFixture make(peer);
        make.process().setProcessEnvironment(m_environment);
        if (make.run({u"db-create"_s, u"-p"_s, m_database}, passphrase + passphrase).exitCode != 0)
            m_database.clear();
    }
}

bool UnlockViewBenchmark::isSomethingShown()
{
    const QImage shot = QGuiApplication::primaryScreen()->grabWindow(0).toImage();
    const QRgb corner = shot.pixel(shot.width() - 1, shot.height() - 1);
    int different = 0;
    int looked = 0;
    for (int y = 0; y < shot.height() * 3 / 4; y += 16) {
        for (int x = 0; x < shot.width() * 3 / 4; x += 16) {
            different += shot.pixel(x, y) != corner ? 1 : 0;
            ++looked;
        }
    }
    return different * 10 > looked;
}

double UnlockViewBenchmark::millisecondsToScreen(const QString &program, const QStringList &arguments)
{
    if (!QTest::qWaitFor([] { return !isSomethingShown(); }, 5000)) // what the one before left behind
        return -1;
    ProcessFixture process(program);
    process.process().setProcessEnvironment(m_environment);
    QElapsedTimer timer;
    timer.start();
    if (!process.start(arguments))
        return -1;
    double milliseconds = -1;
    while (timer.elapsed() < 20'000 && milliseconds < 0) {
        if (isSomethingShown())
            milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }
    process.sendSignal(SIGKILL);
    [[maybe_unused]] const auto ended = process.finish();
    return milliseconds;
}

void UnlockViewBenchmark::startUntilOnTheScreen()
{
    const int rounds = 9;
    std::map<QString, QList<double>> times;
    for (int round = 0; round < rounds + 1; ++round) {
        const auto measure = [&](const QString &program, const QStringList &arguments) {
            const double time = millisecondsToScreen(program, arguments);
            if (round > 0 && time > 0) // the first warms the caches
                times[program].append(time);
        };
        measure(u"credenza"_s, {u"--vault"_s, m_vault});
        measure(u"bare_window"_s, {u"--stay"_s});
        if (!m_database.isEmpty())
            measure(QStandardPaths::findExecutable(u"keepassxc"_s), {m_database});
    }
    std::map<QString, double> medians;
    for (auto &[program, measured] : times) {
        std::ranges::sort(measured);
        medians[program.section(u'/', -1)] = measured.at(measured.size() / 2);
        qInfo("%s: %.0f ms [%.0f..%.0f], n=%d", qPrintable(program.section(u'/', -1)), measured.at(measured.size() / 2),
              measured.first(), measured.last(), static_cast<int>(measured.size()));
    }
    QVERIFY(medians.contains(u"credenza"_s) && medians.contains(u"bare_window"_s));
    qInfo("to the unlock view on the screen: %.2f × a bare window (goal 1.3)",
          medians[u"credenza"_s] / medians[u"bare_window"_s]);
    if (medians.contains(u"keepassxc"_s))
        qInfo("to the unlock view on the screen: %.2f × KeePassXC (goal 0.3)",
              medians[u"credenza"_s] / medians[u"keepassxc"_s]);
    else
        qInfo("KeePassXC is not installed: not compared");
}

void UnlockViewBenchmark::idle()
{
    ProcessFixture process(u"credenza"_s);
    process.process().setProcessEnvironment(m_environment);
    QVERIFY(process.start({u"--vault"_s, m_vault}));
    QVERIFY(QTest::qWaitFor([] { return isSomethingShown(); }, 20'000));
    const auto ticks = [&] {
        QFile stat(u"/proc/%1/stat"_s.arg(process.process().processId()));
        if (!stat.open(QIODevice::ReadOnly))
            return -1LL;
        const QByteArrayList fields = stat.readAll().split(' ');
        return fields.value(13).toLongLong() + fields.value(14).toLongLong(); // proc(5): utime, stime
    };
    const auto pass = [](std::chrono::seconds time) { // time in which nothing is to happen is what is measured here
        QTimer timer;
        QSignalSpy over(&timer, &QTimer::timeout);
        timer.start(time);
        return over.wait(static_cast<int>(std::chrono::milliseconds(time).count()) + 1000);
    };
    QVERIFY(pass(std::chrono::seconds(3))); // the rest of the screens is made
    const qint64 before = ticks();
    QVERIFY(pass(std::chrono::seconds(10)));
    const qint64 used = ticks() - before;
    qInfo("idle unlock view: %lld ms of CPU time in 10 s (goal 0)", static_cast<long long>(used) * 1000 / sysconf(_SC_CLK_TCK));
    process.sendSignal(SIGTERM);
    [[maybe_unused]] const auto ended = process.finish();
    QVERIFY(before > 0);
}

} // namespace credenza::test

int main(int argc, char *argv[])
{
    if (!qEnvironmentVariableIsSet("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen"); // to say what is missing instead of aborting
    QGuiApplication application(argc, argv);
    credenza::test::UnlockViewBenchmark benchmark;
    return QTest::qExec(&benchmark, argc, argv);
}
#include "bench_unlockview.moc"
