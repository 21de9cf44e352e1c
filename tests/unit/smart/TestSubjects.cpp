// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/smart/TestSubjects.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza::test
{

namespace
{

/// The `client_assertion` of a token request.
QByteArray assertionIn(const HttpRequest &request)
{
    const QByteArray name = "client_assertion=";
    const qsizetype start = request.body.indexOf('&' + name);
    return start < 0 ? QByteArray() : request.body.sliced(start + 1 + name.size());
}

} // namespace

std::shared_ptr<const KeyInspection> testKey(SignatureAlgorithm algorithm)
{
    static QHash<SignatureAlgorithm, std::shared_ptr<const KeyInspection>> keys;
    auto &key = keys[algorithm];
    if (!key) {
        const KeySpecification specification =
            keyTypeOf(algorithm) == KeyType::Rsa
                ? KeySpecification{}
                : KeySpecification{.type = KeyType::Ec,
                                   .curve = algorithm == SignatureAlgorithm::ES256 ? u"P-256"_s : u"P-384"_s};
        key = std::make_shared<KeyInspection>(inspectKey(toPkcs8Pem(generateKey(specification)->pkcs8)));
    }
    return key;
}

FlowFixture::FlowFixture()
    : clock(std::chrono::sys_seconds(1'763'906'971s)), secretToken("s3cr3t~opaque/token+0123456789==")
{
    draft.name = u"Riverbend, bulk export"_s;
    draft.fhirBaseUrl = base + u"/metadata"_s; // as people paste it; the flow uses the trimmed base
    draft.clientId = u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s;
    draft.key = testKey();
    draft.scopes = {u"system/Patient.rs"_s};
}

TestReport FlowFixture::run(std::stop_token stop)
{
    TestSubject subject{draft, std::nullopt, network};
    const TestReport report = runConnectionTest(
        subject, {transport, clock, random, probesFailures}, std::move(stop), [this](const TestReport &now) {
            for (const TestStep &step : now.steps) {
                if (step.state == TestStepState::Waiting)
                    continue;
                const QString entry = nameOf(step.id) + u':' + nameOf(step.state);
                if (!progress.contains(entry))
                    progress << entry;
            }
            if (onProgress)
                onProgress(now);
        });
    checkReport(report);
    return report;
}

void FlowFixture::checkReport(const TestReport &report)
{
    const QStringList ids{u"validate"_s, u"discover"_s, u"sign"_s, u"token"_s, u"fhir"_s};
    QString order;
    for (const TestStep &step : report.steps) {
        order += nameOf(step.id) + u' ';
        if (step.state == TestStepState::Waiting || step.state == TestStepState::Running)
            faults << u"%1 has not ended"_s.arg(nameOf(step.id));
        if (step.summary.isEmpty())
            faults << u"%1 has no summary"_s.arg(nameOf(step.id));
        if (step.state == TestStepState::Failed && step.code.isEmpty())
            faults << u"%1 failed without a code"_s.arg(nameOf(step.id));
    }
    if (order != ids.join(u' ') + u' ')
        faults << u"steps are "_s + order;
    if (report.passed != (report.failedStep() == nullptr))
        faults << u"passed does not fit the steps"_s;
    if (report.passed && !report.diagnosis.isEmpty())
        faults << u"a diagnosis of what passed"_s;

    const QString shown = QString::fromUtf8(QJsonDocument(toJson(report)).toJson()) + toMarkdown(report);
    QList<QByteArray> secrets{secretToken, secretToken.toPercentEncoding()};
    for (const HttpRequest &request : transport.requests()) {
        if (const QByteArray jwt = assertionIn(request); !jwt.isEmpty())
            secrets << jwt.sliced(jwt.lastIndexOf('.') + 1);
    }
    for (const QByteArray &secret : secrets) {
        // No part of it either: eight characters in a row would be one too many.
        for (qsizetype at = 0; at + 12 <= secret.size(); ++at) {
            if (shown.contains(QString::fromLatin1(secret.sliced(at, 12)))) {
                faults << u"the report holds a secret"_s;
                break;
            }
        }
    }
    if (draft.key && draft.key->imported) {
        const QByteArray key = draft.key->imported->pkcs8.copyToUnprotectedByteArray().toBase64(); // a test's own
        for (qsizetype at = 40; at + 24 <= key.size(); at += 24) {
            if (shown.contains(QString::fromLatin1(key.sliced(at, 24))))
                faults << u"the report holds key material"_s;
        }
    }
    if (!transport.isDone())
        faults << QString::fromUtf8(transport.faults());
}

FlowFixture &FlowFixture::configuration(const QByteArray &json)
{
    transport.expect("GET", configurationUrl, replyJson(200, json, {{"Date", "Sun, 23 Nov 2025 14:09:31 GMT"}}),
                     [this](const HttpRequest &request) {
                         if (headerValue(request.headers, "Epic-Client-ID") != draft.clientId.toUtf8())
                             return u"no Epic-Client-ID"_s;
                         return headerValue(request.headers, "Accept") == "application/json" ? QString()
                                                                                             : u"wrong Accept"_s;
                     });
    return *this;
}

FlowFixture &FlowFixture::grant(const QByteArray &scope)
{
    transport.expect("POST", tokenUrl,
                     replyJson(200, R"({"access_token":")" + secretToken +
                                        R"(","token_type":"Bearer","expires_in":3600,"scope":")" + scope + "\"}"),
                     [](const HttpRequest &request) {
                         if (request.redirects != RedirectPolicy::None)
                             return u"follows redirects"_s;
                         return headerValue(request.headers, "Authorization").isEmpty() ? QString()
                                                                                        : u"has Authorization"_s;
                     });
    return *this;
}

FlowFixture &FlowFixture::metadata(const QByteArray &fhirVersion)
{
    transport.expect(
        "GET", metadataUrl,
        replyJson(
            200,
            R"({"resourceType":"CapabilityStatement","fhirVersion":")" + fhirVersion +
                R"(","software":{"name":"Test"},"rest":[{"resource":[{"type":"Patient","interaction":[{"code":"search-type"}]},{"type":"Group"}]}]})"),
        [](const HttpRequest &request) {
            return headerValue(request.headers, "Authorization").isEmpty() ? QString()
                                                                           : u"the token is sent with /metadata"_s;
        });
    return *this;
}

FlowFixture &FlowFixture::search(int status, const QByteArray &body, const HttpHeaders &headers)
{
    transport.expect("GET", searchUrl, reply(status, body, headers), [this](const HttpRequest &request) {
        return headerValue(request.headers, "Authorization") == "Bearer " + secretToken ? QString() : u"no token"_s;
    });
    return *this;
}

FlowFixture &FlowFixture::refusal(int status, const QByteArray &body)
{
    transport.expect("POST", tokenUrl, replyJson(status, body));
    return *this;
}

} // namespace credenza::test
