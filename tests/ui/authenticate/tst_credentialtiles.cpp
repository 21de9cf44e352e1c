// SPDX-License-Identifier: Apache-2.0
#include "tests/support/FixedClock.h"
#include "tests/ui/screens/SampleTiles.h"
#include "ui/authenticate/CredentialTileModel.h"
#include "ui/authenticate/RelativeTime.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

#include <algorithm>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

/// The names shown, in order.
QStringList shownNames(const CredentialTileModel &model)
{
    QStringList names;
    for (int row = 1; row < model.rowCount(); ++row)
        names << model.index(row).data().toString();
    return names;
}

} // namespace

class TestCredentialTiles final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void relativeTimes_data();
    void relativeTimes();
    void statusSaysWhatHappened_data();
    void statusSaysWhatHappened();
    void tileOfACredential();
    void firstRowAddsAndTheRestFollows();
    void filterFinds_data();
    void filterFinds();
    void orders_data();
    void orders();
    void tagsAreCounted();
    void favoritesComeFirst();
    void expiryIsSaidInTime_data();
    void expiryIsSaidInTime();
    void progressSurvivesARefresh();
    void screenReaderHearsTheTile();
};

void TestCredentialTiles::relativeTimes_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("spoken");
    QTest::newRow("future") << qint64(-500) << u"just now"_s << u"just now"_s;
    QTest::newRow("now") << qint64(59) << u"just now"_s << u"just now"_s;
    QTest::newRow("a minute") << qint64(60) << u"1 min ago"_s << u"1 minute ago"_s;
    QTest::newRow("minutes") << qint64(11 * 60) << u"11 min ago"_s << u"11 minutes ago"_s;
    QTest::newRow("an hour") << qint64(3600) << u"1 h ago"_s << u"1 hour ago"_s;
    QTest::newRow("hours") << qint64(2 * 3600) << u"2 h ago"_s << u"2 hours ago"_s;
    QTest::newRow("yesterday") << qint64(25 * 3600) << u"yesterday"_s << u"yesterday"_s;
    QTest::newRow("days") << qint64(6 * 86400) << u"6 d ago"_s << u"6 days ago"_s;
}

void TestCredentialTiles::relativeTimes()
{
    QFETCH(qint64, seconds);
    const QDateTime now = toDateTime(sampleTime());
    const QDateTime at = now.addSecs(-seconds);
    QTEST(relativeTime(at, now), "text");
    QTEST(spokenRelativeTime(at, now), "spoken");
}

void TestCredentialTiles::statusSaysWhatHappened_data()
{
    QTest::addColumn<int>("tile");
    QTest::addColumn<TileState>("state");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("detail");
    QTest::newRow("passed") << 0 << TileState::Passed << u"Passed 3 min ago"_s << u"1.42 s"_s;
    QTest::newRow("failed") << 2 << TileState::Failed << u"Failed: invalid_client"_s << u"11 min ago"_s;
    QTest::newRow("testing") << 3 << TileState::Testing << u"Testing: request the token"_s << u"4 of 5"_s;
    QTest::newRow("old key") << 4 << TileState::Warning << u"Passed, key 13 months old"_s << u"1 d ago"_s;
    QTest::newRow("never") << 5 << TileState::Never << u"Never tested"_s << QString();
    QTest::newRow("fast") << 6 << TileState::Passed << u"Passed yesterday"_s << u"90 ms"_s;
}

void TestCredentialTiles::statusSaysWhatHappened()
{
    QFETCH(int, tile);
    const TileStatus status = statusOf(sampleTiles().at(tile), toDateTime(sampleTime()));
    QTEST(status.state, "state");
    QTEST(status.text, "text");
    QTEST(status.detail, "detail");
}

