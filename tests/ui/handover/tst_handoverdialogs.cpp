// SPDX-License-Identifier: Apache-2.0
#include "core/handover/VaultIdentities.h"
#include "tests/support/ResultMacros.h"
#include "tests/ui/session/SessionFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/handover/CredentialPicker.h"
#include "ui/handover/ExportDialog.h"
#include "ui/handover/ExportedFileList.h"
#include "ui/handover/IdentitiesCard.h"
#include "ui/handover/ImportDialog.h"
#include "ui/handover/ImportPlanModel.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
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
    void choosesCredentials();
    void offersWhatItWroteToBeDragged();
    void leavesTheKeyOutOfABundle();
    void opensWhatWasSentToTheVault();
    void asksWhereNoKeptIdentityFits();
    void makesAndRemovesIdentities();
    void everythingHasAName();

private:
    void chooseFormat(const QString &format);
    void waitForPlan();
    /// Of an identity that the vault keeps from now on.
    QString keptRecipient();
    void exportForRecipient(const QString &recipient, const QString &path);

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

QString TestHandoverDialogs::keptRecipient()
{
    QString recipient;
    const auto work = [this](Vault &vault) {
        return makeIdentity(vault, u"lab"_s, m_fixture->clock, m_fixture->random);
    };
    m_fixture->session.withVault<KeptIdentity>(this, work, [&recipient](const Result<KeptIdentity> &kept) {
        recipient = kept ? kept->recipient : kept.error().code;
    });
    return QTest::qWaitFor([&recipient] { return !recipient.isEmpty(); }, 20'000) ? recipient : QString();
}

void TestHandoverDialogs::exportForRecipient(const QString &recipient, const QString &path)
{
    m_export->openFor({m_id});
    find<SegmentedControl>(*m_export, u"bundleKind"_s)->setCurrentIndex(1);
    find<QPlainTextEdit>(*m_export, u"bundleRecipients"_s)->setPlainText(recipient);
    QSignalSpy exported(m_export, &ExportDialog::exported);
    m_export->saveTo(path);
    QVERIFY(exported.wait(20'000));
    find<Button>(*m_export, u"exportDone"_s)->click();
    QTRY_VERIFY(!m_export->isVisible());
}

void TestHandoverDialogs::choosesCredentials()
{
    for (const QString &name : {u"Birch Hill"_s, u"Cedar Point"_s})
        QVERIFY_RESULT(m_fixture->save(sampleDraft(name)));
    m_export->openFor({m_id});
    chooseFormat(u"dotenv"_s);
    find<QCheckBox>(*m_export, u"exportConsent"_s)->click();
    find<Button>(*m_export, u"exportChoose"_s)->click();
    auto *picker = m_window->findChild<CredentialPicker *>();
    QVERIFY(picker && picker->isOpen());
    auto *list = find<QListWidget>(*picker, u"pickerList"_s);
    QCOMPARE(list->count(), 3);
    QCOMPARE(list->item(0)->checkState(), Qt::Checked);
    QCOMPARE(list->item(1)->checkState(), Qt::Unchecked);
    // By key and by click, anywhere in the row.
    auto *choose = find<Button>(*picker, u"pickerChoose"_s);
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(list->item(0)->checkState(), Qt::Unchecked);
    QVERIFY(!choose->isEnabled());
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(2)).center());
    QCOMPARE(list->item(2)->checkState(), Qt::Checked);
    QVERIFY(choose->isEnabled());
    // What the filter hides stays as it is.
    QTest::keyClicks(find<QLineEdit>(*picker, u"pickerFilter"_s), u"birch"_s);
    QVERIFY(list->isRowHidden(0) && !list->isRowHidden(1) && list->isRowHidden(2));
    find<Button>(*picker, u"pickerAll"_s)->click();
    QCOMPARE(list->item(0)->checkState(), Qt::Unchecked);
    QCOMPARE(list->item(1)->checkState(), Qt::Checked);
    choose->click();
    QTRY_VERIFY(!picker->isVisible());
    QVERIFY(m_export->isOpen());
    QVERIFY(!find<QCheckBox>(*m_export, u"exportConsent"_s)->isChecked()); // it was for one key
    find<QCheckBox>(*m_export, u"exportConsent"_s)->click();
    QSignalSpy exported(m_export, &ExportDialog::exported);
    const QString path = m_fixture->folder.filePath(u"two.env"_s);
    m_export->saveTo(path);
    QVERIFY(exported.wait(20'000));
    QVERIFY(contentsOf(path).contains("# Birch Hill\n") && contentsOf(path).contains("# Cedar Point\n"));
    QVERIFY(!contentsOf(path).contains("Alder"));
}

void TestHandoverDialogs::offersWhatItWroteToBeDragged()
{
    m_export->openFor({m_id});
    chooseFormat(u"nexla"_s);
    find<QCheckBox>(*m_export, u"exportConsent"_s)->click();
    QSignalSpy exported(m_export, &ExportDialog::exported);
    const QString path = m_fixture->folder.filePath(u"epic.json"_s);
    m_export->saveTo(path);
    QVERIFY(exported.wait(20'000));
    auto *files = find<ExportedFileList>(*m_export, u"exportedFiles"_s);
    QVERIFY(files->isVisible());
    QCOMPARE(files->count(), 2); // with the body for the agent's API
    QVERIFY(files->dragEnabled());
    QCOMPARE(files->selectionModel()->selectedIndexes().size(), 2);
    // What a file manager gets when they are dropped there.
    const std::unique_ptr<QMimeData> dragged(files->model()->mimeData(files->selectionModel()->selectedIndexes()));
    QCOMPARE(dragged->urls(), QList<QUrl>({QUrl::fromLocalFile(path),
                                           QUrl::fromLocalFile(m_fixture->folder.filePath(u"epic.agent.json"_s))}));
    QCOMPARE(files->model()->supportedDragActions(), Qt::DropActions(Qt::CopyAction));
    QVERIFY(find<Note>(*m_export, u"exportWritten"_s)->text().contains(u"2"_s));
    QSignalSpy folder(m_export, &ExportDialog::folderRequested);
    find<Button>(*m_export, u"exportFolder"_s)->click();
    QCOMPARE(folder.first().first().toString(), path);
    QVERIFY(find<Button>(*m_export, u"exportDone"_s)->hasFocus());
    QTest::keyClick(find<Button>(*m_export, u"exportDone"_s), Qt::Key_Space);
    QTRY_VERIFY(!m_export->isVisible());
}

void TestHandoverDialogs::leavesTheKeyOutOfABundle()
{
    const QString recipient = keptRecipient();
    m_export->openFor({m_id});
    find<QCheckBox>(*m_export, u"withoutKeys"_s)->click();
    const QString path = m_fixture->folder.filePath(u"no-key.credenza.age"_s);
    exportForRecipient(recipient, path);
    m_import->openPath(path);
    waitForPlan();
    const PlannedImport &planned = m_import->findChild<ImportPlanModel *>()->entry(0);
    QVERIFY(planned.credential.name == u"Alder Creek");
    QVERIFY(planned.state == ImportState::Identical); // what a file has no key for says nothing of the key
}

void TestHandoverDialogs::opensWhatWasSentToTheVault()
{
    const QString path = m_fixture->folder.filePath(u"sent.credenza.age"_s);
    exportForRecipient(keptRecipient(), path);
    if (QTest::currentTestFailed())
        return;
    m_import->openPath(path);
    waitForPlan(); // without being asked for anything
    QVERIFY(!find<QLineEdit>(*m_import, u"importSecret"_s)->isVisible());
    QVERIFY(!find<Note>(*m_import, u"importNote"_s)->isVisible());
    // And who exports may add them.
    m_import->closeAtOnce();
    m_export->openFor({m_id});
    auto *own = find<Button>(*m_export, u"bundleAddOwn"_s);
    QVERIFY(!own->isVisible()); // it is there from the last time
    find<QPlainTextEdit>(*m_export, u"bundleRecipients"_s)->clear();
    QTRY_VERIFY(own->isVisible());
    own->click();
    QVERIFY(find<QPlainTextEdit>(*m_export, u"bundleRecipients"_s)->toPlainText().startsWith(u"age1"_s));
    QVERIFY(!own->isVisible());
    QVERIFY(find<Button>(*m_export, u"exportSave"_s)->isEnabled());
}

void TestHandoverDialogs::asksWhereNoKeptIdentityFits()
{
    QVERIFY(keptRecipient().startsWith(u"age1"_s));
    SystemRandom random;
    const QString path = m_fixture->folder.filePath(u"others.credenza.age"_s);
    exportForRecipient(AgeIdentity::generate(random).recipient().text(), path);
    if (QTest::currentTestFailed())
        return;
    m_import->openPath(path);
    QTRY_VERIFY_WITH_TIMEOUT(find<QLineEdit>(*m_import, u"importSecret"_s)->isVisible(), 20'000);
    QVERIFY(!find<Button>(*m_import, u"importNext"_s)->isEnabled());
}

void TestHandoverDialogs::makesAndRemovesIdentities()
{
    IdentitiesCard card(*m_theme, *m_window, m_fixture->session);
    card.setParent(m_window.get());
    card.setGeometry(0, 0, 700, 500);
    card.show();
    QSignalSpy copied(&card, &IdentitiesCard::copyRequested);
    QTest::keyClicks(find<QLineEdit>(card, u"identityLabel"_s), u"ward laptop"_s);
    find<Button>(card, u"makeIdentity"_s)->click();
    const auto rows = [&card] {
        QStringList recipients;
        for (const QWidget *row : card.findChildren<QWidget *>(u"identityRecipient"_s))
            if (row->isVisible())
                recipients << static_cast<const ElidingLabel *>(row)->text();
        return recipients;
    };
    QTRY_COMPARE(rows().size(), 1);
    QVERIFY(find<QLineEdit>(card, u"identityLabel"_s)->text().isEmpty());
    find<QAbstractButton>(card, u"copyRecipient"_s)->click();
    QCOMPARE(copied.first().last().toString(), rows().first());
    QCOMPARE(namelessControls(card), QStringList());
    find<QAbstractButton>(card, u"removeIdentity"_s)->click();
    auto *question = m_window->findChild<ConfirmPanel *>(u"removeIdentityQuestion"_s);
    QVERIFY(question);
    QCOMPARE(rows().size(), 1); // not before the answer
    question->deedButton()->click();
    QTRY_VERIFY(rows().isEmpty());
    m_fixture->session.lock();
    QTRY_VERIFY(!find<Button>(card, u"makeIdentity"_s)->isEnabled());
}

void TestHandoverDialogs::everythingHasAName()
{
    QCOMPARE(namelessControls(*m_export), QStringList());
    QCOMPARE(namelessControls(*m_import), QStringList());
}

} // namespace credenza::test

QTEST_MAIN(credenza::test::TestHandoverDialogs)
#include "tst_handoverdialogs.moc"
