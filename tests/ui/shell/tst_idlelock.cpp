// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/ClipboardGuard.h"
#include "ui/shell/IdleLock.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace credenza;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestIdleLock final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void warnsThenExpires();
    void useEndsTheWarning();
    void neverWhileInactiveOrOff();
    void tellsTheMinutesLeft();
    void clipboardIsClearedWhenItsTimeIsOver();
    void clipboardOfOthersStays();
};

void TestIdleLock::warnsThenExpires()
{
    IdleLock idle;
    QSignalSpy warned(&idle, &IdleLock::warned);
    QSignalSpy expired(&idle, &IdleLock::expired);
    idle.setTimeout(60ms); // shorter than the warning: it comes at once
    idle.setActive(true);
    QTRY_COMPARE(expired.count(), 1);
    QVERIFY(warned.count() >= 1);
    QCOMPARE(warned.at(0).at(0).toInt(), 1);
}

void TestIdleLock::useEndsTheWarning()
{
    IdleLock idle;
    QSignalSpy warned(&idle, &IdleLock::warned);
    QSignalSpy resumed(&idle, &IdleLock::resumed);
    idle.setTimeout(20s);
    idle.setActive(true);
    QTRY_VERIFY(warned.count() >= 1);
    QWidget window;
    window.show();
    QTest::keyClick(&window, Qt::Key_A);
    QCOMPARE(resumed.count(), 1);
    QTest::keyClick(&window, Qt::Key_A);
    QCOMPARE(resumed.count(), 1);
}

void TestIdleLock::neverWhileInactiveOrOff()
{
    IdleLock idle;
    QSignalSpy expired(&idle, &IdleLock::expired);
    idle.setTimeout(1ms);
    QVERIFY(!expired.wait(50));
    idle.setActive(true);
    idle.setTimeout(0ms);
    QVERIFY(!expired.wait(50));
}

void TestIdleLock::tellsTheMinutesLeft()
{
    IdleLock idle;
    QSignalSpy changed(&idle, &IdleLock::minutesLeftChanged);
    idle.setTimeout(10min);
    QVERIFY(!idle.minutesLeft()); // nothing is open
    idle.setActive(true);
    QCOMPARE(idle.minutesLeft(), 10);
    QVERIFY(changed.count() >= 1);
    idle.setTimeout(0ms);
    QVERIFY(!idle.minutesLeft());
}

void TestIdleLock::clipboardIsClearedWhenItsTimeIsOver()
{
    ClipboardGuard guard;
    QGuiApplication::clipboard()->setText(u"copied"_s);
    if (!QGuiApplication::clipboard()->ownsClipboard())
        QSKIP("this platform does not tell whose the clipboard's content is");
    guard.setClearAfter(0s);
    guard.clear();
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    guard.setClearAfter(1s);
    QGuiApplication::clipboard()->setText(u"copied again"_s);
    QTRY_VERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void TestIdleLock::clipboardOfOthersStays()
{
    ClipboardGuard guard;
    guard.setClearAfter(0s);
    QGuiApplication::clipboard()->setText(u"stays"_s);
    QSignalSpy changed(QGuiApplication::clipboard(), &QClipboard::dataChanged);
    QVERIFY(!changed.wait(50));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"stays"_s);
}

QTEST_MAIN(TestIdleLock)
#include "tst_idlelock.moc"
