// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/app/RunningApplication.h"
#include "tests/support/ResultMacros.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/backups/BackupsCard.h"
#include "ui/handover/ExportDialog.h"
#include "ui/handover/ImportDialog.h"
#include "ui/keyslots/KeySlotsCard.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/Scrim.h"
#include "ui/widgets/Toast.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>
#include <map>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

/// What is typed into a flow before it comes to nothing.
const QString typed = u"quartz typed halfway"_s;

/// A vault with one credential, open in the running application.
struct Desk {
    SessionFixture fixture;
    std::unique_ptr<RunningApplication> running;
    QUuid id;

    [[nodiscard]] bool prepare()
    {
        if (!fixture.create())
            return false;
        const auto saved = fixture.save(sampleDraft(u"Alder Creek"_s));
        if (!saved)
            return false;
        id = saved->id;
        running = std::make_unique<RunningApplication>(fixture, fixture.session);
        return QTest::qWaitFor([this] { return running->sheet() != nullptr; }) && showActive(window());
    }
    [[nodiscard]] MainWindow &window() const { return running->window(); }
    template <typename T> [[nodiscard]] T *the() const { return window().findChild<T *>(); }
    /// What is open over the window.
    [[nodiscard]] int openOnes() const
    {
        const auto scrims = window().findChildren<Scrim *>();
        const auto dialogs = window().findChildren<QDialog *>();
        return static_cast<int>(std::ranges::count_if(scrims, &Scrim::isOpen) +
                                std::ranges::count_if(dialogs, &QDialog::isVisible));
    }
    /// Where a key that is pressed arrives.
    [[nodiscard]] QWidget *onTop() const
    {
        for (QFileDialog *dialog : window().findChildren<QFileDialog *>())
            if (dialog->isVisible())
                return dialog;
        window().activateWindow();
        const bool hasFocus = QTest::qWaitFor([] { return QApplication::focusWidget() != nullptr; });
        return hasFocus ? QApplication::focusWidget() : &window();
    }
    void type(const QString &name) const
    {
        auto *edit = find<QLineEdit>(window(), name);
        edit->setFocus();
        QTest::keyClicks(edit, typed);
        QCOMPARE(edit->text(), typed);
    }
    /// Whether what was typed as a secret stands anywhere still.
    [[nodiscard]] bool isTypedAnywhere() const
    {
        return std::ranges::any_of(window().findChildren<QLineEdit *>(), [](const QLineEdit *edit) {
            return edit->echoMode() != QLineEdit::Normal && edit->text().contains(typed);
        });
    }
    /// "passphrase" and what else opens the vault, in order.
    [[nodiscard]] QStringList waysToOpen()
    {
        std::optional<QStringList> kinds;
        fixture.session.withVault<QList<KeySlotInfo>>(
            &fixture.session, [](Vault &vault) { return vault.keySlots(); },
            [&kinds](const Result<QList<KeySlotInfo>> &slotList) {
                kinds.emplace();
                for (const KeySlotInfo &slot : slotList.value_or(QList<KeySlotInfo>()))
                    *kinds << slot.kind;
            });
        return QTest::qWaitFor([&kinds] { return kinds.has_value(); }) ? *kinds : QStringList();
    }
    void exportKubernetes(const QString &path) const
    {
        Q_EMIT the<AuthenticatePage>()->exportRequested({id});
        auto *dialog = the<ExportDialog>();
        find<QRadioButton>(*dialog, u"format-kubernetes"_s)->click();
        find<QCheckBox>(*dialog, u"exportConsent"_s)->click();
        dialog->saveTo(path);
    }
};

using Flow = std::function<void(Desk &)>;

/// Every flow that opens something, brought to its middle.
const std::map<QString, Flow> &flows()
{
    static const std::map<QString, Flow> all{
        {u"export"_s,
         [](Desk &desk) {
             Q_EMIT desk.the<AuthenticatePage>()->exportRequested({desk.id});
             desk.type(u"bundlePassphrase"_s);
         }},
        {u"export: choose credentials"_s,
         [](Desk &desk) {
             Q_EMIT desk.the<AuthenticatePage>()->exportRequested({desk.id});
             find<Button>(*desk.the<ExportDialog>(), u"exportChoose"_s)->click();
             desk.type(u"pickerFilter"_s);
         }},
        {u"export: choose a file"_s,
         [](Desk &desk) {
             Q_EMIT desk.the<AuthenticatePage>()->exportRequested({desk.id});
             auto *dialog = desk.the<ExportDialog>();
             find<QRadioButton>(*dialog, u"format-jwks"_s)->click();
             find<Button>(*dialog, u"exportSave"_s)->click();
             QTRY_VERIFY(desk.the<QFileDialog>());
         }},
        {u"import"_s,
         [](Desk &desk) {
             const QString path = desk.fixture.folder.filePath(u"one.yaml"_s);
             desk.exportKubernetes(path);
             QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 10'000);
             desk.the<ExportDialog>()->closeAtOnce();
             Q_EMIT desk.the<AuthenticatePage>()->importRequested();
             desk.the<QFileDialog>()->reject();
             desk.the<ImportDialog>()->openPath(path);
             QTRY_VERIFY_WITH_TIMEOUT(
                 find<DataTable>(*desk.the<ImportDialog>(), u"importTable"_s)->model()->rowCount() == 1, 10'000);
         }},
        {u"new passphrase"_s,
         [](Desk &desk) {
             Q_EMIT desk.the<KeySlotsCard>()->passphraseRequested();
             desk.type(u"changedPassphrase"_s);
             desk.type(u"changedPassphraseAgain"_s);
         }},
        {u"strengthen the passphrase"_s,
         [](Desk &desk) {
             Q_EMIT desk.the<KeySlotsCard>()->strengthenRequested();
             desk.type(u"strengthenWith"_s);
         }},
        {u"recovery code, being made"_s, [](Desk &desk) { Q_EMIT desk.the<KeySlotsCard>()->recoveryCodeRequested(); }},
        {u"recovery code, shown"_s,
         [](Desk &desk) {
             Q_EMIT desk.the<KeySlotsCard>()->recoveryCodeRequested();
             QTRY_COMPARE(desk.waysToOpen().size(), 2);
             QTRY_VERIFY(find<Button>(desk.window(), u"copyRecoveryCode"_s)->isEnabled());
         }},
        {u"remove a way to unlock"_s,
         [](Desk &desk) { Q_EMIT desk.the<KeySlotsCard>()->removeRequested(QUuid::createUuid(), u"passphrase"_s); }},
        {u"restore a backup"_s,
         [](Desk &desk) {
             Q_EMIT desk.the<BackupsCard>()->restoreRequested({u"nowhere.credenza"_s, {}, 1});
         }},
        {u"export the activity log"_s,
         [](Desk &desk) {
             desk.window().showPage(RailEntry::Activity);
             find<Button>(desk.window(), u"exportActivity"_s)->click();
             QTRY_VERIFY(desk.the<QFileDialog>());
         }},
        {u"command palette"_s, [](Desk &desk) { Q_EMIT desk.window().findRequested(); }},
        {u"guide"_s, [](Desk &desk) { Q_EMIT desk.window().helpRequested(); }},
    };
    return all;
}

void addFlowRows()
{
    QTest::addColumn<QString>("flow");
    for (const auto &[name, open] : flows())
        QTest::newRow(qPrintable(name)) << name;
}

} // namespace

