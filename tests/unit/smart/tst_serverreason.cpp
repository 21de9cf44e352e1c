// SPDX-License-Identifier: Apache-2.0
// What servers of many makes say of a refused client, and what it must be taken for first. The sentences are of the
// servers' own kind, written down from their public behaviour; ids and addresses in them are made up.
#include "core/smart/ServerReason.h"

#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;

namespace credenza::test
{

class TestServerReason : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void first_data();
    void first();
    void saysNothing_data();
    void saysNothing();
};

void TestServerReason::first_data()
{
    using enum ServerReason;
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("reason");
    const auto row = [](const char *server, const QString &words, ServerReason reason) {
        QTest::addRow("%s: %s", server, qPrintable(words.left(60))) << words << int(reason);
    };
    row("bulk-data-server", u"Invalid token 'aud' claim. Must be 'https://ehr.example.org/auth/token'."_s, Audience);
    row("bulk-data-server", u"No public keys found in the JWKS with \"kid\" equal to \"k1\""_s, KeyUnknown);
    row("bulk-data-server", u"No public keys found in the JWKS with \"kid\" equal to \"k1\" and \"verify\" key_ops."_s,
        KeyUnknown);
    row("bulk-data-server", u"The registration header must have a kid header"_s, KeyUnknown);
    row("bulk-data-server", u"Unable to verify the token with any of the public keys found in the JWKS"_s, Signature);
    row("bulk-data-server",
        u"Unable to verify the token with any of the public keys found in the JWKS: invalid signature"_s, Signature);
    row("bulk-data-server", u"Unable to obtain public keys: 'fetch failed'"_s, KeySetUnreadable);
    row("bulk-data-server", u"Unable to obtain public keys: 'The remote jwks object has no keys array.'"_s,
        KeySetUnreadable);
    row("bulk-data-server",
        u"The provided jku 'https://a.example/jwks' is different than the one used at registration time (x)"_s,
        KeyUnknown);
    row("bulk-data-server", u"jku_not_whitelisted"_s, KeyUnknown);
    row("bulk-data-server", u"invalid_aud"_s, Audience);
    row("bulk-data-server", u"No JWKS found"_s, KeySetUnreadable);
    row("bulk-data-server", u"The client ID must be set at both the iss and sub claims of the registration token"_s,
        Client);
    row("bulk-data-server", u"Invalid client ID"_s, Client);
    row("bulk-data-server", u"Registration token expired (simulated error)"_s, Times);
    row("bulk-data-server", u"Missing scope parameter"_s, Scope);
    row("bulk-data-server", u"No access could be granted for scopes \"system/*.read\"."_s, Scope);

    row("Keycloak", u"Client authentication with signed JWT failed: Signature on JWT token failed validation"_s,
        Signature);
    row("Keycloak",
        u"Client authentication with signed JWT failed: Token audience doesn't match domain. Expected audience is any of []"_s,
        Audience);
    row("Keycloak", u"Client authentication with signed JWT failed: Token is not active"_s, Times);
    row("Keycloak", u"Client authentication with signed JWT failed: Token reuse detected"_s, Replay);
    row("Keycloak", u"Client authentication with signed JWT failed: Unable to load public key"_s, KeyUnknown);
    row("Keycloak", u"Client authentication with signed JWT failed: Invalid signature algorithm"_s, Algorithm);
    row("Keycloak", u"Client secret not provided in request"_s, AuthMethod);
    row("Keycloak", u"Issuer mismatch. The issuer should match the subject"_s, Client);

    row("Okta", u"The client_assertion token has an invalid signature."_s, Signature);
    row("Okta", u"The audience claim for client_assertion must be the endpoint invoked for the request."_s, Audience);
    row("Okta", u"The client_assertion token is expired."_s, Times);
    row("Okta", u"The client_assertion JWT kid is invalid."_s, KeyUnknown);
    row("Okta", u"The client_assertion token has an expiration too far into the future."_s, Times);
    row("Okta", u"Invalid value for 'client_id' parameter."_s, Client);
    row("Okta",
        u"Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method."_s,
        AuthMethod);

    row("Entra",
        u"AADSTS700027: Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: 'AB']"_s,
        KeyUnknown);
    row("Entra",
        u"AADSTS700016: Application with identifier '0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54' was not found in the directory 'x'."_s,
        Client);
    row("Entra", u"AADSTS700024: Client assertion is not within its valid time range. Current time: 2026-03-01"_s, Times);
    row("Entra", u"AADSTS7000215: Invalid client secret provided."_s, AuthMethod);

    row("NHS", u"Missing 'kid' header in client_assertion JWT"_s, KeyUnknown);
    row("NHS", u"Invalid 'kid' header in client_assertion JWT - no matching public key"_s, KeyUnknown);
    row("NHS", u"Missing or invalid 'aud' claim in client_assertion JWT"_s, Audience);
    row("NHS", u"Non-unique 'jti' claim in client_assertion JWT"_s, Replay);
    row("NHS", u"Invalid 'exp' claim in client_assertion JWT - more than 5 minutes in future"_s, Times);
    row("NHS", u"Invalid 'alg' header in client_assertion JWT - unsupported JWT algorithm - must be 'RS512'"_s,
        Algorithm);
    row("NHS", u"JWT signature verification failed"_s, Signature);
    row("NHS", u"The JWKS endpoint, for your client_assertion can't be reached"_s, KeySetUnreadable);
    row("NHS", u"Invalid 'iss'/'sub' claims in client_assertion JWT"_s, Client);

    row("others", u"jwt expired"_s, Times);
    row("others", u"jwt not active"_s, Times);
    row("others", u"jwt audience invalid. expected: https://ehr.example.org/token"_s, Audience);
    row("others", u"invalid algorithm"_s, Algorithm);
    row("others", u"Failed to fetch JWK Set: connect ECONNREFUSED"_s, KeySetUnreadable);
    row("others", u"Could not retrieve the remote JWK set: 404"_s, KeySetUnreadable);
    row("others", u"unknown client"_s, Client);
    row("others", u"Client is disabled"_s, Client);
    row("others", u"application has been deactivated"_s, Client);
    row("others", u"iat claim timestamp check failed (it should be in the past)"_s, Times);
    row("others", u"DPoP proof is required"_s, AuthMethod);
    row("others", u"client certificate missing"_s, AuthMethod);
    row("others", u"urn:x:error:authorization-server:oauth2:token:unknown-client"_s, Client);
}

void TestServerReason::first()
{
    QFETCH(QString, words);
    QFETCH(int, reason);
    const QList<ServerReason> reasons = readReasons(words);
    QVERIFY2(!reasons.isEmpty(), "nothing was read out of it");
    QCOMPARE(int(reasons.first()), reason);
}

void TestServerReason::saysNothing_data()
{
    QTest::addColumn<QString>("words");
    for (const char *words :
         {"", "client authentication failed", "Client Authentication failed.", "Invalid client or Invalid client credentials",
          "Invalid client credentials", "Bad client credentials", "invalid_client", "Unauthorized", "Bad Request",
          "Client authentication failed. Either the client or the client credentials are invalid."})
        QTest::addRow("%s", words) << QString::fromLatin1(words);
}

void TestServerReason::saysNothing()
{
    QFETCH(QString, words);
    QVERIFY(readReasons(words).isEmpty());
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestServerReason)
#include "tst_serverreason.moc"
