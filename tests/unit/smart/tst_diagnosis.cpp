// SPDX-License-Identifier: Apache-2.0
// Each row: what was seen, and the cause that must stand first.
#include "core/smart/DiagnosisRules.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

const QString endpoint = u"https://fhir.epic.com/interconnect-fhir-oauth/oauth2/token"_s;
const QDateTime noon(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);

/// A report that failed at `step`, with all before it in order.
TestReport failedAt(TestStepId step, const QString &code, int status = 0, const QString &body = {},
                    const QList<std::pair<QString, QString>> &headers = {})
{
    TestReport report;
    report.startedAt = noon;
    for (int i = 0; i < 5; ++i) {
        TestStep entry;
        entry.id = TestStepId(i);
        entry.state = i < int(step)    ? TestStepState::Passed
                      : i == int(step) ? TestStepState::Failed
                                       : TestStepState::Skipped;
        report.steps.append(entry);
    }
    TestStep &failed = report.steps[int(step)];
    failed.code = code;
    failed.summary = u"what happened"_s;
    failed.hint = u"what to do"_s;
    if (status > 0)
        failed.exchanges.append({{u"POST"_s, endpoint, {}, {}}, RedactedResponse{status, u"X"_s, headers, body}, 1});
    report.steps[1].details = {{u"tokenEndpoint"_s, endpoint},
                               {u"advertisedTokenEndpoint"_s, endpoint},
                               {u"source"_s, u"smart-configuration"_s},
                               {u"signingAlgorithms"_s, QJsonArray{u"RS384"_s, u"ES384"_s}}};
    report.steps[2].details = {
        {u"header"_s, QJsonObject{{u"alg"_s, u"RS384"_s}, {u"kid"_s, u"k1"_s}}},
        {u"claims"_s, QJsonObject{{u"aud"_s, endpoint}, {u"exp"_s, noon.toSecsSinceEpoch() + 240}, {u"jti"_s, u"x"_s}}},
        {u"verified"_s, true}};
    report.clockOffsetSeconds = 0.4;
    return report;
}

TestReport refused(const QString &error, const QString &description = {}, int status = 400)
{
    TestReport report = failedAt(TestStepId::Token, error, status, u"{}"_s);
    report.steps[3].details = {{u"error"_s, error}, {u"errorDescription"_s, description}};
    return report;
}

DiagnosisContext context()
{
    DiagnosisContext known;
    known.credentialId = u"11111111-1111-4111-8111-111111111111"_s;
    known.fhirBaseUrl = u"https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4"_s;
    known.clientId = u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s;
    known.now = noon;
    return known;
}

DiagnosisContext inProduction()
{
    DiagnosisContext known = context();
    known.fhirBaseUrl = u"https://riverbend.example.test/FHIRProxy/api/FHIR/R4"_s;
    return known;
}

Credential otherCredential(const QString &base, const QString &clientId, bool passed)
{
    Credential other;
    other.id = QUuid(u"22222222-2222-4222-8222-222222222222"_s);
    other.fhirBaseUrl = base;
    other.clientId = clientId;
    TestSummary last;
    last.passed = passed;
    last.at = noon.addSecs(-300);
    other.lastTest = last;
    return other;
}

TestSummary passedBefore(qint64 seconds)
{
    TestSummary last;
    last.passed = true;
    last.at = noon.addSecs(-seconds);
    return last;
}

} // namespace

class TestDiagnosis : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstCause_data();
    void firstCause();
    void nothingToSay();
    void sandboxIdInProduction();
    void anotherIdPassedWithTheKey();
    void othersAreNoEvidence_data();
    void othersAreNoEvidence();
    void keyAge_data();
    void keyAge();
    void clock_data();
    void clock();
    void ruledOut();
    void rankedByLikelihood();
    void everyRuleIsDocumented();
};

