// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/cli/CliSession.h"
#include "tests/integration/sandbox/SandboxProcess.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// `fhir get` against credenza-sandbox, `file stat` and `file get` on what it brought.
class TestCliFhir : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsAndSearches();
    void followsAllPages();
    void writesAtomically();
    void saysWhyItIsRefused_data();
    void saysWhyItIsRefused();
    void countsFiles();
    void leaksNothing();

private:
    std::unique_ptr<SandboxProcess> m_sandbox;
    std::unique_ptr<CliSession> m_session;
};

void TestCliFhir::initTestCase()
{
    if (!ProcessFixture::isBuilt(u"credenza-sandbox"_s))
        QSKIP("credenza-sandbox has not been built");
    m_sandbox = std::make_unique<SandboxProcess>(QStringList{u"--patients"_s, u"5"_s});
    QVERIFY(m_sandbox->isReady());
    m_session = std::make_unique<CliSession>();
    QVERIFY_STATUS(m_session->createVault(), 0);
    QVERIFY_STATUS(m_session->cli({u"add"_s, u"--name"_s, u"Sandbox"_s, u"--base-url"_s,
                                   m_sandbox->value(u"fhirBaseUrl"_s), u"--client-id"_s,
                                   m_sandbox->value(u"clientId"_s), u"--key"_s, m_sandbox->value(u"privateKeyFile"_s)}),
                   0);
}

void TestCliFhir::readsAndSearches()
{
    const auto found = m_session->cli({u"fhir"_s, u"get"_s, u"Sandbox"_s, u"Patient?_count=2"_s});
    QVERIFY_STATUS(found, 0);
    const QJsonObject bundle = QJsonDocument::fromJson(found.output).object();
    QCOMPARE(bundle.value(u"resourceType"_s).toString(), u"Bundle"_s);
    const QString id = bundle.value(u"entry"_s).toArray().first()[u"resource"][u"id"].toString();
    const auto read = m_session->json({u"fhir"_s, u"get"_s, u"Sandbox"_s, u"Patient/"_s + id});
    QVERIFY_STATUS(read, 0);
    QCOMPARE(QJsonDocument::fromJson(read.output)[u"id"].toString(), id);
}

void TestCliFhir::followsAllPages()
{
    const auto found = m_session->cli({u"fhir"_s, u"get"_s, u"Sandbox"_s, u"Patient?_count=2"_s, u"--all-pages"_s});
    QVERIFY_STATUS(found, 0);
    const QByteArrayList lines = found.output.trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    for (const QByteArray &line : lines)
        QCOMPARE(QJsonDocument::fromJson(line)[u"resourceType"].toString(), u"Patient"_s);
}

void TestCliFhir::writesAtomically()
{
    const QString path = m_session->path(u"patients.ndjson"_s);
    QVERIFY_STATUS(
        m_session->cli({u"fhir"_s, u"get"_s, u"Sandbox"_s, u"Patient"_s, u"--all-pages"_s, u"--out"_s, path}), 0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 5);
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const QString none = m_session->path(u"none.ndjson"_s);
    QVERIFY_STATUS(
        m_session->cli({u"fhir"_s, u"get"_s, u"Sandbox"_s, u"Observation"_s, u"--all-pages"_s, u"--out"_s, none}), 1);
    QVERIFY(!QFile::exists(none));
}

void TestCliFhir::saysWhyItIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("no such id") << u"Sandbox"_s << u"Patient/nobody"_s << 4 << u"fhir.not-found"_s;
    QTest::newRow("parameter missing") << u"Sandbox"_s << u"Observation"_s << 1 << u"fhir.missing-parameter"_s;
    QTest::newRow("other server") << u"Sandbox"_s << u"https://evil.example/Patient/1"_s << 2 << u"fhir.other-origin"_s;
    QTest::newRow("no such credential") << u"Nobody"_s << u"Patient"_s << 4 << u"credential.not-found"_s;
}

void TestCliFhir::saysWhyItIsRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, path);
    QFETCH(int, status);
    QFETCH(QString, code);
    const auto refused = m_session->json({u"fhir"_s, u"get"_s, name, path});
    QVERIFY_STATUS(refused, status);
    QCOMPARE(errorOf(refused).value(u"code"_s).toString(), code);
    QVERIFY(refused.output.isEmpty());
}

void TestCliFhir::countsFiles()
{
    const QString path = m_session->path(u"patients.ndjson"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    file.write("{\"resourceType\":\"Patient\",\"id\":\"cut\n");
    file.close();
    const auto counted = m_session->bare({u"--json"_s, u"file"_s, u"stat"_s, path});
    QVERIFY_STATUS(counted, 0);
    const QJsonObject json = QJsonDocument::fromJson(counted.output).object();
    QCOMPARE(json.value(u"resources"_s).toInt(), 5);
    QCOMPARE(json.value(u"types"_s)[u"Patient"].toInt(), 5);
    QCOMPARE(json.value(u"broken"_s).toArray().first()[u"line"].toInt(), 6);
    const auto third = m_session->bare({u"file"_s, u"get"_s, path, u"3"_s});
    QVERIFY_STATUS(third, 0);
    const QString id = QJsonDocument::fromJson(third.output)[u"id"].toString();
    const auto same = m_session->bare({u"file"_s, u"get"_s, path, u"Patient/"_s + id});
    QCOMPARE(same.output, third.output);
    QVERIFY_STATUS(m_session->bare({u"file"_s, u"get"_s, path, u"6"_s}), 2);
    QVERIFY_STATUS(m_session->bare({u"file"_s, u"get"_s, path, u"7"_s}), 4);
    QVERIFY_STATUS(m_session->bare({u"file"_s, u"get"_s, path, u"Patient"_s}), 2);
    QVERIFY_STATUS(m_session->bare({u"file"_s, u"stat"_s, m_session->path(u"none"_s)}), 4);
}

void TestCliFhir::leaksNothing()
{
    QVERIFY(!m_session->transcript().contains("Bearer"));
    QVERIFY(!m_session->transcript().contains(m_session->passphrase()));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCliFhir)
#include "tst_cli_fhir.moc"
