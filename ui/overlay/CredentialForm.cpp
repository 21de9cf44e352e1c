// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/CredentialForm.h"

#include "ui/widgets/AuthorityFileField.h"
#include "ui/overlay/DiscoveryLine.h"
#include "ui/overlay/KeyField.h"
#include "ui/overlay/OrganizationPicker.h"
#include "ui/overlay/OverlayPresenter.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/Disclosure.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/SectionHeader.h"
#include "ui/widgets/TextArea.h"
#include "ui/widgets/TextLabel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QTimer>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

/// More than this at once is no typing: a paste, a drop, an undo.
constexpr qsizetype mostTypedAtOnce = 2;
constexpr qreal roomyTextScale = 1.25;

InputWay wayOf(const QString &before, const QString &now)
{
    return std::abs(now.size() - before.size()) > mostTypedAtOnce ? InputWay::Pasted : InputWay::Typed;
}

} // namespace

CredentialForm::CredentialForm(const Theme &theme, OverlayPresenter &presenter, CertificateSource certificate,
                               QWidget *parent)
    : QWidget(parent), m_theme(theme), m_presenter(presenter),
      m_key(new KeyField(theme, presenter, std::move(certificate))), m_discovery(new DiscoveryLine(theme)),
      m_advanced(new Disclosure(theme, tr("Advanced"))), m_section(new SectionHeader(theme, {})),
      m_vaultOnly(new QWidget)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);

    FormField *name = addLine(Field::Name, TextStyle::Body, tr("For example: Northlake Health, production"));
    name->setHelp(tr("Shown on the tile and in every export."));
    column->addWidget(name);
    auto *descriptionArea = new TextArea(theme, 2);
    descriptionArea->edit()->setPlaceholderText(tr("Purpose, data freshness, who to ask"));
    FormField *description = addArea(Field::Description, descriptionArea);
    description->setHelp(tr("Helps the owner and others understand and use it."));
    description->setHint(tr("Recommended"));
    column->addWidget(description);

    column->addWidget(m_section);
    column->addSpacing(-6);
    FormField *baseUrl = addLine(Field::FhirBaseUrl, TextStyle::Mono, {});
    baseUrl->setHelp(tr("Both the API root and where the token endpoint is discovered."));
    addQuickPicks(*baseUrl);
    baseUrl->addBelow(m_discovery);
    column->addWidget(baseUrl);
    FormField *clientId = addLine(Field::ClientId, TextStyle::Mono, u"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"_s);
    clientId->setHelp(tr("Epic issues one for non-production and another for production."));
    column->addWidget(clientId);
    FormField *key = addField(Field::PrivateKey, m_key, m_key);
    auto *vaultOnly = new QHBoxLayout(m_vaultOnly);
    vaultOnly->setContentsMargins(0, 0, 0, 0);
    vaultOnly->setSpacing(4);
    vaultOnly->addWidget(new IconLabel(theme, Icon::Lock, Role::Text3, 14));
    vaultOnly->addWidget(new TextLabel(theme, tr("In the vault only"), TextStyle::Small, Role::Text3));
    key->addHeaderWidget(m_vaultOnly);
    column->addWidget(key);

    column->addWidget(new Divider(theme));
    m_advanced->setObjectName(u"advanced"_s);
    m_advanced->setContent(makeAdvanced());
    column->addWidget(m_advanced);
    column->addStretch();

    // The quick picks stand above their field.
    setTabOrder(m_focus.at(Field::Description), m_epicPick);
    setTabOrder(m_epicPick, m_localPick);
    setTabOrder(m_localPick, m_organizationsPick);
    setTabOrder(m_organizationsPick, m_focus.at(Field::FhirBaseUrl));
    setTabOrder(m_checkJwkSet, m_focus.at(Field::JwkSetUrl));
    m_key->followInTabOrder(m_focus.at(Field::ClientId));

    connect(&m_presenter, &OverlayPresenter::shownChanged, this, &CredentialForm::showFinding);
    connect(&m_presenter, &OverlayPresenter::textReplaced, this, &CredentialForm::showText);
    connect(&m_presenter, &OverlayPresenter::changed, this, [this] {
        m_advanced->setSummary(m_presenter.advancedSummary());
        showKeyWords();
        refreshJwkSetCheck();
    });
    connect(m_advanced, &Disclosure::toggled, this, [this](bool open) {
        if (open)
            scrollTo(m_advanced);
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { followFocus(now); });
}

CredentialForm::~CredentialForm()
{
    // A focused field that is destroyed with us moves the focus when our members are gone.
    disconnect(qApp, nullptr, this, nullptr);
}

