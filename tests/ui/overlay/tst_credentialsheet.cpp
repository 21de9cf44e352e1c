// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ResultMacros.h"
#include "tests/ui/overlay/SheetFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/overlay/DraftStatus.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/TextLabel.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patience = 10'000;
constexpr qint64 atOnceMs = 200;

} // namespace

class TestCredentialSheet final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensOnTheNameWithTheChecklist();
    void wrongUrlIsSaidAndFixed();
    void trimNowRepairs();
    void quickPickFillsTheUrl();
    void editingMayComeFirst();
    void whatIsKnownIsFilledIn();
    void saveNeedsEverything();
    void savesAndCloses();
    void takenNameIsSaidAtTheName();
    void controlSOnAnInvalidDraftShowsWhy();
    void editKeepsTheKey();
    void helpFollowsTheFocus();
    void testPasses();
    void testFailureIsDiagnosed();
    void hangingTestIsCancelledAtOnce_data();
    void hangingTestIsCancelledAtOnce();
    void changeAfterTheTestIsSaid();
    void closingWithChangesAsks_data();
    void closingWithChangesAsks();
    void closingWithoutChangesJustCloses();
    void discardForgets();
    void tabOrderIsReadingOrder();
    void everyControlHasAName();
    void narrowWindowTurnsTheSideIntoATab();

private:
    template <typename T = QWidget> [[nodiscard]] T *part(const QString &name)
    {
        return find<T>(m_fixture->sheet, name);
    }
    void click(const QString &name) { QTest::mouseClick(part(name), Qt::LeftButton); }
    [[nodiscard]] bool canSave() { return part<Button>(u"saveCredential"_s)->isEnabled(); }
    [[nodiscard]] QString status() { return m_fixture->sheet.findChild<DraftStatus *>()->text(); }
    [[nodiscard]] QString headline() { return part<TextLabel>(u"testHeadline"_s)->content(); }
    [[nodiscard]] ConfirmPanel *question() { return m_fixture->window.findChild<ConfirmPanel *>(); }

    std::unique_ptr<SheetFixture> m_fixture;
};

void TestCredentialSheet::init()
{
    m_fixture.reset();
    m_fixture = std::make_unique<SheetFixture>();
    QVERIFY(m_fixture->start());
    m_fixture->sheet.openNew(u"epic-ehr"_s);
}

void TestCredentialSheet::opensOnTheNameWithTheChecklist()
{
    QCOMPARE(QApplication::focusWidget(), part(u"nameEdit"_s));
    QVERIFY(part(u"prerequisite-1"_s)->isVisible());
    QCOMPARE(status(), u"4 required fields to fill in"_s);
    QVERIFY(!canSave());
    QVERIFY(!part<Button>(u"saveCredential"_s)->toolTip().isEmpty());
    QVERIFY(!part(u"environmentBadge"_s)->isVisible());
}

void TestCredentialSheet::wrongUrlIsSaidAndFixed()
{
    m_fixture->type(u"fhirBaseUrlEdit"_s, u"fhir epic"_s);
    auto *field = part<FormField>(u"fhirBaseUrlField"_s);
    QCOMPARE(field->state(), FieldState::Neutral); // still typing
    QTRY_COMPARE_WITH_TIMEOUT(field->state(), FieldState::Error, patience);
    QCOMPARE(status(), u"1 field to fix: FHIR Base URL"_s);
    part(u"nameEdit"_s)->setFocus();
    click(u"fieldToFix"_s);
    QCOMPARE(QApplication::focusWidget(), part(u"fhirBaseUrlEdit"_s));
    m_fixture->paste(u"fhirBaseUrlEdit"_s, fakeBaseUrl());
    QCOMPARE(field->state(), FieldState::Ok);
    QCOMPARE(status(), u"3 required fields to fill in"_s);
    QCOMPARE(part<Badge>(u"environmentBadge"_s)->badge().kind, BadgeKind::Sandbox);
}

