// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"
#include "ui/widgets/LineEdit.h"

namespace credenza
{

class IconButton;

/// A passphrase input: masked, with an eye to show it, no undo history, no input-method learning. Tells when Caps Lock
/// seems to be on, as far as typed letters show it.
///
/// QLineEdit keeps its text in memory nobody wipes; take() moves it out at once and overwrites what can be reached.
class SecretEdit final : public LineEdit
{
    Q_OBJECT

public:
    explicit SecretEdit(const Theme &theme, int height = 32, QWidget *parent = nullptr);

    /// The UTF-8 of what was typed, and clears the input.
    [[nodiscard]] SecretBytes take();
    /// The same without clearing, for a strength estimate or a comparison; keep it no longer than that.
    [[nodiscard]] SecretBytes copy() const;
    /// Overwrites and empties the input, and masks it again.
    void clear();
    [[nodiscard]] bool capsLockSuspected() const { return m_capsLock; }
    [[nodiscard]] bool isShown() const;

Q_SIGNALS:
    void capsLockSuspectedChanged(bool suspected);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setShown(bool shown);
    void setCapsLock(bool suspected);

    IconButton *m_eye;
    bool m_capsLock = false;
};

} // namespace credenza
