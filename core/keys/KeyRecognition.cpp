// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyRecognition.h"

#include "core/keys/KeyLoading.h"
#include "core/keys/KeyShapes.h"

#include <array>
#include <openssl/cms.h>
#include <openssl/core_names.h>
#include <openssl/err.h>

namespace credenza
{

namespace
{

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
    PkeyPointer rsa(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &in, static_cast<long>(der.size())));
    // Two numbers are also what the parameters of other types are; but an RSA exponent is odd.
    const BignumPointer exponent = rsa ? bignumParameter(rsa.get(), OSSL_PKEY_PARAM_RSA_E) : nullptr;
    return exponent && BN_is_odd(exponent.get()) == 1 ? std::move(rsa) : nullptr;
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

KeyInspection revocationList()
{
    return refused(KeyMaterialKind::Unknown, QStringLiteral("X.509 CRL"), "key.is-something-else",
                   RecognitionText::tr("This is a list of revoked certificates (CRL), not a private key."),
                   RecognitionText::tr("Give the private key that was made before its certificate was requested."));
}

KeyInspection encryptedMessage()
{
    return refused(KeyMaterialKind::Unknown, QStringLiteral("CMS"), "key.is-encrypted-message",
                   RecognitionText::tr("This is an encrypted message (CMS, S/MIME). There may be a key in it."),
                   RecognitionText::tr("Decrypt it: openssl cms -decrypt -inform DER -in FILE -inkey YOURS -out KEY, "
                                       "then give KEY."));
}

/// A message in the syntax of PKCS#7 and CMS; none if it is not one.
std::optional<KeyInspection> message(std::span<const std::byte> der)
{
    const auto *in = reinterpret_cast<const unsigned char *>(der.data());
    const OpenSslPointer<CMS_ContentInfo, CMS_ContentInfo_free> cms(
        d2i_CMS_ContentInfo(nullptr, &in, static_cast<long>(der.size())));
    if (!cms)
        return std::nullopt;
    switch (OBJ_obj2nid(CMS_get0_type(cms.get()))) {
    case NID_pkcs7_signed:
        return certificateBundle();
    case NID_pkcs7_enveloped:
    case NID_pkcs7_signedAndEnveloped:
    case NID_pkcs7_encrypted:
    case NID_id_smime_ct_authEnvelopedData:
        return encryptedMessage();
    default:
        return std::nullopt;
    }
}

bool isRevocationList(std::span<const std::byte> der)
{
    const auto *in = reinterpret_cast<const unsigned char *>(der.data());
    return OpenSslPointer<X509_CRL, X509_CRL_free>(d2i_X509_CRL(nullptr, &in, static_cast<long>(der.size()))) !=
           nullptr;
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

/// SSH Communications' own form, which ssh-keygen reads only where it is not encrypted.
KeyInspection sshComKey()
{
    return refused(KeyMaterialKind::OpenSshPrivateKey, QStringLiteral("SSH2"), "key.is-ssh2",
                   RecognitionText::tr("This is a private key in the format of SSH2 (ssh.com)."),
                   RecognitionText::tr("Convert it: puttygen KEY -O private-openssh-new -o NEW, then "
                                       "ssh-keygen -p -m PKCS8 -f NEW, and give NEW."));
}

/// A block that is something else, and what is to be done about it.
struct OtherBlock {
    const char *label; ///< how the label begins or ends
    bool isEnding;
    const char *message;
    const char *hint;
};
constexpr std::array otherBlocks{
    OtherBlock{"PARAMETERS", true,
               QT_TRANSLATE_NOOP("KeyRecognition", "These are only the parameters that keys are made from."),
               QT_TRANSLATE_NOOP("KeyRecognition", "Give the private key; in the same file, it comes after them.")},
    OtherBlock{
        "PGP ", false, QT_TRANSLATE_NOOP("KeyRecognition", "This is of OpenPGP; SMART servers don't take its keys."),
        QT_TRANSLATE_NOOP("KeyRecognition", "Generate an RSA key with at least 2048 bits, or an EC key on P-384.")},
    OtherBlock{"AGE ENCRYPTED FILE", false,
               QT_TRANSLATE_NOOP("KeyRecognition", "This is a file encrypted with age. There may be a key in it."),
               QT_TRANSLATE_NOOP("KeyRecognition",
                                 "Decrypt it: age -d -i IDENTITY -o KEY FILE, then give KEY. A bundle "
                                 "of credentials is imported instead.")},
    OtherBlock{
        "TSS2 PRIVATE KEY", false,
        QT_TRANSLATE_NOOP("KeyRecognition", "This key lies in a security chip (TPM), which does not give it away."),
        QT_TRANSLATE_NOOP("KeyRecognition", "Generate a key for this client, and register its public half.")},
};

KeyInspection otherBlock(const QString &label)
{
    for (const OtherBlock &other : otherBlocks) {
        const QLatin1String part(other.label);
        if (other.isEnding ? label.endsWith(part) : label.startsWith(part))
            return refused(KeyMaterialKind::Unknown, label, "key.is-something-else", RecognitionText::tr(other.message),
                           RecognitionText::tr(other.hint));
    }
    return refused(
        KeyMaterialKind::Unknown, label, "key.is-something-else",
        RecognitionText::tr("This is labelled %1; it is not a private key.").arg(label),
        RecognitionText::tr("Give a private key whose first line reads BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY."));
}

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
        return sshPublicKey(der);
    if (label == QLatin1String("OPENSSH PRIVATE KEY"))
        return openSshPrivateKey(der);
    if (label == QLatin1String("SSH2 ENCRYPTED PRIVATE KEY"))
        return sshComKey();
    if (label == QLatin1String("PKCS7") || label == QLatin1String("CMS") ||
        label == QLatin1String("PKCS #7 SIGNED DATA")) {
        auto known = message(der);
        return known ? std::move(*known) : certificateBundle();
    }
    if (label == QLatin1String("X509 CRL"))
        return revocationList();
    if (label.startsWith(QLatin1String("PGP ")) || label.startsWith(QLatin1String("TSS2 ")))
        return otherBlock(label);
    if (!label.endsWith(QLatin1String("PRIVATE KEY")))
        return otherBlock(label);
    return std::nullopt;
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
    else if (readOpenSshEnvelope(der))
        found = openSshPrivateKey(der);
    else if (isRevocationList(der))
        found = revocationList();
    else
        found = message(der);
    ERR_clear_error();
    return found;
}

} // namespace credenza
