// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/Preferences.h"

#include <QSettings>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int longestLockMinutes = 24 * 60;
constexpr int longestClipboardSeconds = 3600;
constexpr int mostReminderDays = 365;
constexpr int longestTimeoutSeconds = 600;

} // namespace

Preferences loadPreferences(const QSettings &settings)
{
    const Preferences usual;
    Preferences loaded;
    const QString theme = settings.value(u"appearance/theme"_s).toString();
    loaded.theme = theme == "light"_L1 ? ThemeMode::Light : theme == "dark"_L1 ? ThemeMode::Dark : ThemeMode::System;
    loaded.highContrast = settings.value(u"appearance/highContrast"_s, usual.highContrast).toBool();
    loaded.reducedMotion = settings.value(u"appearance/reducedMotion"_s, usual.reducedMotion).toBool();
    const int percent = settings.value(u"appearance/textPercent"_s, usual.textPercent).toInt();
    loaded.textPercent = percent == 0 ? 0 : std::clamp(percent, 100, 200);
    loaded.credentialsAsTable = settings.value(u"appearance/credentialsAsTable"_s).toBool();
    loaded.credentialOrder = settings.value(u"appearance/credentialOrder"_s).toString();
    const auto number = [&](const QString &key, qint64 otherwise, int most) {
        bool isNumber = false;
        const int value = settings.value(key, otherwise).toInt(&isNumber);
        return isNumber && value >= 0 && value <= most ? value : static_cast<int>(otherwise);
    };
    loaded.lockAfter =
        std::chrono::minutes(number(u"security/lockAfterMinutes"_s, usual.lockAfter.count(), longestLockMinutes));
    loaded.lockOnMinimize = settings.value(u"security/lockOnMinimize"_s, usual.lockOnMinimize).toBool();
    loaded.clearClipboardAfter = std::chrono::seconds(
        number(u"security/clearClipboardAfterSeconds"_s, usual.clearClipboardAfter.count(), longestClipboardSeconds));
    loaded.keyReminderDays = number(u"reminders/keyExpiryDays"_s, usual.keyReminderDays, mostReminderDays);
    loaded.keepInTray = settings.value(u"window/keepInTray"_s, usual.keepInTray).toBool();
    loaded.network.proxy = settings.value(u"network/proxy"_s).toString();
    loaded.network.authorityPem = settings.value(u"network/authorities"_s).toByteArray();
    loaded.network.timeout = std::chrono::seconds(std::max(
        1, number(u"network/timeoutSeconds"_s, usual.network.timeout.count(), longestTimeoutSeconds)));
    loaded.correctsClock = settings.value(u"network/correctClock"_s, usual.correctsClock).toBool();
    loaded.checklistDone = settings.value(u"window/checklistDone"_s, usual.checklistDone).toBool();
    loaded.windowGeometry = settings.value(u"window/geometry"_s).toByteArray();
    return loaded;
}

void savePreferences(QSettings &settings, const Preferences &preferences)
{
    const QString theme = preferences.theme == ThemeMode::Light  ? u"light"_s
                          : preferences.theme == ThemeMode::Dark ? u"dark"_s
                                                                 : u"system"_s;
    settings.setValue(u"appearance/theme"_s, theme);
    settings.setValue(u"appearance/highContrast"_s, preferences.highContrast);
    settings.setValue(u"appearance/reducedMotion"_s, preferences.reducedMotion);
    settings.setValue(u"appearance/textPercent"_s, preferences.textPercent);
    settings.setValue(u"appearance/credentialsAsTable"_s, preferences.credentialsAsTable);
    settings.setValue(u"appearance/credentialOrder"_s, preferences.credentialOrder);
    settings.setValue(u"security/lockAfterMinutes"_s, static_cast<int>(preferences.lockAfter.count()));
    settings.setValue(u"security/lockOnMinimize"_s, preferences.lockOnMinimize);
    settings.setValue(u"security/clearClipboardAfterSeconds"_s,
                      static_cast<int>(preferences.clearClipboardAfter.count()));
    settings.setValue(u"reminders/keyExpiryDays"_s, preferences.keyReminderDays);
    settings.setValue(u"window/keepInTray"_s, preferences.keepInTray);
    settings.setValue(u"network/proxy"_s, preferences.network.proxy);
    settings.setValue(u"network/authorities"_s, preferences.network.authorityPem);
    settings.setValue(u"network/timeoutSeconds"_s, static_cast<int>(preferences.network.timeout.count()));
    settings.setValue(u"network/correctClock"_s, preferences.correctsClock);
    settings.setValue(u"window/checklistDone"_s, preferences.checklistDone);
    settings.setValue(u"window/geometry"_s, preferences.windowGeometry);
}

void applyAppearance(const Preferences &preferences, Theme &theme)
{
    theme.setMode(preferences.theme);
    theme.setHighContrast(preferences.highContrast);
    theme.setReducedMotion(preferences.reducedMotion);
}

} // namespace credenza
