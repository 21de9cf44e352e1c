// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Environment.h"
#include "core/credentials/FhirBaseUrl.h"
#include "core/credentials/Validation.h"

#include <QUrl>

#include <cstdint>
#include <cstdlib>

using namespace credenza;

namespace
{

/// Ends the run as a crash does: libFuzzer keeps the input.
void require(bool condition)
{
    if (!condition)
        std::abort();
}

void judgeUrl(const QString &typed, bool allowsPlainHttp)
{
    const FhirBaseUrlReading reading = readFhirBaseUrl(typed, allowsPlainHttp);
    require(reading.finding.state == Finding::State::Ok || !reading.finding.code.isEmpty());
    if (reading.canonical.isEmpty()) {
        require(reading.finding.state == Finding::State::Error);
        return;
    }
    const QUrl url(reading.canonical, QUrl::StrictMode);
    require(url.isValid() && !url.host().isEmpty() && (url.scheme() == u"https" || url.scheme() == u"http"));
    require(!reading.canonical.endsWith(u'/') && url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment());
    // What was trimmed needs no more trimming.
    const FhirBaseUrlReading again = readFhirBaseUrl(reading.canonical, allowsPlainHttp);
    require(again.canonical == reading.canonical);
    if (reading.finding.state != Finding::State::Error)
        require(again.finding.state != Finding::State::Error);
    require(!nameOf(environmentOf(reading.canonical)).isEmpty());
}

} // namespace

/// A line for each field of the overlay: the base URL in all the ways it may be typed, and every other rule.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const QStringList lines = text.split(u'\n');
    judgeUrl(lines.value(0), lines.size() % 2 == 0);

    CredentialDraft draft;
    draft.fhirBaseUrl = lines.value(0);
    draft.clientId = lines.value(1);
    draft.name = lines.value(2);
    draft.keyId = lines.value(3);
    draft.jwkSetUrl = lines.value(4);
    draft.tokenEndpoint = lines.value(5);
    draft.proxy = lines.value(6);
    draft.scopes = lines.value(7).split(u' ', Qt::SkipEmptyParts);
    draft.extraHeaders = {{lines.value(8), lines.value(9)}};
    draft.description = text;
    const Validation validation = validate(draft);
    for (const auto &[field, finding] : validation.findings)
        require(finding.state == Finding::State::Ok || (!finding.code.isEmpty() && !finding.message.isEmpty()));
    require(!validation.isValid()); // there is no key
    return 0;
}
