// SPDX-License-Identifier: Apache-2.0
// Renders the overlay in its main states, light and dark, so that it can be looked at beside the design.
#include "core/keys/Certificate.h"
#include "core/keys/KeyInspection.h"
#include "core/keys/PublicKey.h"
#include "tests/ui/overlay/SheetFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/connectiontest/ConnectionTestView.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Disclosure.h"
#include "ui/widgets/FormField.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>
#include <QTimer>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

/// Until all that was posted, and what that posted in turn, has been handled. Nothing moves: see shootAll().
void settle()
{
    for (int round = 0; round < 5; ++round) {
        bool reached = false;
        QTimer::singleShot(0, qApp, [&reached] { reached = true; });
        (void)QTest::qWaitFor([&reached] { return reached; });
    }
}

/// Until the field says something of what it holds.
void waitForFinding(SheetFixture &fixture, const QString &name)
{
    const auto *field = fixture.sheet.findChild<FormField *>(name);
    if (!QTest::qWaitFor([field] { return field->state() != FieldState::Neutral; }))
        qFatal("%s says nothing", qPrintable(name));
}

void shoot(SheetFixture &fixture, const QDir &folder, const QString &name)
{
    for (const bool dark : {false, true}) {
        fixture.theme.setMode(dark ? ThemeMode::Dark : ThemeMode::Light);
        settle();
        const QString file = folder.filePath(name + (dark ? u"-dark.png"_s : u".png"_s));
        if (!fixture.window.grab().save(file))
            qCritical("could not write %s", qPrintable(file));
    }
    fixture.theme.setMode(ThemeMode::Light);
}

void runTest(SheetFixture &fixture, FakeServer::Mode mode)
{
    fixture.vault.server->mode = mode;
    QTest::mouseClick(fixture.sheet.findChild<Button *>(u"testConnection"_s), Qt::LeftButton);
    const auto *view = fixture.sheet.findChild<ConnectionTestView *>();
    // A server that hangs is to be seen hanging.
    const bool runsOn = mode == FakeServer::Mode::Hangs;
    if (!QTest::qWaitFor([&] { return view->isRunning() == runsOn; }))
        qFatal("the test did not come that far");
    settle();
}

void shootAll(const QDir &folder, const QString &prefix, QSize size, qreal textScale)
{
    SheetFixture fixture(size, textScale);
    if (!fixture.start())
        qFatal("no vault");
    fixture.theme.setReducedMotion(true);
    fixture.sheet.setLocalSandbox(u"http://127.0.0.1:8080/R4"_s);
    fixture.sheet.openNew(u"epic-ehr"_s);
    shoot(fixture, folder, prefix + u"04-empty"_s);

    fixture.type(u"nameEdit"_s, u"Alder Creek, production"_s);
    auto *description = fixture.sheet.findChild<QPlainTextEdit *>(u"descriptionEdit"_s);
    description->setPlainText(
        u"Hourly Patient and Encounter feed for the care-gap dashboard. Fresh within 90 minutes."_s);
    fixture.paste(u"fhirBaseUrlEdit"_s, u"https://aldercreek.epic.com/interconnect-fhir-oauth/api/FHIR/R4/metadata"_s);
    fixture.pasteKey(sampleCertificatePem());
    waitForFinding(fixture, u"privateKeyField"_s);
    fixture.paste(u"clientIdEdit"_s, u"c83d5e10-7b2f-4a96-9e41-2f60d7a8b35"_s);
    waitForFinding(fixture, u"clientIdField"_s);
    shoot(fixture, folder, prefix + u"05-validation"_s);

    if (!fixture.fillValid(u" 2"_s))
        qFatal("the form is not valid");
    runTest(fixture, FakeServer::Mode::Grants);
    shoot(fixture, folder, prefix + u"06-passed"_s);
    fixture.sheet.findChild<QWidget *>(u"advanced"_s)->findChild<QAbstractButton *>(u"disclosureHeader"_s)->click();
    fixture.sheet.findChild<QLineEdit *>(u"keyIdEdit"_s)->setFocus();
    settle();
    shoot(fixture, folder, prefix + u"06-advanced"_s);
    runTest(fixture, FakeServer::Mode::RefusesClient);
    shoot(fixture, folder, prefix + u"07-failed"_s);
    runTest(fixture, FakeServer::Mode::Hangs);
    shoot(fixture, folder, prefix + u"07-running"_s);
}

