// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/JsonDocument.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// JSON as it was written: order, digits, duplicates; and what is no JSON.
class TestJsonDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatWasWritten();
    void followsPaths();
    void writesItBack();
    void refuses_data();
    void refuses();
    void conformsToTheSuite_data();
    void conformsToTheSuite();
    void survivesSize();
};

void TestJsonDocument::keepsWhatWasWritten()
{
    const auto read = JsonDocument::parse(R"({"z":37.0,"a":[1e400,-0,null,true],"z":"\u00e9 \"x\""})");
    QVERIFY_RESULT(read);
    const JsonValue root = (*read)->root();
    QCOMPARE(root.size(), 3);
    QCOMPARE(root.firstChild().name(), u"z"_s);
    QCOMPARE(root[u"z"].text(), u"37.0"_s);
    QCOMPARE(root[u"a"].at(0).text(), u"1e400"_s);
    QCOMPARE(root[u"a"].at(1).text(), u"-0"_s);
    QCOMPARE(root[u"a"].at(2).kind(), JsonKind::Null);
    QCOMPARE(root[u"a"].at(3).kind(), JsonKind::Boolean);
    QCOMPARE(root.at(2).text(), u"é \"x\""_s);
    QCOMPARE(root.at(2).position(), 2);
}

void TestJsonDocument::followsPaths()
{
    const auto read = JsonDocument::parse(R"({"a":{"b":[{"c":"deep"}]}})");
    QVERIFY_RESULT(read);
    const JsonValue root = (*read)->root();
    QCOMPARE(root[u"a"][u"b"].at(0)[u"c"].text(), u"deep"_s);
    QCOMPARE(root[u"a"][u"b"].at(0)[u"c"].parent().parent().name(), u"b"_s);
    QVERIFY(!root[u"no"][u"such"].at(7)[u"place"].exists());
    QVERIFY(!root.parent().exists());
    QVERIFY(!JsonValue().exists());
}

void TestJsonDocument::writesItBack()
{
    const QByteArray text = R"({"a":[1.50,{"b":"\u0001\"\\\n"},[]],"c":{},"d":null,"e":false})";
    const auto read = JsonDocument::parse(text);
    QVERIFY_RESULT(read);
    QCOMPARE(toCompactJson((*read)->root()), text);
    const auto again = JsonDocument::parse(toIndentedJson((*read)->root()));
    QVERIFY_RESULT(again);
    QCOMPARE(toCompactJson((*again)->root()), text);
}

void TestJsonDocument::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << QByteArray() << u"json.invalid"_s;
    QTest::newRow("open string") << QByteArray(R"({"a":"b)") << u"json.invalid"_s;
    QTest::newRow("open object") << QByteArray(R"({"a":"b")") << u"json.invalid"_s;
    QTest::newRow("two documents") << QByteArray("{} {}") << u"json.invalid"_s;
    QTest::newRow("not UTF-8") << QByteArray("{\"a\":\"\xff\xfe\"}") << u"json.not-utf8"_s;
    QTest::newRow("a number") << QByteArray("12") << u"json.no-object"_s;
    QTest::newRow("10 000 arrays") << QByteArray(10'000, '[') + QByteArray(10'000, ']') << u"json.too-deep"_s;
    QTest::newRow("10 000 objects") << QByteArray("{\"a\":").repeated(10'000) + "1" + QByteArray(10'000, '}')
                                    << u"json.too-deep"_s;
    QTest::newRow("1 000 000 open arrays") << QByteArray(1'000'000, '[') << u"json.too-deep"_s;
}

void TestJsonDocument::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    const auto read = JsonDocument::parse(text);
    QVERIFY(!read);
    // Where it is both broken and deep, either may be said.
    if (read.error().code != u"json.invalid"_s || code == u"json.invalid"_s)
        QCOMPARE(read.error().code, code);
    QVERIFY(!read.error().message.isEmpty());
}

void TestJsonDocument::conformsToTheSuite_data()
{
    REQUIRE_SHARED_DATA("json-parsing/test_parsing");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("wanted");
    const QDir folder(sharedData(u"json-parsing/test_parsing"_s));
    for (const QString &name : folder.entryList(QDir::Files)) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QTest::newRow(qPrintable(name)) << file.readAll() << name.left(1);
    }
}

void TestJsonDocument::conformsToTheSuite()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, wanted);
    const auto read = JsonDocument::parse(text);
    if (wanted == u"y" && !read)
        QCOMPARE(read.error().code, u"json.no-object"_s); // a lone scalar is JSON, but nothing to show
    else if (wanted == u"n")
        QVERIFY(!read);
    if (read)
        QVERIFY_RESULT(JsonDocument::parse(toCompactJson((*read)->root())));
}

void TestJsonDocument::survivesSize()
{
    QByteArray wide = "{";
    for (int i = 0; i < 1'000'000; ++i)
        wide += "\"c" + QByteArray::number(i) + "\":1,";
    wide.back() = '}';
    const auto many = JsonDocument::parse(wide);
    QVERIFY_RESULT(many);
    QCOMPARE((*many)->root().size(), 1'000'000);
    const auto longString = JsonDocument::parse("{\"a\":\"" + QByteArray(100'000'000, 'x') + "\"}");
    QVERIFY_RESULT(longString);
    QCOMPARE((*longString)->root()[u"a"].text().size(), 100'000'000);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestJsonDocument)
#include "tst_jsondocument.moc"
