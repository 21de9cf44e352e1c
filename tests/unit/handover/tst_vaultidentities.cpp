// SPDX-License-Identifier: Apache-2.0
#include "core/handover/Export.h"
#include "core/handover/VaultIdentities.h"
#include "core/handover/reading/ImportReading.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/handover/HandoverFixture.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QDirIterator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

QStringList actionsIn(const Vault &vault)
{
    QStringList actions;
    const auto entries = vault.activity();
    for (const ActivityEntry &entry : entries ? *entries : QList<ActivityEntry>())
        actions.append(entry.action);
    return actions;
}

} // namespace

/// Age identities that live in the vault: kept sealed, listed by their public half, and used to open what was encrypted
/// for them.
class TestVaultIdentities : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsThemOverLocking();
    void takesThoseOfOthers();
    void opensWhatWasSentToThem();
    void forgetsThemOnRequest();
    void givesOneAwayAsAFile();
    void sealsThem();
    void savesThemFromADamagedVault();

private:
    std::unique_ptr<VaultFixture> m_fixture;
    std::optional<Vault> m_vault;
};

void TestVaultIdentities::init()
{
    m_vault.reset();
    m_fixture = std::make_unique<VaultFixture>();
    auto vault = m_fixture->create();
    QVERIFY_RESULT(vault);
    m_vault.emplace(*std::move(vault));
}

void TestVaultIdentities::keepsThemOverLocking()
{
    const auto none = keptIdentities(*m_vault);
    QVERIFY_RESULT(none);
    QVERIFY(none->isEmpty());
    const auto made = makeIdentity(*m_vault, u"  for the\nlab "_s, m_fixture->clock, m_fixture->random);
    QVERIFY_RESULT(made);
    QVERIFY(made->recipient.startsWith(u"age1"_s));
    QCOMPARE(made->label, u"for the lab"_s);
    QVERIFY_RESULT(makeIdentity(*m_vault, {}, m_fixture->clock, m_fixture->random));
    m_vault.reset();
    auto again = m_fixture->open();
    QVERIFY_RESULT(again);
    const auto kept = keptIdentities(*again);
    QVERIFY_RESULT(kept);
    QCOMPARE(kept->size(), 2);
    const auto same = std::ranges::find(*kept, made->recipient, &KeptIdentity::recipient);
    QVERIFY(same != kept->end());
    QCOMPARE(same->label, u"for the lab"_s);
    QCOMPARE(same->createdAt, toDateTime(m_fixture->clock.now()));
    const auto check = again->check();
    QVERIFY_RESULT(check);
    QVERIFY(check->damage.isEmpty());
}

void TestVaultIdentities::takesThoseOfOthers()
{
    const AgeIdentity other = AgeIdentity::generate(m_fixture->random);
    const auto kept = keepIdentity(*m_vault, other, u"laptop"_s, m_fixture->clock);
    QVERIFY_RESULT(kept);
    QCOMPARE(kept->recipient, other.recipient().text());
    QVERIFY_FAILS(keepIdentity(*m_vault, other, u"again"_s, m_fixture->clock), "identity.exists");
    const auto opened = openIdentities(*m_vault);
    QVERIFY_RESULT(opened);
    QCOMPARE(opened->size(), std::size_t(1));
    QVERIFY(opened->front().scalar().equalsConstantTime(other.scalar()));
    QVERIFY(actionsIn(*m_vault).contains(u"identity.added"_s));
}

