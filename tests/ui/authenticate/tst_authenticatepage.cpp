// SPDX-License-Identifier: Apache-2.0
#include "tests/support/FixedClock.h"
#include "tests/ui/screens/SampleTiles.h"
#include "tests/ui/support/UiTest.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/authenticate/CredentialTileModel.h"
#include "ui/authenticate/TileView.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/ElidingLabel.h"

#include <QAccessible>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

class TestAuthenticatePage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_page.reset(); }
    void columnsFollowTheWidth_data();
    void columnsFollowTheWidth();
    void tilesStandInAGrid();
    void arrowsMoveWithoutSelecting();
    void enterAndSpaceSelect();
    void clickSelectsAndNextGoesOn();
    void firstTileAdds();
    void keysActOnTheTile_data();
    void keysActOnTheTile();
    void keysInTheFilterStayThere();
    void menuOffersTheSame();
    void testNowTestsWithoutSelecting();
    void slashAndCtrlFGoToTheFilter();
    void tagsThatHaveNoRoomStepBack();
    void noMatchOffersToClear();
    void emptyVaultSaysWhatBelongsHere();
    void firstStepsLeadToAPassedTest();
    void selectionStaysWhileItsCredentialDoes();
    void runningTestCanBeStopped();
    void everyControlHasAName();
    void tilesAreNamedItems();
    void rendersInBothThemes();

private:
    [[nodiscard]] QUuid idOf(const QString &name) const
    {
        for (const CredentialTile &tile : sampleTiles()) {
            if (tile.name.startsWith(name))
                return tile.id;
        }
        return {};
    }
    void clickTile(const QString &name, QPoint offset = {60, 60})
    {
        for (int row = 1; row < m_view->model()->rowCount(); ++row) {
            const QModelIndex index = m_view->model()->index(row, 0);
            if (index.data().toString().startsWith(name)) {
                QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                                  m_view->tileGeometry(index).topLeft() + offset);
                return;
            }
        }
        QFAIL(qPrintable(u"no tile "_s + name));
    }

    Theme m_theme{ThemeMode::Light};
    FixedClock m_clock{sampleTime()};
    std::unique_ptr<AuthenticatePage> m_page;
    TileView *m_view = nullptr;
};

void TestAuthenticatePage::init()
{
    m_theme.apply(*qApp);
    m_page = std::make_unique<AuthenticatePage>(m_theme, m_clock);
    m_page->setConnectors({{u"epic-ehr"_s, u"EPIC EHR"_s, u"SMART Backend Services, signed JWT"_s}});
    m_page->setTiles(sampleTiles());
    m_page->resize(1192, 736);
    QVERIFY(showActive(*m_page));
    m_view = find<TileView>(*m_page, u"tiles"_s);
    m_page->start();
    QCOMPARE(QApplication::focusWidget(), m_view);
}

void TestAuthenticatePage::columnsFollowTheWidth_data()
{
    QTest::addColumn<int>("window");
    QTest::addColumn<int>("columns");
    QTest::newRow("smallest") << 1024 << 3;
    QTest::newRow("just below") << 1199 << 3;
    QTest::newRow("four") << 1200 << 4;
    QTest::newRow("usual") << 1280 << 4;
    QTest::newRow("wide") << 1920 << 6;
}

void TestAuthenticatePage::columnsFollowTheWidth()
{
    QFETCH(int, window);
    QFETCH(int, columns);
    m_page->resize(window - 88, 736);
    QTRY_COMPARE(m_view->columns(), columns);
    // The grid really has that many tiles in its first row, and none is cut off.
    const int top = m_view->tileGeometry(m_view->model()->index(0, 0)).top();
    int first = 0;
    for (int row = 0; row < m_view->model()->rowCount(); ++row) {
        const QRect tile = m_view->tileGeometry(m_view->model()->index(row, 0));
        first += tile.top() == top ? 1 : 0;
        QVERIFY(tile.right() < m_view->viewport()->width());
    }
    QCOMPARE(first, columns);
}

