// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/RegistrationSheet.h"

#include "core/credentials/Connector.h"
#include "core/credentials/FhirBaseUrl.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct SheetText {
    Q_DECLARE_TR_FUNCTIONS(RegistrationSheet)
};

/// Collects the lines; what is empty is left out.
class SheetWriter
{
public:
    void line(const QString &label, const QString &value)
    {
        if (!value.isEmpty())
            m_text += u"%1  %2\n"_s.arg(label + u':', -22).arg(value);
    }
    void heading(const QString &text) { m_text += u"\n%1\n%2\n"_s.arg(text, QString(text.size(), u'-')); }
    void block(const QString &text) { m_text += text.trimmed() + u'\n'; }
    [[nodiscard]] QString text() const { return m_text; }

private:
    QString m_text;
};

QString typeOf(const PublicKey &key)
{
    return key.type() == KeyType::Rsa ? SheetText::tr("RSA, %1 bits").arg(key.bits())
                                      : SheetText::tr("EC, curve %1").arg(key.curve());
}

} // namespace

QString registrationSheet(const RegistrationFacts &facts)
{
    const CredentialDraft &draft = facts.draft;
    const Connector *connector = connectorById(draft.connector);
    SheetWriter sheet;
    sheet.block(SheetText::tr("Registration of a SMART Backend Services client"));
    sheet.heading(SheetText::tr("Client"));
    sheet.line(SheetText::tr("Name"), draft.name.simplified());
    sheet.line(SheetText::tr("Server"), connector ? connector->name : draft.connector);
    const QString base = readFhirBaseUrl(draft.fhirBaseUrl, draft.allowsPlainHttp).canonical;
    sheet.line(SheetText::tr("FHIR base URL"), base);
    sheet.line(SheetText::tr("Client ID"), draft.clientId.trimmed());
    sheet.line(SheetText::tr("Grant type"), u"client_credentials"_s);
    sheet.line(SheetText::tr("Authentication"), u"private_key_jwt"_s);
    sheet.line(SheetText::tr("Scopes"), draft.scopes.join(u' '));
    sheet.line(SheetText::tr("JWK Set URL"), draft.jwkSetUrl.trimmed());
    if (!facts.publicKey)
        return sheet.text();

    const PublicKey &key = *facts.publicKey;
    const auto chosen = signatureAlgorithm(draft.algorithm);
    const SignatureAlgorithm algorithm = chosen && key.fits(*chosen) ? *chosen : key.defaultAlgorithm();
    const QString keyId = draft.keyId.trimmed().isEmpty() ? key.thumbprint() : draft.keyId.trimmed();
    sheet.heading(SheetText::tr("Key"));
    sheet.line(SheetText::tr("Type"), typeOf(key));
    sheet.line(SheetText::tr("Algorithm"), nameOf(algorithm));
    sheet.line(SheetText::tr("Key ID (kid)"), keyId);
    sheet.line(SheetText::tr("Thumbprint (RFC 7638)"), key.thumbprint());
    if (facts.certificate) {
        sheet.line(SheetText::tr("Certificate SHA-1"), facts.certificate->sha1);
        sheet.line(SheetText::tr("Certificate SHA-256"), facts.certificate->sha256);
    }
    sheet.heading(SheetText::tr("JWK Set to host at the JWK Set URL"));
    sheet.block(QString::fromUtf8(QJsonDocument(jwkSet({key.jwk(algorithm, keyId)})).toJson(QJsonDocument::Indented)));
    if (facts.certificate) {
        sheet.heading(SheetText::tr("Certificate (X.509), where a portal asks for one"));
        sheet.block(QString::fromLatin1(facts.certificate->pem));
    }
    sheet.heading(SheetText::tr("Public key (PEM)"));
    sheet.block(QString::fromLatin1(key.pem()));
    return sheet.text();
}

} // namespace credenza
