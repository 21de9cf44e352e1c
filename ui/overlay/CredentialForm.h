// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Validation.h"

#include <QWidget>

#include <map>

class QVBoxLayout;

namespace credenza
{

class Disclosure;
class DiscoveryLine;
class FormField;
class KeyField;
class KeyIntake;
class LineEdit;
class OverlayPresenter;
class TextArea;
class TextLabel;
class Theme;

/// The fields of the overlay, bound to its presenter: what is typed goes there, findings come back.
class CredentialForm final : public QWidget
{
    Q_OBJECT

public:
    CredentialForm(const Theme &theme, OverlayPresenter &presenter, KeyIntake &intake, QWidget *parent = nullptr);

    /// Fills every field from the presenter's draft.
    void load();
    /// Where "Local sandbox" leads; empty: the quick pick is not offered.
    void setLocalSandbox(const QString &fhirBaseUrl);
    void focusField(Field field);
    [[nodiscard]] QWidget *firstField() const;
    [[nodiscard]] DiscoveryLine &discovery() const { return *m_discovery; }
    [[nodiscard]] KeyField &keyField() const { return *m_key; }

Q_SIGNALS:
    /// The field that now has the focus.
    void fieldEntered(credenza::Field field);

private:
    LineEdit *addLine(QVBoxLayout &column, Field field, bool isMono, const QString &placeholder, const QString &help);
    void addQuickPicks(FormField &field);
    [[nodiscard]] QWidget *makeAdvanced();
    void bind(Field field, FormField *formField);
    void showFinding(Field field);
    bool eventFilter(QObject *watched, QEvent *event) override;

    const Theme &m_theme;
    OverlayPresenter &m_presenter;
    std::map<Field, FormField *> m_fields;
    std::map<Field, LineEdit *> m_lines;
    TextArea *m_description;
    KeyField *m_key;
    DiscoveryLine *m_discovery;
    Disclosure *m_advanced;
    TextLabel *m_sectionTitle;
    QWidget *m_localPick = nullptr;
    QString m_localSandbox;
    bool m_loading = false;
};

} // namespace credenza
