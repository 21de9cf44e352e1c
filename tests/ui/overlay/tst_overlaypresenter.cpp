// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/session/SessionFixture.h"
#include "ui/overlay/OverlayPresenter.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

const QString wrongUrl = u"fhir epic com"_s;

} // namespace

class TestOverlayPresenter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyDraftCountsWhatIsMissing();
    void halfTypedWordIsNotJudged();
    void pauseJudges();
    void pasteJudgesAtOnce();
    void leavingJudgesAtOnce();
    void untouchedFieldLeftStaysQuiet();
    void fixedErrorClearsAtOnce();
    void goingOnShowsTheFieldBefore();
    void saveNeedsEveryRequiredField();
    void warningsDoNotDisable();
    void replacementIsApplied();
    void summaryNamesTheField();
    void environmentFollowsTheUrl_data();
    void environmentFollowsTheUrl();
    void listsAreReadFromText();
    void noteStaysUntilTheFieldChanges();
    void pendingKeyHoldsSaveBack();
    void dirtyComparesWithTheStart();
    void editingShowsFindings();
    void testGoesStaleWhenServersWouldSeeIt_data();
    void testGoesStaleWhenServersWouldSeeIt();
    void weakCauseMarksNoField();
    void advancedSummarySaysWhatIsSet();
    void validationIsFast();

private:
    static void fill(OverlayPresenter &presenter);
};

void TestOverlayPresenter::fill(OverlayPresenter &presenter)
{
    const CredentialDraft draft = sampleDraft(u"Alder"_s);
    presenter.setText(Field::Name, draft.name, InputWay::Pasted);
    presenter.setText(Field::FhirBaseUrl, draft.fhirBaseUrl, InputWay::Pasted);
    presenter.setText(Field::ClientId, draft.clientId, InputWay::Pasted);
    presenter.setKey(draft.key, u"pasted"_s);
}

void TestOverlayPresenter::emptyDraftCountsWhatIsMissing()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    QCOMPARE(presenter.missing(), (QList<Field>{Field::Name, Field::FhirBaseUrl, Field::ClientId, Field::PrivateKey}));
    QCOMPARE(presenter.summary(), u"4 required fields to fill in"_s);
    QVERIFY(!presenter.canSave());
    QVERIFY(!presenter.canTest());
    QVERIFY(!presenter.isDirty());
    QVERIFY(!presenter.shown(Field::Name));
}

void TestOverlayPresenter::halfTypedWordIsNotJudged()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    for (qsizetype i = 1; i <= wrongUrl.size(); i++) {
        presenter.setText(Field::FhirBaseUrl, wrongUrl.left(i));
        QVERIFY(!presenter.shown(Field::FhirBaseUrl));
    }
}

void TestOverlayPresenter::pauseJudges()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    QSignalSpy shown(&presenter, &OverlayPresenter::shownChanged);
    QElapsedTimer timer;
    timer.start();
    presenter.setText(Field::FhirBaseUrl, wrongUrl);
    QVERIFY(shown.wait(3000));
    QVERIFY2(timer.elapsed() >= OverlayPresenter::typingPause.count() - 50,
             qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(presenter.shown(Field::FhirBaseUrl)->state, Finding::State::Error);
}

void TestOverlayPresenter::pasteJudgesAtOnce()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    presenter.setText(Field::FhirBaseUrl, wrongUrl, InputWay::Pasted);
    QVERIFY(presenter.shown(Field::FhirBaseUrl));
    QCOMPARE(presenter.shown(Field::FhirBaseUrl)->state, Finding::State::Error);
}

void TestOverlayPresenter::leavingJudgesAtOnce()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    presenter.setText(Field::FhirBaseUrl, wrongUrl);
    presenter.leave(Field::FhirBaseUrl);
    QCOMPARE(presenter.shown(Field::FhirBaseUrl)->state, Finding::State::Error);
}

void TestOverlayPresenter::untouchedFieldLeftStaysQuiet()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    presenter.leave(Field::Name);
    QVERIFY(!presenter.shown(Field::Name));
    presenter.setText(Field::Name, u"x"_s);
    presenter.setText(Field::Name, {});
    presenter.leave(Field::Name);
    QCOMPARE(presenter.shown(Field::Name)->code, u"name.required"_s);
}

void TestOverlayPresenter::fixedErrorClearsAtOnce()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    presenter.setText(Field::FhirBaseUrl, wrongUrl, InputWay::Pasted);
    presenter.setText(Field::FhirBaseUrl, fakeBaseUrl());
    QCOMPARE(presenter.shown(Field::FhirBaseUrl)->state, Finding::State::Ok);
    // What goes wrong anew waits for the pause again.
    presenter.setText(Field::FhirBaseUrl, wrongUrl);
    QCOMPARE(presenter.shown(Field::FhirBaseUrl)->state, Finding::State::Ok);
    QVERIFY(!presenter.canSave());
}

void TestOverlayPresenter::goingOnShowsTheFieldBefore()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    presenter.setText(Field::FhirBaseUrl, wrongUrl);
    presenter.setText(Field::ClientId, u"c"_s);
    QVERIFY(presenter.shown(Field::FhirBaseUrl));
    QVERIFY(!presenter.shown(Field::ClientId));
}

