// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/keys/PrivateKey.h"

#include <chrono>

namespace credenza
{

/// An X.509 certificate in PEM, with its fingerprints.
struct Certificate {
    QByteArray pem;
    QString sha1;   ///< upper-case hex without colons, as Epic's portal shows it
    QString sha256; ///< the same form
};

/// A self-signed certificate around the public key, for servers that take their public keys this way (facts §2.4).
[[nodiscard]] Result<Certificate> selfSignedCertificate(const PrivateKey &key, const QString &commonName,
                                                        std::chrono::days validity, const Clock &clock,
                                                        RandomSource &random);

/// A certificate authority for loopback tests: its own certificate and what it issues.
struct LoopbackCertificates {
    Certificate authority;
    Certificate server;       ///< for localhost and 127.0.0.1 (subjectAltName)
    SecretBytes serverKeyPem; ///< PKCS#8 PEM
};

/// A fresh authority and a server certificate it issued for localhost, 127.0.0.1 and ::1. For the sandbox and tests.
[[nodiscard]] Result<LoopbackCertificates> makeLoopbackCertificates(std::chrono::days validity, const Clock &clock,
                                                                    RandomSource &random);

} // namespace credenza
