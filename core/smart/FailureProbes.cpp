// SPDX-License-Identifier: Apache-2.0
#include "core/smart/FailureProbes.h"

#include "core/smart/AccessTokens.h"
#include "core/smart/Discovery.h"
#include "core/smart/JwkSetCheck.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza
{

namespace
{

struct ProbeText {
    Q_DECLARE_TR_FUNCTIONS(FailureProbes)
};

constexpr auto longestWait = 5'000ms;
constexpr qsizetype mostScopes = 8;

bool hasPrivateMember(const QJsonObject &jwk)
{
    return std::ranges::any_of(std::array{u"d", u"p", u"q", u"dp", u"dq", u"qi", u"k"},
                               [&jwk](const char16_t *member) { return jwk.contains(QStringView(member)); });
}

class ProbeRun
{
public:
    ProbeRun(const TestReport &report, const ProbeSubject &subject, const TestEnvironment &environment,
             RecordingTransport &transport, const std::stop_token &stop)
        : m_report(report), m_subject(subject), m_environment(environment), m_transport(transport), m_stop(stop),
          m_network(subject.network)
    {
        m_network.deadline = std::min(m_network.deadline, longestWait);
        m_network.idle = std::min(m_network.idle, longestWait);
    }

    QList<TestProbe> run();

private:
    /// Runs one probe; what it returns are its facts, with `summary` for a person. Without facts it is dropped.
    void probe(const QString &id, const std::function<QJsonObject(QString &summary)> &ask);
    [[nodiscard]] Result<HttpReply> get(const QUrl &url, const QByteArray &accept);

    QJsonObject askCapabilityStatement(QString &summary);
    QJsonObject askWithoutClientId(QString &summary);
    QJsonObject askJwkSet(QString &summary);
    QJsonObject askNeighbours(QString &summary);
    QJsonObject askScopes(QString &summary);
    [[nodiscard]] std::optional<QStringList> grantedFor(const QStringList &scopes);

    const TestReport &m_report;
    const ProbeSubject &m_subject;
    const TestEnvironment &m_environment;
    RecordingTransport &m_transport;
    const std::stop_token &m_stop;
    NetworkSettings m_network;
    QList<TestProbe> m_probes;
};

void ProbeRun::probe(const QString &id, const std::function<QJsonObject(QString &)> &ask)
{
    if (m_stop.stop_requested())
        return;
    TestProbe probe;
    probe.id = id;
    const auto begun = m_environment.clock.ticks();
    m_transport.recordInto(&probe.exchanges, [] {});
    QString summary;
    probe.facts = ask(summary);
    m_transport.recordInto(nullptr, {});
    probe.milliseconds = std::chrono::duration<double, std::milli>(m_environment.clock.ticks() - begun).count();
    probe.summary = m_transport.cleaned(summary);
    if (probe.facts.value(u"hasPrivateMembers").toBool()) {
        for (TestExchange &exchange : probe.exchanges) {
            if (exchange.response)
                exchange.response->body = redactedMark();
        }
    }
    if (!probe.facts.isEmpty() && !m_stop.stop_requested())
        m_probes.append(std::move(probe));
}

Result<HttpReply> ProbeRun::get(const QUrl &url, const QByteArray &accept)
{
    HttpRequest request;
    request.url = url;
    request.headers = {{"Accept", accept}};
    request.network = m_network;
    request.maxResponseBytes = 8 * 1024 * 1024;
    return m_transport.send(request, m_stop);
}

QJsonObject ProbeRun::askCapabilityStatement(QString &summary)
{
    const auto reply =
        m_transport.send(fhirRequest(m_subject.credential, u"metadata"_s, "application/fhir+json", m_network), m_stop);
    if (!reply || reply->status != 200)
        return {};
    const auto statement = readCapabilityStatement(reply->body);
    if (!statement)
        return {};
    summary = statement->tokenEndpoint.isEmpty()
                  ? ProbeText::tr("The CapabilityStatement names no token endpoint")
                  : ProbeText::tr("The CapabilityStatement names %1").arg(statement->tokenEndpoint);
    return {{u"tokenEndpoint"_s, statement->tokenEndpoint},
            {u"fhirVersion"_s, statement->fhirVersion},
            {u"software"_s, u"%1 %2"_s.arg(statement->softwareName, statement->softwareVersion).trimmed()}};
}

QJsonObject ProbeRun::askWithoutClientId(QString &summary)
{
    const auto reply =
        get(QUrl(m_subject.credential.fhirBaseUrl + u"/.well-known/smart-configuration"_s), "application/json");
    if (!reply || reply->status != 200)
        return {};
    const QString endpoint = QJsonDocument::fromJson(reply->body).object().value(u"token_endpoint").toString();
    if (endpoint.isEmpty())
        return {};
    summary = ProbeText::tr("Without Epic-Client-ID discovery names %1").arg(endpoint);
    return {{u"tokenEndpoint"_s, endpoint}};
}

QJsonObject ProbeRun::askJwkSet(QString &summary)
{
    const Result<HttpReply> reply = get(QUrl(m_subject.credential.jwkSetUrl), "application/json");
    if (!reply) {
        summary = ProbeText::tr("The JWK Set URL does not answer: %1").arg(reply.error().message);
        return {{u"state"_s, u"unreachable"_s}, {u"error"_s, reply.error().code}, {u"words"_s, reply.error().message}};
    }
    QJsonObject facts = jwkSetFacts(*reply, m_subject.key.publicKey(), m_subject.credential.effectiveKeyId());
    const JwkSetCheck check = judgeJwkSet(QUrl(m_subject.credential.jwkSetUrl), reply,
                                          {m_subject.key.publicKey(), m_subject.credential.effectiveKeyId()});
    facts.insert(u"cacheControl"_s, check.cacheControl);
    for (const JwkSetFinding &finding : check.findings) {
        // What keeps another computer from reading it, though this one could.
        if (finding.code == u"jwks.not-public" || finding.code == u"jwks.not-https")
            facts.insert(u"hosting"_s, finding.message + u' ' + finding.hint);
    }
    const qsizetype count = facts.value(u"kids").toArray().size();
    summary = facts.value(u"state") == u"ok"_s
                  ? ProbeText::tr("The JWK Set holds %n key(s)", nullptr, int(count))
                  : ProbeText::tr("The JWK Set URL answers %1, without a JWK Set").arg(reply->status);
    return facts;
}

QJsonObject ProbeRun::askNeighbours(QString &summary)
{
    const QString base = m_subject.credential.fhirBaseUrl;
    static const QRegularExpression version(u"/(R4|STU3|DSTU2)$"_s, QRegularExpression::CaseInsensitiveOption);
    QStringList candidates;
    QString stem = base;
    stem.remove(version);
    for (const QString &name : {u"/R4"_s, u"/STU3"_s, u"/DSTU2"_s})
        candidates << stem + name;
    if (!stem.contains(u"/api/FHIR"_s, Qt::CaseInsensitive))
        candidates << stem + u"/api/FHIR/R4"_s;
    if (stem != base)
        candidates << stem;
    candidates.removeAll(base);
    for (const QString &candidate : candidates) {
        const auto reply = get(QUrl(candidate + u"/metadata"_s), "application/fhir+json");
        if (!reply) // the same server would not answer the next either
            return {};
        const auto statement = reply->status == 200 ? readCapabilityStatement(reply->body)
                                                    : Result<CapabilityStatement>(fail(ErrorKind::Failed, {}, {}));
        if (!statement)
            continue;
        summary = ProbeText::tr("%1 answers with FHIR %2").arg(candidate, statement->fhirVersion);
        return {{u"baseUrl"_s, candidate}, {u"fhirVersion"_s, statement->fhirVersion}};
    }
    return {};
}

std::optional<QStringList> ProbeRun::grantedFor(const QStringList &scopes)
{
    const QString endpoint = m_report.steps.at(1).details.value(u"tokenEndpoint").toString();
    const auto assertion =
        assertionFor(m_subject.credential, endpoint, m_subject.key, m_environment.clock, m_environment.random);
    if (!assertion)
        return std::nullopt;
    const QByteArrayView jwt = assertion->jwt.charView();
    m_transport.hide(SecretBytes::copyOf(jwt.sliced(jwt.lastIndexOf('.') + 1)));
    HttpRequest request = tokenHttpRequest(endpoint, *assertion, scopes, m_network);
    addExtraHeaders(request, m_subject.credential);
    const Result<HttpReply> reply = m_transport.send(request, m_stop);
    wipe(request.body);
    if (!reply || reply->status != 200)
        return std::nullopt;
    const Result<AccessToken> token = readAccessToken(*reply);
    return token ? std::optional(token->scopes) : std::nullopt;
}

QJsonObject ProbeRun::askScopes(QString &summary)
{
    QJsonArray granted;
    QJsonArray refused;
    for (const QString &scope :
         m_subject.credential.scopes.first(std::min(mostScopes, m_subject.credential.scopes.size()))) {
        if (m_stop.stop_requested())
            return {};
        if (grantedFor({scope}))
            granted.append(scope);
        else
            refused.append(scope);
    }
    QJsonObject facts{{u"granted"_s, granted}, {u"refused"_s, refused}};
    if (const auto all = grantedFor({})) {
        facts.insert(u"grantedWithoutScope"_s, QJsonArray::fromStringList(*all));
        summary = ProbeText::tr("Without scope the server grants: %1").arg(all->join(u' '));
    } else {
        summary = ProbeText::tr("%1 scopes are granted one by one, %2 are not").arg(granted.size()).arg(refused.size());
    }
    return facts;
}

QList<TestProbe> ProbeRun::run()
{
    const TestStep *failed = m_report.failedStep();
    if (!failed || failed->code == u"cancelled")
        return {};
    const QJsonObject discovered = m_report.steps.at(1).details;
    const bool isEpic = discovered.contains(u"pathRuleTokenEndpoint") || m_subject.credential.connector == u"epic-ehr";
    const bool isNoFhir = failed->id == TestStepId::Discover && failed->code.startsWith(u"smart.n");
    const bool isGuess = discovered.value(u"source") == u"epic-path-rule"_s &&
                         (failed->id == TestStepId::Token || failed->code == u"fhir.not-found");
    if (isNoFhir || isGuess)
        probe(u"neighbour"_s, [this](QString &summary) { return askNeighbours(summary); });
    if (failed->id != TestStepId::Token)
        return std::move(m_probes);
    const QString error = failed->details.value(u"error").toString();
    if (error == u"invalid_scope" && !m_subject.credential.scopes.isEmpty())
        probe(u"scopes"_s, [this](QString &summary) { return askScopes(summary); });
    if (error == u"invalid_client" || error == u"invalid_grant") {
        if (!m_subject.credential.jwkSetUrl.isEmpty())
            probe(u"jwk-set"_s, [this](QString &summary) { return askJwkSet(summary); });
        probe(u"capability-statement"_s, [this](QString &summary) { return askCapabilityStatement(summary); });
        if (isEpic)
            probe(u"discovery-without-client-id"_s, [this](QString &summary) { return askWithoutClientId(summary); });
    }
    return std::move(m_probes);
}

} // namespace

QList<TestProbe> probeFailure(const TestReport &report, const ProbeSubject &subject, const TestEnvironment &environment,
                              RecordingTransport &transport, const std::stop_token &stop)
{
    return ProbeRun(report, subject, environment, transport, stop).run();
}

QJsonObject jwkSetFacts(const HttpReply &reply, const PublicKey &key, const QString &kid)
{
    QJsonObject facts{{u"status"_s, reply.status}};
    const auto withState = [&facts](const QString &state) {
        facts.insert(u"state"_s, state);
        return facts;
    };
    if (reply.status >= 300 && reply.status < 400) {
        facts.insert(u"location"_s, QString::fromUtf8(headerValue(reply.headers, "Location")));
        return withState(u"redirect"_s);
    }
    if (reply.status != 200)
        return withState(u"status"_s);
    const QJsonDocument document = QJsonDocument::fromJson(reply.body);
    if (!document.isObject())
        return withState(reply.body.trimmed().startsWith('<') ? u"page"_s : u"not-json"_s);
    if (!document.object().value(u"keys").isArray())
        return withState(u"not-a-set"_s);

    QJsonArray kids;
    QJsonArray kidsOfThisKey;
    int keysOfThisKid = 0;
    for (const QJsonValue &value : document.object().value(u"keys").toArray()) {
        const QJsonObject jwk = value.toObject();
        const QString its = jwk.value(u"kid").toString();
        kids.append(its);
        if (hasPrivateMember(jwk))
            facts.insert(u"hasPrivateMembers"_s, true);
        const Result<PublicKey> read = PublicKey::fromJwk(jwk);
        const bool isThis = read && read->thumbprint() == key.thumbprint();
        if (isThis)
            kidsOfThisKey.append(its);
        if (its != kid)
            continue;
        ++keysOfThisKid;
        facts.insert(u"isThisKey"_s, isThis);
        if (jwk.value(u"use").isString())
            facts.insert(u"use"_s, jwk.value(u"use"));
    }
    facts.insert(u"kids"_s, kids);
    facts.insert(u"kidsOfThisKey"_s, kidsOfThisKey);
    facts.insert(u"keysOfThisKid"_s, keysOfThisKid);
    return withState(u"ok"_s);
}

} // namespace credenza
