// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace credenza
{

/// What sort of failure an Error is. Callers branch on it; the command line turns it into its exit status (cli.md).
enum class ErrorKind {
    Failed,       ///< the operation did not work: the server refused, a file could not be written
    InvalidInput, ///< what was given can't be used
    Locked,       ///< the vault is locked: no passphrase, or a wrong one
    NotFound,     ///< no such credential, file or record
    Damaged,      ///< stored data is damaged or was tampered with
    Conflict,     ///< changed elsewhere meanwhile, or the name is taken
    Cancelled     ///< stopped on request
};

/// A failure as a value: passed up with TRY, shown to a person at the edge. Never holds a secret.
struct Error {
    ErrorKind kind = ErrorKind::Failed;
    QString code;    ///< stable and untranslated, dotted lower case: "key.rsa-too-small", "net.host-not-found"
    QString message; ///< what is wrong, one translated sentence for a person
    QString hint;    ///< what to do about it, one translated sentence; may be empty
};

} // namespace credenza
