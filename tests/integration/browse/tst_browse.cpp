// SPDX-License-Identifier: Apache-2.0
#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/net/QtHttpTransport.h"
#include "tests/integration/sandbox/SandboxProcess.h"
#include "tests/support/ResultMacros.h"
#include "tests/ui/support/UiTest.h"
#include "ui/browse/AttachmentWindow.h"
#include "ui/browse/BrowsePage.h"
#include "ui/browse/FileModel.h"
#include "ui/browse/FilesView.h"
#include "ui/browse/RequestLine.h"
#include "ui/browse/ResourcePane.h"
#include "ui/browse/ResultsModel.h"
#include "ui/browse/TypeListModel.h"
#include "ui/shell/MainWindow.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/SegmentedControl.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <QTreeView>

#include <atomic>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

QLabel *labelWith(const QWidget &root, const QString &text)
{
    for (QLabel *label : root.findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(text))
            return label;
    }
    return nullptr;
}

} // namespace

/// The Browse screen against credenza-sandbox in a process of its own, with Epic's habits.
class TestBrowse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void opensAndLists();
    void loadsPagesAsOneScrolls();
    void goesBackAndForward();
    void followsReferences();
    void showsTreeAndSource();
    void saysWhyItIsRefused();
    void restartsForgottenSearches();
    void opensFiles();
    void savesWhatIsShown();
    void fetchesAttachments();
    void forgetsOnLock();
    void dropsTokensOfWhatIsGone();
    void hasNoNamelessControls();

private:
    [[nodiscard]] ServerAccess access() const;
    void openServer();
    void choose(const QString &type);
    [[nodiscard]] ResultsModel &results() const { return *m_page->findChild<ResultsModel *>(); }
    void shoot(const QString &name);

    std::unique_ptr<SandboxProcess> m_sandbox;
    SystemClock m_clock;
    mutable SystemRandom m_random;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    BrowsePage *m_page = nullptr;
};

void TestBrowse::initTestCase()
{
    m_sandbox = std::make_unique<SandboxProcess>(QStringList{u"--patients"_s, u"12"_s, u"--paging-lifetime"_s, u"1"_s});
    QVERIFY(m_sandbox->isReady());
}

void TestBrowse::init()
{
    m_window.reset();
    m_theme = std::make_unique<Theme>(ThemeMode::Light);
    m_theme->setReducedMotion(true);
    m_theme->apply(*qApp);
    m_window = std::make_unique<MainWindow>(*m_theme);
    m_page = new BrowsePage(*m_theme);
    m_window->setPage(RailEntry::Browse, m_page);
    m_window->resize(1280, 820);
    m_window->showShell();
    m_window->showPage(RailEntry::Browse);
    QVERIFY(showActive(*m_window));
}

ServerAccess TestBrowse::access() const
{
    Credential credential;
    credential.id = QUuid::createUuid();
    credential.name = u"Sandbox"_s;
    credential.connector = u"epic-ehr"_s;
    credential.fhirBaseUrl = m_sandbox->value(u"fhirBaseUrl"_s);
    credential.clientId = m_sandbox->value(u"clientId"_s);
    credential.scopes = {u"system/*.rs"_s};
    const auto key = m_sandbox->key();
    if (key)
        credential.key.thumbprint = key->publicKey().thumbprint();
    return {credential, [this] { return m_sandbox->key(); }, [] { return std::make_unique<QtHttpTransport>(); },
            m_clock, m_random};
}

