// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ScriptedTransport.h"

#include <condition_variable>
#include <mutex>
#include <utility>

using namespace Qt::StringLiterals;

namespace credenza::test
{

ScriptedTransport &ScriptedTransport::expect(const QByteArray &method, const QString &url, Reply reply, Check check)
{
    m_steps.push_back({method, url, std::move(reply), std::move(check)});
    return *this;
}

Result<HttpReply> ScriptedTransport::send(const HttpRequest &request, std::stop_token stop)
{
    m_requests.append(request);
    const QString url = request.url.toString(QUrl::FullyEncoded);
    if (m_next >= m_steps.size()) {
        m_faults << u"unexpected %1 %2"_s.arg(QString::fromLatin1(request.method), url);
        return fail(ErrorKind::Failed, u"test.unexpected-request"_s, m_faults.last());
    }
    const Step &step = m_steps.at(m_next++);
    if (request.method != step.method || request.url != QUrl(step.url)) {
        m_faults << u"%1 %2 came, %3 %4 was expected"_s.arg(QString::fromLatin1(request.method), url,
                                                            QString::fromLatin1(step.method), step.url);
    }
    if (step.check) {
        if (const QString fault = step.check(request); !fault.isEmpty())
            m_faults << u"%1: %2"_s.arg(url, fault);
    }
    Result<HttpReply> result = step.reply(request, stop);
    if (result && result->url.isEmpty())
        result->url = request.url;
    return result;
}

QByteArray ScriptedTransport::faults() const
{
    QStringList all = m_faults;
    if (m_next < m_steps.size())
        all << u"%1 expected request(s) did not come, first %2"_s.arg(m_steps.size() - m_next)
                   .arg(m_steps.at(m_next).url);
    return all.join(u"; "_s).toUtf8();
}

ScriptedTransport::Reply reply(int status, const QByteArray &body, HttpHeaders headers)
{
    return [=](const HttpRequest &, const std::stop_token &) -> Result<HttpReply> {
        HttpReply answer;
        answer.status = status;
        answer.reason = status == 200 ? "OK" : "Scripted";
        answer.headers = headers;
        answer.body = body;
        return answer;
    };
}

ScriptedTransport::Reply replyJson(int status, const QByteArray &body, HttpHeaders headers)
{
    headers.append(HttpHeader{"Content-Type", "application/json; charset=utf-8"});
    return reply(status, body, headers);
}

ScriptedTransport::Reply replyHtml(int status, const QByteArray &body)
{
    return reply(status, body, {{"Content-Type", "text/html"}});
}

ScriptedTransport::Reply failWith(const QString &code, const QString &message)
{
    return [=](const HttpRequest &, const std::stop_token &) -> Result<HttpReply> {
        return fail(ErrorKind::Failed, code, message, u"a hint"_s);
    };
}

ScriptedTransport::Reply hang()
{
    return [](const HttpRequest &, const std::stop_token &stop) -> Result<HttpReply> {
        std::mutex mutex;
        std::condition_variable_any stopped;
        std::unique_lock lock(mutex);
        stopped.wait(lock, stop, [] { return false; });
        return cancelled();
    };
}

} // namespace credenza::test
