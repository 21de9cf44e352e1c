// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ResultMacros.h"
#include "tests/ui/support/UiTest.h"
#include "ui/browse/BrowsePage.h"
#include "ui/browse/FileModel.h"
#include "ui/browse/FilesView.h"
#include "ui/browse/JsonTreeModel.h"
#include "ui/browse/LoadedReferences.h"
#include "ui/browse/ResourcePane.h"
#include "ui/browse/ResultsModel.h"
#include "ui/browse/ResultsPane.h"
#include "ui/browse/SearchForm.h"
#include "ui/widgets/SegmentedControl.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTreeView>

#include <atomic>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

Resource resource(const QByteArray &json)
{
    const auto read = parseResource(json);
    return read ? *read : Resource{};
}

Resource observation(const QByteArray &id, const QByteArray &date, const QByteArray &value)
{
    const QByteArray json = "{'resourceType':'Observation','id':'" + id +
                            "','code':{'text':'Heart rate'},'subject':{'reference':'Patient/1'},'effectiveDateTime':'" +
                            date + "','valueQuantity':{'value':" + value + ",'unit':'/min'}}";
    return resource(QByteArray(json).replace('\'', '"'));
}

} // namespace

/// The parts of Browse by themselves: tree, form, results and local files, hostile ones too.
class TestBrowseParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void showsWideTreesPieceByPiece();
    void writesPathsOfTheTree();
    void buildsQueries();
    void takesWhatARefusalAsksFor();
    void savesSelectionInSeenColumns();
    void saysThatNothingMatches();
    void tellsEarlierValuesAndReferrers();
    void listsBrokenLines();
    void filtersFiles();
    void followsIntoOtherFiles();
    void opensWhatIsDropped();
    void cancelsSaving();
    void followsCanonicalUrls();
    void searchesWideResourcesInTheBackground();
    void showsHostileFiles_data();
    void showsHostileFiles();
    void hidesListsWhereNarrow();
    void closesWhileReading();

private:
    QString write(const QString &name, const QByteArray &contents);
    FileModel *open(const QString &path);
    QTemporaryDir m_folder;
    QTcpServer m_tempted; // what hostile texts point to
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<BrowsePage> m_page;
};

void TestBrowseParts::initTestCase()
{
    QVERIFY(m_tempted.listen(QHostAddress::LocalHost));
}

void TestBrowseParts::init()
{
    m_page.reset();
    m_theme = std::make_unique<Theme>(ThemeMode::Light);
    m_theme->setReducedMotion(true);
    m_page = std::make_unique<BrowsePage>(*m_theme);
    m_page->resize(1300, 760);
    QVERIFY(showActive(*m_page));
}

QString TestBrowseParts::write(const QString &name, const QByteArray &contents)
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(contents) == contents.size() ? file.fileName() : QString();
}

FileModel *TestBrowseParts::open(const QString &path)
{
    m_page->openFiles({path});
    return m_page->files().current();
}

