// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/Rail.h"

#include "ui/widgets/IconLabel.h"
#include "ui/widgets/Painting.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QKeySequence>
#include <QPainter>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct RailText {
    Q_DECLARE_TR_FUNCTIONS(RailText)
};

Icon iconOf(RailEntry entry)
{
    switch (entry) {
    case RailEntry::Authenticate:
        return Icon::Key;
    case RailEntry::Browse:
        return Icon::Browse;
    case RailEntry::Keys:
        return Icon::Fingerprint;
    case RailEntry::Activity:
        return Icon::Activity;
    case RailEntry::Settings:
        break;
    }
    return Icon::Settings;
}

} // namespace

QString railText(RailEntry entry)
{
    switch (entry) {
    case RailEntry::Authenticate:
        return RailText::tr("Authenticate");
    case RailEntry::Browse:
        return RailText::tr("Browse");
    case RailEntry::Keys:
        return RailText::tr("Keys");
    case RailEntry::Activity:
        return RailText::tr("Activity");
    case RailEntry::Settings:
        break;
    }
    return RailText::tr("Settings");
}

/// Icon over word; checked while its screen is shown.
class RailButton final : public QAbstractButton
{
public:
    RailButton(const Theme &theme, Icon icon, const QString &text, const QKeySequence &keys)
        : m_theme(theme), m_icon(icon)
    {
        setText(text);
        setToolTip(u"%1 (%2)"_s.arg(text, keys.toString(QKeySequence::NativeText)));
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setFixedHeight(theme.scaled(64));
        setFont(theme.font(TextStyle::SmallLabel));
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setProperty("ownFocus", true); // the ring outside would be cut off
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }
    [[nodiscard]] QSize sizeHint() const override { return {88, m_theme.scaled(64)}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const bool on = isChecked();
        if (on) {
            painter.fillRect(rect(), m_theme.color(Role::RailSelected));
            painter.fillRect(QRect(0, 0, 3, height()), m_theme.color(Role::RailMark));
        }
        const Role ink = on || underMouse() ? Role::RailOn : Role::RailText;
        const int icon = m_theme.scaled(20);
        const int word = m_theme.scaled(16);
        const int top = (height() - icon - 6 - word) / 2;
        drawIcon(painter, m_theme, m_icon, ink, QRect(0, top, width(), icon), icon);
        painter.setPen(m_theme.color(ink));
        painter.drawText(QRect(0, top + icon + 6, width(), word), Qt::AlignCenter | Qt::TextSingleLine, text());
        if (hasFocus())
            drawBox(painter, rect().adjusted(4, 2, -2, -2), 4, {}, m_theme.color(Role::RailMark), 2);
    }
    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::Enter || event->type() == QEvent::Leave)
            update();
        return QAbstractButton::event(event);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            click();
            return;
        case Qt::Key_Down:
            focusNextPrevChild(true);
            return;
        case Qt::Key_Up:
            focusNextPrevChild(false);
            return;
        default:
            QAbstractButton::keyPressEvent(event);
        }
    }

private:
    const Theme &m_theme;
    Icon m_icon;
};

Rail::Rail(const Theme &theme, QWidget *parent) : Pane(theme, Role::Rail, {}, parent)
{
    setFixedWidth(std::max(88, theme.scaled(88)));
    setAccessibleName(RailText::tr("Screens"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *mark = new IconLabel(theme, Icon::Mark, Role::RailOn, 28);
    mark->setAlignment(Qt::AlignCenter);
    mark->setFixedHeight(theme.scaled(56));
    layout->addWidget(mark);
    for (int i = 0; i < railEntries; ++i) {
        const auto entry = static_cast<RailEntry>(i);
        auto *button = new RailButton(theme, iconOf(entry), railText(entry),
                                      QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)));
        button->setCheckable(true);
        button->setObjectName(u"rail%1"_s.arg(i + 1));
        connect(button, &QAbstractButton::clicked, this, [this, entry] {
            setCurrent(m_current); // a click must not uncheck the current one
            Q_EMIT chosen(entry);
        });
        layout->addWidget(button);
        m_buttons.push_back(button);
    }
    layout->addStretch(1);
    auto *lock = new RailButton(theme, Icon::Lock, tr("Lock"), QKeySequence(Qt::CTRL | Qt::Key_L));
    lock->setObjectName(u"railLock"_s);
    connect(lock, &QAbstractButton::clicked, this, &Rail::lockChosen);
    layout->addWidget(lock);
    setCurrent(RailEntry::Authenticate);
}

void Rail::setCurrent(RailEntry entry)
{
    m_current = entry;
    for (int i = 0; i < railEntries; ++i)
        m_buttons.at(static_cast<std::size_t>(i))->setChecked(i == static_cast<int>(entry));
}

} // namespace credenza
