// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/BackupWiring.h"
#include "tests/support/ResultMacros.h"
#include "tests/ui/session/SessionFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CheckBox.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/TextLabel.h"
#include "ui/widgets/Toast.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QTest>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

/// The backups of a vault as a person deals with them in Settings: real session, real files.
class TestBackups final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesOneNow();
    void keepsThePlan();
    void choosesAFolder();
    void saysWhyNoneWasMade();
    void restoresAfterAQuestion();
    void keepsTheVaultOfToday();
    void damagedBackupIsNotRestored();
    void lockedVaultShowsNothing();
    void showsTheLatestOfMany();

private:
    [[nodiscard]] BackupsCard &card() { return *m_window->findChild<BackupsCard *>(); }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_fixture->folder.filePath(u"vault backups"_s)).entryList({u"*.credenza"_s}, QDir::Files);
    }
    [[nodiscard]] qsizetype rows() { return card().findChildren<Button *>(u"restoreBackup"_s).size(); }
    void backUpNow();

    Theme m_theme{ThemeMode::Light};
    std::unique_ptr<SessionFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<BackupWiring> m_wiring;
};

void TestBackups::init()
{
    m_theme.setReducedMotion(true);
    m_wiring.reset();
    m_window.reset();
    m_fixture = std::make_unique<SessionFixture>();
    QVERIFY(m_fixture->create());
    QVERIFY_RESULT(m_fixture->save(sampleDraft(u"Northlake"_s)));
    m_window = std::make_unique<MainWindow>(m_theme);
    auto *settings = new SettingsPage(m_theme, Preferences{});
    m_window->setPage(RailEntry::Settings, settings);
    m_wiring = std::make_unique<BackupWiring>(m_theme, *m_window, m_fixture->session, *settings);
    settings->showSection(SettingsSection::Vault);
    m_window->showShell();
    m_window->showPage(RailEntry::Settings);
    m_window->resize(1280, 1400);
    QVERIFY(showActive(*m_window));
    QTRY_COMPARE(find<TextLabel>(card(), u"backupSummary"_s)->content(), u"None yet."_s);
}

