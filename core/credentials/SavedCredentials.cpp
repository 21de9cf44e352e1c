// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/SavedCredentials.h"

#include "core/credentials/Environment.h"
#include "core/credentials/FhirBaseUrl.h"
#include "core/credentials/FieldRules.h"

#include <QCoreApplication>

namespace credenza
{

namespace
{

struct RuleText {
    Q_DECLARE_TR_FUNCTIONS(FieldRules)
};

QString wordFor(Environment environment)
{
    switch (environment) {
    case Environment::Production:
        return RuleText::tr("Production");
    case Environment::Sandbox:
        return RuleText::tr("Sandbox");
    case Environment::Local:
        return RuleText::tr("Local");
    }
    Q_UNREACHABLE();
}

} // namespace

void compareWithSaved(Validation &validation, const CredentialDraft &draft, const QList<Credential> &saved,
                      const QUuid &self)
{
    const QString name = draft.name.simplified().toCaseFolded();
    Finding &ofClientId = validation.findings[Field::ClientId];
    const QString clientId = ofClientId.replacement.value_or(draft.clientId.trimmed());
    const QString base = readFhirBaseUrl(draft.fhirBaseUrl, draft.allowsPlainHttp).canonical;
    for (const Credential &other : saved) {
        if (other.id == self)
            continue;
        Finding &ofName = validation.findings[Field::Name];
        if (!name.isEmpty() && other.name.simplified().toCaseFolded() == name && ofName.state != Finding::State::Error)
            ofName =
                errorFinding("name.taken", RuleText::tr("There is already a credential named “%1”.").arg(other.name),
                             RuleText::tr("Choose another name; upper and lower case count as the same."));
        const bool isSameClient = !clientId.isEmpty() && other.clientId.compare(clientId, Qt::CaseInsensitive) == 0;
        if (!isSameClient || base.isEmpty() || ofClientId.state != Finding::State::Ok)
            continue;
        const Environment here = environmentOf(base);
        const Environment there = environmentOf(other.fhirBaseUrl);
        if (here != there)
            ofClientId = warningFinding(
                "client-id.other-environment",
                RuleText::tr("“%1” uses this client ID at a %2 host; this host is %3.")
                    .arg(other.name, wordFor(there), wordFor(here)),
                RuleText::tr("Most servers issue one client ID for production and another for everything else."));
    }
}

} // namespace credenza
