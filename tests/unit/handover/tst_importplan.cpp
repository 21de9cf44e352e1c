// SPDX-License-Identifier: Apache-2.0
#include "core/handover/CredentialBundle.h"
#include "core/handover/Export.h"
#include "core/handover/ImportPlan.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/handover/HandoverFixture.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

ImportedCredentials importOf(const QList<Credential> &credentials, const ImportedKey *key = &sharedEcKey())
{
    ImportedCredentialsBuilder builder;
    for (const Credential &credential : credentials)
        builder.add({credential, {}, -1, 0}, key == nullptr ? QByteArrayView() : key->pkcs8.charView());
    return builder.take();
}

QStringList namesIn(const Vault &vault)
{
    QStringList names;
    for (const Credential &credential : vault.credentials())
        names.append(credential.name);
    return names;
}

QString thumbprintIn(const Vault &vault, const QUuid &id)
{
    const auto key = vault.privateKey(id);
    return key ? key->publicKey().thumbprint() : key.error().code;
}

} // namespace

/// What an import would do, does, and takes back.
class TestImportPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void adds();
    void findsIdentical();
    void showsDifferences();
    void tellsConflicts();
    void replacesAndUndoes();
    void copies();
    void keepsWhatTheFileHasNoPlaceFor();
    void needsAKeyForNewOnes();
    void handlesDoubleNamesInTheFile();
    void isAllOrNothing();
    void refusesToUndoOverAnEdit();
    void savesManyInOneStep();
    void isToldByTheActivityLog();

private:
    Credential inVault(int number);

    std::unique_ptr<VaultFixture> m_fixture;
    std::optional<Vault> m_vault;
};

void TestImportPlan::init()
{
    m_vault.reset();
    m_fixture = std::make_unique<VaultFixture>();
    auto created = m_fixture->create();
    QVERIFY_RESULT(created);
    m_vault.emplace(*std::move(created));
}

/// Saved with the RSA key.
Credential TestImportPlan::inVault(int number)
{
    const auto saved = m_vault->add(credentialWithKey(sharedRsaKey(), number), sharedRsaKey().pkcs8);
    return saved ? *saved : Credential();
}

void TestImportPlan::adds()
{
    const Credential first = credentialWithKey(sharedEcKey(), 1);
    ImportPlan plan = planImport(importOf({first, credentialWithKey(sharedEcKey(), 2)}), m_vault->credentials());
    QCOMPARE(plan.count(ImportState::New), 2);
    QCOMPARE(plan.writes(), 2);
    const auto outcome = applyImport(*m_vault, plan);
    QVERIFY_RESULT(outcome);
    QCOMPARE(outcome->added, 2);
    QCOMPARE(namesIn(*m_vault), QStringList({u"Alder Creek"_s, u"Alder Creek 2"_s}));
    const auto saved = m_vault->find(first.name);
    QVERIFY_RESULT(saved);
    QCOMPARE(saved->id, first.id); // known again when a later bundle comes
    QCOMPARE(saved->scopes, first.scopes);
    QCOMPARE(thumbprintIn(*m_vault, saved->id), first.key.thumbprint);
    QVERIFY_RESULT(undoImport(*m_vault, outcome->undo));
    QVERIFY(namesIn(*m_vault).isEmpty());
    QVERIFY(m_vault->check()->damage.isEmpty());
}

void TestImportPlan::findsIdentical()
{
    const Credential saved = inVault(1);
    Credential again = saved;
    again.keyId = saved.keyId;
    const ImportPlan plan = planImport(importOf({again}, &sharedRsaKey()), m_vault->credentials());
    QCOMPARE(plan.count(ImportState::Identical), 1);
    QVERIFY(!plan.entries.front().needsChoice());
    const auto outcome = applyImport(*m_vault, plan);
    QVERIFY_RESULT(outcome);
    QCOMPARE(outcome->skipped, 1);
    QCOMPARE(m_vault->find(saved.name)->revision, 1);
}

