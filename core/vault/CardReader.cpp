// SPDX-License-Identifier: Apache-2.0
#include "core/vault/CardReader.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace credenza
{

namespace
{

// RFC 8949, section 3: the initial byte has the major type in its upper three bits and additional information below.
constexpr quint8 openMap = 0xbf; ///< a map whose end is told by a break
constexpr quint8 breakByte = 0xff;
constexpr quint8 falseByte = 0xf4;
constexpr quint8 trueByte = 0xf5;
constexpr quint8 doubleByte = 0xfb;

} // namespace

CardReader::CardReader(std::span<const std::byte> card) : m_rest(card)
{
    if (peek() == openMap)
        m_rest = m_rest.subspan(1);
    else
        m_left = head(Major::Map);
}

quint64 CardReader::next()
{
    if (!m_isSound || (m_left ? *m_left == 0 : peek() == breakByte))
        return 0;
    const quint64 member = head(Major::Unsigned);
    if (!require(member > m_last))
        return 0;
    m_last = member;
    if (m_left)
        --*m_left;
    return member;
}

bool CardReader::finish()
{
    if (!m_left && require(peek() == breakByte))
        m_rest = m_rest.subspan(1);
    return require(m_left.value_or(0) == 0 && m_rest.empty());
}

quint64 CardReader::bigEndian(std::size_t size)
{
    if (!require(m_rest.size() >= size))
        return 0;
    quint64 value = 0;
    for (const std::byte byte : m_rest.first(size))
        value = (value << 8) | std::to_integer<quint64>(byte);
    m_rest = m_rest.subspan(size);
    return value;
}

quint64 CardReader::head(Major major)
{
    const quint8 first = peek();
    if (!require(first >> 5 == static_cast<quint8>(major)))
        return 0;
    m_rest = m_rest.subspan(1);
    const int information = first & 0x1f;
    if (information < 24)
        return static_cast<quint64>(information);
    if (!require(information <= 27))
        return 0;
    return bigEndian(std::size_t{1} << (information - 24));
}

QByteArrayView CardReader::counted(Major major)
{
    const quint64 size = head(major);
    if (!require(size <= m_rest.size()))
        return {};
    const auto bytes = m_rest.first(static_cast<std::size_t>(size));
    m_rest = m_rest.subspan(bytes.size());
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

QByteArrayView CardReader::textView()
{
    const QByteArrayView text = counted(Major::Text);
    return require(text.isValidUtf8()) ? text : QByteArrayView();
}

QByteArrayView CardReader::bytesView()
{
    return counted(Major::Bytes);
}

QStringList CardReader::texts()
{
    QStringList values;
    for (quint64 left = head(Major::Array); m_isSound && left > 0; --left)
        values.append(text());
    return values;
}

quint64 CardReader::skipTexts()
{
    const quint64 count = head(Major::Array);
    for (quint64 left = count; m_isSound && left > 0; --left)
        textView();
    return count;
}

qint64 CardReader::number()
{
    const bool isNegative = peek() >> 5 == static_cast<quint8>(Major::Negative);
    const quint64 value = head(isNegative ? Major::Negative : Major::Unsigned);
    if (!require(value <= quint64{std::numeric_limits<qint64>::max()}))
        return 0;
    return isNegative ? -1 - static_cast<qint64>(value) : static_cast<qint64>(value);
}

double CardReader::real()
{
    if (!require(peek() == doubleByte))
        return 0;
    m_rest = m_rest.subspan(1);
    return std::bit_cast<double>(bigEndian(sizeof(double)));
}

bool CardReader::flag()
{
    const quint8 first = peek();
    if (!require(first == falseByte || first == trueByte))
        return false;
    m_rest = m_rest.subspan(1);
    return first == trueByte;
}

} // namespace credenza
