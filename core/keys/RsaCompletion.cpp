// SPDX-License-Identifier: Apache-2.0
#include "core/keys/RsaCompletion.h"

#include <mbedtls/rsa.h>

namespace credenza
{

namespace
{

/// Mbed TLS's key, wiped when it goes.
class Completion
{
public:
    Completion() { mbedtls_rsa_init(&m_key, MBEDTLS_RSA_PKCS_V15, 0); }
    ~Completion() { mbedtls_rsa_free(&m_key); }
    Q_DISABLE_COPY_MOVE(Completion)
    mbedtls_rsa_context *get() { return &m_key; }

private:
    mbedtls_rsa_context m_key{};
};

unsigned char *unsignedData(SecretBytes &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.bytes().data());
}

const unsigned char *unsignedData(std::span<const std::byte> bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

bool write(const mbedtls_mpi &number, SecretBytes &into)
{
    into = SecretBytes(mbedtls_mpi_size(&number));
    return mbedtls_mpi_write_binary(&number, unsignedData(into), into.size()) == 0;
}

} // namespace

std::optional<RsaFactors> recoverRsaFactors(std::span<const std::byte> n, std::span<const std::byte> e,
                                            std::span<const std::byte> d)
{
    Completion completion;
    mbedtls_rsa_context *key = completion.get();
    if (mbedtls_rsa_import_raw(key, unsignedData(n), n.size(), nullptr, 0, nullptr, 0, unsignedData(d), d.size(),
                               unsignedData(e), e.size()) != 0 ||
        mbedtls_rsa_complete(key) != 0)
        return std::nullopt;
    RsaFactors factors;
    std::array<mbedtls_mpi, 5> numbers{};
    for (mbedtls_mpi &number : numbers)
        mbedtls_mpi_init(&number);
    const bool isWhole = mbedtls_rsa_export(key, nullptr, &numbers[0], &numbers[1], nullptr, nullptr) == 0 &&
                         mbedtls_rsa_export_crt(key, &numbers[2], &numbers[3], &numbers[4]) == 0 &&
                         write(numbers[0], factors.p) && write(numbers[1], factors.q) &&
                         write(numbers[2], factors.dp) && write(numbers[3], factors.dq) &&
                         write(numbers[4], factors.qi);
    for (mbedtls_mpi &number : numbers)
        mbedtls_mpi_free(&number);
    return isWhole ? std::optional(std::move(factors)) : std::nullopt;
}

} // namespace credenza
