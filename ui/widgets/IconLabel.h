// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QLabel>

namespace credenza
{

/// An icon beside words, decorative for assistive technology. Follows the theme.
class IconLabel final : public QLabel
{
    Q_OBJECT

public:
    /// `size` in px at a text scale of 1.
    IconLabel(const Theme &theme, Icon icon, Role role = Role::Text2, int size = 16, QWidget *parent = nullptr);

    void setIconShown(Icon icon, Role role);

private:
    void refresh();

    const Theme &m_theme;
    Icon m_icon;
    Role m_role;
    int m_size;
};

} // namespace credenza
