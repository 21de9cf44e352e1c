// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/sandbox/SandboxProcess.h"

#include "core/base/File.h"
#include "core/keys/KeyInspection.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QUuid>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

SandboxProcess::SandboxProcess(const QStringList &options) : m_process(u"credenza-sandbox"_s)
{
    m_process.process().setProcessEnvironment(ProcessFixture::cleanEnvironment(m_folder.path()));
    QStringList all{u"--port"_s, u"0"_s, u"--exit-with-parent"_s};
    if (!options.contains(u"--data-dir"_s))
        all += {u"--data-dir"_s, m_folder.filePath(u"data"_s)};
    if (m_process.start(all + options))
        m_announcement = QJsonDocument::fromJson(m_process.readLine(30'000).value_or(QByteArray())).object();
}

quint16 SandboxProcess::port() const
{
    return static_cast<quint16>(QUrl(value(u"tokenEndpoint"_s)).port());
}

qint64 SandboxProcess::peakMemory()
{
    QFile status(u"/proc/%1/status"_s.arg(m_process.process().processId()));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).simplified().split(' ').first().toLongLong();
    }
    return -1;
}

Result<PrivateKey> SandboxProcess::key() const
{
    const SecretBytes text = TRY(readSecretFile(value(u"privateKeyFile"_s), 64 * 1024));
    const KeyInspection inspection = inspectKey(text);
    if (!inspection.isUsable())
        return fail(ErrorKind::Failed, u"test.no-key"_s, u"no usable key"_s);
    return inspection.imported->key;
}

QString SandboxProcess::publishedKid()
{
    return jsonOf(get(value(u"jwksUrl"_s))).value(u"keys"_s).toArray().at(0).toObject().value(u"kid"_s).toString();
}

Result<HttpReply> SandboxProcess::send(const QByteArray &method, const QString &url, const HttpHeaders &headers,
                                       const QByteArray &body)
{
    HttpRequest request{.method = method,
                        .url = QUrl(url),
                        .headers = headers,
                        .body = body,
                        .maxResponseBytes = 64 * 1024 * 1024,
                        .network = {}};
    if (m_announcement.contains(u"caFile"_s))
        request.network.extraAuthorities = QSslCertificate::fromPath(value(u"caFile"_s));
    return m_transport.send(request, {});
}

Result<HttpReply> SandboxProcess::get(const QString &url, const QByteArray &token)
{
    HttpHeaders headers{{"Accept", "application/fhir+json"}};
    if (!token.isEmpty())
        headers.append(HttpHeader{"Authorization", "Bearer " + token});
    return send("GET", url.startsWith(u"http"_s) ? url : QString(value(u"fhirBaseUrl"_s) + u'/' + url), headers);
}

Result<HttpReply> SandboxProcess::askForToken(const QByteArray &assertion, const QByteArray &scope)
{
    const QByteArray form = "grant_type=client_credentials&client_assertion_type="
                            "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=" +
                            assertion + "&scope=" + scope.toPercentEncoding();
    return send("POST", value(u"tokenEndpoint"_s), {{"Content-Type", "application/x-www-form-urlencoded"}}, form);
}

QByteArray SandboxProcess::token()
{
    const auto privateKey = key();
    if (!privateKey)
        return {};
    const SignatureAlgorithm algorithm = privateKey->publicKey().defaultAlgorithm();
    const QByteArray assertion =
        signAssertion(*privateKey, algorithm, publishedKid(), value(u"clientId"_s), value(u"tokenEndpoint"_s));
    return jsonOf(askForToken(assertion)).value(u"access_token"_s).toString().toLatin1();
}

QByteArray signAssertion(const PrivateKey &key, SignatureAlgorithm algorithm, const QString &kid,
                         const QString &clientId, const QString &audience, const QJsonObject &claims)
{
    const QJsonObject header{{u"alg"_s, nameOf(algorithm)}, {u"kid"_s, kid}, {u"typ"_s, u"JWT"_s}};
    QJsonObject all{{u"iss"_s, clientId},
                    {u"sub"_s, clientId},
                    {u"aud"_s, audience},
                    {u"exp"_s, QDateTime::currentSecsSinceEpoch() + 240},
                    {u"jti"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)}};
    for (auto claim = claims.begin(); claim != claims.end(); ++claim)
        all.insert(claim.key(), claim.value());
    const QByteArray text = base64Url(QJsonDocument(header).toJson(QJsonDocument::Compact)) + '.' +
                            base64Url(QJsonDocument(all).toJson(QJsonDocument::Compact));
    return text + '.' + base64Url(key.sign(algorithm, text).value_or(QByteArray()));
}

QJsonObject jsonOf(const Result<HttpReply> &reply)
{
    return reply ? QJsonDocument::fromJson(reply->body).object() : QJsonObject();
}

} // namespace credenza::test
