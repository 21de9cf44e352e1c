// SPDX-License-Identifier: Apache-2.0
#include "core/smart/ServerReason.h"

#include <QRegularExpression>

#include <array>

namespace credenza
{

namespace
{

using enum ServerReason;

struct Phrase {
    ServerReason reason;
    const char16_t *pattern;
};

// Most telling first: a word of a later row may stand in the sentence of an earlier one. Matched without case.
constexpr std::array phrases{
    Phrase{Replay, uR"(\bjti\b|jti[-_]|[-_]jti\b|replay|already (been )?(used|seen|consumed)|re-?used?\b|duplicate (token|assertion|jwt))"},
    Phrase{Algorithm,
           uR"(algorithm|\balg\b|alg[-_]|unsupported (jws|jwa)|signed with (an )?(unsupported|unexpected)|signing method)"},
    Phrase{Grant, uR"(service account|grant[ _-]?types?\b|client_credentials)"},
    Phrase{AuthMethod, uR"(client[ _-]?secret|client (tls )?certificate|\bmtls\b|mutual tls|tls client|\bdpop\b)"
                       uR"(|auth(entication)?[ _-]?(method|type|scheme)|private_key_jwt|basic auth|authorization header)"},
    Phrase{KeyUnknown, uR"(unable to load public key|key[-_]not[-_]found)"}, // Keycloak, Oracle Health
    Phrase{
        KeySetUnreadable,
        uR"((unable|fail|could not|couldn.?t|cannot|can.?t|error|timed? ?out|problem).{0,40}\b(fetch|retriev|load|read|get|obtain|download|reach|resolv|connect|pars|access)\w*.{0,60}(jwks|jku|(jwk|key)[ -]?set|\bkeys?\b))"
        uR"(|no jwks found|(jwks|(jwk|key)[ -]?set)\b.{0,20}(retriev|fetch|download|load)\w*.{0,20}(fail|error|timed)|jwks[-_ ](unavailable|unreachable|error|invalid|fetch)|(jwks|jku|(jwk|key)[ -]?set)\b.{0,80}(unreachable|not (found|reachable|available|valid|public)|can.?t be|could not be|timed? ?out|certificate|no keys array))"},
    Phrase{KeyUnknown, uR"(reason - the key was not found|no (matching|public|applicable|suitable|valid) keys? (was |were )?(found|registered|available))"},
    Phrase{Signature,
           uR"(signature|unable to verify|verification failed|not verif|could not be verified|failed to verify|invalid_sig|crypto)"},
    Phrase{
        KeyUnknown,
        uR"(\bkid\b|kid[-_]|[-_]kid\b|\bjku\b|jku[-_]|\bx5t\b|no (public |matching |applicable |suitable |valid |registered )?keys?\b|(unknown|unrecogni[sz]ed|missing|wrong|invalid) (public |signing )?key|key.{0,20}not (found|registered|known|recogni[sz]ed)|jwks|public key|key ?id\b|thumbprint)"},
    Phrase{Audience, uR"(\baud\b|aud[-_]|[-_]aud\b|audience)"},
    Phrase{
        Times,
        uR"(\bexp\b|exp[-_]|[-_]exp\b|expir|\biat\b|\bnbf\b|not (yet valid|before|active|within)|valid(ity)? (time|period)|time ?range|lifetime|too (old|far|long)|in the (future|past)|clock|timestamp|stale|skew)"},
    Phrase{Scope, uR"(\bscopes?\b)"},
    Phrase{
        Client,
        uR"((client|application|app)\b.{0,120}\b(not found|unknown|not (be )?recogni|not registered|not exist|doesn.?t exist|disabled|inactive|not active|not known|suspended|deactivated|not enabled|not allowed here))"
        uR"(|(unknown|unrecogni[sz]ed|no such|unregistered|non-?existent|inactive|disabled)[ _-](client|application)|client[ _-]?id|\bclient[-_]not[-_]|\biss\b|iss[-_]|\bsub\b|sub[-_]|issuer|subject)"},
};

} // namespace

QList<ServerReason> readReasons(const QString &description)
{
    // Names that clients and servers alike put before any reason, and that would be mistaken for one.
    static const QRegularExpression noise(
        QStringLiteral(R"(client[-_ ]?assertion([-_ ]type)?|client authentication( with signed jwt)?|client credentials)"
                       R"(|(missing|required)[^.]{0,30}param[^.]{0,20}client[_ ]?id)"),
        QRegularExpression::CaseInsensitiveOption);
    const QString words = QString(description).replace(noise, QStringLiteral("it"));
    QList<ServerReason> reasons;
    for (const Phrase &phrase : phrases) {
        if (reasons.contains(phrase.reason))
            continue;
        const QRegularExpression pattern(QString::fromUtf16(phrase.pattern), QRegularExpression::CaseInsensitiveOption);
        if (pattern.match(words).hasMatch())
            reasons.append(phrase.reason);
    }
    return reasons;
}

} // namespace credenza
