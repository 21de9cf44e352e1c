// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ResourceFile.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <random>

#include <zlib.h>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

QByteArray gzip(const QByteArray &plain)
{
    QByteArray packed(plain.size() + 1024, Qt::Uninitialized);
    z_stream stream{};
    if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray input = plain;
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(packed.size() - stream.avail_out);
    deflateEnd(&stream);
    return packed;
}

} // namespace

/// Files of FHIR data: every shape, exact counts, broken lines by their place, hostile contents.
class TestResourceFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsLines();
    void readsShapes_data();
    void readsShapes();
    void readsGzip();
    void unpacksWhileIndexing_data();
    void unpacksWhileIndexing();
    void keepsWhatCameBeforeTheDamage();
    void findsEntriesAroundBrokenOnes();
    void findsReferences();
    void survives_data();
    void survives();
    void endsAtPageBoundaries();
    void countsRealData();
    void stopsAtOnce();
    void refuses();

private:
    QString write(const QString &name, const QByteArray &contents);
    QTemporaryDir m_folder;
};

QString TestResourceFile::write(const QString &name, const QByteArray &contents)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size())
        return {};
    return file.fileName();
}

void TestResourceFile::countsLines()
{
    const QByteArray lines =
        "{\"resourceType\":\"Patient\",\"id\":\"1\"}\n"
        "{\"id\":\"o1\",\"code\":{\"id\":\"x\",\"resourceType\":\"No\"},\"resourceType\":\"Observation\"}\r\n"
        "\n"
        "{\"resourceType\":\"Patient\",\"id\":\"2\n"
        "{\"resourceType\":\"Patient\",\"id\":\"3\",\"x\":[1,}\n"
        "{\"id\":\"nothing\"}\n"
        "{\"resourceType\":\"Patient\",\"id\":\"4\"}";
    const auto statistics = fileStatistics(write(u"a.ndjson"_s, lines), {});
    QVERIFY_RESULT(statistics);
    QCOMPARE(statistics->shape, FileShape::Lines);
    QCOMPARE(statistics->lines, 7);
    QCOMPARE(statistics->resources, 3);
    QCOMPARE(statistics->types, (QMap<QString, qint64>{{u"Observation"_s, 1}, {u"Patient"_s, 2}}));
    QCOMPARE(statistics->brokenCount, 3);
    QCOMPARE(statistics->broken.at(0).line, 4);
    QCOMPARE(statistics->broken.at(0).offset, lines.indexOf("{\"resourceType\":\"Patient\",\"id\":\"2"));
    QVERIFY(statistics->broken.at(0).problem.contains(u"inside a string"_s));
    QCOMPARE(statistics->broken.at(1).line, 5);
    QCOMPARE(statistics->broken.at(2).line, 6);
}

void TestResourceFile::readsShapes_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<int>("shape");
    QTest::addColumn<int>("resources");
    const QByteArray patient = R"({"resourceType":"Patient","id":"1"})";
    const auto lines = static_cast<int>(FileShape::Lines);
    const auto bundle = static_cast<int>(FileShape::Bundle);
    const auto single = static_cast<int>(FileShape::Single);
    QTest::newRow("lines") << patient + '\n' + patient + '\n' << lines << 2;
    QTest::newRow("one line") << patient + '\n' << single << 1;
    QTest::newRow("indented resource") << QByteArray("{\n  \"resourceType\": \"Patient\",\n  \"id\": \"1\"\n}\n")
                                       << single << 1;
    QTest::newRow("Bundle") << "{\"entry\":[{\"resource\":" + patient +
                                   "},{\"request\":{}},{\"fullUrl\":\"x\",\"resource\":" + patient +
                                   "}],\"resourceType\":\"Bundle\"}"
                            << bundle << 2;
    QTest::newRow("indented Bundle") << "{\n\"resourceType\":\"Bundle\",\n\"entry\":[\n{\"resource\":\n" + patient +
                                            "}]}"
                                     << bundle << 1;
    QTest::newRow("empty Bundle") << QByteArray(R"({"resourceType":"Bundle","type":"searchset"})") << single << 1;
    QTest::newRow("List, whose entries are no resources")
        << QByteArray(R"({"resourceType":"List","entry":[{"item":{"reference":"Patient/1"}}]})") << single << 1;
    QTest::newRow("nothing") << QByteArray() << bundle << 0;
}

