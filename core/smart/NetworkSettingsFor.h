// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"
#include "core/credentials/CredentialDraft.h"
#include "core/net/HttpTransport.h"

namespace credenza
{

/// A credential's own network settings (CA certificates, proxy) on top of `defaults`.
[[nodiscard]] NetworkSettings networkSettingsFor(const Credential &credential, NetworkSettings defaults = {});
[[nodiscard]] NetworkSettings networkSettingsFor(const CredentialDraft &draft, NetworkSettings defaults = {});

} // namespace credenza
