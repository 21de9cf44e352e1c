// SPDX-License-Identifier: Apache-2.0
#include "core/handover/JsonText.h"
#include "core/handover/formats/Formats.h"

namespace credenza
{

QString scopeText(const Credential &credential)
{
    return credential.scopes.isEmpty() ? QStringLiteral("system/*.rs") : credential.scopes.join(u' ');
}

SecretBytes flatObject(const ExportSubject &subject)
{
    const Credential &credential = subject.credential;
    JsonText json;
    json.beginObject();
    json.member(u"fhir_base_url", credential.fhirBaseUrl);
    json.member(u"client_id", credential.clientId);
    json.member(u"key_id", credential.effectiveKeyId());
    json.member(u"algorithm", nameOf(credential.algorithm));
    if (!subject.tokenUrl.isEmpty())
        json.member(u"token_url", subject.tokenUrl);
    if (!credential.scopes.isEmpty())
        json.member(u"scope", scopeText(credential));
    if (subject.hasKey())
        json.secret(u"private_key", subject.privatePem.charView());
    json.endObject();
    return json.take();
}

Failure noPlace(const QString &message, const QString &hint)
{
    return fail(ErrorKind::InvalidInput, QStringLiteral("export.no-place"), message, hint);
}

} // namespace credenza
