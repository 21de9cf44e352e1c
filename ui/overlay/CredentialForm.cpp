// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/CredentialForm.h"

#include "core/credentials/Connector.h"
#include "ui/overlay/DiscoveryLine.h"
#include "ui/overlay/KeyField.h"
#include "ui/overlay/OverlayPresenter.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Disclosure.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/TextArea.h"
#include "ui/widgets/TextLabel.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

CredentialForm::CredentialForm(const Theme &theme, OverlayPresenter &presenter, KeyIntake &intake, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_presenter(presenter), m_description(new TextArea(theme, 2)),
      m_key(new KeyField(theme, intake)), m_discovery(new DiscoveryLine(theme)),
      m_advanced(new Disclosure(theme, tr("Advanced"))), m_sectionTitle(new TextLabel(theme, {}, TextStyle::Section))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 24);
    column->setSpacing(12);

    addLine(*column, Field::Name, false, tr("For example: Northlake Health, production"),
            tr("Shown on the tile and in every export."));
    auto *description =
        new FormField(theme, OverlayPresenter::labelOf(Field::Description), Requirement::Optional, m_description);
    description->setHelp(tr("Helps the owner and others understand and use it."));
    description->setHint(tr("Recommended"));
    m_description->edit()->setObjectName(u"descriptionEdit"_s);
    column->addWidget(description);
    bind(Field::Description, description);
    m_description->edit()->installEventFilter(this);
    connect(m_description->edit(), &QPlainTextEdit::textChanged, this, [this] {
        if (!m_loading)
            m_presenter.setText(Field::Description, m_description->text());
    });

    column->addWidget(m_sectionTitle);
    addLine(*column, Field::FhirBaseUrl, true, {}, tr("Both the API root and where the token endpoint is discovered."));
    addQuickPicks(*m_fields.at(Field::FhirBaseUrl));
    m_fields.at(Field::FhirBaseUrl)->addBelow(m_discovery);
    addLine(*column, Field::ClientId, true, u"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"_s,
            tr("Epic issues one for non-production and another for production."));

    auto *key = new FormField(theme, OverlayPresenter::labelOf(Field::PrivateKey), Requirement::Required, m_key);
    key->setHelp(tr("Kept only in the encrypted vault; decrypted only to sign."));
    column->addWidget(key);
    bind(Field::PrivateKey, key);

    m_advanced->setContent(makeAdvanced());
    column->addWidget(m_advanced);
    column->addStretch();

    connect(&m_presenter, &OverlayPresenter::shownChanged, this, &CredentialForm::showFinding);
    connect(&m_presenter, &OverlayPresenter::textReplaced, this, [this](Field field) {
        const QScopedValueRollback loading(m_loading, true);
        if (const auto line = m_lines.find(field); line != m_lines.end())
            line->second->setText(m_presenter.textOf(field));
    });
    connect(&m_presenter, &OverlayPresenter::changed, this,
            [this] { m_advanced->setSummary(m_presenter.advancedSummary()); });
}

LineEdit *CredentialForm::addLine(QVBoxLayout &column, Field field, bool isMono, const QString &placeholder,
                                  const QString &help)
{
    auto *line = new LineEdit(m_theme, isMono ? TextStyle::Mono : TextStyle::Body);
    line->setPlaceholder(placeholder);
    line->edit()->setObjectName(nameOf(field) + u"Edit"_s);
    line->edit()->installEventFilter(this);
    const auto requirement = OverlayPresenter::isRequired(field) ? Requirement::Required : Requirement::Optional;
    auto *formField = new FormField(m_theme, OverlayPresenter::labelOf(field), requirement, line);
    formField->setHelp(help);
    column.addWidget(formField);
    m_lines.emplace(field, line);
    bind(field, formField);
    connect(line->edit(), &QLineEdit::textChanged, this, [this, field](const QString &text) {
        if (!m_loading)
            m_presenter.setText(field, text);
    });
    return line;
}

void CredentialForm::addQuickPicks(FormField &field)
{
    auto *epic = new Button(m_theme, tr("Epic sandbox"), ButtonKind::Quiet, ButtonSize::Small);
    auto *local = new Button(m_theme, tr("Local sandbox"), ButtonKind::Quiet, ButtonSize::Small);
    local->setObjectName(u"localSandboxPick"_s);
    local->hide();
    m_localPick = local;
    field.addHeaderWidget(epic);
    field.addHeaderWidget(local);
    const auto pick = [this](const QString &url) {
        m_lines.at(Field::FhirBaseUrl)->setText(url);
        m_presenter.setText(Field::FhirBaseUrl, url, InputWay::Pasted);
    };
    connect(epic, &Button::clicked, this, [this, pick] { pick(m_presenter.connector().sandboxBaseUrl); });
    connect(local, &Button::clicked, this, [this, pick] { pick(m_localSandbox); });
}

