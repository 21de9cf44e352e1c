// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/JwksFetcher.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMutexLocker>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

struct JwksText {
    Q_DECLARE_TR_FUNCTIONS(JwksText)
};

/// How long an answer may be kept; Epic's default and maximum is 29 hours.
std::chrono::seconds lifetimeOf(const HttpReply &reply)
{
    constexpr std::chrono::seconds longest = std::chrono::hours(29);
    const QString control = QString::fromLatin1(headerValue(reply.headers, "Cache-Control")).toLower();
    if (control.contains(u"no-store"_s) || control.contains(u"no-cache"_s))
        return std::chrono::seconds(0);
    static const QRegularExpression maxAge(u"\\bmax-age=([0-9]{1,9})\\b"_s);
    const QRegularExpressionMatch match = maxAge.match(control);
    return match.hasMatch() ? std::min(longest, std::chrono::seconds(match.captured(1).toInt())) : longest;
}

} // namespace

Result<QList<QJsonObject>> parseJwkSet(const QJsonObject &document)
{
    const auto invalid = [](const QString &message) {
        return fail(ErrorKind::InvalidInput, u"jwks.invalid"_s, message);
    };
    if (!document.value(u"keys"_s).isArray())
        return invalid(JwksText::tr("A JWK Set is a JSON object with an array \"keys\"."));
    QList<QJsonObject> keys;
    for (const QJsonValue &value : document.value(u"keys"_s).toArray()) {
        const QJsonObject key = value.toObject();
        if (!key.value(u"kty"_s).isString() || key.value(u"kid"_s).toString().isEmpty())
            return invalid(JwksText::tr("Each key of the JWK Set needs a kty and a kid."));
        static const std::array privateMembers{u"d"_s, u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s, u"oth"_s, u"k"_s};
        if (std::ranges::any_of(privateMembers, [&key](const QString &name) { return key.contains(name); })) {
            return fail(ErrorKind::InvalidInput, u"jwks.private-key"_s,
                        JwksText::tr("The JWK Set holds a private key. Publish public members only."));
        }
        keys.append(key);
    }
    return keys;
}

Result<QList<QJsonObject>> JwksFetcher::keys(const QUrl &url, const QString &kid)
{
    const auto hasKid = [&kid](const QJsonObject &key) { return key.value(u"kid"_s).toString() == kid; };
    {
        const QMutexLocker lock(&m_mutex);
        const auto cached = m_cache.constFind(url);
        if (cached != m_cache.constEnd() && cached->expires > m_clock.ticks() &&
            std::ranges::any_of(cached->keys, hasKid))
            return cached->keys;
    }
    if (!isLoopback(url)) {
        return fail(ErrorKind::InvalidInput, u"jwks.not-loopback"_s,
                    JwksText::tr("The sandbox fetches JWK Sets from this machine only."));
    }
    HttpRequest request{.url = url,
                        .headers = {{"Accept", "application/json"}},
                        .body = {},
                        .maxResponseBytes = 256 * 1024,
                        .network = m_network};
    request.network.deadline = std::chrono::seconds(5);
    // Without the lock: a slow server must not keep the others' assertions waiting.
    const HttpReply reply = TRY(m_transport()->send(request, {}));
    if (reply.status != 200) {
        return fail(ErrorKind::Failed, u"jwks.status"_s,
                    JwksText::tr("The JWK Set URL answered with status %1.").arg(reply.status));
    }
    const QList<QJsonObject> fetched = TRY(parseJwkSet(QJsonDocument::fromJson(reply.body).object()));
    const QMutexLocker lock(&m_mutex);
    m_cache.insert(url, {fetched, m_clock.ticks() + lifetimeOf(reply)});
    return fetched;
}

} // namespace credenza::sandbox
