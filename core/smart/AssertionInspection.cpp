// SPDX-License-Identifier: Apache-2.0
#include "core/smart/AssertionInspection.h"

#include "core/smart/AssertionRules.h"
#include "core/smart/ClientAssertion.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct Text {
    Q_DECLARE_TR_FUNCTIONS(AssertionInspection)
};

/// The JWT in what was pasted.
QByteArray unwrapped(QByteArrayView pasted)
{
    QByteArray text = pasted.toByteArray().trimmed();
    if (const qsizetype at = text.indexOf("client_assertion="); at >= 0) {
        text = text.mid(at + qsizetype(std::size("client_assertion=")) - 1);
        text = QByteArray::fromPercentEncoding(text.left(text.indexOf('&')));
    }
    if (text.left(7).toLower() == "bearer ")
        text = text.mid(7);
    text.removeIf([](char c) { return c == '"' || c == '\'' || c == ',' || c == ';' || std::isspace(uchar(c)); });
    return text;
}

void checkSignature(QByteArrayView jwt, const AssertionExpectations &expected, AssertionInspection &inspection)
{
    AssertionCheck check;
    check.part = AssertionCheck::Part::Signature;
    const qsizetype lastDot = jwt.lastIndexOf('.');
    const QByteArray signature = QByteArray::fromBase64(
        jwt.sliced(lastDot + 1).toByteArray(), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    const auto algorithm = signatureAlgorithm(inspection.header.value(u"alg").toString());
    if (signature.isEmpty()) {
        check.state = AssertionCheck::State::Error;
        check.code = u"signature.missing"_s;
        check.message = Text::tr("It is not signed.");
    } else if (!expected.key || !algorithm) {
        check.state = AssertionCheck::State::Note;
        check.code = u"signature.unknown-key"_s;
        check.message = Text::tr("Not checked: there is no public key to check it with.");
    } else if (expected.key->verify(*algorithm, jwt.first(lastDot), signature)) {
        check.code = u"signature.ok"_s;
        check.message = Text::tr("Verifies with the key of thumbprint %1.").arg(expected.key->thumbprint());
    } else {
        check.state = AssertionCheck::State::Error;
        check.code = u"signature.wrong"_s;
        check.message = Text::tr("Does not verify with the key of thumbprint %1: another key signed, or the text was "
                                 "changed.")
                            .arg(expected.key->thumbprint());
    }
    inspection.checks.append(check);
}

} // namespace

AssertionExpectations expectationsOf(const Credential &credential, const QString &tokenEndpoint)
{
    AssertionExpectations expected;
    expected.clientId = credential.clientId;
    expected.tokenEndpoint = tokenEndpoint;
    expected.fhirBaseUrl = credential.fhirBaseUrl;
    expected.keyId = credential.effectiveKeyId();
    expected.jwkSetUrl = credential.jwkSetUrl;
    if (auto key = PublicKey::fromPem(credential.key.publicPem))
        expected.key = std::move(*key);
    return expected;
}

bool AssertionInspection::isAcceptable() const
{
    return std::ranges::none_of(checks, [](const AssertionCheck &check) {
        return check.state == AssertionCheck::State::Error;
    });
}

Result<AssertionInspection> inspectAssertion(QByteArrayView text, const AssertionExpectations &expectations)
{
    QByteArray jwt = unwrapped(text);
    if (jwt.count('.') == 4) {
        return fail(ErrorKind::InvalidInput, u"jwt.encrypted"_s,
                    Text::tr("This is an encrypted JWT (five parts); nothing in it can be read."),
                    Text::tr("A client assertion is a signed JWT of three parts."));
    }
    const DecodedJwt decoded = TRY(decodeJwt(jwt));
    AssertionInspection inspection{decoded.header, decoded.claims, {}};
    inspection.checks = checkHeader(decoded.header, expectations) + checkClaims(decoded.claims, expectations);
    checkSignature(jwt, expectations, inspection);
    wipe(jwt);
    return inspection;
}

QString nameOf(AssertionCheck::State state)
{
    switch (state) {
    case AssertionCheck::State::Ok:
        return u"ok"_s;
    case AssertionCheck::State::Warning:
        return u"warning"_s;
    case AssertionCheck::State::Error:
        return u"error"_s;
    case AssertionCheck::State::Note:
        return u"note"_s;
    }
    Q_UNREACHABLE();
}

QString nameOf(AssertionCheck::Part part)
{
    switch (part) {
    case AssertionCheck::Part::Header:
        return u"header"_s;
    case AssertionCheck::Part::Claims:
        return u"claims"_s;
    case AssertionCheck::Part::Signature:
        return u"signature"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject toJson(const AssertionInspection &inspection)
{
    QJsonArray checks;
    for (const AssertionCheck &check : inspection.checks) {
        checks.append(QJsonObject{{u"part"_s, nameOf(check.part)},
                                  {u"name"_s, check.name},
                                  {u"state"_s, nameOf(check.state)},
                                  {u"code"_s, check.code},
                                  {u"value"_s, check.value},
                                  {u"message"_s, check.message}});
    }
    return {{u"header"_s, inspection.header},
            {u"claims"_s, inspection.claims},
            {u"checks"_s, checks},
            {u"acceptable"_s, inspection.isAcceptable()}};
}

} // namespace credenza
