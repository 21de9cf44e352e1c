// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Scrim.h"

class QVBoxLayout;

namespace credenza
{

class Button;

/// The words of a question before something is lost or a key leaves the vault.
struct ConfirmText {
    QString title;
    QString text;
    QString keep; ///< the safe button, for example "Keep editing"
    QString deed; ///< names the deed, for example "Discard changes"
};

/// A dialog inside the window, centred at a third of its height. Esc and Enter both keep; the deed needs a click, or
/// Space on its button. Deletes itself once closed.
class ConfirmPanel final : public Scrim
{
    Q_OBJECT

public:
    ConfirmPanel(const Theme &theme, QWidget &host, const ConfirmText &text);

    /// Adds `widget` below the text (a passphrase field). Takes it.
    void addContent(QWidget *widget);
    /// Opens with the focus on the safe button.
    void ask();
    [[nodiscard]] Button *deedButton() const { return m_deed; }

Q_SIGNALS:
    void confirmed();
    void kept();

protected:
    [[nodiscard]] QRect panelGeometry() const override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void finish(bool confirm);

    QVBoxLayout *m_content;
    Button *m_keep;
    Button *m_deed;
    bool m_finished = false;
};

} // namespace credenza