void TestBrowseParts::showsWideTreesPieceByPiece()
{
    QByteArray wide = R"({"resourceType":"Basic","a":[)";
    for (int i = 0; i < 10'000; ++i)
        wide += QByteArray::number(i) + ',';
    wide += "\"the last\"]}";
    JsonTreeModel model; // no QAbstractItemModelTester: it fetches more while more is being fetched
    model.setResource(resource(wide));
    const QModelIndex array = model.index(1, 0, model.index(0, 0));
    const int first = model.rowCount(array);
    QVERIFY(first > 0 && first < 10'001);
    QVERIFY(model.canFetchMore(array));
    model.fetchMore(array);
    QVERIFY(model.rowCount(array) > first);
    const auto found = findInResource(resource(wide), u"the last"_s, {}); // not fetched yet, and found all the same
    QVERIFY_RESULT(found);
    QCOMPARE(found->size(), 1);
    const QModelIndex last = model.indexOf(found->first());
    QCOMPARE(last.row(), 10'000);
    QCOMPARE(model.fhirPath(last), u"Basic.a[10000]"_s);
}

void TestBrowseParts::writesPathsOfTheTree()
{
    JsonTreeModel model;
    const QAbstractItemModelTester tester(&model);
    const Resource shown =
        resource(R"({"resourceType":"Observation","component":[{"valueQuantity":{"unit":"mmHg"}}]})");
    model.setResource(shown);
    const auto found = findInResource(shown, u"mmHg"_s, {});
    QVERIFY_RESULT(found);
    QCOMPARE(found->size(), 1);
    const QModelIndex unit = model.indexOf(found->first());
    QCOMPARE(model.fhirPath(unit), u"Observation.component[0].value.ofType(Quantity).unit"_s);
    QCOMPARE(model.pointer(unit), u"/component/0/valueQuantity/unit"_s);
}

void TestBrowseParts::buildsQueries()
{
    SearchForm form(*m_theme);
    form.setType({u"Observation"_s,
                  {u"search-type"_s},
                  {u"patient"_s, u"category"_s, u"date"_s, u"code"_s, u"value-quantity"_s},
                  {u"reference"_s, u"token"_s, u"date"_s, u"token"_s, u"quantity"_s}},
                 true);
    QCOMPARE(form.path(), u"Observation"_s);
    form.setValues({{u"patient"_s, u"Patient/1"_s},
                    {u"category"_s, u"vital-signs"_s},
                    {u"date"_s, u"ge2025-01-01"_s},
                    {u"code"_s, u"http://loinc.org|85354-9"_s}});
    QCOMPARE(form.path(), u"Observation?patient=Patient/1&category=vital-signs&code=http://loinc.org|85354-9&"
                          "date=ge2025-01-01"_s);
    form.clearValues();
    QCOMPARE(form.path(), u"Observation"_s);
    SearchForm reading(*m_theme); // a type that is read by its id, not searched for
    reading.setType({u"Binary"_s, {u"read"_s}, {}, {}}, true);
    QCOMPARE(reading.fields().size(), 1);
    reading.setValues({{u"_id"_s, u"a.b/c"_s}});
    QCOMPARE(reading.path(), u"Binary/a.b%2Fc"_s);
    QVERIFY(form.findChild<QLineEdit *>(u"field-patient"_s)->accessibleName().contains(u"required"_s));
}

void TestBrowseParts::takesWhatARefusalAsksFor()
{
    SearchForm form(*m_theme);
    form.setType({u"CarePlan"_s, {u"search-type"_s}, {u"patient"_s, u"category"_s}, {u"reference"_s, u"token"_s}},
                 false);
    form.want(askedFor(u"This resource requires a category for searching. Use 38717003 for longitudinal, 99999999 for "
                       "something new."_s,
                       form.fields()));
    auto *choice = form.findChild<QComboBox *>(u"field-category"_s);
    QVERIFY(choice);
    QVERIFY(choice->findData(u"99999999"_s) > 0); // offered from now on
    choice->setCurrentIndex(choice->findData(u"38717003"_s));
    QVERIFY(choice->currentText().contains(u"longitudinal"_s));
    QCOMPARE(form.path(), u"CarePlan?category=38717003"_s);
}

void TestBrowseParts::savesSelectionInSeenColumns()
{
    ResultsPane pane(*m_theme);
    pane.resize(700, 400);
    pane.start(u"Observation"_s, false);
    pane.append({observation("a", "2025-01-01", "60"), observation("b", "2025-01-02", "61"),
                 observation("c", "2025-01-03", "62")},
                false);
    pane.showCounts(3, 3, false, false);
    QVERIFY(showActive(pane));
    QList<Resource> saved;
    QList<ResourceColumn> columns;
    connect(&pane, &ResultsPane::saveRequested, this,
            [&](const QList<Resource> &resources, const QList<ResourceColumn> &seen) {
                saved = resources;
                columns = seen;
            });
    auto *table = find<QTableView>(pane, u"results"_s);
    const qsizetype all = pane.shownColumns().size();
    table->setColumnHidden(1, true);
    QCOMPARE(pane.shownColumns().size(), all - 1);
    table->selectRow(0);
    table->selectionModel()->select(table->model()->index(2, 0),
                                    QItemSelectionModel::Select | QItemSelectionModel::Rows);
    find<QAbstractButton>(pane, u"saveButton"_s)->click();
    auto *menu = pane.findChild<QMenu *>(u"saveMenu"_s);
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), 2); // the chosen, and all
    menu->actions().first()->trigger();
    QCOMPARE(saved.size(), 2);
    QCOMPARE(saved.last().id(), u"c"_s);
    QCOMPARE(columns.size(), all - 1);
    menu->close();
}

void TestBrowseParts::saysThatNothingMatches()
{
    ResultsPane pane(*m_theme);
    pane.start(u"Patient"_s, true);
    pane.showCounts(0, 0, false, false);
    QVERIFY(showActive(pane));
    QVERIFY(!find<QTableView>(pane, u"results"_s)->isVisible());
    const QSignalSpy wider(&pane, &ResultsPane::widenRequested);
    for (QAbstractButton *button : pane.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text().contains(u"Clear"_s))
            button->click();
    }
    QCOMPARE(wider.count(), 1);
}

