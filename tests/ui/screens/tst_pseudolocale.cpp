// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/screens/ScreenCatalogue.h"
#include "tests/ui/support/PseudoLocale.h"
#include "tests/ui/support/UiTest.h"

#include <QRegularExpression>
#include <QScopeGuard>
#include <QTranslator>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

/// Screens of which much is sample text of the tests.
const QStringList madeOfSamples{u"confirm"_s, u"12-command-palette"_s, u"02-new-passphrase"_s};

const QStringList sampleTexts{u"Epic sandbox, pipeline dev"_s, u"Deleted Riverbend, bulk export"_s,
                              u"Locked at 12:47. Keys are out of memory and the clipboard is cleared."_s};

/// What stands on the labels and buttons that can be seen.
QStringList textsOf(const QWidget &window)
{
    QStringList texts;
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty())
            continue;
        texts << shownText(*widget);
    }
    return texts;
}

} // namespace

/// Every screen of the shell in German, and in a language that is a third longer than English.
class TestPseudoLocale final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsClippedOrUntranslated_data();
    void nothingIsClippedOrUntranslated();

private:
    PseudoLocale m_language;
    QTranslator m_german;
    std::vector<Screen> m_screens;
};

void TestPseudoLocale::initTestCase()
{
    m_screens = screens();
    std::erase_if(m_screens, [](const Screen &screen) {
        return screen.name == u"gallery" || screen.name == u"04-sheet"; // of the tests
    });
    QVERIFY2(m_german.load(u"credenza_de"_s, QStringLiteral(CREDENZA_CATALOGUES)), CREDENZA_CATALOGUES);
}

void TestPseudoLocale::nothingIsClippedOrUntranslated_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("screen");
    QTest::addColumn<int>("percent");
    QTest::addColumn<QSize>("size");
    for (int number = 0; const Screen &screen : m_screens) {
        const auto row = [&](const QString &language, int percent, QSize size) {
            QTest::addRow("%s, %s, %d %%, %d px", qPrintable(language), qPrintable(screen.name), percent, size.width())
                << language << number << percent << size;
        };
        row(u"pseudo"_s, 100, {1024, 680});
        row(u"pseudo"_s, 200, {1280, 820});
        row(u"pseudo"_s, 200, {1920, 1080});
        row(u"de"_s, 100, {1024, 680});
        row(u"de"_s, 200, {1280, 820});
        row(u"de"_s, 200, {1920, 1080});
        ++number;
    }
}

void TestPseudoLocale::nothingIsClippedOrUntranslated()
{
    QFETCH(QString, language);
    QFETCH(int, screen);
    QFETCH(int, percent);
    QFETCH(QSize, size);
    QTranslator *wanted = language == u"de" ? &m_german : &m_language;
    QVERIFY(QCoreApplication::installTranslator(wanted));
    const auto takeBack = qScopeGuard([wanted] { QCoreApplication::removeTranslator(wanted); });
    Theme theme(ThemeMode::Light, percent / 100.0);
    theme.setReducedMotion(true);
    theme.apply(*qApp);
    const Screen &shown = m_screens.at(static_cast<std::size_t>(screen));
    const std::unique_ptr<QWidget> window = shown.make(theme);
    window->show();
    if (shown.whenShown)
        shown.whenShown(theme, *window);
    window->resize(size);
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    QCOMPARE(window->size(), size);

    if (language == u"pseudo" && !madeOfSamples.contains(shown.name)) {
        QStringList untranslated;
        for (const QString &text : textsOf(*window)) {
            const bool isData = !text.contains(QRegularExpression(u"[A-Za-z]{3} [a-z]{2}"_s));
            if (!text.contains(u'⟦') && !isData && !sampleTexts.contains(text))
                untranslated << text;
        }
        QVERIFY2(untranslated.isEmpty(), qPrintable(u"not translated: "_s + untranslated.join(u" | "_s)));
    }
    QStringList clipped;
    // Layouts follow one after the other.
    if (!QTest::qWaitFor([&] { return (clipped = clippedTexts(*window)).isEmpty(); }, 1'000))
        QFAIL(qPrintable(u"clipped: "_s + clipped.join(u" | "_s)));
}

QTEST_MAIN(TestPseudoLocale)
#include "tst_pseudolocale.moc"
