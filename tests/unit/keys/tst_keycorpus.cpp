// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyInspection.h"
#include "tests/support/SharedData.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <ctime>

using namespace credenza;
using namespace credenza::test;

/// Every file of the shared corpus of keys as people paste them, judged against its manifest.
class KeyCorpusTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void classifies_data();
    void classifies();
};

void KeyCorpusTest::classifies_data()
{
    QTest::addColumn<QJsonObject>("entry");
    QFile manifest(sharedData(QStringLiteral("pem-keys/manifest.json")));
    if (!manifest.open(QIODevice::ReadOnly))
        return;
    const QJsonObject files = QJsonDocument::fromJson(manifest.readAll()).object().value(u"files").toObject();
    for (auto it = files.begin(); it != files.end(); ++it) {
        QJsonObject entry = it->toObject();
        entry.insert(QStringLiteral("file"), it.key());
        QTest::newRow(qPrintable(it.key())) << entry;
    }
}

void KeyCorpusTest::classifies()
{
    REQUIRE_SHARED_DATA("pem-keys/manifest.json");
    QFETCH(QJsonObject, entry);
    QFile file(sharedData(QStringLiteral("pem-keys/files/") + entry.value(u"file").toString()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const SecretBytes text = SecretBytes::copyOf(QByteArrayView(file.readAll()));
    const SecretBytes passphrase = SecretBytes::copyOf(QByteArrayView(entry.value(u"password").toString().toUtf8()));

    const std::clock_t before = std::clock(); // of this process: other work on the machine does not count
    const KeyInspection inspection = inspectKey(text, passphrase);
    QVERIFY2(std::clock() - before < 2 * CLOCKS_PER_SEC, "an inspection must stay quick");

    const QString expected = entry.value(u"expected").toString();
    const QString finding = inspection.findings.isEmpty() ? QString() : inspection.findings.first().code;
    const bool canSign = entry.value(u"RS384").toBool() || entry.value(u"ES384").toBool();
    const bool isP256 = entry.value(u"key_type").toString() == u"EC P-256";
    if (expected == u"private-key") {
        const bool needsLegacy = entry.value(u"read_by").toObject().value(u"openssl_needs_legacy_provider").toBool();
        QVERIFY2(inspection.kind == KeyMaterialKind::PrivateKey || needsLegacy, qPrintable(finding));
        if (finding == u"key.several") // which one is meant is not known: refused with a message
            QVERIFY(!inspection.isUsable());
        else if (canSign || isP256)
            QVERIFY2(inspection.isUsable() || needsLegacy, qPrintable(finding));
        else if (entry.value(u"key_type").toString() !=
                 u"EC explicit") // P-256 by its parameters: either answer is right
            QVERIFY2(!inspection.isUsable() && inspection.firstError() != nullptr, qPrintable(finding));
        if (inspection.isUsable() && entry.contains(u"jwk_thumbprint_sha256"))
            QCOMPARE(inspection.thumbprint, entry.value(u"jwk_thumbprint_sha256").toString());
        if (inspection.isUsable() && entry.contains(u"bits"))
            QCOMPARE(inspection.bits, entry.value(u"bits").toInt());
    } else if (expected == u"lenient") {
        if (inspection.isUsable() && entry.contains(u"jwk_thumbprint_sha256"))
            QCOMPARE(inspection.thumbprint, entry.value(u"jwk_thumbprint_sha256").toString());
        if (!inspection.isUsable())
            QVERIFY(inspection.firstError() != nullptr);
    } else if (expected == u"other-private-key-format") {
        if (!inspection.isUsable())
            QVERIFY(inspection.firstError() != nullptr);
    } else {
        QVERIFY2(!inspection.isUsable(), qPrintable(finding));
        QVERIFY(inspection.firstError() != nullptr);
        QVERIFY(!inspection.firstError()->message.isEmpty());
        QVERIFY(!inspection.firstError()->hint.isEmpty());
    }
}

QTEST_GUILESS_MAIN(KeyCorpusTest)
#include "tst_keycorpus.moc"
