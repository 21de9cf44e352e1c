// SPDX-License-Identifier: Apache-2.0
#include "core/smart/JwkSetCheck.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza
{

namespace
{

struct CheckText {
    Q_DECLARE_TR_FUNCTIONS(JwkSetCheck)
};

using Severity = JwkSetFinding::Severity;

/// How long Epic keeps a set at most, and without Cache-Control (facts §2.4).
constexpr auto epicCache = 29h;
/// A server that waits longer than this for a key set gives up on the token request first.
constexpr auto slowAnswer = 5s;
constexpr qsizetype maxKeys = 1'000;
constexpr qint64 maxBytes = 1024 * 1024;

void add(JwkSetCheck &check, Severity severity, const char *code, QString message, QString hint = {})
{
    check.findings.append({severity, QString::fromLatin1(code), std::move(message), std::move(hint)});
}

QString plainHostingHint()
{
    return CheckText::tr("Serve it as plain JSON, public, over TLS with a complete certificate chain, without log-in "
                         "or redirects.");
}

bool hasPrivateMember(const QJsonObject &jwk)
{
    static const std::array names{u"d"_s, u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s, u"k"_s, u"oth"_s};
    return std::ranges::any_of(names, [&jwk](const QString &name) { return jwk.contains(name); });
}

/// Whether a server on the internet can't reach the host.
bool isPrivateHost(const QUrl &url)
{
    const QHostAddress address(url.host());
    if (!address.isNull())
        return address.isLoopback() || address.isLinkLocal() || address.isUniqueLocalUnicast() ||
               address.isInSubnet(QHostAddress(u"10.0.0.0"_s), 8) ||
               address.isInSubnet(QHostAddress(u"172.16.0.0"_s), 12) ||
               address.isInSubnet(QHostAddress(u"192.168.0.0"_s), 16);
    const QString host = url.host().toLower();
    return !host.contains(u'.') || host.endsWith(u".local") || host.endsWith(u".internal") ||
           host.endsWith(u".localhost") || host.endsWith(u".lan") || host.endsWith(u".corp");
}

void judgeAddress(JwkSetCheck &check)
{
    if (isLoopback(check.url))
        add(check, Severity::Warning, "jwks.loopback",
            CheckText::tr("The address is this computer: only a server here can read it."),
            CheckText::tr("For any other server, host the set at a public address."));
    else if (isPrivateHost(check.url))
        add(check, Severity::Error, "jwks.not-public", CheckText::tr("The host is not on the public internet."),
            CheckText::tr("Host the set where the EHR's servers can reach it."));
    if (check.url.scheme() != u"https" && !isLoopback(check.url))
        add(check, Severity::Error, "jwks.not-https", CheckText::tr("The address is not https:."), plainHostingHint());
}

void judgeFailure(JwkSetCheck &check, const Error &error)
{
    if (error.kind == ErrorKind::Cancelled) {
        add(check, Severity::Error, "jwks.cancelled", CheckText::tr("The check was cancelled."));
        return;
    }
    const bool isTls = error.code.startsWith(u"net.tls");
    add(check, Severity::Error, isTls ? "jwks.tls" : "jwks.unreachable",
        isTls ? CheckText::tr("Its TLS certificate is not trusted: %1").arg(error.message)
              : CheckText::tr("It does not answer: %1").arg(error.message),
        isTls ? CheckText::tr("Use a certificate of a public authority, and send its whole chain.") : error.hint);
}

/// Status, redirect and content type; false where there is no set to look at.
bool judgeAnswer(JwkSetCheck &check, const HttpReply &reply)
{
    if (reply.status >= 300 && reply.status < 400) {
        add(check, Severity::Error, "jwks.redirect",
            CheckText::tr("It redirects to %1.").arg(QString::fromUtf8(headerValue(reply.headers, "Location"))),
            CheckText::tr("Register the address it leads to, or serve the set here: servers don't follow."));
        return false;
    }
    if (reply.status == 401 || reply.status == 403) {
        add(check, Severity::Error, "jwks.needs-login",
            CheckText::tr("It asks for a log-in (status %1).").arg(reply.status), plainHostingHint());
        return false;
    }
    if (reply.status != 200) {
        add(check, Severity::Error, "jwks.status", CheckText::tr("It answers with status %1.").arg(reply.status),
            CheckText::tr("Check the address, and that the file is there."));
        return false;
    }
    const QString mediaType = check.contentType.section(u';', 0, 0).trimmed().toLower();
    if (reply.body.trimmed().startsWith('<')) {
        add(check, Severity::Error, "jwks.page", CheckText::tr("It answers with a web page."),
            CheckText::tr("Use the address of the file itself (often named “raw” or “download”)."));
        return false;
    }
    if (mediaType != u"application/json" && mediaType != u"application/jwk-set+json")
        add(check, Severity::Warning, "jwks.content-type",
            mediaType.isEmpty() ? CheckText::tr("It is sent without a content type.")
                                : CheckText::tr("It is sent as %1.").arg(mediaType),
            CheckText::tr("Send it as application/json."));
    if (reply.elapsed > slowAnswer)
        add(check, Severity::Warning, "jwks.slow",
            CheckText::tr("It took %1 s to answer.")
                .arg(std::chrono::duration_cast<std::chrono::seconds>(reply.elapsed).count()),
            CheckText::tr("Host it where it answers at once: the server waits for it before it gives a token."));
    return true;
}

void judgeCaching(JwkSetCheck &check)
{
    static const QRegularExpression maxAge(u"(?:^|[,\\s])max-age\\s*=\\s*\"?(\\d{1,9})"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    if (const auto match = maxAge.match(check.cacheControl); match.hasMatch())
        check.maxAge = std::chrono::seconds(match.captured(1).toInt());
    const bool isNotStored = check.cacheControl.contains(u"no-store", Qt::CaseInsensitive) ||
                             check.cacheControl.contains(u"no-cache", Qt::CaseInsensitive);
    const QString rotation =
        CheckText::tr("On rotation, publish the new key beside the old one, and remove the old one after that time.");
    if (isNotStored || (check.maxAge && *check.maxAge < 1min))
        add(check, Severity::Note, "jwks.not-cached",
            CheckText::tr("Cache-Control keeps servers from holding it: each token request may fetch it anew."),
            CheckText::tr("An hour (max-age=3600) is kinder to your host."));
    else if (!check.maxAge)
        add(check, Severity::Note, "jwks.no-cache-control",
            CheckText::tr("There is no Cache-Control: servers keep it as long as they like, Epic 29 hours."), rotation);
    else if (*check.maxAge > epicCache)
        add(check, Severity::Note, "jwks.long-cache",
            CheckText::tr("Cache-Control allows %1 hours; Epic keeps it 29 hours at most.")
                .arg(std::chrono::duration_cast<std::chrono::hours>(*check.maxAge).count()),
            rotation);
    else
        add(check, Severity::Good, "jwks.cached",
            CheckText::tr("Servers keep it for %1 minutes.")
                .arg(std::chrono::duration_cast<std::chrono::minutes>(*check.maxAge).count()),
            rotation);
}

/// The keys' own faults, whoever they belong to.
void judgeKey(JwkSetCheck &check, const QJsonObject &jwk, const Result<PublicKey> &key)
{
    const QString keyId = jwk.value(u"kid").toString();
    const QString named = keyId.isEmpty() ? CheckText::tr("A key without kid") : CheckText::tr("The key %1").arg(keyId);
    const QString type = jwk.value(u"kty").toString();
    if (!key) {
        if (type == u"RSA" || type == u"EC")
            add(check, Severity::Warning, "jwks.unreadable-key",
                CheckText::tr("%1 can't be read: %2").arg(named, key.error().message),
                CheckText::tr("Write it again, with base64url members of full length."));
        return; // other types are another application's
    }
    if (keyId.isEmpty())
        add(check, Severity::Warning, "jwks.no-kid", CheckText::tr("A key has no kid."),
            CheckText::tr("Give each key a kid: servers look it up by that."));
    if (key->type() == KeyType::Rsa && key->bits() < 2048)
        add(check, Severity::Warning, "jwks.small-key",
            CheckText::tr("%1 has only %2 bits.").arg(named).arg(key->bits()),
            CheckText::tr("Servers refuse fewer than 2048 bits."));
    const auto algorithm = signatureAlgorithm(jwk.value(u"alg").toString());
    if (algorithm && !key->fits(*algorithm))
        add(check, Severity::Warning, "jwks.algorithm",
            CheckText::tr("%1 names the algorithm %2, which does not fit it.").arg(named, nameOf(*algorithm)),
            CheckText::tr("Write %1.").arg(nameOf(key->defaultAlgorithm())));
}

void judgeDoubles(JwkSetCheck &check)
{
    QStringList seen;
    QStringList doubled;
    for (const HostedKey &key : check.keys) {
        if (!key.keyId.isEmpty() && seen.contains(key.keyId) && !doubled.contains(key.keyId))
            doubled.append(key.keyId);
        seen.append(key.keyId);
    }
    for (const QString &keyId : doubled)
        add(check, Severity::Error, "jwks.kid-twice", CheckText::tr("The kid %1 names more than one key.").arg(keyId),
            CheckText::tr("Give each key a kid of its own: servers refuse what is not unique."));
}

/// The key that signs: there once, under its kid, meant for signatures.
void judgeExpected(JwkSetCheck &check, const JwkSetExpectation &expectation, const QJsonArray &jwks)
{
    if (!expectation.key)
        return;
    const QString keyId = expectation.keyId.isEmpty() ? expectation.key->thumbprint() : expectation.keyId;
    QStringList kidsOfKey;
    for (const HostedKey &key : check.keys) {
        if (key.isExpected)
            kidsOfKey.append(key.keyId.isEmpty() ? CheckText::tr("(none)") : key.keyId);
    }
    const auto ofThisKid = std::ranges::find(check.keys, keyId, &HostedKey::keyId);
    if (kidsOfKey.isEmpty() && ofThisKid != check.keys.end())
        add(check, Severity::Error, "jwks.kid-of-another-key",
            CheckText::tr("The kid %1 is there, but it names another key.").arg(keyId),
            CheckText::tr("Publish this key's public half, or choose the private key that belongs to the one there."));
    else if (kidsOfKey.isEmpty())
        add(check, Severity::Error, "jwks.key-missing", CheckText::tr("This key is not in the set."),
            CheckText::tr("Add its public JWK to the set; a new key is read at once."));
    else if (!kidsOfKey.contains(keyId))
        add(check, Severity::Error, "jwks.other-kid",
            CheckText::tr("This key is there under the kid %1; the assertion says %2.")
                .arg(kidsOfKey.join(u", "_s), keyId),
            CheckText::tr("Set the key ID to %1, or publish the key as %2.").arg(kidsOfKey.constFirst(), keyId));
    else if (kidsOfKey.size() > 1)
        add(check, Severity::Warning, "jwks.key-twice",
            CheckText::tr("This key is there %1 times.").arg(kidsOfKey.size()), CheckText::tr("Publish it once."));
    else
        add(check, Severity::Good, "jwks.key-there", CheckText::tr("This key is there once, as %1.").arg(keyId));
    for (qsizetype i = 0; i < check.keys.size(); ++i) {
        const QJsonObject jwk = jwks.at(i).toObject();
        const QString use = jwk.value(u"use").toString();
        if (check.keys.at(i).isExpected && !use.isEmpty() && use != u"sig")
            add(check, Severity::Error, "jwks.use", CheckText::tr("This key's “use” is “%1”.").arg(use),
                CheckText::tr("Publish it with “use”: “sig”."));
        const QJsonArray operations = jwk.value(u"key_ops").toArray();
        if (check.keys.at(i).isExpected && !operations.isEmpty() && !operations.contains(u"verify"_s))
            add(check, Severity::Error, "jwks.key-ops", CheckText::tr("This key's “key_ops” lack “verify”."),
                CheckText::tr("Publish it with “key_ops”: [“verify”]."));
    }
}

void judgeSet(JwkSetCheck &check, const QByteArray &body, const JwkSetExpectation &expectation)
{
    QJsonParseError parsing{};
    const QJsonDocument document = QJsonDocument::fromJson(body, &parsing);
    if (document.isNull()) {
        add(check, Severity::Error, "jwks.not-json",
            CheckText::tr("It is not JSON: %1 at byte %2.").arg(parsing.errorString()).arg(parsing.offset),
            CheckText::tr("Copy the JWK Set again as it was written."));
        return;
    }
    const QJsonObject object = document.object();
    if (!object.value(u"keys").isArray()) {
        add(check, Severity::Error, "jwks.not-a-set",
            object.contains(u"kty") ? CheckText::tr("It is a single JWK, not a set.")
                                    : CheckText::tr("It has no array “keys”."),
            CheckText::tr("Put it as {\"keys\": […]}."));
        if (hasPrivateMember(object))
            add(check, Severity::Error, "jwks.private-members", CheckText::tr("A private key is published here."),
                CheckText::tr("Anybody can read it: make a new key pair at once, and publish its public half only."));
        return;
    }
    const QJsonArray jwks = object.value(u"keys").toArray();
    if (jwks.isEmpty())
        add(check, Severity::Error, "jwks.empty", CheckText::tr("The set holds no key."),
            CheckText::tr("Add the public JWK of your key."));
    QStringList leaked;
    for (const QJsonValue &value : jwks) {
        if (check.keys.size() == maxKeys)
            break;
        const QJsonObject jwk = value.toObject();
        const Result<PublicKey> key = PublicKey::fromJwk(jwk);
        HostedKey hosted{jwk.value(u"kid").toString(), jwk.value(u"kty").toString(),
                         key ? key->thumbprint() : QString()};
        hosted.isExpected = expectation.key && key && hosted.thumbprint == expectation.key->thumbprint();
        if (hasPrivateMember(jwk))
            leaked.append(hosted.keyId.isEmpty() ? CheckText::tr("(none)") : hosted.keyId);
        judgeKey(check, jwk, key);
        check.keys.append(std::move(hosted));
    }
    if (!leaked.isEmpty())
        add(check, Severity::Error, "jwks.private-members",
            CheckText::tr("A PRIVATE KEY is published here, for everybody to read (kid %1).").arg(leaked.join(u", "_s)),
            CheckText::tr("Make a new key pair at once, and publish its public half only."));
    judgeDoubles(check);
    judgeExpected(check, expectation, jwks);
}

/// The loudest first; of one severity, in the order they were found. A leaked private key is louder than anything.
void sortFindings(JwkSetCheck &check)
{
    std::ranges::stable_sort(check.findings, [](const JwkSetFinding &one, const JwkSetFinding &other) {
        const bool isLeak = one.code == u"jwks.private-members";
        const bool isOtherLeak = other.code == u"jwks.private-members";
        return isLeak != isOtherLeak ? isLeak : one.severity > other.severity;
    });
}

QString nameOf(Severity severity)
{
    switch (severity) {
    case Severity::Good:
        return u"good"_s;
    case Severity::Note:
        return u"note"_s;
    case Severity::Warning:
        return u"warning"_s;
    case Severity::Error:
        return u"error"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

bool JwkSetCheck::hasPassed() const
{
    return std::ranges::none_of(findings,
                                [](const JwkSetFinding &finding) { return finding.severity == Severity::Error; });
}

JwkSetCheck judgeJwkSet(const QUrl &url, const Result<HttpReply> &reply, const JwkSetExpectation &expectation)
{
    JwkSetCheck check;
    check.url = url;
    judgeAddress(check);
    if (!reply) {
        judgeFailure(check, reply.error());
        sortFindings(check);
        return check;
    }
    check.status = reply->status;
    check.contentType = QString::fromUtf8(headerValue(reply->headers, "Content-Type"));
    check.cacheControl = QString::fromUtf8(headerValue(reply->headers, "Cache-Control"));
    if (judgeAnswer(check, *reply)) {
        judgeSet(check, reply->body, expectation);
        judgeCaching(check);
    }
    if (check.hasPassed() && !expectation.key)
        add(check, Severity::Good, "jwks.readable",
            CheckText::tr("It is a JWK Set that servers can read, with %n key(s).", nullptr, int(check.keys.size())));
    sortFindings(check);
    return check;
}

JwkSetCheck checkJwkSet(const QUrl &url, const JwkSetExpectation &expectation, HttpTransport &transport,
                        const NetworkSettings &network, const std::stop_token &stop)
{
    HttpRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/json"}};
    request.maxResponseBytes = maxBytes;
    request.network = network;
    request.network.extraAuthorities.clear(); // Epic has public ones only
    const Result<HttpReply> reply = transport.send(request, stop);
    const bool isUntrusted = !reply && reply.error().code == u"net.tls-untrusted";
    if (!isUntrusted || network.extraAuthorities.isEmpty())
        return judgeJwkSet(url, reply, expectation);
    request.network = network;
    JwkSetCheck check = judgeJwkSet(url, transport.send(request, stop), expectation);
    add(check, isLoopback(url) ? Severity::Warning : Severity::Error, "jwks.private-authority",
        CheckText::tr("Its certificate is trusted only with the CA certificates given here."),
        CheckText::tr("Servers of an EHR do not have them: use a certificate of a public authority."));
    sortFindings(check);
    return check;
}

QJsonObject toJson(const JwkSetCheck &check)
{
    QJsonArray findings;
    for (const JwkSetFinding &finding : check.findings)
        findings.append(QJsonObject{{u"severity"_s, nameOf(finding.severity)},
                                    {u"code"_s, finding.code},
                                    {u"message"_s, finding.message},
                                    {u"hint"_s, finding.hint}});
    QJsonArray keys;
    for (const HostedKey &key : check.keys)
        keys.append(QJsonObject{{u"kid"_s, key.keyId},
                                {u"keyType"_s, key.keyType},
                                {u"thumbprint"_s, key.thumbprint},
                                {u"isThisKey"_s, key.isExpected}});
    return {{u"url"_s, check.url.toString()},
            {u"passed"_s, check.hasPassed()},
            {u"status"_s, check.status},
            {u"contentType"_s, check.contentType},
            {u"cacheControl"_s, check.cacheControl},
            {u"maxAgeSeconds"_s, check.maxAge ? QJsonValue(double(check.maxAge->count())) : QJsonValue()},
            {u"keys"_s, keys},
            {u"findings"_s, findings}};
}

} // namespace credenza
