// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ReferenceTarget.h"

#include "core/net/HttpTransport.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace credenza
{

Resource containedResource(const Resource &holder, QStringView id)
{
    if (id.isEmpty())
        return holder;
    // A contained resource may refer to its siblings: what holds it is above it in the document.
    for (JsonValue place = holder.root; place.exists(); place = place.parent()) {
        for (const JsonValue contained : place[u"contained"]) {
            if (contained[u"id"].text() == id)
                return {holder.document, contained, {}};
        }
    }
    return {};
}

QUrl asReached(const QUrl &url, const QUrl &base)
{
    const bool isOtherName = url.scheme() == u"http" && base.scheme() == u"https" && url.host() == base.host() &&
                             url.userInfo().isEmpty() && url.port(80) == 80;
    if (!isOtherName)
        return url;
    QUrl reached = url;
    reached.setScheme(base.scheme());
    reached.setPort(base.port());
    return reached;
}

ReferenceTarget referenceTarget(const QString &reference, const QUrl &base)
{
    static const QRegularExpression typeAndId(u"(?:^|/)([A-Z][A-Za-z]+/[^/?#]+)(?:/_history/[^/?#]+)?$"_s);
    if (reference.startsWith(u'#'))
        return {ReferenceKind::Contained, reference.sliced(1)};
    if (reference.startsWith(u"urn:"_s))
        return {ReferenceKind::Uuid, reference};
    const bool isAbsolute = reference.contains(u"://"_s);
    const auto match = typeAndId.match(reference);
    if (!isAbsolute) {
        static const QRegularExpression search(u"^[A-Z][A-Za-z]+\\?[^?#]+$"_s);
        if (search.match(reference).hasMatch()) // a conditional reference is a search for its target
            return {ReferenceKind::SameServer, reference};
        const bool isPath = match.hasMatch() && match.capturedStart(1) == 0;
        return isPath ? ReferenceTarget{ReferenceKind::SameServer, reference}
                      : ReferenceTarget{ReferenceKind::None, reference};
    }
    if (base.isEmpty())
        return match.hasMatch() ? ReferenceTarget{ReferenceKind::SameServer, match.captured(1)}
                                : ReferenceTarget{ReferenceKind::OtherServer, reference};
    QString prefix = base.toString(QUrl::FullyEncoded);
    if (!prefix.endsWith(u'/'))
        prefix += u'/';
    if (reference.startsWith(prefix, Qt::CaseInsensitive) && sameOrigin(QUrl(reference), base))
        return {ReferenceKind::SameServer, reference.sliced(prefix.size())};
    const QUrl named = asReached(QUrl(reference), base);
    if (sameOrigin(named, base) && named.userInfo().isEmpty()) {
        QString path = named.toString(QUrl::FullyEncoded);
        if (path.startsWith(prefix, Qt::CaseInsensitive))
            path.remove(0, prefix.size());
        return {ReferenceKind::SameServer, path};
    }
    return {ReferenceKind::OtherServer, reference};
}

} // namespace credenza
