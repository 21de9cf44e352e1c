// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>
#include <QList>

#include <chrono>
#include <utility>
#include <variant>

namespace credenza::sandbox
{

/// One header field, the name as it was sent.
struct HeaderField {
    QByteArray name;
    QByteArray value;
};
using HeaderFields = QList<HeaderField>;

/// A request as it came off the wire: nothing in it is decoded, so that every stage sees what the client really sent.
struct Request {
    QByteArray method;
    QByteArray path;       ///< still percent-encoded
    QByteArray query;      ///< what follows "?", still encoded
    bool hasQuery = false; ///< also true for a bare "?"
    HeaderFields headers;
    QByteArray body;

    /// The first header of that name, ignoring case; empty if there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    /// How often that header was sent.
    [[nodiscard]] qsizetype headerCount(QByteArrayView name) const;
    /// The media type of the body in lower case, without parameters ("application/json").
    [[nodiscard]] QByteArray mediaType() const;
};

/// An answer. `Content-Length`, `Date` and `Connection` are the server's.
struct Response {
    int status = 200;
    HeaderFields headers;
    QByteArray body;
};

/// The request was taken and will never be answered; the connection stays until the client or the sandbox ends.
struct Withheld {
};

/// The connection ends without an answer.
struct Dropped {
};

/// An answer with status 200 whose body is so many spaces, one byte after each pause; without a pause as fast as they
/// go.
struct Stream {
    HeaderFields headers;
    qint64 bytes = 0;
    std::chrono::milliseconds pause{0};
};

/// What a handler decides.
using Reply = std::variant<Response, Withheld, Dropped, Stream>;

/// An answer that holds one JSON document in compact form.
[[nodiscard]] Response jsonResponse(int status, const QJsonObject &json, QByteArray mediaType = "application/json");

/// The page that IIS in front of an Epic server shows for a path it does not serve (facts F4, N5).
[[nodiscard]] Response pageNotFound();

} // namespace credenza::sandbox
