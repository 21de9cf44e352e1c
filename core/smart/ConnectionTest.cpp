// SPDX-License-Identifier: Apache-2.0
#include "core/smart/ConnectionTest.h"

#include "core/smart/AccessTokens.h"
#include "core/smart/Diagnosis.h"
#include "core/smart/Discovery.h"
#include "core/smart/FailureProbes.h"
#include "core/smart/FhirProbe.h"
#include "core/smart/RecordingTransport.h"
#include "core/smart/Scopes.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct TestText {
    Q_DECLARE_TR_FUNCTIONS(ConnectionTest)
};

/// What a server says of itself; null where it was not read.
using Statement = std::shared_ptr<const CapabilityStatement>;

/// How a step ended.
struct Outcome {
    TestStepState state = TestStepState::Passed;
    QString code;
    QString summary;
    QString hint;
};

Outcome passed(QString summary)
{
    return {TestStepState::Passed, {}, std::move(summary), {}};
}

Outcome warning(QString summary, QString hint)
{
    return {TestStepState::Warning, {}, std::move(summary), std::move(hint)};
}

Outcome failed(const Error &error)
{
    return {TestStepState::Failed, error.code, error.message, error.hint};
}

QString signedSeconds(double seconds)
{
    const bool isNegative = seconds <= -0.05; // "−0.0" would tell of nothing
    return (isNegative ? u"−"_s : u"+"_s) + QLocale().toString(std::abs(seconds), 'f', 1);
}

QString duration(std::chrono::seconds time)
{
    return time.count() % 60 == 0 ? TestText::tr("%n min", nullptr, int(time.count() / 60))
                                  : TestText::tr("%n s", nullptr, int(time.count()));
}

/// Whether the answer has a `scope` member: without one, what was asked is granted (RFC 6749 §5.1).
bool tellsScopes(const HttpReply &reply)
{
    return QJsonDocument::fromJson(reply.body).object().value(u"scope").isString();
}

/// How the key shows in an EHR's portal, to compare it there.
QJsonObject keyFacts(const PublicKey &key, const KeyCard &card)
{
    const QString thumbprint = key.thumbprint();
    // What was written of the same key when it was saved will do: to write it again takes as long as to verify by it.
    QByteArray pem = card.thumbprint == thumbprint && !card.publicPem.isEmpty() ? card.publicPem : key.pem();
    pem.remove(0, pem.indexOf('\n'));
    pem.truncate(pem.indexOf("-----"));
    const QByteArray der = QByteArray::fromBase64(pem);
    return {{u"type"_s, nameOf(key.type())},
            {u"bits"_s, key.bits()},
            {u"thumbprint"_s, thumbprint},
            {u"publicKeySha1"_s,
             QString::fromLatin1(QCryptographicHash::hash(der, QCryptographicHash::Sha1).toHex().toUpper())}};
}

/// The state of a running test: what the steps hand on to each other, and the report they fill.
class TestRun
{
public:
    TestRun(const TestSubject &subject, const TestEnvironment &environment, std::stop_token stop,
            const TestProgress &progress);

    /// Runs one step and reports it; false where the test ends with it.
    bool step(TestStepId id, Outcome (TestRun::*action)(TestStep &));
    TestReport finish();

    Outcome checkFields(TestStep &step);
    Outcome discoverEndpoint(TestStep &step);
    Outcome signAssertion(TestStep &step);
    Outcome requestToken(TestStep &step);
    Outcome callFhir(TestStep &step);

private:
    [[nodiscard]] double sinceStart() const;
    [[nodiscard]] std::chrono::seconds clockCorrection() const;
    [[nodiscard]] Result<ClientAssertion> newAssertion() const;
    Result<HttpReply> postAssertion();
    [[nodiscard]] static bool isBareRefusal(const HttpReply &reply);
    void changed();
    void addCertificates(TestStep &step) const;
    Outcome judgeRefusal(TestStep &step, const HttpReply &reply) const;
    Outcome judgeGrant(TestStep &step, const HttpReply &reply);
    [[nodiscard]] Result<Statement> readStatement(const QByteArray &body) const;
    QString metadataSummary(TestStep &step, const Result<HttpReply> &reply, Statement &statement);

