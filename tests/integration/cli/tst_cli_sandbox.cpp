// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/cli/CliSession.h"

#include <QDateTime>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QXmlStreamReader>
#include <QTest>
#include <QUrlQuery>

#include <csignal>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

/// credenza-sandbox with little data, on a free port.
class RunningSandbox
{
public:
    explicit RunningSandbox(const QStringList &options = {}) : m_process(u"credenza-sandbox"_s)
    {
        m_process.process().setProcessEnvironment(ProcessFixture::cleanEnvironment(m_home.path()));
        const QStringList usual{u"--port"_s, u"0"_s, u"--patients"_s, u"3"_s, u"--data-dir"_s, m_home.path()};
        if (!m_process.start(usual + options))
            return;
        m_ready = QJsonDocument::fromJson(m_process.readLine(30'000).value_or(QByteArray())).object();
    }
    [[nodiscard]] bool isReady() const { return !m_ready.isEmpty(); }
    [[nodiscard]] QString value(QLatin1StringView member) const { return m_ready.value(member).toString(); }
    [[nodiscard]] QByteArray keyPem() const
    {
        QFile file(value("privateKeyFile"_L1));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// The draft that --from takes.
    [[nodiscard]] QJsonObject draft(const QJsonObject &changes = {}) const
    {
        QJsonObject json{{u"name"_s, u"Sandbox"_s},
                         {u"fhirBaseUrl"_s, value("fhirBaseUrl"_L1)},
                         {u"clientId"_s, value("clientId"_L1)},
                         {u"privateKey"_s, QString::fromLatin1(keyPem())}};
        for (auto change = changes.begin(); change != changes.end(); ++change)
            json.insert(change.key(), change.value());
        return json;
    }

private:
    QTemporaryDir m_home;
    ProcessFixture m_process;
    QJsonObject m_ready;
};

QByteArray text(const QJsonObject &json)
{
    return QJsonDocument(json).toJson();
}

/// Posts a form and gives back the status; 0 if there was no answer.
int post(const QString &url, const QByteArray &form)
{
    QNetworkAccessManager network;
    QNetworkRequest request{QUrl(url)};
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    const std::unique_ptr<QNetworkReply> reply(network.post(request, form));
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 10'000))
        return 0;
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

QByteArray tokenForm(const QByteArray &assertion)
{
    return "grant_type=client_credentials&client_assertion_type="
           "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=" +
           assertion;
}

void verifyReport(const QJsonObject &report, bool passed)
{
    QCOMPARE(report.value("passed"_L1).toBool(), passed);
    QVERIFY(QDateTime::fromString(report.value("startedAt"_L1).toString(), Qt::ISODateWithMs).isValid());
    QStringList ids;
    for (const QJsonValue &value : report.value("steps"_L1).toArray()) {
        const QJsonObject step = value.toObject();
        ids.append(step.value("id"_L1).toString());
        QVERIFY((QStringList{u"passed"_s, u"failed"_s, u"skipped"_s, u"warning"_s})
                    .contains(step.value("state"_L1).toString()));
        QVERIFY(step.value("milliseconds"_L1).isDouble());
        QVERIFY(step.value("summary"_L1).isString());
    }
    QCOMPARE(ids, (QStringList{u"validate"_s, u"discover"_s, u"sign"_s, u"token"_s, u"fhir"_s}));
    QCOMPARE(report.value("diagnosis"_L1).toArray().isEmpty(), passed);
    if (passed) {
        const QJsonObject token = report.value("token"_L1).toObject();
        QCOMPARE(token.value("type"_L1).toString().toLower(), u"bearer"_s);
        QVERIFY(token.value("expiresIn"_L1).toInt() > 0);
        QVERIFY(token.value("scopes"_L1).isArray());
    } else {
        const QJsonObject cause = report.value("diagnosis"_L1).toArray().first().toObject();
        for (const QString &member : {u"cause"_s, u"likelihood"_s, u"evidence"_s, u"fix"_s})
            QVERIFY2(cause.contains(member), qPrintable(member));
    }
}

} // namespace

/// `test`, `assertion` and `token` against credenza-sandbox in a process of its own.
class TestCliSandbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void testsUnsavedFields();
    void reportsInvalidFields();
    void reportsWhatFails_data();
    void reportsWhatFails();
    void testsForPeople();
    void testsSavedCredentials();
    void testsManyAtOnce();
    void testsFromTwoProcesses();
    void printsAssertionsOnce();
    void printsTokens();
    void trustsGivenAuthoritiesOnly();
    void interruptEndsARunningTest();
    void timeoutEndsARunningTest();
    void writesJUnit();
    void leaksNothing();

private:
    void verifyInspection(const QByteArray &assertion);
    QString addSandbox(const QString &name, const QJsonObject &changes = {});

    std::unique_ptr<RunningSandbox> m_sandbox;
    std::unique_ptr<CliSession> m_session;
};

void TestCliSandbox::initTestCase()
{
    if (!ProcessFixture::isBuilt(u"credenza-sandbox"_s))
        QSKIP("credenza-sandbox has not been built");
    m_sandbox = std::make_unique<RunningSandbox>();
    QVERIFY(m_sandbox->isReady());
}

void TestCliSandbox::init()
{
    m_session = std::make_unique<CliSession>();
    QVERIFY_STATUS(m_session->createVault(), 0);
}

QString TestCliSandbox::addSandbox(const QString &name, const QJsonObject &changes)
{
    QJsonObject draft = m_sandbox->draft(changes);
    draft.insert(u"name"_s, name);
    const ProcessResult added = m_session->json({u"add"_s, u"--from"_s, u"-"_s}, text(draft));
    return added.exitCode == 0 ? added.json().object().value("id"_L1).toString() : QString();
}

void TestCliSandbox::testsUnsavedFields()
{
    const QString file = m_session->write(u"draft.json"_s, text(m_sandbox->draft()));
    // No vault and no passphrase: nothing is saved, so nothing is opened.
    const ProcessResult result = m_session->bare({u"test"_s, u"--from"_s, file, u"--json"_s});
    QVERIFY_STATUS(result, 0);
    QVERIFY(result.json().isObject());
    verifyReport(result.json().object(), true);
    QCOMPARE(result.json().object().value("credential"_L1).toString(), u"Sandbox"_s);
    QVERIFY_STATUS(m_session->bare({u"test"_s, u"--from"_s, u"-"_s}, text(m_sandbox->draft())), 0);
}

void TestCliSandbox::reportsInvalidFields()
{
    const ProcessResult result = m_session->bare({u"test"_s, u"--from"_s, u"-"_s, u"--json"_s},
                                                 text(m_sandbox->draft({{u"clientId"_s, u""_s}})));
    QVERIFY_STATUS(result, 2);
    const QJsonArray steps = result.json().object().value("steps"_L1).toArray();
    QCOMPARE(steps.size(), 5);
    QCOMPARE(steps.at(0).toObject().value("state"_L1).toString(), u"failed"_s);
    for (int i = 1; i < 5; ++i)
        QCOMPARE(steps.at(i).toObject().value("state"_L1).toString(), u"skipped"_s);
}

void TestCliSandbox::reportsWhatFails_data()
{
    QTest::addColumn<QJsonObject>("changes");
    QTest::addColumn<QString>("step");
    QTest::newRow("wrong client ID") << QJsonObject{{u"clientId"_s, u"00000000-0000-4000-8000-000000000000"_s}}
                                     << u"token"_s;
    QTest::newRow("wrong key") << QJsonObject{{u"privateKey"_s, QString::fromLatin1(makeTestKey().pem)}} << u"token"_s;
    QTest::newRow("nobody listens") << QJsonObject{{u"fhirBaseUrl"_s, u"http://127.0.0.1:1/api/FHIR/R4"_s}}
                                    << u"discover"_s;
}

void TestCliSandbox::reportsWhatFails()
{
    QFETCH(QJsonObject, changes);
    QFETCH(QString, step);
    const ProcessResult result =
        m_session->bare({u"test"_s, u"--from"_s, u"-"_s, u"--json"_s}, text(m_sandbox->draft(changes)));
    QVERIFY_STATUS(result, 1);
    const QJsonObject report = result.json().object();
    verifyReport(report, false);
    for (const QJsonValue &value : report.value("steps"_L1).toArray()) {
        if (value.toObject().value("state"_L1).toString() == u"failed")
            QCOMPARE(value.toObject().value("id"_L1).toString(), step);
    }
    // As Epic does, the sandbox says invalid_client only; a person still gets causes with their fixes.
    const ProcessResult plain = m_session->bare({u"test"_s, u"--from"_s, u"-"_s}, text(m_sandbox->draft(changes)));
    QVERIFY_STATUS(plain, 1);
    QVERIFY(plain.output.contains("✗ failed"));
    QVERIFY(plain.output.contains("Likely causes"));
}

void TestCliSandbox::testsForPeople()
{
    const ProcessResult result = m_session->bare({u"test"_s, u"--from"_s, u"-"_s}, text(m_sandbox->draft()));
    QVERIFY_STATUS(result, 0);
    QCOMPARE(result.output.count("✓ passed"), 5);
    QVERIFY(!result.output.contains('\x1b'));
    const ProcessResult verbose =
        m_session->bare({u"test"_s, u"--from"_s, u"-"_s, u"--verbose"_s}, text(m_sandbox->draft()));
    QVERIFY_STATUS(verbose, 0);
    QVERIFY(verbose.output.contains("> POST "));
    QVERIFY(verbose.output.contains("‹redacted›"));
}

void TestCliSandbox::testsSavedCredentials()
{
    QVERIFY(!addSandbox(u"One"_s).isEmpty());
    const ProcessResult result = m_session->json({u"test"_s, u"One"_s});
    QVERIFY_STATUS(result, 0);
    verifyReport(result.json().object(), true);
    QJsonObject lastTest = m_session->json({u"show"_s, u"One"_s}).json().object().value("lastTest"_L1).toObject();
    QVERIFY(lastTest.value("passed"_L1).toBool());

    QVERIFY_STATUS(m_session->cli({u"edit"_s, u"One"_s, u"--client-id"_s, u"00000000-0000-4000-8000-000000000000"_s}),
                   0);
    QVERIFY_STATUS(m_session->cli({u"test"_s, u"One"_s}), 1);
    lastTest = m_session->json({u"show"_s, u"One"_s}).json().object().value("lastTest"_L1).toObject();
    QVERIFY(!lastTest.value("passed"_L1).toBool());
    QCOMPARE(lastTest.value("code"_L1).toString(), u"invalid_client"_s);
    QVERIFY(m_session->cli({u"list"_s}).output.contains("invalid_client"));
    const QJsonArray history = m_session->json({u"test"_s, u"One"_s, u"--history"_s}).json().array();
    QCOMPARE(history.size(), 2); // newest first
    QVERIFY(!history.first().toObject().value("passed"_L1).toBool());
    QVERIFY(!history.first().toObject().value("causes"_L1).toArray().isEmpty());
    QVERIFY(history.last().toObject().value("passed"_L1).toBool());
    QVERIFY(m_session->cli({u"test"_s, u"One"_s, u"--history"_s}).output.contains("failed: invalid_client"));
    QVERIFY_STATUS(m_session->cli({u"test"_s, u"Nobody"_s}), 4);
}

void TestCliSandbox::testsManyAtOnce()
{
    const ProcessResult none = m_session->json({u"test"_s, u"--all"_s});
    QVERIFY_STATUS(none, 0);
    QCOMPARE(none.json().array(), QJsonArray());
    QVERIFY(none.json().isArray());

    for (const QString &name : {u"A"_s, u"B"_s, u"C"_s, u"D"_s, u"E"_s, u"F"_s})
        QVERIFY(!addSandbox(name).isEmpty());
    const QString report = m_session->path(u"report.md"_s);
    const ProcessResult all = m_session->json({u"test"_s, u"--all"_s, u"--jobs"_s, u"3"_s, u"--report"_s, report});
    QVERIFY_STATUS(all, 0);
    QStringList names;
    for (const QJsonValue &value : all.json().array()) {
        verifyReport(value.toObject(), true);
        names.append(value.toObject().value("credential"_L1).toString());
    }
    QCOMPARE(names, (QStringList{u"A"_s, u"B"_s, u"C"_s, u"D"_s, u"E"_s, u"F"_s}));
    QFile markdown(report);
    QVERIFY(markdown.open(QIODevice::ReadOnly));
    QVERIFY(markdown.readAll().size() > 500);

    QVERIFY(!addSandbox(u"G"_s, {{u"clientId"_s, u"00000000-0000-4000-8000-000000000000"_s}}).isEmpty());
    const ProcessResult some = m_session->json({u"test"_s, u"G"_s, u"A"_s, u"G"_s});
    QVERIFY_STATUS(some, 1);
    QCOMPARE(some.json().array().size(), 2);
    QCOMPARE(some.json().array().first().toObject().value("credential"_L1).toString(), u"G"_s);
    QVERIFY(m_session->cli({u"test"_s, u"--all"_s}).output.contains("6 passed, 1 failed"));
}

void TestCliSandbox::testsFromTwoProcesses()
{
    for (const QString &name : {u"A"_s, u"B"_s, u"C"_s})
        QVERIFY(!addSandbox(name).isEmpty());
    const QStringList arguments{u"test"_s,
                                u"--all"_s,
                                u"--json"_s,
                                u"--jobs"_s,
                                u"3"_s,
                                u"--vault"_s,
                                m_session->vaultPath(),
                                u"--passphrase-file"_s,
                                m_session->path(u"passphrase"_s)};
    ProcessFixture first(u"credenza-cli"_s);
    ProcessFixture second(u"credenza-cli"_s);
    for (ProcessFixture *run : {&first, &second}) {
        run->process().setProcessEnvironment(m_session->environment());
        QVERIFY(run->start(arguments));
    }
    for (ProcessFixture *run : {&first, &second}) {
        const ProcessResult result = run->finish();
        QVERIFY_STATUS(result, 0);
        QVERIFY2(result.errors.isEmpty(), result.errors.constData());
    }
    for (const QJsonValue &card : m_session->json({u"list"_s}).json().array())
        QVERIFY(card.toObject().value("lastTest"_L1).toObject().value("passed"_L1).toBool());
    QVERIFY_STATUS(m_session->cli({u"vault"_s, u"check"_s}), 0);
}

void TestCliSandbox::printsAssertionsOnce()
{
    QVERIFY(!addSandbox(u"One"_s).isEmpty());
    const ProcessResult result = m_session->cli({u"assertion"_s, u"One"_s});
    QVERIFY_STATUS(result, 0);
    const QByteArray assertion = result.output.trimmed();
    QCOMPARE(assertion.count('.'), 2);
    const QString endpoint = m_sandbox->value("tokenEndpoint"_L1);
    QCOMPARE(post(endpoint, tokenForm(assertion)), 200);
    QCOMPARE(post(endpoint, tokenForm(assertion)), 400);

    const ProcessResult decoded = m_session->cli({u"assertion"_s, u"One"_s, u"--decode"_s});
    QVERIFY_STATUS(decoded, 0);
    const QJsonObject json = decoded.json().object();
    QCOMPARE(json.keys(), (QStringList{u"acceptable"_s, u"checks"_s, u"claims"_s, u"header"_s}));
    QVERIFY(json.value("acceptable"_L1).toBool());
    QVERIFY(json.value("checks"_L1).toArray().size() >= 8);
    verifyInspection(assertion);
    QCOMPARE(json.value("claims"_L1).toObject().value("aud"_L1).toString(), endpoint);
    QCOMPARE(json.value("header"_L1).toObject().value("alg"_L1).toString(), u"RS384"_s);
    QCOMPARE(m_session->json({u"assertion"_s, u"One"_s}).json().object().value("tokenEndpoint"_L1).toString(),
             endpoint);
}

/// `assertion` was good when it was made and is not compared with anything, then with its credential and another.
void TestCliSandbox::verifyInspection(const QByteArray &assertion)
{
    const QString file = m_session->write(u"assertion.jwt"_s, "client_assertion=" + assertion + "&scope=x\n");
    const ProcessResult alone = m_session->bare({u"assertion"_s, u"--inspect"_s, file, u"--json"_s});
    QVERIFY_STATUS(alone, 0);
    QVERIFY(alone.json().object().value("acceptable"_L1).toBool());
    QVERIFY(!alone.output.contains(assertion.mid(assertion.lastIndexOf('.') + 1, 40)));
    QVERIFY(m_session->cli({u"assertion"_s, u"One"_s, u"--inspect"_s, file}).output.contains("Verifies with the key"));
    QVERIFY_STATUS(m_session->bare({u"assertion"_s, u"--inspect"_s, u"-"_s}, "nonsense"), 2);
    QVERIFY_STATUS(m_session->bare({u"assertion"_s}), 2);

    QVERIFY(!addSandbox(u"Two"_s, {{u"clientId"_s, u"00000000-0000-4000-8000-000000000000"_s}}).isEmpty());
    const ProcessResult other = m_session->json({u"assertion"_s, u"Two"_s, u"--inspect"_s, file});
    QVERIFY_STATUS(other, 2);
    QVERIFY(other.output.contains("iss.other-client"));
}

void TestCliSandbox::writesJUnit()
{
    QVERIFY(!addSandbox(u"Good <&> \"one\""_s).isEmpty());
    QVERIFY(!addSandbox(u"Bad"_s, {{u"clientId"_s, u"00000000-0000-4000-8000-000000000000"_s}}).isEmpty());
    const QString path = m_session->path(u"junit.xml"_s);
    QVERIFY_STATUS(m_session->cli({u"test"_s, u"--all"_s, u"--junit"_s, path, u"--correct-clock"_s}), 1);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QStringList cases;
    QStringList failures;
    QString counts;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"testsuite")
            counts = u"%1/%2"_s.arg(xml.attributes().value("tests"_L1), xml.attributes().value("failures"_L1));
        if (xml.name() == u"testcase")
            cases.append(xml.attributes().value("name"_L1).toString());
        if (xml.name() == u"failure")
            failures.append(u"%1: %2"_s.arg(cases.last(), xml.attributes().value("type"_L1)));
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(counts, u"2/1"_s);
    QCOMPARE(cases, (QStringList{u"Bad"_s, u"Good <&> \"one\""_s}));
    QCOMPARE(failures, QStringList{u"Bad: invalid_client"_s});
}

void TestCliSandbox::printsTokens()
{
    QVERIFY(!addSandbox(u"One"_s).isEmpty());
    const ProcessResult plain = m_session->cli({u"token"_s, u"--scope"_s, u"system/Patient.rs"_s, u"One"_s});
    QVERIFY_STATUS(plain, 0);
    QVERIFY(!plain.output.trimmed().isEmpty() && !plain.output.trimmed().contains(' '));
    const ProcessResult json = m_session->json({u"token"_s, u"One"_s});
    QVERIFY_STATUS(json, 0);
    QCOMPARE(json.json().object().keys(), (QStringList{u"accessToken"_s, u"expiresIn"_s, u"scopes"_s, u"type"_s}));
    QVERIFY(json.json().object().value("expiresIn"_L1).toInt() > 0);

    QVERIFY(!addSandbox(u"Bad"_s, {{u"clientId"_s, u"00000000-0000-4000-8000-000000000000"_s}}).isEmpty());
    const ProcessResult refused = m_session->json({u"token"_s, u"Bad"_s});
    QVERIFY_STATUS(refused, 1);
    QCOMPARE(errorOf(refused).value("code"_L1).toString(), u"token.refused"_s);
    QVERIFY(errorOf(refused).value("message"_L1).toString().contains("invalid_client"_L1));
}

void TestCliSandbox::trustsGivenAuthoritiesOnly()
{
    const RunningSandbox sandbox({u"--tls"_s});
    QVERIFY(sandbox.isReady());
    const QByteArray draft = text(sandbox.draft());
    const ProcessResult untrusted = m_session->bare({u"test"_s, u"--from"_s, u"-"_s, u"--json"_s}, draft);
    QVERIFY_STATUS(untrusted, 1);
    const QString authority = sandbox.value("caFile"_L1);
    QVERIFY_STATUS(m_session->bare({u"test"_s, u"--from"_s, u"-"_s, u"--json"_s, u"--ca"_s, authority}, draft), 0);
    const QString text = m_session->write(u"text.pem"_s, "no certificate");
    const ProcessResult wrong = m_session->bare({u"test"_s, u"--from"_s, u"-"_s, u"--json"_s, u"--ca"_s, text}, draft);
    QVERIFY_STATUS(wrong, 2);
    QCOMPARE(errorOf(wrong).value("code"_L1).toString(), u"ca.no-certificate"_s);
}

void TestCliSandbox::interruptEndsARunningTest()
{
    // Takes connections into its backlog and never says a word.
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const QString base = u"http://127.0.0.1:%1/api/FHIR/R4"_s.arg(silent.serverPort());
    const QString file = m_session->write(u"draft.json"_s, text(m_sandbox->draft({{u"fhirBaseUrl"_s, base}})));
    ProcessFixture fixture(u"credenza-cli"_s);
    fixture.process().setProcessEnvironment(m_session->environment());
    QVERIFY(fixture.start({u"test"_s, u"--from"_s, file, u"--json"_s}));
    QVERIFY(silent.waitForNewConnection(10'000));
    fixture.sendSignal(SIGINT);
    const ProcessResult result = fixture.finish(10'000);
    QVERIFY_STATUS(result, 130);
    qInfo("ended %lld ms after the signal", result.milliseconds);
    QVERIFY(result.milliseconds < 1000);
    QVERIFY(result.output.isEmpty());
    QCOMPARE(errorOf(result).value("code"_L1).toString(), u"cancelled"_s);
}

void TestCliSandbox::timeoutEndsARunningTest()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const QString base = u"http://127.0.0.1:%1/api/FHIR/R4"_s.arg(silent.serverPort());
    const ProcessResult result =
        m_session->bare({u"test"_s, u"--from"_s, u"-"_s, u"--json"_s, u"--timeout"_s, u"0.5"_s},
                        text(m_sandbox->draft({{u"fhirBaseUrl"_s, base}})));
    QVERIFY_STATUS(result, 1);
    QVERIFY2(result.milliseconds < 8000, qPrintable(QString::number(result.milliseconds)));
}

void TestCliSandbox::leaksNothing()
{
    QVERIFY(!addSandbox(u"One"_s).isEmpty());
    QVERIFY(!addSandbox(u"Bad"_s, {{u"clientId"_s, u"00000000-0000-4000-8000-000000000000"_s}}).isEmpty());
    // A key that came encrypted: its password is a secret as well.
    const QByteArray keyPassword = "k3y passw0rd that nobody sees";
    const QString passwordFile = m_session->write(u"key-password"_s, keyPassword);
    if (ProcessFixture::isBuilt(u"/usr/bin/openssl"_s)) {
        const ProcessResult encrypted =
            ProcessFixture(u"/usr/bin/openssl"_s)
                .run({u"pkcs8"_s, u"-topk8"_s, u"-passout"_s, u"file:"_s + passwordFile}, m_sandbox->keyPem());
        QVERIFY_STATUS(encrypted, 0);
        const QString file = m_session->write(u"encrypted.pem"_s, encrypted.output);
        QVERIFY_STATUS(m_session->json({u"add"_s, u"--name"_s, u"Encrypted"_s, u"--base-url"_s,
                                        m_sandbox->value("fhirBaseUrl"_L1), u"--client-id"_s,
                                        m_sandbox->value("clientId"_L1), u"--key"_s, file, u"--key-password-file"_s,
                                        passwordFile}),
                       0);
    }
    const QString report = m_session->path(u"report.md"_s);
    const QString junit = m_session->path(u"junit.xml"_s);
    m_session->cli({u"test"_s, u"--all"_s, u"--verbose"_s, u"--report"_s, report, u"--junit"_s, junit});
    for (const QString &path : {report, junit}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray written = file.readAll();
        QVERIFY(!written.contains(m_session->passphrase()) && !written.contains(keyPassword));
        QVERIFY(!QRegularExpression(u"eyJ[\\w-]+\\.eyJ[\\w-]+\\.[\\w-]{20,}"_s).match(QString::fromUtf8(written)).hasMatch());
    }
    m_session->json({u"test"_s, u"--all"_s, u"--verbose"_s});
    m_session->bare({u"test"_s, u"--from"_s, u"-"_s, u"--verbose"_s}, text(m_sandbox->draft()));
    m_session->cli({u"assertion"_s, u"One"_s, u"--decode"_s});
    m_session->json({u"show"_s, u"One"_s});
    m_session->json({u"test"_s, u"--all"_s, u"--history"_s});
    m_session->json({u"activity"_s});

    TestKey key;
    key.pem = m_sandbox->keyPem();
    key.der = QByteArray::fromBase64(key.pem.mid(key.pem.indexOf('\n')).split('-').first());
    QVERIFY(key.der.size() > 500);
    const QList<QByteArray> secrets = secretsOf(*m_session, key) << keyPassword;
    for (const QByteArray &secret : secrets)
        QVERIFY2(!m_session->transcript().contains(secret), "a secret was printed");
    // A signature of RS384 with 2048 bits has 342 base64url characters; nothing that long may follow a claims part.
    const QRegularExpression jwt(u"eyJ[\\w-]+\\.eyJ[\\w-]+\\.[\\w-]{20,}"_s);
    QVERIFY(!jwt.match(QString::fromUtf8(m_session->transcript())).hasMatch());
    QCOMPARE(m_session->filesHolding(secrets), QStringList());

    // A token that was printed on purpose is kept nowhere.
    const QByteArray token = m_session->cli({u"token"_s, u"One"_s}).output.trimmed();
    QVERIFY(!token.isEmpty());
    QCOMPARE(m_session->filesHolding({token}), QStringList());
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCliSandbox)
#include "tst_cli_sandbox.moc"
