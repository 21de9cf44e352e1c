// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"
#include "core/handover/ImportedCredentials.h"
#include "core/handover/JsonText.h"

#include <stop_token>

namespace credenza
{

/// Writes the document inside a bundle (FORMAT.md), one credential after the other.
class BundleWriter
{
public:
    explicit BundleWriter(const QDateTime &exportedAt);
    /// `pkcs8` empty: the credential goes without its private key.
    void add(const Credential &credential, const SecretBytes &pkcs8);
    [[nodiscard]] SecretBytes take();

private:
    JsonText m_json;
};

/// Whether a text is meant as the document inside a bundle.
[[nodiscard]] bool looksLikeBundle(QByteArrayView text);

/// Reads the document inside a bundle, strictly. Keys are checked for belonging to their credential; whether they can
/// sign is checked too, on all processors at once. Errors: bundle.malformed, bundle.newer-version,
/// bundle.wrong-key (InvalidInput), cancelled.
[[nodiscard]] Result<ImportedCredentials> readBundle(const SecretBytes &document, std::stop_token stop = {});

} // namespace credenza
