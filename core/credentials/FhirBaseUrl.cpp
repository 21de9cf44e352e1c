// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/FhirBaseUrl.h"

#include "core/credentials/Environment.h"
#include "core/credentials/FhirResourceTypes.h"
#include "core/credentials/FieldRules.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

namespace credenza
{

namespace
{

struct UrlText {
    Q_DECLARE_TR_FUNCTIONS(FhirBaseUrl)
};

constexpr qsizetype maxUrlLength = 2048;

/// Without what copying adds: white space, line breaks, quotes, zero-width characters, angle brackets around it.
QString withoutDebris(QString text)
{
    static const QRegularExpression debris(
        QStringLiteral("[\\s\\x{00A0}\\x{200B}-\\x{200D}\\x{2060}\\x{FEFF}\"'\\x{2018}\\x{2019}\\x{201C}\\x{201D}`]"));
    text.remove(debris);
    if (text.startsWith(u'<') && text.endsWith(u'>'))
        text = text.sliced(1, text.size() - 2);
    return text;
}

/// Whether white space or a quote was in the middle: without it, two words have become one address. What surrounds it,
/// and the line breaks of a mail, are only wrapping.
bool hasInnerSpace(const QString &typed)
{
    static const QRegularExpression wrapping(
        QStringLiteral("^[\\s\\x{00A0}\\x{200B}-\\x{200D}\\x{2060}\\x{FEFF}\"'\\x{2018}\\x{2019}\\x{201C}\\x{201D}`<]+"
                       "|[\\s\\x{00A0}\\x{200B}-\\x{200D}\\x{2060}\\x{FEFF}\"'\\x{2018}\\x{2019}\\x{201C}\\x{201D}`>]+$"
                       "|[ \\t]*[\\r\\n]\\s*"));
    static const QRegularExpression space(QStringLiteral("[\\s\\x{00A0}\"'\\x{2018}\\x{2019}\\x{201C}\\x{201D}`]"));
    return QString(typed).remove(wrapping).contains(space);
}

/// What was cut from the path, and why.
struct Cut {
    const char *code = nullptr;
    QString what;
};

/// Shortens `segments` to the base and says what went.
std::optional<Cut> cutToBase(QStringList &segments)
{
    for (qsizetype i = 0; i < segments.size(); ++i) {
        const QString &segment = segments[i];
        const char *code = nullptr;
        if (segment == u".well-known")
            code = "url.well-known";
        else if (segment.compare(u"metadata", Qt::CaseInsensitive) == 0 && i + 1 == segments.size())
            code = "url.trailing-metadata";
        else if (segment.startsWith(u'$'))
            code = "url.operation";
        else if (isFhirResourceType(segment) && i > 0)
            code = "url.resource-path";
        if (code != nullptr) {
            const Cut cut{code, u'/' + segments.sliced(i).join(u'/')};
            segments = segments.first(i);
            return cut;
        }
    }
    return std::nullopt;
}

/// The base that a token or authorize URL belongs to by Epic's path rule (facts §2.1), or nothing.
std::optional<QString> baseOfOAuthUrl(const QUrl &url)
{
    static const QRegularExpression oauthPath(QStringLiteral("^(.*)/oauth2/(?:token|authorize|introspect|register)/?$"),
                                              QRegularExpression::CaseInsensitiveOption);
    const auto match = oauthPath.match(url.path());
    if (!match.hasMatch())
        return std::nullopt;
    QUrl base = url;
    base.setPath(match.captured(1) + QStringLiteral("/api/FHIR/R4"));
    base.setQuery(QString());
    base.setFragment(QString());
    return base.toString(QUrl::FullyEncoded);
}

bool isOAuthUrl(const QUrl &url)
{
    static const QRegularExpression oauthPath(
        QStringLiteral("/(?:oauth2?|auth|connect)/.*(?:token|authorize)/?$|/token/?$|/authorize/?$"),
        QRegularExpression::CaseInsensitiveOption);
    return oauthPath.match(url.path()).hasMatch();
}

std::optional<Finding> oldVersion(const QString &path)
{
    static const QRegularExpression version(QStringLiteral("/(DSTU2|STU3)(/|$)"),
                                            QRegularExpression::CaseInsensitiveOption);
    const auto match = version.match(path);
    if (!match.hasMatch())
        return std::nullopt;
    return warningFinding(
        match.captured(1).compare(u"DSTU2", Qt::CaseInsensitive) == 0 ? "url.dstu2" : "url.stu3",
        UrlText::tr("This is the %1 endpoint; Credenza reads FHIR R4.").arg(match.captured(1).toUpper()),
        UrlText::tr("Use the same address with R4 in place of %1.").arg(match.captured(1)));
}

std::optional<Finding> refusal(const QUrl &url, const QString &text)
{
    const QString fix = UrlText::tr("It begins with https:// and at Epic ends with /api/FHIR/R4.");
    if (text.size() > maxUrlLength)
        return errorFinding("url.too-long",
                            UrlText::tr("This is longer than any address (%1 characters).").arg(maxUrlLength), fix);
    if (!url.isValid() || url.host().isEmpty())
        return errorFinding("url.not-a-url", UrlText::tr("This is not a web address."), fix);
    if (url.scheme() != u"https" && url.scheme() != u"http")
        return errorFinding("url.unsupported-scheme",
                            UrlText::tr("An address that begins with %1: can't be used.").arg(url.scheme()), fix);
    if (!url.userInfo().isEmpty())
        return errorFinding(
            "url.has-credentials", UrlText::tr("The address has a user name or password in it."),
            UrlText::tr("Remove the part before the @; the client ID and the key go into their own fields."));
    if (isOAuthUrl(url))
        return errorFinding(
            "url.token-endpoint", UrlText::tr("This is the address of the authorization server, not of the FHIR API."),
            UrlText::tr("Give the FHIR base URL; the token endpoint is discovered from it."), baseOfOAuthUrl(url));
    return std::nullopt;
}

Finding trimFinding(const Cut &cut, const QString &canonical)
{
    const QString shown = cut.what.size() > 40 ? cut.what.left(39) + u'…' : cut.what;
    return warningFinding(cut.code, UrlText::tr("Ends in %1. It will be trimmed when you save.").arg(shown),
                          UrlText::tr("The base URL is %1.").arg(canonical), canonical);
}

std::optional<Finding> transportFinding(const QUrl &url, const QString &canonical, bool allowsPlainHttp)
{
    if (url.scheme() != u"http" || environmentOf(canonical) == Environment::Local)
        return std::nullopt;
    QString secure = canonical;
    secure.replace(0, 4, QStringLiteral("https"));
    if (allowsPlainHttp)
        return warningFinding("url.plain-http-allowed",
                              UrlText::tr("Patient data and tokens will cross the network unencrypted."),
                              UrlText::tr("Use https:// unless this is a test system on a closed network."));
    return errorFinding("url.plain-http", UrlText::tr("http: is not encrypted and is refused except on this computer."),
                        UrlText::tr("Use https://."), secure);
}

/// The first thing to say, in order of weight.
Finding strongest(const QUrl &url, const QString &canonical, const std::optional<Cut> &cut, bool isSchemeMissing,
                  bool hadDoubleSlash, bool hadSpace, bool allowsPlainHttp)
{
    if (auto finding = transportFinding(url, canonical, allowsPlainHttp))
        return *finding;
    if (cut)
        return trimFinding(*cut, canonical);
    if (auto finding = oldVersion(url.path()))
        return *finding;
    if (isSchemeMissing)
        return warningFinding("url.missing-scheme", UrlText::tr("https:// is missing. It will be added when you save."),
                              UrlText::tr("The base URL is %1.").arg(canonical), canonical);
    if (hadSpace)
        return warningFinding(
            "url.space", UrlText::tr("There is a space or a quote in the address. It will be removed when you save."),
            UrlText::tr("The base URL is %1.").arg(canonical), canonical);
    if (hadDoubleSlash)
        return warningFinding("url.double-slash",
                              UrlText::tr("There is a double slash in the path. It will be removed when you save."),
                              UrlText::tr("The base URL is %1.").arg(canonical), canonical);
    if (url.path().isEmpty() || url.path() == u"/")
        return warningFinding("url.no-path", UrlText::tr("There is no path after the host name."),
                              UrlText::tr("At Epic the base URL ends with /api/FHIR/R4."));
    return {};
}

} // namespace

FhirBaseUrlReading readFhirBaseUrl(const QString &typed, bool allowsPlainHttp)
{
    QString text = withoutDebris(typed.left(maxUrlLength + 100));
    if (text.isEmpty())
        return {{},
                errorFinding("url.required", UrlText::tr("The FHIR base URL is missing."),
                             UrlText::tr("Copy it from the EHR's documentation, or pick a sandbox."))};
    static const QRegularExpression scheme(QStringLiteral("^[A-Za-z][A-Za-z0-9+.-]*:/+"));
    const bool isSchemeMissing = !scheme.match(text).hasMatch();
    if (isSchemeMissing) {
        if (!text.contains(u'.') && !text.startsWith(u"localhost"))
            return {{},
                    errorFinding("url.not-a-url", UrlText::tr("This is not a web address."),
                                 UrlText::tr("It begins with https:// and at Epic ends with /api/FHIR/R4."))};
        text.prepend(QStringLiteral("https://"));
    }
    QUrl url(text, QUrl::StrictMode);
    if (auto finding = refusal(url, text))
        return {{}, *finding};

    const bool hadSpace = hasInnerSpace(typed.left(maxUrlLength + 100));
    const bool hadDoubleSlash = url.path().contains(u"//");
    QStringList segments = url.path().split(u'/', Qt::SkipEmptyParts);
    std::optional<Cut> cut = cutToBase(segments);
    while (cut) { // /metadata/metadata: what is left may end in more of it
        const std::optional<Cut> further = cutToBase(segments);
        if (!further)
            break;
        *cut = {further->code, further->what + cut->what};
    }
    if (!cut && url.hasQuery())
        cut = Cut{"url.query", u'?' + url.query()};
    else if (!cut && url.hasFragment())
        cut = Cut{"url.fragment", u'#' + url.fragment()};
    QUrl base = url;
    base.setQuery(QString());
    base.setFragment(QString());
    base.setPath(segments.isEmpty() ? QString() : u'/' + segments.join(u'/'));
    // A path may hold a quote as it is; typed or pasted, one is taken for what stood around the address. So it is encoded.
    const QString canonical = base.toString(QUrl::FullyEncoded | QUrl::StripTrailingSlash)
                                  .replace(u'\'', QStringLiteral("%27"));
    // What is left may be an address of the authorization server, https://host/oauth2/token/metadata; and encoded it
    // may be longer than it was typed.
    if (auto finding = refusal(base, canonical))
        return {{}, *finding};
    return {canonical, strongest(base, canonical, cut, isSchemeMissing, hadDoubleSlash, hadSpace, allowsPlainHttp)};
}

} // namespace credenza