FormField *CredentialForm::addField(Field field, QWidget *control, QWidget *focus)
{
    const auto requirement = OverlayPresenter::isRequired(field) ? Requirement::Required : Requirement::Optional;
    auto *formField = new FormField(m_theme, OverlayPresenter::labelOf(field), requirement, control);
    formField->setObjectName(nameOf(field) + u"Field"_s);
    formField->setSizePolicy(QSizePolicy::Preferred, control->sizePolicy().verticalPolicy());
    m_fields.emplace(field, formField);
    m_focus.emplace(field, focus);
    connect(formField, &FormField::lineActionTriggered, this, [this, field] { m_presenter.applyReplacement(field); });
    return formField;
}

FormField *CredentialForm::addLine(Field field, TextStyle style, const QString &placeholder)
{
    auto *line = new LineEdit(m_theme, style);
    line->setPlaceholder(placeholder);
    line->edit()->setObjectName(nameOf(field) + u"Edit"_s);
    connect(line->edit(), &QLineEdit::textChanged, this,
            [this, field, before = QString()](const QString &text) mutable {
                const InputWay way = wayOf(before, text);
                before = text;
                if (!m_loading)
                    m_presenter.setText(field, text, way);
            });
    return addField(field, line, line->edit());
}

FormField *CredentialForm::addArea(Field field, TextArea *area)
{
    area->edit()->setObjectName(nameOf(field) + u"Edit"_s);
    connect(area->edit(), &QPlainTextEdit::textChanged, this, [this, field, area, before = QString()]() mutable {
        const QString text = area->text();
        const InputWay way = wayOf(before, text);
        before = text;
        if (!m_loading)
            m_presenter.setText(field, text, way);
    });
    return addField(field, area, area->edit());
}

void CredentialForm::addQuickPicks(FormField &field)
{
    const auto addPick = [this, &field](const QString &text, const QString &objectName, auto urlOf) {
        auto *pick = new Button(m_theme, text, ButtonKind::Quiet, ButtonSize::Small);
        pick->setObjectName(objectName);
        pick->setAccessibleName(tr("Use %1 as FHIR Base URL").arg(text));
        // The label's line of text is lower than a button.
        pick->setMaximumHeight(m_theme.lineHeight(TextStyle::Label));
        connect(pick, &Button::clicked, this, [this, urlOf] {
            m_presenter.setText(Field::FhirBaseUrl, urlOf(), InputWay::Pasted);
            showText(Field::FhirBaseUrl);
        });
        field.addHeaderWidget(pick);
        return pick;
    };
    field.addHeaderWidget(new TextLabel(m_theme, tr("Use"), TextStyle::Small, Role::Text3));
    m_epicPick =
        addPick(tr("Epic sandbox"), u"epicSandboxPick"_s, [this] { return m_presenter.connector().sandboxBaseUrl; });
    m_localPick = addPick(tr("Local sandbox"), u"localSandboxPick"_s, [this] { return m_localSandbox; });
    m_localPick->hide();
    m_organizationsPick = new Button(m_theme, tr("Find…"), ButtonKind::Quiet, ButtonSize::Small);
    m_organizationsPick->setObjectName(u"organizationsPick"_s);
    m_organizationsPick->setAccessibleName(tr("Find the FHIR Base URL by the name of the organization"));
    m_organizationsPick->setToolTip(tr("Complete by the name of an organization"));
    m_organizationsPick->setMaximumHeight(m_theme.lineHeight(TextStyle::Label));
    m_organizations = new OrganizationPicker(*qobject_cast<QLineEdit *>(m_focus.at(Field::FhirBaseUrl)), this);
    connect(m_organizationsPick, &Button::clicked, this, [this] {
        m_organizations->showMenu(*m_organizationsPick, !m_presenter.connector().endpointDirectoryUrl.isEmpty());
    });
    field.addHeaderWidget(m_organizationsPick);
}

void CredentialForm::addJwkSetCheck(FormField &field)
{
    m_checkJwkSet = new Button(m_theme, tr("Check"), ButtonKind::Quiet, ButtonSize::Small);
    m_checkJwkSet->setObjectName(u"checkJwkSet"_s);
    m_checkJwkSet->setAccessibleName(tr("Check the hosted JWK Set as a server would"));
    m_checkJwkSet->setMaximumHeight(m_theme.lineHeight(TextStyle::Label));
    connect(m_checkJwkSet, &Button::clicked, this, &CredentialForm::jwkSetCheckRequested);
    field.addHeaderWidget(m_checkJwkSet);
}

void CredentialForm::setCheckingJwkSet(bool checking)
{
    m_checkingJwkSet = checking;
    m_checkJwkSet->setBusy(checking);
    refreshJwkSetCheck();
}

void CredentialForm::refreshJwkSetCheck()
{
    const bool isEmpty = m_presenter.draft().jwkSetUrl.trimmed().isEmpty();
    const bool isWrong = m_presenter.validation().of(Field::JwkSetUrl).state == Finding::State::Error;
    m_checkJwkSet->setDisabledReason(m_checkingJwkSet ? tr("It is being fetched")
                                     : isEmpty        ? tr("Enter the address first")
                                     : isWrong        ? tr("Correct the address first")
                                                      : QString());
}

