// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ProcessFixture.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace credenza::test
{

using namespace Qt::StringLiterals;

/// From the start of the process to the first painted window: Credenza's unlock screen against a bare window, in turn,
/// so that other load meets both alike. On the platform of the display if there is one (Xvfb will do), else offscreen.
class StartupBenchmark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void unlockScreenAgainstBareWindow();

private:
    double millisecondsToPaint(const QString &program, const QStringList &arguments);

    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
    QString m_vault;
};

void StartupBenchmark::initTestCase()
{
    for (const QString &program : {u"credenza"_s, u"credenza-cli"_s, u"bare_window"_s}) {
        if (!ProcessFixture::isBuilt(program))
            QSKIP(qPrintable(program + " is not built"_L1));
    }
    m_environment = ProcessFixture::cleanEnvironment(m_home.path());
    if (!m_environment.contains(u"DISPLAY"_s) && !m_environment.contains(u"WAYLAND_DISPLAY"_s))
        m_environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    m_vault = m_home.filePath(u"start.credenza"_s);
    ProcessFixture cli(u"credenza-cli"_s);
    cli.process().setProcessEnvironment(m_environment);
    const auto created = cli.run({u"--vault"_s, m_vault, u"--passphrase-file"_s, u"-"_s, u"vault"_s, u"create"_s},
                                 "a passphrase for the benchmark only\n");
    QVERIFY2(created.exitCode == 0, created.errors.constData());
}

double StartupBenchmark::millisecondsToPaint(const QString &program, const QStringList &arguments)
{
    ProcessFixture process(program);
    process.process().setProcessEnvironment(m_environment);
    QElapsedTimer timer;
    timer.start();
    if (!process.start(arguments) || process.readLine().value_or(QByteArray()).trimmed() != "painted"_ba)
        return -1;
    const double milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    return process.finish().exitCode == 0 ? milliseconds : -1;
}

void StartupBenchmark::unlockScreenAgainstBareWindow()
{
    const int rounds = 15;
    QList<double> ours;
    QList<double> bare;
    for (int round = 0; round < rounds + 2; ++round) {
        const double own = millisecondsToPaint(u"credenza"_s, {u"--exit-after-first-paint"_s, u"--vault"_s, m_vault});
        const double other = millisecondsToPaint(u"bare_window"_s, {});
        QVERIFY2(own > 0 && other > 0, "a window was not painted");
        if (round >= 2) { // the first two warm the caches
            ours.append(own);
            bare.append(other);
        }
    }
    std::ranges::sort(ours);
    std::ranges::sort(bare);
    const double ratio = ours[rounds / 2] / bare[rounds / 2];
    qInfo("platform %s: credenza %.0f ms [%.0f..%.0f], bare window %.0f ms [%.0f..%.0f], ratio %.2f (goal at most 1.3)",
          qPrintable(m_environment.value(u"QT_QPA_PLATFORM"_s, u"of the display"_s)), ours[rounds / 2], ours.first(),
          ours.last(), bare[rounds / 2], bare.first(), bare.last(), ratio);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::StartupBenchmark)
#include "bench_startup.moc"
