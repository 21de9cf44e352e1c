// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/overlay/SheetFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/overlay/HelpText.h"
#include "ui/overlay/OverlayPresenter.h"
#include "ui/widgets/LocalizedText.h"

#include <QScopeGuard>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

class TestHelpTexts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldHasHelp_data();
    void everyFieldHasHelp();
    void inlineMarkupEscapes_data();
    void inlineMarkupEscapes();
};

void TestHelpTexts::everyFieldHasHelp_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("language");
    for (int field = 0; field <= int(Field::ExtraHeaders); field++) {
        for (const QString &language : {u"en"_s, u"de"_s})
            QTest::addRow("%s, %s", qPrintable(nameOf(static_cast<Field>(field))), qPrintable(language))
                << field << language;
    }
}

void TestHelpTexts::everyFieldHasHelp()
{
    QFETCH(int, field);
    QFETCH(QString, language);
    QLocale::setDefault(QLocale(language));
    const auto takeBack = qScopeGuard([] { QLocale::setDefault(QLocale::c()); });
    const SheetFixture fixture; // its sheet brings the texts in
    const HelpText help = helpTextOf(static_cast<Field>(field));
    QVERIFY(help.whatItIs.size() > 20);
    QVERIFY(help.whereToFind.size() > 20);
    QVERIFY(!help.example.isEmpty());
    QVERIFY(!help.mistakes.isEmpty());
    for (const QString &mistake : help.mistakes)
        QVERIFY2(!mistake.startsWith(u'-'), qPrintable(mistake));
    const bool isEnglish = localizedText(u":/help"_s, u"name.md"_s) == u":/help/name.md";
    QCOMPARE(isEnglish, language == u"en");
    QLocale::setDefault(QLocale::c());
    QCOMPARE(helpTextOf(static_cast<Field>(field)).whatItIs == help.whatItIs, isEnglish);
}

void TestHelpTexts::inlineMarkupEscapes_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("html");
    QTest::newRow("plain") << u"Copy it."_s << u"Copy it."_s;
    QTest::newRow("code") << u"its `kid`"_s << u"its <code>kid</code>"_s;
    QTest::newRow("strong") << u"**RS384** and"_s << u"<b>RS384</b> and"_s;
    QTest::newRow("markup is text") << u"<img src=x>"_s << u"&lt;img src=x&gt;"_s;
    QTest::newRow("markup in code") << u"`<b>`"_s << u"<code>&lt;b&gt;</code>"_s;
}

void TestHelpTexts::inlineMarkupEscapes()
{
    QFETCH(QString, markdown);
    QFETCH(QString, html);
    QCOMPARE(inlineMarkup(markdown), html);
}

QTEST_MAIN(TestHelpTexts)
#include "tst_helptexts.moc"
