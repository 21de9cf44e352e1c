// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/overlay/KeyIntake.h"

#include "core/credentials/Credential.h"

#include <QWidget>

#include <optional>

class QStackedLayout;

namespace credenza
{

class Button;
class ElidingLabel;
class SecretEdit;
class TextLabel;
class Theme;

/// The control of Private Key: a place to paste, drop, choose or generate a key; then a card that shows what it is,
/// never the key. What is pasted goes straight into guarded memory and stays in no widget.
class KeyField final : public QWidget
{
    Q_OBJECT

public:
    KeyField(const Theme &theme, KeyIntake &intake, QWidget *parent = nullptr);

    /// Shows the card of a saved key, or the empty place.
    void showSaved(const std::optional<KeyCard> &card);
    /// Shows what was given: a card if it is usable, a passphrase field if it is locked, else the empty place.
    void showInspected(const KeyInspection &key, const QString &origin);

Q_SIGNALS:
    /// Something was put on the clipboard; say so.
    void copied(const QString &what);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    [[nodiscard]] QWidget *makePlace();
    [[nodiscard]] QWidget *makePassphrase();
    [[nodiscard]] QWidget *makeCard();
    void paste();
    void chooseFile();
    void refreshBusy();
    void showCard(const QString &title, const QString &origin, const QString &thumbprint, const QByteArray &publicPem);

    const Theme &m_theme;
    KeyIntake &m_intake;
    QStackedLayout *m_pages;
    Button *m_paste;
    Button *m_choose;
    Button *m_generate;
    SecretEdit *m_passphrase;
    TextLabel *m_title;
    TextLabel *m_origin;
    ElidingLabel *m_thumbprint;
    QByteArray m_publicPem;
};

} // namespace credenza
