// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <memory>
#include <tuple>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

/// A writer process and what it said. Revision 0 stands for "removed".
class Writer
{
public:
    explicit Writer(const QString &path, const QString &prefix)
    {
        m_process.start(QStringLiteral(CREDENZA_BIN_DIR "/vault_writer"), {path, prefix});
    }
    bool waitUntilReady() { return m_process.waitForStarted() && waitForLines(1); }
    bool waitForLines(qsizetype count)
    {
        QElapsedTimer waiting;
        waiting.start();
        while (m_said.count('\n') < count && waiting.elapsed() < 20000) {
            if (!m_process.waitForReadyRead(1000) && m_process.state() == QProcess::NotRunning)
                break;
            m_said += m_process.readAllStandardOutput();
        }
        return m_said.count('\n') >= count;
    }
    /// Until it says something, but no longer than that: the random moment is what is tested.
    void listen(int milliseconds)
    {
        if (m_process.waitForReadyRead(milliseconds))
            m_said += m_process.readAllStandardOutput();
    }
    void kill()
    {
        m_process.kill(); // SIGKILL
        m_process.waitForFinished();
        m_said += m_process.readAllStandardOutput();
        for (const QByteArray &line : m_said.split('\n')) {
            const auto words = line.split(' ');
            if (words.first() == "failed")
                failures << QString::fromUtf8(line);
            if (words.size() != 3)
                continue; // also a line cut off by the kill
            const QString name = QString::fromUtf8(words[1]);
            if (words[0] == "done") {
                acknowledged[name] = words[2].toInt();
                underway.clear();
            } else if (words[0] == "try") {
                underway = name;
                underwayRevision = words[2].toInt();
            }
        }
    }

    QMap<QString, int> acknowledged;
    QString underway;
    int underwayRevision = -1;
    QStringList failures;

private:
    QProcess m_process;
    QByteArray m_said;
};

} // namespace

/// kill -9 at random moments of saving: what was acknowledged is there, and nothing is damaged.
class TestVaultCrash : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void losesNothingThatWasSaved_data();
    void losesNothingThatWasSaved();
};

void TestVaultCrash::losesNothingThatWasSaved_data()
{
    QTest::addColumn<int>("writers");
    QTest::addColumn<int>("rounds");
    // CREDENZA_CRASH_ROUNDS=1000 for the long run: some minutes.
    const int rounds = qEnvironmentVariableIntValue("CREDENZA_CRASH_ROUNDS");
    // A vault lives through many kills, but not through so many that looking at it takes longer than they do.
    constexpr int mostForOneVault = 25;
    for (const auto &[who, writers, usual] : {std::tuple{"one process", 1, 40}, {"two processes", 2, 20}})
        for (int left = rounds > 0 ? rounds : usual, vault = 1; left > 0; left -= mostForOneVault, ++vault)
            QTest::addRow("%s, vault %d", who, vault) << writers << std::min(left, mostForOneVault);
}

void TestVaultCrash::losesNothingThatWasSaved()
{
    QFETCH(int, writers);
    QFETCH(int, rounds);
    VaultFixture fixture;
    QVERIFY_RESULT(fixture.create());
    QMap<QString, int> expected; // over all rounds
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::unique_ptr<Writer>> processes;
        for (int i = 0; i < writers; ++i)
            processes.push_back(std::make_unique<Writer>(fixture.path(), u"r%1w%2-"_s.arg(round).arg(i)));
        for (const auto &writer : processes)
            QVERIFY(writer->waitUntilReady());
        processes.front()->waitForLines(QRandomGenerator::global()->bounded(2, 40));
        processes.front()->listen(QRandomGenerator::global()->bounded(6));
        for (const auto &writer : processes)
            writer->kill();

        auto vault = fixture.open();
        QVERIFY_RESULT(vault);
        QCOMPARE(namesOf(vault->damage()), QStringList());
        const auto check = vault->check();
        QVERIFY_RESULT(check);
        QCOMPARE(namesOf(check->damage), QStringList());
        for (const auto &writer : processes) {
            QCOMPARE(writer->failures.join(u", "_s), QString());
            expected.insert(writer->acknowledged);
            if (writer->underway.isEmpty())
                continue;
            // The save that the kill met may have happened or not.
            const auto found = vault->find(writer->underway);
            const int revision = found ? found->revision : 0;
            QVERIFY(revision == expected.value(writer->underway, 0) || revision == writer->underwayRevision);
            expected[writer->underway] = revision;
        }
        qsizetype present = 0;
        for (auto it = expected.cbegin(); it != expected.cend(); ++it) {
            const auto found = vault->find(it.key());
            QCOMPARE(found ? found->revision : 0, it.value());
            present += it.value() > 0 ? 1 : 0;
        }
        QCOMPARE(vault->credentials().size(), present);
    }
    QVERIFY(expected.size() > rounds);
    qInfo("%d rounds, %lld credentials saved", rounds, static_cast<long long>(expected.size()));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultCrash)
#include "tst_vaultcrash.moc"
