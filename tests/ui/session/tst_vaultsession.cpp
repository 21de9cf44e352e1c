// SPDX-License-Identifier: Apache-2.0
#include "core/vault/TestHistory.h"
#include "tests/support/FakeKeyring.h"
#include "tests/support/ResultMacros.h"
#include "tests/ui/session/SessionFixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patience = 10'000;
/// The GUI thread's budget, with room for a busy machine; a KDF or a hanging request takes far longer.
constexpr qint64 atOnceMs = 100;

} // namespace

class TestVaultSession final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void createSaveLockUnlock();
    void wrongPassphraseLeavesItLocked();
    void unlockingDoesNotBlock();
    void lockingWhileUnlockingCancels();
    void editKeepsTheKey();
    void takenNameIsRefused();
    void removeForgets();
    void duplicateHasTheSameKeyUnderAFreeName();
    void whatIsAskedBeforeLockingIsDone();
    void savedTestIsKept();
    void draftTestIsKeptOnlyWithTheSave();
    void networkChoicesReachTheServer();
    void failedTestIsDiagnosed();
    void hangingTestIsCancelledAtOnce();
    void lockEndsTests();
    void contextGoneHearsNothing();
    void lockedVaultRefuses();
    void certificateOfDraftAndSavedKey();
    void failedBackupIsTold();
    void keyringOpensWithoutAPassphrase();
    void otherProgramsSavesShowUp();
    void whatIsHeardOfOnTheWayShowsUp();
    void otherProgramsSaveIsNotWrittenOver();
    void ownTestResultIsNoConflict();
    void fileHoldsNothingInTheClear();
};

void TestVaultSession::createSaveLockUnlock()
{
    SessionFixture fixture;
    QCOMPARE(fixture.session.state(), VaultSession::State::NoVault);
    QSignalSpy states(&fixture.session, &VaultSession::stateChanged);
    QVERIFY(fixture.create());
    QCOMPARE(fixture.session.state(), VaultSession::State::Unlocked);
    QVERIFY(states.count() >= 2); // unlocking, unlocked
    QCOMPARE(fixture.session.vaultName(), u"northlake"_s);
    const Result<Credential> saved = fixture.save(sampleDraft(u"Zeta"_s));
    QVERIFY_RESULT(saved);
    QVERIFY_RESULT(fixture.save(sampleDraft(u"Alder"_s)));
    QCOMPARE(fixture.session.credentials().size(), 2);
    QCOMPARE(fixture.session.credentials().constFirst().name, u"Alder"_s);

    fixture.session.lock();
    QCOMPARE(fixture.session.state(), VaultSession::State::Locked);
    QVERIFY(fixture.session.credentials().isEmpty());
    QVERIFY(fixture.session.credential(saved->id) == nullptr);

    QVERIFY(fixture.unlock());
    const Credential *again = fixture.session.credential(saved->id);
    QVERIFY(again != nullptr);
    QCOMPARE(again->clientId, saved->clientId);
    QCOMPARE(again->key.thumbprint, saved->key.thumbprint);
}

void TestVaultSession::wrongPassphraseLeavesItLocked()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    fixture.session.lock();
    QVERIFY(!fixture.unlock("not this one"));
    QCOMPARE(fixture.session.state(), VaultSession::State::Locked);
    QVERIFY(fixture.unlock());
}

void TestVaultSession::unlockingDoesNotBlock()
{
    SessionFixture fixture;
    fixture.session.setKdfParameters({256, 3});
    QVERIFY(fixture.create());
    fixture.session.lock();
    bool opened = false;
    QElapsedTimer timer;
    timer.start();
    fixture.session.unlock(&fixture.session, SecretBytes::copyOf(QByteArrayView(SessionFixture::rightPassphrase)),
                           [&opened](const Result<void> &result) { opened = result.has_value(); });
    QVERIFY2(timer.elapsed() < atOnceMs, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(fixture.session.state(), VaultSession::State::Unlocking);
    QTRY_VERIFY_WITH_TIMEOUT(opened, patience);
}

void TestVaultSession::lockingWhileUnlockingCancels()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    fixture.session.lock();
    QString code;
    fixture.session.unlock(&fixture.session, SecretBytes::copyOf(QByteArrayView(SessionFixture::rightPassphrase)),
                           [&code](const Result<void> &result) { code = result ? u"opened"_s : result.error().code; });
    fixture.session.lock();
    QCOMPARE(fixture.session.state(), VaultSession::State::Locked);
    QTRY_COMPARE_WITH_TIMEOUT(code, u"cancelled"_s, patience);
    QCOMPARE(fixture.session.state(), VaultSession::State::Locked);
    QVERIFY(fixture.session.credentials().isEmpty());
}

