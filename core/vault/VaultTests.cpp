// SPDX-License-Identifier: Apache-2.0
#include "core/vault/CredentialCard.h"
#include "core/vault/VaultPrivate.h"

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

/// Whether a test of the one says something of the other: they differ in their last tests at most.
bool isSameSubject(Credential one, const Credential &other)
{
    one.lastTest = other.lastTest;
    one.createdAt = other.createdAt;
    one.updatedAt = other.updatedAt;
    return encodeCard(one) == encodeCard(other);
}

QString outcomeOf(const TestSummary &test)
{
    return test.passed ? u"passed"_s : u"failed: "_s + (test.code.isEmpty() ? test.step : test.code);
}

} // namespace

QString testResultsNameOf(const QUuid &credentialId)
{
    return credentialId.toString(QUuid::WithoutBraces);
}

Result<QList<Credential>> Vault::saveTests(const std::vector<VaultTest> &tests)
{
    QList<Credential> saved;
    if (tests.empty())
        return saved;
    auto save = TRY(d->beginSave());
    for (const VaultTest &test : tests) {
        const QUuid id = test.credential.id;
        const auto again = std::ranges::find(saved, id, &Credential::id);
        const auto known = again == saved.end() ? d->contents.credentials.byId(id) : std::optional(*again);
        const ManifestEntry *entry = d->entry(save, id);
        if (!known || entry == nullptr || !d->hasIntactList(id) || !isSameSubject(test.credential, *known))
            continue;
        Credential tested = *known;
        tested.lastTest = test.credential.lastTest;
        ++tested.revision;
        ManifestEntry written = *entry;
        written.revision = static_cast<quint32>(tested.revision);
        TRY(d->writeRecord(save, written, {encodeCard(tested), nullptr}));
        TRY(d->log(save, u"credential.tested"_s, id, tested.name, outcomeOf(tested.lastTest.value_or(TestSummary()))));

        const QString name = testResultsNameOf(id);
        if (d->hasIntactList(d->keys.namedRecordId(static_cast<quint32>(SealedKind::TestResults), name.toUtf8()))) {
            // What can't be read any more is no reason to lose what comes.
            auto earlier = d->item(save, SealedKind::TestResults, name);
            const QByteArray results = test.results(earlier ? *std::move(earlier) : std::optional<SecretBytes>());
            TRY(d->writeItem(save, SealedKind::TestResults, name, std::as_bytes(std::span(results))));
        }
        saved.append(std::move(tested));
    }
    if (saved.isEmpty())
        return saved;
    TRY(d->finishSave(std::move(save)));
    for (const Credential &tested : std::as_const(saved))
        d->contents.credentials.put(tested);
    return saved;
}

} // namespace credenza
