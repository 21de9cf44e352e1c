// SPDX-License-Identifier: Apache-2.0
#include "core/net/ServerName.h"

#include <QHostAddress>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

bool nameMatches(QString pattern, const QString &host)
{
    pattern = pattern.toLower();
    if (!pattern.startsWith(u"*."_s))
        return pattern == host;
    const QString suffix = pattern.sliced(1); // ".example.org"
    if (suffix.contains(u'*') || suffix.count(u'.') < 2)
        return false; // "*.org" would be everybody
    const qsizetype firstDot = host.indexOf(u'.');
    return firstDot > 0 && QStringView(host).sliced(firstDot) == suffix;
}

} // namespace

bool certificateNames(const QSslCertificate &certificate, const QString &host)
{
    const auto names = certificate.subjectAlternativeNames();
    if (const QHostAddress address(host); !address.isNull()) {
        for (const QString &name : names.values(QSsl::IpAddressEntry)) {
            if (QHostAddress(name) == address)
                return true;
        }
        return false;
    }
    QString ace = QString::fromLatin1(QUrl::toAce(host)).toLower();
    if (ace.endsWith(u'.'))
        ace.chop(1);
    if (ace.isEmpty())
        return false;
    for (const QString &name : names.values(QSsl::DnsEntry)) {
        if (nameMatches(name, ace))
            return true;
    }
    return false;
}

} // namespace credenza
