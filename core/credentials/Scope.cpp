// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Scope.h"

#include <QRegularExpression>

namespace credenza
{

namespace
{

const QRegularExpression &scopePattern()
{
    // Epic's own answers lack the "system/" prefix ("Patient.read"), so reading tolerates that (facts §2.3).
    static const QRegularExpression pattern(QRegularExpression::anchoredPattern(QStringLiteral(
        "(?:(system|user|patient)/)?(\\*|[A-Z][A-Za-z]+)\\.(read|write|search|\\*|[cruds]+)(\\?[^\\s]+)?")));
    return pattern;
}

bool isInOrder(const QString &letters)
{
    qsizetype last = -1;
    for (const QChar letter : letters) {
        const qsizetype at = QStringView(u"cruds").indexOf(letter);
        if (at <= last)
            return false;
        last = at;
    }
    return true;
}

} // namespace

ScopeSyntax syntaxOf(const QString &scope)
{
    const auto match = scopePattern().match(scope);
    if (!match.hasMatch() || match.captured(1).isEmpty())
        return ScopeSyntax::Other;
    if (match.captured(1) != u"system")
        return ScopeSyntax::NotSystem;
    const QString access = match.captured(3);
    if (access == u"read" || access == u"write" || access == u"*")
        return match.captured(4).isEmpty() ? ScopeSyntax::V1 : ScopeSyntax::Other;
    if (access == u"search")
        return ScopeSyntax::Other;
    return isInOrder(access) ? ScopeSyntax::V2 : ScopeSyntax::WrongOrder;
}

QString resourceTypeOf(const QString &scope)
{
    const auto match = scopePattern().match(scope);
    if (!match.hasMatch() || (!match.captured(1).isEmpty() && match.captured(1) != u"system"))
        return {};
    return match.captured(2);
}

bool allowsSearch(const QString &scope, const QString &resourceType)
{
    const QString type = resourceTypeOf(scope);
    if (type != u"*" && type != resourceType)
        return false;
    const QString access = scopePattern().match(scope).captured(3);
    return access == u"read" || access == u"search" || access == u"*" || (access != u"write" && access.contains(u's'));
}

} // namespace credenza
