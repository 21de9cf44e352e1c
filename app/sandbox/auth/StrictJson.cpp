// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/StrictJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <vector>

namespace credenza::sandbox
{

namespace
{

/// Walks text that QJsonDocument has found to be valid, so it looks only for what that parser does not tell.
class MemberScan
{
public:
    explicit MemberScan(QByteArrayView text) : m_text(text) {}

    /// False if an object has a member twice.
    bool run(QHash<QString, QByteArray> &numbers)
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '{' || c == '[') {
                m_open.push_back({c == '{', true, {}, {}});
                ++m_at;
            } else if (c == '}' || c == ']') {
                m_open.pop_back();
                ++m_at;
            } else if (c == '"') {
                if (!takeString())
                    return false;
            } else if (c == ',') {
                m_open.back().expectsName = true;
                ++m_at;
            } else if (c == ':') {
                m_open.back().expectsName = false;
                ++m_at;
            } else if (c == '-' || (c >= '0' && c <= '9')) {
                takeNumber(numbers);
            } else {
                ++m_at;
            }
        }
        return true;
    }

private:
    struct Level {
        bool isObject;
        bool expectsName;
        QSet<QString> names;
        QString current;
    };

    bool takeString()
    {
        const qsizetype start = m_at++;
        while (m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        ++m_at;
        Level &level = m_open.back();
        if (!level.isObject || !level.expectsName)
            return true;
        // Names are compared as they read, not as they are spelt: "a" and "\u0061" are one member.
        const QByteArray wrapped = '[' + m_text.sliced(start, m_at - start).toByteArray() + ']';
        level.current = QJsonDocument::fromJson(wrapped).array().at(0).toString();
        if (level.names.contains(level.current))
            return false;
        level.names.insert(level.current);
        return true;
    }

    void takeNumber(QHash<QString, QByteArray> &numbers)
    {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && QByteArrayView("+-.eE0123456789").contains(m_text[m_at]))
            ++m_at;
        if (m_open.size() == 1)
            numbers.insert(m_open.back().current, m_text.sliced(start, m_at - start).toByteArray());
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    std::vector<Level> m_open;
};

} // namespace

std::optional<qint64> StrictObject::integer(const QString &name) const
{
    bool isInteger = false;
    const qint64 value = numbers.value(name).toLongLong(&isInteger);
    return isInteger ? std::optional(value) : std::nullopt;
}

std::optional<StrictObject> parseStrictObject(QByteArrayView text)
{
    QJsonParseError error;
    const QByteArray bytes = text.toByteArray();
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject())
        return std::nullopt;
    StrictObject object{.members = document.object(), .numbers = {}};
    if (!MemberScan(bytes).run(object.numbers))
        return std::nullopt;
    return object;
}

} // namespace credenza::sandbox
