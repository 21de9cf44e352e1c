// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace credenza::sandbox
{

/// What a client wants to do with a resource type: SMART's `r`ead or `s`earch. The sandbox serves nothing that writes.
enum class Interaction { Read, Search };

/// One `system/…` scope (SMART 2.2, "Scopes and Launch Context").
struct Scope {
    QString text;         ///< as it was asked for
    QString type;         ///< resource type or "*"
    QString interactions; ///< letters of "cruds" in that order; v1 `.read` is "rs"

    /// Whether everything `other` allows is allowed by this scope.
    [[nodiscard]] bool covers(const Scope &other) const;
};

/// The scopes of a request, a client or a token.
class ScopeSet
{
public:
    /// Parses a space-separated list of v1 and v2 system scopes. Nothing if one is malformed, is not a `system/` scope,
    /// or has a v2 query part, which this server does not support.
    [[nodiscard]] static std::optional<ScopeSet> parse(const QString &text);

    [[nodiscard]] bool isEmpty() const { return m_scopes.isEmpty(); }
    [[nodiscard]] bool allows(const QString &type, Interaction interaction) const;
    /// Of `requested`, what this set covers; where a requested scope is wider, the narrower scopes of this set in it.
    [[nodiscard]] ScopeSet granted(const ScopeSet &requested) const;
    /// Space-separated, as in the token answer.
    [[nodiscard]] QString text() const;

private:
    QList<Scope> m_scopes;
};

} // namespace credenza::sandbox
