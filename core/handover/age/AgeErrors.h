// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

namespace credenza
{

// The ways an age file can fail, each worded once. `detail` is one sentence that says what was found.

/// age.invalid-armor (Damaged): the text around the file is not as RFC 7468 wants it.
[[nodiscard]] Failure ageInvalidArmor(const QString &detail);
/// age.invalid-header (Damaged): not an age file, or a header that no writer makes.
[[nodiscard]] Failure ageInvalidHeader(const QString &detail);
/// age.wrong-mac (Damaged): the header was changed after it was written.
[[nodiscard]] Failure ageWrongMac();
/// age.invalid-payload (Damaged): the contents were changed, cut off or added to.
[[nodiscard]] Failure ageInvalidPayload(const QString &detail);
/// age.no-match (Locked): none of the keys, or not this passphrase, opens the file.
[[nodiscard]] Failure ageNoMatch(bool isPassphrase);
/// age.passphrase-needed, age.identity-needed (Locked): nothing was given that could open it.
[[nodiscard]] Failure ageKeyNeeded(bool isPassphrase);

} // namespace credenza
