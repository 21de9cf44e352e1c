// SPDX-License-Identifier: Apache-2.0
#include "core/vault/KeySlot.h"
#include "core/vault/RecoveryCode.h"
#include "tests/support/ResultMacros.h"
#include "tests/ui/support/UiTest.h"
#include "ui/keyslots/KeySlotsCard.h"
#include "ui/keyslots/NewPassphraseDialog.h"
#include "ui/keyslots/RecoveryCodeDialog.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CheckBox.h"
#include "ui/widgets/ClipboardText.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/TextLabel.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

const QString goodPassphrase = u"otter gravel ninth lantern quay"_s;

SecretBytes sampleCode()
{
    SecretBytes secret(recoverySecretSize);
    for (std::size_t i = 0; i < secret.size(); ++i)
        secret.bytes()[i] = static_cast<std::byte>(i * 11);
    return recoveryCodeOf(secret);
}

KeySlotInfo passphraseSlot()
{
    return {QUuid::createUuid(), passphraseSlotKind(), KdfParameters{256, 3}};
}

} // namespace

class TestKeySlots final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everySlotIsListedWithItsDeeds();
    void theLastLastingWayStays_data();
    void theLastLastingWayStays();
    void wishesAreTold();
    void focusStaysOnTheButton();
    void busyCardTakesNoSecondWish();
    void weakOrDifferingPassphraseIsRefused();
    void goodPassphraseIsTaken();
    void failedChangeIsSaid();
    void codeIsShownOnceAndMustBeKept();
    void codeIsCopiedAsASecret();
    void savedPageHoldsNoPlainCode();
    void escapeDeclines();

private:
    Theme m_theme{ThemeMode::Light};
    std::unique_ptr<QWidget> m_window;
};

void TestKeySlots::init()
{
    m_theme.setReducedMotion(true);
    m_window = std::make_unique<QWidget>();
    m_window->resize(1280, 820);
}

void TestKeySlots::everySlotIsListedWithItsDeeds()
{
    KeySlotsCard card(m_theme, m_window.get());
    card.setSlots({passphraseSlot(),
                   {QUuid::createUuid(), recoverySlotKind(), {}},
                   {QUuid::createUuid(), keyringSlotKind(), {}},
                   {QUuid::createUuid(), u"badge"_s, {}}});
    QVERIFY(showActive(*m_window));
    QStringList texts;
    for (const TextLabel *label : card.findChildren<TextLabel *>())
        texts << label->content();
    QVERIFY(texts.contains(u"Passphrase"_s));
    QVERIFY(texts.filter(u"256 MiB"_s).size() == 1);
    QVERIFY(texts.contains(u"Recovery code"_s));
    QVERIFY(texts.contains(u"System keyring"_s));
    QVERIFY(texts.contains(u"badge"_s)); // of a newer version: shown all the same
    QCOMPARE(find<Button>(card, u"switchKeyring"_s)->text(), u"Turn off"_s);
    QCOMPARE(namelessControls(card), QStringList());
}

void TestKeySlots::theLastLastingWayStays_data()
{
    QTest::addColumn<bool>("hasPassphrase");
    QTest::addColumn<bool>("hasRecovery");
    QTest::newRow("passphrase only") << true << false;
    QTest::newRow("recovery code only") << false << true;
    QTest::newRow("both") << true << true;
}

void TestKeySlots::theLastLastingWayStays()
{
    QFETCH(bool, hasPassphrase);
    QFETCH(bool, hasRecovery);
    KeySlotsCard card(m_theme, m_window.get());
    // A keyring does not count: it goes with its machine.
    QList<KeySlotInfo> ways{{QUuid::createUuid(), keyringSlotKind(), {}}};
    if (hasPassphrase)
        ways << passphraseSlot();
    if (hasRecovery)
        ways << KeySlotInfo{QUuid::createUuid(), recoverySlotKind(), {}};
    card.setSlots(ways);
    const bool hasBoth = hasPassphrase && hasRecovery;
    const auto *passphrase = card.findChild<Button *>(u"removePassphrase"_s);
    const auto *recovery = card.findChild<Button *>(u"removeRecoveryCode"_s);
    QCOMPARE(passphrase != nullptr, hasPassphrase);
    QCOMPARE(recovery != nullptr, hasRecovery);
    if (passphrase)
        QCOMPARE(passphrase->isEnabled(), hasBoth);
    if (recovery)
        QCOMPARE(recovery->isEnabled(), hasBoth);
    if (passphrase && !hasBoth)
        QVERIFY(passphrase->toolTip().contains(u"must keep"_s));
}

