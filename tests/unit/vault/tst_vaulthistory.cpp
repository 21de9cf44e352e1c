// SPDX-License-Identifier: Apache-2.0
#include "core/keys/PrivateKey.h"
#include "core/vault/TestHistory.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

std::span<const std::byte> bytes(QByteArrayView text)
{
    return std::as_bytes(std::span(text));
}

QStringList actionsOf(const QList<ActivityEntry> &entries)
{
    QStringList actions;
    for (const ActivityEntry &entry : entries)
        actions << entry.action;
    return actions;
}

} // namespace

/// What a vault remembers beside credentials: the trash, earlier versions, named values, and what happened.
class TestVaultHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bringsBackFromTheTrash();
    void restoresUnderAnotherName();
    void emptiesTheTrash();
    void keepsVersions();
    void revertsContentAndKey();
    void keepsNoMoreVersionsThanNeeded();
    void keepsTests();
    void keepsNamedValues();
    void recordsWhatHappened();
    void namesDamageToTheLog_data();
    void namesDamageToTheLog();
    void seesWhatOthersPutAway();
    void survivesDamagedVersions();
};

void TestVaultHistory::bringsBackFromTheTrash()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const auto key = generateKey({KeyType::Ec, 0, u"P-256"_s});
    const auto saved = vault->add(sampleCredential(), key->pkcs8);
    QVERIFY_RESULT(saved);
    fixture.clock.advance(std::chrono::hours(1));
    QVERIFY_RESULT(vault->remove(saved->id));
    *vault = *fixture.open();
    QVERIFY(vault->credentials().isEmpty());
    QCOMPARE(vault->trash().size(), 1);
    QCOMPARE(vault->trash().first().deletedAt, toDateTime(fixture.clock.now()));
    QVERIFY(vault->trash().first().deletedBy.contains(u'@'));
    QCOMPARE(contentOf(vault->trash().first().credential), contentOf(*saved));
    QVERIFY_FAILS(vault->privateKey(saved->id), "credential.not-found");
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
    const auto restored = vault->restore(saved->id);
    QVERIFY_RESULT(restored);
    *vault = *fixture.open();
    QVERIFY(vault->trash().isEmpty());
    QCOMPARE(contentOf(vault->credentials().first()), contentOf(*saved));
    QCOMPARE(vault->privateKey(saved->id)->publicKey().thumbprint(), key->key.publicKey().thumbprint());
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
    QVERIFY_FAILS(vault->restore(saved->id), "credential.not-found");
}

void TestVaultHistory::restoresUnderAnotherName()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const auto first = vault->add(sampleCredential(), sampleKey());
    QVERIFY_RESULT(first);
    QVERIFY_RESULT(vault->remove(first->id));
    QVERIFY_RESULT(vault->add(sampleCredential(), sampleKey()));
    QVERIFY_FAILS(vault->restore(first->id), "vault.name-taken");
    const auto restored = vault->restore(first->id, u"Other"_s);
    QVERIFY_RESULT(restored);
    QCOMPARE(restored->name, u"Other"_s);
    QCOMPARE(vault->credentials().size(), 2);
}

void TestVaultHistory::emptiesTheTrash()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    QList<QUuid> ids;
    for (int i = 0; i < 4; ++i) {
        auto saved = vault->add(sampleCredential(i), sampleKey(i));
        QVERIFY_RESULT(saved);
        saved->description = u"second"_s;
        const auto otherKey = sampleKey(i + 10);
        QVERIFY_RESULT(vault->update(*saved, &otherKey));
        ids << saved->id;
    }
    for (int i = 0; i < 3; ++i)
        QVERIFY_RESULT(vault->remove(ids[i]));
    QCOMPARE(*vault->emptyTrash(ids[0]), 1);
    QVERIFY_FAILS(vault->emptyTrash(ids[3]), "credential.not-found");
    QCOMPARE(*vault->emptyTrash(), 2);
    QCOMPARE(*vault->emptyTrash(), 0);
    // Nothing of them is left, neither their keys nor their versions.
    QCOMPARE(fixture.rows(u"SELECT id FROM record"_s).size(), 2);
    QCOMPARE(fixture.rows(u"SELECT id FROM record_key"_s).size(), 2);
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
}