void TestBrowse::openServer()
{
    const ServerAccess server = access();
    m_page->setCredentials({server.credential});
    m_page->openServer(server);
    QTRY_VERIFY_WITH_TIMEOUT(results().rowCount() > 0, 20'000);
}

void TestBrowse::choose(const QString &type)
{
    auto *types = find<QListView>(*m_page, u"types"_s);
    const auto *model = m_page->findChild<TypeListModel *>();
    types->setFocus();
    types->setCurrentIndex(model->indexOf(type));
}

void TestBrowse::shoot(const QString &name)
{
    const QString folder = qEnvironmentVariable("CREDENZA_SCREENSHOTS");
    if (folder.isEmpty())
        return;
    for (const bool dark : {false, true}) {
        m_theme->setMode(dark ? ThemeMode::Dark : ThemeMode::Light);
        // Layouts are done when what was posted has been handled, and what that posted in turn.
        for (int round = 0; round < 5; ++round) {
            bool reached = false;
            QTimer::singleShot(0, this, [&reached] { reached = true; });
            QTRY_VERIFY(reached);
        }
        QVERIFY(m_window->grab().save(QDir(folder).filePath(name + (dark ? u"-dark.png"_s : u".png"_s))));
    }
    m_theme->setMode(ThemeMode::Light);
}

void TestBrowse::opensAndLists()
{
    openServer();
    const auto *model = m_page->findChild<TypeListModel *>();
    QVERIFY(model->typeCount() > 10);
    QVERIFY(model->access(u"Observation"_s)->isInScope);
    QCOMPARE(results().resource(0).type(), u"Patient"_s);
    const auto *pane = m_page->live().findChild<ResourcePane *>();
    QTRY_COMPARE(pane->resource().path(), results().resource(0).path());
    QCOMPARE(results().canFetchMore({}), false);
    const QString patient = pane->resource().id();
    shoot(u"browse-patients"_s);
    choose(u"Observation"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->findChild<Note *>()->isVisible(), 10'000); // category is missing
    m_page->live().go(u"Observation?category=vital-signs&patient="_s + patient);
    QTRY_VERIFY_WITH_TIMEOUT(results().rowCount() > 0 && results().resource(0).type() == u"Observation"_s, 10'000);
    shoot(u"browse-observations"_s);
}

void TestBrowse::loadsPagesAsOneScrolls()
{
    openServer();
    m_page->live().go(u"Observation?category=vital-signs&_count=20"_s);
    QTRY_VERIFY_WITH_TIMEOUT(results().rowCount() > 0 && results().resource(0).type() == u"Observation"_s, 10'000);
    QVERIFY(results().canFetchMore({}));
    const int before = results().rowCount();
    results().fetchMore({});
    QTRY_VERIFY_WITH_TIMEOUT(results().rowCount() > before, 10'000);
}

void TestBrowse::goesBackAndForward()
{
    openServer();
    const QString patient = results().resource(0).path();
    m_page->live().go(u"Practitioner?_count=200"_s); // all on one page
    QTRY_VERIFY_WITH_TIMEOUT(results().rowCount() > 0 && results().resource(0).type() == u"Practitioner"_s, 10'000);
    const QSignalSpy asked(m_page->live().session(), &BrowseSession::exchanged);
    find<QTableView>(*m_page, u"results"_s)->setFocus();
    const auto *request = m_page->live().findChild<RequestLine *>();
    QVERIFY2(request->curl().contains(u"/Practitioner?_count=200"_s), qPrintable(request->curl()));
    QTest::keyClick(find<QTableView>(*m_page, u"results"_s), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(results().resource(0).path(), patient);
    QVERIFY(request->curl().contains(u"/Patient'"_s)); // what brought these
    QTest::keyClick(find<QTableView>(*m_page, u"results"_s), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(results().resource(0).type(), u"Practitioner"_s);
    QCOMPARE(asked.count(), 0); // what was loaded is shown again, nobody is asked
}

void TestBrowse::followsReferences()
{
    openServer();
    m_page->live().go(u"Condition?category=problem-list-item&_count=5"_s);
    QTRY_VERIFY_WITH_TIMEOUT(results().rowCount() > 0 && results().resource(0).type() == u"Condition"_s, 10'000);
    auto *pane = m_page->live().findChild<ResourcePane *>();
    const QString subject = pane->resource().root[u"subject"][u"reference"].text();
    QVERIFY(subject.startsWith(u"Patient/"_s));
    Q_EMIT pane->referenceActivated(subject);
    QTRY_COMPARE_WITH_TIMEOUT(pane->resource().path(), subject, 10'000);
    m_page->live().goBack();
    QTRY_COMPARE(results().resource(0).type(), u"Condition"_s);
    // By keyboard alone: a link that is followed must not take the keys with it.
    QLabel *link = nullptr;
    QTRY_VERIFY((link = labelWith(*pane, u"href=\"reference:"_s)) != nullptr);
    link->setFocus();
    QVERIFY(link->hasFocus());
    Q_EMIT link->linkActivated(u"reference:"_s + QString::fromLatin1(subject.toUtf8().toBase64(
                                                     QByteArray::Base64UrlEncoding)));
    QTRY_COMPARE_WITH_TIMEOUT(pane->resource().path(), subject, 10'000);
    QVERIFY(QApplication::focusWidget() && m_page->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(results().resource(0).type(), u"Condition"_s);
    m_page->live().goForward();
    QTRY_COMPARE_WITH_TIMEOUT(pane->resource().path(), subject, 10'000);
    const QSignalSpy said(&m_page->live(), &LiveView::copied);
    const QSignalSpy asked(m_page->live().session(), &BrowseSession::exchanged);
    Q_EMIT pane->referenceActivated(u"https://other.example/fhir/Patient/1"_s);
    QCOMPARE(said.count(), 1);
    QCOMPARE(asked.count(), 0);
}

void TestBrowse::showsTreeAndSource()
{
    openServer();
    auto *pane = m_page->live().findChild<ResourcePane *>();
    auto *tabs = pane->findChild<SegmentedTabs *>();
    tabs->setCurrentIndex(1);
    const auto *tree = pane->findChild<QTreeView *>();
    QCOMPARE(tree->model()->rowCount(), 1);
    QVERIFY(tree->model()->rowCount(tree->model()->index(0, 0)) > 3);
    shoot(u"browse-tree"_s);
    tabs->setCurrentIndex(2);
    const auto *source = pane->findChild<QPlainTextEdit *>();
    QVERIFY(source->toPlainText().contains(u"\"resourceType\": \"Patient\""_s));
    shoot(u"browse-source"_s);
}

void TestBrowse::saysWhyItIsRefused()
{
    openServer();
    m_page->live().go(u"Observation"_s);
    const auto *note = m_page->findChild<Note *>();
    QTRY_VERIFY_WITH_TIMEOUT(note->isVisible() && note->text().contains(u"59108"_s), 10'000);
    m_page->live().go(u"Patient/no-such-patient"_s);
    QTRY_VERIFY_WITH_TIMEOUT(note->text().contains(u"4102"_s), 10'000);
}

void TestBrowse::restartsForgottenSearches()
{
    openServer();
    m_page->live().go(u"Observation?category=vital-signs&_count=40"_s);
    QTRY_COMPARE_WITH_TIMEOUT(results().rowCount(), 40, 10'000);
    // Longer than the sandbox keeps the paging session.
    QDeadlineTimer expiry(1'500);
    QTRY_VERIFY_WITH_TIMEOUT(expiry.hasExpired(), 5'000);
    results().fetchMore({});
    QTRY_COMPARE_WITH_TIMEOUT(results().rowCount(), 80, 10'000);
    QSet<QString> paths;
    for (const Resource &resource : results().resources())
        paths.insert(resource.path());
    QCOMPARE(paths.size(), 80);
    QVERIFY(m_page->findChild<Note *>()->isVisible());
}

void TestBrowse::opensFiles()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"Observation.000.ndjson"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int line = 1; line <= 5000; ++line) {
        const QByteArray number = QByteArray::number(line);
        file.write(line == 4711 ? QByteArray("{\"resourceType\":\"Observation\",\"id\":\"bro\n")
                                : "{\"resourceType\":\"Observation\",\"id\":\"o" + number +
                                      "\",\"code\":{\"text\":\"Heart rate\"},\"valueQuantity\":{\"value\":" + number +
                                      ",\"unit\":\"/min\"},\"hasMember\":[{\"reference\":\"Observation/o7\"}]}\n");
    }
    file.close();
    m_page->openFiles({file.fileName()});
    FileModel *model = m_page->files().current();
    QVERIFY(model);
    QTRY_VERIFY_WITH_TIMEOUT(!model->isReading() && model->lines() == 5000, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(model->broken().size(), 1, 10'000);
    QCOMPARE(model->index(41, FileModel::SummaryColumn).data().toString(), u"Heart rate 42 /min"_s);
    auto *line = find<QLineEdit>(*m_page, u"goToLine"_s);
    line->setText(u"4,710"_s);
    QTest::keyClick(line, Qt::Key_Return);
    auto *pane = m_page->files().findChild<ResourcePane *>();
    QCOMPARE(pane->resource().id(), u"o4710"_s);
    shoot(u"browse-files"_s);
    Q_EMIT pane->referenceActivated(u"Observation/o7"_s);
    QCOMPARE(pane->resource().id(), u"o7"_s);
    auto *filter = find<QLineEdit>(*m_page, u"fileFilter"_s);
    filter->setText(u"\"value\":123,"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 1, 10'000);
    QCOMPARE(model->lineOf(0), 123);
}

void TestBrowse::savesWhatIsShown()
{
    openServer();
    QTemporaryDir folder;
    const QSignalSpy said(m_page, &BrowsePage::announced);
    const auto contents = [&folder](const QString &name) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QList<Resource> resources = results().resources();
    const auto source = [&resources] {
        return [resources, at = qsizetype(0)]() mutable -> Result<std::optional<Resource>> {
            return at < resources.size() ? std::optional(resources.at(at++)) : std::nullopt;
        };
    };
    for (const QString &name : {u"a.ndjson"_s, u"a.json"_s, u"a.csv"_s}) {
        const qsizetype before = said.count();
        m_page->save(folder.filePath(name), resources.size(), source(), results().columns());
        QTRY_COMPARE_WITH_TIMEOUT(said.count(), before + 1, 10'000);
        QCOMPARE(QFileInfo(folder.filePath(name)).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
    }
    QCOMPARE(contents(u"a.ndjson"_s).count('\n'), resources.size());
    const auto bundle = parseResource(contents(u"a.json"_s));
    QVERIFY_RESULT(bundle);
    QCOMPARE(bundle->root[u"entry"].size(), resources.size());
    QVERIFY(contents(u"a.csv"_s).startsWith("resourceType,id,Name,Born"));
    QCOMPARE(contents(u"a.csv"_s).count("\r\n"), resources.size() + 1);
    m_page->save(folder.filePath(u"no/such/folder.ndjson"_s), resources.size(), source(), {});
    QTRY_COMPARE_WITH_TIMEOUT(said.count(), 4, 10'000);
}

void TestBrowse::fetchesAttachments()
{
    openServer();
    m_page->live().go(u"DocumentReference?_count=3"_s);
    QTRY_VERIFY_WITH_TIMEOUT(results().rowCount() > 0 && results().resource(0).type() == u"DocumentReference"_s,
                             10'000);
    QList<AttachmentContent> arrived;
    connect(&m_page->live(), &LiveView::attachmentArrived, this,
            [&arrived](const AttachmentContent &content) { arrived.append(content); });
    auto *pane = m_page->live().findChild<ResourcePane *>();
    Q_EMIT pane->attachmentActivated(pane->resource().root[u"content"].at(0)[u"attachment"]);
    QTRY_COMPARE_WITH_TIMEOUT(arrived.size(), 1, 10'000);
    QVERIFY(!arrived.first().bytes.isEmpty());
    auto *window = m_page->findChild<AttachmentWindow *>();
    QVERIFY(window);
    QTemporaryDir folder;
    window->save(folder.filePath(u"saved"_s));
    QCOMPARE(QFileInfo(folder.filePath(u"saved"_s)).size(), arrived.first().bytes.size());
}

void TestBrowse::forgetsOnLock()
{
    openServer();
    m_page->clear();
    QCOMPARE(results().rowCount(), 0);
    QVERIFY(m_page->live().session() == nullptr);
    QVERIFY(!m_page->live().findChild<ResourcePane *>()->resource().document);
}

void TestBrowse::dropsTokensOfWhatIsGone()
{
    const ServerAccess first = access();
    ServerAccess second = access();
    m_page->setCredentials({first.credential, second.credential});
    const QSignalSpy told(&m_page->live(), &LiveView::tokenKnown);
    const auto opened = [&](const ServerAccess &server) {
        QSignalSpy facts(&m_page->live(), &LiveView::opened);
        const auto tokens = std::make_shared<std::atomic<int>>(0); // the session may outlive this function
        ServerAccess counted{server.credential,
                             [tokens, open = server.openKey] {
                                 ++*tokens;
                                 return open();
                             },
                             server.makeTransport, server.clock, server.random};
        m_page->openServer(counted);
        return facts.wait(20'000) ? tokens->load() : -1;
    };
    QCOMPARE(opened(first), 1);
    QCOMPARE(opened(second), 1);
    QCOMPARE(opened(first), 0); // its token was kept while the other one was browsed
    second.credential.revision += 1; // edited meanwhile
    m_page->setCredentials({first.credential, second.credential});
    QCOMPARE(opened(second), 1);
    m_page->setCredentials({first.credential}); // deleted while it is shown
    QVERIFY(m_page->live().session() == nullptr);
    m_page->clear(); // locked
    QCOMPARE(opened(first), 1);
    QVERIFY(told.count() > 0);
}

void TestBrowse::hasNoNamelessControls()
{
    openServer();
    QCOMPARE(namelessControls(*m_page), QStringList());
}

} // namespace credenza::test

QTEST_MAIN(credenza::test::TestBrowse)
#include "tst_browse.moc"
