// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/http/HttpMessage.h"

#include <QJsonDocument>

#include <algorithm>

namespace credenza::sandbox
{

namespace
{

bool sameName(QByteArrayView one, QByteArrayView other)
{
    return one.compare(other, Qt::CaseInsensitive) == 0;
}

} // namespace

QByteArray Request::header(QByteArrayView name) const
{
    const auto found =
        std::ranges::find_if(headers, [name](const HeaderField &field) { return sameName(field.name, name); });
    return found == headers.end() ? QByteArray() : found->value;
}

qsizetype Request::headerCount(QByteArrayView name) const
{
    return std::ranges::count_if(headers, [name](const HeaderField &field) { return sameName(field.name, name); });
}

QByteArray Request::mediaType() const
{
    const QByteArray value = header("Content-Type");
    return value.split(';').first().trimmed().toLower();
}

Response jsonResponse(int status, const QJsonObject &json, QByteArray mediaType)
{
    return {.status = status,
            .headers = {{"Content-Type", mediaType + "; charset=utf-8"}},
            .body = QJsonDocument(json).toJson(QJsonDocument::Compact)};
}

Response pageNotFound()
{
    return {.status = 404,
            .headers = {{"Content-Type", "text/html"}},
            .body = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" "
                    "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\r\n"
                    "<html xmlns=\"http://www.w3.org/1999/xhtml\">\r\n<head>\r\n"
                    "<title>404 - File or directory not found.</title>\r\n</head>\r\n<body>\r\n"
                    "<h1>Server Error</h1>\r\n<h2>404 - File or directory not found.</h2>\r\n"
                    "<h3>The resource you are looking for might have been removed, had its name changed, "
                    "or is temporarily unavailable.</h3>\r\n</body>\r\n</html>\r\n"};
}

} // namespace credenza::sandbox
