// SPDX-License-Identifier: Apache-2.0
#include "core/vault/CredentialCard.h"
#include "core/vault/CredentialIndex.h"
#include "tests/support/SeededRandom.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

std::span<const std::byte> bytesOf(const QByteArray &bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

std::optional<Credential> decoded(const QByteArray &card)
{
    SharedValues shared;
    return decodeCard(bytesOf(card), shared);
}

} // namespace

/// Cards: whatever a credential holds comes back, and nothing but a card is taken for one.
class TestCredentialCard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsEveryMember_data();
    void keepsEveryMember();
    void refusesWhatIsNoCard_data();
    void refusesWhatIsNoCard();
    void survivesRandomDamage();
    void sharesEqualValues();
    void indexFindsAndOrders();
};

void TestCredentialCard::keepsEveryMember_data()
{
    QTest::addColumn<Credential>("credential");
    QTest::newRow("all members") << sampleCredential();
    QTest::newRow("no members") << Credential();
    for (const auto algorithm : {SignatureAlgorithm::RS256, SignatureAlgorithm::RS384, SignatureAlgorithm::RS512,
                                 SignatureAlgorithm::ES256, SignatureAlgorithm::ES384}) {
        Credential credential;
        credential.algorithm = algorithm;
        QTest::newRow(qPrintable(nameOf(algorithm))) << credential;
    }
    Credential large = sampleCredential(3);
    large.description = QString(200'000, u'ü') + u"\U0001F511 \u202E مرحبا"_s;
    for (int i = 0; i < 2000; ++i)
        large.scopes << u"system/Type%1.rs"_s.arg(i);
    QTest::newRow("large and in many scripts") << large;
    Credential passed = sampleCredential(4);
    passed.lastTest = TestSummary{true, {}, 0, {}, {}, {}};
    QTest::newRow("test without details") << passed;
}

void TestCredentialCard::keepsEveryMember()
{
    QFETCH(Credential, credential);
    credential.createdAt = QDateTime(QDate(2026, 5, 17), QTime(1, 2, 3, 4), Qt::UTC);
    const QByteArray card = encodeCard(credential);
    const auto again = decoded(card);
    QVERIFY(again);
    QCOMPARE(toJson(*again), toJson(credential));
    QCOMPARE(again->extraHeaders, credential.extraHeaders);
    QCOMPARE(again->key.publicPem, credential.key.publicPem);
    QCOMPARE(again->createdAt, credential.createdAt);
    QCOMPARE(encodeCard(*again), card);
    QCOMPARE(nameInCard(bytesOf(card)), credential.name);
    CredentialIndex index;
    QVERIFY(index.put(QUuid::createUuid(), 3, bytesOf(card)));
    QCOMPARE(encodeCard(*index.byName(credential.name)), card);
    index.each([&card](const Credential &each) { QCOMPARE(encodeCard(each), card); });
}

void TestCredentialCard::refusesWhatIsNoCard_data()
{
    QTest::addColumn<QByteArray>("card");
    const auto cbor = [](const QCborValue &value) { return value.toCbor(); };
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("array") << cbor(QCborArray{1, u"x"_s});
    QTest::newRow("unknown member") << cbor(QCborMap{{99, u"x"_s}});
    QTest::newRow("member zero") << cbor(QCborMap{{0, u"x"_s}});
    QTest::newRow("negative member") << cbor(QCborMap{{-1, u"x"_s}});
    QTest::newRow("text as member") << cbor(QCborMap{{u"name"_s, u"x"_s}});
    QTest::newRow("number for text") << cbor(QCborMap{{1, 5}});
    QTest::newRow("bytes for text") << cbor(QCborMap{{1, QByteArray("x")}});
    QTest::newRow("text for array") << cbor(QCborMap{{10, u"x"_s}});
    QTest::newRow("number in array") << cbor(QCborMap{{10, QCborArray{1}}});
    QTest::newRow("unknown algorithm") << cbor(QCborMap{{7, 9}});
    QTest::newRow("unknown key type") << cbor(QCborMap{{16, 3}});
    QTest::newRow("header without value") << cbor(QCborMap{{14, QCborArray{u"X-Name"_s}}});
    QTest::newRow("members twice") << QByteArray::fromHex("bf0161610161 62ff");
    QTest::newRow("members out of order") << QByteArray::fromHex("bf026161016162ff");
    QTest::newRow("no end") << QByteArray::fromHex("bf016161");
    QTest::newRow("length beyond the end") << QByteArray::fromHex("bf017a7fffffff61ff");
    QTest::newRow("bad UTF-8") << QByteArray::fromHex("bf0162c328ff");
    QTest::newRow("text in pieces") << QByteArray::fromHex("bf017f6161ffff");
    QTest::newRow("something behind the end") << QByteArray::fromHex("bf016161ff00");
    QTest::newRow("more members told than there are") << QByteArray::fromHex("a2016161");
    QTest::newRow("number beyond 63 bits") << QByteArray::fromHex("bf171bffffffffffffffffff");
    QTest::newRow("length without its bytes") << QByteArray::fromHex("bf0179ff");
}

void TestCredentialCard::refusesWhatIsNoCard()
{
    QFETCH(QByteArray, card);
    QVERIFY(!decoded(card));
    QVERIFY(!nameInCard(bytesOf(card)));
}

void TestCredentialCard::survivesRandomDamage()
{
    // A card is authentic before it is read; still, reading must bear anything.
    const QByteArray card = encodeCard(sampleCredential());
    SeededRandom random(3);
    for (qsizetype size = 0; size < card.size(); ++size)
        QVERIFY(!decoded(card.first(size)));
    for (int i = 0; i < 20000; ++i) {
        QByteArray changed = card;
        std::array<std::byte, 8> dice{};
        random.fill(dice);
        for (std::size_t n = 0; n < 6; n += 2) {
            const auto at =
                (std::to_integer<qsizetype>(dice[n]) * 256 + std::to_integer<qsizetype>(dice[n + 1])) % card.size();
            changed[at] = static_cast<char>(std::to_integer<int>(dice[6 + n / 4]));
        }
        const auto credential = decoded(changed);
        if (credential)
            QVERIFY(decoded(encodeCard(*credential)));
        // On unlock a card is only looked through, which must come to the same.
        const auto name = nameInCard(bytesOf(changed));
        QCOMPARE(name.has_value(), credential.has_value());
        if (name)
            QCOMPARE(*name, credential->name);
    }
}

void TestCredentialCard::sharesEqualValues()
{
    const QByteArray card = encodeCard(sampleCredential());
    SharedValues shared;
    const auto first = decodeCard(bytesOf(card), shared);
    const auto second = decodeCard(bytesOf(card), shared);
    QVERIFY(first && second);
    QVERIFY(first->fhirBaseUrl.constData() == second->fhirBaseUrl.constData());
    QVERIFY(first->scopes.constData() == second->scopes.constData());
}

void TestCredentialCard::indexFindsAndOrders()
{
    CredentialIndex index;
    const auto put = [&index](const QString &name, const QUuid &id) {
        Credential credential;
        credential.name = name;
        credential.id = id;
        index.put(credential);
    };
    const QUuid a = QUuid::createUuid();
    const QUuid b = QUuid::createUuid();
    const QUuid c = QUuid::createUuid();
    put(u"Beta"_s, b);
    put(u"alpha"_s, a);
    put(u"ALPHA "_s, c); // twice: only a damaged vault has that, and must still show both
    QCOMPARE(index.size(), 3);
    put(u"gamma"_s, b);
    QVERIFY(!index.byName(u"beta"_s));
    QCOMPARE(index.byName(u" GAMMA"_s)->id, b);
    QCOMPARE(index.inOrderOfName().size(), 3);
    QCOMPARE(index.inOrderOfName().last().id, b);
    index.remove(a);
    QCOMPARE(index.byName(u"alpha"_s)->id, c);
    index.remove(a);
    index.remove(c);
    QVERIFY(!index.byName(u"alpha"_s));
    QVERIFY(!index.byId(c));
    QCOMPARE(index.byId(b)->name, u"gamma"_s);
    index.clear();
    QCOMPARE(index.size(), 0);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCredentialCard)
#include "tst_credentialcard.moc"
