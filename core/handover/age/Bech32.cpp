// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/Bech32.h"

#include <algorithm>
#include <array>

namespace credenza
{

namespace
{

constexpr QByteArrayView alphabet("qpzry9x8gf2tvdw0s3jn54khce6mua7l");
constexpr qsizetype checksumSize = 6;
constexpr std::array<quint32, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

/// The BCH code of BIP 173, fed with one symbol of five bits after the other.
class Checksum
{
public:
    explicit Checksum(QByteArrayView prefix)
    {
        for (const char c : prefix)
            put(static_cast<quint8>(c) >> 5);
        put(0);
        for (const char c : prefix)
            put(static_cast<quint8>(c) & 31);
    }
    void put(quint32 symbol)
    {
        const quint32 top = m_state >> 25;
        m_state = (m_state & 0x1ffffff) << 5 ^ symbol;
        for (std::size_t bit = 0; bit < generator.size(); ++bit)
            if ((top >> bit & 1) != 0)
                m_state ^= generator[bit];
    }
    [[nodiscard]] quint32 state() const { return m_state; }

private:
    quint32 m_state = 1;
};

bool isOneCase(QByteArrayView text)
{
    const bool hasLower = std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
    const bool hasUpper = std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    const bool isPrintable = std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
    return isPrintable && !(hasLower && hasUpper);
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

std::optional<Bech32> fromBech32(QByteArrayView text)
{
    const qsizetype separator = text.lastIndexOf('1');
    if (separator < 1 || text.size() - separator - 1 < checksumSize || !isOneCase(text))
        return std::nullopt;
    Bech32 result{text.first(separator).toByteArray().toLower(), {}};
    const QByteArrayView symbols = text.sliced(separator + 1);
    const qsizetype dataSymbols = symbols.size() - checksumSize;
    result.data = SecretBytes(static_cast<std::size_t>(dataSymbols * 5 / 8));
    Checksum checksum(result.prefix);
    quint32 held = 0; // bits that do not fill a byte yet
    int heldBits = 0;
    std::size_t used = 0;
    for (qsizetype i = 0; i < symbols.size(); ++i) {
        const qsizetype symbol = alphabet.indexOf(lower(symbols[i]));
        if (symbol < 0)
            return std::nullopt;
        checksum.put(static_cast<quint32>(symbol));
        if (i >= dataSymbols)
            continue;
        held = (held << 5 | static_cast<quint32>(symbol)) & 0xfff;
        heldBits += 5;
        if (heldBits >= 8) {
            heldBits -= 8;
            result.data.bytes()[used++] = static_cast<std::byte>(held >> heldBits & 0xff);
        }
    }
    const bool isPaddingZero = heldBits < 5 && (held & ((1U << heldBits) - 1)) == 0;
    if (checksum.state() != 1 || !isPaddingZero)
        return std::nullopt;
    return result;
}

SecretBytes toBech32(QByteArrayView prefix, std::span<const std::byte> data)
{
    const std::size_t symbols = (data.size() * 8 + 4) / 5;
    SecretBytes text(static_cast<std::size_t>(prefix.size()) + 1 + symbols + std::size_t(checksumSize));
    auto out = std::ranges::copy(std::as_bytes(std::span(prefix.data(), static_cast<std::size_t>(prefix.size()))),
                                 text.bytes().begin())
                   .out;
    *out++ = std::byte{'1'};
    Checksum checksum(prefix);
    const auto put = [&](quint32 symbol) {
        checksum.put(symbol);
        *out++ = static_cast<std::byte>(alphabet[static_cast<qsizetype>(symbol)]);
    };
    quint32 held = 0;
    int heldBits = 0;
    for (const std::byte byte : data) {
        held = (held << 8 | static_cast<quint32>(byte)) & 0xfff;
        heldBits += 8;
        for (; heldBits >= 5; heldBits -= 5)
            put(held >> (heldBits - 5) & 31);
    }
    if (heldBits > 0)
        put(held << (5 - heldBits) & 31);
    for (qsizetype i = 0; i < checksumSize; ++i)
        checksum.put(0);
    const quint32 sum = checksum.state() ^ 1;
    for (qsizetype i = 0; i < checksumSize; ++i)
        *out++ = static_cast<std::byte>(alphabet[static_cast<qsizetype>(sum >> (5 * (checksumSize - 1 - i)) & 31)]);
    return text;
}

} // namespace credenza
