// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"
#include "core/handover/age/AgeFile.h"

#include <memory>

namespace credenza::cli
{

/// What may open an encrypted file, as options say it.
struct BundleKeyOptions {
    std::optional<QStringList> identityFiles;
    std::optional<QString> passphraseFile;

    /// --identity and --bundle-passphrase-file. This must outlive the parsing.
    void addTo(CLI::App &command);
};

/// Reads the identities; the passphrase is read, or asked for on the terminal, only once the file turns out to want
/// one. `context` and `options` must outlive the answer. Errors: those of reading files, age.invalid-identity.
[[nodiscard]] Result<AgeKeys> ageKeysFor(CommandContext &context, const BundleKeyOptions &options);

} // namespace credenza::cli
