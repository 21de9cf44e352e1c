// SPDX-License-Identifier: Apache-2.0
#include "core/vault/KeySlot.h"
#include "core/vault/Manifest.h"
#include "core/vault/SealedRecord.h"
#include "core/vault/SeenRoots.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SeededRandom.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

const QUuid vaultId(u"0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f0"_s);
const QUuid otherId(u"1f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f0"_s);

QByteArray flipped(QByteArray bytes, qsizetype at)
{
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    return bytes;
}

} // namespace

/// The layers below the vault, each attacked alone.
class TestSealing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void partsOpenOnlyWhereTheyBelong_data();
    void partsOpenOnlyWhereTheyBelong();
    void partsKeepTheirLengths();
    void anyChangedByteIsNoticed();
    void noTwoSealingsAreAlike();
    void slotsOpenOnlyAsTheyWereMade();
    void bucketsKeepTheirEntries();
    void bucketsOpenOnlyAsThemselves();
    void rootsKeepWhatTheyHold();
    void bucketsAreSpreadByKey();
    void countersAreRemembered();

private:
    SeededRandom m_random{7};
    VaultKeys m_keys = VaultKeys::generate(m_random);
};

void TestSealing::partsOpenOnlyWhereTheyBelong_data()
{
    QTest::addColumn<int>("changed");
    QTest::newRow("nothing changed") << 0;
    QTest::newRow("another vault") << 1;
    QTest::newRow("another record") << 2;
    QTest::newRow("another kind") << 3;
    QTest::newRow("another part") << 4;
    QTest::newRow("another revision") << 5;
}

void TestSealing::partsOpenOnlyWhereTheyBelong()
{
    QFETCH(int, changed);
    const auto secret = sampleKey();
    PartAddress address{vaultId, otherId, 1, RecordPart::Card, 4};
    const QByteArray sealed = sealPart(m_keys, address, secret.view(), m_random);
    switch (changed) {
    case 1:
        address.vaultId = otherId;
        break;
    case 2:
        address.recordId = vaultId;
        break;
    case 3:
        address.kind = 2;
        break;
    case 4:
        address.part = RecordPart::PrivateKey;
        break;
    case 5:
        address.revision = 3;
        break;
    default:
        break;
    }
    SecretBytes buffer;
    const auto opened = openPart(m_keys, address, sealed, buffer);
    QCOMPARE(opened.has_value(), changed == 0);
    if (opened)
        QVERIFY(std::ranges::equal(*opened, secret.view()));
}

void TestSealing::partsKeepTheirLengths()
{
    const PartAddress address{vaultId, otherId, 1, RecordPart::Card, 1};
    SecretBytes buffer;
    for (std::size_t size = 0; size < 600; ++size) {
        const std::vector plain(size, std::byte{0});
        const QByteArray sealed = sealPart(m_keys, address, plain, m_random);
        QCOMPARE((sealed.size() - 40) % 256, 0);
        const auto opened = openPart(m_keys, address, sealed, buffer);
        QVERIFY(opened && std::ranges::equal(*opened, plain));
    }
}

void TestSealing::anyChangedByteIsNoticed()
{
    const PartAddress address{vaultId, otherId, 1, RecordPart::PrivateKey, 1};
    const auto secret = sampleKey();
    const QByteArray sealed = sealPart(m_keys, address, secret.view(), m_random);
    SecretBytes buffer;
    for (qsizetype at = 0; at < sealed.size(); ++at) {
        QVERIFY(!openPart(m_keys, address, flipped(sealed, at), buffer));
        QVERIFY(!openPart(m_keys, address, sealed.first(at), buffer));
    }
    QVERIFY(!openPart(m_keys, address, sealed + '\0', buffer));
    SeededRandom other(8);
    QVERIFY(!openPart(VaultKeys::generate(other), address, sealed, buffer));
}

void TestSealing::noTwoSealingsAreAlike()
{
    const PartAddress address{vaultId, otherId, 1, RecordPart::Card, 1};
    const auto secret = sampleKey();
    const QByteArray first = sealPart(m_keys, address, secret.view(), m_random);
    const QByteArray second = sealPart(m_keys, address, secret.view(), m_random);
    QVERIFY(first.first(24) != second.first(24));
    QVERIFY(tagOf(first) != tagOf(second));
    QCOMPARE(tagOf("short"), SealTag{});
}

