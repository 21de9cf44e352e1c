// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/CredentialSheet.h"

#include "core/credentials/Connector.h"
#include "core/credentials/Environment.h"
#include "ui/connectiontest/ConnectionTestView.h"
#include "ui/overlay/BeforeYouStart.h"
#include "ui/overlay/CredentialForm.h"
#include "ui/overlay/DiscoveryLine.h"
#include "ui/overlay/HelpView.h"
#include "ui/overlay/KeyField.h"
#include "ui/session/VaultSession.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedWidget>

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

/// Pages of the side column, in the order of its tabs.
enum SidePage : int { HelpPage, TestPage };

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

QScrollArea *scrolling(QWidget *content, const QString &name)
{
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setAccessibleName(name);
    area->setWidget(content);
    return area;
}

} // namespace

CredentialSheet::CredentialSheet(const Theme &theme, QWidget &host, VaultSession &session)
    : Sheet(theme, host, tr("Add New Credential")), m_theme(theme), m_host(host), m_session(session),
      m_form(new CredentialForm(theme, m_presenter, m_intake)), m_tabs(new SegmentedTabs(theme, tr("Side column"))),
      m_pages(new QStackedWidget), m_help(new HelpView(theme, m_presenter)), m_test(new ConnectionTestView(theme)),
      m_environment(new Badge(theme, {})), m_status(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_testButton(new Button(theme, tr("&Test connection"))), m_cancel(new Button(theme, tr("Cancel"))),
      m_save(new Button(theme, tr("&Save"), ButtonKind::Primary))
{
    initHelpResources();
    setObjectName(u"credentialSheet"_s);
    addHeaderWidget(m_environment);
    setMain(makeMain(), tr("Form"));
    setSide(makeSide(), tr("Help and test"));
    makeFoot();

    connect(&m_presenter, &OverlayPresenter::changed, this, &CredentialSheet::refresh);
    connect(m_form, &CredentialForm::fieldEntered, this, [this](Field field) {
        m_help->showField(field);
        m_tabs->setSegmentText(HelpPage, tr("Help: %1").arg(OverlayPresenter::labelOf(field)));
    });
    connect(&m_intake, &KeyIntake::inspected, this, [this](const KeyIntake::Inspected &key, const QString &origin) {
        m_form->keyField().showInspected(*key, origin);
        m_presenter.setKey(key, origin);
    });
    connect(&m_intake, &KeyIntake::failed, this, [this](const Error &error) {
        m_presenter.setNote(Field::PrivateKey,
                            {Finding::State::Error, error.code, error.message, error.hint, std::nullopt});
    });
    connect(&m_intake, &KeyIntake::busyChanged, this, [this] { m_presenter.setKeyPending(m_intake.isBusy()); });
    connect(&m_form->keyField(), &KeyField::copied, this, &CredentialSheet::copied);
    connect(&m_session, &VaultSession::testProgressed, this, &CredentialSheet::showProgress);
    connect(&m_session, &VaultSession::testFinished, this, &CredentialSheet::finishTest);
    connect(this, &Scrim::requestClose, this, &CredentialSheet::closeOrAsk);
}

QWidget *CredentialSheet::makeMain()
{
    return scrolling(m_form, tr("Fields of the credential"));
}

QWidget *CredentialSheet::makeSide()
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs->addSegment(tr("Before you start"));
    m_tabs->addSegment(tr("Connection test"));
    m_tabs->setCurrentIndex(HelpPage);
    auto *helpPage = new QWidget;
    auto *helpColumn = new QVBoxLayout(helpPage);
    helpColumn->setContentsMargins(0, 0, 0, 0);
    auto *before = new BeforeYouStart(m_theme, *connectorById(u"epic-ehr"_s));
    m_before = before;
    helpColumn->addWidget(m_help);
    helpColumn->addWidget(before);
    helpColumn->addStretch();
    connect(before, &BeforeYouStart::portalRequested, this, &CredentialSheet::portalRequested);
    connect(before, &BeforeYouStart::copied, this, &CredentialSheet::copied);
    connect(before, &BeforeYouStart::generateRequested, this, [this] { m_intake.generate({KeyType::Rsa, 3072, {}}); });
    m_pages->addWidget(scrolling(helpPage, tr("Help")));
    m_pages->addWidget(m_test);
    column->addWidget(m_tabs);
    column->addWidget(m_pages, 1);
    connect(m_tabs, &SegmentedControl::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_form, &CredentialForm::fieldEntered, this, [this] {
        m_before->hide();
        m_help->show();
    });
    connect(m_test, &ConnectionTestView::runRequested, this, &CredentialSheet::test);
    connect(m_test, &ConnectionTestView::cancelRequested, this, [this] { m_session.cancelTest(m_testToken); });
    connect(m_test, &ConnectionTestView::fieldRequested, m_form, &CredentialForm::focusField);
    connect(m_test, &ConnectionTestView::copied, this, &CredentialSheet::copied);
    return side;
}

