// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/JsonDocument.h"
#include "core/net/HttpTransport.h"

namespace credenza
{

/// An attachment element, read out of its document.
struct AttachmentSource {
    QString contentType; ///< as the element says
    QString url;         ///< to fetch; empty: inline
    QString title;
    QByteArray data; ///< inline content, decoded
};
[[nodiscard]] AttachmentSource attachmentSource(JsonValue attachment);

/// The bytes of an attachment and what they turned out to be.
struct AttachmentContent {
    QByteArray bytes;
    QString declaredType;  ///< by the server, or by the element
    QString actualType;    ///< by the first bytes: "application/pdf", "image/png", "text/html" …; empty: not told
    QString suggestedName; ///< a plain file name, with the ending of the type
    QString detail;        ///< for a PDF its version and number of pages as far as they can be read; else empty

    /// Whether the bytes contradict what was declared.
    [[nodiscard]] bool isMislabelled() const;
};

[[nodiscard]] AttachmentContent attachmentContent(const AttachmentSource &source, QByteArray bytes,
                                                  const QString &declaredType);

/// Reads the answer to fetching an attachment: a Binary resource with base64 `data`, or the bytes themselves.
/// Errors: those of fhirFailure(), also for an OperationOutcome with status 200; attachment.damaged.
[[nodiscard]] Result<AttachmentContent> readAttachment(const AttachmentSource &source, const HttpReply &reply);

} // namespace credenza
