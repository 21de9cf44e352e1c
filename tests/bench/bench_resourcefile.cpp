// SPDX-License-Identifier: Apache-2.0
// Indexing big files of the sandbox's generator beside a bare simdjson loop over the same text, and beside DuckDB where
// it is installed (npm install --prefix tests/bench/duckdb). CREDENZA_BENCH_MB: size of the NDJSON file, else 1000.
// CREDENZA_BENCH_FOLDER: where the files are made and kept, else a temporary folder.
#include "core/fhir/FileSearch.h"
#include "tests/bench/SampleFiles.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstring>
#include <random>

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

constexpr int rounds = 5;
constexpr qint64 bundleBytes = 100'000'000;

double secondsOf(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

/// One thread, simdjson on demand, type and id of each line: what indexing is measured by.
qint64 bareLines(QByteArrayView contents)
{
    simdjson::ondemand::parser parser;
    qint64 found = 0;
    for (const char *line = contents.begin(); line < contents.end();) {
        const auto *end =
            static_cast<const char *>(std::memchr(line, '\n', static_cast<std::size_t>(contents.end() - line)));
        if (end == nullptr)
            end = contents.end();
        const auto size = static_cast<std::size_t>(end - line);
        simdjson::ondemand::document document;
        std::string_view type;
        std::string_view id;
        if (parser.iterate(line, size, size + simdjson::SIMDJSON_PADDING).get(document) == simdjson::SUCCESS &&
            document.find_field_unordered("id").get_string().get(id) == simdjson::SUCCESS &&
            document.find_field_unordered("resourceType").get_string().get(type) == simdjson::SUCCESS)
            ++found;
        line = end + 1;
    }
    return found;
}

/// The same over the entries of one Bundle.
qint64 bareBundle(QByteArrayView contents)
{
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::array entries;
    qint64 found = 0;
    const auto size = static_cast<std::size_t>(contents.size());
    if (parser.iterate(contents.data(), size, size + simdjson::SIMDJSON_PADDING).get(document) != simdjson::SUCCESS ||
        document.find_field_unordered("entry").get_array().get(entries) != simdjson::SUCCESS)
        return 0;
    for (auto entry : entries) {
        simdjson::ondemand::object resource;
        std::string_view type;
        std::string_view id;
        if (entry.find_field_unordered("resource").get_object().get(resource) == simdjson::SUCCESS &&
            resource.find_field_unordered("id").get_string().get(id) == simdjson::SUCCESS &&
            resource.find_field_unordered("resourceType").get_string().get(type) == simdjson::SUCCESS)
            ++found;
    }
    return found;
}

std::vector<FileEntry> entriesOf(ResourceFile &file)
{
    std::vector<FileEntry> entries;
    const auto done = file.index({}, [&](const std::vector<FileEntry> &found, qint64 bytesDone) {
        appendEntries(entries, found, bytesDone, file.size());
    });
    return done ? std::move(entries) : std::vector<FileEntry>();
}

/// DuckDB's best time for counting by type; below 0 where it is not there.
double duckDbSeconds(const QString &path)
{
    const QString folder = QStringLiteral(CREDENZA_DUCKDB_FOLDER);
    const QString node = QStandardPaths::findExecutable(u"node"_s);
    if (node.isEmpty() || !QFileInfo::exists(folder + u"/node_modules/@duckdb/node-api"_s))
        return -1;
    QProcess process;
    process.start(node, {folder + u"/count.mjs"_s, path});
    if (!process.waitForFinished(600'000) || process.exitCode() != 0) {
        qInfo("DuckDB: %s", process.readAllStandardError().constData());
        return -1;
    }
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object().value(u"seconds"_s).toDouble(-1);
}

} // namespace

class BenchResourceFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void indexes_data();
    void indexes();
    void showsFirstRowsAtOnce_data();
    void showsFirstRowsAtOnce();
    void jumps_data();
    void jumps();
    void counts();

private:
    void addFiles();
    QTemporaryDir m_folder;
    QString m_lines;
    QString m_bundle;
    double m_indexSeconds = 0;
};

void BenchResourceFile::initTestCase()
{
    const qint64 asked = qEnvironmentVariableIntValue("CREDENZA_BENCH_MB");
    const qint64 size = (asked > 0 ? asked : 1000) * 1'000'000;
    const QString kept = qEnvironmentVariable("CREDENZA_BENCH_FOLDER", m_folder.path());
    m_lines = kept + u"/lines-%1.ndjson"_s.arg(size);
    m_bundle = kept + u"/bundle-%1.json"_s.arg(bundleBytes);
    QVERIFY(QFileInfo(m_lines).size() >= size || writeSampleLines(m_lines, size));
    QVERIFY(QFileInfo(m_bundle).size() >= bundleBytes || writeSampleBundle(m_bundle, bundleBytes));
    qInfo("simdjson %s, %s; kernel of the index %s", QT_STRINGIFY(SIMDJSON_VERSION),
          simdjson::get_active_implementation()->name().c_str(), scanKernel().name);
}

