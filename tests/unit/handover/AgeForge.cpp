// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/handover/AgeForge.h"

#include "core/handover/age/AgePrimitives.h"

#include <array>

namespace credenza::test
{

namespace
{

constexpr qsizetype chunkSize = 64 * 1024;

QByteArray fileKey()
{
    return QByteArray::fromHex("000102030405060708090a0b0c0d0e0f");
}

std::span<const std::byte> bytesOf(const QByteArray &bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

SecretBytes secret(const QByteArray &bytes)
{
    return SecretBytes::copyOf(QByteArrayView(bytes));
}

QByteArray wrapped(const SecretBytes &wrapKey, const QByteArray &key)
{
    constexpr std::array<std::byte, 12> nonce{};
    return toCanonicalBase64(chachaSeal(wrapKey, nonce, bytesOf(key)));
}

} // namespace

const AgeIdentity &forgeIdentity()
{
    // Of the published test kit.
    static const AgeIdentity identity =
        *AgeIdentity::fromText("AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0");
    return identity;
}

QByteArray forgePassphrase()
{
    return "open sesame";
}

QByteArray ForgedStanza::text() const
{
    QByteArray lines = "-> " + arguments + '\n';
    qsizetype at = 0;
    for (; body.size() - at >= 64; at += 64)
        lines += body.sliced(at, 64) + '\n';
    return lines + body.sliced(at) + '\n';
}

ForgedStanza x25519StanzaAround(const QByteArray &key)
{
    const SecretBytes ephemeral = secret(QByteArray(32, 'e'));
    const QByteArray share = x25519Base(ephemeral);
    const QByteArray recipient = forgeIdentity().recipient().point();
    const SecretBytes shared = *x25519(ephemeral, recipient);
    const SecretBytes wrapKey = hkdfSha256(shared.view(), share + recipient, "age-encryption.org/v1/X25519");
    return {"X25519 " + toCanonicalBase64(share), wrapped(wrapKey, key)};
}

ForgedStanza x25519Stanza()
{
    return x25519StanzaAround(fileKey());
}

namespace
{

ForgedStanza scryptStanza(int workFactor, const QByteArray &key)
{
    const QByteArray salt(16, 's');
    const auto wrapKey = scryptKey(secret(forgePassphrase()), "age-encryption.org/v1/scrypt" + salt, workFactor);
    return {"scrypt " + toCanonicalBase64(salt) + ' ' + QByteArray::number(workFactor), wrapped(*wrapKey, key)};
}

} // namespace

ForgedStanza scryptStanza(int workFactor)
{
    return scryptStanza(workFactor, fileKey());
}

ForgedStanza scryptStanzaAround(const QByteArray &key)
{
    return scryptStanza(4, key);
}

QByteArray macOf(const QByteArray &stanzas)
{
    const QByteArray header = "age-encryption.org/v1\n" + stanzas + "---";
    return toCanonicalBase64(hmacSha256(hkdfSha256(secret(fileKey()).view(), {}, "header"), header));
}

QByteArray headerOf(const QByteArray &stanzas, const QByteArray &versionLine)
{
    const QByteArray header = versionLine + stanzas + "---";
    return header + ' ' + toCanonicalBase64(hmacSha256(hkdfSha256(secret(fileKey()).view(), {}, "header"), header)) +
           '\n';
}

QByteArray payloadNonce()
{
    return QByteArray(16, 'n');
}

QByteArray chunkOf(const QByteArray &plaintext, quint64 counter, char lastMark)
{
    std::array<std::byte, 12> nonce{};
    for (std::size_t i = 0; i < sizeof counter; ++i)
        nonce[10 - i] = static_cast<std::byte>(counter >> (8 * i) & 0xff);
    nonce[11] = static_cast<std::byte>(lastMark);
    return chachaSeal(hkdfSha256(secret(fileKey()).view(), payloadNonce(), "payload"), nonce, bytesOf(plaintext));
}

QByteArray payloadOf(const QByteArray &plaintext)
{
    QByteArray payload = payloadNonce();
    quint64 counter = 0;
    qsizetype at = 0;
    for (; plaintext.size() - at > chunkSize; at += chunkSize)
        payload += chunkOf(plaintext.sliced(at, chunkSize), counter++, 0);
    return payload + chunkOf(plaintext.sliced(at), counter, 1);
}

QByteArray goodFile(const QByteArray &plaintext)
{
    return headerOf(x25519Stanza().text()) + payloadOf(plaintext);
}

} // namespace credenza::test
