// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/FieldRules.h"

#include "core/credentials/Connector.h"
#include "core/credentials/Environment.h"
#include "core/credentials/KeyExpiry.h"
#include "core/credentials/Scope.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QUrl>

#include <array>

namespace credenza
{

namespace
{

struct RuleText {
    Q_DECLARE_TR_FUNCTIONS(FieldRules)
};

constexpr qsizetype maxKeyIdLength = 256;
constexpr qsizetype maxScopes = 300;
constexpr qsizetype maxNotesLength = 20000;
constexpr qsizetype maxTags = 20;
constexpr qsizetype maxTagLength = 50;

/// A URL field other than the base: absolute, https unless on this computer.
Finding checkEndpoint(const QString &typed, bool allowsPlainHttp)
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return {};
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"https" && url.scheme() != u"http"))
        return errorFinding("url.not-a-url", RuleText::tr("This is not a web address."),
                            RuleText::tr("It begins with https://."));
    if (!url.userInfo().isEmpty())
        return errorFinding("url.has-credentials", RuleText::tr("The address has a user name or password in it."),
                            RuleText::tr("Remove the part before the @."));
    if (url.hasFragment())
        return errorFinding("url.fragment", RuleText::tr("The address has a #… part, which servers never see."),
                            RuleText::tr("Remove it."));
    if (url.scheme() == u"http" && environmentOf(text) != Environment::Local && !allowsPlainHttp)
        return errorFinding("url.plain-http",
                            RuleText::tr("http: is not encrypted and is refused except on this computer."),
                            RuleText::tr("Use https://."));
    return {};
}

/// The key type and curve that will sign, as far as the draft knows.
std::optional<SignatureAlgorithm> defaultAlgorithmOf(const CredentialDraft &draft)
{
    if (draft.key && draft.key->isUsable())
        return draft.key->publicKey->defaultAlgorithm();
    if (!draft.key && draft.savedKey) {
        if (draft.savedKey->type == KeyType::Rsa)
            return SignatureAlgorithm::RS384;
        return draft.savedKey->curve == u"P-256" ? SignatureAlgorithm::ES256 : SignatureAlgorithm::ES384;
    }
    return std::nullopt;
}

bool fits(SignatureAlgorithm chosen, SignatureAlgorithm keysDefault)
{
    return keyTypeOf(chosen) == KeyType::Rsa ? keyTypeOf(keysDefault) == KeyType::Rsa : chosen == keysDefault;
}

/// Whether a text has a certificate. The last answer is kept: every keystroke in any field asks again, and reading
/// certificates costs more than all the other rules together.
bool holdsCertificate(const QByteArray &pem)
{
    thread_local QByteArray lastPem;
    thread_local bool lastAnswer = false;
    if (pem != lastPem) {
        lastAnswer = !QSslCertificate::fromData(pem, QSsl::Pem).isEmpty();
        lastPem = pem;
    }
    return lastAnswer;
}

} // namespace

Finding checkKeyId(const CredentialDraft &draft)
{
    const QString keyId = draft.keyId.trimmed();
    if (keyId.size() > maxKeyIdLength)
        return errorFinding(
            "key-id.too-long",
            RuleText::tr("The key ID has %1 characters; %2 fit.").arg(keyId.size()).arg(maxKeyIdLength));
    static const QRegularExpression unprintable(QStringLiteral("[\\s\\p{C}]"));
    if (unprintable.match(keyId).hasMatch())
        return errorFinding("key-id.spaces", RuleText::tr("The key ID has spaces or invisible characters in it."),
                            RuleText::tr("Copy the kid from the JWK Set again."));
    return {};
}

