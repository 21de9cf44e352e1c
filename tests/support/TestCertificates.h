// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QString>

namespace credenza::test
{

/// A certificate and its key.
struct TestIdentity {
    QSslCertificate certificate;
    QSslKey key;
};

/// What is to stand in a certificate, wrong things too.
struct TestCertificateSpecification {
    QString commonName = QStringLiteral("localhost");
    QString alternativeNames = QStringLiteral("DNS:localhost,IP:127.0.0.1"); ///< OpenSSL's notation; empty: none
    int firstDay = -1;                                                       ///< days from today
    int lastDay = 30;
    bool isAuthority = false;
};

/// Issued by `issuer`, or self-signed where that is null. P-256, so that making one takes no time.
[[nodiscard]] TestIdentity makeTestCertificate(const TestCertificateSpecification &specification,
                                               const TestIdentity *issuer = nullptr);

/// A server's TLS settings with this identity.
[[nodiscard]] QSslConfiguration serverTls(const TestIdentity &identity);

} // namespace credenza::test