void TestCredentialSheet::trimNowRepairs()
{
    m_fixture->paste(u"fhirBaseUrlEdit"_s, fakeBaseUrl() + u"/metadata"_s);
    auto *field = part<FormField>(u"fhirBaseUrlField"_s);
    QCOMPARE(field->state(), FieldState::Warning);
    auto *trim = find<Button>(*field, u"fieldLineAction"_s);
    QVERIFY(trim->isVisible());
    QTest::mouseClick(trim, Qt::LeftButton);
    QCOMPARE(part<QLineEdit>(u"fhirBaseUrlEdit"_s)->text(), fakeBaseUrl());
    QCOMPARE(field->state(), FieldState::Ok);
    QVERIFY(!trim->isVisible());
}

void TestCredentialSheet::quickPickFillsTheUrl()
{
    QVERIFY(!part(u"localSandboxPick"_s)->isVisible());
    m_fixture->sheet.setLocalSandbox(u"http://127.0.0.1:8080/api/FHIR/R4"_s);
    click(u"localSandboxPick"_s);
    QCOMPARE(part<QLineEdit>(u"fhirBaseUrlEdit"_s)->text(), u"http://127.0.0.1:8080/api/FHIR/R4"_s);
    QCOMPARE(part<Badge>(u"environmentBadge"_s)->badge().kind, BadgeKind::Local);
    click(u"epicSandboxPick"_s);
    QCOMPARE(part<QLineEdit>(u"fhirBaseUrlEdit"_s)->text(), fakeBaseUrl());
    QCOMPARE(part<FormField>(u"fhirBaseUrlField"_s)->state(), FieldState::Ok);
}

void TestCredentialSheet::editingMayComeFirst()
{
    const Result<Credential> saved = m_fixture->vault.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(saved);
    CredentialSheet fresh(m_fixture->theme, m_fixture->window, m_fixture->vault.session);
    fresh.openFor(*saved);
    QCOMPARE(find<QLineEdit>(fresh, u"nameEdit"_s)->text(), u"Alder"_s);
}