void TestCredentialTiles::tileOfACredential()
{
    Credential credential;
    credential.id = QUuid::createUuidV5(QUuid(), u"x"_s);
    credential.name = u"Local sandbox"_s;
    credential.fhirBaseUrl = u"http://localhost:8443/fhir/R4"_s;
    credential.key.thumbprint = u"abc"_s;
    const CredentialTile tile = tileFor(credential);
    QCOMPARE(tile.id, credential.id);
    QCOMPARE(tile.host, u"localhost:8443"_s);
    QCOMPARE(tile.environment, Environment::Local);
    QCOMPARE(tile.thumbprint, u"abc"_s);
    QVERIFY(!tile.lastTest);
}

void TestCredentialTiles::firstRowAddsAndTheRestFollows()
{
    const FixedClock clock(sampleTime());
    CredentialTileModel model(clock);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.index(0).data(CredentialTileModel::IdRole).toUuid().isNull());
    model.setTiles(sampleTiles());
    QCOMPARE(model.rowCount(), 8);
    QCOMPARE(model.index(0).data().toString(), u"Add Credential"_s);
    model.setFilter(u"riverbend"_s);
    QCOMPARE(model.rowCount(), 2);
    model.setProgress(sampleTiles().at(2).id, TileProgress{2, 5, {}});
    model.setTiles({});
    QCOMPARE(model.rowCount(), 1);
}

void TestCredentialTiles::filterFinds_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<int>("shown");
    QTest::newRow("nothing typed") << QString() << QString() << 7;
    QTest::newRow("name, any case") << u"RIVERBEND"_s << QString() << 1;
    QTest::newRow("host") << u"aldercreek-tst"_s << QString() << 1;
    QTest::newRow("client ID, shared by two") << u"0c5b8d9e"_s << QString() << 2;
    QTest::newRow("thumbprint") << u"Jc5fGt9P"_s << QString() << 1;
    QTest::newRow("every word counts") << u"epic.com production"_s << QString() << 4;
    QTest::newRow("tag chosen") << QString() << u"bulk"_s << 2;
    QTest::newRow("tag and word") << u"northlake"_s << u"bulk"_s << 1;
    QTest::newRow("no match") << u"zzz"_s << QString() << 0;
    QTest::newRow("pattern characters are plain") << u".*"_s << QString() << 0;
}

void TestCredentialTiles::filterFinds()
{
    QFETCH(QString, filter);
    QFETCH(QString, tag);
    const FixedClock clock(sampleTime());
    CredentialTileModel model(clock);
    model.setTiles(sampleTiles());
    model.setFilter(filter);
    model.setTag(tag);
    QTEST(model.shown(), "shown");
}

void TestCredentialTiles::orders_data()
{
    using Order = CredentialTileModel::Order;
    QTest::addColumn<Order>("order");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    QTest::newRow("last used") << Order::LastUsed << u"Riverbend, bulk export"_s << u"Saltmarsh Children’s, registry"_s;
    QTest::newRow("name") << Order::Name << u"Alder Creek, staging"_s << u"Saltmarsh Children’s, registry"_s;
    QTest::newRow("last tested") << Order::LastTested << u"Epic sandbox, pipeline dev"_s
                                 << u"Saltmarsh Children’s, registry"_s;
    QTest::newRow("newest") << Order::Newest << u"Epic sandbox, pipeline dev"_s << u"Local sandbox"_s;
    QTest::newRow("environment") << Order::Environment << u"Cedar Point, immunizations"_s << u"Local sandbox"_s;
}

void TestCredentialTiles::orders()
{
    QFETCH(CredentialTileModel::Order, order);
    const FixedClock clock(sampleTime());
    CredentialTileModel model(clock);
    QList<CredentialTile> tiles = sampleTiles();
    std::ranges::find(tiles, u"Riverbend, bulk export"_s, &CredentialTile::name)->lastUsedAt = toDateTime(sampleTime());
    model.setTiles(tiles);
    model.setOrder(order);
    QTEST(shownNames(model).constFirst(), "first");
    QTEST(shownNames(model).constLast(), "last");
}

