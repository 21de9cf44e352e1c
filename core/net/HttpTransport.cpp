// SPDX-License-Identifier: Apache-2.0
#include "core/net/HttpTransport.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

int effectivePort(const QUrl &url)
{
    return url.port(url.scheme() == u"https"_s ? 443 : 80);
}

} // namespace

QByteArray headerValue(const HttpHeaders &headers, QByteArrayView name)
{
    const auto found = std::ranges::find_if(
        headers, [name](const HttpHeader &header) { return header.name.compare(name, Qt::CaseInsensitive) == 0; });
    return found == headers.end() ? QByteArray() : found->value;
}

bool sameOrigin(const QUrl &one, const QUrl &other)
{
    // QUrl has already lowered the case of scheme and host.
    return one.scheme() == other.scheme() && one.host() == other.host() && effectivePort(one) == effectivePort(other);
}

bool isLoopback(const QUrl &url)
{
    QString host = url.host();
    if (host.endsWith(u'.'))
        host.chop(1);
    if (host == u"localhost" || host.endsWith(u".localhost"_s))
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

} // namespace credenza