void TestAuthenticatePage::tilesStandInAGrid()
{
    const QRect first = m_view->tileGeometry(m_view->model()->index(0, 0));
    const QRect second = m_view->tileGeometry(m_view->model()->index(1, 0));
    const QRect below = m_view->tileGeometry(m_view->model()->index(4, 0));
    QCOMPARE(first.size(), QSize(274, 248));
    QCOMPARE(second.left() - first.right() - 1, 16);
    QCOMPARE(below.top() - first.bottom() - 1, 16);
    QCOMPARE(m_view->mapTo(m_page.get(), first.topLeft()).x(), 24);
}

void TestAuthenticatePage::arrowsMoveWithoutSelecting()
{
    QSignalSpy chosen(m_page.get(), &AuthenticatePage::selectionChanged);
    const auto row = [this] { return m_view->currentIndex().row(); };
    QCOMPARE(row(), 0);
    QTest::keyClick(m_view, Qt::Key_Right);
    QCOMPARE(row(), 1);
    QTest::keyClick(m_view, Qt::Key_Down);
    QCOMPARE(row(), 5);
    QTest::keyClick(m_view, Qt::Key_Left);
    QTest::keyClick(m_view, Qt::Key_Left);
    QCOMPARE(row(), 3);                  // reading order, over the end of the row
    QTest::keyClick(m_view, Qt::Key_Up); // already in the first row
    QCOMPARE(row(), 3);
    QTest::keyClick(m_view, Qt::Key_End);
    QCOMPARE(row(), 7);
    QTest::keyClick(m_view, Qt::Key_Right);
    QCOMPARE(row(), 7);
    QTest::keyClick(m_view, Qt::Key_Home);
    QCOMPARE(row(), 0);
    QVERIFY(chosen.isEmpty());
    QVERIFY(m_page->selectedId().isNull());
}

void TestAuthenticatePage::enterAndSpaceSelect()
{
    QTest::keyClick(m_view, Qt::Key_Right);
    QTest::keyClick(m_view, Qt::Key_Return);
    QCOMPARE(m_page->selectedId(), idOf(u"Alder Creek"_s));
    QTest::keyClick(m_view, Qt::Key_Right);
    QCOMPARE(m_page->selectedId(), idOf(u"Alder Creek"_s));
    QTest::keyClick(m_view, Qt::Key_Space);
    QCOMPARE(m_page->selectedId(), idOf(u"Cedar Point"_s));
    QCOMPARE(find<ElidingLabel>(*m_page, u"selectedName"_s)->text(), u"Cedar Point, immunizations"_s);
}

void TestAuthenticatePage::clickSelectsAndNextGoesOn()
{
    QSignalSpy next(m_page.get(), &AuthenticatePage::nextRequested);
    auto *button = find<Button>(*m_page, u"next"_s);
    QVERIFY(!button->isEnabled());
    QTest::keyClick(m_view, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(next.isEmpty());
    clickTile(u"Northlake"_s);
    QVERIFY(button->isEnabled());
    button->click();
    QTest::keyClick(m_view, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(next.count(), 2);
    QCOMPARE(next.at(0).at(0).toUuid(), idOf(u"Northlake"_s));
    QCOMPARE(next.at(0).at(1).value<Purpose>(), Purpose::DataSource);
    find<SegmentedControl>(*m_page, u"purpose"_s)->setCurrentIndex(1);
    QCOMPARE(button->text(), u"Next: Write"_s);
    button->click();
    QCOMPARE(next.at(2).at(1).value<Purpose>(), Purpose::Destination);
}

void TestAuthenticatePage::firstTileAdds()
{
    QSignalSpy add(m_page.get(), &AuthenticatePage::addRequested);
    QTest::keyClick(m_view, Qt::Key_Home);
    QTest::keyClick(m_view, Qt::Key_Return);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                      m_view->tileGeometry(m_view->model()->index(0, 0)).center());
    QTest::keyClick(m_view, Qt::Key_N, Qt::ControlModifier);
    QCOMPARE(add.count(), 3);
    QCOMPARE(add.at(0).at(0).toString(), u"epic-ehr"_s);
    QVERIFY(m_page->selectedId().isNull());
}

void TestAuthenticatePage::keysActOnTheTile_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QByteArray>("signal");
    const auto none = static_cast<int>(Qt::NoModifier);
    const auto ctrl = static_cast<int>(Qt::ControlModifier);
    QTest::newRow("F2") << static_cast<int>(Qt::Key_F2) << none << QByteArray("editRequested(QUuid)");
    QTest::newRow("Ctrl+D") << static_cast<int>(Qt::Key_D) << ctrl << QByteArray("duplicateRequested(QUuid)");
    QTest::newRow("Ctrl+T") << static_cast<int>(Qt::Key_T) << ctrl << QByteArray("testRequested(QUuid)");
    QTest::newRow("Del") << static_cast<int>(Qt::Key_Delete) << none << QByteArray("deleteRequested(QList<QUuid>)");
}

