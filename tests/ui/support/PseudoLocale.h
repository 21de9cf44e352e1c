// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTranslator>

namespace credenza::test
{

/// Makes every translated text longer by a third and marks it: what is too long for its place shows, and what has no
/// mark was never translated.
class PseudoLocale final : public QTranslator
{
public:
    [[nodiscard]] QString translate(const char *, const char *source, const char *, int) const override
    {
        const QString text = QString::fromUtf8(source);
        QString longer; // in words, for words may wrap; a single one grows itself
        for (qsizetype i = 0; i < text.size() / 3; ++i)
            longer += i % 8 == 0 && (i > 0 || text.contains(u' ')) ? u' ' : u'ø';
        return QStringLiteral("⟦") + text + longer + QStringLiteral("⟧");
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

} // namespace credenza::test
