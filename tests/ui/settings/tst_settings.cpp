// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"
#include "ui/settings/SettingsPage.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/SegmentedControl.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QListWidget>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace credenza;
using namespace credenza::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestSettings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void preferencesComeBack();
    void nonsenseIsLeftOut_data();
    void nonsenseIsLeftOut();
    void choicesAreTold();
    void appearanceChangesAtOnce();
    void anUncommonChoiceIsKept();
    void sectionsAreChosenByKeys();
    void networkIsCheckedBeforeItIsKept_data();
    void networkIsCheckedBeforeItIsKept();
    void trayIsOnlyOfferedWhereThereIsOne();
    void everyControlHasAName();

private:
    Theme m_theme{ThemeMode::Light};
};

void TestSettings::preferencesComeBack()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"credenza.ini"_s);
    Preferences chosen{.theme = ThemeMode::Dark,
                       .highContrast = true,
                       .reducedMotion = true,
                       .textPercent = 150,
                       .lockAfter = 5min,
                       .lockOnMinimize = true,
                       .clearClipboardAfter = 0s,
                       .keepInTray = true,
                       .credentialsAsTable = true,
                       .credentialOrder = u"Name"_s,
                       .checklistDone = true,
                       .network = {.proxy = u"http://proxy.example.org:3128"_s, .authorityPem = "pem", .timeout = 60s},
                       .windowGeometry = "geometry"};
    {
        QSettings settings(path, QSettings::IniFormat);
        QCOMPARE(loadPreferences(settings), Preferences{});
        savePreferences(settings, chosen);
    }
    const QSettings again(path, QSettings::IniFormat);
    QCOMPARE(loadPreferences(again), chosen);
}

void TestSettings::nonsenseIsLeftOut_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::newRow("negative") << u"security/lockAfterMinutes"_s << u"-5"_s;
    QTest::newRow("endless") << u"security/lockAfterMinutes"_s << u"99999999"_s;
    QTest::newRow("no number") << u"security/clearClipboardAfterSeconds"_s << u"soon"_s;
    QTest::newRow("no theme") << u"appearance/theme"_s << u"pink"_s;
}

void TestSettings::nonsenseIsLeftOut()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"credenza.ini"_s), QSettings::IniFormat);
    settings.setValue(key, value);
    QCOMPARE(loadPreferences(settings), Preferences{}); // above all: a broken file never turns locking off
}

void TestSettings::choicesAreTold()
{
    SettingsPage page(m_theme, Preferences{});
    QSignalSpy changed(&page, &SettingsPage::preferencesChanged);
    auto *after = find<ComboBox>(page, u"lockAfter"_s);
    QCOMPARE(after->currentData().toInt(), 10);
    after->setCurrentIndex(after->findData(0));
    find<ComboBox>(page, u"clearClipboard"_s)->setCurrentIndex(0);
    find<QAbstractButton>(page, u"lockOnMinimize"_s)->click();
    QCOMPARE(changed.count(), 3);
    QCOMPARE(page.preferences().lockAfter, 0min);
    QCOMPARE(page.preferences().clearClipboardAfter, 10s);
    QVERIFY(page.preferences().lockOnMinimize);
}

void TestSettings::appearanceChangesAtOnce()
{
    SettingsPage page(m_theme, Preferences{});
    const QColor before = m_theme.color(Role::Line);
    find<QAbstractButton>(page, u"highContrast"_s)->click();
    QVERIFY(m_theme.isHighContrast());
    QVERIFY(m_theme.color(Role::Line) != before);
    find<SegmentedControl>(page, u"themeMode"_s)->setCurrentIndex(2);
    QVERIFY(m_theme.isDark());
    find<QAbstractButton>(page, u"reduceMotion"_s)->click();
    QCOMPARE(m_theme.duration(160), 0);
    find<QAbstractButton>(page, u"highContrast"_s)->click();
    QVERIFY(!m_theme.isHighContrast());
    m_theme.setMode(ThemeMode::Light);
    m_theme.setReducedMotion(false);
}

void TestSettings::anUncommonChoiceIsKept()
{
    Preferences chosen;
    chosen.lockAfter = 7min;
    SettingsPage page(m_theme, chosen);
    QCOMPARE(find<ComboBox>(page, u"lockAfter"_s)->currentData().toInt(), 7);
}

void TestSettings::sectionsAreChosenByKeys()
{
    SettingsPage page(m_theme, Preferences{});
    page.resize(1192, 700);
    QVERIFY(showActive(page));
    page.start();
    auto *list = find<QListWidget>(page, u"settingsSections"_s);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(page.section(), SettingsSection::Network);
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(page.section(), SettingsSection::Appearance);
    QVERIFY(find<QWidget>(page, u"themeMode"_s)->isVisible());
    QVERIFY(!find<QWidget>(page, u"lockAfter"_s)->isVisible());
    page.showSection(SettingsSection::About);
    QCOMPARE(list->currentRow(), 5);
}

void TestSettings::networkIsCheckedBeforeItIsKept_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("kept");
    QTest::newRow("no address") << u"proxy"_s << QString();
    QTest::newRow("wrong scheme") << u"ftp://proxy.example.org"_s << QString();
    QTest::newRow("http") << u" http://proxy.example.org:3128 "_s << u"http://proxy.example.org:3128"_s;
    QTest::newRow("socks5") << u"socks5://proxy.example.org:1080"_s << u"socks5://proxy.example.org:1080"_s;
}

void TestSettings::networkIsCheckedBeforeItIsKept()
{
    QFETCH(QString, typed);
    QFETCH(QString, kept);
    SettingsPage page(m_theme, Preferences{});
    page.showSection(SettingsSection::Network);
    QVERIFY(showActive(page));
    QSignalSpy told(&page, &SettingsPage::preferencesChanged);
    auto *proxy = find<QLineEdit>(page, u"networkProxy"_s);
    proxy->setFocus();
    QTest::keyClicks(proxy, typed);
    QTest::keyClick(proxy, Qt::Key_Return);
    QCOMPARE(page.preferences().network.proxy, kept);
    QCOMPARE(told.count(), kept.isEmpty() ? 0 : 1);
    auto *field = find<FormField>(page, u"networkProxyField"_s);
    QCOMPARE(field->state() == FieldState::Error, kept.isEmpty());
    // What is wrong can be mended.
    proxy->clear();
    QTest::keyClick(proxy, Qt::Key_Return);
    QVERIFY(field->state() != FieldState::Error);
    QVERIFY(page.preferences().network.proxy.isEmpty());
}

void TestSettings::trayIsOnlyOfferedWhereThereIsOne()
{
    SettingsPage page(m_theme, Preferences{});
    auto *tray = find<QWidget>(page, u"keepInTray"_s);
    QVERIFY(tray->isHidden());
    page.setTrayAvailable(true);
    QVERIFY(!tray->isHidden());
}

void TestSettings::everyControlHasAName()
{
    SettingsPage page(m_theme, Preferences{});
    QCOMPARE(namelessControls(page), QStringList());
}

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