void TestDiagnosis::firstCause_data()
{
    QTest::addColumn<TestReport>("report");
    QTest::addColumn<DiagnosisContext>("known");
    QTest::addColumn<QString>("cause");
    const auto row = [](const char *name, const TestReport &report, const QString &cause,
                        const DiagnosisContext &known = context()) {
        QTest::addRow("%s", name) << report << known << cause;
    };
    const QString iis = u"<html>404 - File or directory not found.</html>"_s;
    const QList<std::pair<QString, QString>> html{{u"Content-Type"_s, u"text/html"_s}};

    row("L: invalid field", failedAt(TestStepId::Validate, u"client-id.missing"_s), u"invalid-field"_s);
    row("L: key can't sign", failedAt(TestStepId::Sign, u"key.algorithm-mismatch"_s), u"signing-failed"_s);
    row("N1", failedAt(TestStepId::Discover, u"net.host-not-found"_s), u"host-not-found"_s);
    row("N2", failedAt(TestStepId::Discover, u"net.tls-untrusted"_s), u"tls-inspection"_s);
    row("N2 expired", failedAt(TestStepId::Discover, u"net.tls-expired"_s), u"tls-certificate"_s);
    row("N3 refused", failedAt(TestStepId::Discover, u"net.connection-refused"_s), u"connection-refused"_s);
    row("N3 time-out", failedAt(TestStepId::Discover, u"net.timeout"_s), u"no-answer"_s);
    row("N3 firewall page", failedAt(TestStepId::Token, u"http.403"_s, 403, u"<html>Rejected</html>"_s, html),
        u"web-page"_s);
    row("N4", failedAt(TestStepId::Discover, u"net.proxy"_s), u"proxy"_s);
    row("N5", failedAt(TestStepId::Discover, u"smart.no-token-endpoint"_s, 404, iis, html), u"wrong-base-url"_s);
    row("N6", failedAt(TestStepId::Discover, u"smart.not-fhir"_s, 302, {}, html), u"wrong-base-url"_s);
    TestReport guessed = failedAt(TestStepId::Token, u"http.404"_s, 404, iis, html);
    guessed.steps[1].details.insert(u"source"_s, u"epic-path-rule"_s);
    guessed.steps[1].details.remove(u"advertisedTokenEndpoint"_s);
    row("N5 by the path rule", guessed, u"wrong-base-url"_s);
    row("T1", refused(u"invalid_request"_s), u"malformed-request"_s);
    TestReport ours = refused(u"invalid_client"_s);
    ours.steps[1].details.insert(u"tokenEndpoint"_s, u"https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4"_s);
    ours.steps[1].details.insert(u"source"_s, u"override"_s);
    row("T2i", ours, u"audience"_s);
    row("T2i told", refused(u"invalid_client"_s, u"invalid_aud"_s, 401), u"audience"_s);
    row("T2i oidc-provider",
        refused(u"invalid_client"_s, u"audience (aud) must equal the issuer identifier url"_s, 401), u"audience"_s);
    row("T2d told",
        refused(u"invalid_client"_s, u"No public keys found in the JWKS with \"kid\" equal to \"k1\""_s, 400),
        u"key-not-found"_s);
    row("T2c told",
        refused(u"invalid_client"_s, u"Unable to verify the token with any of the public keys found in the keys"_s),
        u"wrong-key"_s);
    row("T2c told, other words", refused(u"invalid_client"_s, u"signature verification failed"_s), u"wrong-key"_s);
    row("T2k told", refused(u"invalid_client"_s, u"jti has already been used"_s), u"replay"_s);
    row("T2g told", refused(u"invalid_client"_s, u"token expired"_s), u"assertion-times"_s);
    row("T2b told", refused(u"invalid_client"_s, u"client not found"_s), u"unknown-client"_s);
    TestReport unlisted = refused(u"invalid_client"_s);
    unlisted.steps[1].details.insert(u"signingAlgorithms"_s, QJsonArray{u"ES384"_s});
    row("T2l", unlisted, u"algorithm"_s);
    row("T2 without a word", refused(u"invalid_client"_s), u"key-not-registered"_s);
    row("T2, 401", refused(u"invalid_client"_s, {}, 401), u"key-not-registered"_s);
    row("T4 told", refused(u"invalid_grant"_s, u"Invalid audience"_s), u"audience"_s);
    DiagnosisContext recently = context();
    recently.lastTest = passedBefore(600);
    row("T2n", refused(u"invalid_client"_s), u"flaky-refusal"_s, recently);
    row("T3", refused(u"unauthorized_client"_s), u"background-user-missing"_s);
    row("T5", refused(u"invalid_scope"_s), u"scope"_s);
    row("T6", refused(u"unsupported_grant_type"_s), u"unsupported-grant-type"_s);
    row("T7",
        failedAt(TestStepId::Token, u"http.400"_s, 400,
                 u"<html>Something went wrong trying to authorize the client</html>"_s, html),
        u"authorize-endpoint"_s);
    row("T8 page", failedAt(TestStepId::Token, u"token.html"_s, 200, u"<html>Log in</html>"_s, html), u"web-page"_s);
    row("T8 no token", failedAt(TestStepId::Token, u"token.no-access-token"_s, 200, u"{}"_s), u"not-a-token"_s);
    row("T10", failedAt(TestStepId::Token, u"net.connection-closed"_s), u"no-answer"_s);
    TestReport given = failedAt(TestStepId::Token, u"http.404"_s, 404, iis, html);
    given.steps[1].details.insert(u"source"_s, u"override"_s);
    row("wrong override", given, u"wrong-token-endpoint"_s);
    row("token redirected", failedAt(TestStepId::Token, u"token.redirected"_s, 302), u"token-redirect"_s);
    row("F1", failedAt(TestStepId::Fhir, u"fhir.unauthorized"_s, 401), u"token-elsewhere"_s);
    row("F2", failedAt(TestStepId::Fhir, u"fhir.insufficient-scope"_s, 403), u"api-not-ticked"_s);
    row("F3", failedAt(TestStepId::Fhir, u"fhir.user-not-authorized"_s, 403), u"user-rights"_s);
    row("F3b", failedAt(TestStepId::Fhir, u"fhir.sub-type-not-authorized"_s, 403), u"sub-type"_s);
    row("F4", failedAt(TestStepId::Fhir, u"fhir.not-found"_s, 404, iis, html), u"type-not-offered"_s);
    row("F15", failedAt(TestStepId::Fhir, u"fhir.busy"_s, 429), u"server-trouble"_s);
    row("500", failedAt(TestStepId::Token, u"http.500"_s, 500), u"server-trouble"_s);
}

