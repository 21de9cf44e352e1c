// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgePayload.h"

#include "core/handover/age/AgeErrors.h"
#include "core/handover/age/AgePrimitives.h"

#include <QCoreApplication>

namespace credenza
{

namespace
{

struct PayloadText {
    Q_DECLARE_TR_FUNCTIONS(PayloadText)
};

constexpr std::size_t chunkSize = 64 * 1024;
constexpr std::size_t tagSize = 16;
constexpr std::size_t nonceSize = 16;

/// Counter (11 bytes, big endian) and whether this is the last chunk. 2^64 chunks are more than there are.
std::array<std::byte, 12> chunkNonce(quint64 counter, bool isLast)
{
    std::array<std::byte, 12> nonce{};
    for (std::size_t i = 0; i < sizeof counter; ++i)
        nonce[10 - i] = static_cast<std::byte>(counter >> (8 * i) & 0xff);
    nonce[11] = isLast ? std::byte{1} : std::byte{0};
    return nonce;
}

SecretBytes payloadKey(const SecretBytes &fileKey, QByteArrayView nonce)
{
    return hkdfSha256(fileKey.view(), nonce, "payload");
}

} // namespace

Result<void> openPayload(const SecretBytes &fileKey, BufferedSource &source, const ByteSink &sink, std::stop_token stop)
{
    QByteArray nonce(qsizetype{nonceSize}, '\0');
    if (TRY(source.read(std::as_writable_bytes(std::span(nonce.data(), nonceSize)))) < nonceSize)
        return ageInvalidHeader(PayloadText::tr("it is cut off behind its head."));
    const SecretBytes key = payloadKey(fileKey, nonce);
    QByteArray sealed(qsizetype{chunkSize + tagSize}, '\0');
    SecretBytes plain(chunkSize);
    for (quint64 counter = 0;; ++counter) {
        if (stop.stop_requested())
            return cancelled();
        const std::size_t size =
            TRY(source.read(std::as_writable_bytes(std::span(sealed.data(), chunkSize + tagSize))));
        if (size == 0)
            return ageInvalidPayload(PayloadText::tr("its end is missing."));
        if (size < tagSize)
            return ageInvalidPayload(PayloadText::tr("it is cut off."));
        const auto chunk = std::as_bytes(std::span(sealed.constData(), size));
        const auto target = plain.bytes().first(size - tagSize);
        // A short chunk can only be the last one. A full one is known as the last only by its mark.
        bool isLast = size < chunkSize + tagSize;
        bool isAuthentic = !isLast && chachaOpen(key, chunkNonce(counter, false), chunk, target);
        if (!isAuthentic) {
            isLast = true;
            isAuthentic = chachaOpen(key, chunkNonce(counter, true), chunk, target);
        }
        if (!isAuthentic)
            return ageInvalidPayload(PayloadText::tr("a part of it was changed or cut off."));
        if (target.empty() && counter > 0)
            return ageInvalidPayload(PayloadText::tr("it ends with an empty part."));
        TRY(sink(target));
        if (!isLast)
            continue;
        if (!TRY(source.peek(1)).isEmpty())
            return ageInvalidPayload(PayloadText::tr("something follows its end."));
        return {};
    }
}

Result<void> sealPayload(const SecretBytes &fileKey, std::span<const std::byte> plaintext, RandomSource &random,
                         const ByteSink &sink, std::stop_token stop)
{
    QByteArray nonce(qsizetype{nonceSize}, '\0');
    random.fill(std::as_writable_bytes(std::span(nonce.data(), nonceSize)));
    TRY(sink(std::as_bytes(std::span(nonce.constData(), nonceSize))));
    const SecretBytes key = payloadKey(fileKey, nonce);
    for (quint64 counter = 0;; ++counter) {
        if (stop.stop_requested())
            return cancelled();
        const bool isLast = plaintext.size() <= chunkSize;
        const auto chunk = plaintext.first(std::min(plaintext.size(), chunkSize));
        const QByteArray sealed = chachaSeal(key, chunkNonce(counter, isLast), chunk);
        TRY(sink(std::as_bytes(std::span(sealed.constData(), static_cast<std::size_t>(sealed.size())))));
        if (isLast)
            return {};
        plaintext = plaintext.subspan(chunkSize);
    }
}

} // namespace credenza
