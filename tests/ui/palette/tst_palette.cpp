// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"
#include "ui/palette/CommandPalette.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

class TestPalette final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void betterMatchesScoreHigher_data();
    void betterMatchesScoreHigher();
    void accentsAndOddTextAreHarmless();
    void actionsFollowTheBestCredential();
    void wordsMayNameDeedAndCredential();
    void keyboardRunsAnything();
    void whatIsOffCannotBeRun();
    void escapeAndClickBesideClose();
    void nothingFoundSaysSo();
    void runningMayOpenTheNextThing();
    void entriesAreSpoken();

private:
    [[nodiscard]] QList<PaletteSection> sections()
    {
        const auto credential = [this](const QString &name, const QString &host, const QUuid &id) {
            return PaletteEntry{.text = name, .detail = host, .run = [this, name] { m_ran << name; }, .credential = id};
        };
        const auto action = [this](const QString &name) {
            return PaletteEntry{.text = name, .run = [this, name] { m_ran << name; }};
        };
        return {{u"Credentials"_s,
                 {credential(u"Epic sandbox, pipeline dev"_s, u"fhir.epic.com"_s, m_epic),
                  credential(u"Northlake Health"_s, u"northlake.epic.com"_s, m_north)}},
                {u"Actions"_s, {action(u"Lock the vault"_s), action(u"Settings"_s)}}};
    }
    [[nodiscard]] PaletteSection actionsOf(const QUuid &id)
    {
        const QString name = id == m_north ? u"Northlake"_s : u"Epic"_s;
        return {u"Actions on "_s + name,
                {{.text = u"Test connection"_s, .run = [this, name] { m_ran << u"test "_s + name; }},
                 {.text = u"Write resources"_s, .disabledReason = u"No write scope granted"_s, .run = [this] {
                      m_ran << u"never"_s;
                  }}}};
    }
    void open(CommandPalette &palette, const QUuid &current = {})
    {
        palette.openWith(
            sections(), [this](const QUuid &id) { return actionsOf(id); }, current);
    }
    [[nodiscard]] static QStringList texts(const PaletteModel &model)
    {
        QStringList shown;
        for (int row = 0; row < model.rowCount(); ++row)
            shown << (model.entry(row) ? QString() : u"# "_s) + model.index(row).data().toString();
        return shown;
    }

    Theme m_theme{ThemeMode::Light};
    QUuid m_epic = QUuid::createUuidV5(QUuid(), u"epic"_s);
    QUuid m_north = QUuid::createUuidV5(QUuid(), u"north"_s);
    QStringList m_ran;
};

void TestPalette::matches_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<qsizetype>>("positions");
    using P = QList<qsizetype>;
    QTest::newRow("nothing typed") << u""_s << u"Epic"_s << P{};
    QTest::newRow("start") << u"nor"_s << u"Northlake"_s << P{0, 1, 2};
    QTest::newRow("case") << u"NORTH"_s << u"northlake"_s << P{0, 1, 2, 3, 4};
    QTest::newRow("start of a word wins") << u"lake"_s << u"Flake, lake"_s << P{7, 8, 9, 10};
    QTest::newRow("letters at starts of words") << u"esp"_s << u"Epic sandbox, pipeline"_s << P{0, 5, 14};
    QTest::newRow("two words, any order") << u"sand epic"_s << u"Epic sandbox"_s << P{0, 1, 2, 3, 5, 6, 7, 8};
    QTest::newRow("accents") << u"zurich"_s << u"Zürich"_s << P{0, 1, 2, 3, 4, 5};
}

void TestPalette::matches()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(QList<qsizetype>, positions);
    const auto match = fuzzyMatch(pattern, text);
    QVERIFY(match.has_value());
    QCOMPARE(match->positions, positions);
}

void TestPalette::betterMatchesScoreHigher_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    QTest::newRow("start of the text") << u"epic"_s << u"Epic sandbox"_s << u"My Epic"_s;
    QTest::newRow("start of a word") << u"lake"_s << u"North lake"_s << u"Northlake"_s;
    QTest::newRow("whole word") << u"set"_s << u"Settings"_s << u"Sandbox, east"_s;
}

void TestPalette::betterMatchesScoreHigher()
{
    QFETCH(QString, pattern);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    QVERIFY(fuzzyMatch(pattern, better)->score > fuzzyMatch(pattern, worse)->score);
}

void TestPalette::accentsAndOddTextAreHarmless()
{
    QVERIFY(!fuzzyMatch(u"xyz"_s, u"Epic"_s));
    QVERIFY(!fuzzyMatch(u"a"_s, QString()));
    QVERIFY(fuzzyMatch(u"  "_s, QString()));
    const QString odd = QString::fromUtf8("ﬁ ﷺ 👩‍⚕️ e\u0301 \u202Eabc");
    for (const QString &pattern : {odd, u"abc"_s, u"é"_s, QString(QChar(0xD83D))}) {
        const auto match = fuzzyMatch(pattern, odd);
        if (!match)
            continue;
        for (const qsizetype position : match->positions)
            QVERIFY(position >= 0 && position < odd.size());
    }
}

void TestPalette::actionsFollowTheBestCredential()
{
    PaletteModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setContent(
        sections(), [this](const QUuid &id) { return actionsOf(id); }, m_epic);
    QVERIFY(texts(model).contains(u"# Actions on Epic"_s)); // the selected one
    model.setPattern(u"north"_s);
    QCOMPARE(texts(model).value(1), u"Northlake Health"_s);
    QVERIFY(!texts(model).contains(u"# Actions on Epic"_s));
    model.setContent(sections(), [this](const QUuid &id) { return actionsOf(id); }, {});
    QVERIFY(model.actionsRow() < 0);
}

