// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyInspection.h"

#include "core/keys/JwkReading.h"
#include "core/keys/KeyLoading.h"
#include "core/keys/KeyRecognition.h"
#include "core/keys/PemBlocks.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <openssl/core_names.h>
#include <openssl/err.h>

namespace credenza
{

namespace
{

struct InspectionText {
    Q_DECLARE_TR_FUNCTIONS(KeyInspection)
};

constexpr std::size_t maxTextBytes = 10 * 1024 * 1024;
constexpr std::size_t maxJsonBytes = 1024 * 1024;

void add(KeyInspection &inspection, KeyFinding::Severity severity, const char *code, QString message, QString hint = {})
{
    inspection.findings.append({severity, QString::fromLatin1(code), std::move(message), std::move(hint)});
}

void addError(KeyInspection &inspection, const char *code, QString message, QString hint)
{
    add(inspection, KeyFinding::Severity::Error, code, std::move(message), std::move(hint));
}

/// Fills in everything about a private key that was read, and accepts it if it has no flaw.
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
    case DecryptionOutcome::Damaged:
    case DecryptionOutcome::Decrypted:
        addError(inspection, "key.damaged", InspectionText::tr("This encrypted key is damaged."),
                 InspectionText::tr("Copy the key again from where it was made."));
        return;
    }
}

/// Length the outermost DER element claims, header included; 0 if there is no such header.
std::size_t claimedDerSize(std::span<const std::byte> der)
{
    if (der.size() < 2 || der[0] != std::byte{0x30})
        return 0;
    const auto first = std::to_integer<std::size_t>(der[1]);
    if (first < 0x80)
        return first + 2;
    const std::size_t count = first & 0x7f;
    if (count == 0 || count > 4 || der.size() < 2 + count)
        return 0;
    std::size_t size = 0;
    for (std::size_t i = 0; i < count; ++i)
        size = (size << 8) | std::to_integer<std::size_t>(der[2 + i]);
    return size + 2 + count;
}

void rejectDamagedDer(KeyInspection &inspection, std::span<const std::byte> der)
{
    const QString hint = InspectionText::tr("Copy the key again, whole: from the BEGIN line to the END line.");
    const std::size_t claimed = claimedDerSize(der);
    if (claimed > der.size())
        addError(inspection, "key.truncated",
                 InspectionText::tr("The key is cut off: %1 of %2 bytes are there.").arg(der.size()).arg(claimed),
                 hint);
    else
        addError(inspection, "key.damaged", InspectionText::tr("The key is damaged: its contents can't be read."),
                 hint);
}

/// A private key's DER, whatever its wrapping is called.
void inspectPrivateDer(KeyInspection &inspection, std::span<const std::byte> der, const SecretBytes &passphrase)
{
    inspection.kind = KeyMaterialKind::PrivateKey;
    if (PkeyPointer key = readPkcs8(der)) {
        inspection.format = QStringLiteral("PKCS#8");
        accept(inspection, std::move(key));
    } else if (PkeyPointer traditional = readPrivateKeyDer(der)) {
        inspection.format =
            typeNameOf(traditional.get()) == QLatin1String("EC") ? QStringLiteral("SEC1") : QStringLiteral("PKCS#1");
        accept(inspection, std::move(traditional));
    } else if (isEncryptedPkcs8(der)) {
        inspection.format = QStringLiteral("PKCS#8 encrypted");
        Decryption decryption = decryptPkcs8(der, passphrase);
        if (decryption.key)
            accept(inspection, std::move(decryption.key));
        else
            reject(inspection, decryption.outcome, !passphrase.isEmpty());
    } else {
        rejectDamagedDer(inspection, der);
    }
}

void inspectPkcs12(KeyInspection &inspection, std::span<const std::byte> der, const SecretBytes &passphrase)
{
    inspection.format = QStringLiteral("PKCS#12");
    Decryption decryption = decryptPkcs12(der, passphrase);
    if (decryption.key) {
        accept(inspection, std::move(decryption.key));
    } else {
        reject(inspection, decryption.outcome, !passphrase.isEmpty());
        inspection.kind = KeyMaterialKind::Pkcs12;
    }
}

KeyInspection inspectDer(std::span<const std::byte> der, const SecretBytes &passphrase)
{
    KeyInspection inspection;
    if (isPkcs12(der)) {
        inspectPkcs12(inspection, der, passphrase);
        return inspection;
    }
    if (auto recognized = recognizeDer(der))
        return std::move(*recognized);
    inspectPrivateDer(inspection, der, passphrase);
    return inspection;
}

