// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyInspection.h"

#include "core/keys/KeyAcceptance.h"
#include "core/keys/KeyRecognition.h"
#include "core/keys/PemBlocks.h"

#include <QCoreApplication>

#include <algorithm>

namespace credenza
{

namespace
{

struct InspectionText {
    Q_DECLARE_TR_FUNCTIONS(KeyInspection)
};

constexpr std::size_t maxTextBytes = 10 * 1024 * 1024;
// A PKCS#12 file with a long chain has some ten thousand bytes. Reading nested nonsense costs libcrypto a second a
// megabyte.
constexpr std::size_t maxDerBytes = 1024 * 1024;

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
        const QString type = typeNameOf(traditional.get());
        inspection.format = type == QLatin1String("EC")    ? QStringLiteral("SEC1")
                            : type == QLatin1String("RSA") ? QStringLiteral("PKCS#1")
                                                           : QStringLiteral("traditional");
        accept(inspection, std::move(traditional));
    } else if (isEncryptedPkcs8(der)) {
        inspection.format = QStringLiteral("PKCS#8 encrypted");
        take(inspection, decryptPkcs8(der, passphrase), !passphrase.isEmpty());
    } else {
        rejectDamagedDer(inspection, der);
    }
}

/// One of a file's several keys, by its name in the file or its thumbprint.
void choose(KeyInspection &inspection, std::vector<NamedKey> keys, const QString &choice)
{
    std::vector<KeyInspection> read;
    for (NamedKey &key : keys) {
        KeyInspection one;
        one.format = inspection.format;
        accept(one, std::move(key.key));
        one.keyId = key.name;
        const auto isSame = [&](const KeyInspection &other) {
            return one.isUsable() && other.thumbprint == one.thumbprint;
        };
        if (std::ranges::none_of(read, isSame))
            read.push_back(std::move(one));
    }
    const auto chosen = std::ranges::find_if(read, [&](const KeyInspection &key) {
        return key.isUsable() && !choice.isEmpty() && (key.thumbprint == choice || key.keyId == choice);
    });
    if (chosen != read.end() || read.size() == 1) {
        inspection = std::move(chosen != read.end() ? *chosen : read.front());
        inspection.keyId.clear(); // a name in a file is no `kid`
        return;
    }
    QList<KeyOffer> offers;
    for (const KeyInspection &key : read) {
        if (key.isUsable())
            offers.append(offerOf(key));
    }
    refuseSeveral(inspection, std::ssize(read), std::move(offers));
}

void inspectPkcs12(KeyInspection &inspection, std::span<const std::byte> der, const SecretBytes &passphrase,
                   const QString &choice)
{
    inspection.format = QStringLiteral("PKCS#12");
    Decryption decryption = decryptPkcs12(der, passphrase);
    if (decryption.several.size() > 1) {
        choose(inspection, std::move(decryption.several), choice);
        if (decryption.hasOldCipher)
            noteOldCipher(inspection);
    } else {
        take(inspection, std::move(decryption), !passphrase.isEmpty());
    }
    inspection.kind = KeyMaterialKind::Pkcs12;
}

KeyInspection tooLarge()
{
    KeyInspection inspection;
    addError(inspection, "key.too-large",
             InspectionText::tr("This is more than %1 MB; no key is that long.").arg(maxDerBytes / (1024 * 1024)),
             InspectionText::tr("Check that this is the key file."));
    return inspection;
}

KeyInspection inspectDer(std::span<const std::byte> der, const SecretBytes &passphrase, const QString &choice)
{
    if (der.size() > maxDerBytes)
        return tooLarge();
    KeyInspection inspection;
    if (isPkcs12(der)) {
        inspectPkcs12(inspection, der, passphrase, choice);
        return inspection;
    }
    if (auto recognized = recognizeDer(der))
        return std::move(*recognized);
    inspectPrivateDer(inspection, der, passphrase);
    // Nothing says that these bytes were ever a key: no label, and no beginning of one.
    if (inspection.format.isEmpty() && !looksLikePrivateKeyDer(der))
        inspection.kind = KeyMaterialKind::Unknown;
    return inspection;
}