void CredentialSheet::makeFoot()
{
    m_testButton->setObjectName(u"testConnection"_s);
    m_cancel->setObjectName(u"cancelSheet"_s);
    m_save->setObjectName(u"saveCredential"_s);
    footer()->addWidget(m_testButton);
    footer()->addWidget(m_status);
    footer()->addStretch();
    footer()->addWidget(m_cancel);
    footer()->addWidget(m_save);
    connect(m_testButton, &Button::clicked, this, [this] {
        if (m_session.isTesting(m_testToken))
            m_session.cancelTest(m_testToken);
        else
            test();
    });
    connect(m_cancel, &Button::clicked, this, &CredentialSheet::closeOrAsk);
    connect(m_save, &Button::clicked, this, &CredentialSheet::save);
    const auto addShortcut = [this](const QKeySequence &keys, auto slot) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    addShortcut(QKeySequence(Qt::CTRL | Qt::Key_S), &CredentialSheet::save);
    addShortcut(QKeySequence(Qt::CTRL | Qt::Key_T), &CredentialSheet::test);
}

void CredentialSheet::setLocalSandbox(const QString &fhirBaseUrl)
{
    m_form->setLocalSandbox(fhirBaseUrl);
}

void CredentialSheet::openNew(const QString &connectorId)
{
    m_presenter.startNew(connectorId);
    begin(tr("Add New Credential"));
}

void CredentialSheet::openFor(const Credential &credential)
{
    m_presenter.startEditing(credential);
    begin(tr("Edit Credential"));
}

void CredentialSheet::begin(const QString &title)
{
    setTitle(title);
    m_testToken = QUuid::createUuid();
    m_test->clear();
    m_form->discovery().clear();
    m_intake.forget();
    m_form->load();
    m_tabs->setSegmentText(HelpPage, tr("Before you start"));
    m_tabs->setCurrentIndex(HelpPage);
    m_help->hide();
    m_before->show();
    refresh();
    open(m_form->firstField());
}

void CredentialSheet::refresh()
{
    const bool isTesting = m_session.isTesting(m_testToken);
    m_environment->setVisible(m_presenter.environment().has_value());
    if (m_presenter.environment())
        m_environment->setBadge(badgeOf(*m_presenter.environment()));
    m_status->setContent(m_presenter.summary());
    m_save->setDisabledReason(m_presenter.canSave() ? QString() : m_presenter.summary());
    m_testButton->setText(isTesting ? tr("&Cancel test") : tr("&Test connection"));
    m_testButton->setDisabledReason(isTesting || m_presenter.canTest() ? QString() : m_presenter.summary());
    m_test->setRunnable(m_presenter.canTest() ? QString() : m_presenter.summary());
    m_help->refresh();
}

void CredentialSheet::test()
{
    if (!m_presenter.canTest() || m_session.isTesting(m_testToken))
        return;
    m_tabs->setCurrentIndex(TestPage);
    showSide();
    m_presenter.testStarted();
    m_session.testDraft(m_testToken, m_presenter.draft(), m_presenter.existing());
    refresh();
}

void CredentialSheet::showProgress(const QUuid &token, const TestReport &report)
{
    if (token == m_testToken)
        m_test->showReport(report, toDateTime(m_session.clock().now()));
}

void CredentialSheet::finishTest(const QUuid &token, const TestReport &report)
{
    if (token != m_testToken)
        return;
    m_test->showReport(report, toDateTime(m_session.clock().now()));
    m_form->discovery().showReport(report);
    m_presenter.testEnded(report);
    if (isOpen() && m_test->firstCause() != nullptr)
        m_test->firstCause()->setFocus();
    refresh();
}

void CredentialSheet::save()
{
    m_presenter.revealAll();
    if (!m_presenter.canSave() || m_save->isBusy())
        return;
    std::optional<TestSummary> summary;
    if (const auto report = m_presenter.currentTest())
        summary = summaryOf(*report);
    m_save->setBusy(true);
    m_session.save(
        this, m_presenter.draft(), m_presenter.existing(),
        [this](const Result<Credential> &credential) {
            m_save->setBusy(false);
            if (credential) {
                close();
                Q_EMIT saved(credential->id);
                return;
            }
            const Error &error = credential.error();
            m_presenter.setNote(Field::Name,
                                {Finding::State::Error, error.code, error.message, error.hint, std::nullopt});
            m_form->focusField(Field::Name);
        },
        summary);
}

void CredentialSheet::closeOrAsk()
{
    const auto leave = [this] {
        m_session.cancelTest(m_testToken);
        m_intake.forget();
        close();
    };
    if (!m_presenter.isDirty()) {
        leave();
        return;
    }
    auto *question = new ConfirmPanel(
        m_theme, m_host,
        {tr("Discard what you entered?"), tr("It has not been saved."), tr("Keep editing"), tr("Discard")});
    connect(question, &ConfirmPanel::confirmed, this, leave);
    question->ask();
}

} // namespace credenza
