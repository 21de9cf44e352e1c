// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/InputFrame.h"

#include <QLineEdit>

namespace credenza
{

/// A framed one-line input. The QLineEdit itself is edit(): name it, validate it, connect to it.
class LineEdit : public InputFrame
{
    Q_OBJECT

public:
    /// `style` Mono for values (URLs, IDs, paths), Body for words.
    explicit LineEdit(const Theme &theme, TextStyle style = TextStyle::Body, int height = 32,
                      QWidget *parent = nullptr);

    [[nodiscard]] QLineEdit *edit() const { return m_edit; }
    [[nodiscard]] QString text() const { return m_edit->text(); }
    void setText(const QString &text) { m_edit->setText(text); }
    void setPlaceholder(const QString &text) { m_edit->setPlaceholderText(text); }

private:
    QLineEdit *m_edit;
};

} // namespace credenza
