// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/overlay/SheetFixture.h"
#include "tests/ui/support/PseudoLocale.h"
#include "tests/ui/support/UiTest.h"
#include "ui/connectiontest/TimelineStep.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Disclosure.h"

#include <QScopeGuard>
#include <QTranslator>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patience = 10'000;

} // namespace

/// The overlay in English, in German, and in a language that is a third longer than English, in its states: all text can be read.
class TestOverlayLooks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsClipped_data();
    void nothingIsClipped();

private:
    PseudoLocale m_language;
    QTranslator m_german;
    QTranslator m_english; ///< its plural forms
};

void TestOverlayLooks::initTestCase()
{
    QVERIFY2(m_german.load(u"credenza_de"_s, QStringLiteral(CREDENZA_CATALOGUES)), CREDENZA_CATALOGUES);
    QVERIFY(m_english.load(u"credenza_en"_s, QStringLiteral(CREDENZA_CATALOGUES)));
}

void TestOverlayLooks::nothingIsClipped_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("percent");
    QTest::addColumn<QSize>("size");
    for (const QString &state : {u"empty"_s, u"advanced"_s, u"wrong"_s, u"passed"_s, u"failed"_s}) {
        for (const QString &language : {u"pseudo"_s, u"de"_s, u"en"_s}) {
            const auto row = [&](int percent, QSize size) {
                QTest::addRow("%s, %s, %d %%, %d px", qPrintable(language), qPrintable(state), percent, size.width())
                    << language << state << percent << size;
            };
            row(100, {1024, 680});
            row(100, {1280, 820});
            row(200, {1280, 820});
            row(200, {1920, 1080});
        }
    }
}

void TestOverlayLooks::nothingIsClipped()
{
    QFETCH(const QString, language);
    QFETCH(const QString, state);
    QFETCH(const int, percent);
    QFETCH(const QSize, size);
    QTranslator *wanted = language == u"de" ? &m_german : language == u"en" ? &m_english : &m_language;
    QVERIFY(QCoreApplication::installTranslator(wanted));
    const auto takeBack = qScopeGuard([wanted] { QCoreApplication::removeTranslator(wanted); });

    SheetFixture fixture(size, percent / 100.0);
    QVERIFY(fixture.start());
    fixture.sheet.openNew(u"epic-ehr"_s);
    if (state == u"advanced") {
        for (Disclosure *disclosure : fixture.sheet.findChildren<Disclosure *>())
            disclosure->setOpen(true);
    } else if (state == u"wrong") {
        fixture.paste(u"fhirBaseUrlEdit"_s, u"http://fhir.example.org/api/FHIR/R4"_s);
        fixture.paste(u"clientIdEdit"_s, u"0c5b8d9e"_s);
        fixture.pasteKey(sampleCertificatePem());
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.lineOf(u"privateKey"_s).isEmpty(), patience);
    } else if (state != u"empty") {
        QVERIFY(fixture.fillValid(u"Alder"_s));
        fixture.vault.server->mode = state == u"passed" ? FakeServer::Mode::Grants : FakeServer::Mode::RefusesClient;
        auto *test = find<Button>(fixture.sheet, u"testConnection"_s);
        QTRY_VERIFY_WITH_TIMEOUT(test->isEnabled(), patience);
        test->click();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.vault.server->tokenRequests > 0 && test->isEnabled(), patience);
        if (state == u"passed") { // the failed one opens by itself
            for (TimelineStep *step : fixture.sheet.findChildren<TimelineStep *>())
                step->setOpen(true);
        }
    }
    QStringList clipped;
    // Layouts follow one after the other.
    if (!QTest::qWaitFor([&] { return (clipped = clippedTexts(fixture.window)).isEmpty(); }, 1'000))
        QFAIL(qPrintable(u"clipped: "_s + clipped.join(u" | "_s)));
}

QTEST_MAIN(TestOverlayLooks)
#include "tst_overlaylooks.moc"
