// SPDX-License-Identifier: Apache-2.0
#include "core/handover/JsonText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace credenza
{

void appendJsonString(SecretText &text, QByteArrayView utf8)
{
    text.append('"');
    qsizetype plain = 0; // from here on nothing had to be escaped
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const char c = utf8[i];
        const auto code = static_cast<unsigned char>(c);
        if (code >= 0x20 && c != '"' && c != '\\')
            continue;
        text.append(utf8.sliced(plain, i - plain));
        plain = i + 1;
        if (c == '\n')
            text.append("\\n");
        else if (c == '"' || c == '\\')
            text.append(QByteArrayView(c == '"' ? "\\\"" : "\\\\"));
        else
            text.append("\\u00" + QByteArray::number(code + 0x100, 16).sliced(1));
    }
    text.append(utf8.sliced(plain));
    text.append('"');
}

void JsonText::place(QStringView name)
{
    if (!m_isFirst)
        m_text.append(',');
    if (m_depth > 0) {
        m_text.append('\n');
        m_text.append(QByteArray(2 * m_depth, ' '));
    }
    m_isFirst = false;
    if (!name.isNull()) {
        appendJsonString(m_text, name.toUtf8());
        m_text.append(": ");
    }
}

void JsonText::begin(QStringView name, char bracket)
{
    place(name);
    m_text.append(bracket);
    ++m_depth;
    m_isFirst = true;
}

void JsonText::end(char bracket)
{
    --m_depth;
    if (!m_isFirst) {
        m_text.append('\n');
        m_text.append(QByteArray(2 * m_depth, ' '));
    }
    m_text.append(bracket);
    m_isFirst = false;
}

void JsonText::member(QStringView name, const QString &value)
{
    place(name);
    appendJsonString(m_text, value.toUtf8());
}

void JsonText::member(QStringView name, const QJsonValue &value)
{
    if (value.isObject()) {
        beginObject(name);
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            member(it.key(), it.value());
        endObject();
    } else if (value.isArray()) {
        beginArray(name);
        for (const QJsonValue &element : value.toArray())
            member({}, element);
        endArray();
    } else if (value.isString()) {
        member(name, value.toString());
    } else {
        place(name);
        const QByteArray element = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        m_text.append(QByteArrayView(element).sliced(1, element.size() - 2));
    }
}

void JsonText::secret(QStringView name, QByteArrayView utf8)
{
    place(name);
    appendJsonString(m_text, utf8);
}

void JsonText::json(QStringView name, QByteArrayView text)
{
    place(name);
    m_text.append(text);
}

SecretBytes JsonText::take()
{
    m_text.append('\n');
    m_isFirst = true;
    return m_text.take();
}

} // namespace credenza