void TestVaultSession::editKeepsTheKey()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const Result<Credential> saved = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(saved);
    CredentialDraft edit = draftOf(*saved);
    edit.description = u"Hourly feed"_s;
    const Result<Credential> edited = fixture.save(edit, saved->id);
    QVERIFY_RESULT(edited);
    QCOMPARE(edited->id, saved->id);
    QVERIFY(edited->revision > saved->revision);
    QCOMPARE(edited->key.thumbprint, saved->key.thumbprint);
    QCOMPARE(fixture.session.credentials().size(), 1);

    // The kept key still signs.
    QSignalSpy finished(&fixture.session, &VaultSession::testFinished);
    fixture.session.testSaved(saved->id);
    QVERIFY(finished.wait(patience));
    QVERIFY(finished.first().at(1).value<TestReport>().passed);
}

void TestVaultSession::takenNameIsRefused()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    QVERIFY_RESULT(fixture.save(sampleDraft(u"Alder"_s)));
    QVERIFY_FAILS(fixture.save(sampleDraft(u"Alder"_s)), "vault.name-taken");
    QCOMPARE(fixture.session.credentials().size(), 1);
}

void TestVaultSession::removeForgets()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const Result<Credential> saved = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(saved);
    std::optional<bool> removed;
    fixture.session.remove(&fixture.session, saved->id,
                           [&removed](const Result<void> &result) { removed = result.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(removed.has_value(), patience);
    QVERIFY(*removed);
    QVERIFY(fixture.session.credentials().isEmpty());
    QVERIFY_FAILS(fixture.save(sampleDraft(u"Alder"_s), saved->id), "credential.not-found");
}

void TestVaultSession::duplicateHasTheSameKeyUnderAFreeName()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const Result<Credential> saved = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(saved);
    QStringList names;
    const auto duplicate = [&](const QUuid &id) {
        std::optional<Result<Credential>> copy;
        fixture.session.duplicate(&fixture.session, id, [&copy](Result<Credential> made) { copy = std::move(made); });
        if (!QTest::qWaitFor([&copy] { return copy.has_value(); }, patience) || !copy->has_value())
            return false;
        names << (*copy)->name;
        return (*copy)->key.thumbprint == saved->key.thumbprint && (*copy)->id != saved->id && !(*copy)->lastTest;
    };
    QVERIFY(duplicate(saved->id));
    QVERIFY(duplicate(saved->id));
    QCOMPARE(names, QStringList({u"Alder, copy"_s, u"Alder, copy 2"_s}));
    QVERIFY(!duplicate(QUuid::createUuid()));
    QCOMPARE(fixture.session.credentials().size(), 3);
}

void TestVaultSession::whatIsAskedBeforeLockingIsDone()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const Result<Credential> saved = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(saved);
    connect(&fixture.session, &VaultSession::aboutToLock, &fixture.session,
            [&] { fixture.session.remove(&fixture.session, saved->id, [](const Result<void> &) {}); });
    fixture.session.lock();
    QVERIFY(fixture.unlock());
    QVERIFY(fixture.session.credentials().isEmpty());
}

void TestVaultSession::savedTestIsKept()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const Result<Credential> saved = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(saved);
    QSignalSpy progressed(&fixture.session, &VaultSession::testProgressed);
    QSignalSpy finished(&fixture.session, &VaultSession::testFinished);
    fixture.session.testSaved(saved->id);
    QVERIFY(fixture.session.isTesting(saved->id));
    fixture.session.testSaved(saved->id); // a second one while it runs is not started
    QVERIFY(finished.wait(patience));
    QVERIFY(!fixture.session.isTesting(saved->id));
    QVERIFY(progressed.count() >= 5);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.session.credential(saved->id)->lastTest.has_value(), patience);
    QVERIFY(fixture.session.credential(saved->id)->lastTest->passed);
    QCOMPARE(fixture.server->tokenRequests.load(), 1);

    fixture.session.lock();
    QVERIFY(fixture.unlock());
    QVERIFY(fixture.session.credential(saved->id)->lastTest.has_value());
}

