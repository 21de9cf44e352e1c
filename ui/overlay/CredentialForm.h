// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/overlay/KeyCardView.h"
#include "ui/theme/Theme.h"

#include "core/credentials/Validation.h"

#include <QPointer>
#include <QWidget>

#include <map>
#include <optional>

class QVBoxLayout;

namespace credenza
{

class AuthorityFileField;
class Button;
class ComboBox;
class Disclosure;
class DiscoveryLine;
class FormField;
class KeyField;
class LineEdit;
class OrganizationPicker;
class OverlayPresenter;
class SectionHeader;
class TextArea;

/// The fields of the overlay, bound to its presenter: what is typed goes there, findings come back.
class CredentialForm final : public QWidget
{
    Q_OBJECT

public:
    CredentialForm(const Theme &theme, OverlayPresenter &presenter, CertificateSource certificate,
                   QWidget *parent = nullptr);
    ~CredentialForm() override;

    /// Fills every field from the presenter's draft and folds the advanced ones away.
    void load();
    /// Where "Local sandbox" leads; empty: the quick pick is not offered.
    void setLocalSandbox(const QString &fhirBaseUrl);
    void focusField(Field field);
    [[nodiscard]] QWidget *firstField() const;
    [[nodiscard]] DiscoveryLine &discovery() const { return *m_discovery; }
    [[nodiscard]] KeyField &keyField() const { return *m_key; }
    [[nodiscard]] OrganizationPicker &organizations() const { return *m_organizations; }
    /// The hosted JWK Set is being looked at.
    void setCheckingJwkSet(bool checking);
    /// Said beside Scopes: "14 asked, 14 granted".
    void setScopesHint(const QString &hint);

Q_SIGNALS:
    /// The field that now has the focus, itself or a control in it.
    void fieldEntered(credenza::Field field);
    /// The JWK Set URL is to be checked as a server would.
    void jwkSetCheckRequested();

private:
    FormField *addLine(Field field, TextStyle style, const QString &placeholder);
    FormField *addArea(Field field, TextArea *area);
    FormField *addField(Field field, QWidget *control, QWidget *focus);
    void addQuickPicks(FormField &field);
    void addJwkSetCheck(FormField &field);
    void showConnector();
    void refreshJwkSetCheck();
    [[nodiscard]] QWidget *makeAdvanced();
    void followFocus(QWidget *now);
    void scrollTo(QWidget *widget);
    void showFinding(Field field);
    void showKeyWords();
    void showText(Field field);
    [[nodiscard]] std::optional<Field> fieldOf(const QWidget *widget) const;

    const Theme &m_theme;
    OverlayPresenter &m_presenter;
    std::map<Field, FormField *> m_fields;
    std::map<Field, QWidget *> m_focus; ///< what takes the focus in each field
    KeyField *m_key;
    DiscoveryLine *m_discovery;
    Disclosure *m_advanced;
    SectionHeader *m_section;
    QWidget *m_vaultOnly;
    ComboBox *m_algorithm = nullptr;
    AuthorityFileField *m_authorities = nullptr;
    Button *m_epicPick = nullptr;
    Button *m_organizationsPick = nullptr;
    Button *m_checkJwkSet = nullptr;
    OrganizationPicker *m_organizations = nullptr;
    bool m_checkingJwkSet = false;
    QWidget *m_localPick = nullptr;
    QString m_localSandbox;
    std::optional<Field> m_entered;
    bool m_loading = false;
};

} // namespace credenza
