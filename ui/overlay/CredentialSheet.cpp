// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/CredentialSheet.h"

#include "ui/connectiontest/ConnectionTestView.h"
#include "ui/overlay/CredentialForm.h"
#include "ui/overlay/DiscoveryLine.h"
#include "ui/overlay/DraftStatus.h"
#include "ui/overlay/KeyField.h"
#include "ui/overlay/OrganizationPicker.h"
#include "ui/overlay/SideColumn.h"
#include "ui/session/VaultSession.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ColumnScrollArea.h"
#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QShortcut>
#include <QStandardPaths>

#include <chrono>

// Q_INIT_RESOURCE must stand outside of any namespace.
static void initHelpResources()
{
    Q_INIT_RESOURCE(help);
}

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

BadgeText badgeOf(Environment environment)
{
    switch (environment) {
    case Environment::Production:
        return {BadgeKind::Production, CredentialSheet::tr("Production")};
    case Environment::Sandbox:
        return {BadgeKind::Sandbox, CredentialSheet::tr("Sandbox")};
    case Environment::Local:
        return {BadgeKind::Local, CredentialSheet::tr("Local")};
    }
    return {};
}

/// What a test had come to when it was cancelled: the step that ran, or was about to, ends there; the rest is not
/// reached.
TestReport cutShort(TestReport report)
{
    bool isCut = false;
    for (TestStep &step : report.steps) {
        if (step.state != TestStepState::Running && step.state != TestStepState::Waiting)
            continue;
        step.state = isCut ? TestStepState::Skipped : TestStepState::Failed;
        if (!std::exchange(isCut, true))
            step.code = u"cancelled"_s;
    }
    return report;
}

/// The report of a test that was only just asked for.
TestReport notYetStarted(const QString &name, const QDateTime &now)
{
    TestReport report;
    report.credential = name;
    report.startedAt = now;
    for (const TestStepId id :
         {TestStepId::Validate, TestStepId::Discover, TestStepId::Sign, TestStepId::Token, TestStepId::Fhir}) {
        TestStep step;
        step.id = id;
        report.steps.append(step);
    }
    report.steps.first().state = TestStepState::Running;
    return report;
}

/// Where the list of organizations is kept between starts: it is public, and can be fetched again.
QString keptDirectoryPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + u"/endpoints-r4.json"_s;
}

QString scopesHint(const TestReport &report)
{
    const auto token = std::ranges::find(report.steps, TestStepId::Token, &TestStep::id);
    if (token == report.steps.end() || !token->details.contains("grantedScopes"_L1))
        return {};
    return CredentialSheet::tr("%1 asked, %2 granted")
        .arg(token->details["askedScopes"_L1].toArray().size())
        .arg(token->details["grantedScopes"_L1].toArray().size());
}

} // namespace

CredentialSheet::CredentialSheet(const Theme &theme, QWidget &host, VaultSession &session)
    : Sheet(theme, host, tr("Add New Credential")), m_theme(theme), m_host(host), m_session(session),
      m_connector(new Badge(theme, {})), m_environment(new Badge(theme, {})),
      m_draftWord(new TextLabel(theme, {}, TextStyle::Small, Role::Text3)),
      m_form(new CredentialForm(theme, m_presenter,
                                [this](QObject *context, std::function<void(Result<Certificate>)> done) {
                                    m_session.issueCertificate(context, m_presenter.draft(), m_presenter.existing(),
                                                               std::move(done));
                                })),
      m_side(new SideColumn(theme, m_presenter)), m_status(new DraftStatus(theme, m_presenter, session.clock())),
      m_testButton(new Button(theme, tr("Test connection"))), m_cancel(new Button(theme, tr("Cancel"))),
      m_save(new Button(theme, tr("Save"), ButtonKind::Primary))
{
    initHelpResources();
    setObjectName(u"credentialSheet"_s);
    makeHeader();
    makeColumns();
    makeFoot();
    orderTabs();
    makeShortcuts();
    m_form->keyField().setExistingKeys([this] { return existingKeys(); });
    m_form->keyField().setUsersOfKey([this](const QString &thumbprint) { return usersOfKey(thumbprint); });

    // The presenter speaks before begin() where a saved credential is the first one opened.
    m_side->restart(m_presenter.connector());
    connect(&m_presenter, &OverlayPresenter::changed, this, [this] {
        m_status->setFailure({});
        refresh();
    });
    m_keepSoon.setSingleShot(true);
    m_keepSoon.setInterval(std::chrono::seconds(2));
    connect(&m_keepSoon, &QTimer::timeout, this, &CredentialSheet::keepUpToDate);
    const auto keepSoon = [this] {
        if (isOpen() && !m_keepSoon.isActive())
            m_keepSoon.start();
    };
    connect(&m_presenter, &OverlayPresenter::changed, this, keepSoon);
    connect(&m_presenter, &OverlayPresenter::shownChanged, this, keepSoon);
    connect(&m_session, &VaultSession::testProgressed, this, &CredentialSheet::showProgress);
    connect(&m_session, &VaultSession::testWaiting, this, &CredentialSheet::showWaiting);
    connect(&m_session, &VaultSession::testFinished, this, &CredentialSheet::finishTest);
    connect(&m_session, &VaultSession::aboutToLock, this, &CredentialSheet::keepDraft);
    connect(&m_session, &VaultSession::stateChanged, this, [this] {
        const bool holdsSomething = isOpen() || m_presenter.isDirty() || m_presenter.isEditing();
        if (m_session.state() == VaultSession::State::Unlocked)
            resumeDraft();
        else if (holdsSomething)
            drop();
    });
    if (m_session.state() == VaultSession::State::Unlocked) // made only after the first unlocking
        resumeDraft();
    connect(this, &Scrim::requestClose, this, &CredentialSheet::closeOrAsk);
}