void noteWrongLabel(KeyInspection &inspection, const QString &label)
{
    addNote(inspection, "key.wrong-label",
            InspectionText::tr("It is labelled %1; it was read as what it is.").arg(label));
}

bool isUsualLabel(const QString &label, const QString &format)
{
    if (format == QLatin1String("PKCS#8"))
        return label == QLatin1String("PRIVATE KEY");
    if (format == QLatin1String("PKCS#8 encrypted"))
        return label == QLatin1String("ENCRYPTED PRIVATE KEY");
    if (format == QLatin1String("PKCS#1"))
        return label == QLatin1String("RSA PRIVATE KEY");
    return format != QLatin1String("SEC1") || label == QLatin1String("EC PRIVATE KEY");
}

void inspectBlock(KeyInspection &inspection, const PemBlock &block, const SecretBytes &passphrase,
                  const QString &choice)
{
    inspection.kind = KeyMaterialKind::PrivateKey;
    const QString copyHint = InspectionText::tr("Copy the key again, whole: from the BEGIN line to the END line.");
    // Half an END line ("-----END PRIV") is a cut, not another label.
    if (block.endLabel.isEmpty() || (block.endLabel != block.label && block.label.startsWith(block.endLabel))) {
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
        inspection.format = block.label.startsWith(QLatin1String("EC "))    ? QStringLiteral("SEC1 encrypted")
                            : block.label.startsWith(QLatin1String("RSA ")) ? QStringLiteral("PKCS#1 encrypted")
                                                                            : QStringLiteral("traditional encrypted");
        take(inspection, decryptLegacyPem(block.canonicalPem, passphrase), !passphrase.isEmpty());
    } else if (isPkcs12(block.der.view())) {
        inspectPkcs12(inspection, block.der.view(), passphrase, choice);
        noteWrongLabel(inspection, block.label);
    } else if (auto other = recognizeDer(block.der.view())) {
        inspection = std::move(*other);
        noteWrongLabel(inspection, block.label);
    } else {
        inspectPrivateDer(inspection, block.der.view(), passphrase);
        if (inspection.isUsable() && !isUsualLabel(block.label, inspection.format))
            noteWrongLabel(inspection, block.label);
    }
}