void TestVaultHistory::keepsVersions()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    auto saved = vault->add(sampleCredential(), sampleKey());
    QVERIFY_RESULT(saved);
    for (const QString &text : {u"one"_s, u"two"_s, u"three"_s}) {
        fixture.clock.advance(std::chrono::minutes(1));
        saved->description = text;
        saved = vault->update(*saved);
        QVERIFY_RESULT(saved);
        saved->lastTest = TestSummary{true, toDateTime(fixture.clock.now()), 1, {}, {}, text}; // no version
        saved = vault->update(*saved);
        QVERIFY_RESULT(saved);
    }
    *vault = *fixture.open();
    const auto versions = vault->versions(saved->id);
    QVERIFY_RESULT(versions);
    QStringList descriptions;
    for (const CredentialVersion &version : *versions) {
        descriptions << version.credential.description;
        QVERIFY(version.replacedBy.contains(u'@'));
        QVERIFY(!version.hasOwnKey);
    }
    QCOMPARE(descriptions, (QStringList{u"two"_s, u"one"_s, sampleCredential().description}));
    QCOMPARE(versions->first().replacedAt, toDateTime(fixture.clock.now()));
    QVERIFY_FAILS(vault->versions(QUuid::createUuid()), "credential.not-found");
}

void TestVaultHistory::revertsContentAndKey()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const auto oldKey = generateKey({KeyType::Ec, 0, u"P-256"_s});
    const auto newKey = generateKey({KeyType::Ec, 0, u"P-256"_s});
    auto saved = vault->add(sampleCredential(), oldKey->pkcs8);
    QVERIFY_RESULT(saved);
    const QByteArray before = contentOf(*saved);
    saved->description = u"edited"_s;
    saved = vault->update(*saved);
    QVERIFY_RESULT(saved);
    saved->description = u"with another key"_s;
    saved = vault->update(*saved, &newKey->pkcs8);
    QVERIFY_RESULT(saved);
    QVERIFY_FAILS(vault->revert(saved->id, 77), "vault.version-not-found");
    const auto reverted = vault->revert(saved->id, 1);
    QVERIFY_RESULT(reverted);
    QCOMPARE(reverted->revision, 4);
    QVERIFY(!reverted->lastTest);
    Credential expected = sampleCredential();
    expected.lastTest.reset();
    QCOMPARE(contentOf(*reverted), contentOf(expected));
    QCOMPARE(vault->privateKey(saved->id)->publicKey().thumbprint(), oldKey->key.publicKey().thumbprint());
    // And back again.
    QVERIFY_RESULT(vault->revert(saved->id, 3));
    QCOMPARE(vault->privateKey(saved->id)->publicKey().thumbprint(), newKey->key.publicKey().thumbprint());
    QCOMPARE(vault->versions(saved->id)->size(), 4);
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
    QVERIFY(before != contentOf(*reverted));
}

void TestVaultHistory::keepsNoMoreVersionsThanNeeded()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    auto saved = vault->add(sampleCredential(), sampleKey());
    for (int i = 0; i < 30; ++i) {
        saved->description = QString::number(i);
        saved = vault->update(*saved);
        QVERIFY_RESULT(saved);
    }
    const auto versions = vault->versions(saved->id);
    QCOMPARE(versions->size(), 20);
    QCOMPARE(versions->first().credential.description, u"28"_s);
    QCOMPARE(fixture.rows(u"SELECT id FROM record"_s).size(), 21);
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
}

void TestVaultHistory::keepsTests()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    std::vector<EndedTest> ended;
    for (int i = 0; i < 3; ++i) {
        const auto saved = vault->add(sampleCredential(i), sampleKey(i));
        QVERIFY_RESULT(saved);
        KeptTest test;
        test.summary.passed = i == 0;
        test.summary.at = toDateTime(fixture.clock.now());
        test.summary.code = u"invalid_client"_s;
        test.causes = {u"The clock is wrong"_s};
        test.report = {{u"number"_s, 0}};
        ended.push_back({*saved, test});
    }
    // One is changed during its test, which says nothing of what it is now.
    Credential changed = ended[2].credential;
    changed.clientId = u"another"_s;
    QVERIFY_RESULT(vault->update(changed));
    const quint64 before = vault->activityCount();
    const auto kept = keepTests(*vault, ended);
    QVERIFY_RESULT(kept);
    QCOMPARE(kept->size(), 2);
    QCOMPARE(vault->activityCount(), before + 2);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto now = vault->find(ended[i].credential.name);
        QVERIFY_RESULT(now);
        const auto history = testHistory(*vault, now->id);
        QVERIFY_RESULT(history);
        QCOMPARE(history->size(), i < 2 ? 1 : 0);
        if (i < 2)
            QCOMPARE(now->lastTest->passed, i == 0);
        QVERIFY(vault->versions(now->id)->size() == (i < 2 ? 0 : 1)); // a test is no edit
    }
    // As many as promised, the latest with their reports; what is tested again needs no new revision to be told.
    for (int i = 1; i < keptTests + 3; ++i) {
        ended[0].test.report = {{u"number"_s, i}};
        QCOMPARE(keepTests(*vault, {ended[0]})->size(), 1);
    }
    *vault = *fixture.open();
    const QUuid id = ended[0].credential.id;
    const auto history = testHistory(*vault, id);
    QVERIFY_RESULT(history);
    QCOMPARE(history->size(), keptTests);
    QCOMPARE(history->first().report.value(u"number").toInt(), int(keptTests) + 2);
    QCOMPARE(history->first().causes, QStringList{u"The clock is wrong"_s});
    for (qsizetype i = 0; i < history->size(); ++i) {
        QCOMPARE(history->at(i).report.value(u"number").toInt(), i < keptReports ? int(keptTests + 2 - i) : 0);
        QCOMPARE(history->at(i).summary.at, history->first().summary.at);
        QCOMPARE(history->at(i).causes, history->first().causes);
    }
    // They go for good with their credential, not before.
    QVERIFY_RESULT(vault->remove(id));
    QCOMPARE(testHistory(*vault, id)->size(), keptTests);
    QVERIFY_RESULT(vault->emptyTrash());
    QCOMPARE(testHistory(*vault, id)->size(), 0);
    QVERIFY(vault->check()->damage.isEmpty());
}

