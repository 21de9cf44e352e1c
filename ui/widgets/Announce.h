// SPDX-License-Identifier: Apache-2.0
#pragma once

class QWidget;

namespace credenza
{

/// Has a screen reader say the accessible name of `widget` now: a new error, a warning, a result.
void announceAlert(QWidget &widget);

} // namespace credenza