void inspectBlock(KeyInspection &inspection, const PemBlock &block, const SecretBytes &passphrase)
{
    inspection.kind = KeyMaterialKind::PrivateKey;
    const QString copyHint = InspectionText::tr("Copy the key again, whole: from the BEGIN line to the END line.");
    if (block.endLabel.isEmpty()) {
        addError(inspection, "key.truncated", InspectionText::tr("The key is cut off: its END line is missing."),
                 copyHint);
    } else if (block.endLabel != block.label) {
        addError(inspection, "key.label-mismatch",
                 InspectionText::tr("The key begins as %1 but ends as %2.").arg(block.label, block.endLabel), copyHint);
    } else if (block.badCharacterAt) {
        addError(inspection, "key.damaged",
                 InspectionText::tr("The key is damaged: character %1 of its text can't be in a key.")
                     .arg(*block.badCharacterAt + 1),
                 copyHint);
    } else if (block.der.isEmpty()) {
        addError(inspection, "key.damaged", InspectionText::tr("There is nothing between the BEGIN and the END line."),
                 copyHint);
    } else if (block.isEncrypted) {
        inspection.format = QStringLiteral("PKCS#1 encrypted");
        Decryption decryption = decryptLegacyPem(block.canonicalPem, passphrase);
        if (decryption.key)
            accept(inspection, std::move(decryption.key));
        else
            reject(inspection, decryption.outcome, !passphrase.isEmpty());
    } else {
        inspectPrivateDer(inspection, block.der.view(), passphrase);
    }
}

void noteRepairs(KeyInspection &inspection, const PemText &text)
{
    const auto note = [&inspection](const char *code, QString message) {
        add(inspection, KeyFinding::Severity::Note, code, std::move(message));
    };
    if (text.repairs.utf16)
        note("key.was-utf16", InspectionText::tr("The text was in UTF-16; it was converted."));
    if (text.repairs.literalLineBreaks)
        note("key.literal-line-breaks", InspectionText::tr("Line breaks written as \\n were made real ones."));
    if (text.repairs.unusualCharacters)
        note("key.unusual-characters",
             InspectionText::tr("Characters that word processors and web pages insert were put right."));
    if (text.repairs.wrongDashes)
        note("key.wrong-dashes",
             InspectionText::tr("The BEGIN or END line did not have five dashes; it was put right."));
    if (text.repairs.unwrappedLines)
        note("key.rewrapped", InspectionText::tr("The key's lines were wrapped anew."));
    if (text.hasTextAround)
        note("key.text-around", InspectionText::tr("Text around the key was left out."));
}

bool isPrivateLabel(const QString &label)
{
    return label.endsWith(QLatin1String("PRIVATE KEY")) && !recognizeLabel(label, {});
}

/// The certificates and public keys that came along should belong to the key.
void compareCompanions(KeyInspection &inspection, const PemText &text)
{
    if (!inspection.isUsable())
        return;
    for (const PemBlock &block : text.blocks) {
        if (isPrivateLabel(block.label))
            continue;
        const auto companion = recognizeLabel(block.label, block.der.view());
        if (companion && companion->publicKey && companion->thumbprint == inspection.thumbprint)
            return;
        if (companion && companion->publicKey && companion->kind == KeyMaterialKind::PublicKey)
            add(inspection, KeyFinding::Severity::Warning, "key.other-public-key",
                InspectionText::tr("The public key that came along belongs to another private key."),
                InspectionText::tr("Check that this is the key you registered."));
    }
}

KeyInspection inspectPem(const PemText &text, const SecretBytes &passphrase)
{
    std::vector<const PemBlock *> keys;
    for (const PemBlock &block : text.blocks) {
        if (isPrivateLabel(block.label))
            keys.push_back(&block);
    }
    if (keys.empty()) {
        // Parameters often come first; the block that says most is a key-like one.
        const PemBlock *best = &text.blocks.front();
        for (const PemBlock &block : text.blocks) {
            if (!block.label.endsWith(QLatin1String("PARAMETERS"))) {
                best = &block;
                break;
            }
        }
        return std::move(*recognizeLabel(best->label, best->der.view()));
    }
    KeyInspection inspection;
    inspectBlock(inspection, *keys.front(), passphrase);
    for (std::size_t i = 1; i < keys.size(); ++i) {
        KeyInspection other;
        inspectBlock(other, *keys[i], passphrase);
        if (inspection.isUsable() && other.isUsable() && other.thumbprint == inspection.thumbprint)
            continue;
        inspection.imported.reset();
        inspection.findings.clear();
        addError(inspection, "key.several",
                 InspectionText::tr("There are %1 private keys in this text.").arg(keys.size()),
                 InspectionText::tr("Give only the one that is registered for this client."));
        return inspection;
    }
    noteRepairs(inspection, text);
    compareCompanions(inspection, text);
    return inspection;
}