void TestResourceFile::readsShapes()
{
    QFETCH(QByteArray, contents);
    QFETCH(int, shape);
    QFETCH(int, resources);
    const auto statistics = fileStatistics(write(u"shape.json"_s, contents), {});
    QVERIFY_RESULT(statistics);
    QCOMPARE(static_cast<int>(statistics->shape), shape);
    QCOMPARE(statistics->resources, resources);
    QCOMPARE(statistics->brokenCount, 0);
}

void TestResourceFile::readsGzip()
{
    QByteArray lines;
    for (int i = 0; i < 20'000; ++i)
        lines += R"({"resourceType":"Patient","id":")" + QByteArray::number(i) + "\"}\n";
    const QByteArray half = gzip(lines);
    const auto statistics = fileStatistics(write(u"b.ndjson.gz"_s, half + half), {});
    QVERIFY_RESULT(statistics);
    QVERIFY(statistics->wasCompressed);
    QCOMPARE(statistics->resources, 40'000);
    QVERIFY_FAILS(fileStatistics(write(u"c.gz"_s, half.first(half.size() / 2)), {}), "file.not-gzip");
    QVERIFY_FAILS(fileStatistics(write(u"d.gz"_s, QByteArray("\x1f\x8b garbage")), {}), "file.not-gzip");
}

void TestResourceFile::unpacksWhileIndexing_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("contents");
    QByteArray lines;
    QByteArray indented = "{\n  \"resourceType\": \"Bundle\",\n  \"link\": [{\"url\": \"a]}\\\\\\\"b\"}],\n  \"entry\": [";
    for (int i = 0; lines.size() < 12'000'000; ++i) { // over several blocks and steps
        const QByteArray number = QByteArray::number(i);
        const QByteArray text = QByteArray("{\\\"[x] ").repeated(i % 50);
        lines += R"({"resourceType":"Patient","id":")" + number + R"(","x":")" + text + "\"}\n";
        indented += (i > 0 ? ",\n    {\n" : "\n    {\n");
        indented += "      \"fullUrl\": \"urn:" + number + "\",\n      \"resource\": {\"id\": \"" + number +
                    "\", \"resourceType\": \"Basic\", \"x\": [\"" + text + "\", {}, 1.50, true]},\n" +
                    "      \"search\": {\"mode\": \"match\"}\n    }";
    }
    QTest::newRow("lines") << u"u.ndjson"_s << lines;
    QTest::newRow("lines, not told by the name") << u"u"_s << lines;
    QTest::newRow("Bundle") << u"u.json"_s << indented + "\n  ]\n}\n";
    QTest::newRow("Bundle on one line") << u"u.json"_s << QByteArray(indented + "]}").replace('\n', ' ');
    QTest::newRow("one resource") << u"u.json"_s << "{\"resourceType\":\"Basic\",\"a\":\"" +
                                                       QByteArray(3'000'000, 'x') + "\"}";
    QTest::newRow("long first line, not told by the name")
        << u"u"_s << "{\"resourceType\":\"Basic\",\"a\":\"" + QByteArray(10'000'000, 'x') + "\"}\n" + lines;
}

void TestResourceFile::unpacksWhileIndexing()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, contents);
    const auto entriesOf = [](ResourceFile &file, qint64 &firstSeenAt) {
        std::vector<FileEntry> entries;
        const auto done = file.index({}, [&](const std::vector<FileEntry> &found, qint64) {
            if (entries.empty())
                firstSeenAt = file.file().contents().size();
            entries.insert(entries.end(), found.begin(), found.end());
        });
        return done ? entries : std::vector<FileEntry>();
    };
    qint64 seenAt = 0;
    const auto plain = ResourceFile::open(write(name, contents), {});
    QVERIFY_RESULT(plain);
    const std::vector<FileEntry> wanted = entriesOf(**plain, seenAt);
    const auto packed = ResourceFile::open(write(name + u".gz"_s, gzip(contents)), {});
    QVERIFY_RESULT(packed);
    const std::vector<FileEntry> got = entriesOf(**packed, seenAt);
    QVERIFY((*packed)->file().isComplete());
    QVERIFY((*packed)->file().contents() == contents);
    QCOMPARE((*packed)->size(), contents.size());
    QCOMPARE((*packed)->shape(), (*plain)->shape());
    QVERIFY(!wanted.empty());
    QCOMPARE(got.size(), wanted.size());
    for (std::size_t at = 0; at < got.size(); ++at) {
        QCOMPARE(got[at].offset, wanted[at].offset);
        QCOMPARE(got[at].length, wanted[at].length);
        QCOMPARE((*packed)->id(got[at]), (*plain)->id(wanted[at]));
        QCOMPARE((*packed)->type(got[at]), (*plain)->type(wanted[at]));
    }
    if (wanted.size() > 1 && !name.endsWith(u'u'))
        QVERIFY2(seenAt <= 4'000'000, qPrintable(QString::number(seenAt))); // most was still packed
}

