// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyRecognition.h"

#include "core/keys/KeyLoading.h"
#include "core/keys/OpenSsl.h"
#include "core/keys/PemBlocks.h"
#include "core/keys/SshBlob.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>
#include <openssl/err.h>

namespace credenza
{

namespace
{

struct RecognitionText {
    Q_DECLARE_TR_FUNCTIONS(KeyRecognition)
};

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

PkeyPointer publicKeyOfCertificate(std::span<const std::byte> der)
{
    const auto *in = reinterpret_cast<const unsigned char *>(der.data());
    const X509Pointer certificate(d2i_X509(nullptr, &in, static_cast<long>(der.size())));
    return PkeyPointer(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
}

PkeyPointer publicKeyOfRequest(std::span<const std::byte> der)
{
    const auto *in = reinterpret_cast<const unsigned char *>(der.data());
    const OpenSslPointer<X509_REQ, X509_REQ_free> request(d2i_X509_REQ(nullptr, &in, static_cast<long>(der.size())));
    return PkeyPointer(request ? X509_REQ_get_pubkey(request.get()) : nullptr);
}

PkeyPointer publicKeyOf(std::span<const std::byte> der)
{
    const auto *in = reinterpret_cast<const unsigned char *>(der.data());
    if (EVP_PKEY *key = d2i_PUBKEY(nullptr, &in, static_cast<long>(der.size())))
        return PkeyPointer(key);
    in = reinterpret_cast<const unsigned char *>(der.data());
    return PkeyPointer(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &in, static_cast<long>(der.size())));
}

KeyInspection certificate(std::span<const std::byte> der)
{
    KeyInspection inspection = refused(
        KeyMaterialKind::Certificate, QStringLiteral("X.509"), "key.is-certificate",
        RecognitionText::tr("This is a certificate: the public half, which the server gets."),
        RecognitionText::tr("Give the private key that belongs to it. Its first line reads BEGIN PRIVATE KEY or "
                            "BEGIN RSA PRIVATE KEY; it is often in the file next to the certificate (.key, .pem)."));
    describePublicPart(inspection, publicKeyOfCertificate(der));
    return inspection;
}

KeyInspection certificateBundle()
{
    return refused(KeyMaterialKind::Certificate, QStringLiteral("PKCS#7"), "key.is-certificate-bundle",
                   RecognitionText::tr("This is a bundle of certificates (PKCS#7); it holds no private key."),
                   RecognitionText::tr("Give the private key that was made before its certificate was requested."));
}

KeyInspection certificateRequest(std::span<const std::byte> der)
{
    KeyInspection inspection =
        refused(KeyMaterialKind::CertificateRequest, QStringLiteral("PKCS#10"), "key.is-certificate-request",
                RecognitionText::tr("This is a certificate request; it holds only the public half."),
                RecognitionText::tr("Give the private key that was made together with the request."));
    describePublicPart(inspection, publicKeyOfRequest(der));
    return inspection;
}

KeyInspection publicKey(std::span<const std::byte> der, const QString &format)
{
    KeyInspection inspection = refused(
        KeyMaterialKind::PublicKey, format, "key.is-public-key",
        RecognitionText::tr("This is the public key: the half that the server gets."),
        RecognitionText::tr("Give the private key. Its first line reads BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY."));
    describePublicPart(inspection, publicKeyOf(der));
    return inspection;
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

/// The command alone would rewrite the only copy, hence COPY.
KeyInspection openSshPrivateKey(std::span<const std::byte> contents)
{
    auto envelope = readOpenSshEnvelope(contents);
    const bool isEncrypted = envelope && envelope->isEncrypted;
    KeyInspection inspection = refused(
        KeyMaterialKind::OpenSshPrivateKey, QStringLiteral("OpenSSH"), "key.is-openssh",
        isEncrypted ? RecognitionText::tr("This is an encrypted private key in OpenSSH's own format.")
                    : RecognitionText::tr("This is a private key in OpenSSH's own format."),
        isEncrypted ? RecognitionText::tr("Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY asks for its "
                                          "passphrase and for a new one; then give the copy.")
                    : RecognitionText::tr("Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY, then give the copy."));
    if (envelope)
        describe(inspection, std::move(envelope->publicKey));
    return inspection;
}

KeyInspection otherBlock(const QString &label)
{
    return refused(
        KeyMaterialKind::Unknown, label, "key.is-something-else",
        RecognitionText::tr("This is a %1, not a private key.").arg(label),
        RecognitionText::tr("Give a private key whose first line reads BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY."));
}

/// One shape of text that people paste instead of a key.
struct TextShape {
    const char *pattern;
    KeyInspection (*describe)(QByteArrayView text);
};

KeyInspection sshPublicKey(QByteArrayView text)
{
    KeyInspection inspection =
        refused(KeyMaterialKind::PublicKey, QStringLiteral("OpenSSH"), "key.is-ssh-public-key",
                RecognitionText::tr("This is an OpenSSH public key."),
                RecognitionText::tr("Give the private key: the file of the same name without .pub, converted with "
                                    "ssh-keygen -p -m PKCS8 -f COPY."));
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

KeyInspection sshPublicKeyBlock(std::span<const std::byte> blob)
{
    KeyInspection inspection = sshPublicKey({});
    describe(inspection, readSshPublicKey(blob));
    return inspection;
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
};

constexpr std::array textShapes{
    TextShape{"^(ssh-(rsa|dss|ed25519)|ecdsa-sha2-\\S+|sk-\\S+) AAAA", sshPublicKey},
    TextShape{"^PuTTY-User-Key-File-", puttyKey},
    TextShape{"^((sha(1|256) )?fingerprint=)?([0-9A-F]{2}:){15,}[0-9A-F]{2}$", fingerprint},
    TextShape{"^((\\d{3,5} )?SHA256:[A-Z0-9+/=]{20,}( .*)?|(\\d{3,5} )?MD5:[0-9A-F:]{20,}( .*)?)$", fingerprint},
    TextShape{"^([0-9A-F]{40}|[0-9A-F]{64})$", fingerprint},
    TextShape{"^eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*$", signedToken},
    TextShape{"^\\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\}?$", clientId},
    TextShape{"^\\s*(<\\?xml[^>]*>\\s*)?<RSAKeyValue>", xmlKey},
    TextShape{"^<(!DOCTYPE|html|head|\\?xml)", webPage},
    TextShape{"-END [A-Z ]*PRIVATE KEY-", withoutBegin},
    TextShape{"^[\\x21-\\x7E]{8,200}$", secret},
};

} // namespace

std::optional<KeyInspection> recognizeLabel(const QString &label, std::span<const std::byte> der)
{
    if (label == QLatin1String("CERTIFICATE") || label == QLatin1String("X509 CERTIFICATE") ||
        label == QLatin1String("TRUSTED CERTIFICATE"))
        return certificate(der);
    if (label.endsWith(QLatin1String("CERTIFICATE REQUEST")))
        return certificateRequest(der);
    if (label == QLatin1String("PUBLIC KEY"))
        return publicKey(der, QStringLiteral("SPKI"));
    if (label == QLatin1String("RSA PUBLIC KEY"))
        return publicKey(der, QStringLiteral("PKCS#1"));
    if (label == QLatin1String("SSH2 PUBLIC KEY"))
        return sshPublicKeyBlock(der);
    if (label == QLatin1String("OPENSSH PRIVATE KEY") || label == QLatin1String("SSH2 ENCRYPTED PRIVATE KEY"))
        return openSshPrivateKey(der);
    if (label == QLatin1String("PKCS7") || label == QLatin1String("CMS") ||
        label == QLatin1String("PKCS #7 SIGNED DATA"))
        return certificateBundle();
    if (label.startsWith(QLatin1String("PGP ")))
        return otherBlock(label);
    if (!label.endsWith(QLatin1String("PRIVATE KEY")))
        return otherBlock(label);
    return std::nullopt;
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
        QStringLiteral("^(file://|~/|/|\\./|[A-Za-z]:\\\\)\\S*\\.(pem|key|p8|der|pfx|p12|json|txt|crt)$"),
        QRegularExpression::CaseInsensitiveOption);
    if (path.match(headOf(pasted)).hasMatch()) // as it was: C:\new.pem holds what looks like a line break
        return filePath();
    for (const TextShape &shape : textShapes) {
        if (QRegularExpression(QString::fromLatin1(shape.pattern), QRegularExpression::CaseInsensitiveOption)
                .match(head)
                .hasMatch())
            return shape.describe(cleaned.trimmed());
    }
    return refused(KeyMaterialKind::Unknown, {}, "key.unrecognized",
                   RecognitionText::tr("There is no private key in this text."),
                   RecognitionText::tr("A private key in PEM form begins with the line BEGIN PRIVATE KEY and ends with "
                                       "END PRIVATE KEY; copy both lines and all between."));
}

std::optional<KeyInspection> recognizeDer(std::span<const std::byte> der)
{
    ERR_clear_error();
    std::optional<KeyInspection> found;
    if (publicKeyOfCertificate(der))
        found = certificate(der);
    else if (publicKeyOfRequest(der))
        found = certificateRequest(der);
    else if (publicKeyOf(der))
        found = publicKey(der, QStringLiteral("DER"));
    ERR_clear_error();
    return found;
}

} // namespace credenza