void noteRepairs(KeyInspection &inspection, const PemText &text)
{
    const auto note = [&inspection](const char *code, QString message) {
        addNote(inspection, code, std::move(message));
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
    if (text.repairs.base64Wrapped)
        note("key.was-base64", InspectionText::tr("The key was base64 once more, as in a Kubernetes Secret."));
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
    bool hasCertificate = false;
    bool hasPublicKey = false;
    for (const PemBlock &block : text.blocks) {
        if (isPrivateLabel(block.label))
            continue;
        const auto companion = recognizeLabel(block.label, block.der.view());
        if (!companion || !companion->publicKey)
            continue;
        const bool isCertificate = companion->kind == KeyMaterialKind::Certificate;
        if (companion->thumbprint == inspection.thumbprint) {
            if (isCertificate)
                addNote(inspection, "key.with-certificate",
                        InspectionText::tr("The certificate that came along belongs to this key."));
            return;
        }
        hasCertificate = hasCertificate || isCertificate;
        hasPublicKey = hasPublicKey || companion->kind == KeyMaterialKind::PublicKey;
    }
    const QString hint = InspectionText::tr("Check that this is the key you registered.");
    if (hasPublicKey)
        addWarning(inspection, "key.other-public-key",
                   InspectionText::tr("The public key that came along belongs to another private key."), hint);
    else if (hasCertificate)
        addWarning(inspection, "key.other-certificate",
                   InspectionText::tr("The certificate that came along belongs to another private key."), hint);
}

/// What a block is that is not labelled as a private key.
KeyInspection inspectOtherBlock(const PemBlock &block)
{
    KeyInspection inspection = std::move(*recognizeLabel(block.label, block.der.view()));
    const bool hasDer = !block.der.isEmpty();
    if (inspection.publicKey || !inspection.keyType.isEmpty() || inspection.kind == KeyMaterialKind::Unknown ||
        inspection.kind == KeyMaterialKind::OpenSshPrivateKey)
        return inspection;
    PkeyPointer misnamed = hasDer ? readPrivateKeyDer(block.der.view()) : nullptr;
    const bool isEncrypted = hasDer && isEncryptedPkcs8(block.der.view());
    if (misnamed || isEncrypted) {
        KeyInspection wrong;
        wrong.kind = isEncrypted ? KeyMaterialKind::EncryptedPrivateKey : KeyMaterialKind::PrivateKey;
        if (misnamed) {
            wrong.keyType = typeNameOf(misnamed.get());
            wrong.bits = EVP_PKEY_get_bits(misnamed.get());
            wrong.curve = curveOf(misnamed.get());
        }
        addError(wrong, "key.wrong-label",
                 InspectionText::tr("It is labelled %1, but it is a private key.").arg(block.label),
                 InspectionText::tr("If this is the right key, write PRIVATE KEY into its BEGIN and END lines."));
        return wrong;
    }
    if (auto other = hasDer ? recognizeDer(block.der.view()) : std::nullopt) {
        if (other->kind == inspection.kind && other->format == inspection.format)
            return inspection;
        noteWrongLabel(*other, block.label);
        return std::move(*other);
    }
    if (block.endLabel != block.label)
        addNote(inspection, "key.truncated", InspectionText::tr("It is also cut off: its END line is missing."));
    else if (inspection.format != QLatin1String("OpenSSH") && inspection.format != QLatin1String("PKCS#7"))
        addNote(inspection, "key.damaged", InspectionText::tr("It is also damaged: its contents can't be read."));
    return inspection;
}

KeyInspection inspectPem(const PemText &text, const SecretBytes &passphrase, const QString &choice)
{
    const auto isTooLarge = [](const PemBlock &block) { return block.der.size() > maxDerBytes; };
    if (std::ranges::any_of(text.blocks, isTooLarge))
        return tooLarge();
    std::vector<const PemBlock *> keys;
    for (const PemBlock &block : text.blocks) {
        if (isPrivateLabel(block.label))
            keys.push_back(&block);
    }
    if (keys.empty()) {
        // Parameters often come first; the block that says most is a key-like one.
        const auto isParameters = [](const PemBlock &block) {
            return block.label.endsWith(QLatin1String("PARAMETERS"));
        };
        const auto best = std::ranges::find_if_not(text.blocks, isParameters);
        return inspectOtherBlock(best == text.blocks.end() ? text.blocks.front() : *best);
    }
    std::vector<KeyInspection> read;
    for (const PemBlock *block : keys) {
        KeyInspection inspection;
        inspectBlock(inspection, *block, passphrase, choice);
        const auto isSame = [&](const KeyInspection &other) {
            return other.isUsable() && inspection.isUsable() && other.thumbprint == inspection.thumbprint;
        };
        if (std::ranges::none_of(read, isSame))
            read.push_back(std::move(inspection));
    }
    const auto chosen = std::ranges::find_if(
        read, [&](const KeyInspection &key) { return key.isUsable() && key.thumbprint == choice; });
    KeyInspection inspection = std::move(chosen == read.end() ? read.front() : *chosen);
    if (read.size() > 1 && chosen == read.end()) {
        QList<KeyOffer> offers;
        for (const KeyInspection &key : read) {
            const KeyInspection &whole = &key == &read.front() ? inspection : key;
            if (whole.isUsable())
                offers.append(offerOf(whole));
        }
        refuseSeveral(inspection, std::ssize(keys), std::move(offers));
        return inspection;
    }
    noteRepairs(inspection, text);
    compareCompanions(inspection, text);
    return inspection;
}

bool looksLikeDer(std::span<const std::byte> bytes)
{
    constexpr std::size_t mostAfterIt = 2; // a line break
    const std::size_t claimed = claimedDerSize(bytes);
    if (bytes.size() <= 16 || bytes[0] != std::byte{0x30})
        return false;
    return (bytes[1] & std::byte{0x80}) != std::byte{0} ||
           (claimed <= bytes.size() && bytes.size() - claimed <= mostAfterIt);
}

/// Base64 or hexadecimal digits without BEGIN and END lines that are DER.
std::optional<SecretBytes> bareDer(const SecretBytes &cleaned)
{
    const QByteArrayView text = cleaned.charView().trimmed();
    // A DER sequence starts with 0x30, which is "M" in base64.
    if (text.startsWith('M')) {
        auto der = decodedBase64(text, nullptr, Base64Alphabet::Either);
        return der && looksLikeDer(der->view()) ? std::move(der) : std::nullopt;
    }
    if (text.startsWith("30") || text.startsWith("0x30")) {
        auto der = decodedHexadecimal(text);
        return der && looksLikeDer(der->view()) ? std::move(der) : std::nullopt;
    }
    return std::nullopt;
}

/// JSON in base64, as a Kubernetes Secret holds a JWK.
std::optional<KeyInspection> inspectBase64Json(QByteArrayView cleaned, const QString &choice)
{
    const QByteArrayView text = cleaned.trimmed();
    if (!text.startsWith("ey") && !text.startsWith("ewo") && !text.startsWith("eyA")) // "{" and what follows it
        return std::nullopt;
    const auto json = decodedBase64(text, nullptr, Base64Alphabet::Either);
    auto inspection = json ? inspectJson(json->charView(), choice) : std::nullopt;
    if (inspection)
        addNote(*inspection, "key.was-base64",
                InspectionText::tr("The key was base64 once more, as in a Kubernetes Secret."));
    return inspection;
}

/// The blocks of a text that may be base64 once or twice more.
PemText readPem(SecretBytes &cleaned, PemRepairs repairs)
{
    constexpr int mostWrappings = 3;
    PemText pem = readPemBlocks(cleaned, repairs);
    for (int i = 0; i < mostWrappings; ++i) {
        constexpr QByteArrayView begin("-----BEGIN ");
        std::optional<SecretBytes> unwrapped;
        if (pem.blocks.empty())
            unwrapped = unwrappedBase64Pem(cleaned.charView());
        else if (pem.blocks.size() == 1 && pem.blocks.front().der.charView().startsWith(begin))
            unwrapped = SecretBytes::copyOf(pem.blocks.front().der.view());
        if (!unwrapped)
            return pem;
        repairs = pem.repairs;
        repairs.base64Wrapped = true;
        cleaned = cleanedText(unwrapped->charView(), repairs);
        pem = readPemBlocks(cleaned, repairs);
    }
    return pem;
}

/// What text is once it is UTF-8: JSON, PEM, base64, or nothing of a key.
KeyInspection inspectText(QByteArrayView text, PemRepairs repairs, const SecretBytes &passphrase, const QString &choice)
{
    if (auto inspection = inspectJson(text, choice))
        return std::move(*inspection);
    SecretBytes cleaned = cleanedText(text, repairs);
    const PemText pem = readPem(cleaned, repairs);
    if (!pem.blocks.empty())
        return inspectPem(pem, passphrase, choice);
    if (const auto der = bareDer(cleaned)) {
        KeyInspection inspection = inspectDer(der->view(), passphrase, choice);
        if (!inspection.format.isEmpty())
            addNote(inspection, "key.no-armour",
                    InspectionText::tr("The BEGIN and END lines were missing; the key was read without them."));
        return inspection;
    }
    if (auto inspection = inspectBase64Json(cleaned.charView(), choice))
        return std::move(*inspection);
    return recognizeText(cleaned.charView(), text);
}

} // namespace

KeyInspection inspectKey(const SecretBytes &text, const SecretBytes &passphrase, const QString &choice)
{
    const ErrorQueueGuard guard;
    if (text.size() > maxTextBytes) {
        KeyInspection inspection;
        addError(inspection, "key.too-large",
                 InspectionText::tr("This is more than %1 MB; no key is that long.").arg(maxTextBytes / (1024 * 1024)),
                 InspectionText::tr("Check that this is the key file."));
        return inspection;
    }
    if (looksLikeDer(text.view()))
        return inspectDer(text.view(), passphrase, choice);
    PemRepairs repairs;
    QByteArrayView plain = text.charView();
    const std::optional<SecretBytes> utf8 = utf8OfUtf16(plain);
    if (utf8) {
        plain = utf8->charView();
        repairs.utf16 = true;
    }
    constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");
    if (plain.startsWith(byteOrderMark)) {
        plain = plain.sliced(byteOrderMark.size());
        repairs.unusualCharacters = true;
    }
    return inspectText(plain, repairs, passphrase, choice);
}

} // namespace credenza