void TestVaultHistory::keepsNamedValues()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    QVERIFY(!vault->sealedItem(SealedKind::Setting, u"a"_s)->has_value());
    QVERIFY_RESULT(vault->putSealedItem(SealedKind::Setting, u"a"_s, bytes("first")));
    QVERIFY_RESULT(vault->putSealedItem(SealedKind::Setting, u"ä/b"_s, bytes("")));
    QVERIFY_RESULT(vault->putSealedItem(SealedKind::Draft, u"a"_s, bytes("a draft")));
    QVERIFY_RESULT(vault->putSealedItem(SealedKind::Setting, u"a"_s, bytes("second")));
    const QByteArray large(100'000, 'x');
    QVERIFY_RESULT(vault->putSealedItem(SealedKind::TestResults, u"large"_s, bytes(large)));
    *vault = *fixture.open();
    QCOMPARE(namesOf(vault->damage()), QStringList());
    QVERIFY(vault->credentials().isEmpty());
    QCOMPARE((*vault->sealedItem(SealedKind::Setting, u"a"_s))->charView(), QByteArrayView("second"));
    QVERIFY((*vault->sealedItem(SealedKind::Setting, u"ä/b"_s))->isEmpty());
    QCOMPARE((*vault->sealedItem(SealedKind::Draft, u"a"_s))->charView(), QByteArrayView("a draft"));
    QCOMPARE((*vault->sealedItem(SealedKind::TestResults, u"large"_s))->charView(), QByteArrayView(large));
    QCOMPARE(*vault->sealedItemNames(SealedKind::Setting), (QStringList{u"a"_s, u"ä/b"_s}));
    QCOMPARE(*vault->removeSealedItem(SealedKind::Setting, u"a"_s), true);
    QCOMPARE(*vault->removeSealedItem(SealedKind::Setting, u"a"_s), false);
    QVERIFY(!vault->sealedItem(SealedKind::Setting, u"a"_s)->has_value());
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
    // Neither name nor value can be read in the file.
    for (const QByteArray &file : {contentsOfFile(fixture.path()), contentsOfFile(fixture.path() + u"-wal"_s)})
        QVERIFY(!file.contains("a draft") && !file.contains("xxxxxxxx"));
}

void TestVaultHistory::recordsWhatHappened()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    auto saved = vault->add(sampleCredential(), sampleKey());
    saved->description = u"edited"_s;
    saved = vault->update(*saved);
    const auto otherKey = sampleKey(2);
    saved = vault->update(*saved, &otherKey);
    saved->lastTest = TestSummary{false, toDateTime(fixture.clock.now()), 1, u"token"_s, u"invalid_client"_s, u"No."_s};
    saved = vault->update(*saved);
    QVERIFY_RESULT(vault->update(*saved)); // nothing new
    QVERIFY_RESULT(vault->remove(saved->id));
    QVERIFY_RESULT(vault->restore(saved->id));
    QVERIFY_RESULT(vault->logActivity(u"token.issued"_s, saved->id, u"system/*.rs"_s));
    *vault = *fixture.open();
    const auto entries = vault->activity();
    QVERIFY_RESULT(entries);
    QCOMPARE(actionsOf(*entries), (QStringList{u"credential.created"_s, u"credential.changed"_s,
                                               u"credential.key-replaced"_s, u"credential.tested"_s,
                                               u"credential.deleted"_s, u"credential.restored"_s, u"token.issued"_s}));
    QCOMPARE(entries->at(3).detail, u"failed: invalid_client"_s);
    QCOMPARE(entries->last().credentialName, sampleCredential().name);
    QCOMPARE(entries->last().credentialId, saved->id);
    QCOMPARE(entries->last().sequence, 7u);
    QCOMPARE(entries->last().hash.size(), 32);
    QCOMPARE(actionsOf(*vault->activity(6, 1)), QStringList{u"credential.restored"_s});
    QVERIFY(vault->verifyActivity()->isEmpty());
}