void TestImportPlan::showsDifferences()
{
    const Credential saved = inVault(1);
    Credential other = saved;
    other.clientId = u"another"_s;
    other.tags = {u"x"_s};
    other.key = credentialWithKey(sharedEcKey()).key;
    other.algorithm = SignatureAlgorithm::ES384;
    other.updatedAt = saved.updatedAt.addDays(1);
    const ImportPlan plan = planImport(importOf({other}), m_vault->credentials());
    QCOMPARE(plan.count(ImportState::Changed), 1);
    QStringList fields;
    for (const ImportDifference &difference : plan.entries.front().differences)
        fields.append(difference.field);
    QCOMPARE(fields, QStringList({u"clientId"_s, u"privateKey"_s, u"algorithm"_s, u"tags"_s}));
    const QJsonObject json = toJson(plan.entries.front());
    QCOMPARE(json.value(u"state"_s).toString(), u"changed"_s);
    QCOMPARE(json.value(u"action"_s).toString(), u"skip"_s);
}

void TestImportPlan::tellsConflicts()
{
    const Credential saved = inVault(1);
    Credential older = saved;
    older.description = u"old"_s;
    older.updatedAt = saved.updatedAt.addDays(-1);
    QCOMPARE(planImport(importOf({older}), m_vault->credentials()).entries.front().state, ImportState::Conflict);
    Credential stranger = credentialWithKey(sharedEcKey(), 7);
    stranger.name = u" alder CREEK"_s;
    const ImportPlan plan = planImport(importOf({stranger}), m_vault->credentials());
    QCOMPARE(plan.entries.front().state, ImportState::Conflict);
    QVERIFY(!plan.entries.front().reason.isEmpty());
    QCOMPARE(plan.writes(), 0); // until someone chooses
}

void TestImportPlan::replacesAndUndoes()
{
    const Credential saved = inVault(1);
    Credential later = saved;
    later.name = u"Alder Creek, renamed"_s;
    later.key = credentialWithKey(sharedEcKey()).key;
    later.algorithm = SignatureAlgorithm::ES384;
    later.updatedAt = saved.updatedAt.addDays(1);
    ImportPlan plan = planImport(importOf({later, credentialWithKey(sharedEcKey(), 2)}), m_vault->credentials());
    plan.chooseForAll(ImportAction::Replace);
    const auto outcome = applyImport(*m_vault, plan);
    QVERIFY_RESULT(outcome);
    QCOMPARE(outcome->replaced, 1);
    QCOMPARE(outcome->added, 1);
    QCOMPARE(namesIn(*m_vault), QStringList({u"Alder Creek 2"_s, u"Alder Creek, renamed"_s}));
    QCOMPARE(thumbprintIn(*m_vault, saved.id), later.key.thumbprint);
    QVERIFY_RESULT(undoImport(*m_vault, outcome->undo));
    QCOMPARE(namesIn(*m_vault), QStringList{u"Alder Creek"_s});
    QCOMPARE(contentOf(*m_vault->find(saved.name)), contentOf(saved));
    QCOMPARE(thumbprintIn(*m_vault, saved.id), saved.key.thumbprint);
    QVERIFY(m_vault->check()->damage.isEmpty());
}

void TestImportPlan::copies()
{
    const Credential saved = inVault(1);
    Credential other = saved;
    other.clientId = u"another"_s;
    ImportPlan plan = planImport(importOf({other}), m_vault->credentials());
    plan.chooseForAll(ImportAction::Copy);
    QVERIFY_RESULT(applyImport(*m_vault, plan));
    QCOMPARE(namesIn(*m_vault), QStringList({u"Alder Creek"_s, u"Alder Creek (2)"_s}));
    QVERIFY(m_vault->find(u"Alder Creek (2)"_s)->id != saved.id);
    plan = planImport(importOf({other}), m_vault->credentials());
    plan.chooseForAll(ImportAction::Copy);
    QCOMPARE(plan.entries.front().copyName, u"Alder Creek (3)"_s);
}