void TestOverlayPresenter::saveNeedsEveryRequiredField()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    fill(presenter);
    QVERIFY(presenter.canSave());
    QVERIFY(presenter.summary().isEmpty());
    for (const Field field : {Field::Name, Field::FhirBaseUrl, Field::ClientId}) {
        const QString text = presenter.textOf(field);
        presenter.setText(field, u"  "_s);
        QVERIFY2(!presenter.canSave(), qPrintable(nameOf(field)));
        presenter.setText(field, text);
        QVERIFY(presenter.canSave());
    }
    presenter.setKey(nullptr, {});
    QVERIFY(!presenter.canSave());
}

void TestOverlayPresenter::warningsDoNotDisable()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    fill(presenter);
    presenter.setText(Field::FhirBaseUrl, fakeBaseUrl() + u"/metadata"_s, InputWay::Pasted);
    presenter.setText(Field::ClientId, u"pipeline-client"_s, InputWay::Pasted);
    QCOMPARE(presenter.shown(Field::FhirBaseUrl)->state, Finding::State::Warning);
    QCOMPARE(presenter.shown(Field::ClientId)->state, Finding::State::Warning);
    QVERIFY(presenter.canSave());
    QVERIFY(presenter.canTest());
}

void TestOverlayPresenter::replacementIsApplied()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    presenter.setText(Field::FhirBaseUrl, fakeBaseUrl() + u"/metadata"_s, InputWay::Pasted);
    QSignalSpy replaced(&presenter, &OverlayPresenter::textReplaced);
    presenter.applyReplacement(Field::FhirBaseUrl);
    QCOMPARE(presenter.textOf(Field::FhirBaseUrl), fakeBaseUrl());
    QCOMPARE(replaced.count(), 1);
    QCOMPARE(presenter.shown(Field::FhirBaseUrl)->state, Finding::State::Ok);
    presenter.applyReplacement(Field::ClientId); // nothing to repair there
    QCOMPARE(replaced.count(), 1);
}

void TestOverlayPresenter::summaryNamesTheField()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    fill(presenter);
    presenter.setText(Field::FhirBaseUrl, wrongUrl, InputWay::Pasted);
    QCOMPARE(presenter.summary(), u"1 field to fix: FHIR Base URL"_s);
    QCOMPARE(presenter.toFix(), QList<Field>{Field::FhirBaseUrl});
    presenter.setText(Field::TokenEndpoint, u"nonsense"_s, InputWay::Pasted);
    QCOMPARE(presenter.summary(), u"2 fields to fix: FHIR Base URL, Token endpoint"_s);
}

void TestOverlayPresenter::environmentFollowsTheUrl_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("environment");
    QTest::newRow("epic sandbox") << fakeBaseUrl() << int(Environment::Sandbox);
    QTest::newRow("hospital") << u"https://fhir.northlake.org/FHIR/api/FHIR/R4"_s << int(Environment::Production);
    QTest::newRow("loopback") << u"http://127.0.0.1:8080/api/FHIR/R4"_s << int(Environment::Local);
    QTest::newRow("nothing usable") << wrongUrl << -1;
    QTest::newRow("empty") << QString() << -1;
}

void TestOverlayPresenter::environmentFollowsTheUrl()
{
    QFETCH(QString, url);
    QFETCH(int, environment);
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    presenter.setText(Field::FhirBaseUrl, fakeBaseUrl(), InputWay::Pasted);
    presenter.setText(Field::FhirBaseUrl, url, InputWay::Pasted);
    QCOMPARE(presenter.environment() ? int(*presenter.environment()) : -1, environment);
}

void TestOverlayPresenter::listsAreReadFromText()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    presenter.setText(Field::Scopes, u" system/Patient.read\tsystem/Observation.read  "_s);
    QCOMPARE(presenter.draft().scopes, (QStringList{u"system/Patient.read"_s, u"system/Observation.read"_s}));
    presenter.setText(Field::Tags, u"bulk, , population health,"_s);
    QCOMPARE(presenter.draft().tags, (QStringList{u"bulk"_s, u"population health"_s}));
    presenter.setText(Field::ExtraHeaders, u"X-Tenant: north: lake\n\nbroken"_s);
    QCOMPARE(presenter.draft().extraHeaders.size(), 2);
    QCOMPARE(presenter.draft().extraHeaders.at(0).second, u"north: lake"_s);
    QCOMPARE(presenter.draft().extraHeaders.at(1).first, u"broken"_s);
}

void TestOverlayPresenter::noteStaysUntilTheFieldChanges()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    fill(presenter);
    presenter.setNote(Field::Name, {Finding::State::Error, u"vault.name-taken"_s, u"Taken."_s, {}, {}});
    QCOMPARE(presenter.shown(Field::Name)->code, u"vault.name-taken"_s);
    QCOMPARE(presenter.summary(), u"1 field to fix: Credential Name"_s);
    presenter.setText(Field::ClientId, u"other"_s);
    QCOMPARE(presenter.shown(Field::Name)->code, u"vault.name-taken"_s);
    presenter.setText(Field::Name, u"Another"_s);
    QCOMPARE(presenter.shown(Field::Name)->state, Finding::State::Ok);
}

