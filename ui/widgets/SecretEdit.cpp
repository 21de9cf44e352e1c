// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/SecretEdit.h"

#include "ui/widgets/Button.h"

#include <QKeyEvent>

namespace credenza
{

using namespace Qt::StringLiterals;

SecretEdit::SecretEdit(const Theme &theme, int height, QWidget *parent)
    : LineEdit(theme, TextStyle::Body, height, parent), m_eye(new IconButton(theme, Icon::Eye, {}, this))
{
    edit()->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                                Qt::ImhNoAutoUppercase);
    m_eye->setObjectName(u"showSecret"_s);
    m_eye->setExtent(24);
    addTrailing(m_eye);
    connect(m_eye, &IconButton::clicked, this, [this] { setShown(!isShown()); });
    setShown(false);
}

SecretBytes SecretEdit::take()
{
    SecretBytes secret = copy();
    clear();
    return secret;
}

SecretBytes SecretEdit::copy() const
{
    QString text = edit()->text();
    return SecretBytes::takeFrom(text);
}

void SecretEdit::clear()
{
    // Typing over it first replaces the visible buffer; earlier copies inside QLineEdit are out of reach.
    edit()->setText(QString(edit()->text().size(), u'\u2022'));
    edit()->clear();
    setShown(false);
    setCapsLock(false);
}

bool SecretEdit::isShown() const
{
    return edit()->echoMode() == QLineEdit::Normal;
}

void SecretEdit::setShown(bool shown)
{
    edit()->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    m_eye->setIconShown(shown ? Icon::EyeOff : Icon::Eye);
    m_eye->setDeed(shown ? tr("Hide the passphrase") : tr("Show the passphrase"));
}

void SecretEdit::setCapsLock(bool suspected)
{
    if (suspected == m_capsLock)
        return;
    m_capsLock = suspected;
    Q_EMIT capsLockSuspectedChanged(suspected);
}

bool SecretEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == edit() && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const QString typed = key->text();
        // Qt tells no lock state; a capital without Shift, or a small letter with it, gives it away.
        if (key->key() == Qt::Key_CapsLock)
            setCapsLock(false);
        else if (typed.size() == 1 && typed.at(0).isLetter() && typed.at(0).toUpper() != typed.at(0).toLower())
            setCapsLock(typed.at(0).isUpper() != key->modifiers().testFlag(Qt::ShiftModifier));
    }
    return LineEdit::eventFilter(watched, event);
}

} // namespace credenza
