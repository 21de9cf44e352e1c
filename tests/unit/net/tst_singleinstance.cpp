// SPDX-License-Identifier: Apache-2.0
#include "core/net/SingleInstance.h"
#include "tests/support/ResultMacros.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace credenza;
using namespace Qt::StringLiterals;

/// Two starts on one vault, in one process: the second speaks from a thread of its own, as it waits for an answer.
class TestSingleInstance final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void secondStartHandsOver();
    void otherVaultIsAnotherWindow();
    void leftoverSocketIsTakenOver();
    void nonsenseIsIgnored();
    void socketIsForItsOwnerOnly();

private:
    [[nodiscard]] static bool handOver(const QString &vault, const QString &file)
    {
        bool taken = false;
        const std::unique_ptr<QThread> other(QThread::create([&] { taken = SingleInstance(vault).handOver(file); }));
        QSignalSpy finished(other.get(), &QThread::finished);
        other->start();
        if (!other->isFinished())
            finished.wait();
        other->wait();
        return taken;
    }
    [[nodiscard]] static QString socketPath()
    {
        const QDir runtime(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation));
        const QStringList found = runtime.entryList({u"credenza-*"_s}, QDir::System | QDir::Files);
        return found.isEmpty() ? QString() : runtime.filePath(found.constFirst());
    }

    QTemporaryDir m_runtime;
    QString m_vault;
};

void TestSingleInstance::init()
{
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime.path()));
    m_vault = m_runtime.filePath(u"northlake.credenza"_s);
}

void TestSingleInstance::secondStartHandsOver()
{
    QVERIFY(!handOver(m_vault, {})); // nobody is there
    SingleInstance first(m_vault);
    QSignalSpy activated(&first, &SingleInstance::activated);
    QVERIFY_RESULT(first.listen());
    QVERIFY(handOver(m_vault, u"bundle.credenza.age"_s));
    QTRY_COMPARE(activated.count(), 1);
    QCOMPARE(activated.at(0).at(0).toString(), QDir::current().absoluteFilePath(u"bundle.credenza.age"_s));
    QVERIFY(handOver(m_vault, {}));
    QTRY_COMPARE(activated.count(), 2);
    QVERIFY(activated.at(1).at(0).toString().isEmpty());
}

void TestSingleInstance::otherVaultIsAnotherWindow()
{
    SingleInstance first(m_vault);
    QVERIFY_RESULT(first.listen());
    QVERIFY(!handOver(m_runtime.filePath(u"other.credenza"_s), {}));
}

void TestSingleInstance::leftoverSocketIsTakenOver()
{
    QString path;
    {
        SingleInstance first(m_vault);
        QVERIFY_RESULT(first.listen());
        path = socketPath();
        QVERIFY(!path.isEmpty());
    }
    QFile leftover(path);
    QVERIFY(leftover.open(QIODevice::WriteOnly));
    leftover.close();
    SingleInstance second(m_vault);
    QVERIFY_RESULT(second.listen());
    QVERIFY(handOver(m_vault, {}));
}

void TestSingleInstance::nonsenseIsIgnored()
{
    SingleInstance first(m_vault);
    QSignalSpy activated(&first, &SingleInstance::activated);
    QVERIFY_RESULT(first.listen());
    QLocalSocket liar;
    liar.connectToServer(socketPath());
    QVERIFY(liar.waitForConnected());
    liar.write("GET / HTTP/1.1\n\n");
    QVERIFY(liar.waitForBytesWritten());
    QLocalSocket flood;
    flood.connectToServer(socketPath());
    QVERIFY(flood.waitForConnected());
    flood.write(QByteArray(100'000, 'x'));
    flood.flush();
    QVERIFY(handOver(m_vault, {})); // it still answers
    QTRY_COMPARE(activated.count(), 1);
}

void TestSingleInstance::socketIsForItsOwnerOnly()
{
    SingleInstance first(m_vault);
    QVERIFY_RESULT(first.listen());
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(socketPath()) & others));
}

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