void TestAuthenticatePage::keysActOnTheTile()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QByteArray, signal);
    const QMetaObject *meta = m_page->metaObject();
    QSignalSpy spy(m_page.get(), meta->method(meta->indexOfSignal(signal.constData())));
    const auto press = [&] {
        QTest::keyClick(m_view, static_cast<Qt::Key>(key), static_cast<Qt::KeyboardModifiers>(modifiers));
    };
    press(); // on "Add Credential": nothing to act on
    QCOMPARE(spy.count(), 0);
    m_page->select(idOf(u"Northlake"_s));
    QTest::keyClick(m_view, Qt::Key_Home);
    QTest::keyClick(m_view, Qt::Key_Right);
    press(); // the tile the keyboard is on, not the selected one
    QCOMPARE(spy.count(), 1);
    const QVariant about = spy.at(0).at(0);
    QCOMPARE(about.canConvert<QUuid>() ? about.toUuid() : about.value<QList<QUuid>>().value(0), idOf(u"Alder Creek"_s));
}

void TestAuthenticatePage::keysInTheFilterStayThere()
{
    QSignalSpy deleted(m_page.get(), &AuthenticatePage::deleteRequested);
    m_page->select(idOf(u"Northlake"_s));
    auto *filter = find<QLineEdit>(*m_page, u"filter"_s);
    filter->setFocus();
    QTest::keyClicks(filter, u"a/b"_s);
    QTest::keyClick(filter, Qt::Key_Home);
    QTest::keyClick(filter, Qt::Key_Delete);
    QCOMPARE(filter->text(), u"/b"_s);
    QVERIFY(deleted.isEmpty());
}

void TestAuthenticatePage::menuOffersTheSame()
{
    QSignalSpy edited(m_page.get(), &AuthenticatePage::editRequested);
    clickTile(u"Riverbend"_s, {274 - 22, 24});
    auto *menu = m_page->findChild<QMenu *>();
    QVERIFY(menu && menu->isVisible());
    QVERIFY(m_page->selectedId().isNull()); // opening the menu selects nothing
    QStringList texts;
    for (const QAction *action : menu->actions()) {
        if (!action->isSeparator() && action->isVisible())
            texts << action->text();
    }
    QCOMPARE(texts, QStringList({u"Edit…"_s, u"Duplicate"_s, u"Test connection"_s, u"Retry until accepted"_s,
                                 u"Browse resources"_s, u"Add to favorites"_s, u"Copy client ID"_s,
                                 u"Copy FHIR base URL"_s, u"Delete"_s}));
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(edited.at(0).at(0).toUuid(), idOf(u"Riverbend"_s));
}

void TestAuthenticatePage::testNowTestsWithoutSelecting()
{
    QSignalSpy tested(m_page.get(), &AuthenticatePage::testRequested);
    clickTile(u"Alder Creek"_s, {274 - 40, 248 - 20});
    QCOMPARE(tested.count(), 1);
    QCOMPARE(tested.at(0).at(0).toUuid(), idOf(u"Alder Creek"_s));
    QVERIFY(m_page->selectedId().isNull());
    clickTile(u"Northlake"_s, {274 - 40, 248 - 20}); // tested before: no such link
    QCOMPARE(tested.count(), 1);
}

