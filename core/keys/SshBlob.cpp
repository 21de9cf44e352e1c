// SPDX-License-Identifier: Apache-2.0
#include "core/keys/SshBlob.h"

#include "core/keys/JwkReading.h"
#include "core/keys/PemBlocks.h"

namespace credenza
{

namespace
{

/// Takes length-prefixed fields off a blob; empty once something does not fit.
class BlobReader
{
public:
    explicit BlobReader(std::span<const std::byte> blob) : m_rest(blob) {}

    [[nodiscard]] std::optional<std::uint32_t> number()
    {
        if (m_rest.size() < 4)
            return std::nullopt;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value = (value << 8) | std::to_integer<std::uint32_t>(m_rest[i]);
        m_rest = m_rest.subspan(4);
        return value;
    }
    [[nodiscard]] std::optional<QByteArray> field()
    {
        const auto size = number();
        if (!size || *size > m_rest.size())
            return std::nullopt;
        const QByteArray bytes(reinterpret_cast<const char *>(m_rest.data()), static_cast<qsizetype>(*size));
        m_rest = m_rest.subspan(*size);
        return bytes;
    }

private:
    std::span<const std::byte> m_rest;
};

QByteArray withoutLeadingZeros(QByteArray number)
{
    while (number.startsWith('\0'))
        number.remove(0, 1);
    return number;
}

QJsonValue base64UrlValue(const QByteArray &bytes)
{
    return QString::fromLatin1(base64Url(bytes));
}

PkeyPointer keyOf(const QJsonObject &jwk)
{
    auto key = publicKeyFromJwk(jwk);
    return key ? std::move(*key) : nullptr;
}

SshPublicKey rsaKey(BlobReader &reader)
{
    const auto e = reader.field();
    const auto n = reader.field();
    SshPublicKey key{QStringLiteral("RSA"), 0, nullptr};
    if (!e || !n)
        return key;
    key.pkey = keyOf({{QStringLiteral("kty"), QStringLiteral("RSA")},
                      {QStringLiteral("n"), base64UrlValue(withoutLeadingZeros(*n))},
                      {QStringLiteral("e"), base64UrlValue(withoutLeadingZeros(*e))}});
    if (key.pkey)
        key.bits = EVP_PKEY_get_bits(key.pkey.get());
    return key;
}

SshPublicKey ecKey(BlobReader &reader)
{
    SshPublicKey key{QStringLiteral("EC"), 0, nullptr};
    const auto curve = reader.field();
    const auto point = reader.field();
    if (!curve || !point || !curve->startsWith("nistp"))
        return key;
    key.bits = curve->mid(5).toInt();
    const qsizetype size = (point->size() - 1) / 2;
    if (point->startsWith('\x04'))
        key.pkey = keyOf({{QStringLiteral("kty"), QStringLiteral("EC")},
                          {QStringLiteral("crv"), QStringLiteral("P-%1").arg(key.bits)},
                          {QStringLiteral("x"), base64UrlValue(point->mid(1, size))},
                          {QStringLiteral("y"), base64UrlValue(point->mid(1 + size))}});
    return key;
}

/// The value of a "Name: value" line.
std::optional<QByteArrayView> headerValue(QByteArrayView text, QByteArrayView name, qsizetype *after = nullptr)
{
    const qsizetype at = text.indexOf(name);
    if (at < 0)
        return std::nullopt;
    qsizetype end = text.indexOf('\n', at);
    end = end < 0 ? text.size() : end;
    if (after != nullptr)
        *after = end;
    return text.sliced(at + name.size(), end - at - name.size()).trimmed();
}

} // namespace

std::optional<SshPublicKey> readSshPublicKey(std::span<const std::byte> blob)
{
    BlobReader reader(blob);
    const auto algorithm = reader.field();
    if (!algorithm || algorithm->size() > 64 ||
        (!algorithm->startsWith("ssh-") && !algorithm->startsWith("ecdsa-") && !algorithm->startsWith("sk-") &&
         !algorithm->startsWith("rsa-")))
        return std::nullopt;
    if (*algorithm == "ssh-rsa")
        return rsaKey(reader);
    if (algorithm->startsWith("ecdsa-sha2-nistp") && !algorithm->contains("-cert-"))
        return ecKey(reader);
    const auto named = [&](const char *type, int bits) {
        return SshPublicKey{QString::fromLatin1(type), bits, nullptr};
    };
    if (algorithm->contains("ed25519"))
        return named("Ed25519", 256);
    if (*algorithm == "ssh-dss") {
        const auto prime = reader.field();
        const qsizetype bytes = prime ? withoutLeadingZeros(*prime).size() : 0;
        return named("DSA", static_cast<int>(std::min<qsizetype>(bytes, 2048) * 8));
    }
    if (algorithm->startsWith("ssh-dss"))
        return named("DSA", 0);
    if (algorithm->startsWith("ssh-rsa"))
        return named("RSA", 0);
    return named(algorithm->contains("ecdsa") ? "EC" : "", 0);
}

std::optional<OpenSshEnvelope> readOpenSshEnvelope(std::span<const std::byte> contents)
{
    constexpr QByteArrayView magic("openssh-key-v1\0", 15);
    const QByteArrayView bytes(reinterpret_cast<const char *>(contents.data()),
                               static_cast<qsizetype>(contents.size()));
    if (!bytes.startsWith(magic))
        return std::nullopt;
    BlobReader reader(contents.subspan(static_cast<std::size_t>(magic.size())));
    const auto cipher = reader.field();
    const auto derivation = reader.field();
    const auto derivationOptions = reader.field();
    const auto count = reader.number();
    const auto blob = reader.field();
    if (!cipher || !derivation || !derivationOptions || !count || !blob)
        return std::nullopt;
    return OpenSshEnvelope{*cipher != "none", readSshPublicKey(std::as_bytes(std::span(blob->data(), blob->size())))};
}

std::optional<PuttyFile> readPuttyFile(QByteArrayView text)
{
    constexpr QByteArrayView start("PuTTY-User-Key-File-");
    if (!text.startsWith(start) || text.size() < start.size() + 1)
        return std::nullopt;
    PuttyFile file;
    const char version = text[start.size()];
    file.version = version >= '1' && version <= '9' ? version - '0' : 0;
    const auto encryption = headerValue(text, "Encryption:");
    file.isEncrypted = encryption && !encryption->isEmpty() && *encryption != QByteArrayView("none");
    qsizetype body = 0;
    const auto lines = headerValue(text, "Public-Lines:", &body);
    if (!lines)
        return file;
    const int count = std::clamp(lines->toInt(), 0, 1000);
    qsizetype end = std::min(body + 1, text.size());
    const qsizetype first = end;
    for (int i = 0; i < count && end < text.size(); ++i) {
        const qsizetype lineEnd = text.indexOf('\n', end);
        end = lineEnd < 0 ? text.size() : lineEnd + 1;
    }
    if (const auto blob = decodedBase64(text.sliced(first, end - first)))
        file.publicKey = readSshPublicKey(blob->view());
    return file;
}

} // namespace credenza