KeyInspection inspectJwk(const QJsonObject &jwk)
{
    KeyInspection inspection;
    inspection.kind = KeyMaterialKind::Jwk;
    inspection.format = QStringLiteral("JWK");
    const bool isPrivate = hasPrivateMembers(jwk);
    auto key = isPrivate ? privateKeyFromJwk(jwk) : publicKeyFromJwk(jwk);
    if (!key) {
        inspection.keyType = jwk.value(QLatin1String("kty")).toString();
        addError(inspection, "key.bad-jwk", key.error().message, key.error().hint);
        return inspection;
    }
    if (isPrivate) {
        accept(inspection, std::move(*key));
        inspection.kind = KeyMaterialKind::Jwk;
        return inspection;
    }
    inspection.keyType = typeNameOf(key->get());
    inspection.bits = EVP_PKEY_get_bits(key->get());
    inspection.curve = curveOf(key->get());
    inspection.publicKey = KeyAccess::makePublic(std::move(*key));
    inspection.thumbprint = inspection.publicKey->thumbprint();
    addError(inspection, "key.is-public-key", InspectionText::tr("This JWK holds only the public half of the key."),
             InspectionText::tr("Give the private JWK (with the member \"d\"), or the private key in PEM form."));
    return inspection;
}

KeyInspection inspectJwkSet(const QJsonArray &keys)
{
    QList<QJsonObject> privateKeys;
    for (const QJsonValue &key : keys) {
        if (hasPrivateMembers(key.toObject()))
            privateKeys.append(key.toObject());
    }
    KeyInspection inspection;
    if (privateKeys.size() == 1 || keys.size() == 1)
        inspection = inspectJwk(privateKeys.isEmpty() ? keys.first().toObject() : privateKeys.first());
    else if (privateKeys.isEmpty())
        addError(inspection, "key.is-public-key", InspectionText::tr("This JWK Set holds only public keys."),
                 InspectionText::tr("It is what the server gets. Give the private key."));
    else
        addError(inspection, "key.several",
                 InspectionText::tr("There are %1 private keys in this JWK Set.").arg(privateKeys.size()),
                 InspectionText::tr("Give only the one that is registered for this client."));
    inspection.kind = KeyMaterialKind::JwkSet;
    inspection.format = QStringLiteral("JWK Set");
    return inspection;
}

/// JSON that is a JWK or a JWK Set; none for any other JSON, which may still carry a PEM in a string.
std::optional<KeyInspection> inspectJson(const SecretBytes &text)
{
    const QByteArrayView trimmed = text.charView().trimmed();
    if (!trimmed.startsWith('{') || text.size() > maxJsonBytes)
        return std::nullopt;
    // QJsonDocument needs a QByteArray; this one shares our memory instead of copying it.
    const QByteArray shared = QByteArray::fromRawData(trimmed.data(), trimmed.size());
    const QJsonObject object = QJsonDocument::fromJson(shared).object();
    if (object.value(QLatin1String("keys")).isArray())
        return inspectJwkSet(object.value(QLatin1String("keys")).toArray());
    if (object.contains(QLatin1String("kty")))
        return inspectJwk(object);
    return std::nullopt;
}

bool looksLikeDer(const SecretBytes &bytes)
{
    return bytes.size() > 16 && bytes.view()[0] == std::byte{0x30} &&
           (bytes.view()[1] & std::byte{0x80}) != std::byte{0};
}

/// Base64 without BEGIN and END lines that decodes to DER.
std::optional<SecretBytes> bareBase64Der(const SecretBytes &cleaned)
{
    // DER of this size starts with 30 8x, which is "MI" in base64.
    if (!cleaned.charView().trimmed().startsWith("MI"))
        return std::nullopt;
    auto der = decodedBase64(cleaned.charView());
    return der && looksLikeDer(*der) ? std::move(der) : std::nullopt;
}

} // namespace

KeyInspection inspectKey(const SecretBytes &text, const SecretBytes &passphrase)
{
    ERR_clear_error();
    if (text.size() > maxTextBytes) {
        KeyInspection inspection;
        addError(inspection, "key.too-large", InspectionText::tr("This is more than 10 MB; no key is that long."),
                 InspectionText::tr("Check that this is the key file."));
        return inspection;
    }
    if (looksLikeDer(text))
        return inspectDer(text.view(), passphrase);
    if (auto inspection = inspectJson(text))
        return std::move(*inspection);

    PemRepairs repairs;
    const SecretBytes cleaned = cleanedText(text, repairs);
    const PemText pem = readPemBlocks(cleaned, repairs);
    if (!pem.blocks.empty())
        return inspectPem(pem, passphrase);
    if (const auto der = bareBase64Der(cleaned)) {
        KeyInspection inspection = inspectDer(der->view(), passphrase);
        add(inspection, KeyFinding::Severity::Note, "key.no-armour",
            InspectionText::tr("The BEGIN and END lines were missing; the key was read without them."));
        return inspection;
    }
    return recognizeText(cleaned.charView());
}

} // namespace credenza
