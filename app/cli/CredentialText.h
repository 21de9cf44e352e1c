// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"

#include <QJsonObject>

namespace credenza::cli
{

/// The card, with the environment its base URL points to. Never a private key.
[[nodiscard]] QJsonObject cardJson(const Credential &credential);

/// One labelled line for each thing that is set.
[[nodiscard]] QString detailsOf(const Credential &credential);

/// A table with one line a credential: name, environment, host, key, last test.
[[nodiscard]] QString tableOf(const QList<Credential> &credentials);

} // namespace credenza::cli
