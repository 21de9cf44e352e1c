// SPDX-License-Identifier: Apache-2.0
#include "core/net/HttpTransport.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

class TestUrls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void origins_data();
    void origins();
    void loopback_data();
    void loopback();
    void headers();
};

void TestUrls::origins_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("same");
    QTest::addRow("paths don't count") << u"https://a.test/x"_s << u"https://a.test/y?z#w"_s << true;
    QTest::addRow("case of the host") << u"https://A.test/"_s << u"HTTPS://a.TEST/"_s << true;
    QTest::addRow("default port, https") << u"https://a.test/"_s << u"https://a.test:443/"_s << true;
    QTest::addRow("default port, http") << u"http://a.test/"_s << u"http://a.test:80/"_s << true;
    QTest::addRow("other port") << u"https://a.test/"_s << u"https://a.test:8443/"_s << false;
    QTest::addRow("other scheme") << u"https://a.test/"_s << u"http://a.test/"_s << false;
    QTest::addRow("other scheme, same port") << u"https://a.test:80/"_s << u"http://a.test/"_s << false;
    QTest::addRow("sub-domain") << u"https://a.test/"_s << u"https://b.a.test/"_s << false;
    QTest::addRow("prefix of the host") << u"https://a.test/"_s << u"https://a.test.evil/"_s << false;
    QTest::addRow("host as user name") << u"https://a.test/"_s << u"https://a.test@evil.test/"_s << false;
}

void TestUrls::origins()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QFETCH(bool, same);
    QCOMPARE(sameOrigin(QUrl(one), QUrl(other)), same);
    QCOMPARE(sameOrigin(QUrl(other), QUrl(one)), same);
}

void TestUrls::loopback_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isHere");
    for (const char *url : {"http://localhost/", "http://LOCALHOST:8080/", "http://localhost./", "http://a.localhost/",
                            "http://127.0.0.1/", "http://127.9.8.7/", "http://[::1]:1/"})
        QTest::addRow("%s", url) << QString::fromLatin1(url) << true;
    for (const char *url :
         {"http://localhost.evil.test/", "http://notlocalhost/", "http://127.0.0.1.evil.test/",
          "http://127.0.0.1@evil.test/", "http://0.0.0.0/", "http://10.0.0.1/", "http://[::2]/", "http:///"})
        QTest::addRow("%s", url) << QString::fromLatin1(url) << false;
}

void TestUrls::loopback()
{
    QFETCH(QString, url);
    QFETCH(bool, isHere);
    QCOMPARE(isLoopback(QUrl(url)), isHere);
}

void TestUrls::headers()
{
    const HttpHeaders headers{{"Content-Type", "a"}, {"content-type", "b"}, {"X", ""}};
    QCOMPARE(headerValue(headers, "CONTENT-TYPE"), "a"_ba);
    QVERIFY(headerValue(headers, "Content").isEmpty());
    QVERIFY(headerValue({}, "X").isEmpty());
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestUrls)
#include "tst_urls.moc"
