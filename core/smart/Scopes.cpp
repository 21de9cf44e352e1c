// SPDX-License-Identifier: Apache-2.0
#include "core/smart/Scopes.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

/// The rights of a scope's suffix as letters of SMART 2 ("cruds").
QString rightsOf(const QString &suffix)
{
    const QString lower = suffix.toLower();
    if (lower == u"read")
        return u"rs"_s;
    if (lower == u"write" || lower == u"create" || lower == u"update")
        return u"cud"_s;
    if (lower == u"search") // Epic's own names, one for each ticked API
        return u"s"_s;
    if (lower == u"*")
        return u"cruds"_s;
    static const QRegularExpression letters(u"^c?r?u?d?s?$"_s);
    return letters.match(lower).hasMatch() ? lower : QString();
}

struct Parts {
    QString type;
    QString rights;
    bool isLimited = false;
};

Parts partsOf(const QString &scope)
{
    const qsizetype question = scope.indexOf(u'?');
    const QString plain = question < 0 ? scope : scope.first(question);
    const qsizetype slash = plain.indexOf(u'/');
    const qsizetype dot = plain.lastIndexOf(u'.');
    if (dot <= slash + 1)
        return {};
    Parts parts{plain.sliced(slash + 1, dot - slash - 1), rightsOf(plain.sliced(dot + 1)), question >= 0};
    const bool isType = parts.type == u"*" || parts.type.front().isUpper();
    return isType && !parts.rights.isEmpty() ? parts : Parts{};
}

} // namespace

QStringList splitScopes(const QString &text)
{
    static const QRegularExpression space(u"\\s+"_s);
    return text.split(space, Qt::SkipEmptyParts);
}

ScopeGrant readScope(const QString &scope)
{
    const Parts parts = partsOf(scope);
    return {parts.type, parts.rights.contains(u'r'), parts.rights.contains(u's'), parts.isLimited};
}

QStringList scopesNotGranted(const QStringList &asked, const QStringList &granted)
{
    QHash<QString, QSet<QChar>> rights; // by type, of grants without limits
    for (const QString &scope : granted) {
        const Parts parts = partsOf(scope);
        if (parts.isLimited)
            continue;
        for (const QChar right : parts.rights)
            rights[parts.type].insert(right);
    }
    QStringList missing;
    for (const QString &scope : asked) {
        const Parts parts = partsOf(scope);
        const bool isCovered = !parts.type.isEmpty() && std::ranges::all_of(parts.rights, [&](QChar right) {
            return rights.value(parts.type).contains(right) || rights.value(u"*"_s).contains(right);
        });
        if (!isCovered && !granted.contains(scope))
            missing.append(scope);
    }
    return missing;
}

} // namespace credenza
