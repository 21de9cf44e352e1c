// SPDX-License-Identifier: Apache-2.0
#include "core/vault/KeySlot.h"
#include "core/vault/Keyring.h"
#include "core/vault/RecoveryCode.h"
#include "core/vault/VaultRescue.h"
#include "tests/support/FakeKeyring.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QTest>

#include <ctime>
#include <functional>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

SecretBytes secret(QByteArrayView text)
{
    return SecretBytes::copyOf(text);
}

QStringList kindsOf(const Vault &vault)
{
    QStringList kinds;
    const auto all = vault.keySlots();
    for (const KeySlotInfo &slot : all.value_or(QList<KeySlotInfo>()))
        kinds << slot.kind;
    kinds.sort();
    return kinds;
}

/// Changes the passphrase slot in a file, as someone does who has not the passphrase: with the right checksum.
bool rewriteSlot(VaultFixture &fixture, const std::function<void(KeySlot &)> &change, const QStringList &tables)
{
    for (const QString &table : tables) {
        const auto row =
            fixture.rows(u"SELECT id,vault_id,kind,parameters,sealed_key FROM %1 WHERE kind='passphrase'"_s.arg(table))
                .first();
        KeySlot slot{QUuid::fromRfc4122(QByteArrayView(row[0].toByteArray())),
                     QUuid::fromRfc4122(QByteArrayView(row[1].toByteArray())), row[2].toString(), row[3].toByteArray(),
                     row[4].toByteArray()};
        change(slot);
        if (!fixture.sql(u"UPDATE %1 SET parameters=?,sealed_key=?,checksum=? WHERE kind='passphrase'"_s.arg(table),
                         {slot.parameters, slot.sealedKey, slot.checksum()}))
            return false;
    }
    return true;
}

const QStringList bothTables{u"key_slot"_s, u"key_slot_copy"_s};

/// What this thread has worked, whatever else the machine does.
double processorSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

} // namespace

/// The ways into a vault: each opens it, and a vault is never left without one that lasts.
class TestVaultSlots : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsCodesAsPeopleWriteThem_data();
    void readsCodesAsPeopleWriteThem();
    void findsEverySlipInACode();
    void changesThePassphrase();
    void opensByRecoveryCode();
    void recoversFromALostPassphrase();
    void opensByKeyring();
    void fallsBackWithoutAKeyring();
    void keepsTheLastWayIn();
    void leavesNoOldSlotBehind();
    void calibratesAboveTheFloor();
    void refusalSaysNothingOfThePassphrase_data();
    void refusalSaysNothingOfThePassphrase();
    void changedCopyDoesNotShutOut_data();
    void changedCopyDoesNotShutOut();
};

void TestVaultSlots::readsCodesAsPeopleWriteThem_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("error");
    QTest::newRow("as printed") << QByteArray() << QByteArray() << QString();
    QTest::newRow("blanks") << QByteArray("-") << QByteArray("  ") << QString();
    QTest::newRow("in one") << QByteArray("-") << QByteArray() << QString();
    QTest::newRow("line breaks") << QByteArray("-") << QByteArray("\n") << QString();
    QTest::newRow("letter O") << QByteArray("0") << QByteArray("o") << QString();
    QTest::newRow("letter l") << QByteArray("1") << QByteArray("l") << QString();
    QTest::newRow("no code's letter") << QByteArray("-") << QByteArray("U") << u"recovery.character"_s;
    QTest::newRow("umlaut") << QByteArray("-") << QByteArray("ä") << u"recovery.character"_s;
    QTest::newRow("too long") << QByteArray("-") << QByteArray("7") << u"recovery.length"_s;
}

void TestVaultSlots::readsCodesAsPeopleWriteThem()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, error);
    SystemRandom random;
    for (int i = 0; i < 50; ++i) {
        SecretBytes made(recoverySecretSize);
        random.fill(made.bytes());
        QByteArray code = recoveryCodeOf(made).charView().toByteArray();
        QCOMPARE(code.size(), 44);
        QCOMPARE(code.count('-'), 8);
        if (!from.isEmpty())
            code.replace(from, to);
        for (const QByteArray &written : {code, code.toLower()}) {
            const auto read = readRecoveryCode(secret(written));
            QCOMPARE(read ? QString() : read.error().code, error);
            QVERIFY(!read || read->equalsConstantTime(made));
        }
    }
    QVERIFY(!isRecoveryCode(secret("correct horse battery staple")));
    QVERIFY(!isRecoveryCode(secret("")));
}