void TestVaultIdentities::opensWhatWasSentToThem()
{
    for (int i = 0; i < 3; ++i)
        QVERIFY_RESULT(makeIdentity(*m_vault, {}, m_fixture->clock, m_fixture->random));
    const auto kept = keptIdentities(*m_vault);
    QVERIFY_RESULT(kept);
    // Somebody else's vault, who knows the recipient only.
    VaultFixture sender;
    auto theirs = sender.create();
    QVERIFY_RESULT(theirs);
    QVERIFY_RESULT(theirs->add(credentialWithKey(sharedEcKey()), sharedEcKey().pkcs8));
    ExportRequest request;
    request.format = bundleFormatId();
    request.credentials = {theirs->credentials().constFirst().id};
    request.target.recipients = {*AgeRecipient::fromText(kept->last().recipient)};
    const auto bundle = exportCredentials(*theirs, request, sender.clock, sender.random);
    QVERIFY_RESULT(bundle);
    AgeKeys keys;
    auto opened = openIdentities(*m_vault);
    QVERIFY_RESULT(opened);
    keys.identities = *std::move(opened);
    const auto read =
        readEncryptedImport(bundle->files.front().contents.charView(), keys, {}, toDateTime(m_fixture->clock.now()));
    QVERIFY_RESULT(read);
    QCOMPARE(read->items.size(), std::size_t(1));
    QVERIFY(read->items.front().hasKey());
}

void TestVaultIdentities::forgetsThemOnRequest()
{
    const auto made = makeIdentity(*m_vault, {}, m_fixture->clock, m_fixture->random);
    QVERIFY_RESULT(made);
    QVERIFY_RESULT(removeIdentity(*m_vault, made->recipient));
    QVERIFY_FAILS(removeIdentity(*m_vault, made->recipient), "identity.not-found");
    const auto opened = openIdentities(*m_vault);
    QVERIFY_RESULT(opened);
    QVERIFY(opened->empty());
    const QStringList actions = actionsIn(*m_vault);
    QVERIFY(actions.contains(u"identity.created"_s) && actions.contains(u"identity.removed"_s));
}

void TestVaultIdentities::givesOneAwayAsAFile()
{
    const auto made = makeIdentity(*m_vault, u"lab"_s, m_fixture->clock, m_fixture->random);
    QVERIFY_RESULT(made);
    const auto file = identityFile(*m_vault, made->recipient);
    QVERIFY_RESULT(file);
    QVERIFY(file->charView().startsWith("# created: "));
    const auto read = readAgeIdentities(*file);
    QVERIFY_RESULT(read);
    QCOMPARE(read->identities.size(), std::size_t(1));
    QCOMPARE(read->identities.front().recipient().text(), made->recipient);
    QVERIFY(actionsIn(*m_vault).contains(u"identity.exported"_s));
    QVERIFY_FAILS(identityFile(*m_vault, u"age1other"_s), "identity.not-found");
}

void TestVaultIdentities::sealsThem()
{
    const auto made = makeIdentity(*m_vault, u"a label that nobody reads"_s, m_fixture->clock, m_fixture->random);
    QVERIFY_RESULT(made);
    const auto opened = openIdentities(*m_vault);
    QVERIFY_RESULT(opened);
    const QByteArray secret = opened->front().text().copyToUnprotectedByteArray(); // of a test: nothing to protect
    m_vault.reset();
    QDirIterator files(m_fixture->folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int seen = 0;
    while (files.hasNext()) {
        const QByteArray contents = contentsOfFile(files.next());
        ++seen;
        QVERIFY(!contents.contains(secret) && !contents.contains(secret.sliced(20, 30)));
        // Not even whose vault it is: who gets bundles is nobody's business.
        QVERIFY(!contents.contains(made->recipient.toUtf8()) && !contents.contains("nobody reads"));
    }
    QVERIFY(seen > 0);
}

void TestVaultIdentities::savesThemFromADamagedVault()
{
    const auto made = makeIdentity(*m_vault, u"lab"_s, m_fixture->clock, m_fixture->random);
    QVERIFY_RESULT(made);
    VaultFixture place;
    auto target = place.create();
    QVERIFY_RESULT(target);
    QVERIFY_RESULT(m_vault->salvageInto(*target));
    const auto kept = keptIdentities(*target);
    QVERIFY_RESULT(kept);
    QCOMPARE(kept->size(), 1);
    QCOMPARE(kept->first().recipient, made->recipient);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultIdentities)
#include "tst_vaultidentities.moc"
