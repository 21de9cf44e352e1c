// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/HttpTransport.h"

#include <QJsonObject>

#include <optional>

namespace credenza
{

/// What a redacted value reads (cli.md).
[[nodiscard]] QString redactedMark();

/// A request as it may be shown, stored or copied: no private key, assertion signature or access token in it.
struct RedactedRequest {
    QString method;
    QString url;
    QList<std::pair<QString, QString>> headers;
    QString body;
};

/// An answer as it may be shown. `body` is cut at 64 KiB.
struct RedactedResponse {
    int status = 0;
    QString reason;
    QList<std::pair<QString, QString>> headers;
    QString body;
};

/// Authorization and cookie values, `client_assertion` signatures, `access_token`, `refresh_token`, `id_token`,
/// `client_secret`, PEM private keys and anything that looks like a signed JWT are replaced by redactedMark().
[[nodiscard]] RedactedRequest redacted(const HttpRequest &request);
[[nodiscard]] RedactedResponse redacted(const HttpReply &reply);
/// The same for a piece of text, by its shape alone.
[[nodiscard]] QString redactedText(const QString &text);

/// `text` without this very value, plain, percent-encoded or JSON-escaped: for an opaque token that a server echoes
/// where nothing tells it from other text. Values under six bytes are left alone.
[[nodiscard]] QString withoutValue(QString text, QByteArrayView secret);
void removeValue(RedactedRequest &request, QByteArrayView secret);
void removeValue(RedactedResponse &response, QByteArrayView secret);

[[nodiscard]] QJsonObject toJson(const RedactedRequest &request);
[[nodiscard]] QJsonObject toJson(const RedactedResponse &response);
[[nodiscard]] std::optional<RedactedRequest> redactedRequestFromJson(const QJsonObject &json);
[[nodiscard]] std::optional<RedactedResponse> redactedResponseFromJson(const QJsonObject &json);

} // namespace credenza