QWidget *CredentialForm::makeAdvanced()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(12);
    addLine(*column, Field::KeyId, true, {}, tr("Empty: the key's RFC 7638 thumbprint."));
    addLine(*column, Field::Algorithm, true, u"RS384"_s,
            tr("RS384, ES384, RS256, RS512 or ES256. Empty: what suits the key."));
    addLine(*column, Field::TokenEndpoint, true, {}, tr("Empty: discovered from the base URL."));
    addLine(*column, Field::JwkSetUrl, true, {}, tr("The registered JWK Set URL (jku), if there is one."));
    addLine(*column, Field::Scopes, true, u"system/Patient.read"_s, tr("Separated by spaces."));
    addLine(*column, Field::Proxy, true, {}, tr("http:// or socks5://; empty: the system's setting."));
    addLine(*column, Field::Tags, false, {}, tr("Separated by commas."));
    return content;
}

void CredentialForm::bind(Field field, FormField *formField)
{
    m_fields.emplace(field, formField);
    formField->setObjectName(nameOf(field) + u"Field"_s);
    connect(formField, &FormField::lineActionTriggered, this, [this, field] { m_presenter.applyReplacement(field); });
}

void CredentialForm::load()
{
    const QScopedValueRollback loading(m_loading, true);
    for (const auto &[field, line] : m_lines)
        line->setText(m_presenter.textOf(field));
    m_description->setText(m_presenter.draft().description);
    m_lines.at(Field::FhirBaseUrl)->setPlaceholder(m_presenter.connector().baseUrlExample);
    m_sectionTitle->setContent(m_presenter.connector().settingsTitle);
    m_key->showSaved(m_presenter.draft().savedKey);
    m_advanced->setSummary(m_presenter.advancedSummary());
    for (const auto &[field, formField] : m_fields)
        showFinding(field);
}

void CredentialForm::setLocalSandbox(const QString &fhirBaseUrl)
{
    m_localSandbox = fhirBaseUrl;
    m_localPick->setVisible(!fhirBaseUrl.isEmpty());
}

void CredentialForm::showFinding(Field field)
{
    const auto entry = m_fields.find(field);
    if (entry == m_fields.end())
        return;
    FormField &formField = *entry->second;
    const std::optional<Finding> finding = m_presenter.shown(field);
    formField.clearState();
    formField.setLineAction({});
    if (!finding)
        return;
    const QString text = finding->fix.isEmpty() ? finding->message : finding->message + u' ' + finding->fix;
    switch (finding->state) {
    case Finding::State::Error:
        formField.setError(text);
        break;
    case Finding::State::Warning:
        formField.setWarning(finding->replacement ? finding->message : text);
        break;
    case Finding::State::Ok:
        formField.setOk(true, finding->message);
        break;
    }
    if (finding->replacement)
        formField.setLineAction(finding->state == Finding::State::Error ? tr("Use that") : tr("Trim now"));
}

void CredentialForm::focusField(Field field)
{
    if (const auto line = m_lines.find(field); line != m_lines.end()) {
        if (!line->second->isVisible())
            m_advanced->setOpen(true);
        line->second->edit()->setFocus();
    } else if (field == Field::PrivateKey) {
        m_key->setFocus();
    } else {
        m_description->edit()->setFocus();
    }
}

QWidget *CredentialForm::firstField() const
{
    return m_lines.at(Field::Name)->edit();
}

bool CredentialForm::eventFilter(QObject *watched, QEvent *event)
{
    const bool isPaste =
        event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Paste);
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut || isPaste) {
        for (const auto &[field, line] : m_lines) {
            if (line->edit() != watched)
                continue;
            if (event->type() == QEvent::FocusIn)
                Q_EMIT fieldEntered(field);
            else if (event->type() == QEvent::FocusOut)
                m_presenter.leave(field);
            else // judged at once, after the edit has taken the text
                QMetaObject::invokeMethod(
                    this,
                    [this, field, edit = line->edit()] { m_presenter.setText(field, edit->text(), InputWay::Pasted); },
                    Qt::QueuedConnection);
        }
        if (watched == m_description->edit() && event->type() == QEvent::FocusOut)
            m_presenter.leave(Field::Description);
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace credenza
