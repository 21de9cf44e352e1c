// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

/// Fails the test with the Error's code and message if a Result holds one.
#define QVERIFY_RESULT(result)                                                                                         \
    do {                                                                                                               \
        const auto &verifiedResult = (result);                                                                         \
        const QString verifiedError =                                                                                  \
            verifiedResult ? QString()                                                                                 \
                           : verifiedResult.error().code + QStringLiteral(": ") + verifiedResult.error().message;      \
        QVERIFY2(verifiedResult.has_value(), qPrintable(verifiedError));                                               \
    } while (false)

/// Fails the test unless the Result holds an Error with this code.
#define QVERIFY_FAILS(result, expectedCode)                                                                            \
    do {                                                                                                               \
        const auto &refusedResult = (result);                                                                          \
        QVERIFY2(!refusedResult.has_value(), "expected a failure");                                                    \
        QCOMPARE(refusedResult.error().code, QStringLiteral(expectedCode));                                            \
    } while (false)
