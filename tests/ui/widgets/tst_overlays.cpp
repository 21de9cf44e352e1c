// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/Sheet.h"
#include "ui/widgets/Toast.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

/// A window with one button, to lay things over.
struct Host {
    explicit Host(const Theme &theme)
    {
        auto *layout = new QVBoxLayout(&window);
        content = new QWidget;
        auto *inner = new QVBoxLayout(content);
        button = new Button(theme, u"behind"_s);
        inner->addWidget(button);
        layout->addWidget(content);
        window.resize(1280, 820);
    }

    QWidget window;
    QWidget *content;
    Button *button;
};

ConfirmText discardText()
{
    return {u"Discard changes?"_s, u"What you typed is lost."_s, u"Keep editing"_s, u"Discard changes"_s};
}

} // namespace

class TestOverlays final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sheetTakesTheWindowAndGivesItBack();
    void tabStaysInsideTheSheet();
    void escapeAsks();
    void narrowWindowTurnsTheSideIntoATab();
    void sheetSlidesInAndOut();
    void escAndEnterKeep_data();
    void escAndEnterKeep();
    void deedNeedsClickOrSpace();
    void confirmOverASheetGivesTheSheetBack();
    void toastOffersItsActionOnce();
    void toastDoesOrLetsGo();

private:
    Theme m_theme{ThemeMode::Light};
};

void TestOverlays::sheetTakesTheWindowAndGivesItBack()
{
    m_theme.apply(*qApp);
    m_theme.setReducedMotion(true);
    Host host(m_theme);
    QVERIFY(showActive(host.window));
    host.button->setFocus();
    Sheet sheet(m_theme, host.window, u"Add New Credential"_s);
    auto *input = new LineEdit(m_theme);
    input->edit()->setAccessibleName(u"Name"_s);
    sheet.setMain(input, u"Form"_s);
    QSignalSpy closed(&sheet, &Sheet::closed);

    sheet.open(input->edit());
    QVERIFY(sheet.isVisible());
    QVERIFY(!host.content->isEnabled());
    QCOMPARE(QApplication::focusWidget(), input->edit());
    QCOMPARE(sheet.geometry(), host.window.rect());
    QVERIFY(namelessControls(sheet).isEmpty());

    sheet.close();
    QCOMPARE(closed.count(), 1);
    QVERIFY(!sheet.isVisible());
    QVERIFY(host.content->isEnabled());
    QCOMPARE(QApplication::focusWidget(), host.button);
}

void TestOverlays::tabStaysInsideTheSheet()
{
    m_theme.setReducedMotion(true);
    Host host(m_theme);
    QVERIFY(showActive(host.window));
    Sheet sheet(m_theme, host.window, u"Sheet"_s);
    auto *main = new QWidget;
    auto *column = new QVBoxLayout(main);
    auto *first = new LineEdit(m_theme);
    auto *second = new LineEdit(m_theme);
    column->addWidget(first);
    column->addWidget(second);
    sheet.setMain(main, u"Form"_s);
    auto *save = new Button(m_theme, u"Save"_s, ButtonKind::Primary);
    sheet.footer()->addWidget(save);
    sheet.open(first->edit());

    QSet<QWidget *> seen;
    for (int i = 0; i < 12; ++i) {
        QWidget *now = QApplication::focusWidget();
        QVERIFY(now && sheet.isAncestorOf(now));
        seen.insert(now);
        QTest::keyClick(now, Qt::Key_Tab);
    }
    QVERIFY(seen.contains(first->edit()));
    QVERIFY(seen.contains(second->edit()));
    QVERIFY(seen.contains(save));
    first->edit()->setFocus();
    QTest::keyClick(first->edit(), Qt::Key_Backtab);
    QVERIFY(sheet.isAncestorOf(QApplication::focusWidget()));
}

void TestOverlays::escapeAsks()
{
    m_theme.setReducedMotion(true);
    Host host(m_theme);
    QVERIFY(showActive(host.window));
    Sheet sheet(m_theme, host.window, u"Sheet"_s);
    auto *input = new LineEdit(m_theme);
    sheet.setMain(input, u"Form"_s);
    QSignalSpy asked(&sheet, &Sheet::requestClose);
    sheet.open(input->edit());
    QTest::keyClick(input->edit(), Qt::Key_Escape);
    QCOMPARE(asked.count(), 1);
    QVERIFY(sheet.isOpen()); // its owner decides
    find<IconButton>(sheet, u"sheetClose"_s)->click();
    QCOMPARE(asked.count(), 2);
}

void TestOverlays::narrowWindowTurnsTheSideIntoATab()
{
    m_theme.setReducedMotion(true);
    Host host(m_theme);
    QVERIFY(showActive(host.window));
    Sheet sheet(m_theme, host.window, u"Sheet"_s);
    auto *main = new QWidget;
    auto *side = new QWidget;
    sheet.setMain(main, u"Form"_s);
    sheet.setSide(side, u"Help"_s);
    sheet.open();
    QVERIFY(!sheet.isNarrow());
    QVERIFY(main->isVisible() && side->isVisible());
    QTRY_COMPARE(main->width(), 552);
    QCOMPARE(side->width(), 472);
    host.window.resize(1100, 700);
    QTRY_VERIFY(sheet.isNarrow());
    QVERIFY(main->isVisible() && !side->isVisible());
    sheet.showSide();
    QVERIFY(!main->isVisible() && side->isVisible());
    host.window.resize(1280, 820);
    QTRY_VERIFY(main->isVisible() && side->isVisible());
}

