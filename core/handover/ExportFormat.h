// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretText.h"
#include "core/credentials/Credential.h"
#include "core/handover/NexlaNames.h"

#include <QList>

namespace credenza
{

/// How a PEM holds a private key. Never encrypted: no receiver asks for a passphrase.
enum class KeyForm {
    Pkcs8,
    Traditional ///< PKCS#1 or SEC1, for receivers of the time of OpenSSL 1.1
};

/// What a format writes about: one credential, and its key in the forms that formats need. For a preview they hold a
/// placeholder instead.
struct ExportSubject {
    Credential credential;
    QString slug;           ///< its name in lower-case ASCII letters, digits and '-'; unique in one export
    QString tokenUrl;       ///< the override, or what follows from Epic's path rule; empty: unknown
    SecretBytes privatePem; ///< empty: goes without its key
    SecretBytes privateJwk; ///< one line of JSON; empty: goes without its key

    [[nodiscard]] bool hasKey() const { return !privatePem.isEmpty(); }
};

/// What a person may choose beside the format.
struct ExportOptions {
    bool isWithKeys = true;
    KeyForm keyForm = KeyForm::Pkcs8;
    bool isOneOfSeveral = false;                            ///< filled in by exportCredentials()
    QString kubernetesNamespace;                            ///< empty: left out
    QString kubernetesName = QStringLiteral("epic-{name}"); ///< "{name}" stands for the slug
    NexlaNames nexla;
};

/// Writes one credential; pure. Errors: export.… (InvalidInput) where the format has no place for it.
using ExportFunction = Result<void> (*)(SecretText &file, const ExportSubject &subject, const ExportOptions &options);

/// A second file that belongs to the first.
struct ExportCompanion {
    QString suffix; ///< takes the place of the first file's: ".agent.json"
    ExportFunction write = nullptr;
    bool needsKey = false; ///< not written where there is no key
};

/// A form in which credentials are handed over to another program.
struct ExportFormat {
    QString id;        ///< as on the command line: "kubernetes"
    QString title;     ///< "Kubernetes Secret"
    QString summary;   ///< one line: "YAML, one Secret a credential"
    QString extension; ///< ".yaml"
    bool holdsKeys = true;
    bool isOneFileEach = true; ///< of several credentials; else all are in one file
    ExportFunction write = nullptr;
    QByteArray prologue;
    QByteArray separator;
    QByteArray epilogue;
    QList<ExportCompanion> companions;
    QString note; ///< what the receiver should know, one or two sentences; may be empty
};

/// All but the encrypted bundle, which is not a plain function of a credential; in the order they are shown.
[[nodiscard]] const QList<ExportFormat> &exportFormats();
/// Null if there is none of that id.
[[nodiscard]] const ExportFormat *exportFormatById(const QString &id);

} // namespace credenza
