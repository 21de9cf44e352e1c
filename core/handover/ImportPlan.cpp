// SPDX-License-Identifier: Apache-2.0
#include "core/handover/ImportPlan.h"

#include "core/handover/ImportComparison.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct PlanText {
    Q_DECLARE_TR_FUNCTIONS(ImportPlan)
};

/// As the vault compares names.
QString folded(const QString &name)
{
    return name.trimmed().normalized(QString::NormalizationForm_C).toCaseFolded();
}

/// What the vault will hold, as far as the plan has got.
class Ground
{
public:
    explicit Ground(const QList<Credential> &inVault)
    {
        for (const Credential &credential : inVault) {
            m_byId.insert(credential.id, credential);
            m_byName.insert(folded(credential.name), credential.id);
        }
    }
    [[nodiscard]] std::optional<Credential> byId(const QUuid &id) const
    {
        const auto found = m_byId.find(id);
        return found == m_byId.end() || id.isNull() ? std::nullopt : std::optional(*found);
    }
    [[nodiscard]] bool isTaken(const QString &name) const { return m_byName.contains(folded(name)); }
    /// The one in the vault; nothing where the name is taken by another item of the file.
    [[nodiscard]] std::optional<Credential> byName(const QString &name) const
    {
        return byId(m_byName.value(folded(name)));
    }
    void take(const QString &name) { m_byName.insert(folded(name), QUuid()); }
    [[nodiscard]] QString freeName(const QString &name) const
    {
        QString copy = name;
        for (int number = 2; isTaken(copy); ++number)
            copy = u"%1 (%2)"_s.arg(name).arg(number);
        return copy;
    }

private:
    QHash<QUuid, Credential> m_byId;
    QHash<QString, QUuid> m_byName;
};

void judgeAgainst(PlannedImport &planned, const Credential &existing, bool hasKey, bool isSameId, const Ground &ground)
{
    planned.existing = existing;
    planned.credential = completedFrom(planned.credential, existing, hasKey);
    planned.differences = differencesBetween(existing, planned.credential);
    if (planned.differences.isEmpty()) {
        planned.state = ImportState::Identical;
        return;
    }
    const auto named = ground.byName(planned.credential.name);
    const bool isNameElsewhere = ground.isTaken(planned.credential.name) && (!named || named->id != existing.id);
    const bool isSameClient =
        existing.clientId == planned.credential.clientId && existing.fhirBaseUrl == planned.credential.fhirBaseUrl;
    const bool isVaultLater =
        isSameId && planned.credential.updatedAt.isValid() && existing.updatedAt > planned.credential.updatedAt;
    planned.state = ImportState::Conflict;
    if (isNameElsewhere)
        planned.reason = PlanText::tr("Its name now belongs to another credential of the vault.");
    else if (isVaultLater)
        planned.reason = PlanText::tr("The one in the vault was changed later than the one in the file.");
    else if (!isSameId && !isSameClient)
        planned.reason = PlanText::tr("Another credential of the vault has this name.");
    else
        planned.state = ImportState::Changed;
}

PlannedImport planned(const ImportedCredential &item, std::size_t index, const Ground &ground)
{
    PlannedImport planned;
    planned.credential = item.credential;
    planned.item = index;
    planned.copyName = ground.freeName(item.credential.name);
    const auto sameId = ground.byId(item.credential.id);
    const auto sameName = ground.byName(item.credential.name);
    if (sameId || sameName) {
        judgeAgainst(planned, sameId ? *sameId : *sameName, item.hasKey(), sameId.has_value(), ground);
    } else if (ground.isTaken(item.credential.name)) {
        planned.state = ImportState::Conflict;
        planned.reason = PlanText::tr("The file has another credential of this name.");
    }
    const bool isNew = planned.state == ImportState::New;
    if (isNew && !item.hasKey()) {
        planned.state = ImportState::NoKey;
        planned.reason = PlanText::tr("The file has no private key for it.");
    }
    planned.action = isNew && item.hasKey() ? ImportAction::Add : ImportAction::Skip;
    return planned;
}

/// The keys of what is about to be replaced by another key.
Result<std::vector<VaultChange>> rememberReplaced(Vault &vault, const ImportPlan &plan, SecretBytes &keys)
{
    QList<QUuid> ids;
    QHash<QUuid, const Credential *> before;
    for (const PlannedImport &planned : plan.entries) {
        if (planned.action == ImportAction::Replace && planned.existing) {
            ids.append(planned.existing->id);
            before.insert(planned.existing->id, &*planned.existing);
        }
    }
    SecretText all;
    std::vector<std::pair<std::size_t, std::size_t>> places;
    const auto take = [&](const Credential &, const SecretBytes &pkcs8) -> Result<void> {
        places.emplace_back(all.size(), pkcs8.size());
        all.append(pkcs8);
        return {};
    };
    if (!ids.isEmpty())
        TRY(vault.exportPrivateKeys(ids, {u"credential.kept-for-undo"_s, {}}, take));
    keys = all.take();
    std::vector<VaultChange> changes;
    for (qsizetype i = 0; i < ids.size(); ++i) {
        const auto [at, size] = places[static_cast<std::size_t>(i)];
        changes.push_back({VaultChange::Kind::Update, *before.value(ids[i]), keys.view().subspan(at, size), {}});
    }
    return changes;
}

} // namespace

