// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ResultMacros.h"
#include "tests/ui/session/SessionFixture.h"
#include "tests/ui/support/PseudoLocale.h"
#include "tests/ui/support/UiTest.h"
#include "ui/handover/ExportDialog.h"
#include "ui/handover/IdentitiesCard.h"
#include "ui/handover/ImportDialog.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/SegmentedControl.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// The dialogs of handing over, light and dark, with text of twice the size, and in a language that is a third longer:
/// nothing is cut off. With CREDENZA_SCREENS=FOLDER each is kept as a picture, to be looked at beside the design.
class TestHandoverLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingIsClipped_data();
    void nothingIsClipped();

private:
    [[nodiscard]] QStringList clipped() const;
    void show(const QString &screen);
    void showExport(const QString &screen);
    void showImport(const QString &screen);
    void chooseFormat(const QString &format);

    SessionFixture m_fixture;
    PseudoLocale m_language;
    QString m_bundle;
    QString m_foreignBundle;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QWidget> m_window;
    ExportDialog *m_export = nullptr;
    ImportDialog *m_import = nullptr;
};

void TestHandoverLooks::initTestCase()
{
    QVERIFY(m_fixture.create());
    int number = 0;
    for (const QString &name : {u"Northlake Health"_s, u"Cedar Point, immunizations"_s, u"Riverbend, bulk export"_s,
                                u"Harbor Clinic, quality measures"_s, u"Epic sandbox, pipeline dev"_s}) {
        CredentialDraft draft = sampleDraft(name);
        if (++number < 5)
            draft.fhirBaseUrl = u"https://epic%1.example.org/interconnect-fhir-oauth/api/FHIR/R4"_s.arg(number);
        QVERIFY_RESULT(m_fixture.save(draft));
    }
    // One bundle that the vault opens by itself and finds changes in, one that it does not open.
    std::optional<Result<bool>> made;
    m_bundle = m_fixture.folder.filePath(u"from-northlake.credenza.age"_s);
    m_foreignBundle = m_fixture.folder.filePath(u"from-elsewhere.credenza.age"_s);
    const auto work = [this](Vault &vault) -> Result<bool> {
        const KeptIdentity own = TRY(makeIdentity(vault, u"ward laptop"_s, m_fixture.clock, m_fixture.random));
        TRY(makeIdentity(vault, {}, m_fixture.clock, m_fixture.random));
        ExportRequest request;
        request.format = bundleFormatId();
        for (const Credential &credential : vault.credentials())
            request.credentials.append(credential.id);
        const auto writeFor = [&](const AgeRecipient &recipient, const QString &path) -> Result<void> {
            request.target.recipients = {recipient};
            const ExportedFiles files = TRY(exportCredentials(vault, request, m_fixture.clock, m_fixture.random));
            TRY(writeExport(files, path, u".credenza.age"_s));
            return {};
        };
        const AgeRecipient ours = TRY(AgeRecipient::fromText(own.recipient));
        TRY(writeFor(ours, m_bundle));
        TRY(writeFor(AgeIdentity::generate(m_fixture.random).recipient(), m_foreignBundle));
        Credential changed = vault.credentials().first();
        changed.clientId = u"b54aba08-e0ae-4ae2-9a32-b5f9a4b5a9d9"_s;
        TRY(vault.update(changed));
        TRY(vault.remove(vault.credentials().last().id));
        return true;
    };
    m_fixture.session.withVault<bool>(this, work, [&made](Result<bool> answer) { made = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(made.has_value(), 20'000);
    QVERIFY_RESULT(*made);
}

void TestHandoverLooks::nothingIsClipped_data()
{
    QTest::addColumn<QString>("screen");
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<int>("percent");
    QTest::addColumn<bool>("isPseudo");
    QTest::addColumn<QSize>("size");
    for (const QString &screen :
         {u"export-bundle"_s, u"export-recipients"_s, u"export-kubernetes"_s, u"export-nexla"_s, u"export-jwks"_s,
          u"export-choose"_s, u"export-done"_s, u"import-identity"_s, u"import-plan"_s, u"identities"_s}) {
        const auto row = [&](const char *name, bool isDark, int percent, bool isPseudo, QSize size) {
            QTest::addRow("%s, %s", qPrintable(screen), name) << screen << isDark << percent << isPseudo << size;
        };
        row("light", false, 100, false, {1280, 820});
        row("dark", true, 100, false, {1280, 820});
        row("small", false, 100, false, {1024, 680});
        row("pseudo", false, 100, true, {1280, 820});
        row("twice", false, 200, false, {1920, 1080});
        row("twice, pseudo", true, 200, true, {1920, 1080});
    }
}

void TestHandoverLooks::chooseFormat(const QString &format)
{
    find<QRadioButton>(*m_export, u"format-"_s + format)->click();
}

void TestHandoverLooks::showExport(const QString &screen)
{
    QList<QUuid> ids;
    for (const Credential &credential : m_fixture.session.credentials())
        ids.append(credential.id);
    m_export->openFor(screen == u"export-choose" ? ids : ids.first(2));
    if (screen == u"export-recipients") {
        find<SegmentedControl>(*m_export, u"bundleKind"_s)->setCurrentIndex(1);
        auto *own = find<Button>(*m_export, u"bundleAddOwn"_s);
        QTRY_VERIFY(own->isVisible());
        find<QPlainTextEdit>(*m_export, u"bundleRecipients"_s)->setPlainText(u"age1nonsense"_s);
    } else if (screen == u"export-bundle") {
        find<QLineEdit>(*m_export, u"bundlePassphrase"_s)->setText(u"plum ridge orbit candle 41"_s);
    } else if (screen == u"export-choose") {
        find<Button>(*m_export, u"exportChoose"_s)->click();
    } else if (screen == u"export-done") {
        chooseFormat(u"nexla"_s);
        find<QCheckBox>(*m_export, u"exportConsent"_s)->click();
        QSignalSpy exported(m_export, &ExportDialog::exported);
        m_export->saveTo(m_fixture.folder.filePath(u"northlake.json"_s));
        QVERIFY(exported.wait(20'000));
    } else {
        chooseFormat(screen.sliced(7));
        find<QCheckBox>(*m_export, u"exportConsent"_s)->click();
    }
}

void TestHandoverLooks::showImport(const QString &screen)
{
    m_import->openPath(screen == u"import-plan" ? m_bundle : m_foreignBundle);
    if (screen == u"import-plan") {
        auto *table = find<DataTable>(*m_import, u"importTable"_s);
        QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() == 5, 20'000);
    } else {
        QTRY_VERIFY_WITH_TIMEOUT(find<QLineEdit>(*m_import, u"importSecret"_s)->isVisible(), 20'000);
    }
}

void TestHandoverLooks::show(const QString &screen)
{
    if (screen == u"identities") {
        auto *layout = new QVBoxLayout(m_window.get());
        auto *card = new IdentitiesCard(*m_theme, *m_window, m_fixture.session);
        layout->addWidget(card);
        layout->addStretch(1);
        QTRY_COMPARE(card->findChildren<QWidget *>(u"identityRecipient"_s).size(), 2);
        return;
    }
    m_export = new ExportDialog(*m_theme, *m_window, m_fixture.session);
    m_import = new ImportDialog(*m_theme, *m_window, m_fixture.session);
    if (screen.startsWith(u"export"))
        showExport(screen);
    else
        showImport(screen);
}

QStringList TestHandoverLooks::clipped() const
{
    QStringList found;
    for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty())
            continue;
        QString text;
        const auto *label = qobject_cast<const QLabel *>(widget);
        if (label && label->wordWrap() && label->heightForWidth(label->width()) > label->height() + 1)
            found << u"%1 (lines)"_s.arg(label->text());
        if (const auto *code = qobject_cast<const CodeBlock *>(widget);
            code && code->height() < code->sizeHint().height())
            found << u"%1 (lines)"_s.arg(code->accessibleName());
        if (label && !label->wordWrap())
            text = label->text();
        else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            text = button->text();
        const int needed = widget->sizeHint().width();
        if (!text.isEmpty() && needed > widget->width() + 1)
            found << u"%1 (%2 of %3 px)"_s.arg(text).arg(widget->width()).arg(needed);
        // Nothing may stick out of the window either.
        const QRect place(widget->mapTo(m_window.get(), QPoint()), widget->size());
        if (!text.isEmpty() && (place.right() > m_window->width() || place.left() < 0))
            found << u"%1 (outside)"_s.arg(text);
    }
    return found;
}

void TestHandoverLooks::nothingIsClipped()
{
    QFETCH(QString, screen);
    QFETCH(bool, isDark);
    QFETCH(int, percent);
    QFETCH(bool, isPseudo);
    QFETCH(QSize, size);
    const auto tidy = qScopeGuard([this] {
        m_window.reset();
        m_theme.reset();
        QCoreApplication::removeTranslator(&m_language);
    });
    if (isPseudo)
        QVERIFY(QCoreApplication::installTranslator(&m_language));
    m_theme = std::make_unique<Theme>(isDark ? ThemeMode::Dark : ThemeMode::Light, percent / 100.0);
    m_theme->setReducedMotion(true);
    m_theme->apply(*qApp);
    m_window = std::make_unique<QWidget>();
    m_window->resize(size);
    QVERIFY(showActive(*m_window));
    show(screen);
    if (QTest::currentTestFailed())
        return;
    // What was shown or resized has to be laid out first, some of it in several steps.
    if (!QTest::qWaitFor([this] { return clipped().isEmpty(); }, 2'000))
        qInfo("does not settle");
    const QString folder = qEnvironmentVariable("CREDENZA_SCREENS");
    if (!folder.isEmpty())
        m_window->grab().save(
            QDir(folder).filePath(QString::fromLatin1(QTest::currentDataTag()).replace(u", "_s, u"-"_s) + u".png"_s));
    const QStringList found = clipped();
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u" | "_s)));
}

} // namespace credenza::test

QTEST_MAIN(credenza::test::TestHandoverLooks)
#include "tst_handoverlooks.moc"
