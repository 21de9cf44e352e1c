// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ResultMacros.h"
#include "tests/ui/overlay/SheetFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/ElidingLabel.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patience = 10'000;

} // namespace

/// A key that is chosen rather than pasted: one of several in a text, or one of the vault.
class TestKeyChoices final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void offersSeveralKeys();
    void usesAKeyOfTheVault();
    void offersNoKeyOfAnEmptyVault();

private:
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

void TestKeyChoices::init()
{
    m_fixture.reset();
    m_fixture = std::make_unique<SheetFixture>();
    QVERIFY(m_fixture->start());
    m_fixture->sheet.openNew(u"epic-ehr"_s);
}

void TestKeyChoices::offersSeveralKeys()
{
    const auto other = generateKey({KeyType::Ec, 0, u"P-384"_s});
    QVERIFY_RESULT(other);
    const SecretBytes otherPem = toPkcs8Pem(other->pkcs8);
    m_fixture->pasteKey(sampleKeyPem().charView().toByteArray() + otherPem.charView().toByteArray());
    QVERIFY(waitFor(u"keyOffers"_s));
    auto *choice = find<ComboBox>(m_fixture->sheet, u"keyOfferChoice"_s);
    QCOMPARE(choice->count(), 2);
    QCOMPARE(m_fixture->lineOf(u"privateKey"_s).isEmpty(), false);
    const QString thumbprint = other->key.publicKey().thumbprint();
    choice->setCurrentIndex(choice->findData(thumbprint));
    click(u"keyOffersTake"_s);
    QVERIFY(waitFor(u"keyCard"_s));
    QVERIFY(find<ElidingLabel>(m_fixture->sheet, u"keyThumbprint"_s)->accessibleName().contains(thumbprint));
}

void TestKeyChoices::usesAKeyOfTheVault()
{
    QVERIFY(m_fixture->fillValid(u"Northlake sandbox"_s));
    QSignalSpy saved(&m_fixture->sheet, &CredentialSheet::saved);
    click(u"saveCredential"_s);
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
    const Credential first = m_fixture->vault.session.credentials().first();

    m_fixture->sheet.openNew(u"epic-ehr"_s);
    m_fixture->paste(u"nameEdit"_s, u"Northlake second"_s);
    m_fixture->paste(u"fhirBaseUrlEdit"_s, first.fhirBaseUrl);
    m_fixture->paste(u"clientIdEdit"_s, first.clientId);
    click(u"useExistingKey"_s);
    QVERIFY(waitFor(u"existingKeys"_s));
    QCOMPARE(find<ComboBox>(m_fixture->sheet, u"existingKeyChoice"_s)->count(), 1);
    click(u"existingKeysTake"_s);
    QVERIFY(waitFor(u"keyCard"_s));
    QTRY_VERIFY_WITH_TIMEOUT(find<Button>(m_fixture->sheet, u"saveCredential"_s)->isEnabled(), patience);
    click(u"saveCredential"_s);
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 2, patience);
    const auto &all = m_fixture->vault.session.credentials();
    QCOMPARE(all.size(), 2);
    QCOMPARE(all.at(0).key.thumbprint, all.at(1).key.thumbprint);
    QVERIFY(all.at(0).id != all.at(1).id);
}

void TestKeyChoices::offersNoKeyOfAnEmptyVault()
{
    QVERIFY(waitFor(u"keyDropZone"_s));
    QVERIFY(m_fixture->sheet.findChild<QWidget *>(u"useExistingKey"_s) == nullptr);
}

QTEST_MAIN(TestKeyChoices)
#include "tst_keychoices.moc"