void TestVaultHistory::namesDamageToTheLog_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QStringList>("damage");
    QTest::addColumn<bool>("isSeenOnUnlock");
    QTest::newRow("nothing") << u"SELECT 1"_s << QStringList{} << false;
    QTest::newRow("remove the last") << u"DELETE FROM activity WHERE sequence=4"_s
                                     << QStringList{u"activity.missing activity 4"_s} << true;
    QTest::newRow("remove one") << u"DELETE FROM activity WHERE sequence=2"_s
                                << QStringList{u"activity.missing activity 2"_s} << false;
    QTest::newRow("remove all") << u"DELETE FROM activity"_s
                                << QStringList{u"activity.missing activity 1"_s, u"activity.missing activity 2"_s,
                                               u"activity.missing activity 3"_s, u"activity.missing activity 4"_s}
                                << true;
    QTest::newRow("add one") << u"INSERT INTO activity SELECT 5,sealed FROM activity WHERE sequence=1"_s
                             << QStringList{u"activity.unexpected activity 5"_s} << true;
    QTest::newRow("change one") << u"UPDATE activity SET sealed=zeroblob(300) WHERE sequence=3"_s
                                << QStringList{u"activity.tampered activity 3"_s} << false;
    QTest::newRow("one in place of another")
        << u"UPDATE activity SET sealed=(SELECT sealed FROM activity WHERE sequence=2) WHERE sequence=3"_s
        << QStringList{u"activity.tampered activity 3"_s} << false;
}

void TestVaultHistory::namesDamageToTheLog()
{
    QFETCH(QString, statement);
    QFETCH(QStringList, damage);
    QFETCH(bool, isSeenOnUnlock);
    VaultFixture fixture;
    {
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        for (int i = 0; i < 4; ++i)
            QVERIFY_RESULT(vault->add(sampleCredential(i), sampleKey(i)));
    }
    QVERIFY(fixture.sql(statement));
    auto vault = fixture.open();
    QVERIFY_RESULT(vault);
    QCOMPARE(!vault->damage().isEmpty(), isSeenOnUnlock);
    QCOMPARE(namesOf(*vault->verifyActivity()), damage);
    QCOMPARE(namesOf(vault->check()->damage), damage);
    // The log goes on all the same.
    QVERIFY_RESULT(vault->add(sampleCredential(9), sampleKey()));
    QCOMPARE(vault->credentials().size(), 5);
}

void TestVaultHistory::seesWhatOthersPutAway()
{
    VaultFixture fixture;
    auto first = fixture.create();
    QVERIFY_RESULT(first);
    auto second = fixture.open();
    QVERIFY_RESULT(second);
    const auto saved = first->add(sampleCredential(), sampleKey());
    QCOMPARE(*second->refresh(), true);
    QVERIFY_RESULT(second->remove(saved->id));
    QCOMPARE(*first->refresh(), true);
    QVERIFY(first->credentials().isEmpty());
    QCOMPARE(first->trash().size(), 1);
    QVERIFY_RESULT(first->restore(saved->id));
    QVERIFY_RESULT(first->putSealedItem(SealedKind::Setting, u"a"_s, bytes("b")));
    QCOMPARE(*second->refresh(), true);
    QVERIFY(second->trash().isEmpty());
    QCOMPARE(second->credentials().size(), 1);
    QCOMPARE((*second->sealedItem(SealedKind::Setting, u"a"_s))->charView(), QByteArrayView("b"));
    QCOMPARE(second->activityCount(), first->activityCount());
    QVERIFY(first->damage().isEmpty() && second->damage().isEmpty());
}

void TestVaultHistory::survivesDamagedVersions()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    auto saved = vault->add(sampleCredential(), sampleKey());
    for (const QString &text : {u"one"_s, u"two"_s}) {
        saved->description = text;
        saved = vault->update(*saved);
    }
    QVERIFY(fixture.sql(u"UPDATE record SET card=zeroblob(296) WHERE kind=3 AND rowid=(SELECT min(rowid) FROM record "
                        "WHERE kind=3)"_s));
    *vault = *fixture.open();
    QCOMPARE(vault->damage().size(), 1);
    QCOMPARE(vault->damage().first().code, u"record.tampered"_s);
    QCOMPARE(vault->versions(saved->id)->size(), 1);
    QCOMPARE(vault->credentials().size(), 1);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultHistory)
#include "tst_vaulthistory.moc"
