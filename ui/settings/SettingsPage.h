// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/Preferences.h"

#include <QWidget>

#include <utility>
#include <vector>

class QGridLayout;
class QListWidget;
class QStackedWidget;
class QVBoxLayout;

namespace credenza
{

class CheckBox;

class ElidingLabel;

/// The parts of the Settings screen, in their order.
enum class SettingsSection : std::uint8_t { Security, Vault, Network, Appearance, Keyboard, About };

/// Settings: a list of sections at the left, cards of the chosen one at the right. Changes work at once and are told by
/// preferencesChanged(), which says to keep them. Other parts of the application add cards of their own (addCard).
class SettingsPage final : public QWidget
{
    Q_OBJECT

public:
    SettingsPage(Theme &theme, Preferences preferences, QWidget *parent = nullptr);

    [[nodiscard]] const Preferences &preferences() const { return m_preferences; }
    void setVault(const QString &name, const QString &path);
    /// Names and versions of the parts, for About.
    void setVersions(const QList<std::pair<QString, QString>> &versions);
    /// Whether this desktop has a system tray; without one the choice is not offered.
    void setTrayAvailable(bool available);
    /// Adds a card below the others of a section. Takes it.
    void addCard(SettingsSection section, QWidget *card);
    void showSection(SettingsSection section);
    /// As if the person had chosen it here.
    void setCorrectsClock(bool corrects);
    [[nodiscard]] SettingsSection section() const;
    /// Puts the focus on the list of sections.
    void start();

Q_SIGNALS:
    void preferencesChanged(const credenza::Preferences &preferences);
    void openVaultRequested();
    void lockRequested();

private:
    void addSection(Icon icon, const QString &title);
    void makeSecurity();
    void makeVault();
    void makeNetwork();
    void makeAppearance();
    void makeKeyboard();
    void makeAbout();
    /// One row of a card: label and help at the left, the control at the right.
    void addRow(QVBoxLayout &card, const QString &label, const QString &help, QWidget *control);
    [[nodiscard]] QVBoxLayout *addCardWith(SettingsSection section, const QString &title);
    void change(const Preferences &changed);

    Theme &m_theme;
    Preferences m_preferences;
    QListWidget *m_sections;
    QStackedWidget *m_pages;
    std::vector<QVBoxLayout *> m_cards;
    ElidingLabel *m_vaultName = nullptr;
    ElidingLabel *m_vaultPath = nullptr;
    QGridLayout *m_versions = nullptr;
    QWidget *m_tray = nullptr;
    CheckBox *m_correctsClock = nullptr;
};

} // namespace credenza