void TestKeySlots::wishesAreTold()
{
    KeySlotsCard card(m_theme, m_window.get());
    const KeySlotInfo passphrase = passphraseSlot();
    card.setSlots({passphrase, {QUuid::createUuid(), recoverySlotKind(), {}}});
    QVERIFY(showActive(*m_window));
    QSignalSpy change(&card, &KeySlotsCard::passphraseRequested);
    QSignalSpy strengthen(&card, &KeySlotsCard::strengthenRequested);
    QSignalSpy code(&card, &KeySlotsCard::recoveryCodeRequested);
    QSignalSpy keyring(&card, &KeySlotsCard::keyringRequested);
    QSignalSpy remove(&card, &KeySlotsCard::removeRequested);
    for (const QString &name : {u"changePassphrase"_s, u"strengthenPassphrase"_s, u"makeRecoveryCode"_s,
                                u"switchKeyring"_s, u"removePassphrase"_s})
        find<Button>(card, name)->click();
    QTRY_COMPARE(remove.count(), 1);
    QCOMPARE(remove.first().at(0).toUuid(), passphrase.id);
    QCOMPARE(change.count(), 1);
    QCOMPARE(strengthen.count(), 1);
    QCOMPARE(code.count(), 1);
    QCOMPARE(keyring.count(), 1);
    QVERIFY(keyring.first().at(0).toBool());
}

void TestKeySlots::focusStaysOnTheButton()
{
    KeySlotsCard card(m_theme, m_window.get());
    card.setSlots({passphraseSlot()});
    QVERIFY(showActive(*m_window));
    find<Button>(card, u"switchKeyring"_s)->setFocus();
    card.setSlots({passphraseSlot(), {QUuid::createUuid(), keyringSlotKind(), {}}});
    QVERIFY(QApplication::focusWidget() != nullptr);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"switchKeyring"_s);
}

void TestKeySlots::busyCardTakesNoSecondWish()
{
    KeySlotsCard card(m_theme, m_window.get());
    card.setSlots({passphraseSlot()});
    card.setBusy(true);
    for (const Button *button : card.findChildren<Button *>())
        QVERIFY(!button->isEnabled());
    card.setFailure(u"The system’s keyring can't be used."_s);
    QVERIFY(!find<Note>(card, u"keySlotsFailure"_s)->isHidden());
    card.setFailure({});
    QVERIFY(find<Note>(card, u"keySlotsFailure"_s)->isHidden());
}

void TestKeySlots::weakOrDifferingPassphraseIsRefused()
{
    auto *dialog = new NewPassphraseDialog(m_theme, *m_window, u"Why."_s, {u"northlake"_s});
    QVERIFY(showActive(*m_window));
    dialog->ask();
    QSignalSpy chosen(dialog, &NewPassphraseDialog::chosen);
    auto *first = find<QLineEdit>(*dialog, u"changedPassphrase"_s);
    auto *again = find<QLineEdit>(*dialog, u"changedPassphraseAgain"_s);
    auto *use = find<Button>(*dialog, u"usePassphrase"_s);
    QTest::keyClicks(first, u"northlake1"_s);
    QTest::keyClicks(again, u"northlake1"_s);
    QVERIFY(!use->isEnabled());
    QTest::keyClick(again, Qt::Key_Return);
    QVERIFY(chosen.isEmpty());
    first->clear();
    again->clear();
    QTest::keyClicks(first, goodPassphrase);
    QTest::keyClicks(again, u"otter gravel x"_s);
    QVERIFY(again->accessibleDescription().contains(u"differ"_s));
    QVERIFY(!use->isEnabled());
    QCOMPARE(first->echoMode(), QLineEdit::Password); // masked unless asked for
    QCOMPARE(namelessControls(*dialog), QStringList());
}