QWidget *CredentialForm::makeAdvanced()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);

    // Side by side where that leaves room for the text.
    const bool isRoomy = m_theme.textScale() <= roomyTextScale;
    auto *row = new QBoxLayout(isRoomy ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    row->setSpacing(isRoomy ? 16 : 12);
    row->addWidget(addLine(Field::KeyId, TextStyle::Mono, tr("The thumbprint")), 1,
                   isRoomy ? Qt::AlignTop : Qt::Alignment());
    m_algorithm = new ComboBox(m_theme, OverlayPresenter::labelOf(Field::Algorithm));
    m_algorithm->setObjectName(u"algorithmEdit"_s);
    m_algorithm->addItem(tr("By the key"), QString());
    for (const QString &algorithm : signatureAlgorithmNames())
        m_algorithm->addItem(algorithm, algorithm);
    connect(m_algorithm, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_loading)
            m_presenter.setText(Field::Algorithm, m_algorithm->currentData().toString(), InputWay::Pasted);
    });
    FormField *algorithm = addField(Field::Algorithm, m_algorithm, m_algorithm);
    if (isRoomy)
        algorithm->setFixedWidth(m_theme.scaled(128));
    row->addWidget(algorithm, 0, isRoomy ? Qt::AlignTop : Qt::Alignment());
    FormField *tags = addLine(Field::Tags, TextStyle::Body, tr("With commas between"));
    if (isRoomy)
        tags->setFixedWidth(m_theme.scaled(192));
    row->addWidget(tags, 0, isRoomy ? Qt::AlignTop : Qt::Alignment());
    column->addLayout(row);

    column->addWidget(addLine(Field::Scopes, TextStyle::Mono, tr("None asked: what the registration allows")));
    column->addWidget(addLine(Field::TokenEndpoint, TextStyle::Mono, tr("Discovered from the FHIR Base URL")));
    FormField *jwkSetUrl = addLine(Field::JwkSetUrl, TextStyle::Mono, tr("Not sent (jku)"));
    addJwkSetCheck(*jwkSetUrl);
    column->addWidget(jwkSetUrl);
    m_authorities = new AuthorityFileField(m_theme);
    m_authorities->edit()->setObjectName(u"authorityCertificatesEdit"_s);
    connect(m_authorities, &AuthorityFileField::chosen, &m_presenter, &OverlayPresenter::setAuthorityPem);
    connect(m_authorities, &AuthorityFileField::failed, this, [this](const Error &error) {
        m_presenter.setNote(Field::AuthorityCertificates,
                            {Finding::State::Error, error.code, error.message, error.hint, {}});
    });
    column->addWidget(addField(Field::AuthorityCertificates, m_authorities, m_authorities->edit()));
    column->addWidget(addLine(Field::Proxy, TextStyle::Mono, tr("The system’s setting")));
    auto *headers = new TextArea(m_theme, 2, TextStyle::Mono);
    headers->edit()->setPlaceholderText(tr("Name: value, one a line"));
    column->addWidget(addArea(Field::ExtraHeaders, headers));
    FormField *expiry = addLine(Field::KeyExpiry, TextStyle::Mono, tr("2027-03-31, or empty: no reminder"));
    column->addWidget(expiry);
    auto *notes = new TextArea(m_theme, 3);
    notes->edit()->setPlaceholderText(tr("Anything worth knowing later; never sent to a server"));
    column->addWidget(addArea(Field::Notes, notes));
    // Help for these is in the side column; without a finding they need no line.
    for (const Field field :
         {Field::KeyId, Field::Algorithm, Field::Tags, Field::Scopes, Field::TokenEndpoint, Field::JwkSetUrl,
          Field::AuthorityCertificates, Field::Proxy, Field::ExtraHeaders, Field::KeyExpiry, Field::Notes})
        m_fields.at(field)->setLineKept(false);
    return content;
}

void CredentialForm::load()
{
    const QScopedValueRollback loading(m_loading, true);
    m_entered.reset();
    for (const auto &[field, formField] : m_fields)
        showText(field);
    showConnector();
    m_advanced->setOpen(false);
    m_advanced->setSummary(m_presenter.advancedSummary());
    m_key->reset();
    showKeyWords();
    setScopesHint({});
    for (const auto &[field, formField] : m_fields)
        showFinding(field);
}

