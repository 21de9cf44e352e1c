// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/TextArea.h"

namespace credenza
{

TextArea::TextArea(const Theme &theme, int lines, TextStyle style, QWidget *parent)
    : InputFrame(theme, new QPlainTextEdit, 32, parent), m_edit(qobject_cast<QPlainTextEdit *>(editor()))
{
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->setTabChangesFocus(true);
    m_edit->setFont(theme.font(style));
    m_edit->document()->setDocumentMargin(0);
    m_edit->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_edit->setProperty("ownFocus", true);
    // Qt's own line spacing is tighter than the scale's, so the frame's height comes from the scale.
    setFixedHeight(theme.lineHeight(style) * lines + 12);
}

} // namespace credenza
