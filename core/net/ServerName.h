// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslCertificate>
#include <QString>

namespace credenza
{

/// Whether a certificate is for `host` by its subjectAltName (RFC 6125 §6.4, RFC 9525): DNS names with at most one
/// wildcard, which must be the whole leftmost label, or IP addresses. The common name does not count; Qt alone would
/// still accept it (qt.md §4).
[[nodiscard]] bool certificateNames(const QSslCertificate &certificate, const QString &host);

} // namespace credenza