void TestVaultSlots::findsEverySlipInACode()
{
    const QByteArray code = recoveryCodeOf(secret("twenty bytes of them")).charView().toByteArray();
    int missed = 0;
    for (qsizetype at = 0; at < code.size(); ++at) {
        if (code[at] == '-')
            continue;
        for (const char wrong : {'2', '7', 'K', 'Z'}) {
            QByteArray slip = code;
            slip[at] = wrong;
            if (slip != code)
                missed += isRecoveryCode(secret(slip)) ? 1 : 0;
        }
        QByteArray swapped = code;
        if (at + 1 < code.size() && code[at + 1] != '-' && code[at] != code[at + 1]) {
            std::swap(swapped[at], swapped[at + 1]);
            QVERIFY_FAILS(readRecoveryCode(secret(swapped)), "recovery.mistyped");
        }
    }
    QCOMPARE(missed, 0);
    QVERIFY_FAILS(readRecoveryCode(secret(code.chopped(1))), "recovery.length");
}

void TestVaultSlots::changesThePassphrase()
{
    VaultFixture fixture;
    {
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        QVERIFY_RESULT(vault->add(sampleCredential(), sampleKey()));
        QVERIFY_RESULT(vault->changePassphrase(secret("another one"), {9, 2}));
        QCOMPARE(vault->info().kdf.memoryMiB, 9);
        QCOMPARE(kindsOf(*vault), QStringList{u"passphrase"_s});
        QVERIFY_FAILS(vault->changePassphrase(secret(""), {8, 1}), "vault.passphrase-empty");
        QVERIFY_FAILS(vault->changePassphrase(secret("x"), {7, 1}), "vault.kdf-unsupported");
    }
    QVERIFY_FAILS(fixture.open(), "vault.wrong-passphrase");
    auto vault = Vault::open(fixture.path(), secret("another one"), fixture.clock, fixture.random);
    QVERIFY_RESULT(vault);
    QCOMPARE(vault->credentials().size(), 1);
    QCOMPARE(vault->activity()->last().action, u"vault.passphrase-changed"_s);
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
}

void TestVaultSlots::opensByRecoveryCode()
{
    VaultFixture fixture;
    QByteArray first;
    QByteArray second;
    {
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        first = vault->makeRecoveryCode()->charView().toByteArray();
        second = vault->makeRecoveryCode()->charView().toByteArray();
        QCOMPARE(kindsOf(*vault), (QStringList{u"passphrase"_s, u"recovery"_s}));
    }
    const auto open = [&fixture](const QByteArray &text) {
        return Vault::open(fixture.path(), secret(text), fixture.clock, fixture.random);
    };
    QVERIFY_RESULT(open(second.toLower().replace("-", "  ")));
    QVERIFY_FAILS(open(first), "vault.wrong-passphrase"); // replaced
    QVERIFY_RESULT(fixture.open());
    QCOMPARE(Vault::inspect(fixture.path())->keySlots.size(), 2);
}

void TestVaultSlots::recoversFromALostPassphrase()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const auto code = vault->makeRecoveryCode();
    *vault = *Vault::open(fixture.path(), *code, fixture.clock, fixture.random);
    QVERIFY_RESULT(vault->changePassphrase(secret("new"), VaultFixture::fastKdf()));
    QVERIFY_RESULT(Vault::open(fixture.path(), secret("new"), fixture.clock, fixture.random));
    QVERIFY_RESULT(Vault::open(fixture.path(), *code, fixture.clock, fixture.random));
    QVERIFY_FAILS(fixture.open(), "vault.wrong-passphrase");
}

