// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSyntaxHighlighter>

namespace credenza
{

class Theme;

/// Colours HTTP messages and JSON: status, header names, keys, strings, numbers, literals; redactions are dimmed.
class WireHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    WireHighlighter(const Theme &theme, QTextDocument *document);

protected:
    void highlightBlock(const QString &text) override;

private:
    const Theme &m_theme;
};

} // namespace credenza
