// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ResultMacros.h"
#include "tests/ui/session/SessionFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/handover/ExportDialog.h"
#include "ui/handover/ImportDialog.h"
#include "ui/handover/ImportPlanModel.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The dialogs that hand credentials over, driven as a person does.
class TestHandoverDialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keysInTheOpenNeedATick();
    void previewsShowNoKey();
    void leavesTheKeyOut();
    void bundleNeedsAPassphraseTwice();
    void bundleGoesOutAndComesIn();
    void showsWhatDiffersAndReplaces();
    void saysWhyAFileCanNotBeRead();
    void everythingHasAName();

private:
    void chooseFormat(const QString &format);
    void waitForPlan();

    std::unique_ptr<SessionFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<Theme> m_theme;
    ExportDialog *m_export = nullptr;
    ImportDialog *m_import = nullptr;
    QUuid m_id;
};

void TestHandoverDialogs::init()
{
    m_fixture = std::make_unique<SessionFixture>();
    QVERIFY(m_fixture->create());
    const auto saved = m_fixture->save(sampleDraft(u"Alder Creek"_s));
    QVERIFY_RESULT(saved);
    m_id = saved->id;
    m_theme = std::make_unique<Theme>(ThemeMode::Light, 1.0);
    m_window = std::make_unique<QWidget>();
    m_window->resize(1280, 820);
    m_export = new ExportDialog(*m_theme, *m_window, m_fixture->session);
    m_import = new ImportDialog(*m_theme, *m_window, m_fixture->session);
    QVERIFY(showActive(*m_window));
}

void TestHandoverDialogs::cleanup()
{
    m_window.reset();
    m_fixture.reset();
    m_theme.reset();
}

void TestHandoverDialogs::chooseFormat(const QString &format)
{
    find<QRadioButton>(*m_export, u"format-"_s + format)->click();
}

void TestHandoverDialogs::waitForPlan()
{
    auto *table = find<DataTable>(*m_import, u"importTable"_s);
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() > 0, 20'000);
}

