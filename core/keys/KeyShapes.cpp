// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyShapes.h"

#include "core/keys/KeyLoading.h"
#include "core/keys/KeyRecognition.h"
#include "core/keys/PemBlocks.h"

#include <QRegularExpression>

#include <array>

namespace credenza
{

namespace
{

/// One shape of text that people paste instead of a key.
struct TextShape {
    const char *pattern;
    KeyInspection (*describe)(QByteArrayView text);
};

KeyInspection sshPublicKeyLine(QByteArrayView text)
{
    KeyInspection inspection = sshPublicKey({});
    // "ssh-rsa AAAA… comment"; where options stand before it, the base64 is still what begins with AAAA.
    if (const qsizetype start = text.indexOf("AAAA"); start >= 0) {
        qsizetype end = start;
        while (end < text.size() && static_cast<unsigned char>(text[end]) > ' ')
            ++end;
        if (const auto blob = decodedBase64(text.sliced(start, end - start)))
            describe(inspection, readSshPublicKey(blob->view()));
    }
    return inspection;
}

KeyInspection puttyKey(QByteArrayView text)
{
    auto file = readPuttyFile(text.trimmed());
    KeyInspection inspection = refused(
        KeyMaterialKind::PuttyKey, QStringLiteral("PuTTY"), "key.is-putty",
        file && file->version > 0
            ? RecognitionText::tr("This is a PuTTY key file (.ppk), version %1.").arg(file->version)
            : RecognitionText::tr("This is a PuTTY key file (.ppk)."),
        file && file->isEncrypted
            ? RecognitionText::tr("Convert it: puttygen KEY.ppk -O private-openssh-new -o KEY asks for its passphrase; "
                                  "then ssh-keygen -p -m PKCS8 -f KEY.")
            : RecognitionText::tr("Convert it: puttygen KEY.ppk -O private-openssh-new -o KEY, then "
                                  "ssh-keygen -p -m PKCS8 -f KEY."));
    if (file)
        describe(inspection, std::move(file->publicKey));
    return inspection;
}

KeyInspection xmlKey(QByteArrayView text)
{
    const bool isPrivate = text.contains("<D>") || text.contains("<d>");
    return refused(isPrivate ? KeyMaterialKind::Unknown : KeyMaterialKind::PublicKey, QStringLiteral("XML"),
                   "key.is-xml", RecognitionText::tr("This is an RSA key in the XML form of .NET."),
                   RecognitionText::tr("Export it as PKCS#8: RSA.ExportPkcs8PrivateKeyPem() in .NET."));
}

/// A key whose first line stayed behind.
KeyInspection withoutBegin(QByteArrayView)
{
    return refused(KeyMaterialKind::Unknown, {}, "key.truncated",
                   RecognitionText::tr("The key is cut off: its BEGIN line is missing."),
                   RecognitionText::tr("Copy the key again, whole: from the BEGIN line to the END line."));
}

KeyInspection fingerprint(QByteArrayView)
{
    return refused(KeyMaterialKind::Unknown, QStringLiteral("fingerprint"), "key.is-fingerprint",
                   RecognitionText::tr("This is a fingerprint of a key, not the key."),
                   RecognitionText::tr("Give the private key file itself."));
}

KeyInspection signedToken(QByteArrayView)
{
    return refused(KeyMaterialKind::Unknown, QStringLiteral("JWT"), "key.is-jwt",
                   RecognitionText::tr("This is a signed token (JWT), not the key that signs."),
                   RecognitionText::tr("Give the private key that the token was signed with."));
}

KeyInspection clientId(QByteArrayView)
{
    return refused(KeyMaterialKind::Unknown, QStringLiteral("GUID"), "key.is-client-id",
                   RecognitionText::tr("This looks like a client ID."),
                   RecognitionText::tr("Put it into the field Client ID, and give the private key here."));
}

KeyInspection filePath()
{
    return refused(KeyMaterialKind::Unknown, QStringLiteral("path"), "key.is-path",
                   RecognitionText::tr("This is the path of a file, not its contents."),
                   RecognitionText::tr("Choose the file, or paste what is in it."));
}

KeyInspection webPage(QByteArrayView)
{
    return refused(KeyMaterialKind::Unknown, QStringLiteral("HTML"), "key.is-html",
                   RecognitionText::tr("This is a web page."),
                   RecognitionText::tr("Download the key file itself (often a button named Raw or Download)."));
}

KeyInspection secret(QByteArrayView)
{
    return refused(
        KeyMaterialKind::Unknown, QStringLiteral("text"), "key.is-secret",
        RecognitionText::tr("This is no key; it looks like a client secret or a password."),
        RecognitionText::tr("SMART Backend Services uses no client secret: give the private key whose public "
                            "half is registered."));
}

KeyInspection encryptedJwk(QByteArrayView)
{
    return refused(KeyMaterialKind::Unknown, QStringLiteral("JWE"), "key.is-jwe",
                   RecognitionText::tr("This is encrypted (JWE). There may be a JWK in it."),
                   RecognitionText::tr("Decrypt it: jose jwe dec -i FILE -k YOURS -O KEY, then give KEY."));
}

KeyInspection ageIdentity(QByteArrayView)
{
    return refused(KeyMaterialKind::Unknown, QStringLiteral("age"), "key.is-age",
                   RecognitionText::tr("This is a key of age: it is for encrypted files, it can't sign."),
                   RecognitionText::tr("Generate an RSA key with at least 2048 bits, or an EC key on P-384."));
}

KeyInspection address(QByteArrayView)
{
    return refused(KeyMaterialKind::Unknown, QStringLiteral("URL"), "key.is-url",
                   RecognitionText::tr("This is an address, not a key."),
                   RecognitionText::tr("If it is where your public keys are published, put it into the field JWK Set "
                                       "URL; give the private key here."));
}

KeyInspection reference(QByteArrayView)
{
    return refused(KeyMaterialKind::Unknown, QStringLiteral("reference"), "key.is-reference",
                   RecognitionText::tr("This names a key that lies elsewhere; it is not the key."),
                   RecognitionText::tr("Export the key from there as PKCS#8; where that is not possible, generate one "
                                       "for this client."));
}

/// What `openssl … -text -noout` prints.
KeyInspection printedKey(QByteArrayView text)
{
    const bool isPrivate = text.contains("Private-Key:") || text.contains("priv:");
    return refused(isPrivate ? KeyMaterialKind::Unknown : KeyMaterialKind::PublicKey, QStringLiteral("openssl -text"),
                   "key.is-printed", RecognitionText::tr("This is a key as openssl prints it for people to read."),
                   RecognitionText::tr("Give the key file itself; or run the command again without -text -noout."));
}

KeyInspection printedCertificate(QByteArrayView)
{
    return refused(
        KeyMaterialKind::Certificate, QStringLiteral("openssl -text"), "key.is-certificate",
        RecognitionText::tr("This is a certificate: the public half, which the server gets."),
        RecognitionText::tr("Give the private key that belongs to it. Its first line reads BEGIN PRIVATE KEY "
                            "or BEGIN RSA PRIVATE KEY; it is often in the file next to the certificate (.key, "
                            ".pem)."));
}

KeyInspection encryptedMail(QByteArrayView)
{
    return refused(
        KeyMaterialKind::Unknown, QStringLiteral("S/MIME"), "key.is-encrypted-message",
        RecognitionText::tr("This is an encrypted message (CMS, S/MIME). There may be a key in it."),
        RecognitionText::tr("Decrypt it: openssl cms -decrypt -in FILE -inkey YOURS -out KEY, then give KEY."));
}

/// A file that is told by its first bytes.
struct BinaryShape {
    QByteArrayView start;
    const char *format;
    const char *message;
    const char *hint;
};
constexpr std::array binaryShapes{
    BinaryShape{"\xFE\xED\xFE\xED", "JKS", QT_TRANSLATE_NOOP("KeyRecognition", "This is a Java keystore."),
                QT_TRANSLATE_NOOP("KeyRecognition", "Convert it: keytool -importkeystore -srckeystore KEYSTORE "
                                                    "-destkeystore KEY.p12 -deststoretype PKCS12, then give KEY.p12.")},
    BinaryShape{"\xCE\xCE\xCE\xCE", "JCEKS", QT_TRANSLATE_NOOP("KeyRecognition", "This is a Java keystore."),
                QT_TRANSLATE_NOOP("KeyRecognition", "Convert it: keytool -importkeystore -srckeystore KEYSTORE "
                                                    "-destkeystore KEY.p12 -deststoretype PKCS12, then give KEY.p12.")},
    BinaryShape{"\x1E\xF1\xB5\xB0", "PVK", QT_TRANSLATE_NOOP("KeyRecognition", "This is a Microsoft PVK file."),
                QT_TRANSLATE_NOOP("KeyRecognition", "Convert it: openssl rsa -inform PVK -in KEY -out KEY.pem.")},
    BinaryShape{"PK\x03\x04", "ZIP",
                QT_TRANSLATE_NOOP("KeyRecognition", "This is a ZIP archive or an Office document."),
                QT_TRANSLATE_NOOP("KeyRecognition", "Unpack it and give the key file that is in it.")},
    BinaryShape{"\x1F\x8B", "gzip", QT_TRANSLATE_NOOP("KeyRecognition", "This is a compressed file (gzip)."),
                QT_TRANSLATE_NOOP("KeyRecognition", "Unpack it and give the key file that is in it.")},
    BinaryShape{"%PDF-", "PDF", QT_TRANSLATE_NOOP("KeyRecognition", "This is a PDF document."),
                QT_TRANSLATE_NOOP("KeyRecognition", "Open it and copy the key out of it, or ask for the key file.")},
    BinaryShape{"\x89PNG", "PNG", QT_TRANSLATE_NOOP("KeyRecognition", "This is a picture."),
                QT_TRANSLATE_NOOP("KeyRecognition", "Give the key file itself.")},
    BinaryShape{"\x03\xD9\xA2\x9A", "KeePass", QT_TRANSLATE_NOOP("KeyRecognition", "This is a KeePass database."),
                QT_TRANSLATE_NOOP("KeyRecognition", "Open it in KeePass and copy the key out of its entry.")},
    BinaryShape{"SQLite format 3", "SQLite", QT_TRANSLATE_NOOP("KeyRecognition", "This is a database file (SQLite)."),
                QT_TRANSLATE_NOOP("KeyRecognition", "Give the key file itself.")},
    BinaryShape{"age-encryption.org/v1", "age",
                QT_TRANSLATE_NOOP("KeyRecognition", "This is a file encrypted with age. There may be a key in it."),
                QT_TRANSLATE_NOOP("KeyRecognition",
                                  "Decrypt it: age -d -i IDENTITY -o KEY FILE, then give KEY. A bundle "
                                  "of credentials is imported instead.")},
    BinaryShape{
        "Salted__", "openssl enc", QT_TRANSLATE_NOOP("KeyRecognition", "This is a file encrypted with openssl enc."),
        QT_TRANSLATE_NOOP("KeyRecognition", "Decrypt it: openssl enc -d -aes-256-cbc -pbkdf2 -in FILE -out KEY, "
                                            "then give KEY.")},
};

constexpr std::array textShapes{
    TextShape{"^[^\\n]{0,500}?(?<!\\S)(ssh-(rsa|dss|ed25519)|ecdsa-sha2-\\S{1,40}|sk-\\S{1,40})(-cert-v01@openssh\\."
              "com)?[ \\t]+"
              "AAAA",
              sshPublicKeyLine},
    TextShape{"^PuTTY-User-Key-File-", puttyKey},
    TextShape{"^((sha(1|256) )?fingerprint=)?([0-9A-F]{2}:){15,63}[0-9A-F]{2}$", fingerprint},
    TextShape{"^((\\d{3,5} )?SHA256:[A-Z0-9+/=]{20,}( .*)?|(\\d{3,5} )?MD5:[0-9A-F:]{20,}( .*)?)$", fingerprint},
    TextShape{"^([0-9A-F]{40}|[0-9A-F]{64})$", fingerprint},
    TextShape{"^(Bearer )?eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*$", signedToken},
    TextShape{"^eyJ[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*){4}$", encryptedJwk},
    TextShape{"^\\{(?=.*\"ciphertext\"\\s*:\\s*\").*\"protected\"\\s*:", encryptedJwk},
    TextShape{"^(#[^\\n]*\\s+)*(AGE-SECRET-KEY-1|age1)[A-Z0-9]{50,}", ageIdentity},
    TextShape{"^(RSA )?(Private|Public)-Key: \\(", printedKey},
    TextShape{"^Certificate:\\s+Data:", printedCertificate},
    TextShape{"^MIME-Version:.*application/(x-)?pkcs7-mime", encryptedMail},
    TextShape{"^\\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\}?$", clientId},
    TextShape{"^\\s*(<\\?xml[^>]*>\\s*)?<RSAKeyValue>", xmlKey},
    TextShape{"^<(!DOCTYPE|html|head|\\?xml)", webPage},
    TextShape{"-END [A-Z ]*PRIVATE KEY-", withoutBegin},
    TextShape{"^https?://\\S+$", address},
    TextShape{"^(pkcs11:|arn:|vault:|op://|projects/|env:)\\S+$", reference},
    TextShape{"^[\\x21-\\x7E]{8,200}$", secret},
};

} // namespace

KeyInspection refused(KeyMaterialKind kind, QString format, const char *code, QString message, QString hint)
{
    KeyInspection inspection;
    inspection.kind = kind;
    inspection.format = std::move(format);
    inspection.findings.append(
        {KeyFinding::Severity::Error, QString::fromLatin1(code), std::move(message), std::move(hint)});
    return inspection;
}

void describePublicPart(KeyInspection &inspection, PkeyPointer key)
{
    if (!key)
        return;
    inspection.keyType = typeNameOf(key.get());
    inspection.bits = EVP_PKEY_get_bits(key.get());
    inspection.curve = curveOf(key.get());
    const bool hasJwkForm =
        inspection.keyType == QLatin1String("RSA") || inspection.curve.startsWith(QLatin1String("P-"));
    if (!hasJwkForm)
        return;
    inspection.publicKey = KeyAccess::makePublic(std::move(key));
    inspection.thumbprint = inspection.publicKey->thumbprint();
}

void describe(KeyInspection &inspection, std::optional<SshPublicKey> ssh)
{
    if (!ssh)
        return;
    inspection.keyType = ssh->keyType;
    inspection.bits = ssh->bits;
    if (ssh->pkey)
        describePublicPart(inspection, std::move(ssh->pkey));
}

KeyInspection sshPublicKey(std::span<const std::byte> blob)
{
    KeyInspection inspection =
        refused(KeyMaterialKind::PublicKey, QStringLiteral("OpenSSH"), "key.is-ssh-public-key",
                RecognitionText::tr("This is an OpenSSH public key."),
                RecognitionText::tr("Give the private key: the file of the same name without .pub, converted with "
                                    "ssh-keygen -p -m PKCS8 -f COPY."));
    if (!blob.empty())
        describe(inspection, readSshPublicKey(blob));
    return inspection;
}

KeyInspection recognizeText(QByteArrayView cleaned, QByteArrayView pasted)
{
    for (const BinaryShape &shape : binaryShapes) {
        if (pasted.startsWith(shape.start))
            return refused(KeyMaterialKind::Unknown, QString::fromLatin1(shape.format), "key.is-other-format",
                           RecognitionText::tr(shape.message), RecognitionText::tr(shape.hint));
    }
    // BLOBHEADER, then the magic of an RSA key (Windows' CryptoAPI).
    if (pasted.size() > 12 &&
        (pasted.sliced(8, 4) == QByteArrayView("RSA2") || pasted.sliced(8, 4) == QByteArrayView("RSA1")))
        return refused(KeyMaterialKind::Unknown, QStringLiteral("MSBLOB"), "key.is-other-format",
                       RecognitionText::tr("This is a Microsoft key blob."),
                       RecognitionText::tr("Convert it: openssl rsa -inform MSBLOB -in KEY -out KEY.pem."));
    // The shapes are all told by their start or are short: a megabyte of anything else is not run through them.
    const auto headOf = [](QByteArrayView text) {
        return QString::fromUtf8(text.trimmed().first(std::min<qsizetype>(text.trimmed().size(), 16'384)));
    };
    const QString head = headOf(cleaned);
    if (head.isEmpty())
        return refused(KeyMaterialKind::Empty, {}, "key.empty", RecognitionText::tr("There is no key here."),
                       RecognitionText::tr("Paste the private key, or choose its file."));
    static const QRegularExpression path(
        QStringLiteral("^[\"']?(file://|~/|/|\\.{1,2}/|[A-Za-z]:[\\\\/]|\\\\\\\\)[^\\n]*\\."
                       "(pem|key|p8|der|pfx|p12|json|jwks?|jks|ppk|txt|cer|crt)[\"']?$"),
        QRegularExpression::CaseInsensitiveOption);
    if (path.match(headOf(pasted)).hasMatch()) // as it was: C:\new.pem holds what looks like a line break
        return filePath();
    for (const TextShape &shape : textShapes) {
        if (QRegularExpression(QString::fromLatin1(shape.pattern), QRegularExpression::CaseInsensitiveOption |
                                                                       QRegularExpression::DotMatchesEverythingOption)
                .match(head)
                .hasMatch())
            return shape.describe(cleaned.trimmed());
    }
    return refused(KeyMaterialKind::Unknown, {}, "key.unrecognized",
                   RecognitionText::tr("There is no private key in this text."),
                   RecognitionText::tr("A private key in PEM form begins with the line BEGIN PRIVATE KEY and ends with "
                                       "END PRIVATE KEY; copy both lines and all between."));
}

} // namespace credenza
