// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"
#include "ui/unlock/WelcomePage.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Meters.h"
#include "ui/widgets/TextLabel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

class TestWelcomePage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fileFollowsTheName_data();
    void fileFollowsTheName();
    void offersWhereTheNextStartLooks();
    void makesAnotherFileBesideOneThatExists();
    void chosenPlaceStays();
    void weakPassphraseIsRefused();
    void repeatIsCheckedButNotTooEarly();
    void goodPassphraseCreates();
    void busyPageTakesNoSecondTry();
    void failureShowsAtTheLocation();
    void otherWaysInAreOffered();
    void everyControlHasAName();

private:
    void type(QLineEdit *edit, const QString &text)
    {
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

    Theme m_theme{ThemeMode::Light};
    std::unique_ptr<WelcomePage> m_page;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_location = nullptr;
    QLineEdit *m_passphrase = nullptr;
    QLineEdit *m_repeat = nullptr;
    Button *m_create = nullptr;
};

void TestWelcomePage::init()
{
    m_page = std::make_unique<WelcomePage>(m_theme, u"/vaults/default.credenza"_s);
    m_page->resize(1280, 820);
    QVERIFY(showActive(*m_page));
    m_name = find<QLineEdit>(*m_page, u"vaultName"_s);
    m_location = find<QLineEdit>(*m_page, u"vaultLocation"_s);
    m_passphrase = find<QLineEdit>(*m_page, u"newPassphrase"_s);
    m_repeat = find<QLineEdit>(*m_page, u"repeatPassphrase"_s);
    m_create = find<Button>(*m_page, u"createVault"_s);
}

void TestWelcomePage::fileFollowsTheName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("path");
    QTest::newRow("plain") << u"northlake"_s << u"/vaults/northlake.credenza"_s;
    QTest::newRow("words") << u"North Lake, prod"_s << u"/vaults/north-lake-prod.credenza"_s;
    QTest::newRow("out of the folder") << u"../../etc/passwd"_s << u"/vaults/etc-passwd.credenza"_s;
    QTest::newRow("hidden") << u".ssh"_s << u"/vaults/ssh.credenza"_s;
    QTest::newRow("only slashes") << u"///"_s << u"/vaults/credenza.credenza"_s;
}

void TestWelcomePage::fileFollowsTheName()
{
    QFETCH(QString, name);
    QFETCH(QString, path);
    type(m_name, name);
    QCOMPARE(m_page->vaultName(), name);
    QCOMPARE(m_page->location(), path);
}

void TestWelcomePage::offersWhereTheNextStartLooks()
{
    QCOMPARE(m_page->location(), u"/vaults/default.credenza"_s);
}

void TestWelcomePage::makesAnotherFileBesideOneThatExists()
{
    QTemporaryDir folder;
    QVERIFY(folder.isValid());
    QFile existing(folder.filePath(u"default.credenza"_s));
    QVERIFY(existing.open(QIODevice::WriteOnly));
    const WelcomePage page(m_theme, existing.fileName());
    QCOMPARE(page.location(), folder.filePath(u"my-credentials.credenza"_s));
}

void TestWelcomePage::chosenPlaceStays()
{
    m_page->keepLocation();
    type(m_name, u"northlake"_s);
    QCOMPARE(m_page->location(), u"/vaults/default.credenza"_s);

    type(m_location, u"~/elsewhere/x.credenza"_s);
    type(m_name, u"another"_s);
    QCOMPARE(m_page->location(), QDir::homePath() + u"/elsewhere/x.credenza"_s);
}

