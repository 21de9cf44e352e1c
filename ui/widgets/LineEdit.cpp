// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/LineEdit.h"

namespace credenza
{

LineEdit::LineEdit(const Theme &theme, TextStyle style, int height, QWidget *parent)
    : InputFrame(theme, new QLineEdit, height, parent), m_edit(qobject_cast<QLineEdit *>(editor()))
{
    m_edit->setFrame(false);
    m_edit->setFont(theme.font(style));
    m_edit->setProperty("ownFocus", true);
}

} // namespace credenza