QString nameOf(ImportState state)
{
    switch (state) {
    case ImportState::New:
        return u"new"_s;
    case ImportState::Identical:
        return u"identical"_s;
    case ImportState::Changed:
        return u"changed"_s;
    case ImportState::Conflict:
        return u"conflict"_s;
    case ImportState::NoKey:
        return u"no-key"_s;
    }
    Q_UNREACHABLE();
}

QString nameOf(ImportAction action)
{
    switch (action) {
    case ImportAction::Add:
        return u"add"_s;
    case ImportAction::Skip:
        return u"skip"_s;
    case ImportAction::Replace:
        return u"replace"_s;
    case ImportAction::Copy:
        return u"copy"_s;
    }
    Q_UNREACHABLE();
}

QList<ImportAction> PlannedImport::choices() const
{
    if (state == ImportState::New)
        return {ImportAction::Add};
    if (state == ImportState::Identical || state == ImportState::NoKey)
        return {ImportAction::Skip};
    QList<ImportAction> choices{ImportAction::Skip};
    if (existing)
        choices.append(ImportAction::Replace);
    choices.append(ImportAction::Copy);
    return choices;
}

int ImportPlan::count(ImportState state) const
{
    return static_cast<int>(std::ranges::count(entries, state, &PlannedImport::state));
}

int ImportPlan::writes() const
{
    return static_cast<int>(entries.size() - static_cast<std::size_t>(std::ranges::count(entries, ImportAction::Skip,
                                                                                         &PlannedImport::action)));
}

void ImportPlan::chooseForAll(ImportAction action)
{
    for (PlannedImport &planned : entries)
        if (planned.needsChoice())
            planned.action = planned.choices().contains(action) ? action : ImportAction::Skip;
}

ImportPlan planImport(ImportedCredentials imported, const QList<Credential> &inVault)
{
    ImportPlan plan;
    Ground ground(inVault);
    for (std::size_t i = 0; i < imported.items.size(); ++i) {
        plan.entries.push_back(planned(imported.items[i], i, ground));
        const PlannedImport &added = plan.entries.back();
        if (added.state == ImportState::New)
            ground.take(added.credential.name);
        else if (added.needsChoice())
            ground.take(added.copyName); // so that two copies don't get one name
    }
    plan.imported = std::move(imported);
    return plan;
}

Result<ImportOutcome> applyImport(Vault &vault, const ImportPlan &plan, const QString &source)
{
    // Kept as it is for scripts, like the details of exports.
    const QString detail = source.isEmpty() ? u"imported"_s : u"imported from "_s + source;
    ImportOutcome outcome;
    std::vector<VaultChange> changes;
    std::vector<VaultChange> replaced = TRY(rememberReplaced(vault, plan, outcome.undo.keys));
    for (const PlannedImport &planned : plan.entries) {
        if (planned.action == ImportAction::Skip) {
            ++outcome.skipped;
            continue;
        }
        VaultChange change{VaultChange::Kind::Add, planned.credential,
                           plan.imported.keyOf(plan.imported.items[planned.item]), detail};
        change.credential.lastTest.reset(); // was never tested as it is now, from here
        if (planned.action == ImportAction::Replace) {
            change.kind = VaultChange::Kind::Update;
            change.credential.id = planned.existing->id;
            change.credential.revision = planned.existing->revision;
            ++outcome.replaced;
        } else if (planned.action == ImportAction::Copy) {
            change.credential.name = planned.copyName;
            change.credential.id = {};
            ++outcome.copied;
        } else {
            ++outcome.added;
        }
        changes.push_back(std::move(change));
    }
    const QList<Credential> saved = TRY(vault.saveAll(changes));
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const Credential &now = saved[static_cast<qsizetype>(i)];
        if (changes[i].kind == VaultChange::Kind::Add) {
            outcome.undo.changes.push_back({VaultChange::Kind::Remove, now, {}, {}});
            continue;
        }
        const auto before =
            std::ranges::find(replaced, now.id, [](const VaultChange &change) { return change.credential.id; });
        before->credential.revision = now.revision;
        outcome.undo.changes.push_back(*before);
    }
    return outcome;
}

Result<void> undoImport(Vault &vault, const ImportUndo &undo)
{
    // Removals first: a name may have moved.
    std::vector<VaultChange> changes = undo.changes;
    for (VaultChange &change : changes)
        change.logDetail = u"import taken back"_s;
    std::ranges::stable_partition(changes,
                                  [](const VaultChange &change) { return change.kind == VaultChange::Kind::Remove; });
    TRY(vault.saveAll(changes));
    return {};
}

QJsonObject toJson(const PlannedImport &planned)
{
    QJsonArray differences;
    for (const ImportDifference &difference : planned.differences)
        differences.append(QJsonObject{
            {u"field"_s, difference.field}, {u"vault"_s, difference.inVault}, {u"file"_s, difference.inFile}});
    QJsonObject json{{u"name"_s, planned.credential.name},
                     {u"state"_s, nameOf(planned.state)},
                     {u"action"_s, nameOf(planned.action)},
                     {u"differences"_s, differences}};
    if (planned.existing)
        json.insert(u"existing"_s, planned.existing->id.toString(QUuid::WithoutBraces));
    if (!planned.reason.isEmpty())
        json.insert(u"reason"_s, planned.reason);
    if (planned.action == ImportAction::Copy)
        json.insert(u"copyName"_s, planned.copyName);
    return json;
}

} // namespace credenza
