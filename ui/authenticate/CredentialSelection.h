// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>
#include <QSet>
#include <QUuid>

namespace credenza
{

/// Which credentials are chosen: one to go on with, or several for what works on several at once. Shared by the tiles
/// and the table, so that changing the view keeps the choice.
class CredentialSelection final : public QObject
{
    Q_OBJECT

public:
    explicit CredentialSelection(QObject *parent = nullptr) : QObject(parent) {}

    /// In the order in which they were chosen.
    [[nodiscard]] const QList<QUuid> &ids() const { return m_ids; }
    [[nodiscard]] bool contains(const QUuid &id) const { return m_set.contains(id); }
    [[nodiscard]] qsizetype count() const { return m_ids.size(); }
    /// The one chosen last; null if none is.
    [[nodiscard]] QUuid primary() const { return m_ids.isEmpty() ? QUuid() : m_ids.constLast(); }

    /// Exactly these; null ids are left out. The last one becomes the primary.
    void set(const QList<QUuid> &ids);
    /// Only `id`, or none if it is null.
    void choose(const QUuid &id) { set({id}); }
    /// Adds `id`, or takes it away.
    void toggle(const QUuid &id);

Q_SIGNALS:
    void changed();

private:
    QList<QUuid> m_ids;
    QSet<QUuid> m_set;
};

} // namespace credenza