void TestVaultSession::draftTestIsKeptOnlyWithTheSave()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const CredentialDraft draft = sampleDraft(u"Alder"_s);
    QSignalSpy finished(&fixture.session, &VaultSession::testFinished);
    const QUuid token = QUuid::createUuid();
    fixture.session.testDraft(token, draft, {});
    QVERIFY(finished.wait(patience));
    const auto report = finished.first().at(1).value<TestReport>();
    QCOMPARE(finished.first().at(0).toUuid(), token);
    QVERIFY(report.passed);
    QVERIFY(fixture.session.credentials().isEmpty());
    const Result<Credential> saved = fixture.save(draft, {}, summaryOf(report));
    QVERIFY_RESULT(saved);
    QVERIFY(saved->lastTest.has_value());
    QVERIFY(saved->lastTest->passed);
    std::optional<qsizetype> kept;
    fixture.session.withVault<QList<KeptTest>>(
        &fixture.session, [id = saved->id](Vault &vault) { return testHistory(vault, id); },
        [&kept](const Result<QList<KeptTest>> &tests) { kept = tests ? tests->size() : -1; });
    QTRY_VERIFY_WITH_TIMEOUT(kept == 1, patience);
}

void TestVaultSession::networkChoicesReachTheServer()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    NetworkSettings chosen;
    chosen.deadline = std::chrono::seconds(7);
    fixture.session.setNetworkDefaults(chosen);
    QSignalSpy finished(&fixture.session, &VaultSession::testFinished);
    fixture.session.testDraft(QUuid::createUuid(), sampleDraft(u"Alder"_s), {});
    QVERIFY(finished.wait(patience));
    QCOMPARE(fixture.server->deadline.load(), 7000);
}

void TestVaultSession::failedTestIsDiagnosed()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    fixture.server->mode = FakeServer::Mode::RefusesClient;
    const Result<Credential> saved = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(saved);
    QSignalSpy finished(&fixture.session, &VaultSession::testFinished);
    fixture.session.testSaved(saved->id);
    QVERIFY(finished.wait(patience));
    const auto report = finished.first().at(1).value<TestReport>();
    QVERIFY(!report.passed);
    QCOMPARE(report.failedStep()->code, u"invalid_client"_s);
    QVERIFY(!report.diagnosis.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(fixture.session.credential(saved->id)->lastTest.has_value(), patience);
    QCOMPARE(fixture.session.credential(saved->id)->lastTest->code, u"invalid_client"_s);
}

void TestVaultSession::hangingTestIsCancelledAtOnce()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const Result<Credential> saved = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(saved);
    fixture.server->mode = FakeServer::Mode::Hangs;
    QSignalSpy finished(&fixture.session, &VaultSession::testFinished);
    fixture.session.testSaved(saved->id);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.server->tokenRequests.load(), 1, patience);
    QElapsedTimer timer;
    timer.start();
    fixture.session.cancelTest(saved->id);
    QVERIFY(timer.elapsed() < atOnceMs);
    QVERIFY(finished.wait(patience));
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(finished.first().at(1).value<TestReport>().failedStep()->code, u"cancelled"_s);
    // Being stopped says nothing of the credential.
    QVERIFY(!fixture.session.credential(saved->id)->lastTest.has_value());
}

void TestVaultSession::lockEndsTests()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const Result<Credential> saved = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(saved);
    fixture.server->mode = FakeServer::Mode::Hangs;
    QSignalSpy finished(&fixture.session, &VaultSession::testFinished);
    fixture.session.testSaved(saved->id);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.server->tokenRequests.load(), 1, patience);
    QElapsedTimer timer;
    timer.start();
    fixture.session.lock();
    QVERIFY(timer.elapsed() < atOnceMs);
    QVERIFY(!fixture.session.isTesting(saved->id));
    QVERIFY(fixture.unlock());
    QVERIFY(finished.isEmpty());
}

void TestVaultSession::contextGoneHearsNothing()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    bool called = false;
    {
        QObject page;
        fixture.session.save(&page, sampleDraft(u"Alder"_s), {},
                             [&called](const Result<Credential> &) { called = true; });
    }
    // The save itself is not lost.
    QTRY_COMPARE_WITH_TIMEOUT(fixture.session.credentials().size(), 1, patience);
    QVERIFY(!called);
}