void TestCredentialTiles::tagsAreCounted()
{
    const FixedClock clock(sampleTime());
    CredentialTileModel model(clock);
    model.setTiles(sampleTiles());
    const QList<std::pair<QString, int>> expected{{u"population-health"_s, 3}, {u"bulk"_s, 2}, {u"staging"_s, 1}};
    QCOMPARE(model.tags(), expected);
}

void TestCredentialTiles::favoritesComeFirst()
{
    const FixedClock clock(sampleTime());
    CredentialTileModel model(clock);
    QList<CredentialTile> tiles = sampleTiles();
    const QString last = tiles.constLast().name;
    tiles.last().isFavorite = true;
    tiles.last().notes = u"ask the change board"_s;
    model.setTiles(tiles);
    for (const auto order : {CredentialTileModel::Order::Name, CredentialTileModel::Order::Newest,
                             CredentialTileModel::Order::LastTested, CredentialTileModel::Order::Environment}) {
        model.setOrder(order);
        QCOMPARE(shownNames(model).constFirst(), last);
    }
    QCOMPARE(model.tags().constFirst(), std::pair(CredentialTileModel::favoritesTag(), 1));
    model.setTag(CredentialTileModel::favoritesTag());
    QCOMPARE(shownNames(model), QStringList{last});
    model.setTag({});
    model.setFilter(u"change board"_s);
    QCOMPARE(shownNames(model), QStringList{last});
    QVERIFY(spokenTile(tiles.constLast(), toDateTime(sampleTime())).contains(u"favorite"_s));
}

void TestCredentialTiles::expiryIsSaidInTime_data()
{
    QTest::addColumn<int>("days");
    QTest::addColumn<int>("before");
    QTest::addColumn<QString>("reminder");
    QTest::newRow("far away") << 15 << 14 << QString();
    QTest::newRow("in time") << 14 << 14 << u"Key expires in 14 day(s)"_s;
    QTest::newRow("today") << 0 << 14 << u"Key expires today"_s;
    QTest::newRow("too late") << -3 << 14 << u"Key expired 3 day(s) ago"_s;
    QTest::newRow("earlier on request") << 40 << 60 << u"Key expires in 40 day(s)"_s;
    QTest::newRow("never on request") << -3 << 0 << QString();
}

void TestCredentialTiles::expiryIsSaidInTime()
{
    QFETCH(int, days);
    QFETCH(int, before);
    QFETCH(QString, reminder);
    const QDateTime now = toDateTime(sampleTime());
    CredentialTile tile = sampleTiles().constFirst();
    QCOMPARE(expiryReminder(tile, now), QString()); // no day is known
    tile.keyExpiresAt = now.toUTC().date().addDays(days).startOfDay(Qt::UTC);
    tile.reminderDays = before;
    QCOMPARE(expiryReminder(tile, now), reminder); // plural forms come with the translation
    QCOMPARE(expiryBadge(tile, now).isEmpty(), reminder.isEmpty());
    QVERIFY(reminder.isEmpty() || spokenTile(tile, now).contains(reminder));
}

void TestCredentialTiles::progressSurvivesARefresh()
{
    const FixedClock clock(sampleTime());
    CredentialTileModel model(clock);
    QList<CredentialTile> tiles = sampleTiles();
    model.setTiles(tiles);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setProgress(tiles.at(0).id, TileProgress{3, 5, u"sign the assertion"_s});
    QCOMPARE(changed.count(), 1);
    model.setTiles(tiles); // another credential was saved meanwhile
    QVERIFY(model.tile(tiles.at(0).id)->progress);
    model.setProgress(tiles.at(0).id, std::nullopt);
    QVERIFY(!model.tile(tiles.at(0).id)->progress);
    model.setProgress(QUuid::createUuid(), TileProgress{}); // an unknown one is not an error
}

void TestCredentialTiles::screenReaderHearsTheTile()
{
    QCOMPARE(spokenTile(sampleTiles().at(2), toDateTime(sampleTime())),
             u"Riverbend, bulk export, Production, failed: invalid_client 11 minutes ago"_s);
}

QTEST_MAIN(TestCredentialTiles)
#include "tst_credentialtiles.moc"
