// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/net/HttpTransport.h"

#include <QDateTime>
#include <QList>

namespace credenza
{

/// A FHIR base URL that an organization publishes.
struct OrganizationEndpoint {
    QString organization;
    QString fhirBaseUrl;   ///< canonical, without trailing slash
    int organizations = 1; ///< how many organizations of the directory share this base
};

/// The endpoints that a vendor publishes for its customers (facts §2.7), in order of organization.
struct EndpointDirectory {
    QDateTime asOf; ///< when the vendor wrote it, or when it was fetched
    QString source; ///< its address, or the name of the file it came from
    QList<OrganizationEndpoint> endpoints;

    /// Those whose organization has all of `words`, each as the beginning of a word, ignoring case and accents; names
    /// that begin with them first. At most `limit`.
    [[nodiscard]] QList<OrganizationEndpoint> find(const QString &words, qsizetype limit = 20) const;
    /// Those with this base URL.
    [[nodiscard]] QList<OrganizationEndpoint> sharing(const QString &fhirBaseUrl) const;
};

/// Reads a Bundle of Endpoints (R4; also searchset and other types). The organization is the contained one that
/// `managingOrganization` names, with or without "#", else the endpoint's own name; Organizations that are entries of
/// their own count too. Endpoints that are off, or whose address can't be one, are left out.
/// Errors: directory.not-a-bundle, directory.empty (InvalidInput).
[[nodiscard]] Result<EndpointDirectory> readEndpointDirectory(const QByteArray &bundle, const QString &source);

/// Fetches it from the vendor's public address. Blocks: call it on a worker.
/// Errors: those of HttpTransport; directory.unavailable for any status but 200; those of reading.
[[nodiscard]] Result<EndpointDirectory> fetchEndpointDirectory(const QUrl &url, HttpTransport &transport,
                                                               const NetworkSettings &network, const Clock &clock,
                                                               const std::stop_token &stop);

/// Keeps a directory in a file, to be found again without a network. Errors: those of writing a file.
[[nodiscard]] Result<void> keepEndpointDirectory(const EndpointDirectory &directory, const QString &path);
/// What was kept, or a Bundle a person chose. Errors: those of reading a file, and of readEndpointDirectory().
[[nodiscard]] Result<EndpointDirectory> openEndpointDirectory(const QString &path);

} // namespace credenza
