// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Disclosure.h"

#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/Painting.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

/// Chevron and title; checked while open.
class DisclosureHeader final : public QAbstractButton
{
public:
    DisclosureHeader(const Theme &theme, const QString &title) : m_theme(theme)
    {
        setText(title);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setFont(theme.font(TextStyle::Heading));
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        return {m_theme.scaled(16) + 8 + fontMetrics().horizontalAdvance(text()) + 1, m_theme.scaled(24)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const int icon = m_theme.scaled(16);
        drawIcon(painter, m_theme, isChecked() ? Icon::ChevronDown : Icon::ChevronRight, Role::Text2,
                 QRect(0, 0, icon, height()), icon);
        painter.setPen(m_theme.color(isEnabled() ? Role::Text : Role::OnDisabled));
        painter.drawText(rect().adjusted(icon + 8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        const bool open = event->key() == Qt::Key_Right;
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            click();
        else if ((open || event->key() == Qt::Key_Left) && open != isChecked())
            click();
        else
            QAbstractButton::keyPressEvent(event);
    }

private:
    const Theme &m_theme;
};

} // namespace

Disclosure::Disclosure(const Theme &theme, const QString &title, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_layout(new QVBoxLayout(this)), m_header(new DisclosureHeader(theme, title)),
      m_summary(new ElidingLabel(theme, {}, Qt::ElideRight, TextStyle::Small, Role::Text3))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_header, 0, Qt::AlignLeft);
    row->addWidget(m_summary, 1);
    m_layout->addLayout(row);
    m_header->setObjectName(u"disclosureHeader"_s);
    m_header->setAccessibleDescription(tr("Folded"));
    connect(m_header, &QAbstractButton::toggled, this, &Disclosure::setOpen);
    m_motion.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_motion, &QVariantAnimation::valueChanged, this, [this](const QVariant &height) {
        if (m_content)
            m_content->setMaximumHeight(height.toInt());
    });
    connect(&m_motion, &QVariantAnimation::finished, this, [this] {
        if (!m_content)
            return;
        m_content->setVisible(m_open);
        m_content->setMaximumHeight(QWIDGETSIZE_MAX);
    });
}

void Disclosure::setContent(QWidget *content)
{
    m_content = content;
    m_layout->addWidget(content);
    content->setVisible(m_open);
}

void Disclosure::setSummary(const QString &summary)
{
    m_summary->setText(summary);
}

void Disclosure::setOpen(bool open)
{
    if (open == m_open)
        return;
    m_open = open;
    m_header->setChecked(open);
    m_header->setAccessibleDescription(open ? tr("Unfolded") : tr("Folded"));
    m_summary->setVisible(!open);
    if (m_content) {
        m_motion.stop();
        const int duration = isVisible() ? m_theme.duration(120) : 0;
        if (duration == 0) {
            m_content->setMaximumHeight(QWIDGETSIZE_MAX);
            m_content->setVisible(open);
        } else {
            const int full = m_content->sizeHint().height();
            m_motion.setStartValue(open ? 0 : m_content->height());
            m_motion.setEndValue(open ? full : 0);
            m_motion.setDuration(duration);
            if (open)
                m_content->setMaximumHeight(0);
            m_content->show();
            m_motion.start();
        }
    }
    Q_EMIT toggled(open);
}

} // namespace credenza