void TestSealing::slotsOpenOnlyAsTheyWereMade()
{
    const auto slot = makePassphraseSlot(vaultId, VaultFixture::passphrase(), {9, 2}, m_keys.vaultKey(), m_random);
    QVERIFY_RESULT(slot);
    QCOMPARE(kdfOf(*slot)->memoryMiB, 9);
    QCOMPARE(kdfOf(*slot)->passes, 2);
    const auto opened = openPassphraseSlot(*slot, VaultFixture::passphrase());
    QVERIFY_RESULT(opened);
    QVERIFY(opened->equalsConstantTime(m_keys.vaultKey()));
    QVERIFY_FAILS(openPassphraseSlot(*slot, SecretBytes()), "vault.wrong-passphrase");

    const auto refused = [&](auto change, const QString &code) {
        KeySlot changed = *slot;
        change(changed);
        const auto result = openPassphraseSlot(changed, VaultFixture::passphrase());
        return !result && result.error().code == code && changed.checksum() != slot->checksum();
    };
    QVERIFY(refused([](KeySlot &s) { s.id = vaultId; }, u"vault.wrong-passphrase"_s));
    QVERIFY(refused([](KeySlot &s) { s.vaultId = otherId; }, u"vault.wrong-passphrase"_s));
    QVERIFY(refused([](KeySlot &s) { s.kind = u"recovery"_s; }, u"vault.wrong-passphrase"_s));
    QVERIFY(refused([](KeySlot &s) { s.sealedKey = flipped(s.sealedKey, 30); }, u"vault.wrong-passphrase"_s));
    QVERIFY(refused([](KeySlot &s) { s.sealedKey.clear(); }, u"vault.wrong-passphrase"_s));
    QVERIFY(refused([](KeySlot &s) { s.parameters = flipped(s.parameters, 24); }, u"vault.wrong-passphrase"_s));
    QVERIFY(refused([](KeySlot &s) { s.parameters = flipped(s.parameters, 8); }, u"vault.wrong-passphrase"_s));
    QVERIFY(refused([](KeySlot &s) { s.parameters[0] = 2; }, u"vault.damaged"_s));
    QVERIFY(refused([](KeySlot &s) { s.parameters[1] = 1; }, u"vault.damaged"_s)); // 16 TiB
    QVERIFY(refused([](KeySlot &s) { s.parameters.chop(1); }, u"vault.damaged"_s));
    QVERIFY(refused([](KeySlot &s) { s.parameters.append('\0'); }, u"vault.damaged"_s));
}

void TestSealing::bucketsKeepTheirEntries()
{
    ManifestBucket bucket;
    std::vector<QUuid> ids;
    while (ids.size() < 300) {
        const QUuid id = randomUuid(m_random);
        if (m_keys.bucketOf(id) != 5)
            continue;
        bucket.put({id, 1, static_cast<quint32>(ids.size() + 1), 1, {}, {}});
        ids.push_back(id);
    }
    bucket.put({ids[10], 1, 999, 2, {}, {}});
    bucket.remove(ids[20]);
    bucket.remove(vaultId);
    SecretBytes buffer;
    const auto again = ManifestBucket::open(m_keys, vaultId, 5, bucket.seal(m_keys, vaultId, 5, m_random), buffer);
    QVERIFY(again);
    QCOMPARE(again->entries().size(), std::size_t{299});
    QVERIFY(again->entries() == bucket.entries());
    QCOMPARE(again->find(ids[10])->revision, 999u);
    QVERIFY(again->find(ids[20]) == nullptr);
    QCOMPARE(again->find(ids[30])->revision, 31u);
}

