// SPDX-License-Identifier: Apache-2.0
#include "tests/support/TestCertificates.h"

#include <QRandomGenerator>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace credenza::test
{

namespace
{

template <auto release> struct Releaser {
    template <typename T> void operator()(T *object) const { release(object); }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using CertificatePointer = std::unique_ptr<X509, Releaser<X509_free>>;
using BioPointer = std::unique_ptr<BIO, Releaser<BIO_free>>;

QByteArray contents(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, qsizetype(size)};
}

KeyPointer opensslKey(const QSslKey &key)
{
    const QByteArray pem = key.toPem();
    const BioPointer bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    return KeyPointer(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

void addExtension(X509 *certificate, X509 *issuer, int id, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, id, value.constData());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

} // namespace

TestIdentity makeTestCertificate(const TestCertificateSpecification &specification, const TestIdentity *issuer)
{
    constexpr long day = 24 * 60 * 60;
    const KeyPointer key(EVP_EC_gen("P-256"));
    const CertificatePointer certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), QRandomGenerator::global()->generate());
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), day * specification.firstDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), day * specification.lastDay);
    X509_set_pubkey(certificate.get(), key.get());
    const QByteArray name = specification.commonName.toUtf8();
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(name.constData()), int(name.size()), -1, 0);

    CertificatePointer issuerCertificate;
    KeyPointer issuerKey;
    if (issuer != nullptr) {
        const QByteArray der = issuer->certificate.toDer();
        const auto *in = reinterpret_cast<const unsigned char *>(der.constData());
        issuerCertificate.reset(d2i_X509(nullptr, &in, long(der.size())));
        issuerKey = opensslKey(issuer->key);
    }
    X509 *signer = issuerCertificate ? issuerCertificate.get() : certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer));
    addExtension(certificate.get(), signer, NID_basic_constraints,
                 specification.isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (!specification.alternativeNames.isEmpty())
        addExtension(certificate.get(), signer, NID_subject_alt_name, specification.alternativeNames.toLatin1());
    X509_sign(certificate.get(), issuerKey ? issuerKey.get() : key.get(), EVP_sha256());

    const BioPointer certificateBio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(certificateBio.get(), certificate.get());
    const BioPointer keyBio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey_traditional(keyBio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {QSslCertificate(contents(certificateBio.get())), QSslKey(contents(keyBio.get()), QSsl::Ec)};
}

QSslConfiguration serverTls(const TestIdentity &identity)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(identity.certificate);
    tls.setPrivateKey(identity.key);
    return tls;
}

} // namespace credenza::test
