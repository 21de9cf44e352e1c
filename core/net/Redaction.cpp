// SPDX-License-Identifier: Apache-2.0
#include "core/net/Redaction.h"

#include "core/base/SecretBytes.h"
#include "core/net/SecretPatterns.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

constexpr qsizetype shownBytes = 64 * 1024;
/// Looked at beyond what is shown, so that a secret across the cut is still recognised.
constexpr qsizetype examinedBytes = 4 * shownBytes;

QString redactedHeader(const QByteArray &name, const QByteArray &value)
{
    const QString text = QString::fromUtf8(value);
    if (!isSecretHeader(QString::fromLatin1(name)))
        return redactedText(text);
    // The scheme helps to see a fault ("Basic" where "Bearer" was meant) and tells nothing.
    const qsizetype space = text.indexOf(u' ');
    static const QStringList schemes{u"bearer"_s, u"basic"_s, u"digest"_s, u"negotiate"_s};
    if (space > 0 && schemes.contains(text.first(space).toLower()))
        return text.first(space + 1) + redactedMark();
    return redactedMark();
}

QList<std::pair<QString, QString>> redactedHeaders(const HttpHeaders &headers)
{
    QList<std::pair<QString, QString>> shown;
    for (const HttpHeader &header : headers)
        shown.append({QString::fromLatin1(header.name), redactedHeader(header.name, header.value)});
    return shown;
}

QString redactedUrl(const QUrl &url)
{
    return redactedText(url.toString(QUrl::RemoveUserInfo | QUrl::FullyEncoded));
}

QString redactedBody(const QByteArray &body)
{
    if (body.isEmpty())
        return {};
    if (body.first(std::min(body.size(), qsizetype(1024))).contains('\0'))
        return u"‹%1 bytes, not text›"_s.arg(body.size());
    QString text = redactedText(QString::fromUtf8(body.first(std::min(body.size(), examinedBytes))));

    // What the shapes did is checked against the structure: escapes inside a JSON name or value hide it from them.
    if (body.size() <= examinedBytes) {
        const QJsonDocument parsed = QJsonDocument::fromJson(body);
        const QJsonValue whole =
            parsed.isArray() ? QJsonValue(parsed.array()) : QJsonValue(parsed.object());
        // Most bodies hold nothing secret; to see that is cheaper than to make them anew and compare.
        if (!parsed.isNull() && hasSecretMembers(whole)) {
            const QJsonValue clean = withoutSecretMembers(whole);
            const QJsonDocument safe =
                clean.isArray() ? QJsonDocument(clean.toArray()) : QJsonDocument(clean.toObject());
            if (QJsonDocument::fromJson(text.toUtf8()) != safe)
                text = QString::fromUtf8(safe.toJson());
        }
    }
    if (text.size() > shownBytes)
        text = text.first(shownBytes) + u"\n‹cut: %1 bytes in all›"_s.arg(body.size());
    return text;
}

QJsonObject headersToJson(const QList<std::pair<QString, QString>> &headers)
{
    QJsonObject json;
    for (const auto &[name, value] : headers) {
        const QString before = json.value(name).toString();
        json.insert(name, before.isEmpty() ? value : before + u", "_s + value);
    }
    return json;
}

QList<std::pair<QString, QString>> headersFromJson(const QJsonObject &json)
{
    QList<std::pair<QString, QString>> headers;
    for (auto header = json.begin(); header != json.end(); ++header)
        headers.append({header.key(), header.value().toString()});
    return headers;
}

} // namespace

QString redactedMark()
{
    return u"‹redacted›"_s;
}

RedactedRequest redacted(const HttpRequest &request)
{
    return {QString::fromLatin1(request.method), redactedUrl(request.url), redactedHeaders(request.headers),
            redactedBody(request.body)};
}

RedactedResponse redacted(const HttpReply &reply)
{
    return {reply.status, redactedText(QString::fromUtf8(reply.reason)), redactedHeaders(reply.headers),
            redactedBody(reply.body)};
}

QString redactedText(const QString &text)
{
    return withoutSecretShapes(text);
}

QString withoutValue(QString text, QByteArrayView secret)
{
    // Shorter than this it would not protect anything, and would tear holes into innocent words.
    constexpr qsizetype shortest = 6;
    if (secret.size() < shortest)
        return text;
    QString plain = QString::fromUtf8(secret);
    QString percent = QString::fromLatin1(QUrl::toPercentEncoding(plain));
    QString escaped = QString(plain).replace(u'/', u"\\/"_s);
    for (QString *form : {&plain, &percent, &escaped}) {
        text.replace(*form, redactedMark(), Qt::CaseSensitive);
        wipe(*form);
    }
    return text;
}

void removeValue(RedactedRequest &request, QByteArrayView secret)
{
    request.url = withoutValue(request.url, secret);
    request.body = withoutValue(request.body, secret);
    for (auto &header : request.headers)
        header.second = withoutValue(header.second, secret);
}

void removeValue(RedactedResponse &response, QByteArrayView secret)
{
    response.reason = withoutValue(response.reason, secret);
    response.body = withoutValue(response.body, secret);
    for (auto &header : response.headers)
        header.second = withoutValue(header.second, secret);
}

QJsonObject toJson(const RedactedRequest &request)
{
    return {{u"method"_s, request.method},
            {u"url"_s, request.url},
            {u"headers"_s, headersToJson(request.headers)},
            {u"body"_s, request.body}};
}

QJsonObject toJson(const RedactedResponse &response)
{
    QJsonObject json{
        {u"status"_s, response.status}, {u"headers"_s, headersToJson(response.headers)}, {u"body"_s, response.body}};
    if (!response.reason.isEmpty())
        json.insert(u"reason"_s, response.reason);
    return json;
}

std::optional<RedactedRequest> redactedRequestFromJson(const QJsonObject &json)
{
    if (!json.value(u"method").isString() || !json.value(u"url").isString())
        return std::nullopt;
    return RedactedRequest{json.value(u"method").toString(), json.value(u"url").toString(),
                           headersFromJson(json.value(u"headers").toObject()), json.value(u"body").toString()};
}

std::optional<RedactedResponse> redactedResponseFromJson(const QJsonObject &json)
{
    if (!json.value(u"status").isDouble())
        return std::nullopt;
    return RedactedResponse{json.value(u"status").toInt(), json.value(u"reason").toString(),
                            headersFromJson(json.value(u"headers").toObject()), json.value(u"body").toString()};
}

} // namespace credenza
