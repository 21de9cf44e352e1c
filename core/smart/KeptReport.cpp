// SPDX-License-Identifier: Apache-2.0
#include "core/smart/KeptReport.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct KeptText {
    Q_DECLARE_TR_FUNCTIONS(KeptReport)
};

constexpr qsizetype longestBody = 2048;
constexpr std::array states{TestStepState::Waiting, TestStepState::Running, TestStepState::Passed,
                            TestStepState::Failed,  TestStepState::Skipped, TestStepState::Warning};
constexpr std::array likelihoods{Cause::Likelihood::Certain, Cause::Likelihood::Likely, Cause::Likelihood::Possible};

template <typename T, std::size_t N>
std::optional<T> valueNamed(const QString &name, const std::array<T, N> &values)
{
    for (const T value : values) {
        if (nameOf(value) == name)
            return value;
    }
    return std::nullopt;
}

double rounded(double milliseconds)
{
    return std::round(milliseconds * 1000.0) / 1000.0;
}

QString shortened(const QString &body)
{
    if (body.size() <= longestBody)
        return body;
    return body.first(longestBody) + u'\n' + KeptText::tr("‹%1 characters more were not kept›").arg(body.size() - longestBody);
}

QJsonObject kept(const TestExchange &exchange, bool isWhole)
{
    RedactedRequest request = exchange.request;
    std::optional<RedactedResponse> response = exchange.response;
    if (!isWhole) {
        request.headers.clear();
        request.body.clear();
    }
    request.body = shortened(request.body);
    if (response && !isWhole) {
        response->headers.clear();
        response->body = response->body.isEmpty()
                             ? QString()
                             : KeptText::tr("‹%1 characters were not kept›").arg(response->body.size());
    }
    if (response && isWhole)
        response->body = shortened(response->body);
    QJsonObject json{{u"request"_s, toJson(request)}, {u"milliseconds"_s, rounded(exchange.milliseconds)}};
    if (response)
        json.insert(u"response"_s, toJson(*response));
    return json;
}

QJsonArray kept(const QList<TestExchange> &exchanges, bool isWhole)
{
    QJsonArray all;
    for (const TestExchange &exchange : exchanges)
        all.append(kept(exchange, isWhole));
    return all;
}

QList<TestExchange> exchangesFrom(const QJsonArray &kept)
{
    QList<TestExchange> exchanges;
    for (const QJsonValue &value : kept) {
        const auto request = redactedRequestFromJson(value[u"request"].toObject());
        if (!request)
            continue;
        exchanges.append({*request, redactedResponseFromJson(value[u"response"].toObject()),
                          value[u"milliseconds"].toDouble()});
    }
    return exchanges;
}

TestStep stepFrom(const QJsonObject &json, TestStepId id)
{
    TestStep step;
    step.id = id;
    step.state = valueNamed(json.value(u"state").toString(), states).value_or(TestStepState::Skipped);
    step.startMilliseconds = json.value(u"start").toDouble();
    step.milliseconds = json.value(u"milliseconds").toDouble();
    step.summary = json.value(u"summary").toString();
    step.code = json.value(u"code").toString();
    step.hint = json.value(u"hint").toString();
    step.details = json.value(u"details").toObject();
    step.exchanges = exchangesFrom(json.value(u"exchanges").toArray());
    return step;
}

QJsonObject kept(const Cause &cause)
{
    return {{u"cause"_s, cause.id},       {u"likelihood"_s, nameOf(cause.likelihood)}, {u"title"_s, cause.title},
            {u"evidence"_s, cause.evidence}, {u"fix"_s, cause.fix},                       {u"field"_s, cause.field}};
}

Cause causeFrom(const QJsonValue &json)
{
    return {json[u"cause"].toString(),
            valueNamed(json[u"likelihood"].toString(), likelihoods).value_or(Cause::Likelihood::Possible),
            json[u"title"].toString(),
            json[u"evidence"].toString(),
            json[u"fix"].toString(),
            json[u"field"].toString()};
}

} // namespace

