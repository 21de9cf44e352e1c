// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/InputFrame.h"

#include <QPlainTextEdit>

namespace credenza
{

/// A framed input of several lines of plain text. Tab leaves it.
class TextArea final : public InputFrame
{
    Q_OBJECT

public:
    /// `lines` visible lines.
    TextArea(const Theme &theme, int lines, TextStyle style = TextStyle::Body, QWidget *parent = nullptr);

    [[nodiscard]] QPlainTextEdit *edit() const { return m_edit; }
    [[nodiscard]] QString text() const { return m_edit->toPlainText(); }
    void setText(const QString &text) { m_edit->setPlainText(text); }

private:
    QPlainTextEdit *m_edit;
};

} // namespace credenza
