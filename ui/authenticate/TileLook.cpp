// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/TileLook.h"

namespace credenza
{

BadgeText environmentBadge(Environment environment)
{
    switch (environment) {
    case Environment::Production:
        return {BadgeKind::Production, environmentText(environment)};
    case Environment::Sandbox:
        return {BadgeKind::Sandbox, environmentText(environment)};
    case Environment::Local:
        break;
    }
    return {BadgeKind::Local, environmentText(environment)};
}

StatusLook lookOfStatus(TileState state)
{
    switch (state) {
    case TileState::Never:
        return {Icon::DashedCircle, Role::Text2};
    case TileState::Passed:
        return {Icon::CheckCircle, Role::Ok};
    case TileState::Warning:
        return {Icon::Warning, Role::Warn};
    case TileState::Failed:
        return {Icon::XCircle, Role::Err};
    case TileState::Testing:
        break;
    }
    return {Icon::Spinner, Role::Accent};
}

} // namespace credenza
