// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QTextEdit>

namespace credenza
{

class IconButton;

/// Read-only text in mono that can be selected and copied: a command, a PEM, an answer of a server. It is as high as
/// its text, up to a number of lines; then it scrolls.
class CodeBlock final : public QTextEdit
{
    Q_OBJECT

public:
    /// `name` is the accessible name ("What came back").
    CodeBlock(const Theme &theme, const QString &name, QWidget *parent = nullptr);

    void setCode(const QString &code);
    [[nodiscard]] QString code() const { return toPlainText(); }
    void setMaximumLines(int lines);
    /// Wraps long lines instead of scrolling sideways.
    void setWrapping(bool wraps);
    /// Without ground and border, inside a box of its own.
    void setBare(bool bare);
    /// Shows a copy button in the corner; `deed` ("Copy the commands") names it. copied() tells when it was used.
    void setCopyButton(const QString &deed);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void copied();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    const Theme &m_theme;
    IconButton *m_copy = nullptr;
    int m_maximumLines = 12;
};

} // namespace credenza
