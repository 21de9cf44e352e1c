// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of this room only: one pure rule a field, each giving the field's finding.

#include "core/credentials/Validation.h"

namespace credenza
{

[[nodiscard]] Finding checkName(const CredentialDraft &draft);
[[nodiscard]] Finding checkDescription(const CredentialDraft &draft);
[[nodiscard]] Finding checkConnector(const CredentialDraft &draft);
[[nodiscard]] Finding checkFhirBaseUrl(const CredentialDraft &draft);
[[nodiscard]] Finding checkClientId(const CredentialDraft &draft);
[[nodiscard]] Finding checkPrivateKey(const CredentialDraft &draft);
[[nodiscard]] Finding checkKeyId(const CredentialDraft &draft);
[[nodiscard]] Finding checkAlgorithm(const CredentialDraft &draft);
[[nodiscard]] Finding checkTokenEndpoint(const CredentialDraft &draft);
[[nodiscard]] Finding checkJwkSetUrl(const CredentialDraft &draft);
[[nodiscard]] Finding checkScopes(const CredentialDraft &draft);
[[nodiscard]] Finding checkTags(const CredentialDraft &draft);
[[nodiscard]] Finding checkNotes(const CredentialDraft &draft);
[[nodiscard]] Finding checkKeyExpiry(const CredentialDraft &draft);
[[nodiscard]] Finding checkAuthorities(const CredentialDraft &draft);
[[nodiscard]] Finding checkProxy(const CredentialDraft &draft);
[[nodiscard]] Finding checkExtraHeaders(const CredentialDraft &draft);

/// Builders of findings, so that rules read as rules.
[[nodiscard]] Finding errorFinding(const char *code, QString message, QString fix = {},
                                   std::optional<QString> replacement = {});
[[nodiscard]] Finding warningFinding(const char *code, QString message, QString fix = {},
                                     std::optional<QString> replacement = {});

} // namespace credenza
