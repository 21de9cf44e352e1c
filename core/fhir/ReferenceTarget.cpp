// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ReferenceTarget.h"

#include "core/net/HttpTransport.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace credenza
{

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
    if (sameOrigin(QUrl(reference), base) && reference.startsWith(prefix, Qt::CaseInsensitive))
        return {ReferenceKind::SameServer, reference.sliced(prefix.size())};
    return {ReferenceKind::OtherServer, reference};
}

} // namespace credenza