void TestVaultSession::lockedVaultRefuses()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    fixture.session.lock();
    QVERIFY_FAILS(fixture.save(sampleDraft(u"Alder"_s)), "vault.locked");
}

void TestVaultSession::certificateOfDraftAndSavedKey()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const CredentialDraft draft = sampleDraft(u"Alder"_s);
    const Result<Credential> saved = fixture.save(draft);
    QVERIFY_RESULT(saved);
    const QList<std::pair<CredentialDraft, QUuid>> subjects{{draft, QUuid()}, {draftOf(*saved), saved->id}};
    for (const auto &[subject, existing] : subjects) {
        std::optional<Result<Certificate>> answer;
        fixture.session.issueCertificate(&fixture.session, subject, existing,
                                         [&answer](Result<Certificate> result) { answer = std::move(result); });
        QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience);
        QVERIFY_RESULT(*answer);
        const Result<PublicKey> key = PublicKey::fromPem((*answer)->pem);
        QVERIFY_RESULT(key);
        QCOMPARE(key->thumbprint(), saved->key.thumbprint);
        QCOMPARE((*answer)->sha1.size(), 40);
    }
}

void TestVaultSession::failedBackupIsTold()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    QVERIFY_RESULT(fixture.save(sampleDraft(u"Northlake"_s)));
    fixture.session.lock();
    QSignalSpy problems(&fixture.session, &VaultSession::problemFound);
    fixture.clock.advance(std::chrono::hours(48));
    // A file where the folder for backups should be.
    QFile inTheWay(fixture.folder.filePath(u"vault backups"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QVERIFY(fixture.unlock());
    QCOMPARE(fixture.session.state(), VaultSession::State::Unlocked);
    QTRY_COMPARE_WITH_TIMEOUT(problems.size(), 1, patience);
    QVERIFY(problems.first().first().value<Error>().message.contains(u"backup"_s));

    fixture.session.lock();
    QVERIFY(inTheWay.remove());
    QVERIFY(fixture.unlock());
    QCOMPARE(problems.size(), 1);
    QCOMPARE(QDir(inTheWay.fileName()).entryList(QDir::Files).size(), 1);
}

void TestVaultSession::keyringOpensWithoutAPassphrase()
{
    SessionFixture fixture;
    const auto keyring = std::make_shared<FakeKeyring>();
    fixture.session.setKeyring(keyring);
    QVERIFY(fixture.create());
    QVERIFY(!fixture.session.opensByKeyring()); // off by default
    std::optional<Result<bool>> set;
    fixture.session.withVault<bool>(
        this,
        [keyring](Vault &vault) -> Result<bool> {
            TRY(vault.useKeyring(*keyring));
            TRY(vault.makeRecoveryCode());
            return true;
        },
        [&set](Result<bool> result) { set = std::move(result); });
    QTRY_VERIFY(set && *set);
    fixture.session.lock();
    QTRY_VERIFY(fixture.session.opensByKeyring()); // the header says so, without a passphrase
    QVERIFY(fixture.session.opensByRecoveryCode());

    std::optional<Result<void>> opened;
    const auto answer = [&opened](const Result<void> &result) { opened = result; };
    keyring->isLocked = true;
    fixture.session.unlockWithKeyring(this, answer);
    QTRY_VERIFY(opened);
    QCOMPARE(opened->error().code, u"vault.no-keyring"_s);
    QCOMPARE(fixture.session.state(), VaultSession::State::Locked);
    keyring->isLocked = false;
    opened.reset();
    fixture.session.unlockWithKeyring(this, answer);
    QTRY_VERIFY(opened);
    QVERIFY(*opened);
    QCOMPARE(fixture.session.state(), VaultSession::State::Unlocked);
}

void TestVaultSession::otherProgramsSavesShowUp()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const auto mine = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(mine);
    // A vault of its own on the same file stands for another program; tst_twoprograms takes a real one.
    auto other = Vault::open(fixture.path(), SecretBytes::copyOf(QByteArrayView(SessionFixture::rightPassphrase)),
                             fixture.clock, fixture.random);
    QVERIFY_RESULT(other);
    auto theirs = other->find(u"Alder"_s);
    theirs->description = u"changed elsewhere"_s;
    QVERIFY_RESULT(other->update(*theirs));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.session.credential(mine->id)->description, u"changed elsewhere"_s, 5000);
    QVERIFY_RESULT(other->remove(mine->id));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.session.credentials().isEmpty(), 5000);
    // Nothing happens: nothing is asked and nothing is told.
    QSignalSpy changes(&fixture.session, &VaultSession::credentialsChanged);
    QVERIFY(!changes.wait(500));
}

