// SPDX-License-Identifier: Apache-2.0
#include "core/smart/TestReport.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

double toMicroPrecision(double milliseconds)
{
    return std::round(milliseconds * 1000.0) / 1000.0;
}

QJsonArray toJson(const QList<TestExchange> &exchanges)
{
    QJsonArray all;
    for (const TestExchange &exchange : exchanges) {
        QJsonObject json{
            {u"request"_s, credenza::toJson(exchange.request)},
            {u"response"_s, exchange.response ? QJsonValue(credenza::toJson(*exchange.response)) : QJsonValue()},
            {u"milliseconds"_s, toMicroPrecision(exchange.milliseconds)}};
        if (exchange.isShared)
            json.insert(u"shared"_s, true);
        all.append(json);
    }
    return all;
}

QJsonObject toJson(const TestStep &step)
{
    QJsonObject json{{u"id"_s, nameOf(step.id)},
                     {u"state"_s, nameOf(step.state)},
                     {u"milliseconds"_s, toMicroPrecision(step.milliseconds)},
                     {u"summary"_s, step.summary},
                     {u"request"_s, QJsonValue::Null},
                     {u"response"_s, QJsonValue::Null}};
    if (!step.exchanges.isEmpty()) {
        json.insert(u"request"_s, credenza::toJson(step.exchanges.last().request));
        if (const auto &response = step.exchanges.last().response)
            json.insert(u"response"_s, credenza::toJson(*response));
    }
    if (!step.code.isEmpty())
        json.insert(u"code"_s, step.code);
    if (!step.hint.isEmpty())
        json.insert(u"hint"_s, step.hint);
    if (!step.details.isEmpty())
        json.insert(u"details"_s, step.details);
    if (step.exchanges.size() > 1 || (step.exchanges.size() == 1 && step.exchanges.first().isShared))
        json.insert(u"exchanges"_s, toJson(step.exchanges));
    return json;
}

QJsonObject toJson(const TestProbe &probe)
{
    return {{u"id"_s, probe.id},
            {u"summary"_s, probe.summary},
            {u"facts"_s, probe.facts},
            {u"milliseconds"_s, toMicroPrecision(probe.milliseconds)},
            {u"exchanges"_s, toJson(probe.exchanges)}};
}

QJsonObject toJson(const Cause &cause)
{
    QJsonObject json{{u"cause"_s, cause.id},
                     {u"likelihood"_s, nameOf(cause.likelihood)},
                     {u"title"_s, cause.title},
                     {u"evidence"_s, cause.evidence},
                     {u"fix"_s, cause.fix}};
    if (!cause.field.isEmpty())
        json.insert(u"field"_s, cause.field);
    return json;
}

} // namespace

QString nameOf(TestStepId id)
{
    switch (id) {
    case TestStepId::Validate:
        return u"validate"_s;
    case TestStepId::Discover:
        return u"discover"_s;
    case TestStepId::Sign:
        return u"sign"_s;
    case TestStepId::Token:
        return u"token"_s;
    case TestStepId::Fhir:
        return u"fhir"_s;
    }
    Q_UNREACHABLE();
}

QString nameOf(TestStepState state)
{
    switch (state) {
    case TestStepState::Waiting:
        return u"waiting"_s;
    case TestStepState::Running:
        return u"running"_s;
    case TestStepState::Passed:
        return u"passed"_s;
    case TestStepState::Failed:
        return u"failed"_s;
    case TestStepState::Skipped:
        return u"skipped"_s;
    case TestStepState::Warning:
        return u"warning"_s;
    }
    Q_UNREACHABLE();
}

QString nameOf(Cause::Likelihood likelihood)
{
    switch (likelihood) {
    case Cause::Likelihood::Certain:
        return u"certain"_s;
    case Cause::Likelihood::Likely:
        return u"likely"_s;
    case Cause::Likelihood::Possible:
        return u"possible"_s;
    }
    Q_UNREACHABLE();
}

const TestStep *TestReport::failedStep() const
{
    const auto found =
        std::ranges::find_if(steps, [](const TestStep &step) { return step.state == TestStepState::Failed; });
    return found == steps.end() ? nullptr : &*found;
}

double TestReport::totalMilliseconds() const
{
    double total = 0;
    for (const TestStep &step : steps)
        total = std::max(total, step.startMilliseconds + step.milliseconds);
    return total;
}

QJsonObject toJson(const TestReport &report)
{
    QJsonArray steps;
    for (const TestStep &step : report.steps)
        steps.append(toJson(step));
    QJsonArray diagnosis;
    for (const Cause &cause : report.diagnosis)
        diagnosis.append(toJson(cause));
    QJsonObject json{{u"credential"_s, report.credential},
                     {u"passed"_s, report.passed},
                     {u"startedAt"_s, report.startedAt.toUTC().toString(Qt::ISODateWithMs)},
                     {u"steps"_s, steps},
                     {u"token"_s, QJsonValue::Null},
                     {u"diagnosis"_s, diagnosis},
                     {u"ruledOut"_s, QJsonArray::fromStringList(report.ruledOut)}};
    if (report.token) {
        json.insert(u"token"_s, QJsonObject{{u"type"_s, report.token->type},
                                            {u"expiresIn"_s, report.token->expiresIn},
                                            {u"scopes"_s, QJsonArray::fromStringList(report.token->scopes)}});
    }
    if (!report.probes.isEmpty()) {
        QJsonArray probes;
        for (const TestProbe &probe : report.probes)
            probes.append(toJson(probe));
        json.insert(u"probes"_s, probes);
    }
    if (report.clockOffsetSeconds)
        json.insert(u"clockOffsetSeconds"_s, *report.clockOffsetSeconds);
    return json;
}

} // namespace credenza
