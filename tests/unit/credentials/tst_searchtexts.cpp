// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/SearchTexts.h"

#include <QRandomGenerator>
#include <QStringList>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// Looking for words in what credentials are searched by.
class TestSearchTexts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWords_data();
    void findsWords();
    void findsWhatContainsFinds();
    void isEmptyAfterClearing();
};

void TestSearchTexts::findsWords_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("found"); // by the number in the list below
    QTest::newRow("no word") << u""_s << u"01234"_s;
    QTest::newRow("blanks") << u"   "_s << u"01234"_s;
    QTest::newRow("a part of a word") << u"lake"_s << u"0"_s;
    QTest::newRow("another case") << u"NORTH"_s << u"01"_s;
    QTest::newRow("two words in any order") << u"nightly north"_s << u"0"_s;
    QTest::newRow("the same word twice") << u"bend bend"_s << u"2"_s;
    QTest::newRow("the first letter") << u"r"_s << u"0123"_s;
    QTest::newRow("the last letters") << u"tes"_s << u"3"_s;
    QTest::newRow("umlauts fold") << u"KLINIK ZÜRICH"_s << u"3"_s;
    QTest::newRow("sharp s") << u"sTRAßE"_s << u"3"_s;
    QTest::newRow("another script") << u"東京"_s << u"3"_s;
    QTest::newRow("across the end of a text") << u"northriverbend"_s << u""_s;
    QTest::newRow("a zero") << u"north"_s + QChar(0) + u"river"_s << u""_s;
    QTest::newRow("a zero alone") << QString(QChar(0)) << u""_s;
    QTest::newRow("nowhere") << u"nowhere"_s << u""_s;
}

void TestSearchTexts::findsWords()
{
    QFETCH(QString, query);
    QFETCH(QString, found);
    SearchTexts texts;
    for (const QString &text : {u"Northlake\nnightly export"_s, u"before it is north"_s, u"riverbend"_s,
                                u"Klinik Zürich, Straße 5, 東京, Notes"_s, u""_s})
        texts.append(text);
    QCOMPARE(texts.size(), 5);
    QString numbers;
    const auto holds = texts.holding(query);
    for (std::size_t i = 0; i < holds.size(); ++i)
        if (holds[i])
            numbers += QString::number(i);
    QCOMPARE(numbers, found);
}

void TestSearchTexts::findsWhatContainsFinds()
{
    QRandomGenerator random(11);
    const auto word = [&random](int most) {
        QString text;
        for (int i = random.bounded(most); i >= 0; --i)
            text += QChar(u"aAbBäÄß \n"[random.bounded(9)]);
        return text;
    };
    for (int round = 0; round < 200; ++round) {
        SearchTexts texts;
        QStringList plain;
        for (int i = 0; i < 50; ++i) {
            plain << word(30);
            texts.append(plain.last());
        }
        const QString query = word(4);
        const auto holds = texts.holding(query);
        for (qsizetype i = 0; i < plain.size(); ++i) {
            bool expected = true;
            for (const QString &one : query.toCaseFolded().split(u' ', Qt::SkipEmptyParts))
                expected = expected && plain[i].toCaseFolded().contains(one);
            QCOMPARE(holds[static_cast<std::size_t>(i)], expected);
        }
    }
}

void TestSearchTexts::isEmptyAfterClearing()
{
    SearchTexts texts;
    texts.append(u"north"_s);
    texts.clear();
    QCOMPARE(texts.size(), 0);
    QVERIFY(texts.holding(u"north"_s).empty());
    texts.append(u"south"_s);
    QCOMPARE(texts.holding(u"south"_s), std::vector<bool>{true});
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestSearchTexts)
#include "tst_searchtexts.moc"
