// SPDX-License-Identifier: Apache-2.0
// The real windows of Browse with hostile and with big files: for how long the event loop stood still at worst, by the
// clock and by what the thread computed itself. CREDENZA_BENCH_SCALE: per cent of the full sizes, else 100 (a string of
// 100 MB, 1 000 000 members, 10 000 levels). CREDENZA_BENCH_MB and CREDENZA_BENCH_FOLDER as in bench_resourcefile.
#include "tests/bench/SampleFiles.h"
#include "tests/ui/support/GapMeter.h"
#include "tests/ui/support/UiTest.h"
#include "ui/browse/BrowsePage.h"
#include "ui/browse/FileModel.h"
#include "ui/browse/FilesView.h"
#include "ui/browse/ResourcePane.h"
#include "ui/browse/ResultsModel.h"
#include "ui/browse/ResultsPane.h"
#include "ui/widgets/SegmentedControl.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTreeView>

#include <algorithm>
#include <random>

#include <zlib.h>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

constexpr double frame = 16.7;

qsizetype scaled(qsizetype full)
{
    const int percent = qEnvironmentVariableIntValue("CREDENZA_BENCH_SCALE");
    return percent > 0 ? full * percent / 100 : full;
}

QByteArray wide(const QByteArray &head, qsizetype members)
{
    QByteArray text = head;
    for (qsizetype i = 0; i < members; ++i)
        text += "\"c" + QByteArray::number(i) + "\":1,";
    return text + "\"last\":1}";
}

bool packed(const QString &from, const QString &to)
{
    if (QFileInfo::exists(to))
        return true;
    QFile plain(from);
    gzFile out = gzopen(QFile::encodeName(to).constData(), "wb1");
    if (out == nullptr || !plain.open(QIODevice::ReadOnly))
        return false;
    bool isGood = true;
    while (isGood && !plain.atEnd()) {
        const QByteArray block = plain.read(1 << 20);
        isGood = gzwrite(out, block.constData(), static_cast<unsigned>(block.size())) == block.size();
    }
    return gzclose(out) == Z_OK && isGood;
}

} // namespace

class BenchBrowse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void showsHostileResources_data();
    void showsHostileResources();
    void tabulatesHostileResources();
    void opensBigFiles_data();
    void opensBigFiles();

private:
    void measured(const char *what, const std::function<void()> &deed, const std::function<bool()> &isDone);

    QTemporaryDir m_folder;
    QTcpServer m_tempted; // what the hostile texts point to
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<BrowsePage> m_page;
    GapMeter m_meter;
    double m_worst = 0;
};

void BenchBrowse::initTestCase()
{
    QVERIFY(m_tempted.listen(QHostAddress::LocalHost));
}

void BenchBrowse::init()
{
    m_page.reset();
    m_theme = std::make_unique<Theme>(ThemeMode::Light);
    m_theme->setReducedMotion(true);
    m_theme->apply(*qApp);
    m_page = std::make_unique<BrowsePage>(*m_theme);
    m_page->resize(1300, 760);
    QVERIFY(showActive(*m_page));
    m_worst = 0;
}

void BenchBrowse::measured(const char *what, const std::function<void()> &deed, const std::function<bool()> &isDone)
{
    const bool isInTime = m_meter.run(deed, isDone);
    m_worst = std::max(m_worst, m_meter.computed());
    qInfo("  %-28s worst gap %7.1f ms, of which computed here %7.1f ms%s", what, m_meter.wall(), m_meter.computed(),
          m_meter.computed() > frame ? "  <-- more than a frame" : "");
    QVERIFY2(isInTime, what);
}