void TestKeySlots::goodPassphraseIsTaken()
{
    auto *dialog = new NewPassphraseDialog(m_theme, *m_window, u"Why."_s, {});
    const QPointer<NewPassphraseDialog> guard(dialog);
    QVERIFY(showActive(*m_window));
    dialog->ask();
    QSignalSpy chosen(dialog, &NewPassphraseDialog::chosen);
    auto *first = find<QLineEdit>(*dialog, u"changedPassphrase"_s);
    auto *again = find<QLineEdit>(*dialog, u"changedPassphraseAgain"_s);
    QTest::keyClicks(first, goodPassphrase);
    QTest::keyClicks(again, goodPassphrase);
    QTest::keyClick(again, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    const SecretBytes taken = dialog->takePassphrase();
    QCOMPARE(taken.charView(), QByteArrayView(goodPassphrase.toUtf8()));
    QVERIFY(first->text().isEmpty());
    QVERIFY(again->text().isEmpty());
    QTest::keyClick(dialog, Qt::Key_Escape); // not while it is being used
    QVERIFY(dialog->isOpen());
    dialog->succeed();
    QTRY_VERIFY(guard.isNull());
}

void TestKeySlots::failedChangeIsSaid()
{
    auto *dialog = new NewPassphraseDialog(m_theme, *m_window, u"Why."_s, {});
    QVERIFY(showActive(*m_window));
    dialog->ask();
    auto *first = find<QLineEdit>(*dialog, u"changedPassphrase"_s);
    QTest::keyClicks(first, goodPassphrase);
    const SecretBytes taken = dialog->takePassphrase();
    dialog->showFailure(u"The disk is full."_s);
    QVERIFY(first->accessibleDescription().contains(u"The disk is full."_s));
    QCOMPARE(QApplication::focusWidget(), first);
}

void TestKeySlots::codeIsShownOnceAndMustBeKept()
{
    auto *dialog = new RecoveryCodeDialog(m_theme, *m_window, {u"northlake"_s, u"/vaults/n.credenza"_s, {2027, 3, 1}});
    const QPointer<RecoveryCodeDialog> guard(dialog);
    QVERIFY(showActive(*m_window));
    dialog->ask();
    auto *done = find<Button>(*dialog, u"recoveryCodeDone"_s);
    auto *keeps = find<CheckBox>(*dialog, u"keepsRecoveryCode"_s);
    QVERIFY(!find<Button>(*dialog, u"saveRecoveryCode"_s)->isEnabled()); // it is still being made
    const SecretBytes code = sampleCode();
    dialog->showCode(code.clone());
    QString shown;
    for (const TextLabel *group : find<QWidget>(*dialog, u"recoveryCode"_s)->findChildren<TextLabel *>())
        shown += group->content() + u'-';
    shown.chop(1);
    QCOMPARE(shown.toLatin1(), code.charView().toByteArray());
    QVERIFY(!done->isEnabled());
    QSignalSpy kept(dialog, &RecoveryCodeDialog::kept);
    keeps->click();
    QVERIFY(done->isEnabled());
    QCOMPARE(namelessControls(*dialog), QStringList());
    done->click();
    QCOMPARE(kept.count(), 1);
    QTRY_VERIFY(guard.isNull());
}

void TestKeySlots::codeIsCopiedAsASecret()
{
    auto *dialog = new RecoveryCodeDialog(m_theme, *m_window, {});
    QVERIFY(showActive(*m_window));
    dialog->ask();
    const SecretBytes code = sampleCode();
    dialog->showCode(code.clone());
    find<Button>(*dialog, u"copyRecoveryCode"_s)->click();
    const QMimeData *content = QApplication::clipboard()->mimeData();
    QCOMPARE(content->text().toLatin1(), code.charView().toByteArray());
    // Clipboard managers keep no history of what says so.
    QCOMPARE(content->data(u"x-kde-passwordManagerHint"_s), QByteArray("secret"));
    QApplication::clipboard()->clear();
}

void TestKeySlots::savedPageHoldsNoPlainCode()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"code.pdf"_s);
    const SecretBytes code = sampleCode();
    QVERIFY_RESULT(writeRecoverySheet(path, code, {u"northlake"_s, u"/vaults/northlake.credenza"_s, {2027, 3, 1}}));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.startsWith("%PDF-"));
    QVERIFY(bytes.size() > 2000);
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QVERIFY(!writeRecoverySheet(folder.filePath(u"no/such/folder/code.pdf"_s), code, {}));
}

void TestKeySlots::escapeDeclines()
{
    auto *dialog = new RecoveryCodeDialog(m_theme, *m_window, {});
    const QPointer<RecoveryCodeDialog> guard(dialog);
    QVERIFY(showActive(*m_window));
    dialog->ask();
    dialog->showCode(sampleCode());
    QSignalSpy declined(dialog, &RecoveryCodeDialog::declined);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(declined.count(), 1);
    QTRY_VERIFY(guard.isNull());
}

QTEST_MAIN(TestKeySlots)
#include "tst_keyslots.moc"