void TestVaultSession::whatIsHeardOfOnTheWayShowsUp()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const auto mine = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(mine);
    auto other = Vault::open(fixture.path(), SecretBytes::copyOf(QByteArrayView(SessionFixture::rightPassphrase)),
                             fixture.clock, fixture.random);
    QVERIFY_RESULT(other);
    auto theirs = other->find(u"Alder"_s);
    theirs->description = u"changed elsewhere"_s;
    QVERIFY_RESULT(other->update(*theirs));
    // To open a key the vault looks at what was saved meanwhile, before anybody watching the file does.
    const auto access = fixture.session.serverAccess(mine->id);
    QVERIFY(access);
    QVERIFY_RESULT(access->openKey());
    QTRY_COMPARE_WITH_TIMEOUT(fixture.session.credential(mine->id)->description, u"changed elsewhere"_s, 5000);
}

void TestVaultSession::otherProgramsSaveIsNotWrittenOver()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const auto base = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(base);
    auto other = Vault::open(fixture.path(), SecretBytes::copyOf(QByteArrayView(SessionFixture::rightPassphrase)),
                             fixture.clock, fixture.random);
    auto theirs = other->find(u"Alder"_s);
    theirs->clientId = u"theirs"_s;
    QVERIFY_RESULT(other->update(*theirs));
    QTRY_COMPARE(fixture.session.credential(base->id)->clientId, u"theirs"_s);

    CredentialDraft draft = draftOf(*base);
    draft.description = u"mine"_s;
    std::optional<Result<Credential>> answer;
    const auto take = [&answer](Result<Credential> result) { answer = std::move(result); };
    fixture.session.save(this, draft, base->id, take, {}, *base);
    QTRY_VERIFY(answer);
    QVERIFY(!*answer);
    QCOMPARE(answer->error().code, u"vault.changed-elsewhere"_s);
    QCOMPARE(fixture.session.credential(base->id)->clientId, u"theirs"_s);
    answer.reset();
    fixture.session.save(this, draft, base->id, take); // knowingly
    QTRY_VERIFY(answer);
    QVERIFY_RESULT(*answer);
    QCOMPARE(fixture.session.credential(base->id)->description, u"mine"_s);
}

void TestVaultSession::ownTestResultIsNoConflict()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    const auto base = fixture.save(sampleDraft(u"Alder"_s));
    QVERIFY_RESULT(base);
    QSignalSpy finished(&fixture.session, &VaultSession::testFinished);
    fixture.session.testSaved(base->id);
    QTRY_COMPARE(finished.count(), 1);
    QTRY_VERIFY(fixture.session.credential(base->id)->lastTest); // which made a new revision
    CredentialDraft draft = draftOf(*base);
    draft.description = u"edited meanwhile"_s;
    std::optional<Result<Credential>> answer;
    fixture.session.save(
        this, draft, base->id, [&answer](Result<Credential> result) { answer = std::move(result); }, {}, *base);
    QTRY_VERIFY(answer);
    QVERIFY_RESULT(*answer);
    QVERIFY((*answer)->lastTest);
}

void TestVaultSession::fileHoldsNothingInTheClear()
{
    SessionFixture fixture;
    QVERIFY(fixture.create());
    QVERIFY_RESULT(fixture.save(sampleDraft(u"Riverbend bulk export"_s)));
    fixture.session.lock();
    QVERIFY(fixture.unlock());
    const SecretBytes pem = sampleKeyPem();
    const QByteArray keyLine = pem.charView().toByteArray().split('\n').at(2);
    for (const QFileInfo &info : QDir(fixture.folder.path()).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray contents = file.readAll();
        QVERIFY(!contents.contains("Riverbend"));
        QVERIFY(!contents.contains("0c5b8d9e"));
        QVERIFY(!contents.contains(keyLine));
        QVERIFY(!contents.contains(SessionFixture::rightPassphrase));
    }
}

QTEST_MAIN(TestVaultSession)
#include "tst_vaultsession.moc"
