// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSyntaxHighlighter>

namespace credenza
{

class Theme;

/// Colours HTTP messages and JSON: status, header names, keys, strings, numbers, literals.
class WireHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    /// `document` owns it, `theme` must outlive it. `dimmed` stands where something was left out, and steps back.
    WireHighlighter(const Theme &theme, QTextDocument *document, QString dimmed = {});

protected:
    void highlightBlock(const QString &text) override;

private:
    const Theme &m_theme;
    QString m_dimmed;
};

} // namespace credenza
