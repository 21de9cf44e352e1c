// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyInspection.h"
#include "tests/support/ResultMacros.h"

#include <QTest>

#include <openssl/pkcs12.h>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

/// One key of a file to be made, and the name that it gets there.
struct Entry {
    const ImportedKey *key = nullptr;
    QByteArray name;
};

enum class Mac { Present, Absent };

/// A PKCS#12 file as programs write it: each key encrypted under `passphrase` (null: no text at all).
QByteArray pkcs12Of(const std::vector<Entry> &entries, const char *passphrase, Mac mac)
{
    STACK_OF(PKCS12_SAFEBAG) *bags = sk_PKCS12_SAFEBAG_new_null();
    for (const Entry &entry : entries) {
        const auto *in = reinterpret_cast<const unsigned char *>(entry.key->pkcs8.view().data());
        EVP_PKEY *key = d2i_AutoPrivateKey(nullptr, &in, static_cast<long>(entry.key->pkcs8.size()));
        PKCS12_SAFEBAG *bag = PKCS12_add_key(&bags, key, 0, 2048, NID_aes_256_cbc, passphrase);
        if (!entry.name.isEmpty())
            PKCS12_add_friendlyname_utf8(bag, entry.name.constData(), static_cast<int>(entry.name.size()));
        EVP_PKEY_free(key);
    }
    STACK_OF(PKCS7) *safes = nullptr;
    PKCS12_add_safe(&safes, bags, -1, 0, nullptr);
    PKCS12 *file = PKCS12_add_safes(safes, 0);
    if (mac == Mac::Present)
        PKCS12_set_mac(file, passphrase, -1, nullptr, 0, 2048, EVP_sha256());
    unsigned char *der = nullptr;
    const int size = i2d_PKCS12(file, &der);
    const QByteArray bytes(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    PKCS12_free(file);
    sk_PKCS7_pop_free(safes, PKCS7_free);
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
    return bytes;
}

KeyInspection inspect(const QByteArray &file, const QByteArray &passphrase, const QString &choice = {})
{
    return inspectKey(SecretBytes::copyOf(QByteArrayView(file)), SecretBytes::copyOf(QByteArrayView(passphrase)),
                      choice);
}

QString errorOf(const KeyInspection &inspection)
{
    return inspection.firstError() == nullptr ? QString() : inspection.firstError()->code;
}

} // namespace

/// Keys in PKCS#12 files (.p12, .pfx), made here as several programs make them.
class Pkcs12Test : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void opens_data();
    void opens();
    void offersSeveral();
    void takesTheSameKeyOnce();
    void refusesDamage();

private:
    std::optional<ImportedKey> m_rsa;
    std::optional<ImportedKey> m_elliptic;
};

void Pkcs12Test::initTestCase()
{
    auto rsa = generateKey({KeyType::Rsa, 2048, {}});
    auto elliptic = generateKey({KeyType::Ec, 0, u"P-384"_s});
    QVERIFY_RESULT(rsa);
    QVERIFY_RESULT(elliptic);
    m_rsa = std::move(*rsa);
    m_elliptic = std::move(*elliptic);
}

void Pkcs12Test::opens_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<QString>("error");
    const std::vector<Entry> one{{&*m_rsa, "client"}};
    const QByteArray usual = pkcs12Of(one, "secret", Mac::Present);
    const QByteArray unsealed = pkcs12Of(one, "secret", Mac::Absent);
    QTest::newRow("usual") << usual << QByteArray("secret") << QString();
    QTest::newRow("wrong passphrase") << usual << QByteArray("Secret") << u"key.wrong-passphrase"_s;
    QTest::newRow("no passphrase yet") << usual << QByteArray() << u"key.needs-passphrase"_s;
    QTest::newRow("without MAC") << unsealed << QByteArray("secret") << QString();
    QTest::newRow("without MAC, wrong passphrase") << unsealed << QByteArray("Secret") << u"key.wrong-passphrase"_s;
    QTest::newRow("empty passphrase") << pkcs12Of(one, "", Mac::Present) << QByteArray() << QString();
    QTest::newRow("no passphrase at all") << pkcs12Of(one, nullptr, Mac::Present) << QByteArray() << QString();
    QTest::newRow("nothing in it") << pkcs12Of({}, "secret", Mac::Present) << QByteArray("secret")
                                   << u"key.no-private-key"_s;
}

void Pkcs12Test::opens()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, passphrase);
    QFETCH(QString, error);
    const KeyInspection inspection = inspect(file, passphrase);
    QCOMPARE(errorOf(inspection), error);
    QCOMPARE(nameOf(inspection.kind), u"pkcs12"_s);
    QCOMPARE(inspection.isUsable(), error.isEmpty());
    if (error.isEmpty())
        QCOMPARE(inspection.thumbprint, m_rsa->key.publicKey().thumbprint());
}

void Pkcs12Test::offersSeveral()
{
    const QByteArray file = pkcs12Of({{&*m_rsa, "first"}, {&*m_elliptic, "zweite \xC3\xA4"}}, "secret", Mac::Present);
    const KeyInspection undecided = inspect(file, "secret");
    QCOMPARE(errorOf(undecided), u"key.several"_s);
    QCOMPARE(nameOf(undecided.kind), u"pkcs12"_s);
    QCOMPARE(undecided.offers.size(), 2);
    QCOMPARE(undecided.offers.at(1).keyId, u"zweite ä"_s);
    const QString thumbprint = m_elliptic->key.publicKey().thumbprint();
    for (const QString &choice : {u"zweite ä"_s, thumbprint}) {
        const KeyInspection chosen = inspect(file, "secret", choice);
        QVERIFY2(chosen.isUsable(), qPrintable(errorOf(chosen)));
        QCOMPARE(chosen.thumbprint, thumbprint);
        QCOMPARE(chosen.keyId, QString()); // its name in the file is no `kid`
    }
    QCOMPARE(errorOf(inspect(file, "secret", u"third"_s)), u"key.several"_s);
}

void Pkcs12Test::takesTheSameKeyOnce()
{
    const QByteArray file = pkcs12Of({{&*m_rsa, "one"}, {&*m_rsa, "again"}}, "secret", Mac::Present);
    const KeyInspection inspection = inspect(file, "secret");
    QVERIFY2(inspection.isUsable(), qPrintable(errorOf(inspection)));
    QVERIFY(inspection.offers.isEmpty());
}

void Pkcs12Test::refusesDamage()
{
    const QByteArray file = pkcs12Of({{&*m_elliptic, "client"}}, "secret", Mac::Present);
    const QString thumbprint = m_elliptic->key.publicKey().thumbprint();
    for (qsizetype i = 0; i < file.size(); ++i) {
        QByteArray edited = file;
        edited[i] = static_cast<char>(edited[i] ^ 0x20);
        const KeyInspection inspection = inspect(edited, "secret");
        if (inspection.isUsable()) // what the MAC does not cover says nothing of the key
            QCOMPARE(inspection.thumbprint, thumbprint);
        else
            QVERIFY(!errorOf(inspection).isEmpty());
        QVERIFY(!inspect(file.first(i), "secret").isUsable());
    }
}

QTEST_GUILESS_MAIN(Pkcs12Test)
#include "tst_pkcs12.moc"
