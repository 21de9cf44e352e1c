// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

namespace credenza
{

class ElidingLabel;

/// Settings: appearance, and where the vault is. Changes show at once; appearanceChanged() says to keep them.
class SettingsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsPage(Theme &theme, QWidget *parent = nullptr);

    void setVault(const QString &name, const QString &path);

Q_SIGNALS:
    /// The person chose another theme or motion; both are in the Theme already.
    void appearanceChanged();

private:
    Theme &m_theme;
    ElidingLabel *m_vaultName;
    ElidingLabel *m_vaultPath;
};

} // namespace credenza
