// SPDX-License-Identifier: Apache-2.0
#include "tests/support/SharedData.h"

#include <QFileInfo>

namespace credenza::test
{

QString sharedData(const QString &relativePath)
{
    return QStringLiteral(CREDENZA_SHARED_DATA "/") + relativePath;
}

bool hasSharedData(const QString &relativePath)
{
    return QFileInfo::exists(sharedData(relativePath));
}

} // namespace credenza::test
