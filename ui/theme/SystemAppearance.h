// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QDBusVariant;
class QPalette;

namespace credenza
{

/// Whether the desktop asks for a dark interface. Qt tells it only from 6.5 on; until the desktop portal has answered
/// (org.freedesktop.portal.Settings, `color-scheme`), and where there is none, the platform's palette decides. Also
/// whether it asks for more contrast (`contrast`).
class SystemAppearance final : public QObject
{
    Q_OBJECT

public:
    /// Starts asking the portal; the answer comes by changed(). Never blocks.
    explicit SystemAppearance(const QPalette &platformPalette, QObject *parent = nullptr);

    [[nodiscard]] bool prefersDark() const { return m_dark; }
    [[nodiscard]] bool prefersContrast() const { return m_contrast; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void take(const QString &key, unsigned value);

    bool m_dark = false;
    bool m_contrast = false;
};

} // namespace credenza
