// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"
#include "core/net/HttpTransport.h"
#include "core/smart/ClientAssertion.h"

#include <QStringList>

#include <chrono>

namespace credenza
{

/// What the token endpoint granted.
struct AccessToken {
    SecretBytes value;
    QString type; ///< "bearer", as the server wrote it
    std::chrono::seconds expiresIn{0};
    QStringList scopes;
};

/// The OAuth error object of RFC 6749, section 5.2.
struct OAuthError {
    QString error;
    QString description; ///< empty where the server sent null
};

/// The POST of SMART App Launch 2.2, "Backend Services", step 3. Never sent twice: each try needs a fresh assertion.
[[nodiscard]] HttpRequest tokenHttpRequest(const QString &tokenEndpoint, const ClientAssertion &assertion,
                                           const QStringList &scopes, const NetworkSettings &network);

/// Reads a token answer of status 200. Errors: token.not-json, token.html, token.no-access-token, token.wrong-type.
[[nodiscard]] Result<AccessToken> readAccessToken(const HttpReply &reply);
/// The error object of any other answer, if it is one.
[[nodiscard]] std::optional<OAuthError> readOAuthError(const HttpReply &reply);

} // namespace credenza
