// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of this room only: from decoded bytes to a key that may be used.

#include "core/keys/KeyInspection.h"
#include "core/keys/OpenSsl.h"

#include <optional>

namespace credenza
{

/// How reading an encrypted key ended.
enum class DecryptionOutcome { Decrypted, WrongPassphrase, Damaged, UnsupportedCipher, TooCostly, NoKey };

/// A key and the name that its file gives it.
struct NamedKey {
    QString name;
    PkeyPointer key;
};

/// What became of an encrypted key: `key` is set if it was decrypted.
struct Decryption {
    DecryptionOutcome outcome = DecryptionOutcome::Damaged;
    PkeyPointer key;
    std::vector<NamedKey> several = {}; ///< all of a PKCS#12 file's keys, where it holds more than one
    bool hasOldCipher = false;          ///< it took OpenSSL's legacy provider: DES, RC2, RC4
};

/// Unencrypted PKCS#8; null if it is not.
[[nodiscard]] PkeyPointer readPkcs8(std::span<const std::byte> der);
/// What to say where the vault's own PKCS#8 can't be read: key.damaged.
[[nodiscard]] Failure damagedKey();
/// Any unencrypted private key in DER: PKCS#8, PKCS#1, SEC1; null if it is none.
[[nodiscard]] PkeyPointer readPrivateKeyDer(std::span<const std::byte> der);
/// Encrypted PKCS#8 in DER. Refuses key derivations that would take minutes.
[[nodiscard]] Decryption decryptPkcs8(std::span<const std::byte> der, const SecretBytes &passphrase);
/// A PEM with "Proc-Type: 4,ENCRYPTED" (RFC 1421 style).
[[nodiscard]] Decryption decryptLegacyPem(const SecretBytes &pem, const SecretBytes &passphrase);
/// The private key of a PKCS#12 file. All three try OpenSSL's legacy provider where its default one lacks the cipher.
[[nodiscard]] Decryption decryptPkcs12(std::span<const std::byte> der, const SecretBytes &passphrase);
/// Whether bytes begin as a private key in DER does: what a wrong passphrase makes does not.
[[nodiscard]] bool looksLikePrivateKeyDer(std::span<const std::byte> bytes);
/// Whether these bytes are a PKCS#12 or an encrypted PKCS#8 structure at all.
[[nodiscard]] bool isPkcs12(std::span<const std::byte> der);
[[nodiscard]] bool isEncryptedPkcs8(std::span<const std::byte> der);

/// Whether what the private half signs is verified by the public half.
[[nodiscard]] bool passesTrialSignature(EVP_PKEY *key);
/// Why this key can't sign for a SMART client, if it can't: type, curve, size, parts that do not belong together, an
/// RSA trial signature that does not verify.
[[nodiscard]] std::optional<KeyFinding> flawOf(EVP_PKEY *key);
/// "RSA", "EC", "RSA-PSS", "Ed25519" … of any key.
[[nodiscard]] QString typeNameOf(const EVP_PKEY *key);

} // namespace credenza
