// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/FileSearch.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// Following references inside a file, who refers to whom, and filters.
class TestFileSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsById();
    void findsByFullUrl();
    void findsReferrers();
    void filters_data();
    void filters();
    void takesLittleMemory();
    void resolvesRealBundles();
    void stopsAtOnce();

private:
    struct Opened {
        std::shared_ptr<ResourceFile> file;
        std::vector<FileEntry> entries;
        EntryIndex index;
    };
    [[nodiscard]] Opened open(const QString &path) const;
    [[nodiscard]] Opened openText(const QString &name, const QByteArray &contents) const;
    QTemporaryDir m_folder;
};

TestFileSearch::Opened TestFileSearch::open(const QString &path) const
{
    Opened opened;
    auto file = ResourceFile::open(path, {});
    if (!file)
        return opened;
    opened.file = *file;
    const auto done = opened.file->index({}, [&](const std::vector<FileEntry> &batch, qint64 bytesDone) {
        appendEntries(opened.entries, batch, bytesDone, opened.file->size());
    });
    auto index = EntryIndex::make(*opened.file, opened.entries, {});
    if (done && index)
        opened.index = std::move(*index);
    return opened;
}

TestFileSearch::Opened TestFileSearch::openText(const QString &name, const QByteArray &contents) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size())
        return {};
    file.close();
    return open(file.fileName());
}

void TestFileSearch::findsById()
{
    QByteArray lines;
    for (int i = 0; i < 1000; ++i)
        lines += "{\"resourceType\":\"" + QByteArray(i % 2 ? "Patient" : "Group") + "\",\"id\":\"" +
                 QByteArray::number(i / 2) + "\"}\n";
    lines += "{\"resourceType\":\"Patient\",\"id\":\"7\"}\n{\"resourceType\":\"Patient\"}\nbroken\n";
    const Opened opened = openText(u"ids.ndjson"_s, lines);
    QCOMPARE(opened.index.find(*opened.file, opened.entries, u"Patient"_s, u"7"_s), 15); // the first of two
    QCOMPARE(opened.index.find(*opened.file, opened.entries, u"Group"_s, u"7"_s), 14);
    QCOMPARE(opened.index.find(*opened.file, opened.entries, {}, u"7"_s), 14);
    QCOMPARE(opened.index.find(*opened.file, opened.entries, u"Patient"_s, u"700"_s), -1);
    QCOMPARE(opened.index.find(*opened.file, opened.entries, u"Patient"_s, {}), -1);
    for (const QString &reference :
         {u"Patient/7"_s, u"Patient/7/_history/2"_s, u"https://ehr.example/r4/Patient/7"_s}) {
        const auto found = findReferenced(*opened.file, opened.entries, opened.index, reference, {});
        QVERIFY_RESULT(found);
        QCOMPARE(*found, 15);
    }
}

void TestFileSearch::findsByFullUrl()
{
    const QByteArray bundle =
        R"({"resourceType":"Bundle","entry":[{"fullUrl":"urn:uuid:aa","resource":{"resourceType":"Patient","id":"1"}},)"
        R"({"resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid:aa"}},"fullUrl" : "urn:uuid:bb"},)"
        R"({"fullUrl":"http://ehr.example/Basic/x","resource":{"resourceType":"Basic","note":"\"fullUrl\":\"urn:uuid:cc\""}}]})";
    const Opened opened = openText(u"bundle.json"_s, bundle);
    QCOMPARE(std::ssize(opened.entries), 3);
    const auto find = [&](const QString &reference) {
        const auto found = findReferenced(*opened.file, opened.entries, opened.index, reference, {});
        return found ? *found : -2;
    };
    QCOMPARE(find(u"urn:uuid:aa"_s), 0);
    QCOMPARE(find(u"urn:uuid:bb"_s), 1); // written behind its resource
    QCOMPARE(find(u"http://ehr.example/Basic/x"_s), 2);
    QCOMPARE(find(u"urn:uuid:cc"_s), -1); // only text inside a string
    QCOMPARE(find(u"urn:uuid:dd"_s), -1);
    QCOMPARE(find(u"#p"_s), -1);
}

