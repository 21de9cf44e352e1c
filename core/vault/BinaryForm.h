// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QUuid>
#include <QtEndian>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <utility>

namespace credenza
{

/// Bytes as libsodium wants them.
[[nodiscard]] inline const unsigned char *sodiumBytes(std::span<const std::byte> bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

[[nodiscard]] inline unsigned char *sodiumBytes(std::span<std::byte> bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

[[nodiscard]] inline std::span<const std::byte> asBytes(QByteArrayView bytes)
{
    return std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size())));
}

/// The 16 bytes of an id as they are stored (RFC 9562, section 4), without an allocation.
[[nodiscard]] inline std::array<std::byte, 16> bytesOf(const QUuid &id)
{
    std::array<std::byte, 16> bytes{};
    qToBigEndian(id.data1, bytes.data());
    qToBigEndian(id.data2, bytes.data() + 4);
    qToBigEndian(id.data3, bytes.data() + 6);
    std::memcpy(bytes.data() + 8, id.data4, sizeof id.data4);
    return bytes;
}

/// Writes the binary structures of FORMAT.md: integers big endian, ids as 16 bytes, texts with a 32-bit length before.
class BinaryWriter
{
public:
    template <std::unsigned_integral T> BinaryWriter &integer(T value)
    {
        const T bigEndian = qToBigEndian(value);
        m_bytes.append(reinterpret_cast<const char *>(&bigEndian), sizeof bigEndian);
        return *this;
    }
    BinaryWriter &raw(QByteArrayView bytes)
    {
        m_bytes.append(bytes);
        return *this;
    }
    BinaryWriter &raw(std::span<const std::byte> bytes)
    {
        m_bytes.append(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
        return *this;
    }
    template <std::size_t N> BinaryWriter &raw(const std::array<std::byte, N> &bytes)
    {
        return raw(std::span<const std::byte>(bytes));
    }
    BinaryWriter &id(const QUuid &id) { return raw(bytesOf(id)); }
    BinaryWriter &sized(QByteArrayView bytes) { return integer(static_cast<quint32>(bytes.size())).raw(bytes); }
    void reserve(qsizetype size) { m_bytes.reserve(size); }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    /// The bytes, of which no copy stays here.
    [[nodiscard]] QByteArray take() { return std::exchange(m_bytes, {}); }

private:
    QByteArray m_bytes;
};

/// Reads the same structures. After the first read beyond the end every answer is zero or empty and isSound() is false.
class BinaryReader
{
public:
    explicit BinaryReader(std::span<const std::byte> bytes) : m_rest(bytes) {}

    template <std::unsigned_integral T> T integer()
    {
        const auto bytes = raw(sizeof(T));
        return bytes.empty() ? T{} : qFromBigEndian<T>(bytes.data());
    }
    std::span<const std::byte> raw(std::size_t size)
    {
        if (size > m_rest.size()) {
            m_sound = false;
            m_rest = {};
            return {};
        }
        const auto bytes = m_rest.first(size);
        m_rest = m_rest.subspan(size);
        return bytes;
    }
    QUuid id()
    {
        const auto bytes = raw(16);
        return bytes.empty() ? QUuid()
                             : QUuid::fromRfc4122(QByteArrayView(reinterpret_cast<const char *>(bytes.data()), 16));
    }
    QByteArrayView sized()
    {
        const auto bytes = raw(integer<quint32>());
        return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
    }
    [[nodiscard]] bool isSound() const { return m_sound; }
    /// Everything was there and nothing is left over.
    [[nodiscard]] bool isExhausted() const { return m_sound && m_rest.empty(); }

private:
    std::span<const std::byte> m_rest;
    bool m_sound = true;
};

} // namespace credenza
