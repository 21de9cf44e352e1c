// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace credenza::lint
{

/// A C++ source seen three ways, each with the same lines and columns, so that a rule looks only at what it means:
/// a name in a comment is not a use of it, and a path in a string is not a directive.
struct SourceText {
    QStringList lines;           ///< as written
    QStringList withoutComments; ///< comments are blanks
    QStringList code;            ///< comments and the insides of string and character literals are blanks
};

/// Splits `text`; understands raw strings, escapes and digit separators, not trigraphs or spliced `//` comments.
[[nodiscard]] SourceText parseSource(const QString &text);

} // namespace credenza::lint
