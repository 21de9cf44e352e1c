// SPDX-License-Identifier: Apache-2.0
#include "tests/support/FixedClock.h"
#include "tests/ui/screens/SampleTiles.h"
#include "tests/ui/support/UiTest.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/StatusBar.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

class TestMainWindow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_window.reset(); }
    void ctrlDigitsShowPages_data();
    void ctrlDigitsShowPages();
    void railShowsPages();
    void lockIsAskedFor();
    void nothingWorksWhileLocked();
    void nothingWorksBehindAnOverlay();
    void smallestSize();
    void themeIsChosenInSettings();
    void f6SwitchesBetweenRailAndPage();
    void everyControlHasAName();

private:
    Theme m_theme{ThemeMode::Light};
    FixedClock m_clock{sampleTime()};
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::init()
{
    m_theme.setMode(ThemeMode::Light);
    m_theme.setReducedMotion(true);
    m_window = std::make_unique<MainWindow>(m_theme);
    auto *page = new AuthenticatePage(m_theme, m_clock);
    page->setTiles(sampleTiles());
    m_window->setPage(RailEntry::Authenticate, page);
    m_window->setPage(RailEntry::Browse, new QWidget);
    m_window->setPage(RailEntry::Settings, new SettingsPage(m_theme, Preferences{}));
    m_window->setUnlock(new QWidget);
    m_window->statusBar().setVault(u"northlake.vault"_s, u"7 credentials"_s);
    m_window->showShell();
    QVERIFY(showActive(*m_window));
}

void TestMainWindow::ctrlDigitsShowPages_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<RailEntry>("entry");
    QTest::newRow("Ctrl+1") << static_cast<int>(Qt::Key_1) << RailEntry::Authenticate;
    QTest::newRow("Ctrl+2") << static_cast<int>(Qt::Key_2) << RailEntry::Browse;
    QTest::newRow("Ctrl+3") << static_cast<int>(Qt::Key_3) << RailEntry::Keys;
    QTest::newRow("Ctrl+4") << static_cast<int>(Qt::Key_4) << RailEntry::Activity;
    QTest::newRow("Ctrl+5") << static_cast<int>(Qt::Key_5) << RailEntry::Settings;
    QTest::newRow("Ctrl+,") << static_cast<int>(Qt::Key_Comma) << RailEntry::Settings;
}

void TestMainWindow::ctrlDigitsShowPages()
{
    QFETCH(int, key);
    QFETCH(RailEntry, entry);
    QSignalSpy shown(m_window.get(), &MainWindow::pageShown);
    QTest::keyClick(m_window.get(), static_cast<Qt::Key>(key), Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), entry);
    QCOMPARE(find<TextLabel>(*m_window, u"pageTitle"_s)->content(), railText(entry));
    QCOMPARE(shown.count(), 1);
}

void TestMainWindow::railShowsPages()
{
    auto *browse = find<QAbstractButton>(*m_window, u"rail2"_s);
    QTest::mouseClick(browse, Qt::LeftButton);
    QCOMPARE(m_window->currentPage(), RailEntry::Browse);
    QVERIFY(browse->isChecked());
    QTest::mouseClick(browse, Qt::LeftButton); // again: stays chosen
    QVERIFY(browse->isChecked());
    QVERIFY(!find<QAbstractButton>(*m_window, u"rail1"_s)->isChecked());
}

void TestMainWindow::lockIsAskedFor()
{
    QSignalSpy lock(m_window.get(), &MainWindow::lockRequested);
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
    QTest::mouseClick(find<QAbstractButton>(*m_window, u"railLock"_s), Qt::LeftButton);
    QCOMPARE(lock.count(), 2);
}

void TestMainWindow::nothingWorksWhileLocked()
{
    QSignalSpy shown(m_window.get(), &MainWindow::pageShown);
    QSignalSpy add(m_window->findChild<AuthenticatePage *>(), &AuthenticatePage::addRequested);
    m_window->showUnlock();
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    m_window->showPage(RailEntry::Keys);
    QVERIFY(!m_window->isShellShown());
    QVERIFY(shown.isEmpty());
    QVERIFY(add.isEmpty());
}

void TestMainWindow::nothingWorksBehindAnOverlay()
{
    QSignalSpy add(m_window->findChild<AuthenticatePage *>(), &AuthenticatePage::addRequested);
    QSignalSpy lock(m_window.get(), &MainWindow::lockRequested);
    auto *confirm = new ConfirmPanel(m_theme, *m_window, {u"Delete?"_s, u"Gone."_s, u"Keep"_s, u"Delete"_s});
    confirm->ask();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_N, Qt::ControlModifier);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_2, Qt::ControlModifier);
    QVERIFY(add.isEmpty());
    QCOMPARE(m_window->currentPage(), RailEntry::Authenticate);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QCOMPARE(add.count(), 1);
}

void TestMainWindow::smallestSize()
{
    QCOMPARE(m_window->minimumSize(), QSize(1024, 680));
    m_window->resize(1024, 680);
    QCOMPARE(m_window->size(), QSize(1024, 680));
    QVERIFY(m_window->minimumSizeHint().width() <= 1024);
    QVERIFY(m_window->minimumSizeHint().height() <= 680);
}

void TestMainWindow::themeIsChosenInSettings()
{
    m_window->showPage(RailEntry::Settings);
    auto *settings = m_window->findChild<SettingsPage *>();
    QSignalSpy changed(settings, &SettingsPage::preferencesChanged);
    find<SegmentedControl>(*settings, u"themeMode"_s)->setCurrentIndex(2);
    QCOMPARE(m_theme.mode(), ThemeMode::Dark);
    QCOMPARE(changed.count(), 1);
    find<QAbstractButton>(*settings, u"reduceMotion"_s)->click();
    QVERIFY(m_theme.reducedMotion());
    QCOMPARE(changed.count(), 2);
}

void TestMainWindow::f6SwitchesBetweenRailAndPage()
{
    auto *page = m_window->findChild<AuthenticatePage *>();
    connect(m_window.get(), &MainWindow::pageShown, page, &AuthenticatePage::start);
    page->start();
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QCOMPARE(QApplication::focusWidget(), find<QWidget>(*m_window, u"rail1"_s));
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(page->isAncestorOf(QApplication::focusWidget()));
}

void TestMainWindow::everyControlHasAName()
{
    QVERIFY2(namelessControls(*m_window).isEmpty(), qPrintable(namelessControls(*m_window).join(u", "_s)));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