void TestHandoverDialogs::keysInTheOpenNeedATick()
{
    m_export->openFor({m_id});
    chooseFormat(u"kubernetes"_s);
    auto *save = find<Button>(*m_export, u"exportSave"_s);
    QVERIFY(!save->isEnabled());
    QVERIFY(!save->toolTip().isEmpty());
    const QString path = m_fixture->folder.filePath(u"secret.yaml"_s);
    m_export->saveTo(path); // as if something got around the button
    QVERIFY(!QFile::exists(path));
    find<QCheckBox>(*m_export, u"exportConsent"_s)->click();
    QVERIFY(save->isEnabled());
    QSignalSpy exported(m_export, &ExportDialog::exported);
    m_export->saveTo(path);
    QVERIFY(exported.wait(20'000));
    QVERIFY(contentsOf(path).contains("BEGIN PRIVATE KEY"));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    // The consent was for that once.
    m_export->openFor({m_id});
    chooseFormat(u"kubernetes"_s);
    QVERIFY(!find<QCheckBox>(*m_export, u"exportConsent"_s)->isChecked());
}

void TestHandoverDialogs::previewsShowNoKey()
{
    m_export->openFor({m_id});
    for (const ExportFormat &format : exportFormats()) {
        chooseFormat(format.id);
        const QString text = find<CodeBlock>(*m_export, u"exportPreview"_s)->code();
        QVERIFY2(!text.isEmpty(), qPrintable(format.id));
        QVERIFY(!text.contains(u"BEGIN PRIVATE"_s));
    }
}

void TestHandoverDialogs::leavesTheKeyOut()
{
    m_export->openFor({m_id});
    chooseFormat(u"vault-kv"_s);
    find<QCheckBox>(*m_export, u"withoutKeys"_s)->click();
    QVERIFY(!find<QCheckBox>(*m_export, u"exportConsent"_s)->isVisible());
    const QString path = m_fixture->folder.filePath(u"epic.json"_s);
    QSignalSpy exported(m_export, &ExportDialog::exported);
    m_export->saveTo(path);
    QVERIFY(exported.wait(20'000));
    QVERIFY(!contentsOf(path).contains("PRIVATE KEY"));
}

void TestHandoverDialogs::bundleNeedsAPassphraseTwice()
{
    m_export->openFor({m_id});
    auto *save = find<Button>(*m_export, u"exportSave"_s);
    QVERIFY(!save->isEnabled());
    QTest::keyClicks(find<QLineEdit>(*m_export, u"bundlePassphrase"_s), u"plum ridge orbit candle 41"_s);
    QVERIFY(!save->isEnabled());
    QTest::keyClicks(find<QLineEdit>(*m_export, u"bundlePassphraseAgain"_s), u"plum ridge orbit candle 41"_s);
    QVERIFY(save->isEnabled());
    find<SegmentedControl>(*m_export, u"bundleKind"_s)->setCurrentIndex(1);
    QVERIFY(!save->isEnabled());
    find<QPlainTextEdit>(*m_export, u"bundleRecipients"_s)->setPlainText(u"age1nonsense"_s);
    QVERIFY(!save->isEnabled());
}

void TestHandoverDialogs::bundleGoesOutAndComesIn()
{
    SystemRandom random;
    const AgeIdentity identity = AgeIdentity::generate(random);
    m_export->openFor({m_id});
    find<SegmentedControl>(*m_export, u"bundleKind"_s)->setCurrentIndex(1);
    find<QPlainTextEdit>(*m_export, u"bundleRecipients"_s)->setPlainText(identity.recipient().text());
    const QString path = m_fixture->folder.filePath(m_export->suggestedName());
    QVERIFY(path.endsWith(u"alder-creek.credenza.age"_s));
    QSignalSpy exported(m_export, &ExportDialog::exported);
    m_export->saveTo(path);
    QVERIFY(exported.wait(20'000));

    SessionFixture other;
    QVERIFY(other.create());
    ImportDialog import(*m_theme, *m_window, other.session);
    QSignalSpy imported(&import, &ImportDialog::imported);
    import.openPath(path);
    auto *secret = find<QLineEdit>(import, u"importSecret"_s);
    QTRY_VERIFY(secret->isVisible());
    QTest::keyClicks(secret, u"AGE-SECRET-KEY-1WRONG"_s);
    QTest::keyClick(secret, Qt::Key_Return);
    QTRY_VERIFY(find<Note>(import, u"importNote"_s)->isVisible());
    QTest::keyClicks(secret, QString::fromLatin1(identity.text().charView()));
    QTest::keyClick(secret, Qt::Key_Return);
    auto *next = find<Button>(import, u"importNext"_s);
    QTRY_VERIFY(find<DataTable>(import, u"importTable"_s)->isVisible());
    QVERIFY(next->text().contains(u"1 credential"_s));
    next->click();
    QVERIFY(imported.wait(20'000));
    QTRY_COMPARE(other.session.credentials().size(), 1);
    QCOMPARE(other.session.credentials().first().name, u"Alder Creek"_s);
    QSignalSpy undone(&import, &ImportDialog::undone);
    import.undo(imported.first().first().value<std::shared_ptr<ImportOutcome>>());
    QVERIFY(undone.wait(20'000));
    QTRY_VERIFY(other.session.credentials().isEmpty());
}

void TestHandoverDialogs::showsWhatDiffersAndReplaces()
{
    m_export->openFor({m_id});
    chooseFormat(u"keepass"_s);
    find<QCheckBox>(*m_export, u"exportConsent"_s)->click();
    const QString path = m_fixture->folder.filePath(u"in.xml"_s);
    QSignalSpy exported(m_export, &ExportDialog::exported);
    m_export->saveTo(path);
    QVERIFY(exported.wait(20'000));
    QByteArray xml = contentsOf(path);
    xml.replace(m_fixture->session.credentials().first().clientId.toUtf8(), "another-client");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(xml);
    file.close();
    m_import->openPath(path);
    waitForPlan();
    auto *model = m_import->findChild<ImportPlanModel *>();
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(find<CodeBlock>(*m_import, u"importDifferences"_s)->code().contains(u"another-client"_s));
    auto *next = find<Button>(*m_import, u"importNext"_s);
    QVERIFY(!next->isEnabled()); // nothing was chosen
    find<SegmentedControl>(*m_import, u"importForOne"_s)->setCurrentIndex(1);
    QVERIFY(next->isEnabled());
    find<SegmentedControl>(*m_import, u"importForAll"_s)->setCurrentIndex(2);
    QCOMPARE(model->entry(0).action, ImportAction::Copy);
    find<SegmentedControl>(*m_import, u"importForAll"_s)->setCurrentIndex(1);
    QSignalSpy imported(m_import, &ImportDialog::imported);
    next->click();
    QVERIFY(imported.wait(20'000));
    QTRY_COMPARE(m_fixture->session.credentials().first().clientId, u"another-client"_s);
    QCOMPARE(m_fixture->session.credentials().size(), 1);
}

void TestHandoverDialogs::saysWhyAFileCanNotBeRead()
{
    const QString path = m_fixture->folder.filePath(u"nonsense.txt"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("nonsense");
    file.close();
    m_import->openPath(path);
    auto *note = find<Note>(*m_import, u"importNote"_s);
    QTRY_VERIFY(note->isVisible());
    QVERIFY(!note->text().isEmpty());
    QVERIFY(!find<Button>(*m_import, u"importNext"_s)->isEnabled());
}

void TestHandoverDialogs::everythingHasAName()
{
    QCOMPARE(namelessControls(*m_export), QStringList());
    QCOMPARE(namelessControls(*m_import), QStringList());
}

} // namespace credenza::test

QTEST_MAIN(credenza::test::TestHandoverDialogs)
#include "tst_handoverdialogs.moc"
