// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/CredentialSelection.h"

namespace credenza
{

void CredentialSelection::set(const QList<QUuid> &ids)
{
    QList<QUuid> wanted;
    QSet<QUuid> seen;
    for (const QUuid &id : ids) {
        if (!id.isNull() && !seen.contains(id)) {
            wanted.append(id);
            seen.insert(id);
        }
    }
    if (wanted == m_ids)
        return;
    m_ids = std::move(wanted);
    m_set = std::move(seen);
    Q_EMIT changed();
}

void CredentialSelection::toggle(const QUuid &id)
{
    if (id.isNull())
        return;
    QList<QUuid> ids = m_ids;
    if (!ids.removeOne(id))
        ids.append(id);
    set(ids);
}

} // namespace credenza
