// SPDX-License-Identifier: Apache-2.0
#include "core/vault/TestHistory.h"

#include "core/vault/VaultErrors.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

KeptTest testFrom(const QJsonObject &json)
{
    KeptTest test;
    test.summary.passed = json.value(u"passed").toBool();
    test.summary.at = QDateTime::fromString(json.value(u"at").toString(), Qt::ISODateWithMs);
    test.summary.milliseconds = json.value(u"milliseconds").toDouble();
    test.summary.step = json.value(u"step").toString();
    test.summary.code = json.value(u"code").toString();
    test.summary.summary = json.value(u"summary").toString();
    for (const QJsonValue &cause : json.value(u"causes").toArray())
        test.causes.append(cause.toString());
    test.report = json.value(u"report").toObject();
    return test;
}

std::optional<QList<KeptTest>> readTests(const SecretBytes &sealed)
{
    const QJsonDocument document = QJsonDocument::fromJson(sealed.charView().toByteArray());
    if (!document.isArray())
        return std::nullopt;
    QList<KeptTest> tests;
    for (const QJsonValue &value : document.array())
        tests.append(testFrom(value.toObject()));
    return tests;
}

QByteArray written(const QList<KeptTest> &tests)
{
    QJsonArray kept;
    for (const KeptTest &test : tests) {
        QJsonObject json = toJson(test);
        if (kept.size() < keptReports && !test.report.isEmpty())
            json.insert(u"report"_s, test.report);
        kept.append(json);
    }
    return QJsonDocument(kept).toJson(QJsonDocument::Compact);
}

} // namespace

Result<QList<KeptTest>> testHistory(const Vault &vault, const QUuid &credentialId)
{
    const auto sealed = TRY(vault.sealedItem(SealedKind::TestResults, testResultsNameOf(credentialId)));
    if (!sealed)
        return QList<KeptTest>();
    auto tests = readTests(*sealed);
    if (!tests)
        return vaultDamaged(QCoreApplication::translate("TestHistory", "The earlier test results can't be read."));
    return *std::move(tests);
}

Result<QList<Credential>> keepTests(Vault &vault, const std::vector<EndedTest> &tests)
{
    std::vector<VaultTest> outcomes;
    outcomes.reserve(tests.size());
    for (const EndedTest &ended : tests) {
        VaultTest outcome{ended.credential, [&kept = ended.test](const std::optional<SecretBytes> &earlier) {
                              QList<KeptTest> all{kept};
                              // What can't be read any more is no reason to lose what comes.
                              if (auto before = earlier ? readTests(*earlier) : std::nullopt)
                                  all += before->first(std::min(before->size(), keptTests - 1));
                              return written(all);
                          }};
        outcome.credential.lastTest = ended.test.summary;
        outcomes.push_back(std::move(outcome));
    }
    return vault.saveTests(outcomes);
}

QJsonObject toJson(const KeptTest &test)
{
    return {{u"passed"_s, test.summary.passed},
            {u"at"_s, test.summary.at.toUTC().toString(Qt::ISODateWithMs)},
            {u"milliseconds"_s, test.summary.milliseconds},
            {u"step"_s, test.summary.step},
            {u"code"_s, test.summary.code},
            {u"summary"_s, test.summary.summary},
            {u"causes"_s, QJsonArray::fromStringList(test.causes)}};
}

} // namespace credenza