void TestWelcomePage::weakPassphraseIsRefused()
{
    QSignalSpy requested(m_page.get(), &WelcomePage::createRequested);
    type(m_passphrase, u"password123"_s);
    type(m_repeat, u"password123"_s);
    QTest::keyClick(m_repeat, Qt::Key_Return);
    QVERIFY(requested.isEmpty());
    QVERIFY(!m_create->isEnabled());
    QVERIFY(find<TextLabel>(*m_page, u"verdict"_s)->content().startsWith(u"Very weak"_s));
    QCOMPARE(find<StrengthBar>(*m_page, u"strength"_s)->level(), 1);
    // The vault's own name is what an attacker tries first.
    type(m_name, u"bluegreenredyellow"_s);
    type(m_passphrase, u"bluegreenredyellow"_s);
    type(m_repeat, u"bluegreenredyellow"_s);
    QTest::keyClick(m_repeat, Qt::Key_Return);
    QVERIFY(requested.isEmpty());
}

void TestWelcomePage::repeatIsCheckedButNotTooEarly()
{
    type(m_passphrase, u"otter gravel ninth lantern quay"_s);
    type(m_repeat, u"otter gra"_s);
    QVERIFY(!m_repeat->accessibleDescription().contains(u"differ"_s)); // may become right yet
    QTest::keyClicks(m_repeat, u"x"_s);
    QVERIFY(m_repeat->accessibleDescription().contains(u"differ"_s));
    QTest::keyClick(m_repeat, Qt::Key_Backspace);
    QVERIFY(!m_repeat->accessibleDescription().contains(u"differ"_s));
    m_name->setFocus(); // leaving it half-typed
    QVERIFY(m_repeat->accessibleDescription().contains(u"differ"_s));
    QVERIFY(!m_create->isEnabled());
}

void TestWelcomePage::goodPassphraseCreates()
{
    QSignalSpy requested(m_page.get(), &WelcomePage::createRequested);
    type(m_passphrase, u"otter gravel ninth lantern quay"_s);
    type(m_repeat, u"otter gravel ninth lantern quay"_s);
    QTRY_VERIFY(m_create->isEnabled());
    m_create->click();
    QCOMPARE(requested.count(), 1);
    const SecretBytes passphrase = m_page->takePassphrase();
    QCOMPARE(passphrase.charView(), QByteArrayView("otter gravel ninth lantern quay"));
    QVERIFY(m_passphrase->text().isEmpty());
    QVERIFY(m_repeat->text().isEmpty());
    QVERIFY(!m_create->isEnabled());
}

void TestWelcomePage::busyPageTakesNoSecondTry()
{
    QSignalSpy requested(m_page.get(), &WelcomePage::createRequested);
    type(m_passphrase, u"otter gravel ninth lantern quay"_s);
    type(m_repeat, u"otter gravel ninth lantern quay"_s);
    m_page->setBusy(true);
    QTest::keyClick(m_repeat, Qt::Key_Return);
    m_create->click();
    QVERIFY(requested.isEmpty());
}

void TestWelcomePage::failureShowsAtTheLocation()
{
    m_page->setBusy(true);
    m_page->showFailure({ErrorKind::Conflict, u"vault.exists"_s, u"There is a file already."_s, u"Open it instead."_s});
    QVERIFY(m_location->accessibleDescription().contains(u"There is a file already. Open it instead."_s));
    QVERIFY(!m_location->isReadOnly());
    QCOMPARE(QApplication::focusWidget(), m_location);
}

void TestWelcomePage::otherWaysInAreOffered()
{
    QVERIFY(!m_page->wantsKeyring()); // costs security: only if asked for
    QVERIFY(m_page->wantsRecoveryCode());
    QTest::keyClick(find<QAbstractButton>(*m_page, u"wantsKeyring"_s), Qt::Key_Space);
    QTest::keyClick(find<QAbstractButton>(*m_page, u"wantsRecoveryCode"_s), Qt::Key_Space);
    QVERIFY(m_page->wantsKeyring());
    QVERIFY(!m_page->wantsRecoveryCode());
}

void TestWelcomePage::everyControlHasAName()
{
    QCOMPARE(namelessControls(*m_page), QStringList());
}

QTEST_MAIN(TestWelcomePage)
#include "tst_welcomepage.moc"
