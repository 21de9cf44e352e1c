// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/KeyExpiry.h"
#include "tests/integration/app/RunningApplication.h"
#include "tests/support/ResultMacros.h"
#include "tests/ui/session/SessionFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/overlay/CredentialSheet.h"
#include "ui/settings/SettingsPage.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ClipboardText.h"
#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/Toast.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

/// Runs a test of this program again under Xvfb.
void onADisplay(const char *test)
{
    const QString xvfb = QStandardPaths::findExecutable(u"xvfb-run"_s);
    if (xvfb.isEmpty() || QGuiApplication::platformName() == "xcb"_L1)
        QSKIP("There is no display with a clipboard");
    QProcess display;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    display.setProcessEnvironment(environment);
    display.start(xvfb, {u"-a"_s, u"-s"_s, u"-screen 0 1280x820x24"_s, QCoreApplication::applicationFilePath(),
                         QString::fromLatin1(test)});
    QVERIFY(display.waitForFinished(120'000));
    QVERIFY2(display.exitStatus() == QProcess::NormalExit && display.exitCode() == 0,
             display.readAllStandardOutput().constData());
}

} // namespace

/// What the application as a whole does when it ends and when it is unlocked.
class TestApplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quittingSealsTheOpenForm();
    void quittingWithoutAFormKeepsNothing();
    void quittingClearsTheClipboard();
    void remindsOfAKeyThatExpires();
    void remindsOncePerDay();
    void wrongProofsLockTheOpenVault();
};

void TestApplication::quittingSealsTheOpenForm()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    {
        RunningApplication running(fixture, fixture.session);
        QTRY_VERIFY(running.sheet());
        running.sheet()->openNew(u"epic-ehr"_s);
        QTRY_VERIFY(running.sheet()->isOpen());
        running.nameEdit()->setFocus();
        QTest::keyClicks(running.nameEdit(), u"half a credential"_s);
        QCOMPARE(running.nameEdit()->text(), u"half a credential"_s);
        RunningApplication::quit();
        QVERIFY(running.nameEdit()->text().isEmpty()); // out of the form
        QCOMPARE(fixture.session.state(), VaultSession::State::Locked);
    }

    // The next start: nothing of the first is left but the file.
    VaultSession next(fixture.path(), fixture.clock, fixture.random, transportsTo(fixture.server));
    RunningApplication running(fixture, next);
    std::optional<bool> opened;
    next.unlock(&next, SecretBytes::copyOf(QByteArrayView(SessionFixture::rightPassphrase)),
                [&opened](const Result<void> &result) { opened = result.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(opened, 10'000);
    QVERIFY(*opened);
    QTRY_VERIFY_WITH_TIMEOUT(running.sheet() && running.sheet()->isOpen(), 10'000);
    QCOMPARE(running.nameEdit()->text(), u"half a credential"_s);
    QVERIFY(running.window().toast().text().contains(u"draft"_s));
}

void TestApplication::quittingWithoutAFormKeepsNothing()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    {
        RunningApplication running(fixture, fixture.session);
        QTRY_VERIFY(running.sheet());
        running.sheet()->openNew(u"epic-ehr"_s); // and nothing is typed
        QTRY_VERIFY(running.sheet()->isOpen());
        RunningApplication::quit();
    }
    VaultSession next(fixture.path(), fixture.clock, fixture.random, transportsTo(fixture.server));
    std::optional<QStringList> drafts;
    next.unlock(&next, SecretBytes::copyOf(QByteArrayView(SessionFixture::rightPassphrase)), [&](const Result<void> &) {
        next.withVault<QStringList>(
            &next, [](Vault &vault) { return vault.sealedItemNames(SealedKind::Draft); },
            [&drafts](const Result<QStringList> &names) { drafts = names.value_or(QStringList{u"?"_s}); });
    });
    QTRY_VERIFY_WITH_TIMEOUT(drafts, 10'000);
    QCOMPARE(*drafts, QStringList());
}

void TestApplication::quittingClearsTheClipboard()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    RunningApplication running(fixture, fixture.session);
    QTRY_VERIFY(running.sheet());
    copyToClipboard(u"what was copied here"_s);
    if (!QGuiApplication::clipboard()->ownsClipboard()) {
        onADisplay("quittingClearsTheClipboard"); // offscreen, a clipboard is nobody's
        return;
    }
    QCOMPARE(QGuiApplication::clipboard()->text(), u"what was copied here"_s);
    RunningApplication::quit();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString());
}

void TestApplication::remindsOfAKeyThatExpires()
{
    SessionFixture fixture; // whose day is 2025-11-23
    QVERIFY(fixture.create());
    CredentialDraft draft = sampleDraft(u"Northlake"_s);
    draft.keyExpiry = u"2025-11-28"_s;
    const auto saved = fixture.save(draft);
    QVERIFY_RESULT(saved);
    draft = sampleDraft(u"Riverbend"_s);
    draft.keyExpiry = u"2026-11-28"_s; // long until then
    QVERIFY_RESULT(fixture.save(draft));
    fixture.session.lock();

    RunningApplication running(fixture, fixture.session);
    QVERIFY(running.window().toast().text().isEmpty());
    QVERIFY(fixture.unlock());
    QTRY_COMPARE(running.window().toast().text(), u"Northlake: %1."_s.arg(keyExpirySentence(5)));
    auto *page = running.window().findChild<AuthenticatePage *>();
    running.window().showPage(RailEntry::Settings);
    QVERIFY(running.window().toast().triggerAction()); // "Show"
    QCOMPARE(running.window().currentPage(), RailEntry::Authenticate);
    QCOMPARE(page->selectedIds(), QList<QUuid>{saved->id});
}

void TestApplication::remindsOncePerDay()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    fixture.session.lock();
    RunningApplication running(fixture, fixture.session);
    QVERIFY(fixture.unlock());
    CredentialDraft draft = sampleDraft(u"Northlake"_s);
    draft.keyExpiry = u"2025-11-24"_s;
    QVERIFY_RESULT(fixture.save(draft));
    QTRY_COMPARE(running.window().toast().text(), u"Northlake: %1."_s.arg(keyExpirySentence(1)));
    running.window().toast().expire();
    QVERIFY(running.window().toast().text().isEmpty());
    QVERIFY_RESULT(fixture.save(sampleDraft(u"Riverbend"_s))); // the credentials changed: no second time
    QVERIFY(running.window().toast().text().isEmpty());

    fixture.clock.advance(std::chrono::hours(24));
    draft = sampleDraft(u"Alder"_s);
    draft.keyExpiry = u"2025-12-03"_s;
    QVERIFY_RESULT(fixture.save(draft));
    // Two now, the more urgent first.
    const QString soonest = u"Northlake: %1."_s.arg(keyExpirySentence(0));
    QTRY_VERIFY(running.window().toast().text().startsWith(soonest));
    QVERIFY(running.window().toast().text().size() > soonest.size()); // that there is one more
}