QJsonObject keptForm(const TestReport &report)
{
    QJsonArray steps;
    for (const TestStep &step : report.steps) {
        QJsonObject json{{u"state"_s, nameOf(step.state)},
                         {u"start"_s, rounded(step.startMilliseconds)},
                         {u"milliseconds"_s, rounded(step.milliseconds)},
                         {u"summary"_s, step.summary}};
        if (!step.code.isEmpty())
            json.insert(u"code"_s, step.code);
        if (!step.hint.isEmpty())
            json.insert(u"hint"_s, step.hint);
        if (!step.details.isEmpty())
            json.insert(u"details"_s, step.details);
        if (!step.exchanges.isEmpty())
            json.insert(u"exchanges"_s, kept(step.exchanges, step.state == TestStepState::Failed));
        steps.append(json);
    }
    QJsonObject json{{u"credential"_s, report.credential},
                     {u"passed"_s, report.passed},
                     {u"startedAt"_s, report.startedAt.toUTC().toString(Qt::ISODateWithMs)},
                     {u"steps"_s, steps}};
    if (report.token) {
        json.insert(u"token"_s, QJsonObject{{u"type"_s, report.token->type},
                                            {u"expiresIn"_s, report.token->expiresIn},
                                            {u"scopes"_s, QJsonArray::fromStringList(report.token->scopes)}});
    }
    QJsonArray probes;
    for (const TestProbe &probe : report.probes) {
        probes.append(QJsonObject{{u"id"_s, probe.id},
                                  {u"summary"_s, probe.summary},
                                  {u"facts"_s, probe.facts},
                                  {u"milliseconds"_s, rounded(probe.milliseconds)},
                                  {u"exchanges"_s, kept(probe.exchanges, false)}});
    }
    QJsonArray diagnosis;
    for (const Cause &cause : report.diagnosis)
        diagnosis.append(kept(cause));
    if (!probes.isEmpty())
        json.insert(u"probes"_s, probes);
    if (!diagnosis.isEmpty())
        json.insert(u"diagnosis"_s, diagnosis);
    if (!report.ruledOut.isEmpty())
        json.insert(u"ruledOut"_s, QJsonArray::fromStringList(report.ruledOut));
    if (report.clockOffsetSeconds)
        json.insert(u"clockOffsetSeconds"_s, *report.clockOffsetSeconds);
    return json;
}

std::optional<TestReport> reportFromKept(const QJsonObject &kept)
{
    constexpr std::array order{TestStepId::Validate, TestStepId::Discover, TestStepId::Sign, TestStepId::Token,
                               TestStepId::Fhir};
    const QJsonArray steps = kept.value(u"steps").toArray();
    TestReport report;
    report.startedAt = QDateTime::fromString(kept.value(u"startedAt").toString(), Qt::ISODateWithMs);
    if (steps.size() != static_cast<qsizetype>(order.size()) || !report.startedAt.isValid())
        return std::nullopt;
    report.credential = kept.value(u"credential").toString();
    report.passed = kept.value(u"passed").toBool();
    for (std::size_t i = 0; i < order.size(); ++i)
        report.steps.append(stepFrom(steps.at(static_cast<qsizetype>(i)).toObject(), order.at(i)));
    if (const QJsonObject token = kept.value(u"token").toObject(); !token.isEmpty()) {
        report.token = TokenFacts{token.value(u"type").toString(), token.value(u"expiresIn").toInteger(),
                                  token.value(u"scopes").toVariant().toStringList()};
    }
    for (const QJsonValue &probe : kept.value(u"probes").toArray()) {
        report.probes.append({probe[u"id"].toString(), probe[u"summary"].toString(), probe[u"facts"].toObject(),
                              probe[u"milliseconds"].toDouble(), exchangesFrom(probe[u"exchanges"].toArray())});
    }
    for (const QJsonValue &cause : kept.value(u"diagnosis").toArray())
        report.diagnosis.append(causeFrom(cause));
    report.ruledOut = kept.value(u"ruledOut").toVariant().toStringList();
    if (kept.contains(u"clockOffsetSeconds"))
        report.clockOffsetSeconds = kept.value(u"clockOffsetSeconds").toDouble();
    return report;
}

} // namespace credenza