void TestBackups::backUpNow()
{
    const qsizetype before = rows();
    m_fixture->clock.advance(std::chrono::seconds(1));
    QTest::mouseClick(find<Button>(card(), u"backUpNow"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(rows(), before + 1, 10'000);
}

void TestBackups::makesOneNow()
{
    QCOMPARE(namelessControls(card()), QStringList());
    backUpNow();
    QCOMPARE(files().size(), 1);
    QVERIFY(find<TextLabel>(card(), u"backupSummary"_s)->content().startsWith(u"1 backup"_s));
    QVERIFY(m_window->toast().text().contains(u"backup was made"_s));
    backUpNow();
    QCOMPARE(files().size(), 2);
    QCOMPARE(namelessControls(card()), QStringList());
}

void TestBackups::keepsThePlan()
{
    QVERIFY(find<CheckBox>(card(), u"makeBackups"_s)->isChecked());
    find<CheckBox>(card(), u"makeBackups"_s)->click();
    auto *keep = find<ComboBox>(card(), u"keepBackups"_s);
    QCOMPARE(keep->currentData().toInt(), 10);
    keep->setCurrentIndex(keep->findData(3));
    const auto saved = [this] {
        std::optional<BackupPlan> plan;
        m_fixture->session.withVault<BackupPlan>(
            this, [](Vault &vault) { return backupPlan(vault); },
            [&plan](const Result<BackupPlan> &answer) { plan = *answer; });
        return QTest::qWaitFor([&plan] { return plan.has_value(); }) ? *plan : BackupPlan();
    };
    QTRY_COMPARE(saved().keep, 3);
    QVERIFY(!saved().isOn);
    for (int i = 0; i < 4; ++i) {
        m_fixture->clock.advance(std::chrono::seconds(1));
        QTRY_VERIFY(!find<Button>(card(), u"backUpNow"_s)->isBusy());
        find<Button>(card(), u"backUpNow"_s)->click();
    }
    QTRY_VERIFY(!find<Button>(card(), u"backUpNow"_s)->isBusy());
    QCOMPARE(files().size(), 3);
    QVERIFY(!find<CheckBox>(card(), u"makeBackups"_s)->isChecked());
}

void TestBackups::choosesAFolder()
{
    const QString elsewhere = m_fixture->folder.filePath(u"elsewhere"_s);
    QVERIFY(QDir().mkdir(elsewhere));
    QVERIFY(!find<Button>(card(), u"backupsBesideVault"_s)->isEnabled());
    find<Button>(card(), u"chooseBackupFolder"_s)->click();
    QTRY_VERIFY(m_window->findChild<QFileDialog *>());
    auto *dialog = m_window->findChild<QFileDialog *>();
    Q_EMIT dialog->fileSelected(elsewhere);
    dialog->close();
    QTRY_COMPARE(find<ElidingLabel>(card(), u"backupFolder"_s)->text(), elsewhere);
    backUpNow();
    QCOMPARE(QDir(elsewhere).entryList(QDir::Files).size(), 1);
    QTRY_VERIFY(find<Button>(card(), u"backupsBesideVault"_s)->isEnabled());
    find<Button>(card(), u"backupsBesideVault"_s)->click();
    QTRY_VERIFY(find<ElidingLabel>(card(), u"backupFolder"_s)->text().endsWith(u"vault backups"_s));
    QTRY_COMPARE(rows(), 0); // those elsewhere stay there
}

void TestBackups::saysWhyNoneWasMade()
{
    // A file where the folder should be.
    QFile inTheWay(m_fixture->folder.filePath(u"vault backups"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    find<Button>(card(), u"backUpNow"_s)->click();
    auto *failure = find<Note>(card(), u"backupFailure"_s);
    QTRY_VERIFY(failure->isVisible());
    QVERIFY(failure->text().contains(u"folder for backups"_s));
    QVERIFY(!find<Button>(card(), u"backUpNow"_s)->isBusy());
    QVERIFY(inTheWay.remove());
    backUpNow();
    QVERIFY(!failure->isVisible());
}

void TestBackups::restoresAfterAQuestion()
{
    backUpNow();
    QVERIFY_RESULT(m_fixture->save(sampleDraft(u"Riverbend"_s)));
    QCOMPARE(m_fixture->session.credentials().size(), 2);
    find<Button>(card(), u"restoreBackup"_s)->click();
    auto *question = m_window->findChild<ConfirmPanel *>(u"restoreQuestion"_s);
    QVERIFY(question);
    QCOMPARE(m_fixture->session.state(), VaultSession::State::Unlocked); // it was only asked
    QTest::mouseClick(question->deedButton(), Qt::LeftButton);
    QTRY_COMPARE(m_fixture->session.state(), VaultSession::State::Locked);
    QTRY_VERIFY(m_window->toast().text().contains(u"was restored"_s));
    const auto aside = QDir(m_fixture->folder.path()).entryList({u"vault replaced *.credenza"_s}, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QVERIFY(m_window->toast().text().contains(aside.first()));

    QVERIFY(m_fixture->unlock());
    QCOMPARE(m_fixture->session.credentials().size(), 1);
    QCOMPARE(m_fixture->session.credentials().first().name, u"Northlake"_s);
    QVERIFY(m_fixture->session.damage().isEmpty()); // that it is of the past is what was asked for
    // And back again: the vault of that day is a vault like any other.
    const auto today = Vault::open(m_fixture->folder.filePath(aside.first()),
                                   SecretBytes::copyOf(QByteArrayView(SessionFixture::rightPassphrase)),
                                   m_fixture->clock, m_fixture->random);
    QVERIFY_RESULT(today);
    QCOMPARE(today->credentials().size(), 2);
}

void TestBackups::keepsTheVaultOfToday()
{
    backUpNow();
    find<Button>(card(), u"restoreBackup"_s)->click();
    auto *question = m_window->findChild<ConfirmPanel *>(u"restoreQuestion"_s);
    QVERIFY(question);
    QTest::keyClick(question, Qt::Key_Return); // Enter keeps
    QTRY_VERIFY(!m_window->findChild<ConfirmPanel *>(u"restoreQuestion"_s));
    QCOMPARE(m_fixture->session.state(), VaultSession::State::Unlocked);
    QCOMPARE(QDir(m_fixture->folder.path()).entryList({u"vault replaced *"_s}, QDir::Files).size(), 0);
}

void TestBackups::damagedBackupIsNotRestored()
{
    backUpNow();
    QFile backup(m_fixture->folder.filePath(u"vault backups/"_s + files().first()));
    QVERIFY(backup.open(QIODevice::ReadWrite));
    QVERIFY(backup.seek(3622));
    QVERIFY(backup.putChar('!'));
    backup.close();
    find<Button>(card(), u"restoreBackup"_s)->click();
    QTest::mouseClick(m_window->findChild<ConfirmPanel *>(u"restoreQuestion"_s)->deedButton(), Qt::LeftButton);
    QTRY_VERIFY(find<Note>(card(), u"backupFailure"_s)->isVisible());
    QCOMPARE(m_fixture->session.state(), VaultSession::State::Unlocked); // nothing happened
    QCOMPARE(m_fixture->session.credentials().size(), 1);
}

void TestBackups::lockedVaultShowsNothing()
{
    backUpNow();
    m_fixture->session.lock();
    QTRY_COMPARE(rows(), 0);
    QVERIFY(!find<Button>(card(), u"backUpNow"_s)->isEnabled());
    QVERIFY(!find<CheckBox>(card(), u"makeBackups"_s)->isEnabled());
    QVERIFY(m_fixture->unlock());
    QTRY_COMPARE(rows(), 1);
}

void TestBackups::showsTheLatestOfMany()
{
    BackupsCard many(m_theme);
    ShownBackups shown{{true, {}, 300}, u"/backups"_s, {}};
    for (int day = 0; day < 300; ++day)
        shown.backups.append(
            {u"/backups/%1"_s.arg(day), QDateTime(QDate(2026, 5, 1).addDays(-day), {}, Qt::UTC), 4096});
    many.setBackups(shown);
    QCOMPARE(many.findChildren<Button *>(u"restoreBackup"_s).size(), 12);
    QCOMPARE(find<ComboBox>(many, u"keepBackups"_s)->currentData().toInt(), 300);
    QStringList texts;
    for (const TextLabel *label : many.findChildren<TextLabel *>())
        texts << label->content();
    QCOMPARE(texts.filter(u"288 older"_s).size(), 1);
}

QTEST_MAIN(TestBackups)
#include "tst_backups.moc"
