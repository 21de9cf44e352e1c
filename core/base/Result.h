// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"

#include <expected>
#include <utility>

namespace credenza
{

/// The value, or the Error that prevented it. A dropped Result is a compile error (warning as error).
/// Check it in the same breath as reading it, or pass the failure on with TRY.
template <typename T> class [[nodiscard]] Result : public std::expected<T, Error>
{
public:
    using std::expected<T, Error>::expected;
};

using Failure = std::unexpected<Error>;

/// Makes the failure side of any Result: `return fail(ErrorKind::NotFound, QStringLiteral("vault.not-found"), tr(…));`
[[nodiscard]] inline Failure fail(ErrorKind kind, QString code, QString message, QString hint = {})
{
    return Failure(Error{kind, std::move(code), std::move(message), std::move(hint)});
}

/// The failure every cancelled flow ends with.
[[nodiscard]] Failure cancelled();

} // namespace credenza

/// Yields the value of a Result, or returns its Error from the enclosing function: `auto key = TRY(parse(text));`
/// Don't nest one TRY inside another (the inner name would shadow the outer).
#define TRY(...)                                                                                                       \
    __extension__({                                                                                                    \
        auto &&tryResult = (__VA_ARGS__);                                                                              \
        if (!tryResult) [[unlikely]]                                                                                   \
            return std::unexpected(std::move(tryResult).error());                                                      \
        std::move(tryResult).value();                                                                                  \
    })
