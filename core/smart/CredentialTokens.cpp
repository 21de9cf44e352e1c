// SPDX-License-Identifier: Apache-2.0
#include "core/smart/CredentialTokens.h"

#include "core/smart/Discovery.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza
{

namespace
{

struct SmartText {
    Q_DECLARE_TR_FUNCTIONS(SmartText)
};

/// Kept back so that a token does not expire on the way: a tenth of its life, at most half a minute.
std::chrono::seconds margin(std::chrono::seconds life)
{
    return std::clamp<std::chrono::seconds>(life / 10, 1s, 30s);
}

} // namespace

CredentialTokens::CredentialTokens(Credential credential, KeyOpener openKey, NetworkSettings network,
                                   const TestEnvironment &environment)
    : m_credential(std::move(credential)), m_openKey(std::move(openKey)), m_network(std::move(network)),
      m_environment(environment)
{
}

Result<void> CredentialTokens::ensure(std::stop_token stop)
{
    if (m_token && m_environment.clock.ticks() < m_goodUntil)
        return {};
    m_token.reset();
    const PrivateKey key = TRY(m_openKey());
    const auto asked = m_environment.clock.ticks();
    m_requested++;
    m_token = TRY(requestAccessToken(m_credential, key, {}, m_network, m_environment, std::move(stop)));
    const auto life = m_token->expiresIn;
    m_goodUntil = asked + life - margin(life);
    return {};
}

Result<void> CredentialTokens::authorize(HttpRequest &request, std::stop_token stop)
{
    if (!sameOrigin(request.url, QUrl(m_credential.fhirBaseUrl)))
        return fail(ErrorKind::InvalidInput, u"fhir.other-origin"_s,
                    SmartText::tr("%1 is another server than this credential's.").arg(request.url.host()),
                    SmartText::tr("The token is not sent there."));
    TRY(ensure(std::move(stop)));
    // Into the request, which lives as long as it takes to send it.
    request.headers.append({"Authorization", "Bearer " + m_token->value.copyToUnprotectedByteArray()});
    return {};
}

void CredentialTokens::refuse()
{
    m_token.reset();
}

QStringList CredentialTokens::grantedScopes() const
{
    return m_token ? m_token->scopes : QStringList();
}

std::chrono::seconds CredentialTokens::timeLeft() const
{
    const auto now = m_environment.clock.ticks();
    if (!m_token || now >= m_goodUntil)
        return 0s;
    return std::chrono::duration_cast<std::chrono::seconds>(m_goodUntil - now);
}

HttpRequest fhirPrototype(const Credential &credential, const NetworkSettings &network)
{
    return fhirRequest(credential, {}, "application/fhir+json", network);
}

} // namespace credenza
