// SPDX-License-Identifier: Apache-2.0
#include "core/base/Clock.h"
#include "tests/ui/support/UiTest.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/authenticate/TileView.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QStringListModel>

#include <algorithm>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int credentials = 10'000;

QList<CredentialTile> manyTiles()
{
    const QStringList places{u"Alder"_s, u"Cedar"_s, u"Saltmarsh"_s, u"Riverbend"_s, u"Harbour"_s};
    const QStringList kinds{u"immunizations"_s, u"bulk export"_s, u"registry"_s, u"population health"_s};
    QList<CredentialTile> tiles;
    for (int i = 0; i < credentials; ++i) {
        CredentialTile tile;
        tile.id = QUuid::createUuid();
        tile.name = u"%1 %2, %3"_s.arg(places.at(i % 5)).arg(i).arg(kinds.at(i % 4));
        tile.description = u"Nightly extract number %1 for the quality dashboards and the registry."_s.arg(i);
        tile.host = u"fhir%1.example.org"_s.arg(i % 700);
        tile.baseUrl = u"https://%1/api/FHIR/R4"_s.arg(tile.host);
        tile.clientId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        tile.thumbprint = QString::fromLatin1(QUuid::createUuid().toRfc4122().toBase64());
        tile.tags = {kinds.at(i % 4)};
        tiles.append(tile);
    }
    return tiles;
}

/// Tells when a widget's next paint, and all that came before it, is done.
class Painted final : public QObject
{
    Q_OBJECT

public:
    explicit Painted(QWidget &widget) : m_widget(widget) { m_widget.installEventFilter(this); }
    /// From now until the paint is done, in ms; -1 if none comes.
    double after(const std::function<void()> &deed)
    {
        QSignalSpy spy(this, &Painted::done);
        QElapsedTimer timer;
        timer.start();
        deed();
        m_widget.update();
        if (!spy.wait(5000))
            return -1;
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

Q_SIGNALS:
    void done();

private:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(this, &Painted::done, Qt::QueuedConnection);
        return false;
    }
    QWidget &m_widget;
};

struct Times {
    QList<double> all;
    [[nodiscard]] double best() const { return *std::ranges::min_element(all); }
    [[nodiscard]] double worst() const { return *std::ranges::max_element(all); }
    [[nodiscard]] double median() const
    {
        QList<double> sorted = all;
        std::ranges::sort(sorted);
        return sorted.at(sorted.size() / 2);
    }
};

/// Types `text` and takes it back, key by key.
Times typeAndErase(QLineEdit &edit, QWidget &painted, const QString &text)
{
    Painted watch(painted);
    Times times;
    edit.setFocus();
    for (const QChar letter : text)
        times.all.append(watch.after([&] { QTest::keyClick(&edit, letter.toLatin1()); }));
    for (qsizetype i = 0; i < text.size(); ++i)
        times.all.append(watch.after([&] { QTest::keyClick(&edit, Qt::Key_Backspace); }));
    return times;
}

} // namespace

/// A frame, from what a person does to the painted view, with ten thousand credentials: beside Qt's own list and filter
/// in the same run.
class TilesBenchmark final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filterAndScroll();
};

void TilesBenchmark::filterAndScroll()
{
    Theme theme(ThemeMode::Light);
    const SystemClock clock;
    AuthenticatePage page(theme, clock);
    const QList<CredentialTile> tiles = manyTiles();
    page.setTiles(tiles);
    page.resize(1280, 720);
    QVERIFY(showActive(page));
    auto *view = page.findChild<TileView *>();
    auto *filter = page.findChild<QLineEdit *>(u"filter"_s);
    const Times keys = typeAndErase(*filter, *view->viewport(), u"cedar 1 registry"_s);

    QWidget plain;
    QStringList names;
    for (const CredentialTile &tile : tiles)
        names.append(tile.name + u' ' + tile.host + u' ' + tile.clientId);
    QStringListModel model(names);
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    QListView list(&plain);
    list.setUniformItemSizes(true);
    list.setModel(&proxy);
    list.setGeometry(0, 40, 1280, 680);
    QLineEdit edit(&plain);
    connect(&edit, &QLineEdit::textChanged, &proxy, &QSortFilterProxyModel::setFilterFixedString);
    plain.resize(1280, 720);
    QVERIFY(showActive(plain));
    const Times bare = typeAndErase(edit, *list.viewport(), u"cedar 1 registry"_s.left(9));

    QVERIFY(showActive(page)); // and painted as active, which is no part of scrolling
    QScrollBar *bar = view->verticalScrollBar();
    QVERIFY(bar->maximum() > 100'000);
    Painted watch(*view->viewport());
    Times frames;
    for (int step = 1; step < 200; ++step)
        frames.all.append(watch.after([&] { bar->setValue(step < 100 ? step * 120 : bar->maximum() * step / 200); }));
    qInfo("%d tiles: key to filtered view %.1f ms [%.1f..%.1f] (goal 16), Qt's list and filter %.1f ms, ratio %.2f", credentials,
          keys.median(), keys.best(), keys.worst(), bare.median(), keys.median() / bare.median());
    qInfo("%d tiles: scrolled frame %.1f ms [%.1f..%.1f] (goal 16)", credentials, frames.median(), frames.best(), frames.worst());
    QVERIFY(std::ranges::min(keys.all) > 0 && std::ranges::min(frames.all) > 0);
}

} // namespace credenza::test

QTEST_MAIN(credenza::test::TilesBenchmark)
#include "bench_tiles.moc"
