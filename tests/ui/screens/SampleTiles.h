// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/authenticate/CredentialTile.h"

#include <QList>

namespace credenza::test
{

/// 24 November 2025, 14:05:31 UTC: the time the sample tiles are seen at.
[[nodiscard]] std::chrono::system_clock::time_point sampleTime();

/// Seven credentials, one in each state a tile can have.
[[nodiscard]] QList<CredentialTile> sampleTiles();

} // namespace credenza::test