/// The page of the key's field with that name.
void waitForPage(SheetFixture &fixture, const QString &name)
{
    const auto isShown = [&] {
        const auto *page = fixture.sheet.findChild<QWidget *>(name);
        return page && page->isVisible();
    };
    if (!QTest::qWaitFor(isShown, 20'000))
        qFatal("%s is not shown", qPrintable(name));
    settle();
}

void shootSeveralKeys(const QDir &folder, const QString &prefix, QSize size, qreal textScale)
{
    SheetFixture fixture(size, textScale);
    const auto other = generateKey({KeyType::Ec, 0, u"P-384"_s});
    if (!fixture.start() || !other)
        qFatal("no vault, or no key");
    fixture.theme.setReducedMotion(true);
    fixture.sheet.openNew(u"epic-ehr"_s);
    const SecretBytes otherPem = toPkcs8Pem(other->pkcs8);
    fixture.pasteKey(sampleKeyPem().charView().toByteArray() + otherPem.charView().toByteArray());
    waitForPage(fixture, u"keyOffers"_s);
    shoot(fixture, folder, prefix + u"08-several-keys"_s);
}

void shootCheckedSet(const QDir &folder, const QString &prefix, QSize size, qreal textScale)
{
    SheetFixture fixture(size, textScale);
    if (!fixture.start())
        qFatal("no vault");
    fixture.theme.setReducedMotion(true);
    fixture.sheet.openNew(u"epic-ehr"_s);
    if (!fixture.fillValid(u"Northlake"_s))
        qFatal("the form is not valid");
    const PublicKey key = *inspectKey(sampleKeyPem()).publicKey;
    fixture.vault.server->publicFile = QJsonDocument(jwkSet({key.jwk(SignatureAlgorithm::RS384)})).toJson();
    fixture.sheet.findChild<Disclosure *>(u"advanced"_s)->setOpen(true);
    fixture.paste(u"jwkSetUrlEdit"_s, u"https://keys.example.org/jwks.json"_s);
    settle();
    auto *check = fixture.sheet.findChild<QWidget *>(u"checkJwkSet"_s);
    if (!QTest::qWaitFor([&] { return check->isVisible() && !check->size().isEmpty(); }))
        qFatal("there is nothing to press");
    fixture.sheet.findChild<QLineEdit *>(u"jwkSetUrlEdit"_s)->setFocus();
    settle();
    QTest::mouseClick(check, Qt::LeftButton);
    if (!QTest::qWaitFor([&] { return fixture.lineOf(u"jwkSetUrl"_s).contains(key.thumbprint()); }, 20'000))
        qFatal("the set was not checked");
    settle();
    shoot(fixture, folder, prefix + u"08-checked-set"_s);
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (application.arguments().size() < 2) {
        qCritical("usage: credenza-overlay-screens OUT_FOLDER");
        return 2;
    }
    const QDir folder(application.arguments().at(1));
    shootAll(folder, {}, {1280, 820}, 1);
    shootAll(folder, u"narrow-"_s, {1024, 680}, 1);
    shootAll(folder, u"large-text-"_s, {1280, 820}, 1.5);
    shootAll(folder, u"double-text-"_s, {1920, 1080}, 2);
    shootSeveralKeys(folder, {}, {1280, 820}, 1);
    shootSeveralKeys(folder, u"double-text-"_s, {1920, 1080}, 2);
    shootCheckedSet(folder, {}, {1280, 820}, 1);
    shootCheckedSet(folder, u"double-text-"_s, {1920, 1080}, 2);
    return 0;
}