void BenchResourceFile::addFiles()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isBundle");
    QTest::newRow("NDJSON") << m_lines << false;
    QTest::newRow("Bundle") << m_bundle << true;
}

void BenchResourceFile::indexes_data()
{
    addFiles();
}

void BenchResourceFile::indexes()
{
    QFETCH(QString, path);
    QFETCH(bool, isBundle);
    const auto file = ResourceFile::open(path, {});
    QVERIFY(file);
    const QByteArrayView contents = (*file)->file().contents();
    qint64 bareCount = 0;
    double bare = 1e9;
    double index = 1e9;
    std::vector<FileEntry> entries;
    for (int round = 0; round < rounds; ++round) { // in turn, so that both meet the same machine
        bare = std::min(bare, secondsOf([&] { bareCount = isBundle ? bareBundle(contents) : bareLines(contents); }));
        entries = {};
        index = std::min(index, secondsOf([&] { entries = entriesOf(**file); }));
    }
    QCOMPARE(std::ssize(entries), bareCount);
    const double gigabytes = static_cast<double>(contents.size()) / 1e9;
    qInfo("%.2f GB, %lld resources", gigabytes, static_cast<long long>(bareCount));
    qInfo("bare simdjson loop, one thread: %.3f s (%.2f GB/s)", bare, gigabytes / bare);
    qInfo("index: %.3f s (%.2f GB/s), %.2f of bare (at most 1.30)", index, gigabytes / index, index / bare);
    EntryIndex byId;
    const double ids = secondsOf([&] {
        if (auto made = EntryIndex::make(**file, entries, {}))
            byId = std::move(*made);
    });
    const std::size_t bytes = entries.capacity() * sizeof(FileEntry);
    const double each = static_cast<double>(bytes + byId.bytes()) / static_cast<double>(entries.size());
    qInfo("memory beyond the mapping: %.1f bytes a resource with the index by id (at most 60), made in %.3f s", each,
          ids);
    if (!isBundle)
        m_indexSeconds = index;
}

void BenchResourceFile::showsFirstRowsAtOnce_data()
{
    addFiles();
}

void BenchResourceFile::showsFirstRowsAtOnce()
{
    QFETCH(QString, path);
    double first = 1e9;
    for (int round = 0; round < rounds; ++round) {
        std::stop_source stop;
        double seen = -1;
        QElapsedTimer timer;
        timer.start();
        const auto file = ResourceFile::open(path, {});
        QVERIFY(file);
        const auto done = (*file)->index(stop.get_token(), [&](const std::vector<FileEntry> &, qint64) {
            if (seen < 0)
                seen = static_cast<double>(timer.nsecsElapsed()) / 1e6;
            stop.request_stop();
        });
        Q_UNUSED(done)
        QVERIFY(seen >= 0);
        first = std::min(first, seen);
    }
    qInfo("first rows after %.1f ms (at most 100)", first);
}

void BenchResourceFile::jumps_data()
{
    addFiles();
}

void BenchResourceFile::jumps()
{
    QFETCH(QString, path);
    const auto file = ResourceFile::open(path, {});
    QVERIFY(file);
    const std::vector<FileEntry> entries = entriesOf(**file);
    QVERIFY(!entries.empty());
    constexpr int tries = 200;
    constexpr std::size_t rowsOnScreen = 40;
    std::mt19937_64 random(1); // NOLINT: the same places each time
    std::vector<double> times;
    for (int jump = 0; jump < tries; ++jump) {
        const std::size_t from = random() % entries.size();
        times.push_back(secondsOf([&] {
            for (std::size_t row = from; row < std::min(entries.size(), from + rowsOnScreen); ++row) {
                if (const auto resource = (*file)->read(entries[row]))
                    (void)summaryLine(*resource);
            }
        }));
    }
    std::ranges::sort(times);
    qInfo("a jump to any line, %zu rows read and summarized: %.2f ms in the middle, %.2f ms at most (a frame: 16.7)",
          rowsOnScreen, times[times.size() / 2] * 1e3, times.back() * 1e3);
}

void BenchResourceFile::counts()
{
    const double duck = duckDbSeconds(m_lines);
    if (duck < 0)
        QSKIP("DuckDB is not installed: npm install --prefix tests/bench/duckdb");
    qInfo("DuckDB counting by type: %.3f s; index %.2f of it (at most 0.50)", duck, m_indexSeconds / duck);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::BenchResourceFile)
#include "bench_resourcefile.moc"