void TestImportPlan::keepsWhatTheFileHasNoPlaceFor()
{
    const Credential saved = inVault(1);
    Credential partial; // as from a Kubernetes Secret
    partial.name = saved.name;
    partial.connector = u"epic-ehr"_s;
    partial.fhirBaseUrl = saved.fhirBaseUrl;
    partial.clientId = u"new-client"_s;
    partial.key = saved.key;
    partial.keyId = saved.keyId;
    partial.algorithm = saved.algorithm;
    ImportPlan plan = planImport(importOf({partial}, &sharedRsaKey()), m_vault->credentials());
    QCOMPARE(plan.entries.front().differences.size(), 1);
    plan.chooseForAll(ImportAction::Replace);
    QVERIFY_RESULT(applyImport(*m_vault, plan));
    const auto now = m_vault->find(saved.name);
    QCOMPARE(now->clientId, u"new-client"_s);
    QCOMPARE(now->tags, saved.tags);
    QCOMPARE(now->description, saved.description);
}

void TestImportPlan::needsAKeyForNewOnes()
{
    const Credential saved = inVault(1);
    Credential changed = saved;
    changed.description = u"new"_s;
    changed.updatedAt = saved.updatedAt.addDays(1);
    ImportPlan plan =
        planImport(importOf({changed, credentialWithKey(sharedEcKey(), 2)}, nullptr), m_vault->credentials());
    QCOMPARE(plan.entries[0].state, ImportState::Changed);
    QCOMPARE(plan.entries[1].state, ImportState::NoKey);
    plan.chooseForAll(ImportAction::Replace);
    const auto outcome = applyImport(*m_vault, plan);
    QVERIFY_RESULT(outcome);
    QCOMPARE(outcome->replaced, 1);
    QCOMPARE(thumbprintIn(*m_vault, saved.id), saved.key.thumbprint);
    QVERIFY_RESULT(undoImport(*m_vault, outcome->undo));
    QCOMPARE(thumbprintIn(*m_vault, saved.id), saved.key.thumbprint);
}

void TestImportPlan::handlesDoubleNamesInTheFile()
{
    Credential second = credentialWithKey(sharedEcKey(), 2);
    second.name = u"ALDER creek"_s;
    ImportPlan plan = planImport(importOf({credentialWithKey(sharedEcKey(), 1), second}), m_vault->credentials());
    QCOMPARE(plan.entries[1].state, ImportState::Conflict);
    QCOMPARE(plan.entries[1].choices(), QList<ImportAction>({ImportAction::Skip, ImportAction::Copy}));
    plan.chooseForAll(ImportAction::Replace);
    QCOMPARE(plan.entries[1].action, ImportAction::Skip);
    plan.chooseForAll(ImportAction::Copy);
    QVERIFY_RESULT(applyImport(*m_vault, plan));
    QCOMPARE(namesIn(*m_vault), QStringList({u"Alder Creek"_s, u"ALDER creek (2)"_s}));
}

void TestImportPlan::isAllOrNothing()
{
    const QList<Credential> before = m_vault->credentials();
    ImportPlan plan =
        planImport(importOf({credentialWithKey(sharedEcKey(), 1), credentialWithKey(sharedEcKey(), 2)}), before);
    // Meanwhile another program takes the second name.
    QVERIFY_RESULT(m_vault->add(credentialWithKey(sharedRsaKey(), 2), sharedRsaKey().pkcs8));
    QVERIFY_FAILS(applyImport(*m_vault, plan), "vault.name-taken");
    QCOMPARE(namesIn(*m_vault), QStringList{u"Alder Creek 2"_s});
    auto reopened = m_fixture->open();
    QVERIFY_RESULT(reopened);
    QCOMPARE(namesIn(*reopened), QStringList{u"Alder Creek 2"_s});
    QVERIFY(reopened->check()->damage.isEmpty());
}