void TestFileSearch::findsReferrers()
{
    const QByteArray lines =
        "{\"resourceType\":\"Patient\",\"id\":\"1\",\"link\":[{\"other\":{\"reference\":\"Patient/1\"}}]}\n"
        "{\"resourceType\":\"Basic\",\"id\":\"a\",\"subject\":{\"reference\":\"Patient/1\"}}\n"
        "{\"resourceType\":\"Basic\",\"id\":\"b\",\"subject\":{\"reference\" : \"Patient/11\"}}\n"
        "{\"resourceType\":\"Basic\",\"id\":\"c\",\"subject\":{\"reference\":\"https://x/Patient/1\"},"
        "\"author\":{\"reference\":\"Patient/1\"}}\n"
        "{\"resourceType\":\"Basic\",\"id\":\"d\",\"note\":\"Patient/1\"}\n"
        "{\"resourceType\":\"Basic\",\"id\":\"e\",\"subject\":{\"reference\":\"OtherPatient/1\"}}\n"
        "{\"resourceType\":\"Basic\",\"id\":\"f\",\"subject\":{\"reference\":\"urn:uuid:1\"}}\n";
    const Opened opened = openText(u"referrers.ndjson"_s, lines);
    const auto found = referringEntries(*opened.file, opened.entries, u"Patient"_s, u"1"_s, 10, {});
    QVERIFY_RESULT(found);
    QCOMPARE(*found, (std::vector<qsizetype>{1, 3, 6}));
    const auto one = referringEntries(*opened.file, opened.entries, u"Patient"_s, u"1"_s, 1, {});
    QVERIFY_RESULT(one);
    QCOMPARE(*one, (std::vector<qsizetype>{1}));
}

void TestFileSearch::filters_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("rows");
    QTest::newRow("type") << u"Patient"_s << QString() << QList<int>{0};
    QTest::newRow("any case") << QString() << u"heart"_s << QList<int>{1, 2};
    QTest::newRow("with a capital") << QString() << u"Heart"_s << QList<int>{1};
    QTest::newRow("value of an element") << QString() << u"code=8480-6"_s << QList<int>{2};
    QTest::newRow("value at a path") << QString() << u"subject.reference=Patient/1"_s << QList<int>{1};
    QTest::newRow("text that is there, but elsewhere") << QString() << u"status=8480-6"_s << QList<int>{};
    QTest::newRow("type and text") << u"Observation"_s << u"patient/1"_s << QList<int>{1};
    QTest::newRow("last byte") << QString() << u"}"_s << QList<int>{0, 1, 2};
}

void TestFileSearch::filters()
{
    QFETCH(QString, type);
    QFETCH(QString, text);
    QFETCH(QList<int>, rows);
    const QByteArray lines =
        "{\"resourceType\":\"Patient\",\"id\":\"1\"}\n"
        "{\"resourceType\":\"Observation\",\"id\":\"2\",\"code\":{\"text\":\"Heart rate\"},\"subject\":{\"reference\":"
        "\"Patient/1\"}}\n"
        "{\"resourceType\":\"Observation\",\"id\":\"3\",\"code\":{\"text\":\"heart\"},\"component\":[{\"code\":{"
        "\"coding\":"
        "[{\"code\":\"8480-6\"}]}}]}\n";
    const Opened opened = openText(u"filter.ndjson"_s, lines);
    const auto found = matchingEntries(*opened.file, opened.entries, {type, text}, {});
    QVERIFY_RESULT(found);
    QCOMPARE(QList<int>(found->begin(), found->end()), rows);
}

void TestFileSearch::takesLittleMemory()
{
    QByteArray lines;
    for (int i = 0; i < 200'000; ++i)
        lines += "{\"resourceType\":\"Patient\",\"id\":\"" + QByteArray::number(i) + "\",\"active\":true}\n";
    const Opened opened = openText(u"many.ndjson"_s, lines);
    QCOMPARE(std::ssize(opened.entries), 200'000);
    const std::size_t bytes = opened.entries.capacity() * sizeof(FileEntry) + opened.index.bytes();
    QVERIFY2(bytes <= 60 * opened.entries.size(), qPrintable(QString::number(bytes)));
}

void TestFileSearch::resolvesRealBundles()
{
    REQUIRE_SHARED_DATA("fhir-r4/synthea-bundles");
    QDirIterator files(sharedData(u"fhir-r4/synthea-bundles"_s), {u"*.json"_s}, QDir::Files);
    int references = 0;
    while (files.hasNext()) {
        const Opened opened = open(files.next());
        for (const FileEntry &entry : opened.entries) {
            const auto resource = opened.file->read(entry);
            QVERIFY_RESULT(resource);
            for (const QString &reference : referencesIn(resource->root)) {
                if (!reference.startsWith(u"urn:uuid:"_s))
                    continue;
                const auto found = findReferenced(*opened.file, opened.entries, opened.index, reference, {});
                QVERIFY_RESULT(found);
                QVERIFY2(*found >= 0, qPrintable(reference));
                ++references;
            }
        }
    }
    QVERIFY(references > 100);
}

void TestFileSearch::stopsAtOnce()
{
    const Opened opened = openText(u"stop.ndjson"_s, "{\"resourceType\":\"Patient\",\"id\":\"1\"}\n{}\n");
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_FAILS(EntryIndex::make(*opened.file, opened.entries, stop.get_token()), "cancelled");
    QVERIFY_FAILS(matchingEntries(*opened.file, opened.entries, {{}, u"x"_s}, stop.get_token()), "cancelled");
    QVERIFY_FAILS(referringEntries(*opened.file, opened.entries, u"Patient"_s, u"1"_s, 3, stop.get_token()),
                  "cancelled");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestFileSearch)
#include "tst_filesearch.moc"
