// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>

namespace credenza::sandbox
{

/// One name and value of a query string or a form.
struct Parameter {
    QString name;
    QString value;
};

/// Decodes application/x-www-form-urlencoded text, order and repetitions kept (URL Standard, section 5.1).
/// Nothing if an escape is broken or the text is not UTF-8, or if a NUL hides in it.
[[nodiscard]] std::optional<QList<Parameter>> parseForm(QByteArrayView encoded);

} // namespace credenza::sandbox
