// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ResultMacros.h"
#include "tests/ui/overlay/SheetFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/overlay/KeptDraft.h"
#include "ui/widgets/Button.h"

#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

/// An open form when the vault is locked: what was entered is sealed, and is there again after unlocking.
class TestKeptDraft final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsKept();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void newDraftComesBackAfterLocking();
    void changesComeBackAfterLocking();
    void aDeletedCredentialsDraftBecomesANewOne();
    void whatWasSavedOrDiscardedDoesNotComeBack();
    void whatIsTypedIsKeptWhileItIsTyped();
    void anUntouchedFormIsNotKept();
    void anotherProgramsSaveIsAsked();

private:
    [[nodiscard]] static bool comesBack(SheetFixture &fixture)
    {
        return fixture.vault.unlock() && QTest::qWaitFor([&fixture] { return fixture.sheet.isOpen(); }, 10'000);
    }
    [[nodiscard]] static QStringList keptNames(SheetFixture &fixture)
    {
        std::optional<QStringList> names;
        fixture.vault.session.withVault<QStringList>(
            &fixture.vault.session, [](Vault &vault) { return vault.sealedItemNames(SealedKind::Draft); },
            [&names](const Result<QStringList> &found) { names = found.value_or(QStringList{u"?"_s}); });
        return QTest::qWaitFor([&names] { return names.has_value(); }, 10'000) ? *names : QStringList{u"?"_s};
    }
};

void TestKeptDraft::everythingIsKept()
{
    KeptDraft kept{sampleDraft(u"Alder"_s), {}, {}, {}};
    CredentialDraft &draft = kept.draft;
    draft.description = u"line one\nline two"_s;
    draft.clientId = u"half a cli"_s; // valid or not
    draft.keyId = u"alder-1"_s;
    draft.algorithm = u"RS512"_s;
    draft.tokenEndpoint = u"https://auth.example.org/token"_s;
    draft.jwkSetUrl = u"https://keys.example.org/jwks.json"_s;
    draft.tags = {u"nightly"_s, u"β"_s};
    draft.proxy = u"http://proxy.example.org:3128"_s;
    draft.extraHeaders = {{u"X-Tenant"_s, u"north: lake"_s}};
    draft.allowsPlainHttp = true;
    draft.authorityPem = sampleCertificatePem();
    draft.notes = u"ask the change board"_s;
    draft.isFavorite = true;
    draft.keyExpiry = u"2027-03-31"_s;
    draft.keyOrigin = u"file:alder.pem"_s;
    const auto read = decodeKeptDraft(encodeKeptDraft(kept));
    QVERIFY_RESULT(read);
    const CredentialDraft &again = read->draft;
    QCOMPARE(again.name, draft.name);
    QCOMPARE(again.description, draft.description);
    QCOMPARE(again.connector, draft.connector);
    QCOMPARE(again.fhirBaseUrl, draft.fhirBaseUrl);
    QCOMPARE(again.clientId, draft.clientId);
    QCOMPARE(again.keyId, draft.keyId);
    QCOMPARE(again.algorithm, draft.algorithm);
    QCOMPARE(again.tokenEndpoint, draft.tokenEndpoint);
    QCOMPARE(again.jwkSetUrl, draft.jwkSetUrl);
    QCOMPARE(again.scopes, draft.scopes);
    QCOMPARE(again.tags, draft.tags);
    QCOMPARE(again.proxy, draft.proxy);
    QCOMPARE(again.extraHeaders, draft.extraHeaders);
    QCOMPARE(again.allowsPlainHttp, draft.allowsPlainHttp);
    QCOMPARE(again.authorityPem, draft.authorityPem);
    QCOMPARE(again.notes, draft.notes);
    QCOMPARE(again.isFavorite, draft.isFavorite);
    QCOMPARE(again.keyExpiry, draft.keyExpiry);
    QCOMPARE(again.keyOrigin, draft.keyOrigin);
    QVERIFY(again.key && again.key->isUsable());
    QVERIFY(again.key->imported->pkcs8.equalsConstantTime(draft.key->imported->pkcs8));
    QVERIFY(!read->base);
    QVERIFY(!read->unreadKey);

    draft.key.reset();
    kept.unreadKey = std::make_shared<const SecretBytes>(SecretBytes::copyOf(QByteArrayView("-----BEGIN ENCRYPTED")));
    kept.unreadOrigin = u"pasted"_s;
    const auto waiting = decodeKeptDraft(encodeKeptDraft(kept));
    QVERIFY_RESULT(waiting);
    QVERIFY(!waiting->draft.key);
    QVERIFY(waiting->unreadKey && waiting->unreadKey->equalsConstantTime(*kept.unreadKey));
    QCOMPARE(waiting->unreadOrigin, u"pasted"_s);
}

void TestKeptDraft::nonsenseIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("longer than there is") << QByteArray("\xff\xff\xff\x7f{}-", 7);
    QTest::newRow("not JSON") << QByteArray("\x02\x00\x00\x00[[-", 7);
    QTest::newRow("not a key") << QByteArray("\x02\x00\x00\x00{}kabc", 10);
}

