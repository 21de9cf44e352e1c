// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Connector.h"
#include "core/credentials/Validation.h"

#include <QString>
#include <QStringList>

namespace credenza
{

class Theme;

/// The help of one field, from resources/help/FIELD.md.
struct HelpText {
    QString whatItIs;
    QString whereToFind;
    QString example;
    QStringList mistakes;
};

/// The help of `field`, with what `connector` says of it in the usual's place. Paragraphs hold Markdown's `code` and
/// **strong**.
[[nodiscard]] HelpText helpTextOf(Field field, const Connector *connector = nullptr);

/// `code` and **strong** as the rich text TextLabel::setMarkup() takes; everything else is escaped.
[[nodiscard]] QString inlineMarkup(const QString &markdown);

} // namespace credenza