void TestPalette::wordsMayNameDeedAndCredential()
{
    PaletteModel model;
    model.setContent(
        sections(), [this](const QUuid &id) { return actionsOf(id); }, m_north);
    model.setPattern(u"test north"_s);
    QCOMPARE(texts(model), QStringList({u"# Actions on Northlake"_s, u"Test connection"_s}));
    QCOMPARE(model.actionsRow(), 1);
}

void TestPalette::keyboardRunsAnything()
{
    m_theme.setReducedMotion(true);
    QWidget window;
    window.resize(1280, 820);
    CommandPalette palette(m_theme, window);
    QVERIFY(showActive(window));
    open(palette, m_epic);
    auto *input = find<QLineEdit>(palette, u"paletteInput"_s);
    auto *list = find<QListView>(palette, u"paletteList"_s);
    QCOMPARE(QApplication::focusWidget(), input);
    QCOMPARE(list->currentIndex().row(), 1); // under its heading
    QTest::keyClick(input, Qt::Key_Down);
    QTest::keyClick(input, Qt::Key_Down); // over the next heading
    QCOMPARE(list->currentIndex().data().toString(), u"Test connection"_s);
    QTest::keyClick(input, Qt::Key_Up);
    QTest::keyClick(input, Qt::Key_Tab);
    QCOMPARE(list->currentIndex().data().toString(), u"Test connection"_s);
    QTest::keyClick(input, Qt::Key_Return);
    QCOMPARE(m_ran, QStringList{u"test Epic"_s});
    QVERIFY(!palette.isOpen());

    m_ran.clear();
    open(palette);
    QVERIFY(input->text().isEmpty());
    QTest::keyClicks(input, u"lock"_s);
    QTest::keyClick(input, Qt::Key_Return);
    QCOMPARE(m_ran, QStringList{u"Lock the vault"_s});
}

void TestPalette::whatIsOffCannotBeRun()
{
    m_theme.setReducedMotion(true);
    m_ran.clear();
    QWidget window;
    window.resize(1280, 820);
    CommandPalette palette(m_theme, window);
    QVERIFY(showActive(window));
    open(palette, m_epic);
    auto *input = find<QLineEdit>(palette, u"paletteInput"_s);
    QTest::keyClicks(input, u"write"_s);
    QTest::keyClick(input, Qt::Key_Return);
    QVERIFY(palette.isOpen());
    QVERIFY(m_ran.isEmpty());
}

void TestPalette::escapeAndClickBesideClose()
{
    m_theme.setReducedMotion(true);
    QWidget window;
    window.resize(1280, 820);
    auto *button = new QPushButton(u"behind"_s, &window);
    CommandPalette palette(m_theme, window);
    QVERIFY(showActive(window));
    button->setFocus();
    open(palette);
    QTest::keyClick(find<QLineEdit>(palette, u"paletteInput"_s), Qt::Key_Escape);
    QVERIFY(!palette.isOpen());
    QCOMPARE(QApplication::focusWidget(), button);
    open(palette);
    QTest::mouseClick(&palette, Qt::LeftButton, {}, QPoint(20, 400));
    QVERIFY(!palette.isOpen());
}

void TestPalette::nothingFoundSaysSo()
{
    m_theme.setReducedMotion(true);
    QWidget window;
    window.resize(1280, 820);
    CommandPalette palette(m_theme, window);
    QVERIFY(showActive(window));
    open(palette);
    find<QLineEdit>(palette, u"paletteInput"_s)->setText(u"qqqq"_s);
    QCOMPARE(palette.model().found(), 0);
    QVERIFY(!find<QListView>(palette, u"paletteList"_s)->isVisible());
    QTest::keyClick(find<QLineEdit>(palette, u"paletteInput"_s), Qt::Key_Return);
    QVERIFY(palette.isOpen());
}

void TestPalette::runningMayOpenTheNextThing()
{
    m_theme.setReducedMotion(false); // with motion: the palette must be gone at once all the same
    QWidget window;
    window.resize(1280, 820);
    auto *button = new QPushButton(u"behind"_s, &window);
    CommandPalette first(m_theme, window);
    CommandPalette second(m_theme, window);
    QVERIFY(showActive(window));
    first.openWith({{u"Actions"_s, {{.text = u"next"_s, .run = [&] { open(second); }}}}}, {}, {});
    QTest::keyClick(find<QLineEdit>(first, u"paletteInput"_s), Qt::Key_Return);
    QVERIFY(second.isOpen());
    QTRY_VERIFY(second.isVisible());
    QVERIFY(!button->isEnabled()); // still behind the second
    QVERIFY(second.isAncestorOf(QApplication::focusWidget()));
}

void TestPalette::entriesAreSpoken()
{
    PaletteModel model;
    model.setContent(
        sections(), [this](const QUuid &id) { return actionsOf(id); }, m_epic);
    QCOMPARE(model.index(1).data(Qt::AccessibleTextRole).toString(), u"Epic sandbox, pipeline dev, fhir.epic.com"_s);
    model.setPattern(u"write"_s);
    QCOMPARE(model.index(1).data(Qt::AccessibleTextRole).toString(), u"Write resources, No write scope granted"_s);
}

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
