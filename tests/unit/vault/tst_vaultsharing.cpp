// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultDatabase.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <thread>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// Several programs on one vault, and disks that refuse: nobody's save is lost, nobody's is overwritten unseen.
class TestVaultSharing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seesWhatOthersSaved();
    void refusesToOverwriteOthers();
    void keepsNamesUniqueAcrossPrograms();
    void opensTheKeyThatCountsNow();
    void losesNothingBetweenThreads();
    void readsWhileAnotherWrites();
    void survivesAFullDisk();
};

void TestVaultSharing::seesWhatOthersSaved()
{
    VaultFixture fixture;
    auto first = fixture.create();
    QVERIFY_RESULT(first);
    auto second = fixture.open();
    QVERIFY_RESULT(second);
    QCOMPARE(*second->refresh(), false);
    for (int i = 0; i < 20; ++i)
        QVERIFY_RESULT(first->add(sampleCredential(i), sampleKey()));
    QCOMPARE(second->credentials().size(), 0);
    QCOMPARE(*second->refresh(), true);
    QCOMPARE(*second->refresh(), false);
    QCOMPARE(second->credentials().size(), 20);
    auto changed = second->credentials().first();
    changed.description = u"by second"_s;
    QVERIFY_RESULT(second->update(changed));
    QVERIFY_RESULT(second->remove(second->credentials().last().id));
    QCOMPARE(*first->refresh(), true);
    QCOMPARE(first->credentials().size(), 19);
    QCOMPARE(first->find(changed.name)->description, u"by second"_s);
    QVERIFY(first->damage().isEmpty());
    QCOMPARE(namesOf(first->check()->damage), QStringList());
}

void TestVaultSharing::refusesToOverwriteOthers()
{
    VaultFixture fixture;
    auto first = fixture.create();
    QVERIFY_RESULT(first);
    auto mine = first->add(sampleCredential(), sampleKey());
    QVERIFY_RESULT(mine);
    auto second = fixture.open();
    QVERIFY_RESULT(second);
    auto theirs = second->credentials().first();
    theirs.description = u"theirs"_s;
    QVERIFY_RESULT(second->update(theirs));
    mine->description = u"mine"_s;
    const auto refused = first->update(*mine);
    QVERIFY_FAILS(refused, "vault.changed-elsewhere");
    QCOMPARE(refused.error().kind, ErrorKind::Conflict);
    QCOMPARE(first->credentials().first().description, u"theirs"_s); // and now it is known
    QVERIFY_RESULT(second->remove(theirs.id));
    QVERIFY_FAILS(first->update(*mine), "credential.not-found");
    QVERIFY_FAILS(first->remove(mine->id), "credential.not-found");
}

void TestVaultSharing::keepsNamesUniqueAcrossPrograms()
{
    VaultFixture fixture;
    auto first = fixture.create();
    QVERIFY_RESULT(first);
    auto second = fixture.open();
    QVERIFY_RESULT(second);
    QVERIFY_RESULT(first->add(sampleCredential(), sampleKey()));
    QVERIFY_FAILS(second->add(sampleCredential(), sampleKey()), "vault.name-taken");
}

void TestVaultSharing::opensTheKeyThatCountsNow()
{
    VaultFixture fixture;
    auto first = fixture.create();
    QVERIFY_RESULT(first);
    const auto oldKey = generateKey({KeyType::Ec, 0, u"P-256"_s});
    const auto newKey = generateKey({KeyType::Ec, 0, u"P-256"_s});
    const auto saved = first->add(sampleCredential(), oldKey->pkcs8);
    QVERIFY_RESULT(saved);
    auto second = fixture.open();
    QVERIFY_RESULT(second);
    QVERIFY_RESULT(first->update(*saved, &newKey->pkcs8));
    const auto opened = second->privateKey(saved->id);
    QVERIFY_RESULT(opened);
    QCOMPARE(opened->publicKey().thumbprint(), newKey->key.publicKey().thumbprint());
}

void TestVaultSharing::losesNothingBetweenThreads()
{
    VaultFixture fixture;
    QVERIFY_RESULT(fixture.create());
    constexpr int each = 40;
    std::array<QString, 3> failures;
    {
        std::vector<std::jthread> threads;
        for (int worker = 0; worker < 3; ++worker) {
            threads.emplace_back([&fixture, &failures, worker] {
                QString &failure = failures[static_cast<std::size_t>(worker)];
                auto vault = fixture.open();
                for (int i = 0; vault && i < each && failure.isEmpty(); ++i) {
                    Credential credential = sampleCredential(i);
                    credential.name = u"%1-%2"_s.arg(worker).arg(i);
                    const auto saved = vault->add(credential, sampleKey());
                    if (!saved)
                        failure = saved.error().code;
                }
                if (!vault)
                    failure = vault.error().code;
            });
        }
    }
    for (const QString &failure : failures)
        QCOMPARE(failure, QString());
    const auto vault = fixture.open();
    QVERIFY_RESULT(vault);
    QCOMPARE(vault->credentials().size(), 3 * each);
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
}

void TestVaultSharing::readsWhileAnotherWrites()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    QVERIFY_RESULT(vault->add(sampleCredential(1), sampleKey()));
    {
        auto database = VaultDatabase::open(fixture.path());
        QVERIFY_RESULT(database);
        const auto writing = VaultTransaction::begin(*database, VaultTransaction::Mode::Write);
        QVERIFY_RESULT(writing);
        QVERIFY_RESULT(database->run(u"DELETE FROM record"_s));
        QCOMPARE(*vault->refresh(), false);
        QCOMPARE(fixture.open()->credentials().size(), 1);
        QCOMPARE(namesOf(vault->check()->damage), QStringList());
    } // never committed
    QVERIFY_RESULT(vault->add(sampleCredential(2), sampleKey()));
    QCOMPARE(fixture.open()->credentials().size(), 2);
}

void TestVaultSharing::survivesAFullDisk()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    for (int i = 0; i < 5; ++i)
        QVERIFY_RESULT(vault->add(sampleCredential(i), sampleKey()));

    // No file may grow beyond this, as on a full disk; works for every user.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &usual), 0);
    rlimit tight = usual;
    tight.rlim_cur = static_cast<rlim_t>(QFileInfo(fixture.path() + u"-wal"_s).size() + 30000);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &tight), 0);
    int saved = 5;
    Result<Credential> last = vault->add(sampleCredential(saved), sampleKey());
    while (last && saved < 200)
        last = vault->add(sampleCredential(++saved), sampleKey());
    const auto other = vault->remove(vault->credentials().first().id);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &usual), 0);

    QVERIFY_FAILS(last, "vault.unwritable");
    QVERIFY(!other || saved < 200);
    if (other)
        --saved;
    QCOMPARE(vault->credentials().size(), saved);
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
    QVERIFY_RESULT(vault->add(sampleCredential(500), sampleKey())); // there is room again
    *vault = *fixture.open();
    QCOMPARE(vault->credentials().size(), saved + 1);
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultSharing)
#include "tst_vaultsharing.moc"
