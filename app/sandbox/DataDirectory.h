// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/keys/PublicKey.h"

#include "app/sandbox/http/HttpServer.h"

#include <QTemporaryDir>

#include <memory>

namespace credenza::sandbox
{

/// The client key that the sandbox registers for its user.
struct ClientKey {
    QString file; ///< absolute path of the private key
    PublicKey publicKey;
};

/// The folder with the files that the sandbox makes for its user: the client's private key, the authority's
/// certificate.
class DataDirectory
{
public:
    /// `path`, made with mode 0700 if it is absent; empty: a private temporary folder, removed with this object.
    /// Errors: sandbox.data-dir.
    [[nodiscard]] static Result<DataDirectory> open(const QString &path);

    /// The key in `givenFile`; else the one in client-key.pem, where a fresh RSA 2048 key is written first if there is
    /// none. Errors: sandbox.client-key, and those of reading, generating and writing.
    [[nodiscard]] Result<ClientKey> clientKey(const QString &givenFile) const;

    /// A fresh authority, whose certificate goes to ca.pem (`caFile` is set), and what the server shows.
    [[nodiscard]] Result<TlsMaterial> makeTls(const Clock &clock, RandomSource &random, QString &caFile) const;

private:
    DataDirectory() = default;

    QString m_path;
    std::unique_ptr<QTemporaryDir> m_temporary;
};

} // namespace credenza::sandbox
