// SPDX-License-Identifier: Apache-2.0
// The rules about bulk exports (facts §3.5). The failed exchange tells that it is one: the kick-off by its $export, the
// rest by the code the export gives its step.
#include "core/smart/DiagnosisRules.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

using Evidence = DiagnosisEvidence;
using Found = std::optional<RuleFinding>;
using enum Cause::Likelihood;

bool isBulk(const Evidence &evidence)
{
    if (evidence.code.startsWith(u"bulk."))
        return true;
    return !evidence.failed->exchanges.isEmpty() &&
           evidence.failed->exchanges.last().request.url.contains(u"$export"_s);
}

Found tooRecent(const Evidence &evidence)
{
    if (!isBulk(evidence) || !evidence.body.contains(u"too recently", Qt::CaseInsensitive))
        return {};
    return RuleFinding{Certain, Text::tr("This group was exported less than 24 hours ago"),
                       Text::tr("The server says that the client requested this group too recently"),
                       Text::tr("Export it again 24 hours after the last kick-off.")};
}

Found apiNotTicked(const Evidence &evidence)
{
    if (!isBulk(evidence) || evidence.status != 403)
        return {};
    return RuleFinding{Likely, Text::tr("One of the four bulk APIs is not ticked"), Text::tr("Status 403"),
                       Text::tr("Tick kick-off, status, file and delete requests for this client, and wait for the "
                                "sync.")};
}

Found tokenExpired(const Evidence &evidence)
{
    if (!isBulk(evidence) || evidence.status != 401)
        return {};
    return RuleFinding{Certain, Text::tr("The token is older than the export"), Text::tr("Status 401"),
                       Text::tr("Get a new token before polling and before each file.")};
}

Found alreadyGone(const Evidence &evidence)
{
    const bool isDelete =
        !evidence.failed->exchanges.isEmpty() && evidence.failed->exchanges.last().request.method == u"DELETE";
    if (!isBulk(evidence) || !isDelete || evidence.status != 404)
        return {};
    return RuleFinding{Certain, Text::tr("The export was cleaned up already"), Text::tr("Status 404 for DELETE"),
                       Text::tr("There is nothing to do.")};
}

constexpr std::array rules{
    DiagnosisRule{"bulk-too-recent", "B1", "", &tooRecent},
    DiagnosisRule{"bulk-api-not-ticked", "B2", "", &apiNotTicked},
    DiagnosisRule{"bulk-token-expired", "B3", "", &tokenExpired},
    DiagnosisRule{"bulk-gone", "B6", "", &alreadyGone},
};

} // namespace

std::span<const DiagnosisRule> bulkRules()
{
    return rules;
}

} // namespace credenza
