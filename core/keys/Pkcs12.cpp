// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyDecryption.h"

#include <algorithm>
#include <array>
#include <openssl/crypto.h>
#include <openssl/objects.h>

namespace credenza
{

namespace
{

using Archive = OpenSslPointer<PKCS12, PKCS12_free>;
using SafeStack =
    OpenSslPointer<STACK_OF(PKCS7), [](STACK_OF(PKCS7) * safes) { sk_PKCS7_pop_free(safes, PKCS7_free); }>;
using BagStack = OpenSslPointer<STACK_OF(PKCS12_SAFEBAG), [](STACK_OF(PKCS12_SAFEBAG) * bags) {
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
}>;

/// A passphrase as PKCS#12 takes it. Programs write an empty one in two ways: as an empty text, and as none at all.
struct Passphrase {
    const char *text = nullptr;
    int size = 0;
};

/// The dearest key derivation that opening the file begins with.
Cost costOfArchive(const PKCS12 *archive, const SafeStack &safes, bool hasPassphrase)
{
    const ASN1_INTEGER *iterations = nullptr;
    PKCS12_get0_mac(nullptr, nullptr, nullptr, &iterations, archive);
    Cost cost = costOfIterations(valueOf(iterations), hasPassphrase);
    for (int i = 0; i < sk_PKCS7_num(safes.get()); ++i) {
        PKCS7 *safe = sk_PKCS7_value(safes.get(), i);
        if (PKCS7_type_is_encrypted(safe) && safe->d.encrypted != nullptr && safe->d.encrypted->enc_data != nullptr)
            cost = std::max(cost, costOf(safe->d.encrypted->enc_data->algorithm, hasPassphrase));
        if (!PKCS7_type_is_data(safe))
            continue;
        const BagStack bags(PKCS12_unpack_p7data(safe));
        for (int j = 0; j < sk_PKCS12_SAFEBAG_num(bags.get()); ++j) {
            const X509_SIG *sealed = nullptr;
            const PKCS12_SAFEBAG *bag = sk_PKCS12_SAFEBAG_value(bags.get(), j);
            if (PKCS12_SAFEBAG_get_nid(bag) == NID_pkcs8ShroudedKeyBag)
                sealed = PKCS12_SAFEBAG_get0_pkcs8(bag);
            const X509_ALGOR *algorithm = nullptr;
            if (sealed != nullptr)
                X509_SIG_get0(sealed, &algorithm, nullptr);
            if (algorithm != nullptr)
                cost = std::max(cost, costOf(algorithm, hasPassphrase));
        }
    }
    ERR_clear_error();
    return cost;
}

/// Whether the certificates are under one of the ciphers of the nineties, as the keys of such a file may well not be.
bool hasOldCipher(const SafeStack &safes)
{
    constexpr std::array old{NID_pbe_WithSHA1And40BitRC2_CBC, NID_pbe_WithSHA1And128BitRC2_CBC,
                             NID_pbe_WithSHA1And40BitRC4, NID_pbe_WithSHA1And128BitRC4};
    for (int i = 0; i < sk_PKCS7_num(safes.get()); ++i) {
        const PKCS7 *safe = sk_PKCS7_value(safes.get(), i);
        if (PKCS7_type_is_encrypted(safe) && safe->d.encrypted != nullptr && safe->d.encrypted->enc_data != nullptr &&
            std::ranges::find(old, OBJ_obj2nid(safe->d.encrypted->enc_data->algorithm->algorithm)) != old.end())
            return true;
    }
    return false;
}

/// Gathers the keys of a file.
class KeyBags
{
public:
    explicit KeyBags(Passphrase passphrase) : m_passphrase(passphrase) {}

    void readPlain(const SafeStack &safes);
    /// The safes that are encrypted as a whole: usually only certificates.
    void readEncrypted(const SafeStack &safes);
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }
    [[nodiscard]] std::vector<NamedKey> take() { return std::move(m_keys); }
    [[nodiscard]] bool isEmpty() const { return m_keys.empty(); }

private:
    void read(const STACK_OF(PKCS12_SAFEBAG) * bags, int depth);
    void read(PKCS12_SAFEBAG *bag, const PKCS8_PRIV_KEY_INFO *key);

