// SPDX-License-Identifier: Apache-2.0
#include "core/smart/FhirProbe.h"

#include "core/fhir/OperationOutcome.h"
#include "core/smart/Scopes.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct SmartText {
    Q_DECLARE_TR_FUNCTIONS(SmartText)
};

/// Types in the order they are tried: those that servers let search without a patient first.
const QStringList &preferredTypes()
{
    static const QStringList types{u"Patient"_s,     u"Practitioner"_s, u"Organization"_s, u"Location"_s,
                                   u"Group"_s,       u"Encounter"_s,    u"Medication"_s,   u"Observation"_s,
                                   u"Condition"_s,   u"Procedure"_s,    u"Immunization"_s, u"AllergyIntolerance"_s,
                                   u"Appointment"_s, u"Device"_s,       u"Coverage"_s,     u"DocumentReference"_s};
    return types;
}

/// A synthetic patient of Epic's public sandbox (facts §4).
constexpr QStringView sandboxPatient = u"erXuFYUfucBZaryVksYEcMg3";

QString pathFor(const QString &type, const Credential &credential, const CapabilityStatement *capabilities)
{
    const QUrl base(credential.fhirBaseUrl);
    const bool isEpic = capabilities && capabilities->softwareName == u"Epic" && !isLoopback(base);
    if (isEpic && type == u"Patient") {
        const bool isPublicSandbox = base.host() == u"fhir.epic.com";
        return u"Patient?_id=%1&_count=1"_s.arg(isPublicSandbox ? sandboxPatient : QStringView(u"credenza-test"));
    }
    if (type == u"Observation" || type == u"Condition") // Epic wants a category, others don't mind one (facts §4)
        return type + (type == u"Observation" ? u"?category=laboratory&_count=1"_s
                                              : u"?category=problem-list-item&_count=1"_s);
    return type + u"?_count=1"_s;
}

bool hasVendorCode(const QList<OutcomeIssue> &issues, std::initializer_list<QStringView> codes)
{
    return std::ranges::any_of(issues, [codes](const OutcomeIssue &issue) {
        return std::ranges::find(codes, QStringView(issue.vendorCode)) != codes.end();
    });
}

/// The words of the gravest issue, with the vendor's number.
QString wordsOf(const QList<OutcomeIssue> &issues)
{
    static const QStringList order{u"fatal"_s, u"error"_s, u"warning"_s, u"information"_s};
    const auto gravest = std::ranges::min_element(issues, {}, [](const OutcomeIssue &issue) {
        const qsizetype rank = order.indexOf(issue.severity);
        return rank < 0 ? order.size() : rank;
    });
    if (gravest == issues.end())
        return {};
    const QString words = gravest->diagnostics.isEmpty() ? gravest->text : gravest->diagnostics;
    if (gravest->vendorCode.isEmpty())
        return words.isEmpty() ? gravest->code : words;
    return u"%1 (%2)"_s.arg(words, gravest->vendorCode);
}

bool isXml(const HttpReply &reply)
{
    const QByteArray type = headerValue(reply.headers, "Content-Type").toLower();
    return (type.contains("xml") && !type.contains("html")) || reply.body.left(1024).contains("http://hl7.org/fhir");
}

bool looksLikeHtml(const HttpReply &reply)
{
    return headerValue(reply.headers, "Content-Type").toLower().contains("html") ||
           reply.body.trimmed().startsWith('<');
}

ProbeVerdict judgeSuccess(const HttpReply &reply, const QString &type)
{
    const QJsonObject root = QJsonDocument::fromJson(reply.body).object();
    const QString resource = root.value(u"resourceType").toString();
    if (resource.isEmpty() && isXml(reply)) {
        return {TestStepState::Failed, u"fhir.xml"_s,
                SmartText::tr("The search for %1 was answered in XML, although JSON was asked for.").arg(type),
                SmartText::tr("A proxy may change the Accept header, or the server speaks XML only.")};
    }
    if (resource != u"Bundle" && resource != u"OperationOutcome") {
        return {TestStepState::Failed, looksLikeHtml(reply) ? u"fhir.html"_s : u"fhir.not-a-bundle"_s,
                SmartText::tr("The search for %1 was answered with something that is not a Bundle.").arg(type),
                SmartText::tr("Look at what came back; a proxy or login page may have answered.")};
    }
    int matches = 0;
    for (const QJsonValue &entry : root.value(u"entry").toArray()) {
        const QString mode = entry[u"search"][u"mode"].toString();
        matches += mode == u"match" || (mode.isEmpty() && entry[u"resource"][u"resourceType"].toString() == type);
    }
    const QList<OutcomeIssue> issues = outcomeIssues(reply.body);
    const bool isError = std::ranges::any_of(issues, [](const OutcomeIssue &issue) {
        return issue.severity == u"error" || issue.severity == u"fatal";
    });
    if (resource == u"OperationOutcome" && isError) {
        return {TestStepState::Failed, u"fhir.refused"_s,
                SmartText::tr("The search for %1 was answered with status %2 and an error: %3")
                    .arg(type, QString::number(reply.status), wordsOf(issues)),
                SmartText::tr("Follow the server's words.")};
    }
    const auto hidden = std::ranges::count(issues, u"59204"_s, &OutcomeIssue::vendorCode);
    QString summary = SmartText::tr("%1 search: 200, %n match(es)", nullptr, matches).arg(type);
    if (hidden > 0)
        summary += u"; "_s + SmartText::tr("%n sub-type(s) hidden from this client", nullptr, int(hidden));
    return {TestStepState::Passed, {}, summary, {}};
}

