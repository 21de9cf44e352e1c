// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/FhirClient.h"
#include "core/fhir/OperationOutcome.h"
#include "core/fhir/ResourceSummary.h"

#include <QSet>

#include <optional>

namespace credenza
{

/// One page of a search's result, or a single resource that was read.
struct SearchPage {
    QList<Resource> matches;
    QList<Resource> included; ///< what _include brought along
    QList<OutcomeIssue> issues;
    QStringList hidden; ///< sub-types the server left out for this client, in its words
    QString next;       ///< opaque; empty: the last page
    /// All matches there are, where the server says so and it can be true: Epic gives the number on the page.
    std::optional<qint64> total;
    bool wasRestarted = false; ///< the server had forgotten the search, and it was run again
};

/// Reads a 2xx answer. Errors: those of fhirFailure() where it holds nothing but a grave OperationOutcome, fhir.html,
/// fhir.is-xml, fhir.not-json, and those of JsonDocument::parse().
[[nodiscard]] Result<SearchPage> readSearchPage(const HttpReply &reply, const QString &type);

/// The number in the answer to `_summary=count`; nothing where a server that does not know it sent resources instead,
/// and no total that goes beyond them.
[[nodiscard]] std::optional<qint64> countIn(const QByteArray &body);

/// Runs one search page by page, following `next` as it stands: an absolute URL of the server's origin, a path, or a
/// query alone. Where the server has forgotten the paging session (Epic's 4113, 410 of others), the search is run again
/// and what was seen already is passed over.
class SearchCursor
{
public:
    /// `client` must outlive the cursor.
    SearchCursor(FhirClient &client, QString pathOrUrl);

    [[nodiscard]] bool isAtEnd() const { return m_started && m_next.isEmpty(); }
    /// The next page with something new, or the end. `exchanged` hears of every exchange on the way.
    /// Errors: those of FhirClient::get(), fhirFailure() and readSearchPage(); fhir.next-elsewhere where the link to
    /// the next page leads to another server.
    [[nodiscard]] Result<SearchPage> fetch(std::stop_token stop,
                                           const std::function<void(const FhirAnswer &)> &exchanged = {});

private:
    [[nodiscard]] Result<SearchPage> fetchFrom(const QString &url, std::stop_token stop,
                                               const std::function<void(const FhirAnswer &)> &exchanged);
    void passOverSeen(QList<Resource> &resources);

    FhirClient &m_client;
    QString m_first;
    QString m_next;
    QString m_type;
    QString m_current; ///< what was asked for last
    QSet<QString> m_seen;
    QSet<QString> m_followed;
    bool m_started = false;
};

/// The resource type in a path such as "Patient?name=x" or "Patient/1"; of an absolute URL the last part that can be
/// one.
[[nodiscard]] QString typeInPath(const QString &pathOrUrl);

} // namespace credenza
