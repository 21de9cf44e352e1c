// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keys/PrivateKey.h"

#include <QJsonObject>

namespace credenza::test
{

/// The endpoint and the time that the sandbox's tests take for theirs.
inline constexpr char tokenEndpoint[] = "http://127.0.0.1:8080/interconnect-fhir-oauth/oauth2/token";
inline constexpr qint64 testNow = 1'780'000'000; ///< seconds since the epoch

/// A key pair for tests, made once for each process and kind.
[[nodiscard]] const PrivateKey &rsaKey();
[[nodiscard]] const PrivateKey &otherRsaKey();
[[nodiscard]] const PrivateKey &ecKey(); ///< P-384

/// The text as base64url without padding.
[[nodiscard]] QByteArray base64Url(const QByteArray &bytes);

/// Builds client assertions, right ones unless a test changes something. Header and claims are kept as JSON text
/// members, so that a test can write what no JSON library would.
class AssertionMaker
{
public:
    AssertionMaker();
    /// Sets or replaces a member, whose value is JSON text as it is ("\"text\"", "12.5"); an empty value removes it.
    AssertionMaker &header(const QByteArray &name, const QByteArray &json);
    AssertionMaker &claim(const QByteArray &name, const QByteArray &json);
    /// Signs with this key; the header's alg is not touched.
    AssertionMaker &signedBy(const PrivateKey &key, SignatureAlgorithm algorithm);

    [[nodiscard]] QByteArray headerJson() const { return json(m_header); }
    [[nodiscard]] QByteArray claimsJson() const { return json(m_claims); }
    [[nodiscard]] QByteArray token() const { return token(headerJson(), claimsJson()); }
    /// A token around these texts instead.
    [[nodiscard]] QByteArray token(const QByteArray &headerText, const QByteArray &claimsText) const;

private:
    using Members = QList<std::pair<QByteArray, QByteArray>>;
    static void set(Members &members, const QByteArray &name, const QByteArray &json);
    [[nodiscard]] static QByteArray json(const Members &members);

    Members m_header;
    Members m_claims;
    PrivateKey m_key;
    SignatureAlgorithm m_algorithm = SignatureAlgorithm::RS384;
};

} // namespace credenza::test
