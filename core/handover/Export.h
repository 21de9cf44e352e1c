// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/ExportFormat.h"
#include "core/handover/age/AgeFile.h"
#include "core/vault/Vault.h"

#include <stop_token>
#include <vector>

namespace credenza
{

/// The id of the encrypted bundle, which stands beside exportFormats().
[[nodiscard]] inline QString bundleFormatId()
{
    return QStringLiteral("bundle");
}

/// What to hand over, and how.
struct ExportRequest {
    QString format; ///< id of an ExportFormat, or bundleFormatId()
    QList<QUuid> credentials;
    ExportOptions options;
    AgeTarget target; ///< of a bundle
};

/// One file, not written yet.
struct ExportFile {
    QString slug;   ///< of its credential; empty: the file is the only one, or holds all of them
    QString suffix; ///< of a companion: ".agent.json"; empty: the format's own
    SecretBytes contents;
};

/// What is to be written.
struct ExportedFiles {
    std::vector<ExportFile> files;
    int privateKeys = 0; ///< how many lie in the open in them
    QString note;        ///< what the receiver should know; may be empty
};

/// Renders all files in memory. Private keys are taken out of the vault only where the format holds them and the
/// request is with keys. Errors: export.unknown-format, export.nothing (InvalidInput), those of the format, of the
/// vault and of encryptAge(), cancelled.
[[nodiscard]] Result<ExportedFiles> exportCredentials(Vault &vault, const ExportRequest &request, const Clock &clock,
                                                      RandomSource &random, std::stop_token stop = {});

/// What one credential will look like in a format, with "hidden, N characters" in place of its key.
[[nodiscard]] Result<QString> exportPreview(const ExportFormat &format, const Credential &credential,
                                            const ExportOptions &options);

/// Where a file goes when the person chose `chosen` for the whole: `chosen` itself, or beside it with slug and suffix.
[[nodiscard]] QString exportPath(const QString &chosen, const QString &formatExtension, const ExportFile &file);

/// Writes all files with mode 0600, each atomically. Returns the paths. Errors: file.unwritable; files before the one
/// that failed are written.
[[nodiscard]] Result<QStringList> writeExport(const ExportedFiles &exported, const QString &chosen,
                                              const QString &formatExtension);

/// A name as lower-case ASCII letters, digits and '-'; never empty.
[[nodiscard]] QString slugOf(const QString &name);

} // namespace credenza