void TestKeptDraft::nonsenseIsRefused()
{
    QFETCH(QByteArray, bytes);
    const auto read = decodeKeptDraft(SecretBytes::copyOf(bytes));
    QVERIFY(!read);
    QCOMPARE(read.error().code, u"draft.unreadable"_s);
}

void TestKeptDraft::newDraftComesBackAfterLocking()
{
    SheetFixture fixture;
    QVERIFY(fixture.start());
    fixture.sheet.openNew(u"epic-ehr"_s);
    QVERIFY(fixture.fillValid(u"Alder"_s));
    find<QPlainTextEdit>(fixture.sheet, u"descriptionEdit"_s)->setPlainText(u"half a sent"_s);
    const QByteArray pem = sampleKeyPem().charView().toByteArray();

    fixture.vault.session.lock();
    QVERIFY(!fixture.sheet.isOpen());
    QVERIFY(find<QLineEdit>(fixture.sheet, u"nameEdit"_s)->text().isEmpty()); // nothing is left in the form
    QVERIFY(fixture.vault.unlock());
    // On the disk the key is sealed.
    for (const QString &suffix : {u""_s, u"-wal"_s}) {
        QFile file(fixture.vault.path() + suffix);
        if (file.open(QIODevice::ReadOnly))
            QVERIFY(!file.readAll().contains(pem.mid(100, 40)));
    }
    QTRY_VERIFY(fixture.sheet.isOpen());
    QCOMPARE(find<QLineEdit>(fixture.sheet, u"nameEdit"_s)->text(), u"Alder"_s);
    QCOMPARE(find<QLineEdit>(fixture.sheet, u"fhirBaseUrlEdit"_s)->text(), fakeBaseUrl());
    QCOMPARE(find<QPlainTextEdit>(fixture.sheet, u"descriptionEdit"_s)->toPlainText(), u"half a sent"_s);
    QVERIFY(fixture.sheet.findChild<QWidget *>(u"keyCard"_s)); // the key, too

    // A second lock over the same form loses nothing either, and it can be saved.
    fixture.vault.session.lock();
    QVERIFY(comesBack(fixture));
    QSignalSpy saved(&fixture.sheet, &CredentialSheet::saved);
    auto *save = find<Button>(fixture.sheet, u"saveCredential"_s);
    QTRY_VERIFY(save->isEnabled());
    save->click();
    QTRY_COMPARE(saved.count(), 1);
    const Credential *credential = fixture.vault.session.credential(saved.first().at(0).toUuid());
    QVERIFY(credential);
    QCOMPARE(credential->key.thumbprint, inspectKey(sampleKeyPem()).thumbprint);
    QCOMPARE(keptNames(fixture), QStringList());
}

void TestKeptDraft::changesComeBackAfterLocking()
{
    SheetFixture fixture;
    QVERIFY(fixture.start());
    const auto credential = fixture.vault.save(sampleDraft(u"Birch"_s));
    QVERIFY_RESULT(credential);
    fixture.sheet.openFor(*credential);
    fixture.type(u"nameEdit"_s, u" two"_s);
    fixture.vault.session.lock();
    QVERIFY(comesBack(fixture));
    QCOMPARE(find<QLineEdit>(fixture.sheet, u"nameEdit"_s)->text(), u"Birch two"_s);
    QVERIFY(fixture.sheet.findChild<QWidget *>(u"keyCard"_s)); // the saved key
    QSignalSpy saved(&fixture.sheet, &CredentialSheet::saved);
    find<Button>(fixture.sheet, u"saveCredential"_s)->click();
    QTRY_COMPARE(saved.count(), 1);
    QCOMPARE(saved.first().at(0).toUuid(), credential->id); // the same one
    QCOMPARE(fixture.vault.session.credential(credential->id)->name, u"Birch two"_s);
}

