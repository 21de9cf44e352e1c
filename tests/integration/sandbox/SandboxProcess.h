// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keys/PrivateKey.h"
#include "core/net/QtHttpTransport.h"
#include "tests/support/ProcessFixture.h"

#include <QJsonObject>
#include <QTemporaryDir>

namespace credenza::test
{

/// A running credenza-sandbox on a free port, and a client that talks to it.
class SandboxProcess
{
public:
    /// Starts it and waits for its announcement; its files go to a folder that ends with this object.
    explicit SandboxProcess(const QStringList &options = {});

    [[nodiscard]] bool isReady() const { return !m_announcement.isEmpty(); }
    [[nodiscard]] const QJsonObject &announcement() const { return m_announcement; }
    [[nodiscard]] QString value(const QString &member) const { return m_announcement.value(member).toString(); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] ProcessFixture &process() { return m_process; }
    /// The peak resident size so far, in KiB (VmHWM).
    [[nodiscard]] qint64 peakMemory();

    /// The client's private key.
    [[nodiscard]] Result<PrivateKey> key() const;
    /// The `kid` under which its first key is published.
    [[nodiscard]] QString publishedKid();

    [[nodiscard]] Result<HttpReply> send(const QByteArray &method, const QString &url, const HttpHeaders &headers = {},
                                         const QByteArray &body = {});
    /// GET of a URL, or of a path below the FHIR base, with the token.
    [[nodiscard]] Result<HttpReply> get(const QString &url, const QByteArray &token = {});
    /// A token request with this assertion.
    [[nodiscard]] Result<HttpReply> askForToken(const QByteArray &assertion, const QByteArray &scope = "system/*.rs");
    /// An access token for everything; empty if it was refused.
    [[nodiscard]] QByteArray token();

private:
    QTemporaryDir m_folder;
    ProcessFixture m_process;
    QJsonObject m_announcement;
    QtHttpTransport m_transport;
};

/// A client assertion, right unless `claims` changes something.
[[nodiscard]] QByteArray signAssertion(const PrivateKey &key, SignatureAlgorithm algorithm, const QString &kid,
                                       const QString &clientId, const QString &audience,
                                       const QJsonObject &claims = {});

[[nodiscard]] QJsonObject jsonOf(const Result<HttpReply> &reply);

} // namespace credenza::test