ProbeVerdict judgeForbidden(const HttpReply &reply, const QString &type, const QList<OutcomeIssue> &issues)
{
    const QByteArray challenge = headerValue(reply.headers, "WWW-Authenticate");
    if (hasVendorCode(issues, {u"4118"})) {
        return {
            TestStepState::Failed, u"fhir.user-not-authorized"_s,
            SmartText::tr("403: the client is fine, but the user behind it may not see this: %1").arg(wordsOf(issues)),
            SmartText::tr("Ask the hospital to give the background user of this client ID the security it needs.")};
    }
    if (hasVendorCode(issues, {u"59203"})) {
        return {TestStepState::Failed, u"fhir.sub-type-not-authorized"_s,
                SmartText::tr("403: a variant of %1 is not ticked for this client: %2").arg(type, wordsOf(issues)),
                SmartText::tr("Tick that variant of the API on the application's page, then wait for the sync.")};
    }
    if (issues.isEmpty() || challenge.contains("insufficient_scope")) {
        return {TestStepState::Failed, u"fhir.insufficient-scope"_s,
                SmartText::tr("403: the token is valid, but not for %1.").arg(type),
                SmartText::tr("Tick %1.Read and %1.Search (R4) on the application's page, wait up to an hour for the "
                              "sync, then get a new token.")
                    .arg(type)};
    }
    return {TestStepState::Failed, u"fhir.forbidden"_s, SmartText::tr("403 for %1: %2").arg(type, wordsOf(issues)),
            SmartText::tr("The server's operator must allow this client to search %1.").arg(type)};
}

ProbeVerdict judgeBadRequest(const QString &type, const QList<OutcomeIssue> &issues)
{
    if (hasVendorCode(issues, {u"59022"})) {
        return {TestStepState::Failed, u"fhir.sub-type-not-authorized"_s,
                SmartText::tr("400: no variant of %1 is ticked for this client: %2").arg(type, wordsOf(issues)),
                SmartText::tr("Tick the wanted variants of %1.Search on the application's page.").arg(type)};
    }
    if (issues.isEmpty()) {
        return {TestStepState::Failed, u"http.400"_s,
                SmartText::tr("400 for the search of %1, without a reason.").arg(type),
                SmartText::tr("Look at what came back.")};
    }
    // A server that finds fault with parameters has let the token pass (facts F5, F6).
    return {TestStepState::Passed,
            {},
            SmartText::tr("Token accepted; a search of %1 needs more parameters here: %2").arg(type, wordsOf(issues)),
            {}};
}

} // namespace

ProbeSearch chooseProbe(const QStringList &grantedScopes, const CapabilityStatement *capabilities,
                        const Credential &credential)
{
    const auto serverSearches = [capabilities](const QString &type) {
        if (!capabilities || capabilities->types.isEmpty())
            return true;
        const auto *listed = capabilities->type(type);
        return listed && (listed->interactions.isEmpty() || listed->interactions.contains(u"search-type"_s));
    };
    QStringList searchable; // without limits first: a limited one may answer 403 to a plain search
    QStringList limited;
    bool mayAll = false;
    for (const QString &scope : grantedScopes) {
        const ScopeGrant grant = readScope(scope);
        if (!grant.maySearch)
            continue;
        mayAll = mayAll || grant.type == u"*";
        (grant.isLimited ? limited : searchable).append(grant.type);
    }
    searchable += limited;
    const bool knowsNothing = searchable.isEmpty();
    for (const QString &type : preferredTypes()) {
        if ((mayAll || knowsNothing || searchable.contains(type)) && serverSearches(type))
            return {type, pathFor(type, credential, capabilities)};
    }
    for (const QString &type : searchable) {
        if (type != u"*" && serverSearches(type))
            return {type, pathFor(type, credential, capabilities)};
    }
    const QString type = searchable.value(0, u"Patient"_s) == u"*" ? u"Patient"_s : searchable.value(0, u"Patient"_s);
    return {type, pathFor(type, credential, capabilities)};
}

ProbeVerdict judgeProbe(const HttpReply &reply, const QString &type)
{
    const QList<OutcomeIssue> issues = outcomeIssues(reply.body);
    const int status = reply.status;
    if (status >= 200 && status < 300)
        return judgeSuccess(reply, type);
    if (status == 400 || status == 422)
        return judgeBadRequest(type, issues);
    if (status == 401) {
        return {TestStepState::Failed, u"fhir.unauthorized"_s,
                SmartText::tr("401: the server does not accept its own token."),
                SmartText::tr("FHIR base URL and token endpoint may belong to different environments.")};
    }
    if (status == 403)
        return judgeForbidden(reply, type, issues);
    if (status == 404) {
        return {TestStepState::Failed, u"fhir.not-found"_s,
                SmartText::tr("404: this server does not offer %1 here.").arg(type),
                SmartText::tr("Check the path of the FHIR base URL.")};
    }
    if (status >= 300 && status < 400) {
        return {
            TestStepState::Failed, u"fhir.redirected"_s,
            SmartText::tr("%1: the search was redirected to another server; the token was not sent there.").arg(status),
            SmartText::tr("Use the address it points to as FHIR base URL, if it is the right one.")};
    }
    if (status == 429 || status == 503) {
        return {TestStepState::Failed, u"fhir.busy"_s,
                SmartText::tr("%1: the server is too busy just now.").arg(status), SmartText::tr("Try again later.")};
    }
    return {TestStepState::Failed, u"http.%1"_s.arg(status),
            SmartText::tr("The search of %1 was answered with status %2. %3")
                .arg(type)
                .arg(status)
                .arg(wordsOf(issues))
                .trimmed(),
            SmartText::tr("Look at what came back.")};
}

} // namespace credenza
