// SPDX-License-Identifier: Apache-2.0
#include "core/vault/TestHistory.h"

#include "core/vault/VaultErrors.h"

#include <QByteArrayList>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <simdjson.h>

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

QByteArray written(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QByteArray withReport(const KeptTest &test)
{
    QJsonObject json = toJson(test);
    if (!test.report.isEmpty())
        json.insert(u"report"_s, test.report);
    return written(json);
}

QByteArray withoutReport(const QByteArray &test)
{
    return written(toJson(testFrom(QJsonDocument::fromJson(test).object())));
}

/// The texts of the elements of a JSON array, at most so many; nothing if it is none. To take them over as they are costs
/// a small part of what it takes to read and write them again.
std::optional<QByteArrayList> elementsOf(QByteArrayView json, qsizetype most)
{
    const simdjson::padded_string padded(json.data(), static_cast<std::size_t>(json.size()));
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::array array;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS || document.get_array().get(array) != simdjson::SUCCESS)
        return std::nullopt;
    QByteArrayList elements;
    for (auto element : array) {
        simdjson::ondemand::object test;
        std::string_view text;
        if (elements.size() == most)
            break;
        if (element.get_object().get(test) != simdjson::SUCCESS || test.raw_json().get(text) != simdjson::SUCCESS)
            return std::nullopt;
        elements.append(QByteArray(text.data(), static_cast<qsizetype>(text.size())).trimmed());
    }
    return elements;
}

/// The history with a test in front of it. The report of the one that makes room goes.
QByteArray withTest(const KeptTest &test, const std::optional<SecretBytes> &earlier)
{
    QByteArrayList tests{withReport(test)};
    // What can't be read any more is no reason to lose what comes.
    if (const auto before = earlier ? elementsOf(earlier->charView(), keptTests - 1) : std::nullopt)
        tests += *before;
    if (tests.size() > keptReports)
        tests[keptReports] = withoutReport(tests.at(keptReports));
    return '[' + tests.join(',') + ']';
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
                              return withTest(kept, earlier);
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
