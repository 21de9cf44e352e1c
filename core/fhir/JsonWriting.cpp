// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/JsonDocument.h"

#include <QCoreApplication>

namespace credenza
{

namespace
{

void appendString(QByteArray &out, const QString &text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text.toUtf8()) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (byte < 0x20) {
                out += "\\u00";
                out += hex[byte >> 4];
                out += hex[byte & 0xf];
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

void appendText(QByteArray &out, const QString &text, qsizetype longest)
{
    if (longest < 0 || text.size() <= longest)
        appendString(out, text);
    else
        appendString(out, QCoreApplication::translate("JsonText", "%1… (%2 characters in all)")
                              .arg(text.first(longest))
                              .arg(text.size()));
}

/// `indent` below 0: everything on one line. `longestString` below 0: whatever its length.
void append(QByteArray &out, JsonValue value, int indent, qsizetype longestString = -1)
{
    const auto newLine = [&out](int level) {
        if (level >= 0) {
            out += '\n';
            out.append(level * 2, ' ');
        }
    };
    switch (value.kind()) {
    case JsonKind::Absent:
    case JsonKind::Null:
        out += "null";
        return;
    case JsonKind::Boolean:
    case JsonKind::Number:
        out += value.text().toLatin1();
        return;
    case JsonKind::String:
        appendText(out, value.text(), longestString);
        return;
    case JsonKind::Array:
    case JsonKind::Object:
        break;
    }
    const bool isObject = value.isObject();
    out += isObject ? '{' : '[';
    bool isFirst = true;
    const int inner = indent < 0 ? indent : indent + 1;
    for (const JsonValue child : value) {
        if (!isFirst)
            out += ',';
        isFirst = false;
        newLine(inner);
        if (isObject) {
            appendText(out, child.name(), longestString);
            out += indent < 0 ? ":" : ": ";
        }
        append(out, child, inner, longestString);
    }
    if (!isFirst)
        newLine(indent);
    out += isObject ? '}' : ']';
}

} // namespace

QByteArray toShownJson(JsonValue value, qsizetype longestString)
{
    QByteArray out;
    append(out, value, 0, longestString);
    return out;
}

QByteArray toJsonString(const QString &text)
{
    QByteArray out;
    appendString(out, text);
    return out;
}

QByteArray toCompactJson(JsonValue value)
{
    QByteArray out;
    append(out, value, -1);
    return out;
}

QByteArray toIndentedJson(JsonValue value)
{
    QByteArray out;
    append(out, value, 0);
    return out;
}

} // namespace credenza