/// What becomes of each flow that is not gone through with: locked in the middle, cancelled, or refused by the disk.
class TestFlows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lockedInTheMiddle_data() { addFlowRows(); }
    void lockedInTheMiddle();
    void cancelled_data() { addFlowRows(); }
    void cancelled();
    void saysThatAFileCanNotBeWritten();
};

void TestFlows::lockedInTheMiddle()
{
    QFETCH(QString, flow);
    Desk desk;
    QVERIFY(desk.prepare());
    flows().at(flow)(desk);
    QTRY_VERIFY(desk.openOnes() > 0);

    desk.fixture.session.lock();
    QCOMPARE(desk.fixture.session.state(), VaultSession::State::Locked);
    QTRY_COMPARE(desk.openOnes(), 0);
    QVERIFY(!desk.window().isShellShown());
    QTRY_VERIFY(!desk.isTypedAnywhere());
    desk.window().activateWindow(); // a file dialog was active, and offscreen nobody gives that back
    auto *passphrase = find<QLineEdit>(desk.window(), u"passphrase"_s);
    QTRY_VERIFY(passphrase->isEnabled() && passphrase->hasFocus()); // nothing lies over the unlock screen

    QVERIFY(desk.fixture.unlock());
    QTRY_VERIFY(desk.window().isShellShown());
    QCOMPARE(desk.openOnes(), 0);
    QCOMPARE(desk.fixture.session.credentials().size(), 1);
    QCOMPARE(desk.waysToOpen(), QStringList{u"passphrase"_s});
}

void TestFlows::cancelled()
{
    QFETCH(QString, flow);
    Desk desk;
    QVERIFY(desk.prepare());
    flows().at(flow)(desk);
    QTRY_VERIFY(desk.openOnes() > 0);
    const QStringList files = QDir(desk.fixture.folder.path()).entryList(QDir::Files);

    for (int tries = 0; tries < 3 && desk.openOnes() > 0; ++tries) { // what lies on top goes first
        const int before = desk.openOnes();
        QTest::keyClick(desk.onTop(), Qt::Key_Escape);
        QTRY_VERIFY(desk.openOnes() < before);
    }
    QCOMPARE(desk.openOnes(), 0);
    QVERIFY(desk.window().isShellShown());
    QTRY_VERIFY(!desk.isTypedAnywhere());
    QCOMPARE(QDir(desk.fixture.folder.path()).entryList(QDir::Files), files);
    QCOMPARE(desk.fixture.session.credentials().size(), 1);
    QTRY_COMPARE(desk.waysToOpen(), QStringList{u"passphrase"_s});

    // It opens with what opened it.
    desk.fixture.session.lock();
    QVERIFY(desk.fixture.unlock());
}

void TestFlows::saysThatAFileCanNotBeWritten()
{
    Desk desk;
    QVERIFY(desk.prepare());
    const QString nowhere = desk.fixture.folder.filePath(u"no such folder/file"_s);
    desk.exportKubernetes(nowhere);
    auto *dialog = desk.the<ExportDialog>();
    auto *failure = find<Note>(*dialog, u"exportFailure"_s);
    QTRY_VERIFY(failure->isVisible());
    QVERIFY(!failure->text().isEmpty());
    QVERIFY(dialog->isOpen()); // with everything as it was, for another place
    QVERIFY(find<QCheckBox>(*dialog, u"exportConsent"_s)->isChecked());
    dialog->closeAtOnce();

    flows().at(u"export the activity log"_s)(desk);
    desk.window().toast().expire();
    auto *choice = desk.the<QFileDialog>();
    Q_EMIT choice->fileSelected(nowhere);
    choice->reject();
    QTRY_VERIFY(!desk.window().toast().text().isEmpty());
    QVERIFY(!desk.window().toast().text().contains(u"Saved"_s));
    QVERIFY(!QFile::exists(nowhere));
}

} // namespace credenza::test

QTEST_MAIN(credenza::test::TestFlows)
#include "tst_flows.moc"
