// SPDX-License-Identifier: Apache-2.0
#include "core/vault/RecoveryCode.h"
#include "tests/ui/support/UiTest.h"
#include "ui/unlock/UnlockPage.h"
#include "ui/widgets/Button.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

Error wrongPassphrase()
{
    return {ErrorKind::Locked, u"vault.wrong-passphrase"_s, u"The passphrase is wrong."_s, {}};
}

} // namespace

class TestUnlockPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void enterUnlocks();
    void nothingTypedIsNotTried();
    void busyPageTakesNoSecondTry();
    void wrongPassphraseIsSaidPlainly();
    void waitGrowsAndEnds();
    void otherErrorsShowTheirHintAndDoNotWait();
    void capsLockIsSaid();
    void keyringUnlocksWithoutTyping();
    void recoveryCodeIsReadForgivingly();
    void everyControlHasAName();
    void tabOrderIsReadingOrder();

private:
    Theme m_theme{ThemeMode::Light};
    std::unique_ptr<UnlockPage> m_page;
    QLineEdit *m_input = nullptr;
    Button *m_unlock = nullptr;
};

void TestUnlockPage::init()
{
    m_page = std::make_unique<UnlockPage>(m_theme);
    m_page->setVault({u"northlake"_s, u"/vaults/northlake.vault"_s, {}});
    m_page->resize(1280, 820);
    QVERIFY(showActive(*m_page));
    m_page->start();
    m_input = find<QLineEdit>(*m_page, u"passphrase"_s);
    m_unlock = find<Button>(*m_page, u"unlock"_s);
    QCOMPARE(QApplication::focusWidget(), m_input);
}

void TestUnlockPage::enterUnlocks()
{
    QSignalSpy requested(m_page.get(), &UnlockPage::unlockRequested);
    QTest::keyClicks(m_input, u"correct horse"_s);
    QVERIFY(m_unlock->isEnabled());
    QTest::keyClick(m_input, Qt::Key_Return);
    QCOMPARE(requested.count(), 1);
    const SecretBytes passphrase = m_page->takePassphrase();
    QCOMPARE(passphrase.charView(), QByteArrayView("correct horse"));
    QVERIFY(m_input->text().isEmpty());
}

void TestUnlockPage::nothingTypedIsNotTried()
{
    QSignalSpy requested(m_page.get(), &UnlockPage::unlockRequested);
    QVERIFY(!m_unlock->isEnabled());
    QVERIFY(!m_unlock->toolTip().isEmpty());
    QTest::keyClick(m_input, Qt::Key_Return);
    QCOMPARE(requested.count(), 0);
}

void TestUnlockPage::busyPageTakesNoSecondTry()
{
    QSignalSpy requested(m_page.get(), &UnlockPage::unlockRequested);
    QTest::keyClicks(m_input, u"x"_s);
    m_page->setBusy(true);
    QTest::keyClick(m_input, Qt::Key_Return);
    m_unlock->click();
    QTest::keyClicks(m_input, u"more"_s);
    QCOMPARE(m_input->text(), u"x"_s);
    QVERIFY(requested.isEmpty());
    m_page->succeed();
    QVERIFY(m_input->text().isEmpty());
}

void TestUnlockPage::wrongPassphraseIsSaidPlainly()
{
    QTest::keyClicks(m_input, u"wrong"_s);
    m_page->showFailure(wrongPassphrase());
    QVERIFY(m_input->accessibleDescription().contains(u"Wrong passphrase"_s));
    QVERIFY(m_input->text().isEmpty());
    QCOMPARE(m_page->secondsToWait(), 0); // a slip costs nothing
    QCOMPARE(QApplication::focusWidget(), m_input);
}

void TestUnlockPage::waitGrowsAndEnds()
{
    QSignalSpy requested(m_page.get(), &UnlockPage::unlockRequested);
    QList<int> waits;
    for (int i = 0; i < 7; ++i) {
        // The application names the vault anew after each failure.
        m_page->setVault({u"northlake"_s, u"/vaults/northlake.vault"_s, {}});
        m_page->showFailure(wrongPassphrase());
        waits << m_page->secondsToWait();
    }
    QCOMPARE(waits, QList<int>({0, 2, 4, 8, 16, 30, 30}));
    // Another vault has a count of its own, and coming back from it forgives nothing.
    m_page->setVault({u"other"_s, u"/vaults/other.vault"_s, {}});
    m_page->showFailure(wrongPassphrase());
    QCOMPARE(m_page->secondsToWait(), 0);
    m_page->setVault({u"northlake"_s, u"/vaults/northlake.vault"_s, {}});
    m_page->showFailure(wrongPassphrase());
    QCOMPARE(m_page->secondsToWait(), 30);
    QTest::keyClicks(m_input, u"again"_s);
    QTest::keyClick(m_input, Qt::Key_Return);
    QVERIFY(!m_unlock->isEnabled());
    QVERIFY(requested.isEmpty());

    m_page->succeed();
    QCOMPARE(m_page->secondsToWait(), 0);
    m_page->showFailure(wrongPassphrase());
    m_page->showFailure(wrongPassphrase());
    QCOMPARE(m_page->secondsToWait(), 2); // counting began anew
    QTest::keyClicks(m_input, u"again"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_page->secondsToWait(), 0, 4000);
    QVERIFY(m_unlock->isEnabled());
    QCOMPARE(m_unlock->text(), u"Unlock"_s);
}