void TestAuthenticatePage::slashAndCtrlFGoToTheFilter()
{
    auto *filter = find<QLineEdit>(*m_page, u"filter"_s);
    QTest::keyClick(m_view, Qt::Key_Slash);
    QCOMPARE(QApplication::focusWidget(), filter);
    QVERIFY(filter->text().isEmpty());
    m_page->start();
    QTest::keyClick(m_view, Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget(), filter);
    QTest::keyClicks(filter, u"cedar"_s);
    QTest::keyClick(filter, Qt::Key_Down);
    QCOMPARE(QApplication::focusWidget(), m_view);
    QCOMPARE(m_view->currentId(), idOf(u"Cedar Point"_s));
    filter->setFocus();
    QTest::keyClick(filter, Qt::Key_Escape);
    QVERIFY(filter->text().isEmpty());
}

void TestAuthenticatePage::tagsThatHaveNoRoomStepBack()
{
    const auto shown = [this] {
        int count = 0;
        for (const Chip *chip : m_page->findChildren<Chip *>())
            count += chip->isVisible() ? 1 : 0;
        return count;
    };
    const int all = static_cast<int>(m_page->findChildren<Chip *>().size());
    QCOMPARE(all, 4); // "All" and three tags
    m_page->resize(1400, 700);
    QTRY_COMPARE(shown(), all);
    m_page->resize(640, 700);
    QTRY_VERIFY(shown() < all);
    // "All" and what is chosen are always there.
    find<Chip>(*m_page, u"tag:staging"_s)->click();
    m_page->resize(600, 700);
    QTRY_VERIFY(find<Chip>(*m_page, u"tag:staging"_s)->isVisible());
    QVERIFY(find<Chip>(*m_page, u"tag:"_s)->isVisible());
    m_page->resize(1400, 700);
    QTRY_COMPARE(shown(), all);
}

void TestAuthenticatePage::noMatchOffersToClear()
{
    auto *filter = find<QLineEdit>(*m_page, u"filter"_s);
    auto *empty = m_page->findChild<EmptyState *>();
    QVERIFY(!empty->isVisible());
    find<Chip>(*m_page, u"tag:bulk"_s)->click();
    QCOMPARE(m_view->model()->rowCount(), 3);
    filter->setText(u"zzz"_s);
    QVERIFY(empty->isVisible());
    QVERIFY(empty->sentence().contains(u"zzz"_s));
    find<Button>(*empty, u"emptyAction"_s)->click();
    QVERIFY(!empty->isVisible());
    QCOMPARE(m_view->model()->rowCount(), 8);
}

void TestAuthenticatePage::emptyVaultSaysWhatBelongsHere()
{
    m_page->setTiles({});
    auto *steps = find<QWidget>(*m_page, u"firstSteps"_s);
    QVERIFY(steps->isVisible());
    QVERIFY(!m_view->tileGeometry(m_view->model()->index(0, 0)).intersects(steps->geometry()));
    QVERIFY(!find<Button>(*m_page, u"testConnection"_s)->isEnabled());
    m_page->setView(CredentialsView::Table);
    auto *empty = m_page->findChild<EmptyState *>();
    QVERIFY(!steps->isVisible());
    QVERIFY(empty->isVisible());
    QVERIFY(!find<Button>(*empty, u"emptyAction"_s)->isVisible());
}

