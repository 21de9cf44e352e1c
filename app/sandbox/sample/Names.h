// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace credenza::sandbox
{

// Names of people who don't exist: common given names, and family names that say so at a glance. `number` may be any
// number; it is taken modulo the length of the list.

[[nodiscard]] QString givenName(int number, bool isFemale);
[[nodiscard]] QString familyName(int number);

} // namespace credenza::sandbox
