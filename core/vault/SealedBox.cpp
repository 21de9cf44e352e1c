// SPDX-License-Identifier: Apache-2.0
#include "core/vault/SealedBox.h"

#include "core/vault/BinaryForm.h"

#include <algorithm>
#include <sodium.h>

namespace credenza
{

namespace
{

constexpr qsizetype nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t paddingBlock = 256;
static_assert(nonceSize == 24 && tagSize == std::tuple_size_v<SealTag>);

} // namespace

QByteArray sealBox(const SecretBytes &key, QByteArrayView associatedData, std::span<const std::byte> plaintext,
                   RandomSource &random)
{
    Q_ASSERT(key.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    QByteArray sealed(nonceSize + static_cast<qsizetype>(plaintext.size()) + tagSize, Qt::Uninitialized);
    const auto out = std::as_writable_bytes(std::span(sealed.data(), static_cast<std::size_t>(sealed.size())));
    const auto nonce = out.first(nonceSize);
    random.fill(nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sodiumBytes(out.subspan(nonceSize)), nullptr, sodiumBytes(plaintext),
                                               plaintext.size(), sodiumBytes(asBytes(associatedData)),
                                               static_cast<unsigned long long>(associatedData.size()), nullptr,
                                               sodiumBytes(nonce), sodiumBytes(key.view()));
    return sealed;
}

std::optional<std::span<const std::byte>> openBox(const SecretBytes &key, QByteArrayView associatedData,
                                                  QByteArrayView sealed, SecretBytes &buffer)
{
    Q_ASSERT(key.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    if (sealed.size() < nonceSize + tagSize)
        return std::nullopt;
    const auto size = static_cast<std::size_t>(sealed.size() - nonceSize - tagSize);
    if (buffer.size() < size || buffer.isEmpty())
        buffer = SecretBytes(std::max<std::size_t>(size, 4096));
    const auto in = asBytes(sealed);
    const int outcome = crypto_aead_xchacha20poly1305_ietf_decrypt(
        sodiumBytes(buffer.bytes()), nullptr, nullptr, sodiumBytes(in.subspan(nonceSize)),
        static_cast<unsigned long long>(sealed.size() - nonceSize), sodiumBytes(asBytes(associatedData)),
        static_cast<unsigned long long>(associatedData.size()), sodiumBytes(in.first(nonceSize)),
        sodiumBytes(key.view()));
    if (outcome != 0)
        return std::nullopt;
    return buffer.view().first(size);
}

QByteArray sealPadded(const SecretBytes &key, QByteArrayView associatedData, std::span<const std::byte> plaintext,
                      RandomSource &random)
{
    SecretBytes padded((plaintext.size() / paddingBlock + 1) * paddingBlock);
    std::ranges::copy(plaintext, padded.bytes().begin());
    padded.bytes()[plaintext.size()] = std::byte{0x80}; // the rest is zero already
    return sealBox(key, associatedData, padded.view(), random);
}

std::optional<std::span<const std::byte>> openPadded(const SecretBytes &key, QByteArrayView associatedData,
                                                     QByteArrayView sealed, SecretBytes &buffer)
{
    const auto padded = openBox(key, associatedData, sealed, buffer);
    if (!padded)
        return std::nullopt;
    // Authentic by now: how long this takes tells nobody anything. sodium_unpad(), whose time is always that of a whole
    // block, takes longer than the opening of a card.
    const auto end =
        std::find_if(padded->rbegin(), padded->rend(), [](std::byte byte) { return byte != std::byte{0}; });
    const auto zeros = static_cast<std::size_t>(end - padded->rbegin());
    if (end == padded->rend() || *end != std::byte{0x80} || zeros >= paddingBlock)
        return std::nullopt;
    return padded->first(padded->size() - zeros - 1);
}

SealTag tagOf(QByteArrayView sealed)
{
    SealTag tag{};
    if (sealed.size() >= nonceSize + tagSize)
        std::ranges::copy(asBytes(sealed.last(tagSize)), tag.begin());
    return tag;
}

QByteArray checksumOf(QByteArrayView bytes)
{
    QByteArray sum(32, Qt::Uninitialized);
    crypto_generichash(reinterpret_cast<unsigned char *>(sum.data()), static_cast<std::size_t>(sum.size()),
                       sodiumBytes(asBytes(bytes)), static_cast<unsigned long long>(bytes.size()), nullptr, 0);
    return sum;
}

} // namespace credenza
