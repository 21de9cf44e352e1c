// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyAcceptance.h"

#include <QCoreApplication>

#include <openssl/core_names.h>

namespace credenza
{

namespace
{

struct InspectionText {
    Q_DECLARE_TR_FUNCTIONS(KeyInspection)
};

void add(KeyInspection &inspection, KeyFinding::Severity severity, const char *code, QString message, QString hint = {})
{
    inspection.findings.append({severity, QString::fromLatin1(code), std::move(message), std::move(hint)});
}

/// What signs well and may be refused all the same.
void warnOfUnusual(KeyInspection &inspection, const EVP_PKEY *key)
{
    constexpr int usualBits = 8192;
    const BignumPointer exponent = bignumParameter(key, OSSL_PKEY_PARAM_RSA_E);
    if (!exponent)
        return;
    // FIPS 186-5, section A.1.1: 2^16 < e < 2^256.
    if (BN_num_bits(exponent.get()) <= 16)
        addWarning(inspection, "key.rsa-exponent",
                   InspectionText::tr("This RSA key has the public exponent %1; some servers take none below 65537.")
                       .arg(BN_get_word(exponent.get())),
                   InspectionText::tr("Where the server refuses it, generate a new key."));
    if (inspection.bits > usualBits)
        addWarning(inspection, "key.rsa-large",
                   InspectionText::tr("This RSA key has %1 bits: it signs slowly, and many servers refuse it.")
                       .arg(inspection.bits),
                   InspectionText::tr("2048 to 4096 bits are usual."));
}

} // namespace

void addNote(KeyInspection &inspection, const char *code, QString message)
{
    add(inspection, KeyFinding::Severity::Note, code, std::move(message));
}

void addWarning(KeyInspection &inspection, const char *code, QString message, QString hint)
{
    add(inspection, KeyFinding::Severity::Warning, code, std::move(message), std::move(hint));
}

void addError(KeyInspection &inspection, const char *code, QString message, QString hint)
{
    add(inspection, KeyFinding::Severity::Error, code, std::move(message), std::move(hint));
}

void accept(KeyInspection &inspection, PkeyPointer key)
{
    inspection.kind = KeyMaterialKind::PrivateKey;
    inspection.keyType = typeNameOf(key.get());
    inspection.bits = EVP_PKEY_get_bits(key.get());
    inspection.curve = curveOf(key.get());
    if (auto flaw = flawOf(key.get())) {
        inspection.findings.prepend(std::move(*flaw));
        return;
    }
    // A curve spelt out by its parameters is written back by its name, as servers and other tools expect it.
    if (!inspection.curve.isEmpty())
        EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_ENCODING, OSSL_PKEY_EC_ENCODING_GROUP);
    auto pkcs8 = pkcs8Of(key.get());
    if (!pkcs8) {
        addError(inspection, "key.encoding-failed", pkcs8.error().message, pkcs8.error().hint);
        return;
    }
    warnOfUnusual(inspection, key.get());
    PrivateKey signer = KeyAccess::makePrivate(std::move(key));
    inspection.publicKey = signer.publicKey();
    inspection.thumbprint = inspection.publicKey->thumbprint();
    inspection.imported = ImportedKey{std::move(signer), std::move(*pkcs8)};
}

void reject(KeyInspection &inspection, DecryptionOutcome outcome, bool hasPassphrase)
{
    inspection.kind = KeyMaterialKind::EncryptedPrivateKey;
    switch (outcome) {
    case DecryptionOutcome::WrongPassphrase:
        if (hasPassphrase)
            addError(inspection, "key.wrong-passphrase", InspectionText::tr("This passphrase does not open the key."),
                     InspectionText::tr("Check capitals and spaces; it is the passphrase the key was saved with."));
        else
            addError(inspection, "key.needs-passphrase", InspectionText::tr("This key is encrypted."),
                     InspectionText::tr("Enter the passphrase it was saved with."));
        return;
    case DecryptionOutcome::UnsupportedCipher:
        addError(
            inspection, "key.unsupported-cipher",
            InspectionText::tr("This key is encrypted with an old cipher that is no longer supported."),
            InspectionText::tr("Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW -provider legacy "
                               "-provider default."));
        return;
    case DecryptionOutcome::TooCostly:
        addError(inspection, "key.costly-passphrase",
                 InspectionText::tr("Opening this key would take minutes: its passphrase is stretched too far."),
                 InspectionText::tr(
                     "Save it again with fewer iterations: openssl pkcs8 -topk8 -iter 600000 -in KEY -out NEW."));
        return;
    case DecryptionOutcome::NoKey:
        addError(inspection, "key.no-private-key", InspectionText::tr("There are only certificates in this file."),
                 InspectionText::tr("Export it again together with its private key."));
        return;
    case DecryptionOutcome::Damaged:
    case DecryptionOutcome::Decrypted:
        addError(inspection, "key.damaged",
                 hasPassphrase ? InspectionText::tr("This encrypted key is damaged; its passphrase is not the trouble.")
                               : InspectionText::tr("This encrypted key is damaged."),
                 InspectionText::tr("Copy the key again from where it was made."));
        return;
    }
}

void noteOldCipher(KeyInspection &inspection)
{
    addNote(inspection, "key.old-cipher",
            InspectionText::tr("The file was encrypted with an old, weak cipher (DES, RC2 or RC4); the vault "
                               "encrypts the key anew."));
}

void take(KeyInspection &inspection, Decryption decryption, bool hasPassphrase)
{
    if (!decryption.key) {
        reject(inspection, decryption.outcome, hasPassphrase);
        return;
    }
    accept(inspection, std::move(decryption.key));
    if (decryption.hasOldCipher)
        noteOldCipher(inspection);
}

KeyOffer offerOf(const KeyInspection &inspection)
{
    return {inspection.keyId, inspection.keyType, inspection.bits, inspection.curve, inspection.thumbprint};
}

void refuseSeveral(KeyInspection &inspection, qsizetype count, QList<KeyOffer> offers)
{
    inspection.imported.reset();
    inspection.publicKey.reset();
    inspection.thumbprint.clear();
    inspection.keyId.clear();
    inspection.findings.clear();
    inspection.offers = std::move(offers);
    addError(inspection, "key.several", InspectionText::tr("There are %1 private keys in this text.").arg(count),
             InspectionText::tr("Choose the one that is registered for this client, by its kid or thumbprint."));
}

} // namespace credenza
