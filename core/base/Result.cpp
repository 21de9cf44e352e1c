// SPDX-License-Identifier: Apache-2.0
#include "core/base/Result.h"

#include <QCoreApplication>

namespace credenza
{

Failure cancelled()
{
    return fail(ErrorKind::Cancelled, QStringLiteral("cancelled"),
                QCoreApplication::translate("Result", "The operation was cancelled."));
}

} // namespace credenza