CredentialSheet::~CredentialSheet()
{
    // These look at the presenter, which goes before the widgets that a base class owns.
    delete m_form;
    delete m_side;
    delete m_status;
}

void CredentialSheet::makeHeader()
{
    m_connector->setObjectName(u"connectorBadge"_s);
    m_environment->setObjectName(u"environmentBadge"_s);
    m_draftWord->setObjectName(u"draftWord"_s);
    addHeaderWidget(m_connector);
    addHeaderWidget(m_environment);
    addHeaderTrailing(m_draftWord);
}

void CredentialSheet::makeColumns()
{
    auto *area = new ColumnScrollArea(u"formArea"_s);
    area->setColumn(m_form);
    setMain(area, tr("Form"));
    setSide(m_side, tr("Help and test"));
    connect(m_form, &CredentialForm::fieldEntered, this, &CredentialSheet::showHelpOf);
    connect(m_form, &CredentialForm::jwkSetCheckRequested, this, &CredentialSheet::checkJwkSet);
    connect(&m_form->organizations(), &OrganizationPicker::fetchRequested, this, &CredentialSheet::fetchDirectory);
    connect(&m_form->organizations(), &OrganizationPicker::fileChosen, this,
            [this](const QString &path) { loadDirectory(path, false); });
    connect(&m_form->keyField(), &KeyField::copied, this, &CredentialSheet::copied);
    connect(m_side, &SideColumn::portalRequested, this, &CredentialSheet::portalRequested);
    connect(m_side, &SideColumn::copied, this, &CredentialSheet::copied);
    connect(m_side, &SideColumn::generateRequested, this, [this] {
        showMain();
        m_form->keyField().offerGeneration();
    });
    connect(&m_side->test(), &ConnectionTestView::runRequested, this, &CredentialSheet::test);
    connect(&m_side->test(), &ConnectionTestView::cancelRequested, this, &CredentialSheet::cancelTest);
    connect(&m_side->test(), &ConnectionTestView::retryRequested, this, [this] { testAs(TestWay::UntilAccepted); });
    connect(&m_side->test(), &ConnectionTestView::clockCorrectionRequested, this, [this] {
        m_session.setCorrectsClock(true);
        Q_EMIT clockCorrectionRequested();
        test();
    });
    connect(&m_side->test(), &ConnectionTestView::fieldRequested, this, [this](Field field) {
        showMain();
        m_form->focusField(field);
    });
}

