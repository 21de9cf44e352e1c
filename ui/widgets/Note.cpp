// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Note.h"

#include "ui/widgets/Announce.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace credenza
{

namespace
{

struct NoteLook {
    Role fill;
    Role line;
    Role icon;
    Role text;
    Icon shown;
};

NoteLook lookOf(NoteKind kind)
{
    switch (kind) {
    case NoteKind::Plain:
        return {Role::Surface, Role::Line, Role::Text2, Role::Text2, Icon::Info};
    case NoteKind::Info:
        return {Role::Selected, Role::AccentLine, Role::Accent, Role::Text, Icon::Info};
    case NoteKind::Ok:
        return {Role::OkTint, Role::OkLine, Role::Ok, Role::Text, Icon::CheckCircle};
    case NoteKind::Warning:
        return {Role::WarnTint, Role::WarnLine, Role::Warn, Role::Text, Icon::Warning};
    case NoteKind::Error:
        return {Role::ErrTint, Role::ErrLine, Role::Err, Role::Text, Icon::XCircle};
    }
    return {Role::Surface, Role::Line, Role::Text2, Role::Text2, Icon::Info};
}

} // namespace

Note::Note(const Theme &theme, NoteKind kind, const QString &text, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_layout(new QHBoxLayout(this)), m_icon(new QLabel),
      m_text(new TextLabel(theme, text, TextStyle::Small)), m_shown(lookOf(kind).shown), m_kind(kind)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_layout->setContentsMargins(13, 9, 13, 9);
    m_layout->setSpacing(8);
    m_icon->setContentsMargins(0, 1, 0, 0);
    m_layout->addWidget(m_icon, 0, Qt::AlignTop);
    m_layout->addWidget(m_text, 1);
    m_text->setWrapping(true);
    connect(&theme, &Theme::changed, this, &Note::refresh);
    refresh();
}

void Note::setNote(NoteKind kind, const QString &text)
{
    m_kind = kind;
    m_shown = lookOf(kind).shown;
    m_text->setContent(text);
    refresh();
}

void Note::setIconShown(Icon icon)
{
    m_shown = icon;
    refresh();
}

void Note::addAction(QWidget *button)
{
    m_layout->addWidget(button, 0, Qt::AlignVCenter);
}

QString Note::text() const
{
    return m_text->content();
}

void Note::announce()
{
    announceAlert(*m_text);
}

void Note::refresh()
{
    const NoteLook look = lookOf(m_kind);
    m_icon->setPixmap(m_theme.pixmap(m_shown, look.icon, m_theme.scaled(16), devicePixelRatioF()));
    m_text->setRole(look.text);
    update();
}

void Note::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const NoteLook look = lookOf(m_kind);
    drawBox(painter, rect(), 4, m_theme.color(look.fill), m_theme.color(look.line));
}

} // namespace credenza
