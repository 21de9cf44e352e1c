// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/ClientIdAnatomy.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"

#include <QPainter>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr std::array<int, 5> expected{8, 4, 4, 4, 12};
constexpr int total = 32;
constexpr int gap = 4;

} // namespace

ClientIdAnatomy::ClientIdAnatomy(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

bool ClientIdAnatomy::setClientId(const QString &clientId)
{
    m_groups = clientId.trimmed().split(u'-');
    QStringList words;
    for (std::size_t i = 0; i < expected.size() && std::ssize(expected) == m_groups.size(); i++)
        words.append(tr("%1 of %2").arg(m_groups.at(static_cast<qsizetype>(i)).size()).arg(expected.at(i)));
    setAccessibleName(tr("Characters in each group: %1").arg(words.join(u", "_s)));
    update();
    return !words.isEmpty() && std::ranges::all_of(m_groups, [](const QString &group) { return group.size() <= 16; });
}

QSize ClientIdAnatomy::sizeHint() const
{
    return {360, m_theme.scaled(32) + 4 + m_theme.scaled(16)};
}

void ClientIdAnatomy::paintEvent(QPaintEvent *)
{
    if (m_groups.size() != std::ssize(expected))
        return;
    QPainter painter(this);
    const int room = width() - gap * 4;
    const int boxHeight = m_theme.scaled(32);
    int x = 0;
    for (std::size_t i = 0; i < expected.size(); i++) {
        const QString &group = m_groups.at(static_cast<qsizetype>(i));
        const bool fits = group.size() == expected.at(i);
        const int boxWidth = i + 1 == expected.size() ? width() - x : room * expected.at(i) / total;
        const QRect box(x, 0, boxWidth, boxHeight);
        drawBox(painter, box, 4, m_theme.color(fits ? Role::Surface : Role::ErrTint),
                m_theme.color(fits ? Role::Line : Role::Err));
        painter.setFont(m_theme.font(TextStyle::Mono));
        painter.setPen(m_theme.color(fits ? Role::Text : Role::Err));
        const QString shown = group.size() < expected.at(i) ? group + u'·' : group;
        painter.drawText(box, Qt::AlignCenter, painter.fontMetrics().elidedText(shown, Qt::ElideMiddle, boxWidth - 4));
        painter.setFont(m_theme.font(fits ? TextStyle::KeyCap : TextStyle::Badge));
        painter.setPen(m_theme.color(fits ? Role::Text3 : Role::Err));
        painter.drawText(QRect(x, boxHeight + 4, boxWidth, m_theme.scaled(16)), Qt::AlignCenter,
                         fits ? QString::number(expected.at(i)) : tr("%1 of %2").arg(group.size()).arg(expected.at(i)));
        x += boxWidth + gap;
    }
}

} // namespace credenza
