// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretText.h"

#include <QJsonValue>
#include <QString>

namespace credenza
{

/// Writes JSON with secrets in it, indented by two blanks, members in the order they are given. Call it as the document
/// reads; balance is the caller's affair.
class JsonText
{
public:
    void beginObject(QStringView name = {}) { begin(name, '{'); }
    void endObject() { end('}'); }
    void beginArray(QStringView name = {}) { begin(name, '['); }
    void endArray() { end(']'); }

    /// Without a name: an element of an array.
    void member(QStringView name, const QString &value);
    void member(QStringView name, const QJsonValue &value);
    void secret(QStringView name, QByteArrayView utf8);
    /// JSON that is written already, on one line.
    void json(QStringView name, QByteArrayView text);

    /// The document with a line feed at its end.
    [[nodiscard]] SecretBytes take();

private:
    void begin(QStringView name, char bracket);
    void end(char bracket);
    void place(QStringView name);

    SecretText m_text;
    int m_depth = 0;
    bool m_isFirst = true;
};

/// `utf8` as a JSON string with its quotation marks (RFC 8259).
void appendJsonString(SecretText &text, QByteArrayView utf8);

} // namespace credenza