void TestAuthenticatePage::firstStepsLeadToAPassedTest()
{
    QSignalSpy add(m_page.get(), &AuthenticatePage::addRequested);
    QSignalSpy sandbox(m_page.get(), &AuthenticatePage::sandboxRequested);
    QSignalSpy test(m_page.get(), &AuthenticatePage::testRequested);
    auto *steps = find<QWidget>(*m_page, u"firstSteps"_s);
    QVERIFY(!steps->isVisible()); // seven credentials: no beginner
    m_page->setTiles({});
    find<Button>(*steps, u"firstAdd"_s)->click();
    QCOMPARE(add.count(), 1);
    find<Button>(*steps, u"firstSandbox"_s)->click();
    QCOMPARE(sandbox.count(), 1);

    CredentialTile only = sampleTiles().constFirst();
    only.lastTest.reset();
    m_page->setTiles({only});
    QVERIFY(steps->isVisible());
    QVERIFY(!m_view->tileGeometry(m_view->model()->index(1, 0)).intersects(steps->geometry()));
    m_page->resize(1024, 600); // three columns now
    QTRY_VERIFY(m_page->rect().contains(QRect(steps->mapTo(m_page.get(), QPoint()), steps->size())));
    QVERIFY(!m_view->tileGeometry(m_view->model()->index(1, 0)).intersects(steps->geometry()));
    QVERIFY(!find<Button>(*steps, u"firstAdd"_s)->isVisible());
    find<Button>(*steps, u"firstTest"_s)->click();
    QCOMPARE(test.takeFirst().at(0).toUuid(), only.id);
    find<QLineEdit>(*m_page, u"filter"_s)->setText(u"zzz"_s);
    QVERIFY(!steps->isVisible());
    find<QLineEdit>(*m_page, u"filter"_s)->clear();
    QVERIFY(steps->isVisible());

    only.lastTest = sampleTiles().constFirst().lastTest;
    QVERIFY(only.lastTest->passed);
    m_page->setTiles({only});
    QVERIFY(!steps->isVisible());
}

void TestAuthenticatePage::selectionStaysWhileItsCredentialDoes()
{
    m_page->select(idOf(u"Northlake"_s));
    QList<CredentialTile> tiles = sampleTiles();
    tiles[0].name = u"Renamed"_s;
    m_page->setTiles(tiles);
    QCOMPARE(m_page->selectedId(), idOf(u"Northlake"_s));
    QCOMPARE(m_view->currentId(), idOf(u"Northlake"_s));
    tiles.removeIf([&](const CredentialTile &tile) { return tile.id == idOf(u"Northlake"_s); });
    m_page->setTiles(tiles);
    QVERIFY(m_page->selectedId().isNull());
    QVERIFY(!find<Button>(*m_page, u"next"_s)->isEnabled());
}

void TestAuthenticatePage::runningTestCanBeStopped()
{
    QSignalSpy stopped(m_page.get(), &AuthenticatePage::stopTestRequested);
    QSignalSpy tested(m_page.get(), &AuthenticatePage::testRequested);
    m_page->select(idOf(u"Saltmarsh"_s));
    QVERIFY(find<Button>(*m_page, u"testConnection"_s)->isBusy());
    QTest::keyClick(m_view, Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(stopped.count(), 1);
    QVERIFY(tested.isEmpty());
    m_page->setProgress(idOf(u"Saltmarsh"_s), std::nullopt);
    QVERIFY(!find<Button>(*m_page, u"testConnection"_s)->isBusy());
    QTest::keyClick(m_view, Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(tested.count(), 1);
}

void TestAuthenticatePage::everyControlHasAName()
{
    QCOMPARE(namelessControls(*m_page), QStringList());
}

void TestAuthenticatePage::tilesAreNamedItems()
{
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_view);
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->text(QAccessible::Name), u"Credentials"_s);
    QStringList names;
    for (int i = 0; i < list->childCount(); ++i) {
        QAccessibleInterface *item = list->child(i);
        if (item && item->role() == QAccessible::ListItem)
            names << item->text(QAccessible::Name);
    }
    QVERIFY2(names.contains(u"Riverbend, bulk export, Production, failed: invalid_client 11 minutes ago"_s),
             qPrintable(names.join(u'\n')));
}

void TestAuthenticatePage::rendersInBothThemes()
{
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        m_theme.setMode(mode);
        QVERIFY(pixelsOf(*m_page, m_theme.color(Role::Background)) > 100'000);
        QVERIFY(pixelsOf(*m_page, m_theme.color(Role::Surface)) > 100'000);
        QVERIFY(pixelsOf(*m_page, m_theme.color(Role::ErrTint)) > 5'000); // the failed tile's strip
    }
    m_theme.setMode(ThemeMode::Light);
}

QTEST_MAIN(TestAuthenticatePage)
#include "tst_authenticatepage.moc"