    // One is what there is; of some hundred, nobody could choose.
    static constexpr std::size_t most = 100;
    Passphrase m_passphrase;
    std::vector<NamedKey> m_keys;
    bool m_hasFailed = false;
};

void KeyBags::read(PKCS12_SAFEBAG *bag, const PKCS8_PRIV_KEY_INFO *key)
{
    PkeyPointer pkey(key == nullptr ? nullptr : EVP_PKCS82PKEY(key));
    if (!pkey) {
        m_hasFailed = true;
        return;
    }
    using Text = OpenSslPointer<char, [](char *text) { CRYPTO_free(text, OPENSSL_FILE, OPENSSL_LINE); }>;
    const Text name(PKCS12_get_friendlyname(bag));
    if (m_keys.size() < most)
        m_keys.push_back({name ? QString::fromUtf8(name.get()) : QString(), std::move(pkey)});
}

void KeyBags::read(const STACK_OF(PKCS12_SAFEBAG) * bags, int depth)
{
    constexpr int deepest = 4;
    for (int i = 0; depth < deepest && i < sk_PKCS12_SAFEBAG_num(bags); ++i) {
        PKCS12_SAFEBAG *bag = sk_PKCS12_SAFEBAG_value(bags, i);
        const int kind = PKCS12_SAFEBAG_get_nid(bag);
        if (kind == NID_keyBag) {
            read(bag, PKCS12_SAFEBAG_get0_p8inf(bag));
        } else if (kind == NID_pkcs8ShroudedKeyBag && m_keys.size() < most) {
            const Pkcs8Pointer key(PKCS12_decrypt_skey(bag, m_passphrase.text, m_passphrase.size));
            read(bag, key.get());
        } else if (kind == NID_safeContentsBag) {
            read(PKCS12_SAFEBAG_get0_safes(bag), depth + 1);
        }
    }
}

void KeyBags::readPlain(const SafeStack &safes)
{
    for (int i = 0; i < sk_PKCS7_num(safes.get()); ++i) {
        PKCS7 *safe = sk_PKCS7_value(safes.get(), i);
        if (!PKCS7_type_is_data(safe))
            continue;
        if (const BagStack bags{PKCS12_unpack_p7data(safe)})
            read(bags.get(), 0);
    }
}

void KeyBags::readEncrypted(const SafeStack &safes)
{
    for (int i = 0; i < sk_PKCS7_num(safes.get()); ++i) {
        PKCS7 *safe = sk_PKCS7_value(safes.get(), i);
        if (!PKCS7_type_is_encrypted(safe))
            continue;
        if (const BagStack bags{PKCS12_unpack_p7encdata(safe, m_passphrase.text, m_passphrase.size)})
            read(bags.get(), 0);
        else
            m_hasFailed = true;
    }
}

/// The passphrase in the way that the file's MAC confirms; none: a wrong one. Without a MAC, every one may be right.
std::optional<Passphrase> confirmed(PKCS12 *archive, const SecretBytes &terminated)
{
    const int size = static_cast<int>(terminated.size()) - 1;
    const Passphrase given{terminated.charView().data(), size};
    if (PKCS12_mac_present(archive) != 1)
        return size == 0 ? Passphrase{} : given;
    if (size == 0 && PKCS12_verify_mac(archive, nullptr, 0) == 1)
        return Passphrase{};
    return PKCS12_verify_mac(archive, given.text, size) == 1 ? std::optional(given) : std::nullopt;
}

DecryptionOutcome outcomeOfMac()
{
    // A MAC that does not fit leaves no error; one that can't be computed does.
    const bool isComputed = ERR_peek_error() == 0;
    if (takeErrors().isUnsupported)
        return DecryptionOutcome::UnsupportedCipher;
    return isComputed ? DecryptionOutcome::WrongPassphrase : DecryptionOutcome::Damaged;
}

DecryptionOutcome outcomeOfKeys(bool hasMac)
{
    const QueuedErrors errors = takeErrors();
    if (errors.isUnsupported)
        return DecryptionOutcome::UnsupportedCipher;
    return errors.isBadDecrypt && !hasMac ? DecryptionOutcome::WrongPassphrase : DecryptionOutcome::Damaged;
}

Decryption openPkcs12(std::span<const std::byte> der, const SecretBytes &passphrase)
{
    const auto *in = reinterpret_cast<const unsigned char *>(der.data());
    const Archive archive(d2i_PKCS12(nullptr, &in, static_cast<long>(der.size())));
    const SafeStack safes(archive ? PKCS12_unpack_authsafes(archive.get()) : nullptr);
    if (!safes)
        return {DecryptionOutcome::Damaged, nullptr};
    if (const Cost cost = costOfArchive(archive.get(), safes, !passphrase.isEmpty()); cost != Cost::Fine)
        return refusedFor(cost);
    // libcrypto reads it as a text that ends with a zero.
    SecretBytes terminated(passphrase.size() + 1);
    std::ranges::copy(passphrase.view(), terminated.bytes().begin());
    const auto used = confirmed(archive.get(), terminated);
    if (!used)
        return {outcomeOfMac(), nullptr};
    ERR_clear_error();
    KeyBags bags(*used);
    bags.readPlain(safes);
    if (bags.isEmpty() && !bags.hasFailed())
        bags.readEncrypted(safes);
    if (bags.isEmpty()) {
        if (bags.hasFailed())
            return {outcomeOfKeys(PKCS12_mac_present(archive.get()) == 1), nullptr};
        return {DecryptionOutcome::NoKey, nullptr};
    }
    Decryption decryption{DecryptionOutcome::Decrypted, nullptr, bags.take(), hasOldCipher(safes)};
    if (decryption.several.size() == 1)
        decryption.key = std::move(std::exchange(decryption.several, {}).front().key);
    return decryption;
}

} // namespace

Decryption decryptPkcs12(std::span<const std::byte> der, const SecretBytes &passphrase)
{
    return withOldCiphersToo([&] { return openPkcs12(der, passphrase); });
}

} // namespace credenza
