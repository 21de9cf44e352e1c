// SPDX-License-Identifier: Apache-2.0
#include "core/handover/VaultIdentities.h"

#include "core/base/SecretText.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct IdentityText {
    Q_DECLARE_TR_FUNCTIONS(VaultIdentities)
};

constexpr QByteArrayView createdLine("# created: ");
constexpr QByteArrayView labelLine("# label: ");

/// As age-keygen writes it, with the label as one more comment.
SecretBytes fileOf(const AgeIdentity &identity, const KeptIdentity &kept)
{
    SecretText file;
    const auto comment = [&file](QByteArrayView name, const QString &value) {
        if (value.isEmpty())
            return;
        file.append(name);
        file.append(value.toUtf8());
        file.append('\n');
    };
    comment(createdLine, kept.createdAt.toUTC().toString(Qt::ISODate));
    comment(labelLine, kept.label);
    comment("# public key: ", kept.recipient);
    file.append(identity.text());
    file.append('\n');
    return file.take();
}

/// The comments of such a file.
KeptIdentity describe(const QString &recipient, QByteArrayView file)
{
    KeptIdentity kept{recipient, {}, {}};
    while (file.startsWith('#')) {
        const qsizetype end = file.indexOf('\n');
        const QByteArrayView line = end < 0 ? file : file.first(end);
        file = end < 0 ? QByteArrayView() : file.sliced(end + 1);
        if (line.startsWith(createdLine))
            kept.createdAt = QDateTime::fromString(QString::fromUtf8(line.sliced(createdLine.size())), Qt::ISODate);
        else if (line.startsWith(labelLine))
            kept.label = QString::fromUtf8(line.sliced(labelLine.size()));
    }
    return kept;
}

Failure noIdentity(const QString &recipient)
{
    return fail(ErrorKind::NotFound, u"identity.not-found"_s,
                IdentityText::tr("The vault keeps no identity for %1.").arg(recipient.left(80)),
                IdentityText::tr("Look at the list of identities and give one of their recipients."));
}

Result<KeptIdentity> keep(Vault &vault, const AgeIdentity &identity, const QString &label, const Clock &clock,
                          const QString &action)
{
    // One line, and not so long that nobody reads it.
    const KeptIdentity kept{identity.recipient().text(), label.simplified().left(200), toDateTime(clock.now())};
    const SecretBytes file = fileOf(identity, kept);
    TRY(vault.putSealedItem(SealedKind::Identity, kept.recipient, file.view()));
    TRY(vault.logActivity(action, {}, kept.recipient));
    return kept;
}

} // namespace

Result<QList<KeptIdentity>> keptIdentities(const Vault &vault)
{
    QList<KeptIdentity> all;
    for (const QString &recipient : TRY(vault.sealedItemNames(SealedKind::Identity))) {
        const auto file = TRY(vault.sealedItem(SealedKind::Identity, recipient));
        if (file)
            all.append(describe(recipient, file->charView()));
    }
    std::ranges::stable_sort(all, {}, &KeptIdentity::createdAt);
    return all;
}

Result<KeptIdentity> makeIdentity(Vault &vault, const QString &label, const Clock &clock, RandomSource &random)
{
    return keep(vault, AgeIdentity::generate(random), label, clock, u"identity.created"_s);
}

Result<KeptIdentity> keepIdentity(Vault &vault, const AgeIdentity &identity, const QString &label, const Clock &clock)
{
    const QString recipient = identity.recipient().text();
    if (TRY(vault.sealedItem(SealedKind::Identity, recipient)))
        return fail(ErrorKind::Conflict, u"identity.exists"_s,
                    IdentityText::tr("The vault keeps this identity already: %1.").arg(recipient));
    return keep(vault, identity, label, clock, u"identity.added"_s);
}

Result<void> removeIdentity(Vault &vault, const QString &recipient)
{
    if (!TRY(vault.removeSealedItem(SealedKind::Identity, recipient)))
        return noIdentity(recipient);
    return vault.logActivity(u"identity.removed"_s, {}, recipient);
}

Result<std::vector<AgeIdentity>> openIdentities(const Vault &vault)
{
    std::vector<AgeIdentity> all;
    for (const QString &recipient : TRY(vault.sealedItemNames(SealedKind::Identity))) {
        const auto file = TRY(vault.sealedItem(SealedKind::Identity, recipient));
        if (!file)
            continue;
        AgeIdentities read = TRY(readAgeIdentities(*file));
        std::ranges::move(read.identities, std::back_inserter(all));
    }
    return all;
}

Result<SecretBytes> identityFile(Vault &vault, const QString &recipient)
{
    auto file = TRY(vault.sealedItem(SealedKind::Identity, recipient));
    if (!file)
        return noIdentity(recipient);
    TRY(vault.logActivity(u"identity.exported"_s, {}, recipient));
    return *std::move(file);
}

} // namespace credenza