void CredentialSheet::makeFoot()
{
    m_testButton->setObjectName(u"testConnection"_s);
    m_testButton->setLeadingIcon(Icon::Gauge);
    m_testButton->setToolTip(tr("Ctrl+T"));
    m_cancel->setObjectName(u"cancelSheet"_s);
    m_save->setObjectName(u"saveCredential"_s);
    m_save->setToolTip(tr("Ctrl+S"));
    footer()->addWidget(m_testButton);
    footer()->addWidget(m_status);
    footer()->addStretch(1);
    footer()->addWidget(m_cancel);
    footer()->addWidget(m_save);
    connect(m_testButton, &Button::clicked, this, &CredentialSheet::test);
    connect(m_cancel, &Button::clicked, this, &CredentialSheet::closeOrAsk);
    connect(m_save, &Button::clicked, this, &CredentialSheet::save);
    connect(m_status, &DraftStatus::fieldRequested, this, [this](Field field) {
        showMain();
        m_form->focusField(field);
    });
}

void CredentialSheet::orderTabs()
{
    // Form, foot, then the side column (visual.md, Accessibility), though the side is made before the foot.
    QWidget *last = m_form;
    for (QWidget *next = m_form->nextInFocusChain(); next != m_form; next = next->nextInFocusChain()) {
        if (m_form->isAncestorOf(next) && (next->focusPolicy() & Qt::TabFocus) != 0)
            last = next;
    }
    for (QWidget *control :
         QList<QWidget *>{m_testButton} + m_status->findChildren<QWidget *>() + QList<QWidget *>{m_cancel, m_save}) {
        if ((control->focusPolicy() & Qt::TabFocus) == 0)
            continue;
        setTabOrder(last, control);
        last = control;
    }
}

void CredentialSheet::makeShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto slot) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_S), &CredentialSheet::save);
    add(QKeySequence(Qt::CTRL | Qt::Key_T), &CredentialSheet::test);
    add(QKeySequence(Qt::Key_F1), [this] {
        showSide();
        m_side->showHelp();
    });
}

void CredentialSheet::setLocalSandbox(const QString &fhirBaseUrl)
{
    m_form->setLocalSandbox(fhirBaseUrl);
}

void CredentialSheet::openNew(const QString &connectorId)
{
    m_presenter.setSavedCredentials(m_session.credentials());
    m_presenter.startNew(connectorId);
    begin(tr("Add New Credential"));
}

void CredentialSheet::openPrefilled(const QString &connectorId, const Prefill &prefill)
{
    openNew(connectorId);
    const auto fill = [this](Field field, const QString &text) {
        if (!text.isEmpty())
            m_presenter.fillIn(field, text);
    };
    fill(Field::Name, prefill.name);
    fill(Field::Description, prefill.description);
    fill(Field::FhirBaseUrl, prefill.fhirBaseUrl);
    fill(Field::ClientId, prefill.clientId);
    if (!prefill.keyFile.isEmpty())
        m_form->keyField().takeFile(prefill.keyFile);
}

void CredentialSheet::openFor(const Credential &credential)
{
    m_presenter.setSavedCredentials(m_session.credentials());
    m_presenter.startEditing(credential);
    begin(tr("Edit Credential"));
    m_session.withVault<QList<KeptTest>>(
        this, [id = credential.id](Vault &vault) { return testHistory(vault, id); },
        [this, id = credential.id](const Result<QList<KeptTest>> &tests) {
            if (isOpen() && m_presenter.existing() == id)
                m_side->test().setEarlierTests(tests, toDateTime(m_session.clock().now()));
        });
}

void CredentialSheet::begin(const QString &title)
{
    setTitle(title);
    m_testToken = {};
    m_form->discovery().clear();
    m_form->load();
    m_side->restart(m_presenter.connector());
    const bool isEpic = m_presenter.connector().hasEpicPathRule;
    m_connector->setBadge({BadgeKind::Plain, m_presenter.connector().name, isEpic ? Icon::HeartPulse : Icon::Server});
    showMain();
    refresh();
    if (!std::exchange(m_hasLookedForDirectory, true))
        loadDirectory(keptDirectoryPath(), true);
    open(m_form->firstField());
}

void CredentialSheet::refresh()
{
    const bool isTesting = !m_testToken.isNull();
    m_environment->setVisible(m_presenter.environment().has_value());
    if (m_presenter.environment())
        m_environment->setBadge(badgeOf(*m_presenter.environment()));
    m_draftWord->setContent(!m_presenter.isDirty()    ? QString()
                            : m_presenter.isEditing() ? tr("Changes, not saved")
                                                      : tr("Draft, not saved"));
    m_status->refresh();
    const QString why = m_presenter.summary().isEmpty() ? tr("A field is being looked at") : m_presenter.summary();
    m_save->setDisabledReason(m_presenter.canSave() ? QString() : why);
    m_testButton->setDisabledReason(m_presenter.canTest() ? QString() : isTesting ? tr("The test is running") : why);
    m_side->test().setRunnable(m_presenter.canTest() ? QString() : why);
    m_side->refresh();
}

