// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ExitStatus.h"

#include <utility>

namespace credenza::cli
{

ExitStatus exitStatusOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Failed:
        return ExitStatus::Failed;
    case ErrorKind::InvalidInput:
        return ExitStatus::Invalid;
    case ErrorKind::Locked:
        return ExitStatus::Locked;
    case ErrorKind::NotFound:
        return ExitStatus::NotFound;
    case ErrorKind::Damaged:
        return ExitStatus::Damaged;
    case ErrorKind::Conflict:
        return ExitStatus::Conflict;
    case ErrorKind::Cancelled:
        return ExitStatus::Interrupted;
    }
    std::unreachable();
}

} // namespace credenza::cli