void TestKeptDraft::aDeletedCredentialsDraftBecomesANewOne()
{
    SheetFixture fixture;
    QVERIFY(fixture.start());
    const auto credential = fixture.vault.save(sampleDraft(u"Birch"_s));
    QVERIFY_RESULT(credential);
    fixture.sheet.openFor(*credential);
    fixture.type(u"nameEdit"_s, u" two"_s);
    fixture.vault.session.lock();
    {
        auto other =
            Vault::open(fixture.vault.path(), SecretBytes::copyOf(QByteArrayView(SessionFixture::rightPassphrase)),
                        fixture.vault.clock, fixture.vault.random);
        QVERIFY_RESULT(other);
        QVERIFY_RESULT(other->remove(credential->id));
    }
    QVERIFY(comesBack(fixture));
    QCOMPARE(find<QLineEdit>(fixture.sheet, u"nameEdit"_s)->text(), u"Birch two"_s);
    QVERIFY(!find<Button>(fixture.sheet, u"saveCredential"_s)->isEnabled()); // its key went with it
}

void TestKeptDraft::whatWasSavedOrDiscardedDoesNotComeBack()
{
    SheetFixture fixture;
    QVERIFY(fixture.start());
    fixture.sheet.openNew(u"epic-ehr"_s);
    fixture.type(u"nameEdit"_s, u"Cedar"_s);
    fixture.vault.session.lock();
    QVERIFY(comesBack(fixture));
    QCOMPARE(keptNames(fixture), QStringList{keptDraftName()});
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    auto *discard = fixture.window.findChild<Button *>(u"confirmDeed"_s);
    QVERIFY(discard);
    discard->click();
    QTRY_VERIFY(!fixture.sheet.isOpen());
    QCOMPARE(keptNames(fixture), QStringList());
    fixture.vault.session.lock();
    QVERIFY(fixture.vault.unlock());
    QCOMPARE(keptNames(fixture), QStringList()); // asked after the sheet did: it stays closed
    QVERIFY(!fixture.sheet.isOpen());
}

void TestKeptDraft::whatIsTypedIsKeptWhileItIsTyped()
{
    SheetFixture fixture;
    QVERIFY(fixture.start());
    fixture.sheet.openNew(u"epic-ehr"_s);
    fixture.type(u"nameEdit"_s, u"Dogwood"_s);
    QTRY_COMPARE(keptNames(fixture), QStringList{keptDraftName()}); // so that nothing that ends the program takes it
    QVERIFY(fixture.sheet.isOpen());

    // Taken back by hand, there is nothing to keep.
    auto *name = find<QLineEdit>(fixture.sheet, u"nameEdit"_s);
    name->setFocus();
    QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(name, Qt::Key_Delete);
    QTRY_COMPARE(keptNames(fixture), QStringList());
}

void TestKeptDraft::anUntouchedFormIsNotKept()
{
    SheetFixture fixture;
    QVERIFY(fixture.start());
    fixture.sheet.openNew(u"epic-ehr"_s);
    fixture.vault.session.lock();
    QVERIFY(fixture.vault.unlock());
    QCOMPARE(keptNames(fixture), QStringList());
    QVERIFY(!fixture.sheet.isOpen());
}

void TestKeptDraft::anotherProgramsSaveIsAsked()
{
    SheetFixture fixture;
    QVERIFY(fixture.start());
    const auto credential = fixture.vault.save(sampleDraft(u"Birch"_s));
    QVERIFY_RESULT(credential);
    fixture.sheet.openFor(*credential);
    fixture.type(u"nameEdit"_s, u" mine"_s);
    {
        auto other =
            Vault::open(fixture.vault.path(), SecretBytes::copyOf(QByteArrayView(SessionFixture::rightPassphrase)),
                        fixture.vault.clock, fixture.vault.random);
        QVERIFY_RESULT(other);
        Credential theirs = *credential;
        theirs.description = u"theirs"_s;
        QVERIFY_RESULT(other->update(theirs));
    }
    QTRY_COMPARE(fixture.vault.session.credential(credential->id)->description, u"theirs"_s);
    QCOMPARE(find<QLineEdit>(fixture.sheet, u"nameEdit"_s)->text(), u"Birch mine"_s); // what is typed stays
    find<Button>(fixture.sheet, u"saveCredential"_s)->click();
    QTRY_VERIFY(fixture.window.findChild<Button *>(u"confirmDeed"_s));
    QCOMPARE(fixture.vault.session.credential(credential->id)->name, u"Birch"_s); // nothing was written
    QSignalSpy saved(&fixture.sheet, &CredentialSheet::saved);
    fixture.window.findChild<Button *>(u"confirmDeed"_s)->click();
    QTRY_COMPARE(saved.count(), 1);
    QCOMPARE(fixture.vault.session.credential(credential->id)->name, u"Birch mine"_s);
}

QTEST_MAIN(TestKeptDraft)
#include "tst_keptdraft.moc"