void TestVaultSlots::opensByKeyring()
{
    VaultFixture fixture;
    FakeKeyring keyring;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const auto open = [&] { return Vault::openWithKeyring(fixture.path(), keyring, fixture.clock, fixture.random); };
    QVERIFY_FAILS(open(), "vault.no-keyring"); // off by default
    QVERIFY_RESULT(vault->useKeyring(keyring));
    QVERIFY_RESULT(vault->useKeyring(keyring)); // again: one slot
    QCOMPARE(kindsOf(*vault), (QStringList{u"keyring"_s, u"passphrase"_s}));
    QCOMPARE(keyring.entries.size(), 1);
    QVERIFY_RESULT(open());
    keyring.isLocked = true;
    QVERIFY_FAILS(open(), "vault.no-keyring");
    QCOMPARE(open().error().kind, ErrorKind::Locked);
    keyring.isLocked = false;
    QVERIFY_RESULT(open()); // nothing was overwritten meanwhile
    QVERIFY_RESULT(vault->leaveKeyring(keyring));
    QVERIFY(keyring.entries.isEmpty());
    QVERIFY_FAILS(open(), "vault.no-keyring");
    QVERIFY_RESULT(fixture.open());
}

void TestVaultSlots::fallsBackWithoutAKeyring()
{
    VaultFixture fixture;
    FakeKeyring keyring;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    keyring.isForgetful = true;
    QVERIFY_FAILS(vault->useKeyring(keyring), "vault.keyring-forgets");
    keyring.isBroken = true;
    QVERIFY_FAILS(vault->useKeyring(keyring), "keyring.unavailable");
    QCOMPARE(kindsOf(*vault), QStringList{u"passphrase"_s});
    QVERIFY_RESULT(fixture.open());
}

void TestVaultSlots::keepsTheLastWayIn()
{
    VaultFixture fixture;
    FakeKeyring keyring;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    QVERIFY_RESULT(vault->useKeyring(keyring));
    QUuid passphrase;
    const auto all = vault->keySlots();
    for (const KeySlotInfo &slot : *all)
        if (slot.kind == "passphrase"_L1)
            passphrase = slot.id;
    // A keyring goes with its machine: it does not count.
    QVERIFY_FAILS(vault->removeKeySlot(passphrase), "vault.last-slot");
    const auto code = vault->makeRecoveryCode();
    QVERIFY_RESULT(code);
    QVERIFY_RESULT(vault->removeKeySlot(passphrase));
    QVERIFY_FAILS(vault->removeKeySlot(passphrase), "vault.slot-not-found");
    QCOMPARE(kindsOf(*vault), (QStringList{u"keyring"_s, u"recovery"_s}));
    QVERIFY_FAILS(fixture.open(), "vault.wrong-passphrase");
    QVERIFY_RESULT(Vault::open(fixture.path(), *code, fixture.clock, fixture.random));
}

void TestVaultSlots::leavesNoOldSlotBehind()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const QByteArray old = fixture.rows(u"SELECT sealed_key FROM key_slot"_s).first().first().toByteArray();
    QVERIFY(contentsOfFile(fixture.path()).contains(old));
    QVERIFY_RESULT(vault->changePassphrase(secret("another one"), VaultFixture::fastKdf()));
    QVERIFY(!contentsOfFile(fixture.path()).contains(old));
    QVERIFY(!contentsOfFile(fixture.path() + u"-wal"_s).contains(old));
}

void TestVaultSlots::calibratesAboveTheFloor()
{
    const KdfParameters least = calibratedKdf(std::chrono::milliseconds(1));
    QCOMPARE(least.memoryMiB, 64);
    QCOMPARE(least.passes, 3);
    const KdfParameters usual = calibratedKdf();
    QVERIFY(usual.memoryMiB >= 64 && usual.memoryMiB <= 1024 && usual.passes >= 3);
}

