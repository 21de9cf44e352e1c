// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/ImportedCredentials.h"
#include "core/handover/age/AgeFile.h"

#include <stop_token>

namespace credenza
{

/// The most that is read of a file, and of what is inside an encrypted one.
constexpr std::size_t largestImport = 256 * 1024 * 1024;

/// What a person chose to import, once its bytes are there.
enum class ImportSource {
    Encrypted, ///< an age file: has to be opened first
    Readable
};
[[nodiscard]] ImportSource importSourceOf(QByteArrayView contents);

/// Reads whatever it is: the document of a bundle, or one of the formats that hold a key (handover.md, C). `fileName`
/// tells what the bytes don't, and names a credential that has no name. Errors: import.unknown-format,
/// import.no-private-key, import.malformed, those of readBundle() and toCredential() (InvalidInput), cancelled.
[[nodiscard]] Result<ImportedCredentials> readImport(const SecretBytes &contents, const QString &fileName,
                                                     const QDateTime &now, std::stop_token stop = {});

/// A folder with private keys in PEM files and one CSV file that says what they are for. Columns, in any order:
/// name, fhir_base_url, client_id, key_file, and description, key_id, algorithm, token_url, scope, tags where there are
/// any. Errors: import.no-table, import.malformed, import.key-file, those of reading files and toCredential().
[[nodiscard]] Result<ImportedCredentials> readPemFolder(const QString &folder, const QDateTime &now);

/// Opens an encrypted file and reads what is in it. Errors: those of decryptAge() and readImport().
[[nodiscard]] Result<ImportedCredentials> readEncryptedImport(QByteArrayView file, const AgeKeys &keys,
                                                              const QString &fileName, const QDateTime &now,
                                                              std::stop_token stop = {});

} // namespace credenza