void TestOverlays::sheetSlidesInAndOut()
{
    m_theme.setReducedMotion(false);
    Host host(m_theme);
    QVERIFY(showActive(host.window));
    Sheet sheet(m_theme, host.window, u"Sheet"_s);
    auto *input = new LineEdit(m_theme);
    sheet.setMain(input, u"Form"_s);
    QSignalSpy opened(&sheet, &Sheet::opened);
    QSignalSpy closed(&sheet, &Sheet::closed);
    sheet.open(input->edit());
    QVERIFY(opened.isEmpty());
    QVERIFY(opened.wait(2000));
    sheet.close();
    QVERIFY(closed.wait(2000));
    QVERIFY(host.content->isEnabled());
}

void TestOverlays::escAndEnterKeep_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<QString>("where");
    QTest::newRow("Esc") << static_cast<int>(Qt::Key_Escape) << u"confirmKeep"_s;
    QTest::newRow("Enter") << static_cast<int>(Qt::Key_Return) << u"confirmKeep"_s;
    QTest::newRow("Esc on the deed") << static_cast<int>(Qt::Key_Escape) << u"confirmDeed"_s;
    QTest::newRow("Enter on the deed") << static_cast<int>(Qt::Key_Return) << u"confirmDeed"_s;
}

void TestOverlays::escAndEnterKeep()
{
    QFETCH(int, key);
    QFETCH(QString, where);
    m_theme.setReducedMotion(true);
    Host host(m_theme);
    QVERIFY(showActive(host.window));
    auto *confirm = new ConfirmPanel(m_theme, host.window, discardText());
    QSignalSpy kept(confirm, &ConfirmPanel::kept);
    QSignalSpy confirmed(confirm, &ConfirmPanel::confirmed);
    confirm->ask();
    auto *button = find<Button>(*confirm, where);
    button->setFocus();
    QTest::keyClick(button, static_cast<Qt::Key>(key));
    QCOMPARE(kept.count(), 1);
    QCOMPARE(confirmed.count(), 0);
}

void TestOverlays::deedNeedsClickOrSpace()
{
    m_theme.setReducedMotion(true);
    Host host(m_theme);
    QVERIFY(showActive(host.window));
    QPointer<ConfirmPanel> confirm = new ConfirmPanel(m_theme, host.window, discardText());
    QSignalSpy confirmed(confirm, &ConfirmPanel::confirmed);
    confirm->ask();
    QCOMPARE(QApplication::focusWidget(), find<Button>(*confirm, u"confirmKeep"_s));
    confirm->deedButton()->setFocus();
    QTest::keyClick(confirm->deedButton(), Qt::Key_Space);
    QCOMPARE(confirmed.count(), 1);
    QTRY_VERIFY(confirm.isNull()); // it deletes itself
}

void TestOverlays::confirmOverASheetGivesTheSheetBack()
{
    m_theme.setReducedMotion(true);
    Host host(m_theme);
    QVERIFY(showActive(host.window));
    Sheet sheet(m_theme, host.window, u"Sheet"_s);
    auto *input = new LineEdit(m_theme);
    sheet.setMain(input, u"Form"_s);
    sheet.open(input->edit());
    auto *confirm = new ConfirmPanel(m_theme, host.window, discardText());
    confirm->ask();
    QVERIFY(!sheet.isEnabled());
    QVERIFY(!host.content->isEnabled());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(sheet.isEnabled());
    QVERIFY(!host.content->isEnabled()); // still behind the sheet
    QCOMPARE(QApplication::focusWidget(), input->edit());
}

void TestOverlays::toastOffersItsActionOnce()
{
    m_theme.setReducedMotion(true);
    Host host(m_theme);
    QVERIFY(showActive(host.window));
    Toast toast(m_theme, host.window);
    QSignalSpy action(&toast, &Toast::actionTriggered);
    QSignalSpy expired(&toast, &Toast::expired);
    toast.showMessage(u"Deleted"_s, u"Undo"_s);
    QVERIFY(toast.isVisible());
    QVERIFY(host.window.rect().contains(toast.geometry()));
    toast.showMessage(u"Deleted another"_s, u"Undo"_s);
    QCOMPARE(expired.count(), 1); // the first can no longer be undone
    find<Button>(toast, u"toastAction"_s)->click();
    QCOMPARE(action.count(), 1);
    QVERIFY(!toast.isVisible());
    QCOMPARE(expired.count(), 1);
}

void TestOverlays::toastDoesOrLetsGo()
{
    Host host(m_theme);
    QVERIFY(showActive(host.window));
    Toast toast(m_theme, host.window);
    QStringList said;
    const auto say = [&said](const QString &word) { return [&said, word] { said << word; }; };
    QVERIFY(!toast.triggerAction());
    toast.offer(u"Deleted A"_s, u"Undo"_s, say(u"undo A"_s), say(u"gone A"_s));
    QVERIFY(toast.triggerAction());
    toast.offer(u"Deleted B"_s, u"Undo"_s, say(u"undo B"_s), say(u"gone B"_s));
    toast.showMessage(u"Something else"_s);
    QVERIFY(!toast.triggerAction()); // offers nothing
    toast.offer(u"Deleted C"_s, u"Undo"_s, say(u"undo C"_s), say(u"gone C"_s));
    host.window.close(); // the chance goes with the window, and says so
    toast.expire();
    toast.expire();
    QCOMPARE(said, QStringList({u"undo A"_s, u"gone B"_s, u"gone C"_s}));
}

QTEST_MAIN(TestOverlays)
#include "tst_overlays.moc"