void TestVaultSlots::refusalSaysNothingOfThePassphrase_data()
{
    using Change = std::function<void(KeySlot &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("isDerived"); // whether each try costs the derivation
    const auto flip = [](QByteArray &bytes, qsizetype at) { bytes[at] = static_cast<char>(bytes[at] ^ 1); };
    const auto row = [](const char *tag, Change change, bool isDerived) {
        QTest::newRow(tag) << std::move(change) << isDerived;
    };
    row(
        "nonce", [flip](KeySlot &slot) { flip(slot.sealedKey, 3); }, true);
    row(
        "wrapped key", [flip](KeySlot &slot) { flip(slot.sealedKey, 40); }, true);
    row(
        "tag", [flip](KeySlot &slot) { flip(slot.sealedKey, slot.sealedKey.size() - 1); }, true);
    row(
        "wrapped key cut off", [](KeySlot &slot) { slot.sealedKey.truncate(30); }, true);
    row(
        "salt", [flip](KeySlot &slot) { flip(slot.parameters, 15); }, true);
    row(
        "cost that can't be", [](KeySlot &slot) { slot.parameters[1] = 1; }, false);
}

void TestVaultSlots::refusalSaysNothingOfThePassphrase()
{
    QFETCH(std::function<void(KeySlot &)>, change);
    QFETCH(bool, isDerived);
    VaultFixture fixture;
    const KdfParameters kdf{64, 2};
    double honest = 0;
    {
        auto vault = Vault::create(fixture.path(), u"Test vault"_s, VaultFixture::passphrase(), kdf, fixture.clock,
                                   fixture.random);
        QVERIFY_RESULT(vault);
        const double start = processorSeconds();
        QVERIFY_RESULT(vault->provePassphrase(VaultFixture::passphrase()));
        honest = processorSeconds() - start;
    }
    QVERIFY(rewriteSlot(fixture, change, bothTables));
    QStringList answers;
    for (const QByteArrayView tried : {"correct horse battery staple", "correct horse battery stapl", "wrong"}) {
        const double start = processorSeconds();
        const auto vault = Vault::open(fixture.path(), secret(tried), fixture.clock, fixture.random);
        const double took = processorSeconds() - start;
        QVERIFY(!vault);
        answers << vault.error().code + vault.error().message + vault.error().hint;
        // Far from exact, and far from what a try costs that skips the derivation: a hundredth.
        QCOMPARE(took > honest / 4, isDerived);
    }
    QCOMPARE(answers[1], answers[0]); // the right one is not told from the others
    QCOMPARE(answers[2], answers[0]);
}

void TestVaultSlots::changedCopyDoesNotShutOut_data()
{
    QTest::addColumn<std::function<void(KeySlot &)>>("change");
    QTest::addColumn<QString>("table");
    using Change = std::function<void(KeySlot &)>;
    const Change wrapped = [](KeySlot &slot) { slot.sealedKey[40] = static_cast<char>(slot.sealedKey[40] ^ 1); };
    const Change cost = [](KeySlot &slot) { slot.parameters[1] = 1; };
    for (const QString &table : bothTables) {
        QTest::addRow("wrapped key, %s", qPrintable(table)) << wrapped << table;
        QTest::addRow("cost that can't be, %s", qPrintable(table)) << cost << table;
    }
}

void TestVaultSlots::changedCopyDoesNotShutOut()
{
    QFETCH(std::function<void(KeySlot &)>, change);
    QFETCH(QString, table);
    VaultFixture fixture;
    QVERIFY_RESULT(fixture.create());
    QVERIFY(rewriteSlot(fixture, change, {table}));
    QVERIFY_RESULT(Vault::inspect(fixture.path()));
    auto vault = fixture.open(); // by the other one
    QVERIFY_RESULT(vault);
    QCOMPARE(vault->damage().size(), 1);
    QCOMPARE(vault->damage().first().code, u"slot.damaged"_s);
    QVERIFY_RESULT(vault->keySlots());
    QCOMPARE(vault->info().kdf.memoryMiB, VaultFixture::fastKdf().memoryMiB);
    QVERIFY_FAILS(Vault::open(fixture.path(), secret("wrong"), fixture.clock, fixture.random),
                  "vault.wrong-passphrase");
    const QString target = fixture.folder() + u"/salvaged.credenza"_s;
    QVERIFY_RESULT(salvageVault(fixture.path(), VaultFixture::passphrase(), target, fixture.clock, fixture.random));
    QVERIFY_RESULT(fixture.openAt(target));
    QVERIFY_RESULT(vault->changePassphrase(secret("another one"), VaultFixture::fastKdf())); // which mends it
    const auto mended = Vault::open(fixture.path(), secret("another one"), fixture.clock, fixture.random);
    QVERIFY_RESULT(mended);
    QCOMPARE(namesOf(mended->damage()), QStringList());
    QVERIFY_FAILS(fixture.open(), "vault.wrong-passphrase");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultSlots)
#include "tst_vaultslots.moc"
