// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/ScopeSet.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace credenza::sandbox
{

namespace
{

/// v1 words in v2 letters (SMART 2.2, "Scopes for requesting clinical data": mapping of .read, .write, .*).
QString lettersOf(const QString &interactions)
{
    if (interactions == QStringLiteral("read"))
        return QStringLiteral("rs");
    if (interactions == QStringLiteral("write"))
        return QStringLiteral("cud");
    if (interactions == QStringLiteral("*"))
        return QStringLiteral("cruds");
    return interactions;
}

std::optional<Scope> parseScope(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("\\Asystem/([A-Z][A-Za-z]{1,60}|\\*)\\.(read|write|\\*|(?=[cruds])c?r?u?d?s?)\\z"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return Scope{.text = text, .type = match.captured(1), .interactions = lettersOf(match.captured(2))};
}

} // namespace

bool Scope::covers(const Scope &other) const
{
    const bool typeCovered = type == QStringLiteral("*") || type == other.type;
    return typeCovered &&
           std::ranges::all_of(other.interactions, [this](QChar letter) { return interactions.contains(letter); });
}

std::optional<ScopeSet> ScopeSet::parse(const QString &text)
{
    ScopeSet set;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        const auto scope = parseScope(word);
        if (!scope)
            return std::nullopt;
        set.m_scopes.append(*scope);
    }
    return set;
}

bool ScopeSet::allows(const QString &type, Interaction interaction) const
{
    const Scope wanted{.text = {},
                       .type = type,
                       .interactions = interaction == Interaction::Read ? QStringLiteral("r") : QStringLiteral("s")};
    return std::ranges::any_of(m_scopes, [&wanted](const Scope &scope) { return scope.covers(wanted); });
}

ScopeSet ScopeSet::granted(const ScopeSet &requested) const
{
    ScopeSet result;
    const auto add = [&result](const Scope &scope) {
        if (std::ranges::find(result.m_scopes, scope.text, &Scope::text) == result.m_scopes.end())
            result.m_scopes.append(scope);
    };
    for (const Scope &wanted : requested.m_scopes) {
        if (std::ranges::any_of(m_scopes, [&wanted](const Scope &own) { return own.covers(wanted); })) {
            add(wanted);
            continue;
        }
        for (const Scope &own : m_scopes) {
            if (wanted.covers(own))
                add(own);
        }
    }
    return result;
}

QString ScopeSet::text() const
{
    QStringList words;
    for (const Scope &scope : m_scopes)
        words.append(scope.text);
    return words.join(u' ');
}

} // namespace credenza::sandbox
