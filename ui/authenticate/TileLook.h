// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/authenticate/CredentialTile.h"
#include "ui/widgets/Badge.h"

class QPainter;

namespace credenza
{

/// The badge of an environment: told apart without colour.
[[nodiscard]] BadgeText environmentBadge(Environment environment);

/// The star of a favorite, filled, in the middle of `box`.
void drawStar(QPainter &painter, const Theme &theme, const QRect &box);

/// Icon and colour of a test's state.
struct StatusLook {
    Icon icon;
    Role role;
};
/// The same in tiles, table and palette.
[[nodiscard]] StatusLook lookOfStatus(TileState state);

} // namespace credenza
