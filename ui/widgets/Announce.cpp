// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Announce.h"

#include <QAccessible>
#include <QWidget>

namespace credenza
{

void announceAlert(QWidget &widget)
{
    QAccessibleEvent event(&widget, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace credenza
