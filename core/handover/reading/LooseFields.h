// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/ImportedCredentials.h"

#include <QHash>

namespace credenza
{

/// The fields of a credential as many programs spell them: "fhir_base_url", "fhirBaseUrl", "FHIR-BASE-URL". What came
/// out of files in the open; a key in it is wiped when it is taken.
class LooseFields
{
public:
    void set(const QString &name, const QString &value);
    [[nodiscard]] bool has(const QString &name) const { return m_values.contains(plain(name)); }
    [[nodiscard]] QString value(const QString &name) const { return m_values.value(plain(name)); }
    /// Whether this is about a credential of ours at all: base URL and client id.
    [[nodiscard]] bool isCredential() const;

    /// As a draft; the key is looked at as inspectKey() does. Empties this. Errors: import.no-private-key.
    [[nodiscard]] Result<CredentialDraft> takeDraft();

    /// A name without case and separators, and in one spelling where there are several.
    [[nodiscard]] static QString plain(const QString &name);

private:
    QHash<QString, QString> m_values;
};

/// A key out of text: PEM, base64 of a PEM, a JWK, or a JWK Set with one private key. Null where there is none.
[[nodiscard]] std::shared_ptr<const KeyInspection> keyFromText(QString text);

// The failures of reading, each worded once.
[[nodiscard]] Failure importMalformed(const QString &detail);
[[nodiscard]] Failure importNoPrivateKey(const QString &what);

} // namespace credenza
