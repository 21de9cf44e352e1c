// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/Redaction.h"

namespace credenza
{

/// The request as a `curl` command for a POSIX shell. Secrets are not in it: the assertion and the token stand as
/// "$CLIENT_ASSERTION" and "$ACCESS_TOKEN", for the reader to set; where `credential` names a saved one, a line before
/// has `credenza-cli` set them.
[[nodiscard]] QString curlCommand(const RedactedRequest &request, const QString &credential = {});

} // namespace credenza
