// SPDX-License-Identifier: Apache-2.0
#include "core/net/SharedAnswers.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

/// Counts what reaches the server; answers with this status.
class CountingTransport final : public HttpTransport
{
public:
    CountingTransport(std::atomic<int> &asked, int status) : m_asked(asked), m_status(status) {}
    [[nodiscard]] Result<HttpReply> send(const HttpRequest &request, std::stop_token) override
    {
        HttpReply reply;
        reply.status = m_status;
        reply.url = request.url;
        reply.body = QByteArray::number(++m_asked);
        return reply;
    }

private:
    std::atomic<int> &m_asked;
    int m_status;
};

HttpRequest getOf(const QString &url, const HttpHeaders &headers = {})
{
    HttpRequest request;
    request.url = QUrl(url);
    request.headers = headers;
    return request;
}

} // namespace

class TestSharedAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sharesAcrossThreads();
    void asksApartWhatDiffers();
    void neverSharesTokensOrFailures();
    void waitingEndsWithTheStop();
};

void TestSharedAnswers::sharesAcrossThreads()
{
    std::atomic<int> asked = 0;
    std::atomic<int> shared = 0;
    SharedAnswers answers;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 16; ++i) {
            threads.emplace_back([&] {
                CountingTransport own(asked, 200);
                SharingTransport transport(answers, own);
                const auto reply = transport.send(getOf(u"https://ehr.example.test/metadata"_s), {});
                if (reply && reply->body == "1" && reply->sharedAge)
                    ++shared;
            });
        }
    }
    QCOMPARE(asked.load(), 1);
    QCOMPARE(shared.load(), 15);
}

void TestSharedAnswers::asksApartWhatDiffers()
{
    std::atomic<int> asked = 0;
    SharedAnswers answers;
    CountingTransport own(asked, 200);
    SharingTransport transport(answers, own);
    const QString url = u"https://ehr.example.test/metadata"_s;
    QVERIFY(transport.send(getOf(url), {}));
    QVERIFY(transport.send(getOf(url, {{"Epic-Client-ID", "one"}}), {}));
    QVERIFY(transport.send(getOf(url, {{"Epic-Client-ID", "two"}}), {}));
    HttpRequest proxied = getOf(url);
    proxied.network.proxy = QUrl(u"http://proxy.example.test:8080"_s);
    QVERIFY(transport.send(proxied, {}));
    QCOMPARE(asked.load(), 4);
}

void TestSharedAnswers::neverSharesTokensOrFailures()
{
    std::atomic<int> asked = 0;
    SharedAnswers answers;
    CountingTransport own(asked, 200);
    SharingTransport transport(answers, own);
    HttpRequest post = getOf(u"https://ehr.example.test/token"_s);
    post.method = "POST";
    const HttpRequest withToken = getOf(u"https://ehr.example.test/Patient"_s, {{"authorization", "Bearer x"}});
    for (int i = 0; i < 2; ++i) {
        QVERIFY(!transport.send(post, {})->sharedAge);
        QVERIFY(!transport.send(withToken, {})->sharedAge);
    }
    QCOMPARE(asked.load(), 4);
    CountingTransport broken(asked, 503);
    SharingTransport failing(answers, broken);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!failing.send(getOf(u"https://ehr.example.test/broken"_s), {})->sharedAge);
    QCOMPARE(asked.load(), 7);
}

void TestSharedAnswers::waitingEndsWithTheStop()
{
    std::atomic<int> asked = 0;
    SharedAnswers answers;
    std::stop_source stop;
    stop.request_stop();
    CountingTransport own(asked, 200);
    SharingTransport transport(answers, own);
    QVERIFY(transport.send(getOf(u"https://ehr.example.test/metadata"_s), {}));
    // What is there is given even then; nothing new is waited for.
    QVERIFY(transport.send(getOf(u"https://ehr.example.test/metadata"_s), stop.get_token()));
    QCOMPARE(asked.load(), 1);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestSharedAnswers)
#include "tst_sharedanswers.moc"