void CredentialSheet::showHelpOf(Field field)
{
    // On opening, the first field has the focus but the checklist is what a newcomer needs.
    if (field == Field::Name && !m_presenter.isDirty() && !m_presenter.isEditing())
        return;
    m_side->setHelp(field);
}

void CredentialSheet::testAs(TestWay way)
{
    if (!m_presenter.canTest() || !m_testToken.isNull())
        return;
    m_testToken = QUuid::createUuid();
    m_testWay = way;
    m_presenter.testStarted();
    m_lastReport = notYetStarted(m_presenter.draft().name, toDateTime(m_session.clock().now()));
    m_side->test().showReport(m_lastReport, m_lastReport.startedAt);
    m_side->showTest();
    showSide();
    m_session.testDraft(m_testToken, m_presenter.draft(), m_presenter.existing(), way);
    refresh();
}

void CredentialSheet::cancelTest()
{
    if (m_testToken.isNull())
        return;
    // Shown as cancelled at once; what the thread still has to say no longer matters.
    const QUuid token = std::exchange(m_testToken, {});
    m_session.cancelTest(token);
    const TestReport report = cutShort(m_lastReport);
    m_side->test().showReport(report, toDateTime(m_session.clock().now()));
    m_presenter.testEnded(report);
}

void CredentialSheet::showProgress(const QUuid &token, const TestReport &report)
{
    if (m_testToken.isNull() || token != m_testToken)
        return;
    m_lastReport = report;
    m_side->test().showReport(report, toDateTime(m_session.clock().now()));
}

void CredentialSheet::showWaiting(const QUuid &token, const TestReport &report, const RetryWait &wait)
{
    if (m_testToken.isNull() || token != m_testToken)
        return;
    m_lastReport = report;
    m_side->test().showWaiting(report, wait, toDateTime(m_session.clock().now()));
}

void CredentialSheet::finishTest(const QUuid &token, const TestReport &report)
{
    if (m_testToken.isNull() || token != m_testToken)
        return;
    m_testToken = {};
    m_side->test().showReport(report, toDateTime(m_session.clock().now()));
    if (m_testWay == TestWay::UntilAccepted && report.passed)
        Q_EMIT accepted(m_presenter.draft().name);
    m_form->discovery().showReport(report);
    m_form->setScopesHint(scopesHint(report));
    m_presenter.testEnded(report);
    if (QWidget *cause = m_side->test().firstCause(); cause && isOpen()) {
        cause->setFocus(Qt::OtherFocusReason);
        ColumnScrollArea::reveal(cause);
    }
}

void CredentialSheet::save()
{
    if (m_save->isBusy())
        return;
    if (!m_presenter.canSave()) {
        m_presenter.revealAll(); // Ctrl+S on a draft that can't be saved: show why
        return;
    }
    std::optional<TestSummary> summary;
    if (const std::optional<TestReport> report = m_presenter.currentTest())
        summary = summaryOf(*report);
    m_save->setBusy(true);
    m_session.save(
        this, m_presenter.draft(), m_presenter.existing(),
        [this](const Result<Credential> &credential) { finishSave(credential); }, summary, m_presenter.base());
}

void CredentialSheet::finishSave(const Result<Credential> &credential)
{
    m_save->setBusy(false);
    if (credential) {
        forgetKeptDraft();
        drop();
        Q_EMIT saved(credential->id);
        return;
    }
    const Error &error = credential.error();
    if (error.code == u"vault.name-taken") {
        m_presenter.setNote(Field::Name, {Finding::State::Error, error.code, error.message, error.hint, {}});
        showMain();
        m_form->focusField(Field::Name);
        return;
    }
    m_status->setFailure((error.message + u' ' + error.hint).trimmed());
    if (error.code == u"vault.changed-elsewhere")
        askToSaveOver(error);
}