void TestDiagnosis::firstCause()
{
    QFETCH(TestReport, report);
    QFETCH(DiagnosisContext, known);
    QFETCH(QString, cause);
    const Diagnosis diagnosis = diagnose(report, known);
    QStringList ids;
    for (const Cause &found : diagnosis.causes) {
        ids << found.id;
        QVERIFY2(!found.title.isEmpty() && !found.evidence.isEmpty() && !found.fix.isEmpty(), qPrintable(found.id));
    }
    QVERIFY2(ids.value(0) == cause, qPrintable(ids.join(u' ')));
}

void TestDiagnosis::nothingToSay()
{
    TestReport passed = failedAt(TestStepId::Fhir, {});
    passed.steps[4].state = TestStepState::Passed;
    QVERIFY(diagnose(passed, context()).causes.isEmpty());
    QVERIFY(diagnose(failedAt(TestStepId::Token, u"cancelled"_s), context()).causes.isEmpty());
    QVERIFY(diagnose({}, {}).causes.isEmpty());
}

void TestDiagnosis::sandboxIdInProduction()
{
    // Mockup 07: the same ID passed at the sandbox five minutes ago.
    DiagnosisContext known = inProduction();
    known.otherCredentials = {otherCredential(context().fhirBaseUrl, known.clientId, true)};
    known.keyCreatedAt = noon.addSecs(-22 * 60);
    const Diagnosis diagnosis = diagnose(refused(u"invalid_client"_s), known);
    QCOMPARE(diagnosis.causes[0].id, u"other-environment"_s);
    QCOMPARE(diagnosis.causes[0].likelihood, Cause::Likelihood::Certain);
    QCOMPARE(diagnosis.causes[0].field, u"clientId"_s);
    QVERIFY2(diagnosis.causes[0].evidence.contains(u"fhir.epic.com"), qPrintable(diagnosis.causes[0].evidence));
    QVERIFY2(diagnosis.causes[0].evidence.contains(u"5 min"), qPrintable(diagnosis.causes[0].evidence));
    QCOMPARE(diagnosis.causes[1].id, u"key-not-synced"_s);
    QVERIFY(diagnosis.causes[1].evidence.contains(u"22 min"));
}

