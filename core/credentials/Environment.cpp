// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Environment.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace credenza
{

namespace
{

bool isLocalHost(const QString &host)
{
    return host == u"localhost" || host.endsWith(u".localhost") || QHostAddress(host).isLoopback();
}

} // namespace

Environment environmentOf(const QString &fhirBaseUrl)
{
    const QString host = QUrl(fhirBaseUrl).host().toLower();
    if (isLocalHost(host))
        return Environment::Local;
    // "-np" is how hospitals name their non-production Epic hosts (facts §2.7); the other words are every vendor's.
    static const QRegularExpression testSystem(
        QStringLiteral("(^|[.-])(np|nonprod|sandbox|sbx|test|tst|stage|staging|stg|dev|poc|uat|demo)([0-9]*)([.-]|$)"));
    // Not the last label: .dev is a top-level domain that production systems use too.
    const QString ownNames = host.left(std::max<qsizetype>(host.lastIndexOf(u'.'), 0));
    if (host == u"fhir.epic.com" || testSystem.match(ownNames).hasMatch())
        return Environment::Sandbox;
    return Environment::Production;
}

QString nameOf(Environment environment)
{
    switch (environment) {
    case Environment::Production:
        return QStringLiteral("production");
    case Environment::Sandbox:
        return QStringLiteral("sandbox");
    case Environment::Local:
        return QStringLiteral("local");
    }
    Q_UNREACHABLE();
}

} // namespace credenza
