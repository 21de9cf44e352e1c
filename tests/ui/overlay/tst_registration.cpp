// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ResultMacros.h"
#include "tests/ui/overlay/SheetFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/overlay/KeyCardView.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Disclosure.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

// Before the JSON below: moc 6.4 loses its way in that raw string and finds no class after it.
/// What meets the world outside: the hosted JWK Set, the list of organizations, the registration sheet; and what the
/// other credentials say.
class TestRegistration final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void checksTheHostedSet();
    void warnsOfAPublishedPrivateKey();
    void needsAnAddressToCheck();
    void completesByOrganization();
    void handsOutTheSheet();
    void refusesATakenName();

private:
    void click(const QString &name)
    {
        auto *button = find<QWidget>(m_fixture->sheet, name);
        QTRY_VERIFY(button->isVisible() && !button->size().isEmpty()); // the disclosure lays its contents out later
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void openAdvanced() { find<Disclosure>(m_fixture->sheet, u"advanced"_s)->setOpen(true); }

    std::unique_ptr<SheetFixture> m_fixture;
};

namespace
{

constexpr int patience = 10'000;

const QByteArray directory = R"({"resourceType":"Bundle","timestamp":"2026-04-27T10:00:00Z","entry":[
  {"resource":{"resourceType":"Endpoint","status":"active","name":"Northlake Health",
    "address":"https://ehr.northlake.example.org/FHIRProxy/api/FHIR/R4/"}},
  {"resource":{"resourceType":"Endpoint","status":"active","name":"Northlake Children's",
    "address":"https://ehr.northlake.example.org/FHIRProxy/api/FHIR/R4/"}},
  {"resource":{"resourceType":"Endpoint","status":"active","name":"Riverbend",
    "address":"https://riverbend.example.org/api/FHIR/R4/"}}]})";

} // namespace

void TestRegistration::init()
{
    m_fixture.reset();
    m_fixture = std::make_unique<SheetFixture>();
    QVERIFY(m_fixture->start());
    m_fixture->sheet.openNew(u"epic-ehr"_s);
}

void TestRegistration::checksTheHostedSet()
{
    QVERIFY(m_fixture->fillValid(u"Northlake"_s));
    const PublicKey key = *inspectKey(sampleKeyPem()).publicKey;
    m_fixture->vault.server->publicFile = QJsonDocument(jwkSet({key.jwk(SignatureAlgorithm::RS384)})).toJson();
    openAdvanced();
    m_fixture->paste(u"jwkSetUrlEdit"_s, u"https://keys.example.org/jwks.json"_s);
    click(u"checkJwkSet"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->lineOf(u"jwkSetUrl"_s).contains(key.thumbprint()), patience);
    // Another word in the field, and the answer is about the past.
    m_fixture->type(u"jwkSetUrlEdit"_s, u"x"_s);
    QVERIFY(!m_fixture->lineOf(u"jwkSetUrl"_s).contains(key.thumbprint()));
}

void TestRegistration::warnsOfAPublishedPrivateKey()
{
    m_fixture->vault.server->publicFile = R"({"keys":[{"kty":"RSA","kid":"leak","n":"AQAB","e":"AQAB","d":"AQAB"}]})";
    openAdvanced();
    m_fixture->paste(u"jwkSetUrlEdit"_s, u"https://keys.example.org/jwks.json"_s);
    click(u"checkJwkSet"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->lineOf(u"jwkSetUrl"_s).contains(u"PRIVATE KEY"), patience);
}

void TestRegistration::needsAnAddressToCheck()
{
    openAdvanced();
    auto *check = find<Button>(m_fixture->sheet, u"checkJwkSet"_s);
    QVERIFY(!check->isEnabled());
    m_fixture->paste(u"jwkSetUrlEdit"_s, u"keys"_s);
    QVERIFY(!check->isEnabled());
    m_fixture->paste(u"jwkSetUrlEdit"_s, u"https://keys.example.org/jwks.json"_s);
    QVERIFY(check->isEnabled());
}

void TestRegistration::completesByOrganization()
{
    m_fixture->vault.server->publicFile = directory;
    QSignalSpy copied(&m_fixture->sheet, &CredentialSheet::copied);
    click(u"organizationsPick"_s);
    auto *menu = m_fixture->sheet.findChild<QMenu *>(u"organizationMenu"_s);
    QVERIFY(menu && menu->isVisible());
    menu->actions().at(2)->trigger();
    menu->close();
    QTRY_COMPARE_WITH_TIMEOUT(copied.size(), 1, patience);
    QVERIFY(copied.first().first().toString().contains(u'3'));

    auto *edit = find<QLineEdit>(m_fixture->sheet, u"fhirBaseUrlEdit"_s);
    m_fixture->type(u"fhirBaseUrlEdit"_s, u"northl"_s);
    QAbstractItemView *popup = edit->completer()->popup();
    QTRY_VERIFY(popup->isVisible());
    QCOMPARE(popup->model()->rowCount(), 2);
    QVERIFY(popup->model()->index(0, 0).data().toString().contains(u"shared by 2"));
    QTest::mouseClick(popup->viewport(), Qt::LeftButton, {}, popup->visualRect(popup->model()->index(0, 0)).center());
    QTRY_COMPARE(edit->text(), u"https://ehr.northlake.example.org/FHIRProxy/api/FHIR/R4"_s);
    // An address that is typed is left alone.
    edit->clear();
    m_fixture->type(u"fhirBaseUrlEdit"_s, u"https://river"_s);
    QVERIFY(!popup->isVisible());
}

void TestRegistration::handsOutTheSheet()
{
    m_fixture->pasteKey(sampleKeyPem().charView().toByteArray());
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->sheet.findChild<KeyCardView *>(u"keyCard"_s) != nullptr, patience);
    auto *card = m_fixture->sheet.findChild<KeyCardView *>(u"keyCard"_s);
    std::optional<Certificate> certificate;
    disconnect(card, &KeyCardView::sheetRequested, nullptr, nullptr); // no file dialog here
    connect(card, &KeyCardView::sheetRequested, this,
            [&certificate](const std::optional<Certificate> &made) { certificate = made; });
    click(u"registrationSheet"_s);
    QTRY_VERIFY_WITH_TIMEOUT(certificate.has_value(), patience);
    QVERIFY(certificate->pem.startsWith("-----BEGIN CERTIFICATE-----"));
}

void TestRegistration::refusesATakenName()
{
    QVERIFY(m_fixture->fillValid(u"Northlake"_s));
    QSignalSpy saved(&m_fixture->sheet, &CredentialSheet::saved);
    click(u"saveCredential"_s);
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
    m_fixture->sheet.openNew(u"epic-ehr"_s);
    m_fixture->paste(u"nameEdit"_s, u"NORTHLAKE"_s);
    QVERIFY(m_fixture->lineOf(u"name"_s).contains(u"Northlake"));
    QVERIFY(!find<Button>(m_fixture->sheet, u"saveCredential"_s)->isEnabled());
    const Credential first = m_fixture->vault.session.credentials().first();
    m_fixture->paste(u"fhirBaseUrlEdit"_s, u"https://ehr.example.org/api/FHIR/R4"_s);
    m_fixture->paste(u"clientIdEdit"_s, first.clientId);
    QVERIFY(m_fixture->lineOf(u"clientId"_s).contains(u"Northlake"));
}

QTEST_MAIN(TestRegistration)
#include "tst_registration.moc"
