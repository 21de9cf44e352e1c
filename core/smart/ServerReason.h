// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace credenza
{

/// What a server's `error_description` may blame.
enum class ServerReason {
    Replay,
    Algorithm,
    Grant,      ///< the client may not use client_credentials
    AuthMethod, ///< it wants a secret, a client certificate or DPoP instead of a signed assertion
    KeySetUnreadable,
    Signature,
    KeyUnknown,
    Audience,
    Times,
    Client,
    Scope
};

/// Reads the words of servers of all kinds (facts §3.3, §3.6), most telling first. Phrases that only repeat the error
/// code say nothing. To teach it another server, add the phrase to the table and the sentence to tst_serverreason.
[[nodiscard]] QList<ServerReason> readReasons(const QString &description);

} // namespace credenza
