// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QHash>
#include <QUuid>

class QSettings;

namespace credenza
{

/// When each credential was last used on this computer, for the order "Last used". Kept among the settings: the ids are
/// random, and say nothing without the vault.
class UsageTimes final
{
public:
    /// `settings` must outlive it.
    explicit UsageTimes(QSettings &settings) : m_settings(settings) { reload(); }

    /// Takes in what was touched since. Until then at() stays as it was, so that tiles do not move while they are used.
    void reload();
    /// `id` is used, at `now`.
    void touch(const QUuid &id, const QDateTime &now);
    /// `id` is gone for good.
    void forget(const QUuid &id);
    /// Invalid: never.
    [[nodiscard]] QDateTime at(const QUuid &id) const { return m_times.value(id); }

private:
    QSettings &m_settings;
    QHash<QUuid, QDateTime> m_times;
};

} // namespace credenza