void TestImportPlan::refusesToUndoOverAnEdit()
{
    const Credential saved = inVault(1);
    Credential later = saved;
    later.clientId = u"another"_s;
    later.updatedAt = saved.updatedAt.addDays(1);
    ImportPlan plan = planImport(importOf({later}), m_vault->credentials());
    plan.chooseForAll(ImportAction::Replace);
    const auto outcome = applyImport(*m_vault, plan);
    QVERIFY_RESULT(outcome);
    Credential edited = *m_vault->find(saved.name);
    edited.description = u"edited since"_s;
    QVERIFY_RESULT(m_vault->update(edited));
    QVERIFY_FAILS(undoImport(*m_vault, outcome->undo), "vault.changed-elsewhere");
    QCOMPARE(m_vault->find(saved.name)->description, u"edited since"_s);
}

void TestImportPlan::savesManyInOneStep()
{
    QList<Credential> many;
    for (int i = 1; i <= 600; ++i)
        many.append(credentialWithKey(sharedEcKey(), i));
    const auto outcome = applyImport(*m_vault, planImport(importOf(many), {}));
    QVERIFY_RESULT(outcome);
    QCOMPARE(outcome->added, 600);
    m_vault.reset();
    auto reopened = m_fixture->open();
    QVERIFY_RESULT(reopened);
    QCOMPARE(reopened->credentials().size(), 600);
    const auto check = reopened->check();
    QVERIFY_RESULT(check);
    QVERIFY(check->damage.isEmpty());
    QVERIFY(check->recordsChecked >= 600);
    QVERIFY_RESULT(undoImport(*reopened, outcome->undo));
    QVERIFY(reopened->credentials().isEmpty());
}

void TestImportPlan::isToldByTheActivityLog()
{
    const auto last = [this](int count) {
        QStringList told;
        const auto entries = m_vault->activity();
        for (const ActivityEntry &entry : entries ? entries->last(count) : QList<ActivityEntry>())
            told.append(entry.action + u", "_s + entry.credentialName + u", "_s + entry.detail);
        return told;
    };
    const auto outcome = applyImport(
        *m_vault, planImport(importOf({credentialWithKey(sharedEcKey(), 8), credentialWithKey(sharedEcKey(), 9)}), {}),
        u"both.credenza.age"_s);
    QVERIFY_RESULT(outcome);
    QCOMPARE(last(2), QStringList({u"credential.created, Alder Creek 8, imported from both.credenza.age"_s,
                                   u"credential.created, Alder Creek 9, imported from both.credenza.age"_s}));
    const QUuid id = credentialWithKey(sharedEcKey(), 8).id;
    const auto exported = [&](const QString &format, bool isWithKeys) {
        ExportRequest request;
        request.format = format;
        request.credentials = {id};
        request.options.isWithKeys = isWithKeys;
        if (format == bundleFormatId())
            request.target.recipients = {AgeIdentity::generate(m_fixture->random).recipient()};
        return exportCredentials(*m_vault, request, m_fixture->clock, m_fixture->random).has_value() ? last(1).value(0)
                                                                                                     : QString();
    };
    const QString told = u"credential.exported, Alder Creek 8, "_s;
    QCOMPARE(exported(u"kubernetes"_s, true), told + u"kubernetes, private key in the open"_s);
    QCOMPARE(exported(u"kubernetes"_s, false), told + u"kubernetes, without private key"_s);
    QCOMPARE(exported(u"jwks"_s, true), told + u"jwks, public key"_s);
    QCOMPARE(exported(bundleFormatId(), true), told + u"bundle, encrypted"_s);
    QCOMPARE(exported(bundleFormatId(), false), told + u"bundle, without key"_s);
    QVERIFY_RESULT(undoImport(*m_vault, outcome->undo));
    QVERIFY(last(2).first().startsWith(u"credential.deleted, "_s));
    const auto damage = m_vault->verifyActivity();
    QVERIFY_RESULT(damage);
    QVERIFY(damage->isEmpty());
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestImportPlan)
#include "tst_importplan.moc"