void TestDiagnosis::anotherIdPassedWithTheKey()
{
    DiagnosisContext known = context();
    known.keyThumbprint = u"thumbprint"_s;
    Credential before = otherCredential(known.fhirBaseUrl, u"the-id-that-passed"_s, true);
    before.key.thumbprint = known.keyThumbprint;
    known.otherCredentials = {before};
    const Cause first = diagnose(refused(u"invalid_client"_s), known).causes.first();
    QCOMPARE(first.id, u"client-id-changed"_s);
    QCOMPARE(first.field, u"clientId"_s);
    QVERIFY2(first.evidence.contains(u"the-id-that-passed") && first.evidence.contains(u"5 min"),
             qPrintable(first.evidence));
    // The same ID passed as well: it is not what is wrong. Nor does a failure, or another key, tell anything.
    known.otherCredentials.append(before);
    known.otherCredentials.last().clientId = known.clientId;
    QVERIFY(diagnose(refused(u"invalid_client"_s), known).causes.first().id != u"client-id-changed");
    known.otherCredentials = {before};
    known.otherCredentials[0].lastTest->passed = false;
    QVERIFY(diagnose(refused(u"invalid_client"_s), known).causes.first().id != u"client-id-changed");
    known.otherCredentials = {before};
    known.keyThumbprint = u"another"_s;
    QVERIFY(diagnose(refused(u"invalid_client"_s), known).causes.first().id != u"client-id-changed");
}

void TestDiagnosis::othersAreNoEvidence_data()
{
    QTest::addColumn<Credential>("other");
    const QString sandbox = context().fhirBaseUrl;
    QTest::addRow("another client ID") << otherCredential(sandbox, u"client-2"_s, true);
    QTest::addRow("did not pass either") << otherCredential(sandbox, u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s, false);
    QTest::addRow("the same environment") << otherCredential(u"https://lakeside.example.test/api/FHIR/R4"_s,
                                                             u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s, true);
    Credential itself = otherCredential(sandbox, u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s, true);
    itself.id = QUuid(context().credentialId);
    QTest::addRow("itself, before the edit") << itself;
}

void TestDiagnosis::othersAreNoEvidence()
{
    QFETCH(Credential, other);
    DiagnosisContext known = inProduction();
    known.otherCredentials = {other};
    for (const Cause &cause : diagnose(refused(u"invalid_client"_s), known).causes)
        QVERIFY(cause.id != u"other-environment");
}

void TestDiagnosis::keyAge_data()
{
    QTest::addColumn<DiagnosisContext>("known");
    QTest::addColumn<qint64>("age");
    QTest::addColumn<bool>("isCause");
    QTest::addRow("sandbox, 5 min") << context() << qint64(300) << true;
    QTest::addRow("sandbox, 2 h") << context() << qint64(7200) << false;
    QTest::addRow("production, 2 h") << inProduction() << qint64(7200) << true;
    QTest::addRow("production, 13 h") << inProduction() << qint64(13 * 3600) << false;
    DiagnosisContext local = context();
    local.fhirBaseUrl = u"http://127.0.0.1:8080/api/FHIR/R4"_s;
    QTest::addRow("on this machine nothing is copied") << local << qint64(60) << false;
}