Finding checkAlgorithm(const CredentialDraft &draft)
{
    const std::optional<SignatureAlgorithm> keysDefault = defaultAlgorithmOf(draft);
    std::optional<SignatureAlgorithm> algorithm = keysDefault;
    if (!draft.algorithm.isEmpty()) {
        algorithm = signatureAlgorithm(draft.algorithm);
        if (!algorithm)
            return errorFinding(
                "algorithm.unknown", RuleText::tr("There is no algorithm \"%1\" here.").arg(draft.algorithm),
                RuleText::tr("Known are %1.").arg(signatureAlgorithmNames().join(QStringLiteral(", "))));
        if (keysDefault && !fits(*algorithm, *keysDefault))
            return errorFinding("algorithm.key-mismatch",
                                RuleText::tr("This key can't sign with %1.").arg(draft.algorithm),
                                RuleText::tr("Choose %1.").arg(nameOf(*keysDefault)), nameOf(*keysDefault));
    }
    const Connector *connector = connectorById(draft.connector);
    if (!algorithm || connector == nullptr || environmentOf(draft.fhirBaseUrl) == Environment::Local)
        return {};
    if (!connector->algorithms.contains(*algorithm))
        return warningFinding("algorithm.not-taken",
                              RuleText::tr("%1 does not take %2.").arg(connector->name, nameOf(*algorithm)),
                              RuleText::tr("Use a key that signs with %1.").arg(nameOf(connector->algorithms.first())));
    if (keyTypeOf(*algorithm) == KeyType::Ec && connector->jwkSetUrlNeed == JwkSetUrlNeed::Elliptic &&
        draft.jwkSetUrl.trimmed().isEmpty())
        return warningFinding("algorithm.needs-jwk-set-url", connector->jwkSetUrlHint,
                              RuleText::tr("Register a JWK Set URL for the app, or use an RSA key."));
    return {};
}

Finding checkTokenEndpoint(const CredentialDraft &draft)
{
    Finding finding = checkEndpoint(draft.tokenEndpoint, draft.allowsPlainHttp);
    if (finding.state != Finding::State::Ok || draft.tokenEndpoint.trimmed().isEmpty())
        return finding;
    if (QUrl(draft.tokenEndpoint.trimmed()).path().endsWith(u"/authorize"))
        return errorFinding("token-endpoint.authorize",
                            RuleText::tr("This is the authorize endpoint; tokens come from another."),
                            RuleText::tr("It usually ends in /token; leave the field empty to discover it."));
    return finding;
}

Finding checkJwkSetUrl(const CredentialDraft &draft)
{
    Finding finding = checkEndpoint(draft.jwkSetUrl, draft.allowsPlainHttp);
    const QString typed = draft.jwkSetUrl.trimmed();
    const Connector *connector = connectorById(draft.connector);
    const bool isLocal = environmentOf(draft.fhirBaseUrl) == Environment::Local;
    if (finding.state != Finding::State::Ok)
        return finding;
    if (typed.isEmpty()) {
        if (connector == nullptr || connector->jwkSetUrlNeed != JwkSetUrlNeed::All || isLocal)
            return finding;
        return warningFinding("jwk-set-url.needed", connector->jwkSetUrlHint,
                              RuleText::tr("Host the JWK Set, register its address, and enter it here to check it."));
    }
    const QUrl url(typed);
    const QString host = url.host().toLower();
    // Pages that show a file are not the file (facts T2e).
    const bool isViewPage = (host == u"github.com" && url.path().contains(u"/blob/")) || host == u"drive.google.com" ||
                            host == u"gist.github.com" ||
                            (host == u"www.dropbox.com" && !url.query().contains(u"raw=1"));
    if (isViewPage)
        return warningFinding("jwk-set-url.page", RuleText::tr("This address shows a page around the file."),
                              RuleText::tr("Use the address of the file itself (raw, download)."));
    if (!isLocal && environmentOf(typed) == Environment::Local)
        return warningFinding("jwk-set-url.local",
                              RuleText::tr("This address is on this computer: the server can't read it."),
                              RuleText::tr("Host the set at a public address over TLS."));
    return finding;
}

Finding checkScopes(const CredentialDraft &draft)
{
    if (draft.scopes.size() > maxScopes)
        return errorFinding("scope.too-many",
                            RuleText::tr("There are %1 scopes; %2 fit.").arg(draft.scopes.size()).arg(maxScopes));
    // RFC 6749, section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
    static const QRegularExpression token(
        QRegularExpression::anchoredPattern(QStringLiteral("[\\x21\\x23-\\x5B\\x5D-\\x7E]+")));
    bool hasV1 = false;
    bool hasV2 = false;
    Finding warning;
    for (const QString &scope : draft.scopes) {
        if (!token.match(scope).hasMatch())
            return errorFinding("scope.malformed", RuleText::tr("\"%1\" can't be a scope.").arg(scope.left(60)),
                                RuleText::tr("A scope reads like system/Patient.read or system/Patient.rs."));
        switch (syntaxOf(scope)) {
        case ScopeSyntax::V1:
            hasV1 = true;
            break;
        case ScopeSyntax::V2:
            hasV2 = true;
            break;
        case ScopeSyntax::WrongOrder:
            warning = warningFinding("scope.wrong-order",
                                     RuleText::tr("The letters of %1 are not in the order c, r, u, d, s.").arg(scope),
                                     RuleText::tr("Servers may ignore or refuse it; put them in order."));
            break;
        case ScopeSyntax::NotSystem:
            warning = warningFinding("scope.not-system", RuleText::tr("%1 is not a system scope.").arg(scope),
                                     RuleText::tr("Backend services are granted system/… scopes only."));
            break;
        case ScopeSyntax::Other:
            warning = warningFinding("scope.unknown", RuleText::tr("%1 is not a scope that SMART defines.").arg(scope),
                                     RuleText::tr("A scope reads like system/Patient.read or system/Patient.rs."));
            break;
        }
    }
    if (warning.state == Finding::State::Ok && hasV1 && hasV2)
        return warningFinding("scope.mixed-versions",
                              RuleText::tr("Scopes of version 1 (.read) and version 2 (.rs) are mixed."),
                              RuleText::tr("Use the one that the server lists in its SMART configuration."));
    return warning;
}

