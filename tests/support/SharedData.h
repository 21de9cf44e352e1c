// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

/// Skips the test with a clear message where the independent test vectors are not on this machine.
#define REQUIRE_SHARED_DATA(relativePath)                                                                              \
    do {                                                                                                               \
        if (!credenza::test::hasSharedData(QStringLiteral(relativePath)))                                              \
            QSKIP("no shared test data at CREDENZA_SHARED_DATA/" relativePath);                                        \
    } while (false)

namespace credenza::test {

/// Absolute path of a file or folder of the shared test data (CMake option CREDENZA_SHARED_DATA).
[[nodiscard]] QString sharedData(const QString &relativePath);
[[nodiscard]] bool hasSharedData(const QString &relativePath);

} // namespace credenza::test