    const TestSubject &m_subject;
    const TestEnvironment &m_environment;
    std::stop_token m_stop;
    const TestProgress &m_progress;
    std::chrono::steady_clock::time_point m_begun;
    RecordingTransport m_transport;
    TestReport m_report;

    Credential m_credential;
    std::optional<PrivateKey> m_key;
    Discovery m_discovery;
    std::optional<ClientAssertion> m_assertion;
    std::optional<AccessToken> m_token;
    bool m_isOver = false; ///< all steps are done
};

TestRun::TestRun(const TestSubject &subject, const TestEnvironment &environment, std::stop_token stop,
                 const TestProgress &progress)
    : m_subject(subject), m_environment(environment), m_stop(std::move(stop)), m_progress(progress),
      m_begun(environment.clock.ticks()), m_transport(environment.transport, environment.clock)
{
    m_report.credential = subject.draft.name.simplified();
    m_report.startedAt = toDateTime(environment.clock.now());
    for (const TestStepId id :
         {TestStepId::Validate, TestStepId::Discover, TestStepId::Sign, TestStepId::Token, TestStepId::Fhir}) {
        TestStep waiting;
        waiting.id = id;
        m_report.steps.append(waiting);
    }
}

double TestRun::sinceStart() const
{
    return std::chrono::duration<double, std::milli>(m_environment.clock.ticks() - m_begun).count();
}

void TestRun::changed()
{
    // Of the server that judges the assertion; what is asked after a failure may be answered by another one.
    if (!m_isOver)
        m_report.clockOffsetSeconds = m_transport.clockOffset();
    if (!m_progress)
        return;
    // Who is told may keep it, on another thread. Steps are filled in through references, which Qt's sharing does not
    // notice: the list that is told must be another than the one that is written to.
    TestReport told = m_report;
    told.steps = QList<TestStep>(m_report.steps.cbegin(), m_report.steps.cend());
    m_progress(told);
}

bool TestRun::step(TestStepId id, Outcome (TestRun::*action)(TestStep &))
{
    TestStep &step = m_report.steps[static_cast<qsizetype>(id)];
    step.state = TestStepState::Running;
    step.startMilliseconds = sinceStart();
    changed();

    m_transport.recordInto(&step.exchanges, [this] { changed(); });
    Outcome outcome = m_stop.stop_requested() ? failed(cancelled().error()) : (this->*action)(step);
    m_transport.recordInto(nullptr, {});
    if (!step.exchanges.isEmpty())
        addCertificates(step);

    step.state = outcome.state;
    step.code = m_transport.cleaned(outcome.code);
    step.summary = m_transport.cleaned(outcome.summary); // may quote the server
    step.hint = std::move(outcome.hint);
    step.milliseconds = sinceStart() - step.startMilliseconds;
    changed();
    return step.state != TestStepState::Failed;
}

void TestRun::addCertificates(TestStep &step) const
{
    QJsonArray certificates;
    for (const QSslCertificate &certificate : m_transport.receivedChain()) {
        certificates.append(QJsonObject{
            {u"subject"_s, certificate.subjectDisplayName()},
            {u"issuer"_s, certificate.issuerDisplayName()},
            {u"organization"_s, certificate.issuerInfo(QSslCertificate::Organization).join(u", "_s)},
            {u"validFrom"_s, certificate.effectiveDate().toUTC().toString(Qt::ISODate)},
            {u"validUntil"_s, certificate.expiryDate().toUTC().toString(Qt::ISODate)},
            {u"selfSigned"_s, certificate.isSelfSigned()},
            {u"sha256"_s, QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex())}});
    }
    if (!certificates.isEmpty())
        step.details.insert(u"certificates"_s, certificates);
}

TestReport TestRun::finish()
{
    for (TestStep &step : m_report.steps) {
        if (step.state == TestStepState::Waiting) {
            step.state = TestStepState::Skipped;
            step.startMilliseconds = sinceStart();
            step.summary = TestText::tr("Not reached");
        }
    }
    m_report.passed = m_report.failedStep() == nullptr;
    m_isOver = true;
    if (!m_report.passed) {
        if (m_environment.probesFailures && m_key) {
            m_report.probes =
                probeFailure(m_report, {m_credential, *m_key, m_subject.network}, m_environment, m_transport, m_stop);
        }
        // Whoever knows more (the vault's other credentials, the key's age) may diagnose again with that.
        DiagnosisContext context;
        context.fhirBaseUrl = m_credential.fhirBaseUrl;
        context.clientId = m_credential.clientId;
        context.now = toDateTime(m_environment.clock.now());
        Diagnosis diagnosis = diagnose(m_report, context);
        m_report.diagnosis = std::move(diagnosis.causes);
        m_report.ruledOut = std::move(diagnosis.ruledOut);
    }
    changed();
    return std::move(m_report);
}

