// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QByteArray>
#include <QString>

#include <chrono>

class QSettings;

namespace credenza
{

/// How servers are reached where a credential says nothing else.
struct NetworkChoices {
    QString proxy;           ///< http:// or socks5://; empty: as the system has it
    QByteArray authorityPem; ///< certificates trusted besides the system's
    std::chrono::seconds timeout{30};

    bool operator==(const NetworkChoices &) const = default;
};

/// What the person chose for this computer; nothing secret, nothing of a vault's content.
struct Preferences {
    ThemeMode theme = ThemeMode::System;
    bool highContrast = false;
    bool reducedMotion = false;
    int textPercent = 0;                ///< 100 to 200; 0: as the desktop has it. Used from the next start on.
    std::chrono::minutes lockAfter{10}; ///< without input; 0: never
    bool lockOnMinimize = false;
    std::chrono::seconds clearClipboardAfter{30}; ///< 0: never
    int keyReminderDays = 14;                     ///< before a key expires; 0: no reminder
    bool keepInTray = false;
    bool correctsClock = false; ///< assertions are signed by the server's clock where this one is off
    bool credentialsAsTable = false;
    QString credentialOrder;    ///< as AuthenticatePage::order(); empty: as it starts
    bool checklistDone = false; ///< the first steps were taken or put away
    NetworkChoices network;
    QByteArray windowGeometry;

    bool operator==(const Preferences &) const = default;
};

/// What `settings` holds; what is missing or makes no sense is as above.
[[nodiscard]] Preferences loadPreferences(const QSettings &settings);
void savePreferences(QSettings &settings, const Preferences &preferences);

/// Gives the theme what was chosen, but for the text size.
void applyAppearance(const Preferences &preferences, Theme &theme);

} // namespace credenza