void TestBrowseParts::tellsEarlierValuesAndReferrers()
{
    const QList<Resource> loaded{observation("new", "2025-03-01", "70"), observation("old", "2024-01-01", "60"),
                                 observation("older", "2023-01-01", "50")};
    const auto values = earlierValues(loaded.first(), loaded);
    QCOMPARE(values.size(), 2);
    QCOMPARE(values.first().value, u"60 /min"_s);
    LoadedReferences references;
    references.add(loaded, QUrl(u"https://ehr.example/r4/"_s));
    const auto referrers = references.referrersOf(resource(R"({"resourceType":"Patient","id":"1"})"));
    QCOMPARE(referrers.size(), 3);
    QCOMPARE(referrers.first().path, u"Observation/new"_s);
}

void TestBrowseParts::listsBrokenLines()
{
    QByteArray lines;
    for (int i = 1; i <= 300; ++i)
        lines += i % 100 == 7 ? QByteArray("{\"resourceType\":\"Patient\",\"id\":\"\n")
                              : "{\"resourceType\":\"Patient\",\"id\":\"" + QByteArray::number(i) + "\"}\n";
    FileModel *model = open(write(u"broken.ndjson"_s, lines));
    QTRY_COMPARE_WITH_TIMEOUT(model->broken().size(), 3, 10'000);
    auto *button = find<QAbstractButton>(*m_page, u"brokenLines"_s);
    QVERIFY(button->isVisible());
    QVERIFY(button->text().contains(u'3'));
    button->click();
    QCOMPARE(model->rowCount(), 3);
    QCOMPARE(model->lineOf(0), 7);
    QCOMPARE(model->lineOf(2), 207);
    QVERIFY(model->index(0, FileModel::SummaryColumn).data().toString().contains(u"inside a string"_s));
    button->click();
    QTRY_COMPARE(model->rowCount(), 300);
}

void TestBrowseParts::filtersFiles()
{
    QByteArray lines;
    for (int i = 0; i < 500; ++i)
        lines += "{\"resourceType\":\"Observation\",\"id\":\"" + QByteArray::number(i) +
                 "\",\"code\":{\"coding\":[{"
                 "\"code\":\"" +
                 QByteArray(i % 10 == 3 ? "8480-6" : "1-1") + "\"}]}}\n";
    FileModel *model = open(write(u"filter.ndjson"_s, lines));
    auto *filter = find<QLineEdit>(*m_page, u"fileFilter"_s);
    filter->setText(u"code=8480-6"_s); // at once: the index may still be in the making
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 50, 10'000);
    QCOMPARE(model->lineOf(1), 14);
    filter->setText(u"no such text"_s);
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 0, 10'000);
    QTRY_VERIFY(!find<QTableView>(*m_page, u"lines"_s)->isVisible()); // says so, and offers to clear it
    filter->clear();
    QTRY_COMPARE(model->rowCount(), 500);
}

void TestBrowseParts::followsIntoOtherFiles()
{
    open(write(u"Patient.ndjson"_s, "{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"family\":\"Lee\"}]}\n"));
    FileModel *patients = m_page->files().current();
    QTRY_VERIFY_WITH_TIMEOUT(!patients->isReading() && !patients->isVerifying(), 10'000);
    FileModel *model = open(write(
        u"Basic.ndjson"_s, "{\"resourceType\":\"Basic\",\"id\":\"a\",\"subject\":{\"reference\":\"Patient/p\"}}\n"
                           "{\"resourceType\":\"Basic\",\"id\":\"b\",\"subject\":{\"reference\":\"Basic/a\"}}\n"));
    QTRY_VERIFY_WITH_TIMEOUT(!model->isReading() && !model->isVerifying(), 10'000);
    auto *pane = m_page->files().findChild<ResourcePane *>();
    QTRY_COMPARE(pane->resource().id(), u"a"_s);
    // Who refers to it, found by looking through the file.
    QTRY_VERIFY_WITH_TIMEOUT(
        std::ranges::any_of(pane->findChildren<QLabel *>(),
                            [](const QLabel *label) { return label->text().contains(u"Basic b"_s); }),
        10'000);
    Q_EMIT pane->referenceActivated(u"Patient/p"_s);
    QTRY_COMPARE_WITH_TIMEOUT(pane->resource().path(), u"Patient/p"_s, 10'000);
    QCOMPARE(m_page->files().current(), patients);
    m_page->files().goBack();
    QTRY_COMPARE(pane->resource().path(), u"Basic/a"_s);
    m_page->files().goForward();
    QTRY_COMPARE(pane->resource().path(), u"Patient/p"_s);
}

void TestBrowseParts::opensWhatIsDropped()
{
    const QByteArray patient = "{\"resourceType\":\"Patient\",\"id\":\"1\"}";
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(write(u"dropped.ndjson"_s, patient + '\n' + patient + '\n')),
                  QUrl::fromLocalFile(write(u"dropped.json"_s, patient)), QUrl(u"http://127.0.0.1:1/x.json"_s),
                  QUrl::fromLocalFile(m_folder.path())});
    QDragEnterEvent enter({300, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_page.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({300, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_page.get(), &drop);
    QCOMPARE(m_page->files().count(), 2); // neither the folder nor what is elsewhere
    QTRY_COMPARE_WITH_TIMEOUT(m_page->files().current()->lines(), 1, 10'000);
    QMimeData text;
    text.setText(u"no file"_s);
    QDragEnterEvent words({300, 300}, Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
    words.ignore();
    QApplication::sendEvent(m_page.get(), &words);
    QVERIFY(!words.isAccepted());
}

void TestBrowseParts::cancelsSaving()
{
    QByteArray lines;
    for (int i = 0; i < 2'000; ++i)
        lines += "{\"resourceType\":\"Patient\",\"id\":\"" + QByteArray::number(i) + "\"}\n";
    FileModel *model = open(write(u"many.ndjson"_s, lines));
    QTRY_VERIFY_WITH_TIMEOUT(!model->isReading() && !model->isVerifying(), 10'000);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"saved.ndjson"_s);
    const QSignalSpy said(m_page.get(), &BrowsePage::announced);
    auto *cancel = find<QAbstractButton>(*m_page, u"cancelSave"_s);
    const ResourceSource first = model->makeSource();
    auto started = std::make_shared<std::atomic<bool>>(false);
    // Hands out resources without end: only cancelling ends it.
    m_page->save(
        path, 2,
        [first, source = first, started]() mutable -> Result<std::optional<Resource>> {
            *started = true;
            auto next = source();
            if (next && !*next) {
                source = first;
                return source();
            }
            return next;
        },
        {});
    QVERIFY(cancel->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(started->load(), 10'000);
    cancel->click();
    QTRY_COMPARE_WITH_TIMEOUT(said.count(), 1, 10'000);
    QVERIFY(!cancel->isVisible());
    QVERIFY(QDir(folder.path()).isEmpty(QDir::Files | QDir::Hidden)); // not even in part
    m_page->save(path, 2, model->makeSource(), {});
    QTRY_COMPARE_WITH_TIMEOUT(said.count(), 2, 10'000);
    QFile saved(path);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), lines);
}

void TestBrowseParts::followsCanonicalUrls()
{
    FileModel *model = open(write(
        u"canonical.ndjson"_s,
        R"({"resourceType":"QuestionnaireResponse","id":"r","status":"completed",)"
        R"("questionnaire":"http://forms.example/Questionnaire/sleep|2.0",)"
        R"("extension":[{"url":"http://forms.example/Questionnaire/sleep","valueString":"a"}]})"
        "\n"
        R"({"resourceType":"Questionnaire","id":"q1","url":"http://forms.example/Questionnaire/sleep","version":"1.0"})"
        "\n"
        R"({"resourceType":"Questionnaire","id":"q2","url":"http://forms.example/Questionnaire/sleep","version":"2.0"})"
        "\n"));
    QTRY_VERIFY_WITH_TIMEOUT(!model->isReading() && !model->isVerifying(), 10'000);
    auto *pane = m_page->files().findChild<ResourcePane *>();
    QTRY_COMPARE(pane->resource().id(), u"r"_s);
    QTRY_VERIFY(std::ranges::any_of(pane->findChildren<QLabel *>(), [](const QLabel *label) {
        return label->text().contains(u"Questionnaire/sleep|2.0</a>"_s);
    }));
    Q_EMIT pane->referenceActivated(u"http://forms.example/Questionnaire/sleep|2.0"_s);
    QTRY_COMPARE_WITH_TIMEOUT(pane->resource().id(), u"q2"_s, 10'000);
    Q_EMIT pane->referenceActivated(u"http://forms.example/Questionnaire/sleep"_s);
    QTRY_COMPARE_WITH_TIMEOUT(pane->resource().id(), u"q1"_s, 10'000);
    const QSignalSpy said(m_page.get(), &BrowsePage::announced);
    Q_EMIT pane->referenceActivated(u"http://forms.example/Questionnaire/other"_s);
    QTRY_COMPARE_WITH_TIMEOUT(said.count(), 1, 10'000);
    QVERIFY(said.first().first().toString().contains(u"Questionnaire/other"_s));
}

void TestBrowseParts::searchesWideResourcesInTheBackground()
{
    QByteArray wide = R"({"resourceType":"Basic","id":"x",)";
    for (int i = 0; i < 30'000; ++i)
        wide += "\"c" + QByteArray::number(i) + "\":1,";
    FileModel *model = open(write(u"wide.ndjson"_s, wide + "\"last\":\"here\"}\n"));
    QTRY_VERIFY_WITH_TIMEOUT(!model->isReading() && !model->isVerifying(), 10'000);
    auto *pane = m_page->files().findChild<ResourcePane *>();
    QTRY_COMPARE_WITH_TIMEOUT(pane->resource().id(), u"x"_s, 10'000);
    pane->findChild<SegmentedTabs *>()->setCurrentIndex(1);
    QLineEdit *search = nullptr;
    for (QLineEdit *edit : pane->findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == u"Search in the tree")
            search = edit;
    }
    QVERIFY(search);
    const auto *tree = pane->findChild<QTreeView *>();
    search->setText(u"c12345"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tree->currentIndex().data().toString(), u"c12345"_s, 10'000);
    search->setText(u"here"_s); // beyond what a tree shows of one value: said, and nothing else happens
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::any_of(pane->findChildren<QLabel *>(),
                                                 [](const QLabel *label) {
                                                     return label->text().contains(u"1 of 1, in what is not shown"_s);
                                                 }),
                             10'000);
}

void TestBrowseParts::showsHostileFiles_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<QString>("shown"); // the id, or nothing where there is no resource
    const QByteArray head = R"({"resourceType":"Basic","id":"x",)";
    QTest::newRow("10 000 levels") << head + "\"a\":" + QByteArray(10'000, '[') + QByteArray(10'000, ']') + '}'
                                   << QString();
    QTest::newRow("900 levels") << head + "\"a\":" + QByteArray(900, '[') + QByteArray(900, ']') + '}' << u"x"_s;
    QTest::newRow("20 MB string") << head + "\"a\":\"" + QByteArray(20'000'000, 'y') + "\"}" << u"x"_s;
    QTest::newRow("not UTF-8") << head + "\"a\":\"\xff\xfe\"}" << QString();
    QTest::newRow("reference loop")
        << head +
               R"("contained":[{"resourceType":"Basic","id":"a","subject":{"reference":"#b"}},{"resourceType":"Basic",)" +
               R"("id":"b","subject":{"reference":"#a"}}],"subject":{"reference":"#a"},"code":{"text":"loop"}})"
        << u"x"_s;
    const QByteArray url = "http://127.0.0.1:" + QByteArray::number(m_tempted.serverPort()) + '/';
    QTest::newRow("script in the narrative")
        << head + R"("text":{"div":"<div><script src=')" + url + R"(x.js'></script><img src=')" + url +
               R"('/>Seen<a href=')" + url + R"('>here</a></div>"},"photo":[{"contentType":"image/png","url":")" + url +
               R"("}],"code":{"text":"<img src=')" + url + R"('><a href=')" + url + R"('>x</a>"}})"
        << u"x"_s;
    QTest::newRow("id of a megabyte") << R"({"resourceType":"Basic","id":")" + QByteArray(1'000'000, 'i') + "\"}"
                                      << QString(u"i"_s.repeated(16 * 1024) + u'…');
    QTest::newRow("20 000 contained in a loop") << [] {
        QByteArray text = R"({"resourceType":"Basic","id":"x","contained":[)";
        for (int i = 0; i < 20'000; ++i)
            text += R"({"resourceType":"Basic","id":"c)" + QByteArray::number(i) + R"(","subject":{"reference":"#c)" +
                    QByteArray::number((i + 1) % 20'000) + "\"}},";
        return text + R"({"resourceType":"Basic","id":"c"}],"subject":{"reference":"#c0"}})";
    }() << u"x"_s;
    QTest::newRow("200 000 members") << [head] {
        QByteArray wide = head;
        for (int i = 0; i < 200'000; ++i)
            wide += "\"c" + QByteArray::number(i) + "\":1,";
        return wide + "\"last\":1}";
    }() << u"x"_s;
}

void TestBrowseParts::showsHostileFiles()
{
    QFETCH(QByteArray, contents);
    QFETCH(QString, shown);
    const QByteArray good = QByteArray(R"({"resourceType":"Patient","id":"good"})") + '\n';
    FileModel *model = open(write(u"hostile.ndjson"_s, contents + '\n' + good + good + good)); // the same id thrice
    QTRY_VERIFY_WITH_TIMEOUT(!model->isReading() && !model->isVerifying(), 30'000);
    QCOMPARE(model->lines(), 4);
    auto *pane = m_page->files().findChild<ResourcePane *>();
    auto *table = find<QTableView>(*m_page, u"lines"_s);
    auto *tabs = pane->findChild<SegmentedTabs *>();
    for (const int tab : {0, 1, 2}) { // summary, tree and source
        table->selectRow(1);
        QTRY_COMPARE_WITH_TIMEOUT(pane->resource().id(), u"good"_s, 30'000);
        table->selectRow(0);
        tabs->setCurrentIndex(tab);
        QTRY_COMPARE_WITH_TIMEOUT(pane->resource().id(), shown, 30'000);
        QVERIFY(!m_page->grab().isNull());
    }
    QVERIFY(!m_tempted.hasPendingConnections()); // nobody was asked for anything
    if (!shown.isEmpty())
        QTRY_VERIFY_WITH_TIMEOUT(pane->findChild<QPlainTextEdit *>()->toPlainText().contains(u"\"Basic\""_s), 30'000);
}

void TestBrowseParts::hidesListsWhereNarrow()
{
    open(write(u"one.ndjson"_s, "{\"resourceType\":\"Patient\",\"id\":\"1\"}\n"));
    auto *list = m_page->files().findChild<QWidget *>(u"files"_s);
    QVERIFY(list->isVisible());
    m_page->resize(936, 620); // a window of 1024 without its rail
    QTRY_VERIFY(!list->isVisible());
    QCOMPARE(namelessControls(*m_page).join(u'\n'), QString());
    m_page->resize(1300, 760);
    QTRY_VERIFY(list->isVisible());
}

void TestBrowseParts::closesWhileReading()
{
    QByteArray lines;
    for (int i = 0; i < 50'000; ++i)
        lines += "{\"resourceType\":\"Patient\",\"id\":\"" + QByteArray::number(i) + "\"}\n";
    for (int round = 0; round < 3; ++round) {
        open(write(u"closing%1.ndjson"_s.arg(round), lines));
        m_page->clear();
        QVERIFY(m_page->files().current() == nullptr);
    }
}

} // namespace credenza::test

QTEST_MAIN(credenza::test::TestBrowseParts)
#include "tst_browseparts.moc"
