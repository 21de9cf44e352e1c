// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

/// Fails the test with the Error's code and message if a Result holds one.
#define QVERIFY_RESULT(result)                                                                                         \
    QVERIFY2((result).has_value(), (result).has_value()                                                                \
                                       ? ""                                                                            \
                                       : qPrintable((result).error().code + QStringLiteral(": ")                      \
                                                    + (result).error().message))

/// Fails the test unless the Result holds an Error with this code.
#define QVERIFY_FAILS(result, expectedCode)                                                                            \
    do {                                                                                                               \
        QVERIFY2(!(result).has_value(), "expected a failure");                                                         \
        QCOMPARE((result).error().code, QStringLiteral(expectedCode));                                                 \
    } while (false)
