// SPDX-License-Identifier: Apache-2.0
#include "core/keys/SealedKeyReader.h"

#include "core/keys/KeyLoading.h"
#include "core/keys/OpenSsl.h"

#include <openssl/decoder.h>

#include <utility>

namespace credenza
{

/// OpenSSL's decoders of one key type, for PKCS#8.
class SealedKeyReader::Decoder
{
public:
    explicit Decoder(const char *type)
        : m_context(OSSL_DECODER_CTX_new_for_pkey(&m_decoded, "DER", "PrivateKeyInfo", type, EVP_PKEY_KEYPAIR, nullptr,
                                                  nullptr))
    {
    }

    /// Null where it is no key of this type.
    [[nodiscard]] PkeyPointer decode(std::span<const std::byte> der)
    {
        const auto *in = reinterpret_cast<const unsigned char *>(der.data());
        std::size_t size = der.size();
        const bool isDecoded = m_context && OSSL_DECODER_from_data(m_context.get(), &in, &size) == 1;
        PkeyPointer key(std::exchange(m_decoded, nullptr));
        return isDecoded ? std::move(key) : nullptr;
    }

private:
    EVP_PKEY *m_decoded = nullptr; ///< where OpenSSL puts what it decoded
    OpenSslPointer<OSSL_DECODER_CTX, OSSL_DECODER_CTX_free> m_context;
};

SealedKeyReader::SealedKeyReader() = default;
SealedKeyReader::~SealedKeyReader() = default;
SealedKeyReader::SealedKeyReader(SealedKeyReader &&) noexcept = default;
SealedKeyReader &SealedKeyReader::operator=(SealedKeyReader &&) noexcept = default;

Result<PrivateKey> SealedKeyReader::read(const SecretBytes &der)
{
    const ErrorQueueGuard guard;
    const auto decoded = [&der](std::unique_ptr<Decoder> &decoder, const char *type) {
        if (!decoder)
            decoder = std::make_unique<Decoder>(type);
        return decoder->decode(der.view());
    };
    PkeyPointer key = decoded(m_rsa, "RSA");
    if (!key)
        key = decoded(m_ec, "EC");
    if (!key)
        return damagedKey();
    return KeyAccess::makePrivate(std::move(key));
}

} // namespace credenza