void TestCredentialSheet::whatIsKnownIsFilledIn()
{
    QFile file(m_fixture->vault.folder.filePath(u"given.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(sampleKeyPem().charView().toByteArray());
    file.close();
    CredentialSheet::Prefill prefill;
    prefill.name = u"Local sandbox"_s;
    prefill.fhirBaseUrl = fakeBaseUrl();
    prefill.clientId = u"0c5b8d9e-4f1a-4b7e-9d2c-7be13fa08c54"_s;
    prefill.keyFile = file.fileName();
    m_fixture->sheet.openPrefilled(u"epic-ehr"_s, prefill);
    QCOMPARE(part<QLineEdit>(u"nameEdit"_s)->text(), prefill.name);
    QCOMPARE(part<QLineEdit>(u"fhirBaseUrlEdit"_s)->text(), prefill.fhirBaseUrl);
    QCOMPARE(part<FormField>(u"fhirBaseUrlField"_s)->state(), FieldState::Ok);
    QTRY_VERIFY_WITH_TIMEOUT(canSave(), patience); // once the key has been looked at
    click(u"cancelSheet"_s);
    QVERIFY(question()); // it would be lost
}

void TestCredentialSheet::saveNeedsEverything()
{
    m_fixture->type(u"nameEdit"_s, u"Alder"_s);
    QVERIFY(!canSave());
    m_fixture->paste(u"fhirBaseUrlEdit"_s, fakeBaseUrl());
    QVERIFY(!canSave());
    m_fixture->paste(u"clientIdEdit"_s, u"c83d5e10-7b2f-4a96-9e41-2f60d7a8b35"_s);
    QVERIFY(!canSave());
    QCOMPARE(status(), u"1 required field to fill in"_s);
    m_fixture->pasteKey(sampleKeyPem().charView().toByteArray());
    // The client ID is one character short: a warning, which does not block.
    QTRY_VERIFY_WITH_TIMEOUT(canSave(), patience);
    QCOMPARE(part<FormField>(u"clientIdField"_s)->state(), FieldState::Warning);
    QVERIFY(part<Button>(u"testConnection"_s)->isEnabled());
}

void TestCredentialSheet::savesAndCloses()
{
    QVERIFY(m_fixture->fillValid(u"Alder Creek"_s));
    QSignalSpy saved(&m_fixture->sheet, &CredentialSheet::saved);
    click(u"saveCredential"_s);
    QVERIFY(saved.wait(patience));
    QVERIFY(!m_fixture->sheet.isOpen());
    const Credential *credential = m_fixture->vault.session.credential(saved.first().first().toUuid());
    QVERIFY(credential != nullptr);
    QCOMPARE(credential->name, u"Alder Creek"_s);
    QCOMPARE(credential->key.thumbprint, inspectKey(sampleKeyPem()).thumbprint);
    // Nothing of it is left for the next one.
    m_fixture->sheet.openNew(u"epic-ehr"_s);
    QVERIFY(part<QLineEdit>(u"nameEdit"_s)->text().isEmpty());
    QCOMPARE(status(), u"4 required fields to fill in"_s);
}

void TestCredentialSheet::takenNameIsSaidAtTheName()
{
    QVERIFY_RESULT(m_fixture->vault.save(sampleDraft(u"Alder"_s)));
    QVERIFY(m_fixture->fillValid(u"Alder"_s));
    click(u"saveCredential"_s);
    auto *field = part<FormField>(u"nameField"_s);
    QTRY_COMPARE_WITH_TIMEOUT(field->state(), FieldState::Error, patience);
    QVERIFY(m_fixture->sheet.isOpen());
    QCOMPARE(QApplication::focusWidget(), part(u"nameEdit"_s));
    QTest::keyClicks(part(u"nameEdit"_s), u" 2"_s);
    QVERIFY(field->state() != FieldState::Error);
    QSignalSpy saved(&m_fixture->sheet, &CredentialSheet::saved);
    QTest::keyClick(part(u"nameEdit"_s), Qt::Key_S, Qt::ControlModifier);
    QVERIFY(saved.wait(patience));
}

void TestCredentialSheet::controlSOnAnInvalidDraftShowsWhy()
{
    m_fixture->type(u"nameEdit"_s, u"Alder"_s);
    QTest::keyClick(part(u"nameEdit"_s), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(part<FormField>(u"clientIdField"_s)->state(), FieldState::Error);
    QCOMPARE(part<FormField>(u"privateKeyField"_s)->state(), FieldState::Error);
    QVERIFY(m_fixture->vault.session.credentials().isEmpty());
}

void TestCredentialSheet::editKeepsTheKey()
{
    const Result<Credential> before = m_fixture->vault.save(sampleDraft(u"Riverbend"_s));
    QVERIFY_RESULT(before);
    m_fixture->sheet.close();
    m_fixture->sheet.openFor(*m_fixture->vault.session.credential(before->id));
    QVERIFY(part(u"keyCard"_s)->isVisible());
    QVERIFY(canSave());
    QVERIFY(part<TextLabel>(u"draftWord"_s)->content().isEmpty());
    part<QPlainTextEdit>(u"descriptionEdit"_s)->setPlainText(u"Weekly export"_s);
    QCOMPARE(part<TextLabel>(u"draftWord"_s)->content(), u"Changes, not saved"_s);
    QSignalSpy saved(&m_fixture->sheet, &CredentialSheet::saved);
    click(u"saveCredential"_s);
    QVERIFY(saved.wait(patience));
    const Credential *after = m_fixture->vault.session.credential(before->id);
    QCOMPARE(after->description, u"Weekly export"_s);
    QCOMPARE(after->key.thumbprint, before->key.thumbprint);
}

void TestCredentialSheet::helpFollowsTheFocus()
{
    part(u"clientIdEdit"_s)->setFocus();
    QTRY_VERIFY(part(u"helpArea"_s)->isVisible());
    bool says = false;
    for (const TextLabel *label : part(u"helpArea"_s)->findChildren<TextLabel *>())
        says = says || label->content().contains(u"client_id");
    QVERIFY(says);
    QTest::keyClicks(part(u"clientIdEdit"_s), u"c83d5e10-7b2f-4a96-9e41-2f60"_s);
    QVERIFY(part(u"clientIdAnatomy"_s)->accessibleName().contains(u"4 of 12"));
    click(u"backToChecklist"_s);
    QVERIFY(part(u"prerequisite-1"_s)->isVisible());
}

void TestCredentialSheet::testPasses()
{
    QVERIFY(m_fixture->fillValid(u"Alder"_s));
    QTest::keyClick(part(u"nameEdit"_s), Qt::Key_T, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(headline(), u"Connection works"_s, patience);
    QCOMPARE(status(), u"Passed just now"_s);
    QSignalSpy saved(&m_fixture->sheet, &CredentialSheet::saved);
    click(u"saveCredential"_s);
    QVERIFY(saved.wait(patience));
    const Credential *credential = m_fixture->vault.session.credential(saved.first().first().toUuid());
    QVERIFY(credential->lastTest.has_value());
    QVERIFY(credential->lastTest->passed);
}

void TestCredentialSheet::testFailureIsDiagnosed()
{
    QVERIFY(m_fixture->fillValid(u"Alder"_s));
    m_fixture->vault.server->mode = FakeServer::Mode::RefusesClient;
    click(u"testConnection"_s);
    // The headline is there while the probes that follow a failure are still running.
    QTRY_COMPARE_WITH_TIMEOUT(status(), u"Failed just now. You can save it anyway."_s, patience);
    QCOMPARE(headline(), u"Token refused: invalid_client"_s);
    QVERIFY(canSave());
    QTRY_VERIFY(part(u"diagnosis"_s)->isVisible()); // a layout shows what is new in it in the next turn of the loop
    // The focus goes to the first cause, from where the keyboard reaches its fix.
    QTRY_VERIFY(part(u"diagnosis"_s)->isAncestorOf(QApplication::focusWidget()) ||
                QApplication::focusWidget() == part(u"diagnosis"_s));
}

void TestCredentialSheet::hangingTestIsCancelledAtOnce_data()
{
    QTest::addColumn<int>("mode");
    QTest::newRow("transport listens") << int(FakeServer::Mode::Hangs);
    QTest::newRow("transport is deaf") << int(FakeServer::Mode::HangsDeaf);
}

void TestCredentialSheet::hangingTestIsCancelledAtOnce()
{
    QFETCH(int, mode);
    QVERIFY(m_fixture->fillValid(u"Alder"_s));
    m_fixture->vault.server->mode = static_cast<FakeServer::Mode>(mode);
    click(u"testConnection"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->vault.server->tokenRequests.load(), 1, patience);
    QCOMPARE(headline(), u"Testing the connection"_s);
    QVERIFY(!part<Button>(u"testConnection"_s)->isEnabled());
    // The window answers while it hangs.
    QElapsedTimer timer;
    timer.start();
    m_fixture->type(u"nameEdit"_s, u"x"_s);
    QVERIFY(timer.elapsed() < atOnceMs);
    timer.restart();
    click(u"runAgain"_s); // it reads Cancel now
    QVERIFY2(timer.elapsed() < atOnceMs, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(headline(), u"Test cancelled"_s);
    QCOMPARE(status(), u"Test cancelled"_s);
    QVERIFY(part<Button>(u"testConnection"_s)->isEnabled());
    // And the next test is not mixed up with it.
    m_fixture->vault.server->mode = FakeServer::Mode::Grants;
    click(u"runAgain"_s);
    QTRY_COMPARE_WITH_TIMEOUT(headline(), u"Connection works"_s, patience);
}

void TestCredentialSheet::changeAfterTheTestIsSaid()
{
    QVERIFY(m_fixture->fillValid(u"Alder"_s));
    click(u"testConnection"_s);
    QTRY_COMPARE_WITH_TIMEOUT(status(), u"Passed just now"_s, patience);
    m_fixture->paste(u"clientIdEdit"_s, u"b94e07d2-6c58-47af-8e3d-f1a6209c5b70"_s);
    QCOMPARE(status(), u"Changed since the test"_s);
}

void TestCredentialSheet::closingWithChangesAsks_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("Esc keeps") << int(Qt::Key_Escape);
    QTest::newRow("Enter keeps") << int(Qt::Key_Return);
}

void TestCredentialSheet::closingWithChangesAsks()
{
    QFETCH(int, key);
    m_fixture->type(u"nameEdit"_s, u"Alder"_s);
    QTest::keyClick(part(u"nameEdit"_s), Qt::Key_Escape);
    QVERIFY(question());
    QVERIFY(question()->isOpen());
    QTest::keyClick(QApplication::focusWidget(), static_cast<Qt::Key>(key));
    QTRY_VERIFY(!question());
    QVERIFY(m_fixture->sheet.isOpen());
    QCOMPARE(part<QLineEdit>(u"nameEdit"_s)->text(), u"Alder"_s);
    QTest::keyClick(part(u"nameEdit"_s), Qt::Key_Escape); // and it can be asked again
    QVERIFY(question());
}

void TestCredentialSheet::closingWithoutChangesJustCloses()
{
    QTest::keyClick(part(u"nameEdit"_s), Qt::Key_Escape);
    QVERIFY(!question());
    QVERIFY(!m_fixture->sheet.isOpen());
}

void TestCredentialSheet::discardForgets()
{
    QVERIFY(m_fixture->fillValid(u"Alder"_s));
    click(u"cancelSheet"_s);
    QVERIFY(question());
    QTest::mouseClick(question()->deedButton(), Qt::LeftButton);
    QTRY_VERIFY(!m_fixture->sheet.isOpen());
    QVERIFY(m_fixture->vault.session.credentials().isEmpty());
    QTRY_VERIFY(!m_fixture->sheet.findChild<QWidget *>(u"keyCard"_s));
    QVERIFY(part<QLineEdit>(u"nameEdit"_s)->text().isEmpty());
}

void TestCredentialSheet::tabOrderIsReadingOrder()
{
    QVERIFY(m_fixture->fillValid(u"Alder"_s));
    const QStringList expected{u"nameEdit"_s,
                               u"descriptionEdit"_s,
                               u"epicSandboxPick"_s,
                               u"organizationsPick"_s,
                               u"fhirBaseUrlEdit"_s,
                               u"clientIdEdit"_s,
                               u"replaceKey"_s,
                               {},
                               u"copyPublicKey"_s,
                               u"savePublicKey"_s,
                               u"registrationSheet"_s,
                               u"disclosureHeader"_s,
                               u"testConnection"_s,
                               u"cancelSheet"_s,
                               u"saveCredential"_s};
    part(u"nameEdit"_s)->setFocus();
    QStringList seen{u"nameEdit"_s};
    for (qsizetype i = 1; i < expected.size(); i++) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        seen << QApplication::focusWidget()->objectName();
    }
    QCOMPARE(seen, expected);
    // Tab stays inside the sheet, and comes round.
    for (int i = 0; i < 40 && QApplication::focusWidget() != part(u"nameEdit"_s); i++) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(m_fixture->sheet.isAncestorOf(QApplication::focusWidget()));
    }
    QCOMPARE(QApplication::focusWidget(), part(u"nameEdit"_s));
}

void TestCredentialSheet::everyControlHasAName()
{
    QCOMPARE(namelessControls(m_fixture->sheet), QStringList());
    QVERIFY(m_fixture->fillValid(u"Alder"_s));
    m_fixture->vault.server->mode = FakeServer::Mode::RefusesClient;
    click(u"testConnection"_s);
    QTRY_COMPARE_WITH_TIMEOUT(headline(), u"Token refused: invalid_client"_s, patience);
    QCOMPARE(namelessControls(m_fixture->sheet), QStringList());
    QVERIFY(part(u"nameEdit"_s)->accessibleName().contains(u"required"));
}

void TestCredentialSheet::narrowWindowTurnsTheSideIntoATab()
{
    m_fixture->window.resize(1024, 680);
    QTRY_VERIFY(m_fixture->sheet.isNarrow());
    QVERIFY(part(u"nameEdit"_s)->isVisible());
    QVERIFY(!part(u"sideTabs"_s)->isVisible());
    QTest::keyClick(part(u"nameEdit"_s), Qt::Key_F1);
    QVERIFY(part(u"sideTabs"_s)->isVisible());
    QVERIFY(!part(u"nameEdit"_s)->isVisible());
}

QTEST_MAIN(TestCredentialSheet)
#include "tst_credentialsheet.moc"
