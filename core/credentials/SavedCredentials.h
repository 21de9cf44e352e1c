// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Validation.h"

#include <QList>
#include <QUuid>

namespace credenza
{

/// Adds to `validation` what only the other credentials of the vault can tell: the name is taken (an error), or the
/// client ID is in use for another environment or another server (a warning that names the credential; facts T2b).
/// `self`: the credential that is being edited; null for a new one. Names compare without case, as the vault does.
void compareWithSaved(Validation &validation, const CredentialDraft &draft, const QList<Credential> &saved,
                      const QUuid &self = {});

} // namespace credenza
