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

QString nameFor(const QUuid &credentialId)
{
    return credentialId.toString(QUuid::WithoutBraces);
}

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
    return test;
}

} // namespace

Result<QList<KeptTest>> testHistory(const Vault &vault, const QUuid &credentialId)
{
    const auto sealed = TRY(vault.sealedItem(SealedKind::TestResults, nameFor(credentialId)));
    QList<KeptTest> tests;
    if (!sealed)
        return tests;
    const QJsonDocument document = QJsonDocument::fromJson(sealed->charView().toByteArray());
    if (!document.isArray())
        return vaultDamaged(QCoreApplication::translate("TestHistory", "The earlier test results can't be read."));
    for (const QJsonValue &value : document.array())
        tests.append(testFrom(value.toObject()));
    return tests;
}

Result<void> keepTest(Vault &vault, const QUuid &credentialId, const KeptTest &test)
{
    QJsonArray kept{toJson(test)};
    // What can't be read any more is no reason to lose what comes.
    if (const auto earlier = testHistory(vault, credentialId)) {
        for (const KeptTest &one : *earlier) {
            if (kept.size() < keptTests)
                kept.append(toJson(one));
        }
    }
    const QByteArray text = QJsonDocument(kept).toJson(QJsonDocument::Compact);
    return vault.putSealedItem(SealedKind::TestResults, nameFor(credentialId), std::as_bytes(std::span(text)));
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
