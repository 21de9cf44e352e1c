// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/HttpTransport.h"

#include <QStringList>

#include <functional>
#include <vector>

namespace credenza::test
{

/// Plays a script: each request must be the next one expected, and gets the reply that stands beside it. What was not
/// expected, or did not come, is a failure of the test: check `QVERIFY2(transport.isDone(), …)` at its end.
class ScriptedTransport final : public HttpTransport
{
public:
    using Reply = std::function<Result<HttpReply>(const HttpRequest &, const std::stop_token &)>;
    /// Empty: right; else what is wrong with the request.
    using Check = std::function<QString(const HttpRequest &)>;

    ScriptedTransport &expect(const QByteArray &method, const QString &url, Reply reply, Check check = {});

    [[nodiscard]] Result<HttpReply> send(const HttpRequest &request, std::stop_token stop) override;

    [[nodiscard]] bool isDone() const { return m_faults.isEmpty() && m_next == m_steps.size(); }
    /// What went wrong, for a message.
    [[nodiscard]] QByteArray faults() const;
    [[nodiscard]] const QList<HttpRequest> &requests() const { return m_requests; }

private:
    struct Step {
        QByteArray method;
        QString url;
        Reply reply;
        Check check;
    };
    std::vector<Step> m_steps;
    std::size_t m_next = 0;
    QStringList m_faults;
    QList<HttpRequest> m_requests;
};

/// Replies.
[[nodiscard]] ScriptedTransport::Reply reply(int status, const QByteArray &body, HttpHeaders headers = {});
[[nodiscard]] ScriptedTransport::Reply replyJson(int status, const QByteArray &body, HttpHeaders headers = {});
[[nodiscard]] ScriptedTransport::Reply replyHtml(int status, const QByteArray &body);
[[nodiscard]] ScriptedTransport::Reply failWith(const QString &code, const QString &message);
/// Waits until a stop is asked for, as a server that never answers.
[[nodiscard]] ScriptedTransport::Reply hang();

} // namespace credenza::test
