// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/ConfirmPanel.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

ConfirmPanel::ConfirmPanel(const Theme &theme, QWidget &host, const ConfirmText &text)
    : Scrim(theme, host, 8), m_content(new QVBoxLayout), m_keep(new Button(theme, text.keep, ButtonKind::Primary)),
      m_deed(new Button(theme, text.deed, ButtonKind::Danger))
{
    auto *layout = new QVBoxLayout(&panel());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_content->setContentsMargins(24, 20, 24, 20);
    m_content->setSpacing(8);
    m_content->addWidget(new TextLabel(theme, text.title, TextStyle::Section));
    auto *body = new TextLabel(theme, text.text, TextStyle::Body, Role::Text2);
    body->setWrapping(true);
    m_content->addWidget(body);
    layout->addLayout(m_content);
    layout->addWidget(new Divider(theme));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(24, 16, 24, 16);
    foot->setSpacing(12);
    foot->addStretch(1);
    foot->addWidget(m_deed);
    foot->addWidget(m_keep);
    layout->addLayout(foot);

    panel().setAccessibleName(text.title);
    panel().setAccessibleDescription(text.text);
    m_keep->setObjectName(u"confirmKeep"_s);
    m_deed->setObjectName(u"confirmDeed"_s);
    m_keep->setAccessibleDescription(text.text);
    m_deed->installEventFilter(this);
    connect(m_keep, &Button::clicked, this, [this] { finish(false); });
    connect(m_deed, &Button::clicked, this, [this] { finish(true); });
    connect(this, &Scrim::requestClose, this, [this] { finish(false); });
    connect(this, &Scrim::closed, this, &QObject::deleteLater);
}

void ConfirmPanel::addContent(QWidget *widget)
{
    m_content->addWidget(widget);
    placePanel();
}

void ConfirmPanel::ask()
{
    open(m_keep);
}

QRect ConfirmPanel::panelGeometry() const
{
    const int wide = std::min(theme().scaled(480), width() - 48);
    const int high = panel().layout()->hasHeightForWidth() ? panel().layout()->heightForWidth(wide)
                                                           : panel().layout()->sizeHint().height();
    return {(width() - wide) / 2, std::max(24, (height() - high) / 3), wide, high};
}

void ConfirmPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        finish(false);
        return;
    }
    Scrim::keyPressEvent(event);
}

bool ConfirmPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_deed && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            finish(false);
            return true;
        }
    }
    return Scrim::eventFilter(watched, event);
}

void ConfirmPanel::finish(bool confirm)
{
    if (m_finished)
        return;
    m_finished = true;
    close();
    if (confirm)
        Q_EMIT confirmed();
    else
        Q_EMIT kept();
}

} // namespace credenza
