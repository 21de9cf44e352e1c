// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ResultMacros.h"
#include "tests/ui/overlay/SheetFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/overlay/KeyDropZone.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/SegmentedControl.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProcess>
#include <QSignalSpy>
#include <QTextEdit>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patience = 10'000;
constexpr qint64 frameMs = 100; // one frame, with room for a busy machine

} // namespace

class TestKeyField final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pastedKeyBecomesACard();
    void pastedCertificateIsExplained();
    void pastedTextStaysInNoWidget();
    void bigPasteDoesNotBlock();
    void encryptedKeyAsksForItsPassphrase();
    void droppedFileIsTaken();
    void missingFileIsSaid();
    void replaceCanBeTakenBack();
    void generationMakesAKey();
    void generationIsCancelledAtOnce();
    void copiesArePublic_data();
    void copiesArePublic();
    void lockingDropsTheKey();

private:
    [[nodiscard]] bool waitForCard() { return waitFor(u"keyCard"_s); }
    [[nodiscard]] bool waitFor(const QString &name)
    {
        return QTest::qWaitFor(
            [this, name] {
                const auto *page = m_fixture->sheet.findChild<QWidget *>(name);
                return page && page->isVisible();
            },
            patience);
    }
    void click(const QString &name) { QTest::mouseClick(find<QWidget>(m_fixture->sheet, name), Qt::LeftButton); }

    std::unique_ptr<SheetFixture> m_fixture;
};

void TestKeyField::init()
{
    m_fixture.reset();
    m_fixture = std::make_unique<SheetFixture>();
    QVERIFY(m_fixture->start());
    m_fixture->sheet.openNew(u"epic-ehr"_s);
}

void TestKeyField::pastedKeyBecomesACard()
{
    m_fixture->pasteKey(sampleKeyPem().charView().toByteArray());
    QVERIFY(waitForCard());
    const KeyInspection key = inspectKey(sampleKeyPem());
    const QString thumbprint = find<ElidingLabel>(m_fixture->sheet, u"keyThumbprint"_s)->text();
    QVERIFY2(thumbprint.contains(key.thumbprint.left(16)), qPrintable(thumbprint));
    QCOMPARE(find<ElidingLabel>(m_fixture->sheet, u"keyOrigin"_s)->text(), u"pasted, used nowhere else"_s);
    QCOMPARE(m_fixture->lineOf(u"privateKey"_s), u"Key and PEM are intact; a trial signature verifies."_s);
}

void TestKeyField::pastedCertificateIsExplained()
{
    m_fixture->pasteKey(sampleCertificatePem());
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->lineOf(u"privateKey"_s).contains(u"certificate"), patience);
    QVERIFY(waitFor(u"keyDropZone"_s)); // ready for the next try
    QVERIFY(!find<Button>(m_fixture->sheet, u"saveCredential"_s)->isEnabled());
    // The right one then clears it.
    m_fixture->pasteKey(sampleKeyPem().charView().toByteArray());
    QVERIFY(waitForCard());
    QVERIFY(!m_fixture->lineOf(u"privateKey"_s).contains(u"certificate"));
}

void TestKeyField::pastedTextStaysInNoWidget()
{
    const QByteArray pem = sampleKeyPem().charView().toByteArray();
    const QString secret = QString::fromLatin1(pem.split('\n').at(3));
    m_fixture->pasteKey(pem);
    QVERIFY(waitForCard());
    for (const QWidget *widget : m_fixture->window.findChildren<QWidget *>()) {
        QString text = widget->toolTip() + widget->accessibleName() + widget->accessibleDescription();
        if (const auto *line = qobject_cast<const QLineEdit *>(widget))
            text += line->text();
        if (const auto *area = qobject_cast<const QPlainTextEdit *>(widget))
            text += area->toPlainText();
        if (const auto *rich = qobject_cast<const QTextEdit *>(widget))
            text += rich->toPlainText();
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            text += label->text();
        QVERIFY2(!text.contains(secret), widget->metaObject()->className());
        QVERIFY2(!text.contains(u"BEGIN PRIVATE KEY-----\n"_s + secret), widget->metaObject()->className());
    }
}

