// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/KeyDropZone.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/TextLabel.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>

namespace credenza
{

using namespace Qt::StringLiterals;

KeyDropZone::KeyDropZone(const Theme &theme, KeyDropChoices choices, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(u"keyDropZone"_s);
    setFocusPolicy(Qt::StrongFocus);
    setProperty("ownFocus", true);
    setAcceptDrops(true);
    setMinimumHeight(theme.scaled(96));
    setAccessibleName(tr("Private key, required: paste it here, or drop a .pem file"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addStretch(1);
    auto *text = new TextLabel(theme, {}, TextStyle::Body, Role::Text2);
    text->setMarkup(tr("Paste the key here, or drop a <code>.pem</code> file"));
    layout->addWidget(text, 0, Qt::AlignHCenter);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch(1);
    auto *choose = new Button(theme, tr("Choose file…"));
    choose->setObjectName(u"chooseKeyFile"_s);
    choose->setLeadingIcon(Icon::FolderOpen);
    connect(choose, &Button::clicked, this, &KeyDropZone::chooseRequested);
    row->addWidget(choose);
    auto *generate = new Button(theme, tr("Generate key pair…"));
    generate->setObjectName(u"generateKey"_s);
    generate->setLeadingIcon(Icon::Key);
    connect(generate, &Button::clicked, this, &KeyDropZone::generateRequested);
    row->addWidget(generate);
    row->addStretch(1);
    layout->addLayout(row);
    if (choices.canUseExisting || choices.canKeep) {
        row = new QHBoxLayout;
        row->setSpacing(8);
        row->addStretch(1);
    }
    if (choices.canUseExisting) {
        auto *existing = new Button(theme, tr("Use an existing key…"), ButtonKind::Quiet);
        existing->setObjectName(u"useExistingKey"_s);
        connect(existing, &Button::clicked, this, &KeyDropZone::existingRequested);
        row->addWidget(existing);
    }
    if (choices.canKeep) {
        auto *keep = new Button(theme, tr("Keep current key"), ButtonKind::Quiet);
        keep->setObjectName(u"keepKey"_s);
        connect(keep, &Button::clicked, this, &KeyDropZone::keepRequested);
        row->addWidget(keep);
    }
    if (choices.canUseExisting || choices.canKeep) {
        row->addStretch(1);
        layout->addLayout(row);
    }
    layout->addStretch(1);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void KeyDropZone::paste()
{
    if (const QMimeData *mime = QGuiApplication::clipboard()->mimeData())
        Q_EMIT given(mime);
}

void KeyDropZone::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste)) {
        paste();
        return;
    }
    QWidget::keyPressEvent(event);
}

void KeyDropZone::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *action = menu->addAction(tr("Paste"));
    action->setShortcut(QKeySequence::Paste);
    const QMimeData *mime = QGuiApplication::clipboard()->mimeData();
    action->setEnabled(mime && (mime->hasText() || mime->hasUrls()));
    connect(action, &QAction::triggered, this, &KeyDropZone::paste);
    menu->popup(event->globalPos());
}

void KeyDropZone::dragEnterEvent(QDragEnterEvent *event)
{
    if (!event->mimeData()->hasUrls() && !event->mimeData()->hasText())
        return;
    m_dragged = true;
    event->acceptProposedAction();
    update();
}

void KeyDropZone::dragLeaveEvent(QDragLeaveEvent *)
{
    m_dragged = false;
    update();
}

void KeyDropZone::dropEvent(QDropEvent *event)
{
    m_dragged = false;
    event->acceptProposedAction();
    update();
    Q_EMIT given(event->mimeData());
}

void KeyDropZone::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void KeyDropZone::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void KeyDropZone::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (hasFocus() || m_dragged)
        drawBox(painter, rect(), 4, m_theme.color(m_dragged ? Role::Selected : Role::Sunken),
                m_theme.color(Role::Focus), 2);
    else
        drawBox(painter, rect(), 4, m_theme.color(Role::Sunken), m_theme.color(Role::LineStrong), 1, Qt::DashLine);
}

} // namespace credenza
