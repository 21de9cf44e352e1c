// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/FormField.h"

#include "ui/widgets/Announce.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

FormField::FormField(const Theme &theme, const QString &label, Requirement requirement, QWidget *control, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_labelText(label), m_layout(new QVBoxLayout(this)), m_header(new QHBoxLayout),
      m_label(new TextLabel(theme, label, TextStyle::Label)), m_line(new QWidget(this)),
      m_lineText(new TextLabel(theme, {}, TextStyle::Small, Role::Text3)), m_lineIcon(new QLabel),
      m_requirement(requirement)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    m_header->setSpacing(4);
    m_header->addWidget(m_label);
    m_header->addStretch(1);
    m_layout->addLayout(m_header);

    auto *line = new QHBoxLayout(m_line);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    line->addWidget(m_lineIcon, 0, Qt::AlignTop);
    line->addWidget(m_lineText, 1, Qt::AlignTop);
    m_lineText->setWrapping(true);
    m_lineText->setObjectName(u"fieldLine"_s);
    m_lineIcon->setContentsMargins(0, 2, 0, 0);
    m_layout->addWidget(m_line);

    setControl(control);
    setLabel(label);
    connect(&theme, &Theme::changed, this, [this] {
        setLabel(m_labelText);
        refresh();
    });
    refresh();
}

void FormField::setControl(QWidget *control)
{
    const int index = m_control ? m_layout->indexOf(m_control) : 1;
    if (m_control) {
        m_layout->removeWidget(m_control);
        m_control->hide();
        m_control->deleteLater();
    }
    m_control = control;
    m_layout->insertWidget(index, control);
    setFocusProxy(control);
    m_label->setBuddy(accessibleTarget());
    setLabel(m_labelText);
    refresh();
}

void FormField::setLabel(const QString &text)
{
    m_labelText = text;
    if (isRequired())
        m_label->setMarkup(
            u"%1 <span style=\"color:%2\">*</span>"_s.arg(text.toHtmlEscaped(), m_theme.color(Role::Err).name()));
    else
        m_label->setContent(text);
    accessibleTarget()->setAccessibleName(isRequired() ? tr("%1, required").arg(text) : text);
}

void FormField::setHelp(const QString &text)
{
    m_help = text;
    refresh();
}

void FormField::setError(const QString &text)
{
    if (text == m_error)
        return;
    m_error = text;
    refresh();
    announce();
}

void FormField::setWarning(const QString &text)
{
    if (text == m_warning)
        return;
    m_warning = text;
    refresh();
    announce();
}

void FormField::setOk(bool ok, const QString &text)
{
    m_ok = ok;
    m_okText = text;
    refresh();
}

void FormField::clearState()
{
    m_error.clear();
    m_warning.clear();
    m_okText.clear();
    m_announced.clear();
    m_ok = false;
    refresh();
}

FieldState FormField::state() const
{
    if (!m_error.isEmpty())
        return FieldState::Error;
    if (!m_warning.isEmpty())
        return FieldState::Warning;
    return m_ok ? FieldState::Ok : FieldState::Neutral;
}

QString FormField::message() const
{
    switch (state()) {
    case FieldState::Error:
        return m_error;
    case FieldState::Warning:
        return m_warning;
    case FieldState::Ok:
        return m_okText.isEmpty() ? m_help : m_okText;
    case FieldState::Neutral:
        break;
    }
    return m_help;
}

void FormField::setHint(const QString &text)
{
    if (!m_hint) {
        m_hint = new TextLabel(m_theme, text, TextStyle::Small, Role::Text3);
        m_header->addWidget(m_hint);
    }
    m_hint->setContent(text);
}

void FormField::addHeaderWidget(QWidget *widget)
{
    m_header->addWidget(widget);
}

void FormField::addBelow(QWidget *widget)
{
    m_layout->addWidget(widget);
}

void FormField::setLineAction(const QString &text)
{
    if (!m_lineAction) {
        m_lineAction = new Button(m_theme, text, ButtonKind::Quiet, ButtonSize::Small);
        m_lineAction->setObjectName(u"fieldLineAction"_s);
        m_lineAction->setFlush(true);
        // Its place is one line of text high, less than a button's 24 px.
        m_lineAction->setMaximumHeight(m_theme.lineHeight(TextStyle::Small));
        qobject_cast<QHBoxLayout *>(m_line->layout())->addWidget(m_lineAction, 0, Qt::AlignTop);
        connect(m_lineAction, &Button::clicked, this, &FormField::lineActionTriggered);
    }
    m_lineAction->setText(text);
    m_lineAction->setVisible(!text.isEmpty());
}

void FormField::setLineKept(bool kept)
{
    m_lineKept = kept;
    refresh();
}

QWidget *FormField::accessibleTarget() const
{
    if (const auto *frame = qobject_cast<const InputFrame *>(m_control))
        return frame->editor();
    return m_control;
}

void FormField::refresh()
{
    const FieldState now = state();
    const QString text = message();
    static constexpr std::array roles{Role::Text3, Role::Ok, Role::Warn, Role::Err};
    static constexpr std::array icons{Icon::Check, Icon::Check, Icon::Warning, Icon::XCircle};
    const auto index = static_cast<std::size_t>(now);
    const bool saysState = now != FieldState::Neutral && !(now == FieldState::Ok && m_okText.isEmpty());
    m_lineText->setRole(saysState ? roles.at(index) : Role::Text3);
    m_lineText->setContent(text);
    m_lineIcon->setVisible(saysState);
    m_lineIcon->setPixmap(m_theme.pixmap(icons.at(index), roles.at(index), m_theme.scaled(14), devicePixelRatioF()));
    m_line->setMinimumHeight(m_lineKept ? m_theme.lineHeight(TextStyle::Small) : 0);
    m_line->setVisible(m_lineKept || !text.isEmpty());
    if (auto *frame = qobject_cast<InputFrame *>(m_control))
        frame->setState(now);
    QStringList description;
    if (!m_help.isEmpty())
        description << m_help;
    if (text != m_help && !text.isEmpty())
        description << text;
    accessibleTarget()->setAccessibleDescription(description.join(u' '));
    if (now != m_lastState) {
        m_lastState = now;
        Q_EMIT stateChanged(now);
    }
}

void FormField::announce()
{
    const FieldState now = state();
    if (now != FieldState::Error && now != FieldState::Warning) {
        m_announced.clear();
        return;
    }
    if (message() == m_announced)
        return;
    m_announced = message();
    announceAlert(*m_lineText);
    Q_EMIT announced(m_announced);
}

} // namespace credenza
