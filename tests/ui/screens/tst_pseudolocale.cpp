// SPDX-License-Identifier: Apache-2.0
#include "core/vault/KeySlot.h"
#include "tests/support/FixedClock.h"
#include "tests/ui/screens/SampleScreens.h"
#include "tests/ui/screens/SampleTiles.h"
#include "tests/ui/support/PseudoLocale.h"
#include "tests/ui/support/UiTest.h"
#include "ui/activity/ActivityPage.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/backups/BackupsCard.h"
#include "ui/guide/GuidePanel.h"
#include "ui/keypairs/KeysPage.h"
#include "ui/keyslots/KeySlotsCard.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/StatusBar.h"
#include "ui/unlock/UnlockPage.h"
#include "ui/unlock/WelcomePage.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QScopeGuard>
#include <QTextDocument>
#include <QTranslator>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

QString plain(const QString &text)
{
    if (!Qt::mightBeRichText(text))
        return text;
    QTextDocument document;
    document.setHtml(text);
    return document.toPlainText();
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
    FixedClock m_clock{sampleTime()};
};

void TestPseudoLocale::initTestCase()
{
    QVERIFY2(m_german.load(u"credenza_de"_s, QStringLiteral(CREDENZA_CATALOGUES)), CREDENZA_CATALOGUES);
}

void TestPseudoLocale::nothingIsClippedOrUntranslated_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("screen");
    QTest::addColumn<int>("percent");
    QTest::addColumn<QSize>("size");
    for (const QString &screen : {u"authenticate"_s, u"table"_s, u"empty"_s, u"keys"_s, u"activity"_s, u"security"_s,
                                  u"vault"_s, u"network"_s, u"appearance"_s, u"keyboard"_s, u"about"_s}) {
        const auto row = [&](const QString &language, int percent, QSize size) {
            QTest::addRow("%s, %s, %d %%, %d px", qPrintable(language), qPrintable(screen), percent, size.width())
                << language << screen << percent << size;
        };
        row(u"pseudo"_s, 100, {1024, 680});
        row(u"pseudo"_s, 100, {1280, 820});
        row(u"pseudo"_s, 200, {1920, 1080});
        row(u"de"_s, 100, {1024, 680});
        row(u"de"_s, 200, {1920, 1080});
    }
}

void TestPseudoLocale::nothingIsClippedOrUntranslated()
{
    QFETCH(QString, language);
    QFETCH(QString, screen);
    QFETCH(int, percent);
    QFETCH(QSize, size);
    QTranslator *wanted = language == u"de" ? &m_german : &m_language;
    QVERIFY(QCoreApplication::installTranslator(wanted));
    const auto takeBack = qScopeGuard([wanted] { QCoreApplication::removeTranslator(wanted); });
    Theme theme(ThemeMode::Light, percent / 100.0);
    theme.setReducedMotion(true);
    theme.apply(*qApp);
    MainWindow window(theme);
    auto *page = new AuthenticatePage(theme, m_clock);
    if (screen != u"empty")
        page->setTiles(sampleTiles());
    page->setView(screen == u"table" ? CredentialsView::Table : CredentialsView::Tiles);
    window.setPage(RailEntry::Authenticate, page);
    auto *keys = new KeysPage(theme);
    keys->setPairs(sampleKeyPairs(), toDateTime(sampleTime()));
    window.setPage(RailEntry::Keys, keys);
    window.addTopBarWidget(RailEntry::Keys, keys->makeJwkSetButton());
    auto *activity = new ActivityPage(theme);
    activity->setEntries(sampleActivity(), toDateTime(sampleTime()));
    activity->setVerified({});
    window.setPage(RailEntry::Activity, activity);
    window.addTopBarWidget(RailEntry::Activity, activity->makeExportButton());
    auto *settings = new SettingsPage(theme, Preferences{});
    auto *ways = new KeySlotsCard(theme);
    ways->setSlots({{QUuid::createUuid(), passphraseSlotKind(), KdfParameters{512, 3}},
                    {QUuid::createUuid(), recoverySlotKind(), {}}});
    settings->addCard(SettingsSection::Vault, ways);
    auto *backups = new BackupsCard(theme);
    backups->setBackups(sampleBackups());
    settings->addCard(SettingsSection::Vault, backups);
    window.setPage(RailEntry::Settings, settings);
    window.showShell();
    const QStringList sections{u"security"_s, u"vault"_s, u"network"_s, u"appearance"_s, u"keyboard"_s, u"about"_s};
    if (sections.contains(screen)) {
        settings->showSection(static_cast<SettingsSection>(sections.indexOf(screen)));
        window.showPage(RailEntry::Settings);
    } else {
        window.showPage(screen == u"keys"       ? RailEntry::Keys
                        : screen == u"activity" ? RailEntry::Activity
                                                : RailEntry::Authenticate);
    }
    window.resize(size);
    QVERIFY(showActive(window));

    QStringList clipped;
    QStringList untranslated;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty())
            continue;
        QString text;
        bool mayWrap = false;
        if (auto *label = qobject_cast<QLabel *>(widget)) {
            text = plain(label->text());
            mayWrap = label->wordWrap();
        } else if (auto *button = qobject_cast<QAbstractButton *>(widget)) {
            text = button->text();
        }
        if (text.isEmpty())
            continue;
        const bool isData = !text.contains(u'⟦') && !text.contains(QRegularExpression(u"[A-Za-z]{3} [a-z]{2}"_s));
        if (language == u"pseudo" && !text.contains(u'⟦') && !isData)
            untranslated << text;
        const int room = widget->width();
        const int needed = widget->sizeHint().width();
        if (!mayWrap && needed > room + 1)
            clipped << u"%1 (%2 of %3 px)"_s.arg(text).arg(room).arg(needed);
    }
    QVERIFY2(untranslated.isEmpty(), qPrintable(u"not translated: "_s + untranslated.join(u" | "_s)));
    QVERIFY2(clipped.isEmpty(), qPrintable(u"clipped: "_s + clipped.join(u" | "_s)));
}

QTEST_MAIN(TestPseudoLocale)
#include "tst_pseudolocale.moc"