void TestUnlockPage::otherErrorsShowTheirHintAndDoNotWait()
{
    for (int i = 0; i < 3; ++i)
        m_page->showFailure({ErrorKind::NotFound, u"vault.not-found"_s, u"There is no vault."_s, u"Open another."_s});
    QVERIFY(m_input->accessibleDescription().contains(u"There is no vault. Open another."_s));
    QCOMPARE(m_page->secondsToWait(), 0);
}

void TestUnlockPage::capsLockIsSaid()
{
    auto *warning = find<QWidget>(*m_page, u"capsLock"_s);
    QVERIFY(!warning->isVisible());
    QTest::sendKeyEvent(QTest::Click, m_input, Qt::Key_A, u"A"_s, Qt::NoModifier);
    QVERIFY(warning->isVisible());
    QTest::sendKeyEvent(QTest::Click, m_input, Qt::Key_B, u"b"_s, Qt::NoModifier);
    QVERIFY(!warning->isVisible());
}

void TestUnlockPage::keyringUnlocksWithoutTyping()
{
    auto *keyring = find<Button>(*m_page, u"unlockWithKeyring"_s);
    QVERIFY(!keyring->isVisible()); // this vault has no such slot
    QSignalSpy requested(m_page.get(), &UnlockPage::keyringRequested);
    m_page->setWays(true, false);
    QVERIFY(keyring->isVisible());
    QCOMPARE(QApplication::focusWidget(), keyring);
    QTest::keyClick(keyring, Qt::Key_Return);
    QCOMPARE(requested.count(), 1);
    m_page->setBusy(true);
    keyring->click();
    QCOMPARE(requested.count(), 1);
    m_page->showFailure({ErrorKind::Locked, u"vault.no-keyring"_s, u"The keyring has no key."_s, u"Type it."_s});
    QVERIFY(m_input->accessibleDescription().contains(u"The keyring has no key. Type it."_s));
    QCOMPARE(m_page->secondsToWait(), 0);
}

void TestUnlockPage::recoveryCodeIsReadForgivingly()
{
    auto *link = find<Button>(*m_page, u"useRecoveryCode"_s);
    QVERIFY(!link->isVisible());
    m_page->setWays(false, true);
    QVERIFY(link->isVisible());
    QSignalSpy requested(m_page.get(), &UnlockPage::unlockRequested);
    link->click();
    QVERIFY(m_page->takesRecoveryCode());
    QCOMPARE(m_input->accessibleName(), u"Recovery code"_s);
    QCOMPARE(QApplication::focusWidget(), m_input);

    SecretBytes secret(recoverySecretSize);
    secret.bytes()[3] = std::byte(77);
    const QString code = QString::fromLatin1(recoveryCodeOf(secret).charView());
    QString mistyped = code;
    mistyped[0] = mistyped[0] == u'7' ? u'8' : u'7';
    QTest::keyClicks(m_input, mistyped);
    QTest::keyClick(m_input, Qt::Key_Return);
    QVERIFY(requested.isEmpty()); // told here; no try is spent
    QVERIFY(!m_input->accessibleDescription().isEmpty());
    QCOMPARE(m_page->secondsToWait(), 0);

    m_input->selectAll();
    QTest::keyClicks(m_input, code.toLower().replace(u'-', u' '));
    QTest::keyClick(m_input, Qt::Key_Return);
    QCOMPARE(requested.count(), 1);
    m_page->setVault({u"northlake"_s, u"/vaults/northlake.vault"_s, {}});
    m_page->showFailure(wrongPassphrase());
    QVERIFY(m_page->takesRecoveryCode());
    QVERIFY(m_input->accessibleDescription().contains(u"Wrong recovery code"_s));
    link->click();
    QVERIFY(!m_page->takesRecoveryCode());
    QCOMPARE(m_input->accessibleName(), u"Passphrase"_s);
}

void TestUnlockPage::everyControlHasAName()
{
    QCOMPARE(namelessControls(*m_page), QStringList());
}

void TestUnlockPage::tabOrderIsReadingOrder()
{
    QTest::keyClicks(m_input, u"x"_s);
    QStringList order;
    for (int i = 0; i < 6; ++i) {
        order << QApplication::focusWidget()->objectName();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(order,
             QStringList({u"passphrase"_s, u"showSecret"_s, u"unlock"_s, u"openAnother"_s, u"createNew"_s, u"quit"_s}));
}

QTEST_MAIN(TestUnlockPage)
#include "tst_unlockpage.moc"
