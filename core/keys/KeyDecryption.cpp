// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyDecryption.h"

#include <algorithm>
#include <limits>
#include <openssl/crypto.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/proverr.h>
#include <openssl/provider.h>

namespace credenza
{

namespace
{

// OpenSSL's own default is 2048 and people choose up to some hundred thousand; ten million is several seconds.
constexpr std::int64_t maxIterations = 10'000'000;
// Without a passphrase there is little to gain: only keys under the empty one open.
constexpr std::int64_t maxIterationsWithoutPassphrase = 500'000;
// scrypt, as N·r·p: about two seconds; and the memory that libcrypto allows it.
constexpr std::int64_t maxScryptWork = std::int64_t{1} << 22;
constexpr std::int64_t maxScryptBytes = 32 * 1024 * 1024;

const unsigned char *unsignedData(std::span<const std::byte> bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

Cost costOfScrypt(const ASN1_STRING *parameters)
{
    const unsigned char *in = ASN1_STRING_get0_data(parameters);
    const OpenSslPointer<SCRYPT_PARAMS, SCRYPT_PARAMS_free> scrypt(
        d2i_SCRYPT_PARAMS(nullptr, &in, ASN1_STRING_length(parameters)));
    if (!scrypt)
        return Cost::Fine; // unreadable: decryption says so
    const std::int64_t n = valueOf(scrypt->costParameter);
    const std::int64_t r = valueOf(scrypt->blockSize);
    const std::int64_t p = valueOf(scrypt->parallelizationParameter);
    constexpr std::int64_t most = std::int64_t{1} << 20;
    const bool isHigh = n > most || r > most || p > most || 128 * n * r > maxScryptBytes || n * r > maxScryptWork / p;
    return p > 0 && isHigh ? Cost::TooHigh : Cost::Fine;
}

/// Hands PEM reading the passphrase; never lets libcrypto ask on the terminal.
int givePassphrase(char *buffer, int size, int /*forWriting*/, void *context)
{
    const auto *passphrase = static_cast<const SecretBytes *>(context);
    if (passphrase->size() > static_cast<std::size_t>(size))
        return -1;
    std::ranges::copy(passphrase->charView(), buffer);
    return static_cast<int>(passphrase->size());
}

/// Plaintext that came out of a decryption: wiped when it goes.
class Plaintext
{
public:
    Plaintext() = default;
    ~Plaintext() { OPENSSL_clear_free(m_data, static_cast<std::size_t>(std::max(m_size, 0L))); }
    Q_DISABLE_COPY_MOVE(Plaintext)
    unsigned char **data() { return &m_data; }
    long *size() { return &m_size; }
    [[nodiscard]] std::span<const std::byte> view() const
    {
        return {reinterpret_cast<const std::byte *>(m_data), static_cast<std::size_t>(std::max(m_size, 0L))};
    }

private:
    unsigned char *m_data = nullptr;
    long m_size = 0;
};

/// OpenSSL's old ciphers (DES, RC2, RC4), which it keeps apart: for this thread, as long as this object lives. Whatever
/// is made meanwhile must go before it does.
class OldCiphers
{
public:
    OldCiphers() : m_context(OSSL_LIB_CTX_new())
    {
        m_default = OSSL_PROVIDER_load(m_context, "default");
        m_legacy = OSSL_PROVIDER_load(m_context, "legacy");
        if (areLoaded())
            m_before = OSSL_LIB_CTX_set0_default(m_context);
    }
    ~OldCiphers()
    {
        if (m_before != nullptr)
            OSSL_LIB_CTX_set0_default(m_before);
        OSSL_PROVIDER_unload(m_legacy);
        OSSL_PROVIDER_unload(m_default);
        OSSL_LIB_CTX_free(m_context);
    }
    Q_DISABLE_COPY_MOVE(OldCiphers)
    [[nodiscard]] bool areLoaded() const { return m_default != nullptr && m_legacy != nullptr; }

private:
    OSSL_LIB_CTX *m_context;
    OSSL_PROVIDER *m_default = nullptr;
    OSSL_PROVIDER *m_legacy = nullptr;
    OSSL_LIB_CTX *m_before = nullptr;
};

Decryption failedDecryption()
{
    const QueuedErrors errors = takeErrors();
    if (errors.isUnsupported && !errors.isBadDecrypt)
        return {DecryptionOutcome::UnsupportedCipher, nullptr};
    return {errors.isWrongLength ? DecryptionOutcome::Damaged : DecryptionOutcome::WrongPassphrase, nullptr};
}

/// The key in what a decryption gave, whose padding was right: that happens by chance once in 256 wrong passphrases.
Decryption readPlaintext(std::span<const std::byte> plaintext)
{
    if (PkeyPointer key = readPrivateKeyDer(plaintext))
        return {DecryptionOutcome::Decrypted, std::move(key)};
    return {looksLikePrivateKeyDer(plaintext) ? DecryptionOutcome::Damaged : DecryptionOutcome::WrongPassphrase,
            nullptr};
}

const char *textOf(const SecretBytes &passphrase)
{
    return passphrase.isEmpty() ? "" : passphrase.charView().data();
}

Decryption openPkcs8(std::span<const std::byte> der, const SecretBytes &passphrase)
{
    const unsigned char *in = unsignedData(der);
    const OpenSslPointer<X509_SIG, X509_SIG_free> sealed(d2i_X509_SIG(nullptr, &in, static_cast<long>(der.size())));
    if (!sealed)
        return {DecryptionOutcome::Damaged, nullptr};
    const X509_ALGOR *algorithm = nullptr;
    const ASN1_OCTET_STRING *contents = nullptr;
    X509_SIG_get0(sealed.get(), &algorithm, &contents);
    if (const Cost cost = costOf(algorithm, !passphrase.isEmpty()); cost != Cost::Fine)
        return refusedFor(cost);
    Plaintext plaintext;
    int size = 0;
    if (PKCS12_pbe_crypt(algorithm, textOf(passphrase), static_cast<int>(passphrase.size()),
                         ASN1_STRING_get0_data(contents), ASN1_STRING_length(contents), plaintext.data(), &size,
                         0) == nullptr)
        return failedDecryption();
    *plaintext.size() = size;
    return readPlaintext(plaintext.view());
}

Decryption openLegacyPem(const SecretBytes &pem, const SecretBytes &passphrase)
{
    using Text = OpenSslPointer<char, [](char *text) { CRYPTO_free(text, OPENSSL_FILE, OPENSSL_LINE); }>;
    char *name = nullptr;
    char *header = nullptr;
    Plaintext contents;
    const bool isRead =
        PEM_read_bio(memoryBio(pem.charView()).get(), &name, &header, contents.data(), contents.size()) == 1;
    const Text ownedName(name);
    const Text ownedHeader(header);
    EVP_CIPHER_INFO cipher{};
    if (!isRead)
        return {DecryptionOutcome::Damaged, nullptr};
    if (PEM_get_EVP_CIPHER_INFO(header, &cipher) != 1)
        return {takeErrors().isUnsupported ? DecryptionOutcome::UnsupportedCipher : DecryptionOutcome::Damaged,
                nullptr};
    // PEM_do_header() passes the callback's context as void *, hence the cast of constness that it never uses.
    if (PEM_do_header(&cipher, *contents.data(), contents.size(), givePassphrase,
                      const_cast<SecretBytes *>(&passphrase)) != 1)
        return failedDecryption();
    return readPlaintext(contents.view());
}

} // namespace

QueuedErrors takeErrors()
{
    QueuedErrors found;
    while (const unsigned long error = ERR_get_error()) {
        const int library = ERR_GET_LIB(error);
        const int reason = ERR_GET_REASON(error);
        // Reasons count from 100 in each library anew.
        const auto is = [&](int ofLibrary, int code) { return library == ofLibrary && reason == code; };
        const bool isUnsupported =
            reason == ERR_R_UNSUPPORTED || is(ERR_LIB_EVP, EVP_R_UNSUPPORTED_ALGORITHM) ||
            is(ERR_LIB_EVP, EVP_R_UNSUPPORTED_CIPHER) || is(ERR_LIB_EVP, EVP_R_UNKNOWN_CIPHER) ||
            is(ERR_LIB_EVP, EVP_R_UNKNOWN_PBE_ALGORITHM) || is(ERR_LIB_EVP, EVP_R_UNSUPPORTED_PRF) ||
            is(ERR_LIB_EVP, EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION) || is(ERR_LIB_PEM, PEM_R_UNSUPPORTED_ENCRYPTION);
        const bool isBadDecrypt = is(ERR_LIB_EVP, EVP_R_BAD_DECRYPT) || is(ERR_LIB_PROV, PROV_R_BAD_DECRYPT) ||
                                  is(ERR_LIB_PKCS12, PKCS12_R_MAC_VERIFY_FAILURE);
        const bool isWrongLength =
            is(ERR_LIB_EVP, EVP_R_WRONG_FINAL_BLOCK_LENGTH) || is(ERR_LIB_PROV, PROV_R_WRONG_FINAL_BLOCK_LENGTH);
        found.isUnsupported = found.isUnsupported || isUnsupported;
        found.isBadDecrypt = found.isBadDecrypt || isBadDecrypt;
        found.isWrongLength = found.isWrongLength || isWrongLength;
    }
    return found;
}

std::int64_t valueOf(const ASN1_INTEGER *integer)
{
    std::int64_t value = 0;
    if (integer == nullptr)
        return 0;
    return ASN1_INTEGER_get_int64(&value, integer) == 1 && value >= 0 ? value
                                                                      : std::numeric_limits<std::int64_t>::max();
}

Cost costOfIterations(std::int64_t iterations, bool hasPassphrase)
{
    if (iterations > maxIterations)
        return Cost::TooHigh;
    return iterations > maxIterationsWithoutPassphrase && !hasPassphrase ? Cost::NotWithoutPassphrase : Cost::Fine;
}

Cost costOf(const X509_ALGOR *algorithm, bool hasPassphrase)
{
    const ASN1_OBJECT *object = nullptr;
    int parameterType = 0;
    const void *parameter = nullptr;
    X509_ALGOR_get0(&object, &parameterType, &parameter, algorithm);
    if (parameterType != V_ASN1_SEQUENCE)
        return Cost::Fine;
    const auto *sequence = static_cast<const ASN1_STRING *>(parameter);
    const unsigned char *in = ASN1_STRING_get0_data(sequence);
    const long size = ASN1_STRING_length(sequence);
    if (OBJ_obj2nid(object) != NID_pbes2) {
        const OpenSslPointer<PBEPARAM, PBEPARAM_free> pbes1(d2i_PBEPARAM(nullptr, &in, size));
        return pbes1 ? costOfIterations(valueOf(pbes1->iter), hasPassphrase) : Cost::Fine;
    }
    const OpenSslPointer<PBE2PARAM, PBE2PARAM_free> pbes2(d2i_PBE2PARAM(nullptr, &in, size));
    if (!pbes2 || pbes2->keyfunc->parameter == nullptr || pbes2->keyfunc->parameter->type != V_ASN1_SEQUENCE)
        return Cost::Fine;
    const ASN1_STRING *inner = pbes2->keyfunc->parameter->value.sequence;
    if (OBJ_obj2nid(pbes2->keyfunc->algorithm) == NID_id_scrypt)
        return costOfScrypt(inner);
    if (OBJ_obj2nid(pbes2->keyfunc->algorithm) != NID_id_pbkdf2)
        return Cost::Fine;
    in = ASN1_STRING_get0_data(inner);
    const OpenSslPointer<PBKDF2PARAM, PBKDF2PARAM_free> pbkdf2(
        d2i_PBKDF2PARAM(nullptr, &in, ASN1_STRING_length(inner)));
    return pbkdf2 ? costOfIterations(valueOf(pbkdf2->iter), hasPassphrase) : Cost::Fine;
}

Decryption withOldCiphersToo(const std::function<Decryption()> &decrypt)
{
    const ErrorQueueGuard guard;
    Decryption decryption = decrypt();
    if (decryption.outcome != DecryptionOutcome::UnsupportedCipher)
        return decryption;
    std::vector<std::pair<QString, SecretBytes>> kept;
    {
        const OldCiphers ciphers;
        if (!ciphers.areLoaded())
            return decryption;
        ERR_clear_error();
        Decryption again = decrypt();
        decryption.outcome = again.outcome;
        // The keys belong to those ciphers and go with them; only their bytes stay.
        if (again.key)
            again.several.push_back({{}, std::move(again.key)});
        for (const NamedKey &named : again.several) {
            if (auto der = pkcs8Of(named.key.get()))
                kept.emplace_back(named.name, std::move(*der));
        }
        again.several.clear();
    }
    if (decryption.outcome != DecryptionOutcome::Decrypted)
        return decryption;
    decryption.hasOldCipher = true;
    for (auto &[name, der] : kept) {
        if (PkeyPointer key = readPkcs8(der.view()))
            decryption.several.push_back({name, std::move(key)});
    }
    if (decryption.several.empty())
        decryption.outcome = DecryptionOutcome::Damaged;
    else if (decryption.several.size() == 1)
        decryption.key = std::move(std::exchange(decryption.several, {}).front().key);
    return decryption;
}

Decryption refusedFor(Cost cost)
{
    return {cost == Cost::TooHigh ? DecryptionOutcome::TooCostly : DecryptionOutcome::WrongPassphrase, nullptr};
}

Decryption decryptPkcs8(std::span<const std::byte> der, const SecretBytes &passphrase)
{
    return withOldCiphersToo([&] { return openPkcs8(der, passphrase); });
}

Decryption decryptLegacyPem(const SecretBytes &pem, const SecretBytes &passphrase)
{
    return withOldCiphersToo([&] { return openLegacyPem(pem, passphrase); });
}

} // namespace credenza