void TestKeyField::bigPasteDoesNotBlock()
{
    QByteArray big = "-----BEGIN PRIVATE KEY-----\n";
    big += QByteArray(4 * 1024 * 1024, 'A');
    big += "\n-----END PRIVATE KEY-----\n";
    auto *zone = find<QWidget>(m_fixture->sheet, u"keyDropZone"_s);
    QApplication::clipboard()->setText(QString::fromLatin1(big));
    zone->setFocus();
    QElapsedTimer timer;
    timer.start();
    QTest::keyClick(zone, Qt::Key_V, Qt::ControlModifier);
    QVERIFY2(timer.elapsed() < frameMs, qPrintable(QString::number(timer.elapsed())));
    QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->lineOf(u"privateKey"_s).startsWith(u"Kept only"), patience);
    QApplication::clipboard()->clear();
}

void TestKeyField::encryptedKeyAsksForItsPassphrase()
{
    QProcess openssl;
    openssl.start(u"openssl"_s, {u"pkcs8"_s, u"-topk8"_s, u"-v2"_s, u"aes-256-cbc"_s, u"-passout"_s, u"pass:otter"_s});
    if (!openssl.waitForStarted())
        QSKIP("the openssl program is not installed");
    openssl.write(sampleKeyPem().charView().toByteArray());
    openssl.closeWriteChannel();
    QVERIFY(openssl.waitForFinished(patience));
    m_fixture->pasteKey(openssl.readAllStandardOutput());
    QVERIFY(waitFor(u"keyPassphrasePage"_s));
    // The question alone is no error.
    QVERIFY(!m_fixture->lineOf(u"privateKey"_s).contains(u"passphrase does not"));
    auto *edit = find<QLineEdit>(m_fixture->sheet, u"keyPassphrase"_s);
    QCOMPARE(edit->echoMode(), QLineEdit::Password);
    QCOMPARE(QApplication::focusWidget(), edit);
    QTest::keyClicks(edit, u"wrong"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->lineOf(u"privateKey"_s).contains(u"passphrase does not open"), patience);
    QVERIFY(waitFor(u"keyPassphrasePage"_s));
    edit = nullptr;
    for (QLineEdit *candidate : m_fixture->sheet.findChildren<QLineEdit *>(u"keyPassphrase"_s))
        edit = candidate->isVisible() ? candidate : edit;
    QVERIFY(edit != nullptr);
    QTest::keyClicks(edit, u"otter"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(waitForCard());
}

void TestKeyField::droppedFileIsTaken()
{
    const QString path = m_fixture->vault.folder.filePath(u"alder-prod.pem"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(sampleKeyPem().charView().toByteArray());
    file.close();
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(path)});
    Q_EMIT find<KeyDropZone>(m_fixture->sheet, u"keyDropZone"_s)->given(&mime);
    QVERIFY(waitForCard());
    QVERIFY(find<ElidingLabel>(m_fixture->sheet, u"keyOrigin"_s)->text().startsWith(u"from alder-prod.pem"));
}

void TestKeyField::missingFileIsSaid()
{
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(m_fixture->vault.folder.filePath(u"gone.pem"_s))});
    Q_EMIT find<KeyDropZone>(m_fixture->sheet, u"keyDropZone"_s)->given(&mime);
    QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->lineOf(u"privateKey"_s).startsWith(u"Kept only"), patience);
    QVERIFY(waitFor(u"keyDropZone"_s));
}

void TestKeyField::replaceCanBeTakenBack()
{
    m_fixture->pasteKey(sampleKeyPem().charView().toByteArray());
    QVERIFY(waitForCard());
    const QString before = find<ElidingLabel>(m_fixture->sheet, u"keyThumbprint"_s)->text();
    click(u"replaceKey"_s);
    QVERIFY(waitFor(u"keyDropZone"_s));
    m_fixture->pasteKey("no key at all");
    QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->lineOf(u"privateKey"_s).startsWith(u"Key and PEM"), patience);
    QVERIFY(waitFor(u"keepKey"_s));
    Button *keep = nullptr;
    for (Button *candidate : m_fixture->sheet.findChildren<Button *>(u"keepKey"_s))
        keep = candidate->isVisible() ? candidate : keep;
    QTest::mouseClick(keep, Qt::LeftButton);
    QVERIFY(waitForCard());
    QCOMPARE(find<ElidingLabel>(m_fixture->sheet, u"keyThumbprint"_s)->text(), before);
    QVERIFY(m_fixture->lineOf(u"privateKey"_s).startsWith(u"Key and PEM"));
}