Outcome TestRun::checkFields(TestStep &step)
{
    const Validation validation = validate(m_subject.draft);
    step.details = toJson(validation);
    if (!validation.isValid()) {
        const auto worst = std::ranges::find_if(
            validation.findings, [](const auto &entry) { return entry.second.state == Finding::State::Error; });
        const int others = validation.errorCount() - 1;
        QString summary = worst->second.message;
        if (others > 0)
            summary += u' ' + TestText::tr("And %n more.", nullptr, others);
        return {TestStepState::Failed, worst->second.code, summary, worst->second.fix};
    }
    Result<Credential> credential = toCredential(m_subject.draft, toDateTime(m_environment.clock.now()));
    if (!credential)
        return failed(credential.error());
    m_credential = std::move(*credential);

    m_key = m_subject.key;
    if (!m_key && m_subject.draft.key && m_subject.draft.key->imported)
        m_key = m_subject.draft.key->imported->key;
    if (!m_key) {
        return {TestStepState::Failed, u"key.missing"_s, TestText::tr("There is no private key to sign with."),
                TestText::tr("Paste one, choose a file, or generate a key pair.")};
    }
    const auto remarks = std::ranges::count_if(
        validation.findings, [](const auto &entry) { return entry.second.state == Finding::State::Warning; });
    const auto count = int(validation.findings.size());
    return passed(remarks == 0 ? TestText::tr("%1 of %1 valid").arg(count)
                               : TestText::tr("%1 of %1 valid, %n with a remark", nullptr, int(remarks)).arg(count));
}

Outcome TestRun::discoverEndpoint(TestStep &step)
{
    Result<Discovery> found = discover(m_credential, m_subject.network, m_transport, m_stop);
    if (!found)
        return failed(found.error());
    m_discovery = std::move(*found);

    step.details = {{u"tokenEndpoint"_s, m_discovery.tokenEndpoint},
                    {u"source"_s, nameOf(m_discovery.source)},
                    {u"connector"_s, m_credential.connector}};
    if (!m_discovery.advertised.isEmpty())
        step.details.insert(u"advertisedTokenEndpoint"_s, m_discovery.advertised);
    if (const QString byRule = epicTokenEndpoint(m_credential.fhirBaseUrl); !byRule.isEmpty())
        step.details.insert(u"pathRuleTokenEndpoint"_s, byRule);
    if (!m_discovery.tried.isEmpty())
        step.details.insert(u"tried"_s, QJsonArray::fromStringList(m_discovery.tried));
    if (m_discovery.configuration) {
        step.details.insert(u"signingAlgorithms"_s,
                            QJsonArray::fromStringList(m_discovery.configuration->signingAlgorithms));
        step.details.insert(u"capabilities"_s, QJsonArray::fromStringList(m_discovery.configuration->capabilities));
    }
    if (m_discovery.capabilities)
        step.details.insert(u"fhirVersion"_s, m_discovery.capabilities->fhirVersion);

    QString clock;
    if (const auto offset = m_transport.clockOffset()) {
        step.details.insert(u"clockOffsetSeconds"_s, *offset);
        clock = TestText::tr(", clock offset %1 s").arg(signedSeconds(*offset));
    }
    const QString tried = m_discovery.tried.join(u"; "_s);
    switch (m_discovery.source) {
    case EndpointSource::SmartConfiguration:
        return passed(TestText::tr("SMART configuration found%1").arg(clock));
    case EndpointSource::CapabilityStatement:
        return warning(TestText::tr("Token endpoint taken from the CapabilityStatement%1. Tried: %2").arg(clock, tried),
                       TestText::tr("The server has no SMART configuration; it may be an older version."));
    case EndpointSource::EpicPathRule:
        return warning(TestText::tr("Token endpoint guessed by Epic's path rule%1. Tried: %2").arg(clock, tried),
                       TestText::tr("If the token is refused, check the path of the FHIR base URL."));
    case EndpointSource::Override:
        break;
    }
    if (m_discovery.advertised == m_discovery.tokenEndpoint)
        return passed(TestText::tr("The given token endpoint is the server's own%1").arg(clock));
    if (m_discovery.advertised.isEmpty()) {
        return warning(TestText::tr("Token endpoint as given; the server does not confirm it%1. %2").arg(clock, tried),
                       TestText::tr("Leave the token endpoint empty where the server can be asked for it."));
    }
    return warning(TestText::tr("Token endpoint as given; the server itself names %1").arg(m_discovery.advertised),
                   TestText::tr("Leave the token endpoint empty to use the server's own."));
}

