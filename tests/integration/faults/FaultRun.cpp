// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/faults/FaultRun.h"

#include "core/base/File.h"
#include "core/keys/PrivateKey.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

/// Notes the signatures and tokens that pass by.
class SecretSpy final : public HttpTransport
{
public:
    explicit SecretSpy(QList<QByteArray> &seen) : m_seen(seen) {}

    [[nodiscard]] Result<HttpReply> send(const HttpRequest &request, std::stop_token stop) override
    {
        if (const qsizetype at = request.body.indexOf("client_assertion="); at >= 0) {
            const QByteArray assertion = request.body.mid(at, request.body.indexOf('&', at) - at);
            m_seen.append(assertion.mid(assertion.lastIndexOf('.') + 1));
        }
        Result<HttpReply> reply = m_transport.send(request, std::move(stop));
        if (reply && request.method == "POST") {
            const QString token = QJsonDocument::fromJson(reply->body).object().value(u"access_token").toString();
            if (token.size() >= 16) // shorter ones are words of a fault, not tokens
                m_seen.append(token.toUtf8());
        }
        return reply;
    }
    [[nodiscard]] QList<QSslCertificate> receivedChain() const override { return m_transport.receivedChain(); }

private:
    QList<QByteArray> &m_seen;
    QtHttpTransport m_transport;
};

KeyInspection inspected(const SandboxProcess &server)
{
    auto text = readSecretFile(server.value(u"privateKeyFile"_s), 64 * 1024);
    return text ? inspectKey(*text) : KeyInspection();
}

QString originOf(const SandboxProcess &server)
{
    return QUrl(server.value(u"tokenEndpoint"_s)).adjusted(QUrl::RemovePath).toString();
}

bool select(SandboxProcess &server, const QJsonValue &fault)
{
    const auto reply = server.send("PUT", originOf(server) + u"/fault"_s, {{"Content-Type", "application/json"}},
                                   QJsonDocument(QJsonObject{{u"fault"_s, fault}}).toJson());
    return reply && reply->status == 200;
}

} // namespace

FaultRun::FaultRun()
{
    if (!m_plain.isReady() || !m_tls.isReady())
        return;
    m_key = std::make_shared<KeyInspection>(inspected(m_plain));
    m_otherKey = std::make_shared<KeyInspection>(inspectKey(toPkcs8Pem(generateKey({})->pkcs8)));
}

CredentialDraft FaultRun::draftFor(SandboxProcess &server, const QJsonObject &client, TestSubject &subject)
{
    const QString origin = originOf(server);
    const auto given = [&](const QString &member) {
        return client.value(member)
            .toString()
            .replace(u"{origin}"_s, origin)
            .replace(u"{localhost}"_s, QString(origin).replace(u"127.0.0.1"_s, u"localhost"_s))
            .replace(u"{kid}"_s, m_key->imported->key.publicKey().thumbprint());
    };
    CredentialDraft draft;
    draft.name = u"Under test"_s;
    draft.fhirBaseUrl = client.contains(u"fhirBaseUrl") ? given(u"fhirBaseUrl"_s) : server.value(u"fhirBaseUrl"_s);
    draft.clientId = client.contains(u"clientId") ? given(u"clientId"_s) : server.value(u"clientId"_s);
    if (client.contains(u"connector"))
        draft.connector = given(u"connector"_s);
    draft.keyId = given(u"keyId"_s);
    draft.tokenEndpoint = given(u"tokenEndpoint"_s);
    draft.jwkSetUrl = given(u"jwkSetUrl"_s);
    draft.scopes = {u"system/Patient.rs"_s};
    draft.allowsPlainHttp = true;
    draft.key = client.value(u"otherKey").toBool() ? m_otherKey : m_key;
    if (const int wait = client.value(u"timeoutMilliseconds").toInt(); wait > 0) {
        subject.network.deadline = std::chrono::milliseconds(wait);
        subject.network.idle = std::chrono::milliseconds(wait);
    }
    return draft;
}

DiagnosisContext FaultRun::contextFor(const sandbox::Fault &fault, const CredentialDraft &draft) const
{
    DiagnosisContext context;
    context.credentialId = u"11111111-1111-4111-8111-111111111111"_s;
    context.fhirBaseUrl = draft.fhirBaseUrl;
    context.clientId = draft.clientId;
    context.now = toDateTime(m_clock.now());
    if (fault.vault.contains(u"keyAgeSeconds"))
        context.keyCreatedAt = context.now.addSecs(-fault.vault.value(u"keyAgeSeconds").toInteger());
    TestSummary passed;
    passed.passed = true;
    passed.at = context.now.addSecs(-fault.vault.value(u"passedSecondsAgo").toInteger(600));
    if (fault.vault.contains(u"passedSecondsAgo"))
        context.lastTest = passed;
    if (fault.vault.value(u"passedElsewhere").toBool()) {
        Credential other;
        other.id = QUuid::createUuid();
        other.clientId = draft.clientId;
        other.fhirBaseUrl = u"https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4"_s;
        other.lastTest = passed;
        context.otherCredentials = {other};
    }
    return context;
}

TestReport FaultRun::run(const sandbox::Fault &fault)
{
    const bool isUntrusted = fault.client.value(u"trusts").isBool() && !fault.client.value(u"trusts").toBool();
    SandboxProcess &server = isUntrusted ? m_tls : m_plain;
    if (!fault.server.isEmpty() && !select(server, fault.id))
        return {};
    TestSubject subject;
    subject.draft = draftFor(server, fault.client, subject);
    SecretSpy transport(m_sent);
    TestReport report = runConnectionTest(subject, {transport, m_clock, m_random}, {});
    if (!report.passed) {
        Diagnosis diagnosis = diagnose(report, contextFor(fault, subject.draft));
        report.diagnosis = std::move(diagnosis.causes);
        report.ruledOut = std::move(diagnosis.ruledOut);
    }
    if (!fault.server.isEmpty() && !select(server, QJsonValue::Null))
        return {};
    return report;
}

QList<QByteArray> FaultRun::secrets() const
{
    QList<QByteArray> secrets = m_sent;
    for (const auto &key : {m_key, m_otherKey}) {
        const QByteArray der = key->imported->pkcs8.copyToUnprotectedByteArray(); // keys of this test alone
        const QByteArray text = der.toBase64();
        for (qsizetype at = 60; at + 40 <= text.size(); at += 40)
            secrets.append(text.mid(at, 40));
    }
    return secrets;
}

} // namespace credenza::test