Finding checkTags(const CredentialDraft &draft)
{
    if (draft.tags.size() > maxTags)
        return errorFinding("tag.too-many",
                            RuleText::tr("There are %1 tags; %2 fit.").arg(draft.tags.size()).arg(maxTags));
    for (const QString &tag : draft.tags) {
        if (tag.trimmed().isEmpty() || tag.size() > maxTagLength)
            return errorFinding("tag.malformed", RuleText::tr("A tag has 1 to %1 characters.").arg(maxTagLength));
    }
    return {};
}

Finding checkNotes(const CredentialDraft &draft)
{
    if (draft.notes.size() > maxNotesLength)
        return errorFinding(
            "notes.too-long",
            RuleText::tr("These notes have %1 characters; %2 fit.").arg(draft.notes.size()).arg(maxNotesLength));
    return {};
}

Finding checkKeyExpiry(const CredentialDraft &draft)
{
    if (draft.keyExpiry.trimmed().isEmpty() || keyExpiryFrom(draft.keyExpiry))
        return {};
    return errorFinding("keyExpiry.malformed", RuleText::tr("This is not a date."),
                        RuleText::tr("A date reads like 2027-03-31."));
}

Finding checkAuthorities(const CredentialDraft &draft)
{
    if (draft.authorityPem.isEmpty())
        return {};
    if (draft.authorityPem.contains("PRIVATE KEY"))
        return errorFinding("authority.holds-key", RuleText::tr("This file holds a private key."),
                            RuleText::tr("Choose the file with only the CA's certificates."));
    if (!holdsCertificate(draft.authorityPem))
        return errorFinding("authority.not-certificates", RuleText::tr("There is no certificate in this file."),
                            RuleText::tr("It must be in PEM form: -----BEGIN CERTIFICATE-----."));
    return {};
}

Finding checkProxy(const CredentialDraft &draft)
{
    const QString text = draft.proxy.trimmed();
    if (text.isEmpty())
        return {};
    const QUrl url(text, QUrl::StrictMode);
    const bool isKnown = url.scheme() == u"http" || url.scheme() == u"socks5";
    if (!url.isValid() || !isKnown || url.host().isEmpty() || url.port() <= 0)
        return errorFinding(
            "proxy.malformed", RuleText::tr("This is not the address of a proxy."),
            RuleText::tr("It reads like http://proxy.example.org:3128 or socks5://proxy.example.org:1080."));
    return {};
}

Finding checkExtraHeaders(const CredentialDraft &draft)
{
    // RFC 9110, section 5.6.2: token
    static const QRegularExpression token(
        QRegularExpression::anchoredPattern(QStringLiteral("[!#$%&'*+.^_`|~0-9A-Za-z-]+")));
    constexpr std::array ours{QLatin1String("authorization"),    QLatin1String("host"),
                              QLatin1String("content-length"),   QLatin1String("content-type"),
                              QLatin1String("cookie"),           QLatin1String("connection"),
                              QLatin1String("transfer-encoding")};
    for (const auto &[name, value] : draft.extraHeaders) {
        if (!token.match(name).hasMatch() || value.contains(u'\r') || value.contains(u'\n'))
            return errorFinding("header.malformed",
                                RuleText::tr("\"%1\" can't be sent as a header.").arg(name.left(60)),
                                RuleText::tr("A header has a name without spaces and a value on one line."));
        if (std::ranges::find(ours, name.toLower()) != ours.end())
            return errorFinding("header.reserved", RuleText::tr("%1 is set by Credenza itself.").arg(name),
                                RuleText::tr("Remove this header."));
    }
    return {};
}

} // namespace credenza