void CredentialForm::showConnector()
{
    const Connector &connector = m_presenter.connector();
    qobject_cast<QLineEdit *>(m_focus.at(Field::FhirBaseUrl))->setPlaceholderText(connector.baseUrlExample);
    m_section->setTitle(connector.settingsTitle);
    const QString pick = connector.hasEpicPathRule ? tr("Epic sandbox") : tr("Sandbox");
    m_epicPick->setText(pick);
    m_epicPick->setAccessibleName(tr("Use %1 as FHIR Base URL").arg(pick));
    m_epicPick->setVisible(!connector.sandboxBaseUrl.isEmpty());
    m_organizationsPick->setVisible(!connector.endpointDirectoryUrl.isEmpty());
    m_fields.at(Field::ClientId)->setHelp(connector.clientIdHelp);
}

void CredentialForm::showText(Field field)
{
    const QScopedValueRollback loading(m_loading, true);
    if (field == Field::AuthorityCertificates) {
        m_authorities->showPem(m_presenter.draft().authorityPem);
        return;
    }
    if (field == Field::Algorithm) {
        m_algorithm->setCurrentIndex(std::max(0, m_algorithm->findData(m_presenter.textOf(field))));
        return;
    }
    const auto focus = m_focus.find(field);
    if (focus == m_focus.end())
        return;
    const QString text = m_presenter.textOf(field);
    if (auto *line = qobject_cast<QLineEdit *>(focus->second); line && line->text() != text)
        line->setText(text);
    else if (auto *area = qobject_cast<QPlainTextEdit *>(focus->second); area && area->toPlainText() != text)
        area->setPlainText(text);
}

void CredentialForm::setLocalSandbox(const QString &fhirBaseUrl)
{
    m_localSandbox = fhirBaseUrl;
    m_localPick->setVisible(!fhirBaseUrl.isEmpty());
}

void CredentialForm::setScopesHint(const QString &hint)
{
    m_fields.at(Field::Scopes)->setHint(hint);
}

void CredentialForm::showKeyWords()
{
    FormField &field = *m_fields.at(Field::PrivateKey);
    const bool hasCard = m_key->showsCard();
    m_vaultOnly->setVisible(hasCard);
    field.setHelp(hasCard ? QString() : tr("Kept only in the encrypted vault; decrypted only to sign."));
}

void CredentialForm::showFinding(Field field)
{
    const auto entry = m_fields.find(field);
    if (entry == m_fields.end())
        return;
    FormField &formField = *entry->second;
    const std::optional<Finding> finding = m_presenter.shown(field);
    formField.setLineAction(finding && finding->replacement && finding->state == Finding::State::Warning
                                ? tr("Trim now")
                            : finding && finding->replacement ? tr("Use that")
                                                              : QString());
    if (!finding) {
        formField.clearState();
        return;
    }
    const QString text = finding->fix.isEmpty() || (finding->replacement && finding->state == Finding::State::Warning)
                             ? finding->message
                             : finding->message + u' ' + finding->fix;
    formField.setError(finding->state == Finding::State::Error ? text : QString());
    formField.setWarning(finding->state == Finding::State::Warning ? text : QString());
    const bool isOk = finding->state == Finding::State::Ok;
    if (field == Field::PrivateKey)
        formField.setOk(isOk && m_presenter.draft().key,
                        !finding->message.isEmpty() ? finding->message
                                                    : tr("Key and PEM are intact; a trial signature verifies."));
    else // the check marks what a credential can't do without
        formField.setOk(isOk && (OverlayPresenter::isRequired(field) || !finding->message.isEmpty()), finding->message);
}

void CredentialForm::focusField(Field field)
{
    const auto focus = m_focus.find(field);
    if (focus == m_focus.end())
        return;
    if (m_advanced->isAncestorOf(focus->second))
        m_advanced->setOpen(true);
    focus->second->setFocus(Qt::OtherFocusReason);
}

QWidget *CredentialForm::firstField() const
{
    return m_focus.at(Field::Name);
}

std::optional<Field> CredentialForm::fieldOf(const QWidget *widget) const
{
    for (const auto &[field, formField] : m_fields) {
        if (widget && formField->isAncestorOf(widget))
            return field;
    }
    return std::nullopt;
}

void CredentialForm::scrollTo(QWidget *widget)
{
    // Once the layout has taken in what has just been shown.
    QTimer::singleShot(0, widget, [this, widget] {
        for (QWidget *parent = parentWidget(); parent; parent = parent->parentWidget()) {
            if (auto *area = qobject_cast<QScrollArea *>(parent)) {
                area->ensureWidgetVisible(widget, 0, 8);
                return;
            }
        }
    });
}

void CredentialForm::followFocus(QWidget *now)
{
    if (!isVisible())
        return;
    const std::optional<Field> field = fieldOf(now);
    if (field == m_entered)
        return;
    if (m_entered)
        m_presenter.leave(*m_entered);
    m_entered = field;
    if (!field)
        return;
    scrollTo(m_fields.at(*field)); // whole, with its line below
    Q_EMIT fieldEntered(*field);
}

} // namespace credenza
