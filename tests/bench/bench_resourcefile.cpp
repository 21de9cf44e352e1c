// SPDX-License-Identifier: Apache-2.0
// Indexing a big NDJSON file beside a bare simdjson loop over the same lines, and beside DuckDB where it is installed.
#include "core/fhir/ResourceFile.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstring>

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

constexpr int rounds = 3;

/// A line as servers send them: a kilobyte, type and id not first.
QByteArray sampleLine(int number)
{
    // Apostrophes stand for quotes.
    static const QByteArray line =
        QByteArray(
            "{'category':[{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/observation-category','code':"
            "'vital-signs','display':'Vital Signs'}],'text':'Vital Signs'}],'code':{'coding':[{'system':"
            "'http://loinc.org','code':'85354-9','display':'Blood pressure panel'}],'text':'Blood pressure'},"
            "'component':[{'code':{'coding':[{'code':'8480-6','system':'http://loinc.org'}]},'valueQuantity':"
            "{'value':128,'unit':'mmHg'}},{'code':{'coding':[{'code':'8462-4','system':'http://loinc.org'}]},"
            "'valueQuantity':{'value':82,'unit':'mmHg'}}],'effectiveDateTime':'2025-11-18T09:14:00Z','encounter':"
            "{'reference':'Encounter/e@'},'id':'eVs8mQ2KpTzR@','issued':'2025-11-18T09:16:02Z','performer':["
            "{'display':'Family Medicine, nurse','reference':'Practitioner/p@'}],'resourceType':'Observation',"
            "'status':'final','subject':{'reference':'Patient/p@'}}\n")
            .replace('\'', '"');
    return QByteArray(line).replace('@', QByteArray::number(number));
}

double best(const std::function<void()> &work)
{
    double seconds = 1e9;
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        work();
        seconds = std::min(seconds, static_cast<double>(timer.nsecsElapsed()) / 1e9);
    }
    return seconds;
}

/// One thread, simdjson on demand, type and id of each line: what indexing is measured by.
qint64 bareLoop(QByteArrayView contents)
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

} // namespace

class BenchResourceFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void indexesLines();
    void showsFirstRowsAtOnce();

private:
    QTemporaryDir m_folder;
    QString m_path;
};

void BenchResourceFile::initTestCase()
{
    const qint64 size = qEnvironmentVariableIntValue("CREDENZA_BENCH_MB") > 0
                            ? qint64(qEnvironmentVariableIntValue("CREDENZA_BENCH_MB")) * 1'000'000
                            : 1'000'000'000;
    m_path = m_folder.filePath(u"big.ndjson"_s);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray block;
    int number = 0;
    while (file.size() < size) {
        block.clear();
        while (block.size() < 8'000'000)
            block += sampleLine(number++);
        QCOMPARE(file.write(block), block.size());
        QVERIFY(file.flush());
    }
}

void BenchResourceFile::indexesLines()
{
    const auto file = ResourceFile::open(m_path, {});
    QVERIFY(file);
    const QByteArrayView contents = (*file)->file().contents();
    qint64 bareCount = 0;
    const double bare = best([&] { bareCount = bareLoop(contents); });
    std::vector<FileEntry> entries;
    const double index = best([&] {
        entries.clear();
        const auto done = (*file)->index({}, [&](const std::vector<FileEntry> &found, qint64) {
            entries.insert(entries.end(), found.begin(), found.end());
        });
        QVERIFY(done);
    });
    QCOMPARE(std::ssize(entries), bareCount);
    const double gigabytes = static_cast<double>(contents.size()) / 1e9;
    qInfo("%.2f GB, %lld lines, kernel %s", gigabytes, static_cast<long long>(bareCount), scanKernel().name);
    qInfo("bare simdjson loop, one thread: %.3f s (%.2f GB/s)", bare, gigabytes / bare);
    qInfo("index: %.3f s (%.2f GB/s), %.2f of bare (at most 1.30), %zu bytes a line", index, gigabytes / index,
          index / bare, sizeof(FileEntry));
    const QString duckdb = QStandardPaths::findExecutable(u"duckdb"_s);
    if (duckdb.isEmpty()) {
        qInfo("DuckDB is not installed: not compared");
    } else {
        QElapsedTimer timer;
        timer.start();
        const int status = QProcess::execute(
            duckdb, {u"-c"_s, u"SELECT resourceType, count(*) FROM read_ndjson('%1', columns={resourceType:'VARCHAR'}) "
                              "GROUP BY 1"_s.arg(m_path)});
        const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        if (status == 0)
            qInfo("DuckDB counting by type: %.3f s; index %.2f of it (at most 0.50)", seconds, index / seconds);
    }
}

void BenchResourceFile::showsFirstRowsAtOnce()
{
    QElapsedTimer timer;
    timer.start();
    double first = -1;
    std::stop_source stop;
    const auto file = ResourceFile::open(m_path, {});
    QVERIFY(file);
    const auto done = (*file)->index(stop.get_token(), [&](const std::vector<FileEntry> &, qint64) {
        if (first < 0)
            first = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        stop.request_stop();
    });
    Q_UNUSED(done)
    qInfo("first rows after %.1f ms (at most 100)", first);
    QVERIFY(first >= 0 && first < 100);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::BenchResourceFile)
#include "bench_resourcefile.moc"
