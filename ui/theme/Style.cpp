// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/Style.h"

#include "ui/theme/Theme.h"

#include <QStyleOption>

namespace credenza
{

using namespace Qt::StringLiterals;

Style::Style(const Theme &theme) : QProxyStyle(u"Fusion"_s), m_theme(&theme) {}

int Style::scaled(int px) const
{
    return m_theme ? m_theme->scaled(px) : px;
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return 4; // a 2-px ring, 2 px outside
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_LineEditIconSize:
        return scaled(16);
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_FocusFrame_AboveWidget:
        return 1;
    case SH_UnderlineShortcut:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
        return 0;
    case SH_LineEdit_PasswordCharacter:
        return 0x2022;
    case SH_Menu_SubMenuPopupDelay:
        return 100;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    if (element == PE_FrameFocusRect) // FocusRing draws focus
        return;
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

} // namespace credenza