void TestApplication::wrongProofsLockTheOpenVault()
{
    // Who finds an open vault does not find out its passphrase by trying.
    SessionFixture fixture;
    QVERIFY(fixture.create());
    fixture.session.lock();
    RunningApplication running(fixture, fixture.session);
    QVERIFY(fixture.unlock());
    auto *settings = running.window().findChild<SettingsPage *>();
    QVERIFY(settings);
    settings->showSection(SettingsSection::Vault);
    running.window().showPage(RailEntry::Settings);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(fixture.session.state(), VaultSession::State::Unlocked);
        QTRY_VERIFY(running.window().findChild<Button *>(u"strengthenPassphrase"_s) &&
                    running.window().findChild<Button *>(u"strengthenPassphrase"_s)->isEnabled());
        running.window().findChild<Button *>(u"strengthenPassphrase"_s)->click();
        QTRY_VERIFY(running.window().findChild<QLineEdit *>(u"strengthenWith"_s));
        auto *input = running.window().findChild<QLineEdit *>(u"strengthenWith"_s);
        auto *question = running.window().findChild<ConfirmPanel *>();
        QTest::keyClicks(input, u"a guess"_s);
        QTest::mouseClick(question->deedButton(), Qt::LeftButton);
        QTRY_VERIFY(!running.window().findChild<QLineEdit *>(u"strengthenWith"_s));
        if (i < 2)
            QTRY_VERIFY(find<Note>(running.window(), u"keySlotsFailure"_s)->isVisible());
    }
    QTRY_COMPARE(fixture.session.state(), VaultSession::State::Locked);
    QVERIFY(running.window().toast().text().contains(u"locked"_s));
}

} // namespace credenza::test

QTEST_MAIN(credenza::test::TestApplication)
#include "tst_application.moc"
