// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

#include <QCoreApplication>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct VaultActivityText {
    Q_DECLARE_TR_FUNCTIONS(VaultActivityText)
};

VaultDamage damaged(const QString &code, quint64 sequence, const QString &message)
{
    return {code, u"activity %1"_s.arg(sequence), message};
}

VaultDamage missing(quint64 sequence)
{
    return damaged(u"activity.missing"_s, sequence, VaultActivityText::tr("An entry of the activity log is missing."));
}

VaultDamage unexpected(quint64 sequence)
{
    return damaged(u"activity.unexpected"_s, sequence,
                   VaultActivityText::tr("The activity log has an entry that does not belong to it."));
}

} // namespace

Result<void> Vault::logActivity(const QString &action, const QUuid &credentialId, const QString &detail)
{
    auto save = TRY(d->beginSave());
    const auto credential = d->contents.credentials.byId(credentialId);
    TRY(d->log(save, action, credentialId, credential ? credential->name : QString(), detail));
    return d->finishSave(std::move(save));
}

quint64 Vault::activityCount() const
{
    return d->contents.root ? d->contents.root->activityCount : 0;
}

Result<QList<ActivityEntry>> Vault::activity(quint64 first, qint64 most) const
{
    TRY(d->refresh());
    QList<ActivityEntry> entries;
    SecretBytes buffer;
    // What does not open is left out here; check() and verifyActivity() name it.
    TRY(d->tables.eachActivity(first, most, [&](quint64 sequence, const QByteArray &sealed) {
        if (auto opened = openActivity(d->keys, d->vaultId, sequence, sealed, buffer))
            entries.append(std::move(opened->entry));
    }));
    return entries;
}

Result<QList<VaultDamage>> Vault::verifyActivity() const
{
    auto transaction = TRY(VaultTransaction::begin(d->database, VaultTransaction::Mode::Read));
    TRY(VaultReader(d->tables, d->keys, d->vaultId).update(d->contents));
    auto damage = TRY(d->activityDamage(d->contents.root, false));
    TRY(transaction.commit());
    return damage;
}

Result<QList<VaultDamage>> Vault::Private::activityDamage(const std::optional<ManifestRoot> &root, bool isQuick)
{
    QList<VaultDamage> damage;
    if (!root)
        return damage; // nothing to compare with; that is reported
    const auto checked = isQuick ? checkActivityEnd(*root, damage) : checkActivity(*root, damage);
    if (!checked && checked.error().kind != ErrorKind::Damaged)
        return Failure(checked.error());
    if (!checked)
        damage.append({u"database.damaged"_s, u"activity"_s, checked.error().message});
    return damage;
}

Result<void> Vault::Private::checkActivityEnd(const ManifestRoot &root, QList<VaultDamage> &damage)
{
    const quint64 last = TRY(tables.lastActivity());
    if (last < root.activityCount)
        damage.append(missing(root.activityCount));
    if (last > root.activityCount)
        damage.append(unexpected(last));
    return {};
}

Result<void> Vault::Private::checkActivity(const ManifestRoot &root, QList<VaultDamage> &damage)
{
    SecretBytes buffer;
    ChainHash head{};
    quint64 next = 1;
    bool isLinked = true; // false after a gap: then the next entry's word for the one before can't be compared
    const auto skipTo = [&](quint64 sequence) {
        for (; next < sequence; ++next) {
            damage.append(missing(next));
            isLinked = false;
        }
    };
    TRY(tables.eachActivity(0, -1, [&](quint64 sequence, const QByteArray &sealed) {
        if (sequence == 0 || sequence > root.activityCount) {
            damage.append(unexpected(sequence));
            return;
        }
        skipTo(sequence);
        next = sequence + 1;
        const auto opened = openActivity(keys, vaultId, sequence, sealed, buffer);
        if (!opened || (isLinked && opened->previous != head))
            damage.append(damaged(u"activity.tampered"_s, sequence,
                                  VaultActivityText::tr("An entry of the activity log is damaged or was changed.")));
        isLinked = opened.has_value();
        head = opened ? chainHashOf(opened->entry) : ChainHash{};
    }));
    skipTo(root.activityCount + 1);
    if (isLinked && head != root.activityHead)
        damage.append(damaged(u"activity.tampered"_s, root.activityCount,
                              VaultActivityText::tr("The end of the activity log was changed.")));
    return {};
}

} // namespace credenza