void TestResourceFile::keepsWhatCameBeforeTheDamage()
{
    QByteArray lines;
    QByteArray noise; // so that it packs badly
    std::mt19937 random(4113);
    for (int i = 0; i < 64; ++i)
        noise += static_cast<char>('!' + random() % 2);
    for (int i = 0; i < 60'000; ++i) {
        noise[i % 64] = static_cast<char>('a' + random() % 26);
        lines += R"({"resourceType":"Patient","id":")" + QByteArray::number(i) + R"(","x":")" +
                 QByteArray(noise).replace('"', '_') + "\"}\n";
    }
    const QByteArray packed = gzip(lines);
    const auto file = ResourceFile::open(write(u"cut.ndjson.gz"_s, packed.first(packed.size() * 3 / 4)), {});
    QVERIFY_RESULT(file);
    std::size_t found = 0;
    const auto done = (*file)->index(
        {}, [&](const std::vector<FileEntry> &entries, qint64) { found += entries.size(); });
    QVERIFY_FAILS(done, "file.not-gzip");
    QVERIFY2(found > 30'000 && found < 60'000, qPrintable(QString::number(found)));
}

void TestResourceFile::findsEntriesAroundBrokenOnes()
{
    const QByteArray good = R"({"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"1"}})";
    for (const QByteArray &bad : {QByteArray("{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"\xff\"}}"),
                                  QByteArray("7"), QByteArray("\"text\""), QByteArray("{\"resource\":{nonsense}}")}) {
        const QByteArray text =
            "{\"resourceType\":\"Bundle\",\"entry\":[" + good + ',' + bad + ',' + good + ',' + good + "]}";
        for (const QString &name : {u"some.json"_s, u"some.json.gz"_s}) {
            const auto statistics =
                fileStatistics(write(name, name.endsWith(u".gz"_s) ? gzip(text) : text), {});
            QVERIFY_RESULT(statistics);
            QCOMPARE(statistics->shape, FileShape::Bundle);
            QCOMPARE(statistics->types.value(u"Patient"_s), 3);
            QCOMPARE(statistics->brokenCount, 1);
            QCOMPARE(statistics->broken.first().line, 2);
        }
    }
    // Cut behind a whole entry: all of them, and the end that is missing.
    const auto cut = fileStatistics(write(u"cut.json"_s, "{\"entry\":[" + good + ',' + good), {});
    QVERIFY_RESULT(cut);
    QCOMPARE(cut->resources, 2);
    QCOMPARE(cut->brokenCount, 1);
}

void TestResourceFile::findsReferences()
{
    QByteArray lines;
    for (int i = 0; i < 1000; ++i)
        lines += R"({"resourceType":")" + QByteArray(i % 2 ? "Patient" : "Group") + R"(","id":")" +
                 QByteArray::number(i / 2) + "\"}\n";
    const auto file = ResourceFile::open(write(u"e.ndjson"_s, lines), {});
    QVERIFY_RESULT(file);
    std::vector<FileEntry> entries;
    QVERIFY_RESULT((*file)->index({}, [&](const std::vector<FileEntry> &found, qint64) {
        entries.insert(entries.end(), found.begin(), found.end());
    }));
    QCOMPARE((*file)->find(entries, u"Patient/7"_s), 15);
    QCOMPARE((*file)->find(entries, u"Group/7"_s), 14);
    QCOMPARE((*file)->find(entries, u"Patient/700"_s), -1);
    QCOMPARE((*file)->id(entries.at(15)), u"7"_s);
    const auto resource = (*file)->read(entries.at(15));
    QVERIFY_RESULT(resource);
    QCOMPARE(resource->path(), u"Patient/7"_s);
    QVERIFY((*file)->holds(entries.at(15), "\"7\""));
    QVERIFY(sizeof(FileEntry) <= 60);
}

