// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/ui/session/SessionFixture.h"
#include "ui/overlay/CredentialSheet.h"
#include "ui/theme/Theme.h"

#include <QWidget>

namespace credenza::test
{

/// The overlay in a window over an unlocked vault, without motion.
struct SheetFixture {
    explicit SheetFixture(QSize window = {1280, 820}, qreal textScale = 1);

    /// Unlocks, shows the window and waits until it is active.
    [[nodiscard]] bool start();
    /// Types into the field of that object name, as a person does.
    void type(const QString &name, const QString &text);
    /// Replaces the text at once, as a paste does.
    void paste(const QString &name, const QString &text);
    /// Puts `text` on the clipboard and presses Ctrl+V in the key's drop zone.
    void pasteKey(const QByteArray &text);
    /// Fills every required field with what the fake server takes; waits for the key's card.
    [[nodiscard]] bool fillValid(const QString &name);
    /// The line below the field named after `field` ("clientId"); its state.
    [[nodiscard]] QString lineOf(const QString &field) const;

    SessionFixture vault;
    Theme theme;
    QWidget window;
    CredentialSheet sheet;
};

/// A certificate, which people paste where the key belongs.
[[nodiscard]] QByteArray sampleCertificatePem();

} // namespace credenza::test
