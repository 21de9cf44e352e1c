// SPDX-License-Identifier: Apache-2.0
#include "core/smart/RecordingTransport.h"

#include "core/smart/PatientData.h"


using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

/// IMF-fixdate of RFC 9110 §5.6.7; the two obsolete forms are not sent by servers of today.
std::optional<QDateTime> httpDate(const QByteArray &value)
{
    const QByteArray text = value.trimmed();
    if (!text.endsWith(" GMT"))
        return std::nullopt;
    // Mail's dates have the same form but for the zone; Qt reads them ten times as fast as one of a given format.
    const QDateTime time = QDateTime::fromString(QString::fromLatin1(text.chopped(3)) + u"+0000"_s, Qt::RFC2822Date);
    return time.isValid() ? std::optional(time) : std::nullopt;
}

} // namespace

Result<HttpReply> RecordingTransport::send(const HttpRequest &request, std::stop_token stop)
{
    using Milliseconds = std::chrono::duration<double, std::milli>;
    const auto begun = m_clock.ticks();
    const auto sent = m_clock.now();
    if (m_exchanges) {
        m_exchanges->append({redacted(request), std::nullopt, 0});
        for (const SecretBytes &secret : m_hidden)
            removeValue(m_exchanges->last().request, secret.charView());
        m_changed();
    }
    Result<HttpReply> reply = m_transport.send(request, std::move(stop));
    if (reply)
        measureClock(*reply, sent);
    if (m_exchanges) {
        TestExchange &exchange = m_exchanges->last();
        exchange.milliseconds = Milliseconds(m_clock.ticks() - begun).count();
        if (reply) {
            HttpReply kept = *reply;
            // The server's own statement is long, of no person, and the one answer too big to be read twice.
            if (!request.url.path().endsWith("/metadata"_L1))
                kept.body = withoutPatientData(reply->body);
            // Where nothing was taken out, what was made for all who share the answer will do.
            const bool isWhole = kept.body.isSharedWith(reply->body);
            exchange.response = reply->shown && isWhole ? *reply->shown : redacted(kept);
            exchange.isShared = reply->sharedAge.has_value();
            for (const SecretBytes &secret : m_hidden)
                removeValue(*exchange.response, secret.charView());
        }
        m_changed();
    }
    return reply;
}

void RecordingTransport::recordInto(QList<TestExchange> *exchanges, std::function<void()> changed)
{
    m_exchanges = exchanges;
    m_changed = std::move(changed);
}

void RecordingTransport::hide(const SecretBytes &secret)
{
    m_hidden.push_back(secret.clone());
}

QString RecordingTransport::cleaned(const QString &text) const
{
    QString clean = redactedText(text);
    for (const SecretBytes &secret : m_hidden)
        clean = withoutValue(clean, secret.charView());
    return clean;
}

void RecordingTransport::measureClock(const HttpReply &reply, std::chrono::system_clock::time_point sent)
{
    if (headerValue(reply.headers, "Age").toLongLong() > 0)
        return; // from a cache: its Date is old
    const auto date = httpDate(headerValue(reply.headers, "Date"));
    if (!date)
        return;
    // Date is cut to whole seconds, and was written about half-way between sending and receiving.
    const auto midway = reply.sharedAge ? sent - *reply.sharedAge : sent + reply.elapsed / 2;
    const double here = std::chrono::duration<double>(midway.time_since_epoch()).count();
    m_clockOffset = double(date->toMSecsSinceEpoch()) / 1000.0 + 0.5 - here;
}

} // namespace credenza
