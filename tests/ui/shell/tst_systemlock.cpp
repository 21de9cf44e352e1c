// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/SystemLock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <memory>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

const QString sessionPath = u"/org/freedesktop/login1/session/_31"_s;

/// Stands for logind where it is asked for the path of a session.
class Logind final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public Q_SLOTS:
    QDBusObjectPath GetSession(const QString &id)
    {
        asked << id;
        return QDBusObjectPath(sessionPath);
    }

public:
    QStringList asked;
};

} // namespace

/// Locking with the desktop, on a bus of the test's own.
class TestSystemLock final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void locks_data();
    void locks();
    void cleanupTestCase();

public Q_SLOTS:
    void hearLast() { m_heard++; }

private:
    [[nodiscard]] QDBusConnection bus() const { return QDBusConnection(u"desktop"_s); }

    QProcess m_daemon;
    Logind m_logind;
    std::unique_ptr<SystemLock> m_lock;
    int m_heard = 0;
};

void TestSystemLock::initTestCase()
{
    const QString program = QStandardPaths::findExecutable(u"dbus-daemon"_s);
    if (program.isEmpty())
        QSKIP("dbus-daemon is not installed");
    m_daemon.start(program, {u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address=1"_s});
    QVERIFY(m_daemon.waitForStarted() && m_daemon.waitForReadyRead());
    const QByteArray address = m_daemon.readLine().trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
    QDBusConnection desktop = QDBusConnection::connectToBus(QString::fromLatin1(address), u"desktop"_s);
    QVERIFY(desktop.isConnected());
    for (const QString &name :
         {u"org.freedesktop.ScreenSaver"_s, u"org.gnome.ScreenSaver"_s, u"org.freedesktop.login1"_s})
        QVERIFY(desktop.registerService(name));
    QVERIFY(desktop.registerObject(u"/org/freedesktop/login1"_s, &m_logind, QDBusConnection::ExportAllSlots));
    m_lock = std::make_unique<SystemLock>();
    for (QDBusConnection connection : {QDBusConnection::sessionBus(), QDBusConnection::systemBus()})
        QVERIFY(connection.connect({}, u"/test"_s, u"test.Last"_s, u"Last"_s, this, SLOT(hearLast())));
    QTRY_COMPARE(m_logind.asked, QStringList{u"auto"_s});
    // The answer is on its way: its watcher goes with it.
    QTRY_VERIFY(m_lock->findChildren<QDBusPendingCallWatcher *>().isEmpty());
}

void TestSystemLock::locks_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("interface");
    QTest::addColumn<QString>("signal");
    QTest::addColumn<QVariantList>("arguments");
    QTest::addColumn<bool>("expected");

    const QString saver = u"org.freedesktop.ScreenSaver"_s;
    const QString active = u"ActiveChanged"_s;
    const QString manager = u"org.freedesktop.login1.Manager"_s;
    const QString session = u"org.freedesktop.login1.Session"_s;
    QTest::newRow("screen locked") << u"/org/freedesktop/ScreenSaver"_s << saver << active << QVariantList{true} << true;
    QTest::newRow("screen locked, KDE") << u"/ScreenSaver"_s << saver << active << QVariantList{true} << true;
    QTest::newRow("screen locked, GNOME")
        << u"/org/gnome/ScreenSaver"_s << u"org.gnome.ScreenSaver"_s << active << QVariantList{true} << true;
    QTest::newRow("screen open again")
        << u"/org/freedesktop/ScreenSaver"_s << saver << active << QVariantList{false} << false;
    QTest::newRow("about to sleep")
        << u"/org/freedesktop/login1"_s << manager << u"PrepareForSleep"_s << QVariantList{true} << true;
    QTest::newRow("awake again")
        << u"/org/freedesktop/login1"_s << manager << u"PrepareForSleep"_s << QVariantList{false} << false;
    QTest::newRow("this session locked") << sessionPath << session << u"Lock"_s << QVariantList{} << true;
    QTest::newRow("another's session locked")
        << u"/org/freedesktop/login1/session/_32"_s << session << u"Lock"_s << QVariantList{} << false;
}

void TestSystemLock::locks()
{
    QFETCH(const QString, path);
    QFETCH(const QString, interface);
    QFETCH(const QString, signal);
    QFETCH(const QVariantList, arguments);
    QFETCH(const bool, expected);
    QSignalSpy locked(m_lock.get(), &SystemLock::locked);
    const auto send = [this](const QString &where, const QString &of, const QString &name, const QVariantList &with) {
        QDBusMessage message = QDBusMessage::createSignal(where, of, name);
        message.setArguments(with);
        return bus().send(message);
    };
    QVERIFY(send(path, interface, signal, arguments));
    // What is sent later comes later: when this is here on both connections, the other is as well.
    const int before = m_heard;
    QVERIFY(send(u"/test"_s, u"test.Last"_s, u"Last"_s, {}));
    QTRY_COMPARE(m_heard, before + 2);
    QCOMPARE(locked.size(), expected ? 1 : 0);
}

void TestSystemLock::cleanupTestCase()
{
    m_lock.reset();
    QDBusConnection::disconnectFromBus(u"desktop"_s);
    m_daemon.terminate();
    m_daemon.waitForFinished();
}

QTEST_GUILESS_MAIN(TestSystemLock)
#include "tst_systemlock.moc"
