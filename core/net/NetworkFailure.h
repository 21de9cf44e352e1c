// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QList>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslError>
#include <QUrl>

namespace credenza
{

/// What Qt knows about a request that got no usable answer.
struct NetworkFacts {
    QNetworkReply::NetworkError error = QNetworkReply::UnknownNetworkError;
    QString errorText; ///< Qt's own words
    QList<QSslError> tlsErrors;
    QList<QSslCertificate> chain; ///< as received, leaf first
    QUrl url;
    bool isProxied = false; ///< through a proxy that a person set
};

/// The Error for a person: a stable code of HttpTransport.h, what happened at which host, and what to do.
[[nodiscard]] Failure networkFailure(const NetworkFacts &facts);

/// The same for the failures that our own limits and rules make.
[[nodiscard]] Failure deadlinePassed(const QUrl &url, std::chrono::milliseconds limit);
[[nodiscard]] Failure silentTooLong(const QUrl &url, std::chrono::milliseconds limit);
[[nodiscard]] Failure responseTooLarge(const QUrl &url, qint64 limit);
[[nodiscard]] Failure damagedResponse(const QUrl &url);
[[nodiscard]] Failure wrongServerName(const QUrl &url, const QList<QSslCertificate> &chain);
[[nodiscard]] Failure insecureRedirect(const QUrl &from, const QUrl &to);
[[nodiscard]] Failure redirectLoop(const QUrl &url, int limit);
[[nodiscard]] Failure unusableProxy(const QUrl &proxy);

} // namespace credenza
