// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/DesktopNotifications.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QVariantMap>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

const QString serviceName = u"org.freedesktop.Notifications"_s;
const QString objectPath = u"/org/freedesktop/Notifications"_s;

/// Stands for the desktop's service.
class NotificationService final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown {
        QString title;
        QString body;
        QStringList actions;
    };
    QStringList capabilities;
    QList<Shown> shown;
    int timesAsked = 0;

public Q_SLOTS:
    QStringList GetCapabilities()
    {
        ++timesAsked;
        return capabilities;
    }
    uint Notify(const QString &, uint, const QString &, const QString &title, const QString &body,
                const QStringList &actions, const QVariantMap &, int)
    {
        shown.append({title, body, actions});
        return 40 + static_cast<uint>(shown.size());
    }
};

} // namespace

/// Notifications of the desktop, on a bus of the test's own.
class TestDesktopNotifications final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void saysWhereNobodyShowsThem();
    void shows_data();
    void shows();
    void leadsToTheWindow();
    void cleanupTestCase();

private:
    [[nodiscard]] QDBusConnection bus() const { return QDBusConnection(u"desktop"_s); }
    void tell(const QString &signal, const QVariantList &arguments) const;

    QProcess m_daemon;
    std::unique_ptr<NotificationService> m_service;
};

void TestDesktopNotifications::initTestCase()
{
    const QString program = QStandardPaths::findExecutable(u"dbus-daemon"_s);
    if (program.isEmpty())
        QSKIP("dbus-daemon is not installed");
    m_daemon.start(program, {u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address=1"_s});
    QVERIFY(m_daemon.waitForStarted() && m_daemon.waitForReadyRead());
    const QByteArray address = m_daemon.readLine().trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    QVERIFY(QDBusConnection::connectToBus(QString::fromLatin1(address), u"desktop"_s).isConnected());
}

void TestDesktopNotifications::init()
{
    m_service = std::make_unique<NotificationService>();
    QVERIFY(bus().registerObject(objectPath, m_service.get(), QDBusConnection::ExportAllSlots));
}

void TestDesktopNotifications::saysWhereNobodyShowsThem()
{
    DesktopNotifications notifications;
    QSignalSpy refused(&notifications, &DesktopNotifications::refused);
    notifications.show(u"Riverbend"_s, u"The server accepts it now."_s);
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(refused.first(), (QVariantList{u"Riverbend"_s, u"The server accepts it now."_s}));
    // A service that comes later is found.
    QVERIFY(bus().registerService(serviceName));
    notifications.show(u"Riverbend"_s, u"The server accepts it now."_s);
    QTRY_COMPARE(m_service->shown.size(), 1);
    QCOMPARE(refused.size(), 1);
    // And one that goes is missed.
    QVERIFY(bus().unregisterService(serviceName));
    notifications.show(u"Riverbend"_s, u"Again."_s);
    QTRY_COMPARE(refused.size(), 2);
}

void TestDesktopNotifications::shows_data()
{
    QTest::addColumn<QStringList>("capabilities");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("body");
    QTest::newRow("plain") << QStringList{} << u"<b>Lab</b> & more"_s << u"<b>Lab</b> & more"_s;
    QTest::newRow("markup") << QStringList{u"actions"_s, u"body-markup"_s} << u"<b>Lab</b> & more"_s
                            << u"&lt;b&gt;Lab&lt;/b&gt; &amp; more"_s;
}

void TestDesktopNotifications::shows()
{
    QFETCH(const QStringList, capabilities);
    QFETCH(const QString, text);
    QFETCH(const QString, body);
    m_service->capabilities = capabilities;
    QVERIFY(bus().registerService(serviceName));
    DesktopNotifications notifications;
    notifications.show(u"First"_s, text);
    QTRY_COMPARE(m_service->shown.size(), 1);
    notifications.show(u"Second"_s, text);
    QTRY_COMPARE(m_service->shown.size(), 2);
    QCOMPARE(m_service->timesAsked, 1);
    QCOMPARE(m_service->shown.at(0).title, u"First"_s);
    QCOMPARE(m_service->shown.at(1).body, body);
    QCOMPARE(m_service->shown.at(1).actions.first(), u"default"_s);
    QVERIFY(bus().unregisterService(serviceName));
}

void TestDesktopNotifications::tell(const QString &signal, const QVariantList &arguments) const
{
    QDBusMessage message = QDBusMessage::createSignal(objectPath, serviceName, signal);
    message.setArguments(arguments);
    QVERIFY(bus().send(message));
}

void TestDesktopNotifications::leadsToTheWindow()
{
    QVERIFY(bus().registerService(serviceName));
    DesktopNotifications notifications;
    QSignalSpy chosen(&notifications, &DesktopNotifications::chosen);
    notifications.show(u"First"_s, u"text"_s);
    notifications.show(u"Second"_s, u"text"_s);
    QTRY_COMPARE(m_service->shown.size(), 2);
    tell(u"ActionInvoked"_s, {uint(7), u"default"_s});   // another program's
    tell(u"ActionInvoked"_s, {uint(41), u"settings"_s}); // nothing we offered
    tell(u"NotificationClosed"_s, {uint(42), uint(2)});
    tell(u"ActionInvoked"_s, {uint(42), u"default"_s}); // gone from the screen
    tell(u"ActionInvoked"_s, {uint(41), u"default"_s});
    QTRY_COMPARE(chosen.size(), 1); // signals of one sender come in order: the others were heard before
    QVERIFY(bus().unregisterService(serviceName));
}

void TestDesktopNotifications::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(u"desktop"_s);
    m_daemon.terminate();
    QVERIFY(m_daemon.waitForFinished());
}

QTEST_GUILESS_MAIN(TestDesktopNotifications)
#include "tst_desktopnotifications.moc"
