// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/CredentialDraft.h"

#include <QJsonObject>

#include <map>
#include <optional>

namespace credenza
{

/// The fields of the overlay, each of which gets one finding.
enum class Field {
    Name,
    Description,
    Connector,
    FhirBaseUrl,
    ClientId,
    PrivateKey,
    KeyId,
    Algorithm,
    TokenEndpoint,
    JwkSetUrl,
    Scopes,
    Tags,
    Notes,
    KeyExpiry,
    AuthorityCertificates,
    Proxy,
    ExtraHeaders
};

/// The field's name in JSON and in `validate`'s answer: "fhirBaseUrl", "privateKey", …
[[nodiscard]] QString nameOf(Field field);

/// What validation says of one field.
struct Finding {
    enum class State {
        Ok,
        Warning, ///< may be saved
        Error    ///< must be fixed first
    };
    State state = State::Ok;
    QString code;    ///< stable: "url.trailing-metadata"; empty when Ok and there is nothing to say
    QString message; ///< what is wrong
    QString fix;     ///< what to do
    /// What the field would read after the safe repair ("Trim now"); also what is used when saved.
    std::optional<QString> replacement;
};

/// One finding a field.
struct Validation {
    std::map<Field, Finding> findings;
    [[nodiscard]] bool isValid() const;
    [[nodiscard]] const Finding &of(Field field) const { return findings.at(field); }
    [[nodiscard]] int errorCount() const;
};

/// Judges a draft by the rules of facts L1–L12. Pure and fast (well under a millisecond); the overlay, the command line
/// and import all use this one.
[[nodiscard]] Validation validate(const CredentialDraft &draft);

/// `{"valid":…,"fields":{…}}` of `credenza-cli validate` (cli.md).
[[nodiscard]] QJsonObject toJson(const Validation &validation);

/// The credential a valid draft stands for, with repairs applied (trimmed URL, collapsed spaces). Identity, times and
/// the test result are taken from `existing` when editing. Errors: draft.invalid (InvalidInput), naming the first
/// field.
[[nodiscard]] Result<Credential> toCredential(const CredentialDraft &draft, QDateTime now,
                                              const Credential *existing = nullptr);

} // namespace credenza
