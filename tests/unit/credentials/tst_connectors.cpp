// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Connector.h"
#include "core/credentials/FhirBaseUrl.h"
#include "core/credentials/Validation.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace credenza;
using namespace Qt::StringLiterals;

/// Connectors are data: those that are built in are sound, and one more is one more file.
class ConnectorsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isSound_data();
    void isSound();
    void takesAFileDroppedIn();
    void leavesOutWhatIsNone();
    void ordersThem();
    void warnsByConnector_data();
    void warnsByConnector();

private:
    QTemporaryDir m_data;
};

void ConnectorsTest::initTestCase()
{
    qputenv("XDG_DATA_HOME", m_data.path().toLocal8Bit()); // read when the first connector is asked for
    const QString folder = m_data.filePath(u"credenza/connectors"_s);
    QVERIFY(QDir().mkpath(folder));
    const auto write = [&folder](const QString &name, const QByteArray &text) {
        QFile file(folder + u'/' + name);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write(u"clinic.json"_s, R"({"id":"clinic-gateway","name":"Clinic gateway","algorithms":["ES384"],
        "basePathPattern":"/fhir/[a-z]+","basePathHint":"It ends with /fhir/ and the clinic.",
        "help":{"clientId":{"where":"Ask the clinic."}}})"));
    QVERIFY(write(u"impostor.json"_s, R"({"id":"epic-ehr","name":"Not Epic","algorithms":["RS384"]})"));
    QVERIFY(write(u"broken.json"_s, "{"));
    QVERIFY(write(u"nameless.json"_s, R"({"id":"nameless","algorithms":["RS384"]})"));
}

void ConnectorsTest::isSound_data()
{
    QTest::addColumn<QString>("id");
    for (const Connector &connector : connectors())
        QTest::newRow(qPrintable(connector.id)) << connector.id;
}

void ConnectorsTest::isSound()
{
    QFETCH(QString, id);
    const Connector &connector = *connectorById(id);
    QVERIFY(!connector.name.isEmpty());
    QVERIFY(!connector.algorithms.isEmpty());
    if (id == u"clinic-gateway")
        return;
    QVERIFY(!connector.summary.isEmpty() && !connector.settingsTitle.isEmpty() && !connector.clientIdHelp.isEmpty());
    QVERIFY(connector.jwkSetUrlNeed == JwkSetUrlNeed::None || !connector.jwkSetUrlHint.isEmpty());
    QVERIFY(connector.basePathPattern.pattern().isEmpty() || !connector.basePathHint.isEmpty());
    for (const QString &url : {connector.sandboxBaseUrl, connector.portalUrl, connector.endpointDirectoryUrl})
        QVERIFY2(url.isEmpty() || QUrl(url, QUrl::StrictMode).scheme() == u"https", qPrintable(url));
    if (connector.sandboxBaseUrl.isEmpty())
        return;
    CredentialDraft draft;
    draft.connector = id;
    draft.fhirBaseUrl = connector.sandboxBaseUrl;
    QCOMPARE(validate(draft).of(Field::FhirBaseUrl).code, QString());
}

void ConnectorsTest::takesAFileDroppedIn()
{
    const Connector *clinic = connectorById(u"clinic-gateway"_s);
    QVERIFY(clinic != nullptr);
    QCOMPARE(clinic->name, u"Clinic gateway"_s);
    QCOMPARE(clinic->help.value(u"clientId"_s).whereToFind, u"Ask the clinic."_s);
}

void ConnectorsTest::leavesOutWhatIsNone()
{
    QCOMPARE(connectorById(u"epic-ehr"_s)->name, u"EPIC EHR"_s);
    QVERIFY(connectorById(u"nameless"_s) == nullptr);
}

void ConnectorsTest::ordersThem()
{
    QCOMPARE(connectors().first().id, u"epic-ehr"_s);
    QCOMPARE(connectors().last().id, u"smart-backend"_s);
    QVERIFY(connectors().size() >= 6);
}

void ConnectorsTest::warnsByConnector_data()
{
    QTest::addColumn<QString>("connector");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QString>("jwkSetUrl");
    QTest::addColumn<Field>("field");
    QTest::addColumn<QString>("code");
    QTest::newRow("dropped in: another path") << u"clinic-gateway"_s << u"https://fhir.example.org/r4"_s << QString()
                                              << QString() << Field::FhirBaseUrl << u"url.unusual-path"_s;
    QTest::newRow("dropped in: its algorithm")
        << u"clinic-gateway"_s << u"https://fhir.example.org/fhir/a"_s << u"RS384"_s << QString() << Field::Algorithm
        << u"algorithm.not-taken"_s;
    QTest::newRow("Oracle Health without tenant")
        << u"oracle-health"_s << u"https://fhir-ehr.cerner.com/r4"_s << QString() << QString() << Field::FhirBaseUrl
        << u"url.unusual-path"_s;
    QTest::newRow("eClinicalWorks and ES384")
        << u"eclinicalworks"_s << u"https://fhir4.eclinicalworks.com/fhir/r4/ABCD"_s << u"ES384"_s << QString()
        << Field::Algorithm << u"algorithm.not-taken"_s;
    QTest::newRow("eClinicalWorks needs a JWK Set")
        << u"eclinicalworks"_s << u"https://fhir4.eclinicalworks.com/fhir/r4/ABCD"_s << QString() << QString()
        << Field::JwkSetUrl << u"jwk-set-url.needed"_s;
    QTest::newRow("anything elsewhere") << u"smart-backend"_s << u"https://fhir.example.org/whatever"_s << u"ES256"_s
                                        << QString() << Field::FhirBaseUrl << QString();
    QTest::newRow("a page around the set")
        << u"smart-backend"_s << u"https://fhir.example.org/r4"_s << QString()
        << u"https://github.com/org/keys/blob/main/jwks.json"_s << Field::JwkSetUrl << u"jwk-set-url.page"_s;
    QTest::newRow("a set on this computer")
        << u"smart-backend"_s << u"https://fhir.example.org/r4"_s << QString() << u"http://localhost:8080/jwks.json"_s
        << Field::JwkSetUrl << u"jwk-set-url.local"_s;
    QTest::newRow("Epic, other tail") << u"epic-ehr"_s << u"https://ehr.example.org/FHIR"_s << QString() << QString()
                                      << Field::FhirBaseUrl << u"url.unusual-path"_s;
    QTest::newRow("Epic, -np host") << u"epic-ehr"_s
                                    << u"https://epicproxy-np.et0001.epichosted.com/FHIRProxy/api/FHIR/R4"_s
                                    << QString() << QString() << Field::FhirBaseUrl << QString();
}

void ConnectorsTest::warnsByConnector()
{
    QFETCH(QString, connector);
    QFETCH(QString, base);
    QFETCH(QString, algorithm);
    QFETCH(QString, jwkSetUrl);
    QFETCH(Field, field);
    QFETCH(QString, code);
    CredentialDraft draft;
    draft.connector = connector;
    draft.fhirBaseUrl = base;
    draft.algorithm = algorithm;
    draft.jwkSetUrl = jwkSetUrl;
    const Finding finding = validate(draft).of(field);
    QCOMPARE(finding.code, code);
    if (!code.isEmpty()) {
        QCOMPARE(finding.state, Finding::State::Warning);
        QVERIFY(!finding.message.isEmpty());
    }
}

QTEST_GUILESS_MAIN(ConnectorsTest)
#include "tst_connectors.moc"