Outcome TestRun::signAssertion(TestStep &step)
{
    Result<ClientAssertion> assertion = newAssertion();
    if (!assertion)
        return failed(assertion.error());
    const PublicKey publicKey = m_key->publicKey();
    step.details = {{u"header"_s, assertion->header}, {u"claims"_s, assertion->claims}, {u"key"_s, keyFacts(publicKey, m_credential.key)}};

    // Checked with the public half, as the server will: what fails here would fail there without a reason.
    const QByteArrayView jwt = assertion->jwt.charView();
    const qsizetype lastDot = jwt.lastIndexOf('.');
    const QByteArray signature = QByteArray::fromBase64(jwt.sliced(lastDot + 1).toByteArray(),
                                                        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const bool isVerified = publicKey.verify(m_credential.algorithm, jwt.first(lastDot), signature);
    step.details.insert(u"verified"_s, isVerified);
    if (!isVerified) {
        return {TestStepState::Failed, u"key.sign-failed"_s,
                TestText::tr("The signature does not verify with the key's own public half."),
                TestText::tr("The key may be damaged: replace it.")};
    }
    m_transport.hide(SecretBytes::copyOf(jwt.sliced(lastDot + 1)));
    m_assertion = std::move(*assertion);
    const auto lifetime = AssertionRequest().lifetime;
    QString summary = TestText::tr("%1, kid %2, expires in %3")
                          .arg(nameOf(m_credential.algorithm), m_credential.effectiveKeyId(), duration(lifetime));
    if (const auto correction = clockCorrection(); correction.count() != 0) {
        step.details.insert(u"clockCorrectionSeconds"_s, qint64(correction.count()));
        summary += TestText::tr(", by the server's clock (%1 s)").arg(signedSeconds(double(correction.count())));
    }
    return passed(summary);
}

std::chrono::seconds TestRun::clockCorrection() const
{
    return m_environment.correctsClock ? usableClockOffset(m_transport.clockOffset()) : std::chrono::seconds();
}

Result<ClientAssertion> TestRun::newAssertion() const
{
    return assertionFor(m_credential, m_discovery.tokenEndpoint, *m_key, m_environment.clock, m_environment.random,
                        clockCorrection());
}

Result<HttpReply> TestRun::postAssertion()
{
    HttpRequest request =
        tokenHttpRequest(m_discovery.tokenEndpoint, *m_assertion, m_credential.scopes, m_subject.network);
    addExtraHeaders(request, m_credential);
    m_assertion.reset(); // good for one request
    return m_transport.send(request, m_stop);
}

bool TestRun::isBareRefusal(const HttpReply &reply)
{
    if (reply.status == 200)
        return false;
    const auto error = readOAuthError(reply);
    return error && error->error == u"invalid_client" && error->description.isEmpty();
}

Outcome TestRun::requestToken(TestStep &step)
{
    Result<HttpReply> reply = postAssertion();
    if (!reply)
        return failed(reply.error());
    const int firstStatus = reply->status;
    const bool isSecondTry = m_environment.probesFailures && isBareRefusal(*reply);
    if (isSecondTry) {
        Result<ClientAssertion> assertion = newAssertion();
        if (!assertion)
            return failed(assertion.error());
        const QByteArrayView jwt = assertion->jwt.charView();
        m_transport.hide(SecretBytes::copyOf(jwt.sliced(jwt.lastIndexOf('.') + 1)));
        m_assertion = std::move(*assertion);
        step.details.insert(u"tries"_s, 2);
        reply = postAssertion();
        if (!reply)
            return failed(reply.error());
    }
    step.details.insert(u"status"_s, reply->status);
    Outcome outcome = reply->status == 200 ? judgeGrant(step, *reply) : judgeRefusal(step, *reply);
    if (isSecondTry && outcome.state == TestStepState::Passed) {
        return warning(outcome.summary +
                           TestText::tr("; the first try was refused (%1, invalid_client)").arg(firstStatus),
                       TestText::tr("The server refuses now and then for no reason: try such requests again."));
    }
    return outcome;
}

Outcome TestRun::judgeRefusal(TestStep &step, const HttpReply &reply) const
{
    if (const auto error = readOAuthError(reply)) {
        const QString words = m_transport.cleaned(error->description);
        step.details.insert(u"error"_s, m_transport.cleaned(error->error));
        step.details.insert(u"errorDescription"_s, words);
        const QString status = QString::number(reply.status);
        return {TestStepState::Failed, error->error,
                words.isEmpty() ? TestText::tr("%1 %2, without a reason").arg(status, error->error)
                                : TestText::tr("%1 %2: %3").arg(status, error->error, words),
                TestText::tr("See the likely causes.")};
    }
    if (reply.status >= 300 && reply.status < 400) {
        return {TestStepState::Failed, u"token.redirected"_s,
                TestText::tr("%1: the token endpoint redirects to %2. The assertion was not sent there.")
                    .arg(reply.status)
                    .arg(QString::fromUtf8(headerValue(reply.headers, "Location"))),
                TestText::tr("Check the FHIR base URL, or give the right token endpoint under Advanced.")};
    }
    return {TestStepState::Failed, u"http.%1"_s.arg(reply.status),
            TestText::tr("The token endpoint answered with status %1 and no OAuth error.").arg(reply.status),
            TestText::tr("It may not be a token endpoint: check the path.")};
}

Outcome TestRun::judgeGrant(TestStep &step, const HttpReply &reply)
{
    Result<AccessToken> token = readAccessToken(reply);
    if (!token) {
        // RFC 6749 wants 400 here; servers were seen to send their error with 200.
        if (readOAuthError(reply))
            return judgeRefusal(step, reply);
        return failed(token.error());
    }
    m_token = std::move(*token);
    m_transport.hide(m_token->value);
    if (!tellsScopes(reply))
        m_token->scopes = m_credential.scopes;
    const QStringList &granted = m_token->scopes;
    const QStringList missing = scopesNotGranted(m_credential.scopes, granted);
    m_report.token = TokenFacts{m_token->type, m_token->expiresIn.count(), granted};
    step.details.insert(u"askedScopes"_s, QJsonArray::fromStringList(m_credential.scopes));
    step.details.insert(u"grantedScopes"_s, QJsonArray::fromStringList(granted));
    step.details.insert(u"missingScopes"_s, QJsonArray::fromStringList(missing));
    step.details.insert(u"expiresIn"_s, qint64(m_token->expiresIn.count()));

    QString summary = u"200 OK, "_s + m_token->type;
    if (m_token->expiresIn.count() > 0)
        summary += TestText::tr(", expires in %1").arg(duration(m_token->expiresIn));
    const auto asked = m_credential.scopes.size();
    if (asked > 0)
        summary += TestText::tr(", %1 of %2 scopes granted").arg(asked - missing.size()).arg(asked);
    else
        summary += TestText::tr(", %n scope(s) granted", nullptr, int(granted.size()));
    if (!missing.isEmpty() || granted.isEmpty()) {
        return warning(
            summary + (missing.isEmpty() ? QString() : TestText::tr("; not %1").arg(missing.join(u' '))),
            TestText::tr("Tick the missing APIs for this client ID and this environment, and wait for the sync."));
    }
    return passed(summary);
}

Result<Statement> TestRun::readStatement(const QByteArray &body) const
{
    if (m_environment.statements != nullptr)
        return m_environment.statements->read(body);
    return std::make_shared<const CapabilityStatement>(TRY(readCapabilityStatement(body)));
}

QString TestRun::metadataSummary(TestStep &step, const Result<HttpReply> &reply, Statement &statement)
{
    if (!reply)
        return TestText::tr("/metadata: %1").arg(reply.error().message);
    if (reply->status != 200)
        return TestText::tr("/metadata: %1").arg(reply->status);
    Result<Statement> read = readStatement(reply->body);
    if (!read)
        return TestText::tr("/metadata: %1").arg(read.error().message);
    statement = std::move(*read);
    step.details.insert(u"fhirVersion"_s, statement->fhirVersion);
    step.details.insert(u"software"_s, u"%1 %2"_s.arg(statement->softwareName, statement->softwareVersion).trimmed());
    step.details.insert(u"resourceTypes"_s, statement->types.size());
    return TestText::tr("/metadata: 200, FHIR %1, %n resource type(s)", nullptr, int(statement->types.size()))
        .arg(statement->fhirVersion);
}

Outcome TestRun::callFhir(TestStep &step)
{
    constexpr auto fhirJson = "application/fhir+json";
    Statement statement;
    if (m_discovery.capabilities)
        statement = std::make_shared<const CapabilityStatement>(*std::move(m_discovery.capabilities));
    // The CapabilityStatement is public: it is asked for without the token.
    Result<HttpReply> metadata =
        m_transport.send(fhirRequest(m_credential, u"metadata"_s, fhirJson, m_subject.network), m_stop);
    if (!metadata && metadata.error().kind == ErrorKind::Cancelled)
        return failed(metadata.error());
    const QString aboutMetadata = metadataSummary(step, metadata, statement);

    const ProbeSearch probe = chooseProbe(m_token->scopes, statement.get(), m_credential);
    step.details.insert(u"search"_s, probe.path);
    HttpRequest search = fhirRequest(m_credential, probe.path, fhirJson, m_subject.network);
    // The transport follows redirects within the origin only, so the token stays with this server.
    search.headers.append({"Authorization", "Bearer " + m_token->value.charView().toByteArray()});
    const Result<HttpReply> reply = m_transport.send(search, m_stop);
    wipe(search.headers.last().value);
    m_token.reset();
    if (!reply)
        return failed(reply.error());
    step.details.insert(u"status"_s, reply->status);
    const ProbeVerdict verdict = judgeProbe(*reply, probe.type);
    const Outcome outcome{verdict.state, verdict.code, aboutMetadata + u"; "_s + verdict.summary, verdict.hint};
    if (outcome.state != TestStepState::Passed)
        return {outcome.state, outcome.code, verdict.summary, outcome.hint};
    if (!statement)
        return warning(outcome.summary, TestText::tr("The server's CapabilityStatement could not be read."));
    if (statement->fhirVersion.startsWith(u"1.") || statement->fhirVersion.startsWith(u"3.")) {
        return {TestStepState::Failed, u"fhir.version"_s,
                TestText::tr("The server speaks FHIR %1, not R4.").arg(statement->fhirVersion),
                TestText::tr("Use the address that ends in R4.")};
    }
    if (!statement->fhirVersion.startsWith(u"4."))
        return warning(outcome.summary, TestText::tr("This is not a FHIR R4 server: use the address that ends in R4."));
    return outcome;
}

} // namespace

TestReport runConnectionTest(const TestSubject &subject, const TestEnvironment &environment, std::stop_token stop,
                             const TestProgress &progress)
{
    TestRun run(subject, environment, std::move(stop), progress);
    run.step(TestStepId::Validate, &TestRun::checkFields)             //
        && run.step(TestStepId::Discover, &TestRun::discoverEndpoint) //
        && run.step(TestStepId::Sign, &TestRun::signAssertion)        //
        && run.step(TestStepId::Token, &TestRun::requestToken)        //
        && run.step(TestStepId::Fhir, &TestRun::callFhir);
    return run.finish();
}

TestSummary summaryOf(const TestReport &report)
{
    TestSummary summary;
    summary.passed = report.passed;
    summary.at = report.startedAt;
    summary.milliseconds = report.totalMilliseconds();
    if (const TestStep *step = report.failedStep()) {
        summary.step = nameOf(step->id);
        summary.code = step->code;
        summary.summary = step->summary;
    } else if (!report.steps.isEmpty()) {
        summary.summary = report.steps.last().summary;
    }
    return summary;
}

} // namespace credenza
