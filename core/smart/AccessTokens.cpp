// SPDX-License-Identifier: Apache-2.0
#include "core/smart/AccessTokens.h"

#include "core/smart/Discovery.h"
#include "core/smart/RecordingTransport.h"

#include <QCoreApplication>

#include <cmath>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct SmartText {
    Q_DECLARE_TR_FUNCTIONS(SmartText)
};

Failure refused(const HttpReply &reply)
{
    const QString status = QString::number(reply.status);
    const auto error = readOAuthError(reply);
    const QString words =
        !error
            ? SmartText::tr("no OAuth error in the answer")
            : redactedText(error->description.isEmpty() ? error->error : error->error + u": "_s + error->description);
    return fail(ErrorKind::Failed, u"token.refused"_s,
                SmartText::tr("The token endpoint refused with status %1: %2.").arg(status, words),
                SmartText::tr("Run the connection test for the likely causes."));
}

} // namespace

Result<QString> discoverTokenEndpoint(const Credential &credential, const NetworkSettings &network,
                                      HttpTransport &transport, std::stop_token stop)
{
    if (!credential.tokenEndpoint.isEmpty())
        return credential.tokenEndpoint;
    Discovery found = TRY(discover(credential, network, transport, std::move(stop)));
    return std::move(found.tokenEndpoint);
}

Result<ClientAssertion> assertionFor(const Credential &credential, const QString &tokenEndpoint, const PrivateKey &key,
                                     const Clock &clock, RandomSource &random, std::chrono::seconds clockOffset)
{
    AssertionRequest request;
    request.clockOffset = clockOffset;
    request.clientId = credential.clientId;
    request.tokenEndpoint = tokenEndpoint;
    request.keyId = credential.effectiveKeyId();
    request.jwkSetUrl = credential.jwkSetUrl;
    request.algorithm = credential.algorithm;
    return makeClientAssertion(request, key, clock, random);
}

std::chrono::seconds usableClockOffset(std::optional<double> serverAhead)
{
    constexpr double unremarkable = 5; // Date is whole seconds, and answers take their time
    const double offset = serverAhead.value_or(0);
    return std::abs(offset) <= unremarkable ? std::chrono::seconds() : std::chrono::seconds(std::llround(offset));
}

Result<AccessToken> requestAccessToken(const Credential &credential, const PrivateKey &key, const QStringList &scopes,
                                       const NetworkSettings &network, const TestEnvironment &environment,
                                       std::stop_token stop)
{
    const QStringList &asked = scopes.isEmpty() ? credential.scopes : scopes;
    // Listens on the way for the server's clock; nothing is recorded.
    RecordingTransport transport(environment.transport, environment.clock);
    if (environment.correctsClock && !credential.tokenEndpoint.isEmpty())
        TRY(discover(credential, network, transport, stop));
    const QString endpoint = TRY(discoverTokenEndpoint(credential, network, transport, stop));
    const std::chrono::seconds offset =
        environment.correctsClock ? usableClockOffset(transport.clockOffset()) : std::chrono::seconds();
    const ClientAssertion assertion =
        TRY(assertionFor(credential, endpoint, key, environment.clock, environment.random, offset));
    HttpRequest request = tokenHttpRequest(endpoint, assertion, asked, network);
    addExtraHeaders(request, credential);
    HttpReply reply = TRY(environment.transport.send(request, std::move(stop)));
    if (reply.status != 200)
        return refused(reply);
    Result<AccessToken> token = readAccessToken(reply);
    wipe(reply.body);
    if (token && token->scopes.isEmpty())
        token->scopes = asked; // RFC 6749 §5.1: left out where it is what was asked
    return token;
}

} // namespace credenza