void TestSealing::bucketsOpenOnlyAsThemselves()
{
    QUuid id = randomUuid(m_random);
    const quint8 number = m_keys.bucketOf(id);
    const auto other = static_cast<quint8>(number + 1);
    ManifestBucket bucket;
    bucket.put({id, 1, 2, 1, {}, {}});
    const QByteArray sealed = bucket.seal(m_keys, vaultId, number, m_random);
    SecretBytes buffer;
    QVERIFY(ManifestBucket::open(m_keys, vaultId, number, sealed, buffer));
    QVERIFY(!ManifestBucket::open(m_keys, vaultId, other, sealed, buffer));
    QVERIFY(!ManifestBucket::open(m_keys, otherId, number, sealed, buffer));
    // Sealed rightly, but nothing that we would have sealed:
    QVERIFY(!ManifestBucket::open(m_keys, vaultId, other, bucket.seal(m_keys, vaultId, other, m_random), buffer));
    ManifestBucket wrong;
    wrong.put({id, 1, 1, 2, {}, {}}); // a key newer than its record
    QVERIFY(!ManifestBucket::open(m_keys, vaultId, number, wrong.seal(m_keys, vaultId, number, m_random), buffer));
    wrong.put({id, 1, 0, 0, {}, {}}); // never saved
    QVERIFY(!ManifestBucket::open(m_keys, vaultId, number, wrong.seal(m_keys, vaultId, number, m_random), buffer));
    QVERIFY(!ManifestBucket::open(m_keys, vaultId, number, ManifestBucket().seal(m_keys, vaultId, number, m_random),
                                  buffer));
}

void TestSealing::rootsKeepWhatTheyHold()
{
    ManifestRoot root{0x123456789abcdef0u, u"Kardiologie „Süd“"_s, {}};
    root.buckets[0] = SealTag{std::byte{1}};
    root.buckets[255] = SealTag{std::byte{2}};
    const QByteArray sealed = root.seal(m_keys, vaultId, m_random);
    const auto again = ManifestRoot::open(m_keys, vaultId, sealed);
    QVERIFY(again);
    QCOMPARE(again->counter, root.counter);
    QCOMPARE(again->vaultName, root.vaultName);
    QVERIFY(again->buckets == root.buckets);
    QVERIFY(!ManifestRoot::open(m_keys, otherId, sealed));
    QVERIFY(!ManifestRoot::open(m_keys, vaultId, {}));
    for (auto &bucket : root.buckets)
        bucket = SealTag{};
    QVERIFY(root.seal(m_keys, vaultId, m_random).size() < 4500); // bounded, whatever the vault holds
}

void TestSealing::bucketsAreSpreadByKey()
{
    SeededRandom other(9);
    const auto otherKeys = VaultKeys::generate(other);
    std::array<int, 256> counts{};
    int same = 0;
    for (int i = 0; i < 25600; ++i) {
        const QUuid id = randomUuid(m_random);
        ++counts[m_keys.bucketOf(id)];
        same += m_keys.bucketOf(id) == otherKeys.bucketOf(id) ? 1 : 0;
    }
    QVERIFY(std::ranges::min(counts) > 50 && std::ranges::max(counts) < 160);
    QVERIFY(same < 200); // about one in 256
}

void TestSealing::countersAreRemembered()
{
    QTemporaryDir folder;
    const SeenRoots seen(folder.filePath(u"made/when/needed"_s));
    QVERIFY(!seen.lastSeen(vaultId));
    seen.remember(vaultId, {5, SealTag{std::byte{9}}});
    seen.remember(otherId, {6, {}});
    QVERIFY(seen.lastSeen(vaultId) == (SeenRoot{5, SealTag{std::byte{9}}}));
    seen.remember(vaultId, {7, {}});
    QVERIFY(seen.lastSeen(vaultId) == (SeenRoot{7, {}}));
    const QString path = folder.filePath(u"made/when/needed/"_s + vaultId.toString(QUuid::WithoutBraces));
    const QByteArray whole = contentsOfFile(path);
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QVERIFY(replaceFile(path, flipped(whole, at)));
        QVERIFY(!seen.lastSeen(vaultId)); // forgotten, not believed
        QVERIFY(replaceFile(path, whole.first(at)));
        QVERIFY(!seen.lastSeen(vaultId));
    }
    seen.remember(vaultId, {8, {}});
    QVERIFY(seen.lastSeen(vaultId) == (SeenRoot{8, {}}));
    const SeenRoots nowhere(u"/proc/nowhere"_s);
    nowhere.remember(vaultId, {1, {}});
    QVERIFY(!nowhere.lastSeen(vaultId));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestSealing)
#include "tst_sealing.moc"