void TestKeyField::generationMakesAKey()
{
    click(u"generateKey"_s);
    auto *choice = find<ComboBox>(m_fixture->sheet, u"keyChoice"_s);
    QCOMPARE(choice->count(), 5);
    choice->setCurrentIndex(3); // EC P-384: quick
    click(u"startGeneration"_s);
    QVERIFY(waitForCard());
    QVERIFY(find<ElidingLabel>(m_fixture->sheet, u"keyOrigin"_s)->text().startsWith(u"generated here"));
}

void TestKeyField::generationIsCancelledAtOnce()
{
    click(u"generateKey"_s);
    find<ComboBox>(m_fixture->sheet, u"keyChoice"_s)->setCurrentIndex(2); // RSA 4096
    QElapsedTimer timer;
    timer.start();
    click(u"startGeneration"_s);
    QVERIFY2(timer.elapsed() < frameMs, qPrintable(QString::number(timer.elapsed())));
    auto *cancel = m_fixture->sheet.findChild<QWidget *>(u"cancelKey"_s);
    QVERIFY(cancel);
    timer.restart();
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY2(timer.elapsed() < frameMs, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(waitFor(u"keyDropZone"_s));
}

void TestKeyField::copiesArePublic_data()
{
    QTest::addColumn<int>("form");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("PEM") << 0 << QByteArray("-----BEGIN PUBLIC KEY-----");
    QTest::newRow("X.509") << 1 << QByteArray("-----BEGIN CERTIFICATE-----");
    QTest::newRow("JWK") << 2 << QByteArray("{");
    QTest::newRow("JWK Set") << 3 << QByteArray("{");
}

void TestKeyField::copiesArePublic()
{
    QFETCH(int, form);
    QFETCH(QByteArray, begin);
    m_fixture->pasteKey(sampleKeyPem().charView().toByteArray());
    QVERIFY(waitForCard());
    find<SegmentedControl>(m_fixture->sheet, u"publicKeyForm"_s)->setCurrentIndex(form);
    QSignalSpy copied(&m_fixture->sheet, &CredentialSheet::copied);
    click(u"copyPublicKey"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!copied.isEmpty(), patience);
    const QByteArray clipboard = QApplication::clipboard()->text().toUtf8();
    QVERIFY2(clipboard.startsWith(begin), clipboard.left(40).constData());
    QVERIFY(!clipboard.contains("PRIVATE"));
    if (form >= 2) {
        const QJsonObject copiedJson = QJsonDocument::fromJson(clipboard).object();
        const QJsonObject jwk = form == 2 ? copiedJson : copiedJson["keys"_L1].toArray().at(0).toObject();
        QVERIFY(jwk.contains("n"_L1));
        for (const char *secret : {"d", "p", "q", "dp", "dq", "qi"})
            QVERIFY(!jwk.contains(QLatin1String(secret)));
    } else {
        QCOMPARE(PublicKey::fromPem(clipboard)->thumbprint(), inspectKey(sampleKeyPem()).thumbprint);
    }
    if (form == 1) {
        // The same certificate again: its fingerprint is what the portal shows.
        click(u"copyPublicKey"_s);
        QCOMPARE(QApplication::clipboard()->text().toUtf8(), clipboard);
        QVERIFY(find<ElidingLabel>(m_fixture->sheet, u"certificateFingerprint"_s)->text().startsWith(u"SHA-1 "));
        QVERIFY(find<ElidingLabel>(m_fixture->sheet, u"certificateFingerprint256"_s)->text().startsWith(u"SHA-256 "));
    }
}

void TestKeyField::lockingDropsTheKey()
{
    m_fixture->pasteKey(sampleKeyPem().charView().toByteArray());
    QVERIFY(waitForCard());
    m_fixture->vault.session.lock();
    QVERIFY(!m_fixture->sheet.isOpen());
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->sheet.findChild<QWidget *>(u"keyCard"_s) == nullptr, patience);
}

QTEST_MAIN(TestKeyField)
#include "tst_keyfield.moc"
