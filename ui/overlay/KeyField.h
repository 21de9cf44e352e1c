// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"
#include "ui/overlay/KeyCardView.h"
#include "ui/overlay/KeyIntake.h"

#include <QWidget>

class QMimeData;
class QVBoxLayout;

namespace credenza
{

class OverlayPresenter;

/// The control of the Private Key field: an empty drop zone, the choice of a key to generate, the wait for it, the
/// passphrase of an encrypted key, or the card of an accepted one. What is pasted goes straight into guarded memory.
class KeyField final : public QWidget
{
    Q_OBJECT

public:
    KeyField(const Theme &theme, OverlayPresenter &presenter, CertificateSource certificate, QWidget *parent = nullptr);

    /// Forgets what was given and shows the draft anew: another one was opened.
    void reset();
    /// The control before this field in the Tab order; the field's own follow it, whichever are shown.
    void followInTabOrder(QWidget *before);
    [[nodiscard]] bool showsCard() const { return m_showsCard; }
    /// Takes a key file, as if it was chosen or dropped.
    void takeFile(const QString &path);
    /// Takes key material as if it was pasted; `origin` says where it came from.
    void takeMaterial(SecretBytes material, const QString &origin);
    /// What waits for a passphrase or a choice.
    [[nodiscard]] const KeyIntake &intake() const { return m_intake; }
    /// Offers to generate a key pair, as the button does.
    void offerGeneration();
    /// Credentials whose key may be used, one for each key; asked each time the choice is shown.
    void setExistingKeys(std::function<QList<Credential>()> keys) { m_existingKeys = std::move(keys); }
    /// Other credentials that use the key with this thumbprint, by name.
    void setUsersOfKey(std::function<QStringList(const QString &)> users) { m_usersOfKey = std::move(users); }

Q_SIGNALS:
    void copied(const QString &what);

private:
    /// Shows the draft's key, or the drop zone where it has none.
    void showDraft();
    void showPage(QWidget *page, QWidget *focus);
    void keepTabOrder();
    void showDropZone();
    void showGeneration();
    void showExisting();
    void showOffers(const KeyInspection &key);
    /// A page of a sentence, a choice, a button that takes it, and Cancel. `take` gets the chosen entry's data.
    void showChoice(const QString &objectName, const QString &sentence, class ComboBox *choice, const QString &deed,
                    std::function<void(QVariant)> take);
    void saveSheet(const std::optional<Certificate> &certificate);
    void showBusy(const QString &text);
    void showPassphrase();
    void showCard();
    void take(const QMimeData *mime);
    void chooseFile();
    void onInspected(const KeyIntake::Inspected &key, const QString &origin);
    void save(const QString &suggestedName, const QByteArray &contents);
    void report(const Error &error);
    [[nodiscard]] bool hasKey() const;
    [[nodiscard]] KeyCardText cardText() const;

    const Theme &m_theme;
    OverlayPresenter &m_presenter;
    CertificateSource m_certificate;
    std::function<QStringList(const QString &)> m_usersOfKey;
    std::function<QList<Credential>()> m_existingKeys;
    QVBoxLayout *m_layout;
    QWidget *m_page = nullptr;
    QWidget *m_before = nullptr;     // lives as long as the form, as this does
    KeyIntake::Inspected m_accepted; ///< the last usable key, to go back to
    QString m_acceptedOrigin;
    bool m_triedPassphrase = false;
    bool m_showsCard = false;
    KeyIntake m_intake;
};

} // namespace credenza
