// SPDX-License-Identifier: Apache-2.0
#include "core/keys/Certificate.h"

#include "core/keys/OpenSsl.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <array>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace credenza
{

namespace
{

/// What goes into a certificate beside its key.
struct CertificateContents {
    QString commonName;
    std::chrono::days validity{365};
    QList<std::pair<int, QByteArray>> extensions; ///< NID and OpenSSL's text form of the value
};

QString fingerprint(const X509 *certificate, QCryptographicHash::Algorithm algorithm)
{
    unsigned char *der = nullptr;
    const int size = i2d_X509(certificate, &der);
    const QByteArray bytes(reinterpret_cast<const char *>(der), std::max(size, 0));
    OPENSSL_free(der);
    return QString::fromLatin1(QCryptographicHash::hash(bytes, algorithm).toHex().toUpper());
}

bool setSerialNumber(X509 *certificate, RandomSource &random)
{
    // RFC 5280, section 4.1.2.2: positive, at most 20 octets.
    std::array<std::byte, 16> serial{};
    random.fill(serial);
    serial[0] &= std::byte{0x7f};
    serial[0] |= std::byte{0x40};
    const BignumPointer number(
        BN_bin2bn(reinterpret_cast<const unsigned char *>(serial.data()), static_cast<int>(serial.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool setName(X509_NAME *name, const QString &commonName)
{
    const QByteArray text = commonName.left(64).toUtf8(); // ub-common-name, RFC 5280 appendix A
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(text.constData()),
                                      static_cast<int>(text.size()), -1, 0) == 1;
}

bool addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const OpenSslPointer<X509_EXTENSION, X509_EXTENSION_free> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// Issues a certificate for `subject`; without an issuer it is self-signed.
Result<X509Pointer> issue(const CertificateContents &contents, EVP_PKEY *subject, X509 *issuer, EVP_PKEY *issuerKey,
                          const Clock &clock, RandomSource &random)
{
    ERR_clear_error();
    X509Pointer certificate(X509_new());
    X509 *raw = certificate.get();
    const auto now = std::chrono::system_clock::to_time_t(clock.now());
    const auto days = static_cast<int>(contents.validity.count());
    bool isGood = X509_set_version(raw, X509_VERSION_3) == 1 && setSerialNumber(raw, random) &&
                  ASN1_TIME_adj(X509_getm_notBefore(raw), now, 0, -60) != nullptr &&
                  ASN1_TIME_adj(X509_getm_notAfter(raw), now, days, 0) != nullptr &&
                  setName(X509_get_subject_name(raw), contents.commonName) &&
                  X509_set_issuer_name(raw, X509_get_subject_name(issuer == nullptr ? raw : issuer)) == 1 &&
                  X509_set_pubkey(raw, subject) == 1;
    for (const auto &[nid, value] : contents.extensions)
        isGood = isGood && addExtension(raw, issuer == nullptr ? raw : issuer, nid, value);
    isGood = isGood && X509_sign(raw, issuer == nullptr ? subject : issuerKey, EVP_sha256()) > 0;
    ERR_clear_error();
    if (!isGood)
        return fail(ErrorKind::Failed, QStringLiteral("certificate.failed"),
                    QCoreApplication::translate("Keys", "The certificate could not be made."));
    return certificate;
}

Certificate described(const X509 *certificate)
{
    const BioPointer bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return {contentsOf(bio.get()), fingerprint(certificate, QCryptographicHash::Sha1),
            fingerprint(certificate, QCryptographicHash::Sha256)};
}

} // namespace

Result<Certificate> selfSignedCertificate(const PrivateKey &key, const QString &commonName, std::chrono::days validity,
                                          const Clock &clock, RandomSource &random)
{
    const CertificateContents contents{
        commonName,
        validity,
        {{NID_basic_constraints, "critical,CA:FALSE"}, {NID_key_usage, "critical,digitalSignature"}}};
    const X509Pointer certificate = TRY(issue(contents, KeyAccess::pkey(key), nullptr, nullptr, clock, random));
    return described(certificate.get());
}

Result<LoopbackCertificates> makeLoopbackCertificates(std::chrono::days validity, const Clock &clock,
                                                      RandomSource &random)
{
    const KeySpecification elliptic{KeyType::Ec, 0, QStringLiteral("P-256")};
    const ImportedKey authorityKey = TRY(generateKey(elliptic));
    const ImportedKey serverKey = TRY(generateKey(elliptic));
    const CertificateContents authorityContents{QStringLiteral("Credenza loopback authority"),
                                                validity,
                                                {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                                 {NID_key_usage, "critical,keyCertSign,cRLSign"},
                                                 {NID_subject_key_identifier, "hash"}}};
    EVP_PKEY *authorityPkey = KeyAccess::pkey(authorityKey.key);
    const X509Pointer authority = TRY(issue(authorityContents, authorityPkey, nullptr, nullptr, clock, random));
    const CertificateContents serverContents{QStringLiteral("localhost"),
                                             validity,
                                             {{NID_basic_constraints, "critical,CA:FALSE"},
                                              {NID_key_usage, "critical,digitalSignature"},
                                              {NID_ext_key_usage, "serverAuth"},
                                              {NID_authority_key_identifier, "keyid"},
                                              {NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1"}}};
    const X509Pointer server =
        TRY(issue(serverContents, KeyAccess::pkey(serverKey.key), authority.get(), authorityPkey, clock, random));
    return LoopbackCertificates{described(authority.get()), described(server.get()), toPkcs8Pem(serverKey.pkcs8)};
}

} // namespace credenza
