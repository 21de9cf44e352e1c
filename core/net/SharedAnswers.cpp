// SPDX-License-Identifier: Apache-2.0
#include "core/net/SharedAnswers.h"

#include "core/net/NetworkFailure.h"
#include "core/net/Redaction.h"

#include <QCryptographicHash>

namespace credenza
{

namespace
{

/// All that may change the answer, and all that decides whether the server is trusted.
QByteArray keyOf(const HttpRequest &request)
{
    QByteArray key = request.url.toEncoded() + '\n' + request.network.proxy.toEncoded() + '\n' +
                     QByteArray::number(int(request.redirects)) + '\n' + QByteArray::number(request.maxResponseBytes);
    for (const HttpHeader &header : request.headers)
        key += '\n' + header.name.toLower() + ':' + header.value;
    for (const QSslCertificate &authority : request.network.extraAuthorities)
        key += '\n' + authority.digest(QCryptographicHash::Sha256);
    return key;
}

} // namespace

bool SharedAnswers::canShare(const HttpRequest &request)
{
    return request.method == "GET" && request.body.isEmpty() && headerValue(request.headers, "Authorization").isEmpty();
}

Result<HttpReply> SharedAnswers::get(const HttpRequest &request, HttpTransport &transport, const std::stop_token &stop)
{
    const QByteArray key = keyOf(request);
    {
        std::unique_lock lock(m_mutex);
        Entry &entry = m_entries[key]; // stays where it is in a map
        if (!m_changed.wait(lock, stop, [&entry] { return !entry.isUnderway; }))
            return cancelled();
        if (entry.reply) {
            HttpReply reply = *entry.reply;
            reply.sharedAge = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                                    entry.receivedAt);
            return reply;
        }
        entry.isUnderway = !entry.isEachOnesOwn;
    }
    Result<HttpReply> reply = transport.send(request, stop);
    const bool isShared = reply && reply->status == 200;
    if (isShared)
        reply->shown = std::make_shared<const RedactedResponse>(redacted(*reply)); // once for all who share it
    const std::scoped_lock lock(m_mutex);
    Entry &entry = m_entries[key];
    entry.isUnderway = false;
    if (isShared) {
        entry.reply = *reply;
        entry.receivedAt = std::chrono::steady_clock::now();
    } else {
        entry.isEachOnesOwn = true;
    }
    m_changed.notify_all();
    return reply;
}

Result<HttpReply> SharingTransport::send(const HttpRequest &request, std::stop_token stop)
{
    if (!SharedAnswers::canShare(request)) {
        Result<HttpReply> reply = m_transport.send(request, std::move(stop));
        m_chain = m_transport.receivedChain();
        return reply;
    }
    Result<HttpReply> reply = m_shared.get(request, m_transport, stop);
    m_chain = reply ? reply->certificateChain : m_transport.receivedChain();
    return reply;
}

} // namespace credenza