void CredentialSheet::closeOrAsk()
{
    if (m_isAsking)
        return;
    if (!m_presenter.isDirty()) {
        forgetKeptDraft();
        drop();
        return;
    }
    m_isAsking = true;
    auto *question = new ConfirmPanel(
        m_theme, m_host,
        {m_presenter.isEditing() ? tr("Discard your changes?") : tr("Discard this draft?"),
         m_presenter.isEditing() ? tr("%1 stays as it was saved.").arg(m_presenter.savedName())
                                 : tr("What you entered is not saved; a key that was generated here is lost."),
         tr("Keep editing"), tr("Discard")});
    connect(question, &ConfirmPanel::confirmed, this, [this] {
        forgetKeptDraft();
        drop();
    });
    connect(question, &QObject::destroyed, this, [this] { m_isAsking = false; });
    question->ask();
}

void CredentialSheet::drop()
{
    if (!m_testToken.isNull())
        m_session.cancelTest(std::exchange(m_testToken, {}));
    m_jwkSetCheck.cancel();
    close();
    m_presenter.startNew(m_presenter.draft().connector); // lets go of the key
    m_form->load();
    m_side->test().clear();
}

void CredentialSheet::checkJwkSet()
{
    m_form->setCheckingJwkSet(true);
    m_jwkSetCheck = m_session.checkJwkSet(this, m_presenter.draft(),
                                          [this](const Result<JwkSetCheck> &check) { showJwkSetCheck(check); });
}

void CredentialSheet::showJwkSetCheck(const Result<JwkSetCheck> &check)
{
    m_form->setCheckingJwkSet(false);
    const bool isOfAnotherDraft =
        check && check->url != QUrl(m_presenter.draft().jwkSetUrl.trimmed()); // edited meanwhile
    if (!check || isOfAnotherDraft || !isOpen())
        return;
    const JwkSetFinding &first = check->first();
    using Severity = JwkSetFinding::Severity;
    // Nothing here keeps one from saving: the set can be hosted later.
    const bool isSerious = first.severity == Severity::Error || first.severity == Severity::Warning;
    QStringList words;
    for (const JwkSetFinding &finding : check->findings) {
        const bool isSaid = isSerious ? finding.severity == first.severity : words.size() < 2;
        if (isSaid)
            words.append(isSerious && &finding == &first ? finding.message + u' ' + finding.hint : finding.message);
    }
    m_presenter.setNote(
        Field::JwkSetUrl,
        {isSerious ? Finding::State::Warning : Finding::State::Ok, first.code, words.join(u' ').trimmed(), {}, {}});
}

void CredentialSheet::loadDirectory(const QString &path, bool isKept)
{
    m_directoryJob = runInBackground<EndpointDirectory>(
        this, [path](std::stop_token) { return openEndpointDirectory(path); },
        [this, isKept](const Result<EndpointDirectory> &directory) {
            // That nothing was kept yet is no news.
            if (directory || !isKept)
                showDirectory(directory, isKept ? QString() : tr("List of organizations opened"));
        });
}

void CredentialSheet::fetchDirectory()
{
    m_directoryJob = m_session.fetchEndpoints(this, QUrl(m_presenter.connector().endpointDirectoryUrl),
                                              keptDirectoryPath(), [this](const Result<EndpointDirectory> &directory) {
                                                  showDirectory(directory, tr("List of organizations fetched"));
                                              });
}

void CredentialSheet::showDirectory(const Result<EndpointDirectory> &directory, const QString &done)
{
    if (!directory) {
        m_presenter.setNote(Field::FhirBaseUrl, {Finding::State::Warning,
                                                 directory.error().code,
                                                 directory.error().message + u' ' + directory.error().hint,
                                                 {},
                                                 {}});
        return;
    }
    m_form->organizations().setDirectory(*directory);
    if (!done.isEmpty())
        Q_EMIT copied(u"%1: %2"_s.arg(done, m_form->organizations().summary()));
}

QList<Credential> CredentialSheet::existingKeys() const
{
    QList<Credential> owners;
    for (const Credential &credential : m_session.credentials()) {
        const bool isKnown = std::ranges::any_of(owners, [&credential](const Credential &owner) {
            return owner.key.thumbprint == credential.key.thumbprint;
        });
        if (!isKnown && credential.id != m_presenter.existing() && !credential.key.thumbprint.isEmpty())
            owners.append(credential);
    }
    return owners;
}

QStringList CredentialSheet::usersOfKey(const QString &thumbprint) const
{
    QStringList names;
    for (const Credential &credential : m_session.credentials()) {
        if (credential.key.thumbprint == thumbprint && credential.id != m_presenter.existing())
            names.append(credential.name);
    }
    return names;
}

} // namespace credenza
