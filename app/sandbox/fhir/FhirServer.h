// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/auth/TokenStore.h"
#include "app/sandbox/fhir/PagingSessions.h"
#include "app/sandbox/http/HttpMessage.h"
#include "app/sandbox/sample/SampleData.h"

namespace credenza::sandbox
{

/// How the FHIR server behaves.
struct FhirSettings {
    QString baseUrl;
    std::chrono::seconds pagingLifetime{600};
    bool pageTotal =
        true; ///< `Bundle.total` is the number of resources on the page, as Epic has it; else it is left out
};

/// The FHIR R4 data below the base path: read and search (GET and POST), with a Bearer token. Safe from several
/// threads.
class FhirServer
{
public:
    /// Everything passed in outlives the server.
    FhirServer(FhirSettings settings, const SampleData &data, const TokenStore &tokens, RandomSource &random,
               const Clock &clock)
        : m_settings(std::move(settings)), m_data(data), m_tokens(tokens), m_clock(clock),
          m_sessions(random, clock, m_settings.pagingLifetime)
    {
    }

    /// Answers a request whose path is `relativePath` below the base ("Patient/e…3").
    [[nodiscard]] Response answer(const Request &request, QByteArrayView relativePath);

private:
    struct Format {
        bool isAcceptable = true;
        bool asksForJson = false; ///< in so many words, which decides how a Binary is given
        QByteArray mediaType = "application/fhir+json";
    };
    [[nodiscard]] static Format formatOf(const Request &request, const QList<Parameter> &parameters);
    [[nodiscard]] std::expected<Grant, Response> authorize(const Request &request) const;
    [[nodiscard]] Response read(ResourceType type, const QString &id, const Format &format) const;
    [[nodiscard]] Response search(ResourceType type, const QList<Parameter> &parameters, const Grant &grant,
                                  const Format &format);
    [[nodiscard]] Response page(const PagingSession &from, const QString &selfUrl, bool isFirst, const Format &format);

    FhirSettings m_settings;
    const SampleData &m_data;
    const TokenStore &m_tokens;
    const Clock &m_clock;
    PagingSessions m_sessions;
};

} // namespace credenza::sandbox
