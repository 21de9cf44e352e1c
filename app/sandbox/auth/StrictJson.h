// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QHash>
#include <QJsonObject>

#include <optional>

namespace credenza::sandbox
{

/// A JSON object as a strict JWT reader must take it.
struct StrictObject {
    QJsonObject members;
    /// The literal text of the top-level members that are numbers: JSON libraries turn `1.0e9` into an integer.
    QHash<QString, QByteArray> numbers;

    /// The member as an integer; nothing if it is absent, of another type, or written with a fraction or exponent.
    [[nodiscard]] std::optional<qint64> integer(const QString &name) const;
};

/// Parses one JSON object. Nothing if the text is not JSON, not an object, or has a member twice at any depth
/// (RFC 7519, section 4: reject, or take the last; a strict server rejects).
[[nodiscard]] std::optional<StrictObject> parseStrictObject(QByteArrayView text);

} // namespace credenza::sandbox
