// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/age/AgeFile.h"
#include "ui/theme/Theme.h"

#include <QWidget>

namespace credenza
{

class Button;
class FormField;
class SecretEdit;
class SegmentedControl;
class StrengthBar;
class TextArea;
class TextLabel;

/// Whom a bundle is encrypted for: a passphrase, typed twice, or recipients.
class BundleFields final : public QWidget
{
    Q_OBJECT

public:
    explicit BundleFields(const Theme &theme, QWidget *parent = nullptr);

    /// Why the bundle can't be written yet; empty: it can.
    [[nodiscard]] QString objection() const;
    /// What was entered; the passphrase is taken out of the fields.
    [[nodiscard]] AgeTarget takeTarget();
    void clear();
    /// The recipients of the vault's own identities; offered to be added, so that the sender can open the bundle too.
    void setOwnRecipients(const QStringList &recipients);

Q_SIGNALS:
    void changed();

private:
    void refresh();
    void addOwn();
    [[nodiscard]] bool isForPassphrase() const;
    [[nodiscard]] Result<std::vector<AgeRecipient>> recipients() const;

    const Theme &m_theme;
    SegmentedControl *m_kind;
    QWidget *m_passphrasePage;
    QWidget *m_recipientsPage;
    SecretEdit *m_passphrase;
    SecretEdit *m_again;
    FormField *m_againField;
    FormField *m_recipientsField;
    StrengthBar *m_strength;
    TextLabel *m_verdict;
    TextArea *m_recipients;
    Button *m_addOwn;
    QStringList m_own;
};

} // namespace credenza