void TestResourceFile::survives_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("binary") << QByteArray("\0\1\2\xff\xfe{}\n\n\0", 10);
    QTest::newRow("not UTF-8") << QByteArray("{\"resourceType\":\"Patient\",\"id\":\"\xff\"}\n{\"a\":1}\n");
    QTest::newRow("deep") << QByteArray(10'000, '[') + QByteArray(10'000, ']') + "\n{\"a\":" + QByteArray(10'000, '[') +
                                 "\n";
    QTest::newRow("deep entry") << "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"a\":" +
                                       QByteArray(10'000, '[') + QByteArray(10'000, ']') + "}}]}";
    QTest::newRow("cut Bundle") << QByteArray(
        R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}},{"resource":{"resou)");
    QTest::newRow("open strings") << QByteArray("{\"resourceType\":\"\n").repeated(1000);
    QTest::newRow("id is an object") << QByteArray(R"({"resourceType":"Patient","id":{"a":"b"}})") + "\n{}\n";
    QTest::newRow("type is a number") << QByteArray("{\"resourceType\":7}\n{\"resourceType\":null}\n");
    QTest::newRow("duplicate members") << QByteArray(
        "{\"resourceType\":\"A\",\"resourceType\":\"B\",\"id\":\"1\",\"id\":\"2\"}\n{}\n");
    QTest::newRow("long id") << "{\"resourceType\":\"Patient\",\"id\":\"" + QByteArray(100'000, 'x') + "\"}\n{}\n";
    QTest::newRow("many types") << [] {
        QByteArray lines;
        for (int i = 0; i < 10'000; ++i)
            lines += "{\"resourceType\":\"T" + QByteArray::number(i) + "\"}\n";
        return lines;
    }();
    QTest::newRow("100 MB string") << "{\"resourceType\":\"Basic\",\"id\":\"1\",\"a\":\"" +
                                          QByteArray(100'000'000, 'x') + "\"}\n{}\n";
}

void TestResourceFile::survives()
{
    QFETCH(QByteArray, contents);
    for (const QString &name : {u"hostile.ndjson"_s, u"hostile.json"_s}) {
        const auto statistics = fileStatistics(write(name, contents), {});
        QVERIFY_RESULT(statistics);
        qint64 counted = 0;
        for (const qint64 count : statistics->types)
            counted += count;
        QCOMPARE(counted, statistics->resources);
        QVERIFY(statistics->resources + statistics->brokenCount <= statistics->lines);
    }
}

void TestResourceFile::endsAtPageBoundaries()
{
    // A SIMD reader looks beyond the end: nothing must be read that is not there.
    for (const int size : {4095, 4096, 4097, 8192}) {
        QByteArray contents = R"({"resourceType":"Patient","id":"1","a":")";
        contents += QByteArray(size - contents.size() - 2, 'x') + "\"}";
        QCOMPARE(contents.size(), size);
        const auto statistics = fileStatistics(write(u"page.ndjson"_s, contents), {});
        QVERIFY_RESULT(statistics);
        QCOMPARE(statistics->resources, 1);
    }
}

void TestResourceFile::countsRealData()
{
    REQUIRE_SHARED_DATA("fhir-ndjson");
    QDirIterator files(sharedData(u"fhir-ndjson"_s), {u"*.ndjson"_s}, QDir::Files, QDirIterator::Subdirectories);
    int checked = 0;
    while (files.hasNext()) {
        const QString path = files.next();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        qint64 lines = 0;
        for (const QByteArray &line : file.readAll().split('\n'))
            lines += parseResource(line).has_value();
        const auto statistics = fileStatistics(path, {});
        QVERIFY_RESULT(statistics);
        QCOMPARE(statistics->resources, lines);
        ++checked;
    }
    QVERIFY(checked > 10);
}

void TestResourceFile::stopsAtOnce()
{
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_FAILS(fileStatistics(write(u"f.ndjson"_s, "{}\n{}\n"), stop.get_token()), "cancelled");
}

void TestResourceFile::refuses()
{
    QVERIFY_FAILS(fileStatistics(m_folder.filePath(u"none"_s), {}), "file.not-found");
    QVERIFY_FAILS(fileStatistics(m_folder.path(), {}), "file.unreadable");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestResourceFile)
#include "tst_resourcefile.moc"
