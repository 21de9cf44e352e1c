// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretText.h"
#include "core/credentials/CredentialDraft.h"

#include <memory>
#include <vector>

namespace credenza
{

/// A credential out of a file, not in the vault yet.
struct ImportedCredential {
    Credential credential; ///< valid; id null unless the file knows it; `key` as far as known
    QString position;      ///< where in the file, for a person: "line 12", a file's name; may be empty
    qsizetype keyAt = -1;  ///< where its key starts in ImportedCredentials::keys; negative: the file has none
    qsizetype keySize = 0; ///< PKCS#8 DER

    [[nodiscard]] bool hasKey() const { return keyAt >= 0; }
};

/// What a file holds. The keys lie in one piece of guarded memory: a piece for each would be more than a system has.
struct ImportedCredentials {
    std::vector<ImportedCredential> items;
    std::shared_ptr<const SecretBytes> keys;
    QStringList notes; ///< what was left out or repaired, one sentence each

    [[nodiscard]] std::span<const std::byte> keyOf(const ImportedCredential &item) const
    {
        return item.hasKey()
                   ? keys->view().subspan(static_cast<std::size_t>(item.keyAt), static_cast<std::size_t>(item.keySize))
                   : std::span<const std::byte>();
    }
};

/// Collects credentials and their keys.
class ImportedCredentialsBuilder
{
public:
    /// A credential whose members were checked.
    void add(ImportedCredential item, QByteArrayView pkcs8);
    /// What a file of another format says. Its name is `fallbackName` where the draft has none. What makes the draft
    /// invalid is an error that names the position. Errors: those of toCredential().
    [[nodiscard]] Result<void> add(CredentialDraft draft, const QString &position, const QString &fallbackName,
                                   const QDateTime &now);
    void note(const QString &sentence) { m_notes.append(sentence); }
    [[nodiscard]] ImportedCredentials take();

private:
    std::vector<ImportedCredential> m_items;
    SecretText m_keys;
    QStringList m_notes;
};

/// The public half of a key as the vault remembers it.
[[nodiscard]] KeyCard keyCardOf(const PublicKey &key, const QString &origin, const QDateTime &createdAt);

} // namespace credenza