void TestDiagnosis::keyAge()
{
    QFETCH(DiagnosisContext, known);
    QFETCH(qint64, age);
    QFETCH(bool, isCause);
    known.keyCreatedAt = noon.addSecs(-age);
    const Diagnosis diagnosis = diagnose(refused(u"invalid_client"_s), known);
    QCOMPARE(diagnosis.causes.constFirst().id == u"key-not-synced", isCause);
}

void TestDiagnosis::clock_data()
{
    QTest::addColumn<double>("offset");
    QTest::addColumn<QString>("likelihood");
    QTest::addColumn<bool>("isRuledOut");
    QTest::addRow("right") << 0.4 << QString() << true;
    QTest::addRow("a little") << 20.0 << u"possible"_s << false;
    QTest::addRow("slow, but inside the lifetime") << 100.0 << u"possible"_s << false;
    QTest::addRow("slow") << 300.0 << u"certain"_s << false;
    QTest::addRow("fast, but inside the window") << -30.0 << u"possible"_s << false;
    QTest::addRow("fast") << -90.0 << u"certain"_s << false;
    QTest::addRow("another day") << 86'400.0 << u"certain"_s << false;
}

void TestDiagnosis::clock()
{
    QFETCH(double, offset);
    QFETCH(QString, likelihood);
    QFETCH(bool, isRuledOut);
    TestReport report = refused(u"invalid_client"_s);
    report.clockOffsetSeconds = offset;
    const Diagnosis diagnosis = diagnose(report, context());
    QString seen;
    for (const Cause &cause : diagnosis.causes) {
        if (cause.id == u"clock-skew")
            seen = nameOf(cause.likelihood);
    }
    QCOMPARE(seen, likelihood);
    if (likelihood == u"certain")
        QCOMPARE(diagnosis.causes.constFirst().id, u"clock-skew"_s);
    QCOMPARE(diagnosis.ruledOut.join(u' ').contains(u"Clock"_s), isRuledOut);
}

void TestDiagnosis::ruledOut()
{
    QCOMPARE(diagnose(refused(u"invalid_client"_s), context()).ruledOut,
             (QStringList{u"Clock +0.4 s"_s, u"aud matches"_s, u"exp 4 min"_s, u"RS384 listed"_s, u"jti new"_s,
                          u"Signature"_s}));
    // Only what was seen: an endpoint that nobody confirmed does not "match".
    TestReport unconfirmed = refused(u"invalid_client"_s);
    unconfirmed.steps[1].details.remove(u"advertisedTokenEndpoint"_s);
    unconfirmed.steps[1].details.remove(u"signingAlgorithms"_s);
    unconfirmed.clockOffsetSeconds.reset();
    QCOMPARE(diagnose(unconfirmed, context()).ruledOut, (QStringList{u"exp 4 min"_s, u"jti new"_s, u"Signature"_s}));
    QVERIFY(diagnose(failedAt(TestStepId::Discover, u"net.timeout"_s), context()).ruledOut.size() <= 1);
}

void TestDiagnosis::rankedByLikelihood()
{
    DiagnosisContext known = inProduction();
    known.otherCredentials = {otherCredential(context().fhirBaseUrl, known.clientId, true)};
    known.keyCreatedAt = noon.addSecs(-60);
    known.lastTest = passedBefore(60);
    TestReport report = refused(u"invalid_client"_s);
    report.clockOffsetSeconds = 500;
    const Diagnosis diagnosis = diagnose(report, known);
    QVERIFY(diagnosis.causes.size() >= 5);
    QVERIFY(std::ranges::is_sorted(diagnosis.causes, {}, &Cause::likelihood));
}

void TestDiagnosis::everyRuleIsDocumented()
{
    QSet<QByteArray> ids;
    for (const DiagnosisRule &rule : diagnosisRules()) {
        QVERIFY2(!ids.contains(rule.id), rule.id);
        ids.insert(rule.id);
        QVERIFY2(!QByteArray(rule.source).isEmpty(), rule.id);
        QVERIFY2(rule.look != nullptr, rule.id);
    }
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestDiagnosis)
#include "tst_diagnosis.moc"