void TestOverlayPresenter::pendingKeyHoldsSaveBack()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    fill(presenter);
    presenter.setKeyPending(true);
    QVERIFY(!presenter.canSave());
    QVERIFY(presenter.isDirty());
    presenter.setKeyPending(false);
    QVERIFY(presenter.canSave());
}

void TestOverlayPresenter::dirtyComparesWithTheStart()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    presenter.setText(Field::Name, u"Alder"_s);
    QVERIFY(presenter.isDirty());
    presenter.setText(Field::Name, {});
    QVERIFY(!presenter.isDirty());
    presenter.setKey(sampleDraft({}).key, u"pasted"_s);
    QVERIFY(presenter.isDirty());
}

void TestOverlayPresenter::editingShowsFindings()
{
    Credential credential;
    credential.id = QUuid::createUuid();
    credential.name = u"Riverbend"_s;
    credential.connector = u"epic-ehr"_s;
    credential.fhirBaseUrl = fakeBaseUrl();
    credential.clientId = u"pipeline"_s;
    credential.key.thumbprint = u"abc"_s;
    OverlayPresenter presenter;
    presenter.startEditing(credential);
    QVERIFY(presenter.isEditing());
    QVERIFY(!presenter.isDirty());
    QVERIFY(presenter.canSave());
    QCOMPARE(presenter.savedName(), u"Riverbend"_s);
    QCOMPARE(presenter.shown(Field::ClientId)->state, Finding::State::Warning);
    QCOMPARE(presenter.environment(), std::optional(Environment::Sandbox));
    QVERIFY(!presenter.missing().contains(Field::PrivateKey));
}

void TestOverlayPresenter::testGoesStaleWhenServersWouldSeeIt_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<bool>("stale");
    QTest::newRow("name") << int(Field::Name) << false;
    QTest::newRow("description") << int(Field::Description) << false;
    QTest::newRow("tags") << int(Field::Tags) << false;
    QTest::newRow("client ID") << int(Field::ClientId) << true;
    QTest::newRow("key ID") << int(Field::KeyId) << true;
    QTest::newRow("scopes") << int(Field::Scopes) << true;
}

void TestOverlayPresenter::testGoesStaleWhenServersWouldSeeIt()
{
    QFETCH(int, field);
    QFETCH(bool, stale);
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    fill(presenter);
    presenter.testStarted();
    QVERIFY(!presenter.canTest());
    TestReport report;
    report.passed = true;
    presenter.testEnded(report);
    QCOMPARE(presenter.testState(), DraftTestState::Passed);
    QVERIFY(presenter.currentTest().has_value());
    presenter.setText(static_cast<Field>(field), u"something-else"_s);
    QCOMPARE(presenter.testState() == DraftTestState::Outdated, stale);
    QCOMPARE(presenter.currentTest().has_value(), !stale);
}

void TestOverlayPresenter::weakCauseMarksNoField()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    fill(presenter);
    TestReport report;
    report.diagnosis = {{u"wrong-environment"_s,
                         Cause::Likelihood::Possible,
                         u"This is the sandbox client ID"_s,
                         {},
                         {},
                         u"clientId"_s}};
    presenter.testStarted();
    presenter.testEnded(report);
    QCOMPARE(presenter.shown(Field::ClientId)->state, Finding::State::Ok);
    report.diagnosis.first().likelihood = Cause::Likelihood::Certain;
    presenter.testStarted();
    presenter.testEnded(report);
    QCOMPARE(presenter.shown(Field::ClientId)->state, Finding::State::Warning);
    QVERIFY(presenter.canSave());
    presenter.testStarted(); // the next test starts without the last one's suspicion
    QCOMPARE(presenter.shown(Field::ClientId)->state, Finding::State::Ok);
}

void TestOverlayPresenter::advancedSummarySaysWhatIsSet()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    QVERIFY(presenter.advancedSummary().startsWith(u"Key ID, algorithm"));
    fill(presenter);
    presenter.setText(Field::KeyId, u"alder-1"_s);
    presenter.setText(Field::Scopes, u"system/Patient.read system/Group.read"_s);
    presenter.setText(Field::Tags, u"bulk"_s);
    QCOMPARE(presenter.advancedSummary(), u"RS384, kid alder-1, 2 scopes, no proxy, tag bulk"_s);
}

void TestOverlayPresenter::validationIsFast()
{
    OverlayPresenter presenter;
    presenter.startNew(u"epic-ehr"_s);
    fill(presenter);
    QElapsedTimer timer;
    timer.start();
    constexpr int keys = 200;
    for (int i = 0; i < keys; i++)
        presenter.setText(Field::Description, QString(i, u'x'));
    // A sixteenth of a frame each, on a busy machine.
    QVERIFY2(timer.elapsed() < keys, qPrintable(QString::number(timer.elapsed())));
}

QTEST_MAIN(TestOverlayPresenter)
#include "tst_overlaypresenter.moc"
