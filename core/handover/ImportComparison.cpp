// SPDX-License-Identifier: Apache-2.0
#include "core/handover/ImportComparison.h"

#include <QCoreApplication>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct ComparisonText {
    Q_DECLARE_TR_FUNCTIONS(ImportComparison)
};

QString headersText(const Credential &credential)
{
    QStringList lines;
    for (const auto &[name, value] : credential.extraHeaders)
        lines.append(name + u": "_s + value);
    return lines.join(u'\n');
}

QString keyIdText(const Credential &credential)
{
    // The thumbprint is what an empty key id stands for.
    return credential.keyId == credential.key.thumbprint ? QString() : credential.keyId;
}

} // namespace

Credential completedFrom(Credential fromFile, const Credential &inVault, bool hasKey)
{
    if (!hasKey)
        fromFile.key = inVault.key;
    const bool isWhole = !fromFile.id.isNull(); // a bundle has all there is
    if (isWhole)
        return fromFile;
    const auto keep = [&](QString Credential::*member) {
        if ((fromFile.*member).isEmpty())
            fromFile.*member = inVault.*member;
    };
    keep(&Credential::description);
    keep(&Credential::tokenEndpoint);
    keep(&Credential::jwkSetUrl);
    keep(&Credential::proxy);
    if (fromFile.scopes.isEmpty())
        fromFile.scopes = inVault.scopes;
    if (fromFile.tags.isEmpty())
        fromFile.tags = inVault.tags;
    if (fromFile.authorityPem.isEmpty())
        fromFile.authorityPem = inVault.authorityPem;
    if (fromFile.extraHeaders.isEmpty())
        fromFile.extraHeaders = inVault.extraHeaders;
    if (inVault.fhirBaseUrl == fromFile.fhirBaseUrl)
        fromFile.connector = inVault.connector;
    fromFile.allowsPlainHttp = fromFile.allowsPlainHttp || inVault.allowsPlainHttp;
    return fromFile;
}

QList<ImportDifference> differencesBetween(const Credential &inVault, const Credential &inFile)
{
    QList<ImportDifference> differences;
    const auto compare = [&](const QString &field, const QString &before, const QString &after) {
        if (before != after)
            differences.append({field, before, after});
    };
    const auto yesNo = [](bool is) { return is ? ComparisonText::tr("yes") : ComparisonText::tr("no"); };
    compare(u"name"_s, inVault.name, inFile.name);
    compare(u"description"_s, inVault.description, inFile.description);
    compare(u"connector"_s, inVault.connector, inFile.connector);
    compare(u"fhirBaseUrl"_s, inVault.fhirBaseUrl, inFile.fhirBaseUrl);
    compare(u"clientId"_s, inVault.clientId, inFile.clientId);
    compare(u"privateKey"_s, inVault.key.thumbprint, inFile.key.thumbprint);
    compare(u"keyId"_s, keyIdText(inVault), keyIdText(inFile));
    compare(u"algorithm"_s, nameOf(inVault.algorithm), nameOf(inFile.algorithm));
    compare(u"tokenEndpoint"_s, inVault.tokenEndpoint, inFile.tokenEndpoint);
    compare(u"jwkSetUrl"_s, inVault.jwkSetUrl, inFile.jwkSetUrl);
    compare(u"scopes"_s, inVault.scopes.join(u' '), inFile.scopes.join(u' '));
    compare(u"tags"_s, inVault.tags.join(u", "_s), inFile.tags.join(u", "_s));
    compare(u"authorityCertificates"_s, QString::fromLatin1(inVault.authorityPem),
            QString::fromLatin1(inFile.authorityPem));
    compare(u"proxy"_s, inVault.proxy, inFile.proxy);
    compare(u"extraHeaders"_s, headersText(inVault), headersText(inFile));
    compare(u"allowsPlainHttp"_s, yesNo(inVault.allowsPlainHttp), yesNo(inFile.allowsPlainHttp));
    return differences;
}

} // namespace credenza
