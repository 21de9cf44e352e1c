// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/credentials/CredentialDraft.h"
#include "core/credentials/Validation.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace CLI
{
class App;
}

namespace credenza::cli
{

class CommandContext;

/// FIELDS of cli.md: what a credential consists of, from options, a JSON file, or both. An option beats the file.
struct FieldOptions {
    std::optional<QString> name;
    std::optional<QString> description;
    std::optional<QString> connector;
    std::optional<QString> baseUrl;
    std::optional<QString> clientId;
    std::optional<QString> keyFile;
    std::optional<QString> keyPasswordFile;
    std::optional<QString> keyId;
    std::optional<QString> algorithm;
    std::optional<QString> tokenEndpoint;
    std::optional<QStringList> scopes;
    std::optional<QStringList> tags;
    std::optional<QString> notes;
    std::optional<bool> isFavorite;
    std::optional<QString> keyExpiry; ///< a date, or "never"
    std::optional<QString> fromFile;

    /// Declares all of them; this object must outlive the parsing.
    void addTo(CLI::App &app);
    /// Declares --from and --key-password-file alone.
    void addFileTo(CLI::App &app);
    [[nodiscard]] bool isEmpty() const;

    /// A new draft. Errors: those of reading files, those of draftFromJson().
    [[nodiscard]] Result<CredentialDraft> draft(CommandContext &context) const;
    /// `base` with what was given put in its place; what was not given stays.
    [[nodiscard]] Result<CredentialDraft> changed(CredentialDraft base, CommandContext &context) const;
};

/// Fails with the findings of state Error, if there are any: the code of the first, what each field says, and what to
/// do about the first.
[[nodiscard]] Result<void> requireValid(const Validation &validation);

/// The key material in a file a person named. `passwordFile` opens encrypted keys; `choice` is the kid or thumbprint of
/// the one to take where there are several.
[[nodiscard]] Result<KeyInspection> inspectKeyFile(CommandContext &context, const QString &path,
                                                   const std::optional<QString> &passwordFile,
                                                   const QString &choice = {});

} // namespace credenza::cli