void BenchBrowse::showsHostileResources_data()
{
    QTest::addColumn<QByteArray>("resource");
    QTest::addColumn<bool>("isRead");
    const QByteArray head = R"({"resourceType":"Basic","id":"x",)";
    const QByteArray url = "http://127.0.0.1:" + QByteArray::number(m_tempted.serverPort()) + '/';
    QTest::newRow("a string of 100 MB") << head + "\"a\":\"" + QByteArray(scaled(100'000'000), 'y') + "\"}" << true;
    QTest::newRow("1 000 000 members") << wide(head, scaled(1'000'000)) << true;
    QTest::newRow("1 000 000 elements")
        << head + "\"a\":[" + QByteArray("1,").repeated(scaled(1'000'000)) + "1]}" << true;
    QTest::newRow("200 000 names") << R"({"resourceType":"Patient","id":"x","name":[)" +
                                          QByteArray(R"({"family":"a","given":["b"]},)").repeated(scaled(200'000)) +
                                          R"({"family":"z"}]})"
                                   << true;
    QTest::newRow("100 000 components")
        << R"({"resourceType":"Observation","id":"x","component":[)" +
               QByteArray(R"({"code":{"text":"c"},"valueQuantity":{"value":1,"unit":"mm"}},)").repeated(scaled(100'000)) +
               R"({"code":{"text":"z"}}]})"
        << true;
    QTest::newRow("10 000 levels") << head + "\"a\":" + QByteArray(scaled(10'000), '[') +
                                          QByteArray(scaled(10'000), ']') + '}'
                                   << false;
    QTest::newRow("900 levels of objects")
        << head + "\"a\":" + QByteArray("{\"a\":").repeated(900) + '1' + QByteArray(900, '}') + '}' << true;
    QTest::newRow("not UTF-8") << head + "\"a\":\"" + QByteArray(scaled(1'000'000), '\xff') + "\"}" << false;
    QTest::newRow("narrative of 20 MB with scripts")
        << head + R"("text":{"div":"<div><script src=')" + url + R"(x.js'></script><img src=')" + url + R"('/>)" +
               QByteArray("<b>word</b> &amp; ").repeated(scaled(1'000'000)) + R"(<a href=')" + url +
               R"('>here</a></div>"},"extension":[{"url":")" + url + R"(","valueUrl":")" + url + R"("}]})"
        << true;
    QTest::newRow("100 000 contained in a loop") << [&] {
        QByteArray text = R"({"resourceType":"Basic","id":"x","contained":[)";
        for (qsizetype i = 0; i < scaled(100'000); ++i)
            text += R"({"resourceType":"Basic","id":"c)" + QByteArray::number(i) + R"(","subject":{"reference":"#c)" +
                    QByteArray::number(i + 1) + "\"}},";
        return text + R"({"resourceType":"Basic","id":"c","subject":{"reference":"#x"}}],"subject":{"reference":"#c0"}})";
    }() << true;
}

void BenchBrowse::showsHostileResources()
{
    QFETCH(QByteArray, resource);
    QFETCH(bool, isRead);
    QFile file(m_folder.filePath(u"hostile.ndjson"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    // The same id three times, and a reference back.
    const QByteArray good = R"({"resourceType":"Patient","id":"good","link":[{"other":{"reference":"Basic/x"}}]})";
    file.write(resource + '\n' + good + '\n' + good + '\n' + good + '\n');
    file.close();
    const QString shown = isRead ? u"x"_s : QString();
    FileModel *model = nullptr;
    auto *pane = m_page->files().findChild<ResourcePane *>();
    auto *table = find<QTableView>(*m_page, u"lines"_s);
    auto *tabs = pane->findChild<SegmentedTabs *>();
    const auto *source = pane->findChild<QPlainTextEdit *>();
    const auto isShown = [&] { return pane->resource().id() == shown; };
    measured(
        "opened",
        [&] {
            m_page->openFiles({file.fileName()});
            model = m_page->files().current();
        },
        [&] { return !model->isReading() && !model->isVerifying() && isShown(); });
    const auto leave = [&] {
        measured("another row", [&] { table->selectRow(1); }, [&] { return pane->resource().id() == u"good"; });
    };
    leave();
    measured("summary", [&] { table->selectRow(0); }, isShown);
    const auto edits = pane->findChildren<QLineEdit *>();
    const auto searching = [&](const QString &name) {
        for (QLineEdit *edit : edits) {
            if (edit->accessibleName() == name)
                return edit;
        }
        return edits.value(0);
    };
    tabs->setCurrentIndex(1);
    leave();
    measured("tree", [&] { table->selectRow(0); }, isShown);
    for (const QString &text : {u"c9999"_s, u"nowhere"_s, u"1"_s})
        measured(
            "search in the tree", [&] { searching(u"Search in the tree"_s)->setText(text); }, [] { return true; });
    measured("end of the tree", [&] { pane->findChild<QTreeView *>()->scrollToBottom(); }, [] { return true; });
    searching(u"Search in the tree"_s)->clear();
    tabs->setCurrentIndex(2);
    leave();
    measured(
        "source", [&] { table->selectRow(0); },
        [&] { return isShown() && (!isRead || source->toPlainText().startsWith(u'{')); });
    if (isRead) {
        for (const QString &text : {u"c9999"_s, u"nowhere"_s, u"1"_s})
            measured(
                "search in the source", [&] { searching(u"Search in the source"_s)->setText(text); },
                [] { return true; });
        searching(u"Search in the source"_s)->clear();
    }
    leave();
    measured("closed", [&] { m_page->clear(); }, [] { return true; });
    QVERIFY(!m_tempted.hasPendingConnections());
    qInfo("  worst of all, computed: %.1f ms", m_worst);
}

void BenchBrowse::tabulatesHostileResources()
{
    ResultsPane results(*m_theme);
    results.resize(900, 600);
    QVERIFY(showActive(results));
    QList<Resource> resources;
    const QByteArray head = R"({"resourceType":"Patient","id":"x",)";
    for (const QByteArray &text :
         {head + R"("name":[{"family":")" + QByteArray(scaled(100'000'000), 'y') + "\"}]}",
          wide(head, scaled(1'000'000)),
          head + R"("name":[)" + QByteArray(R"({"family":"a"},)").repeated(scaled(200'000)) + R"({"family":"z"}]})",
          head + R"("identifier":[)" + QByteArray(R"({"value":"1"},)").repeated(scaled(200'000)) + "{}]}"}) {
        const auto read = parseResource(text);
        QVERIFY(read);
        resources.append(*read);
    }
    for (int i = 0; i < 10'000; ++i) { // duplicate ids
        resources.append(*parseResource(head + R"("birthDate":")" + QByteArray::number(1900 + i % 100) + "\"}"));
    }
    measured(
        "shown as a table", [&] { results.start(u"Patient"_s, false), results.append(resources, false); },
        [] { return true; });
    measured("sorted", [&] { results.model().sort(1, Qt::DescendingOrder); }, [] { return true; });
}

void BenchBrowse::opensBigFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("NDJSON") << u"lines.ndjson"_s;
    QTest::newRow("NDJSON, gzip") << u"lines.ndjson.gz"_s;
    QTest::newRow("Bundle") << u"bundle.json"_s;
    QTest::newRow("Bundle, gzip") << u"bundle.json.gz"_s;
}

void BenchBrowse::opensBigFiles()
{
    QFETCH(QString, name);
    const qint64 asked = qEnvironmentVariableIntValue("CREDENZA_BENCH_MB");
    const qint64 lineBytes = (asked > 0 ? asked : 1000) * 1'000'000;
    const qint64 bundleBytes = std::min<qint64>(100'000'000, lineBytes);
    const bool isBundle = name.startsWith(u"bundle"_s);
    const QString folder = qEnvironmentVariable("CREDENZA_BENCH_FOLDER", m_folder.path());
    const QString plain =
        folder + (isBundle ? u"/bundle-%1.json"_s.arg(bundleBytes) : u"/lines-%1.ndjson"_s.arg(lineBytes));
    QVERIFY(QFileInfo::exists(plain) ||
            (isBundle ? writeSampleBundle(plain, bundleBytes) : writeSampleLines(plain, lineBytes)));
    const QString path = name.endsWith(u".gz"_s) ? plain + u".gz"_s : plain;
    QVERIFY(path == plain || packed(plain, path));
    FileModel *model = nullptr;
    const auto *table = find<QTableView>(*m_page, u"lines"_s);
    measured(
        "first rows",
        [&] {
            m_page->openFiles({path});
            model = m_page->files().current();
        },
        [&] { return model->rowCount() > 0; });
    qInfo("  first rows after %lld ms (at most 100)", model->firstRowsAfter());
    measured("indexed", [] {}, [&] { return !model->isReading(); });
    qInfo("  %lld lines in %.2f s", model->lines(), model->seconds());
    auto *line = find<QLineEdit>(*m_page, u"goToLine"_s);
    std::mt19937_64 random(1); // NOLINT: the same places each time
    std::vector<double> gaps;
    std::vector<double> until;
    for (int jump = 0; jump < 200; ++jump) {
        const auto to = static_cast<qint64>(random() % static_cast<quint64>(model->lines())) + 1;
        QElapsedTimer timer;
        timer.start();
        const auto isRead = [&] {
            const int top = table->rowAt(0);
            const int bottom = table->rowAt(table->viewport()->height() - 1);
            for (int row = top; row <= bottom; ++row) {
                if (model->index(row, FileModel::SummaryColumn).data().toString() == u"…")
                    return false;
            }
            return true;
        };
        double seen = 0;
        QVERIFY(m_meter.run(
            [&] {
                line->setText(QString::number(to));
                QTest::keyClick(line, Qt::Key_Return);
            },
            [&] {
                if (seen == 0 && isRead())
                    seen = static_cast<double>(timer.nsecsElapsed()) / 1e6;
                return seen > 0;
            }));
        gaps.push_back(m_meter.computed());
        until.push_back(seen);
    }
    std::ranges::sort(gaps);
    std::ranges::sort(until);
    qInfo("  200 jumps to any line: the loop stood still for %.1f ms in the middle, %.1f ms at most (a frame: 16.7)",
          gaps[gaps.size() / 2], gaps.back());
    qInfo("  until all rows seen are summarized: %.1f ms in the middle, %.1f ms at most", until[until.size() / 2],
          until.back());
    measured("closed", [&] { m_page->clear(); }, [] { return true; });
}

} // namespace credenza::test

QTEST_MAIN(credenza::test::BenchBrowse)
#include "bench_browse.moc"
