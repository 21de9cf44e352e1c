// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/IconLabel.h"

namespace credenza
{

IconLabel::IconLabel(const Theme &theme, Icon icon, Role role, int size, QWidget *parent)
    : QLabel(parent), m_theme(theme), m_icon(icon), m_role(role), m_size(size)
{
    connect(&theme, &Theme::changed, this, &IconLabel::refresh);
    refresh();
}

void IconLabel::setIconShown(Icon icon, Role role)
{
    m_icon = icon;
    m_role = role;
    refresh();
}

void IconLabel::refresh()
{
    setPixmap(m_theme.pixmap(m_icon, m_role, m_theme.scaled(m_size), devicePixelRatioF()));
}

} // namespace credenza
