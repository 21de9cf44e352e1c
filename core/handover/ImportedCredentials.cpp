// SPDX-License-Identifier: Apache-2.0
#include "core/handover/ImportedCredentials.h"

#include "core/credentials/Validation.h"

#include <QCoreApplication>
#include <QUrl>

namespace credenza
{

void ImportedCredentialsBuilder::add(ImportedCredential item, QByteArrayView pkcs8)
{
    item.keyAt = pkcs8.isEmpty() ? -1 : static_cast<qsizetype>(m_keys.size());
    item.keySize = pkcs8.size();
    m_keys.append(pkcs8);
    m_items.push_back(std::move(item));
}

Result<void> ImportedCredentialsBuilder::add(CredentialDraft draft, const QString &position,
                                             const QString &fallbackName, const QDateTime &now)
{
    if (draft.name.trimmed().isEmpty())
        draft.name = fallbackName;
    if (draft.name.trimmed().isEmpty())
        draft.name = QUrl(draft.fhirBaseUrl).host();
    auto credential = toCredential(draft, now);
    if (!credential) {
        Error error = std::move(credential).error();
        if (!position.isEmpty())
            error.message = QCoreApplication::translate("Import", "%1: %2").arg(position, error.message);
        return Failure(std::move(error));
    }
    const bool hasKey = draft.key && draft.key->isUsable();
    add(ImportedCredential{*std::move(credential), position, -1, 0},
        hasKey ? draft.key->imported->pkcs8.charView() : QByteArrayView());
    return {};
}

ImportedCredentials ImportedCredentialsBuilder::take()
{
    return {std::exchange(m_items, {}), std::make_shared<const SecretBytes>(m_keys.take()), std::exchange(m_notes, {})};
}

KeyCard keyCardOf(const PublicKey &key, const QString &origin, const QDateTime &createdAt)
{
    return {key.type(), key.bits(), key.curve(), key.thumbprint(), key.pem(), origin, createdAt};
}

} // namespace credenza
