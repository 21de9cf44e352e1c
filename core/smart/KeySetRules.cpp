// SPDX-License-Identifier: Apache-2.0
// The rules about the published JWK Set, as the probe after a refusal saw it (facts T2c–T2e).
#include "core/smart/DiagnosisRules.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

using Evidence = DiagnosisEvidence;
using Found = std::optional<RuleFinding>;
using enum Cause::Likelihood;

/// The facts of the probe where it read a JWK Set, else nothing.
QJsonObject keySet(const Evidence &evidence)
{
    const QJsonObject facts = evidence.probe(u"jwk-set");
    return evidence.isClientRefused() && facts.value(u"state") == u"ok"_s ? facts : QJsonObject();
}

QString listed(const QJsonValue &array)
{
    QStringList texts;
    for (const QJsonValue &value : array.toArray())
        texts << (value.toString().isEmpty() ? Text::tr("(none)") : value.toString());
    return texts.join(u", "_s);
}

Found unreachable(const Evidence &evidence)
{
    const QJsonObject facts = evidence.probe(u"jwk-set");
    const QString state = facts.value(u"state").toString();
    const QString fix = Text::tr(
        "Serve the JWK Set as plain JSON, public, over TLS with a complete certificate chain, without login or "
        "redirects.");
    if (evidence.isClientRefused() && !state.isEmpty() && state != u"ok") {
        const QString status = QString::number(facts.value(u"status").toInt());
        QString seen = state == u"unreachable" ? facts.value(u"words").toString()
                       : state == u"page"      ? Text::tr("It answers with a web page")
                       : state == u"redirect"  ? Text::tr("It redirects to %1").arg(facts.value(u"location").toString())
                       : state == u"not-json"  ? Text::tr("It answers with something that is not JSON")
                       : state == u"not-a-set" ? Text::tr("Its JSON has no “keys”")
                                               : Text::tr("It answers with status %1").arg(status);
        return RuleFinding{Certain, Text::tr("The JWK Set URL serves no JWK Set"), seen, fix};
    }
    if (!evidence.isClientRefused() || !evidence.serverSays(ServerReason::KeySetUnreadable))
        return {};
    return RuleFinding{evidence.likelihoodOf(ServerReason::KeySetUnreadable),
                       Text::tr("The server can't read the JWK Set"), evidence.quotedReason(), fix};
}

Found privateMembers(const Evidence &evidence)
{
    if (!keySet(evidence).value(u"hasPrivateMembers").toBool())
        return {};
    return RuleFinding{Certain, Text::tr("The JWK Set shows a private key"),
                       Text::tr("A key there has private members; anybody can read them"),
                       Text::tr("Make a new key pair, and publish its public half only.")};
}

Found doubledKeyId(const Evidence &evidence)
{
    const int count = keySet(evidence).value(u"keysOfThisKid").toInt();
    if (count < 2)
        return {};
    return RuleFinding{Certain, Text::tr("The kid names more than one key"),
                       Text::tr("%n keys of the JWK Set have it", nullptr, count),
                       Text::tr("Give each key there a kid of its own.")};
}

Found otherKeyId(const Evidence &evidence)
{
    const QJsonObject facts = keySet(evidence);
    if (facts.isEmpty() || facts.value(u"keysOfThisKid").toInt() > 0 ||
        facts.value(u"kidsOfThisKey").toArray().isEmpty())
        return {};
    const QString kid = evidence.header.value(u"kid").toString();
    return RuleFinding{
        Certain, Text::tr("The key is published under another kid"),
        Text::tr("The assertion says %1, the JWK Set %2").arg(kid, listed(facts.value(u"kidsOfThisKey"))),
        Text::tr("Set the key ID to that of the JWK Set.")};
}

Found otherKey(const Evidence &evidence)
{
    if (evidence.isClientRefused() && evidence.serverSays(ServerReason::Signature)) {
        return RuleFinding{evidence.likelihoodOf(ServerReason::Signature),
                           Text::tr("The key is not the one that is registered"), evidence.quotedReason(),
                           Text::tr("Compare the thumbprint with the registered key, and register this one or use "
                                    "that one.")};
    }
    const QJsonObject facts = keySet(evidence);
    if (facts.value(u"keysOfThisKid").toInt() != 1 || facts.value(u"isThisKey").toBool())
        return {};
    return RuleFinding{Certain, Text::tr("The published key of this kid is another one"),
                       Text::tr("Its thumbprint differs from that of the private key"),
                       Text::tr("Publish this key's public half, or choose the private key that belongs to it.")};
}

Found notPublished(const Evidence &evidence)
{
    const QJsonObject facts = keySet(evidence);
    if (facts.isEmpty() || facts.value(u"keysOfThisKid").toInt() > 0 ||
        !facts.value(u"kidsOfThisKey").toArray().isEmpty())
        return {};
    return RuleFinding{Certain, Text::tr("The JWK Set does not hold this key"),
                       facts.value(u"kids").toArray().isEmpty()
                           ? Text::tr("It is empty")
                           : Text::tr("It has other keys: %1").arg(listed(facts.value(u"kids"))),
                       Text::tr("Publish this key's public half there. A new key is read at once; servers keep old "
                                "sets for up to 29 hours.")};
}

Found wrongUse(const Evidence &evidence)
{
    const QString use = keySet(evidence).value(u"use").toString();
    if (use.isEmpty() || use == u"sig")
        return {};
    return RuleFinding{Certain, Text::tr("The published key is not meant for signatures"),
                       Text::tr("Its “use” is “%1”").arg(use), Text::tr("Publish it with “use”: “sig”.")};
}

Found notPublic(const Evidence &evidence)
{
    const QString hosting = keySet(evidence).value(u"hosting").toString();
    if (hosting.isEmpty())
        return {};
    return RuleFinding{Likely, Text::tr("The server can't reach the JWK Set"), hosting,
                       Text::tr("Serve it at a public https: address, and register that.")};
}

constexpr std::array rules{
    DiagnosisRule{"jwks-unreachable", "T2e", "jwkSetUrl", &unreachable},
    DiagnosisRule{"jwks-not-public", "T2e", "jwkSetUrl", &notPublic},
    DiagnosisRule{"jwks-private", "T2e", "privateKey", &privateMembers},
    DiagnosisRule{"key-id-twice", "T2d", "keyId", &doubledKeyId},
    DiagnosisRule{"key-id", "T2d", "keyId", &otherKeyId},
    DiagnosisRule{"wrong-key", "T2c", "privateKey", &otherKey},
    DiagnosisRule{"key-not-published", "T2c, T2d", "privateKey", &notPublished},
    DiagnosisRule{"jwks-use", "T2e", "jwkSetUrl", &wrongUse},
};

} // namespace

std::span<const DiagnosisRule> keySetRules()
{
    return rules;
}

} // namespace credenza
