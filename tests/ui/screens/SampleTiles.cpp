// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/screens/SampleTiles.h"

#include "core/base/Clock.h"

namespace credenza::test
{

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace
{

CredentialTile tile(int number, const QString &name, const QString &description, Environment environment,
                    const QString &host, const QString &clientId, const QString &thumbprint, const QStringList &tags)
{
    CredentialTile made;
    made.id = QUuid::createUuidV5(QUuid(), QString::number(number));
    made.name = name;
    made.description = description;
    made.environment = environment;
    made.host = host;
    made.baseUrl = u"https://%1/interconnect-fhir-oauth/api/FHIR/R4"_s.arg(host);
    made.clientId = clientId;
    made.thumbprint = thumbprint;
    made.tags = tags;
    made.createdAt = toDateTime(sampleTime()).addDays(-30 - number);
    made.keyCreatedAt = made.createdAt;
    return made;
}

TestSummary test(qint64 secondsAgo, double milliseconds, const QString &code = {})
{
    TestSummary summary;
    summary.passed = code.isEmpty();
    summary.at = toDateTime(sampleTime()).addSecs(-secondsAgo);
    summary.milliseconds = milliseconds;
    summary.code = code;
    summary.step = code.isEmpty() ? QString() : u"token"_s;
    return summary;
}

} // namespace

std::chrono::system_clock::time_point sampleTime()
{
    return std::chrono::system_clock::time_point(1763993131s);
}

QList<CredentialTile> sampleTiles()
{
    QList<CredentialTile> tiles;
    tiles << tile(1, u"Epic sandbox, pipeline dev"_s,
                  u"Development source for the patient feed. Synthetic records only, refreshed weekly."_s,
                  Environment::Sandbox, u"fhir.epic.com"_s, u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s,
                  u"hT3vN0xq8R2mKcWbLq4Yz9sDfGh1JpVnTe5uAoQw6XnE"_s, {u"population-health"_s});
    tiles.last().lastTest = test(190, 1420);
    tiles << tile(2, u"Northlake Health"_s,
                  u"Nightly population-health extract: Patient, Observation and Condition for the quality registry."_s,
                  Environment::Production, u"northlake.epic.com"_s, u"e2a7f640-1b3c-4d58-8e07-93d5a16f7b28"_s,
                  u"uK91cYdB5wLzQv7RmXn2PfGt8HjS4kDa0ZeWiCo63RfA"_s, {u"population-health"_s, u"bulk"_s});
    tiles.last().lastTest = test(2 * 3600, 2080);
    tiles << tile(3, u"Riverbend, bulk export"_s, u"Weekly Group export to the research lake. Owner: data platform."_s,
                  Environment::Production, u"riverbend.epic.com"_s, u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s,
                  u"Zb7QpE2sVj40aXfLn8RkWc1YtGh5MdSo3UiPe9BvtN8g"_s, {u"bulk"_s});
    tiles.last().lastTest = test(11 * 60, 860, u"invalid_client"_s);
    tiles << tile(4, u"Saltmarsh Children’s, registry"_s,
                  u"Immunization and growth observations for the county registry, daily at 04:00."_s,
                  Environment::Production, u"saltmarsh.epic.com"_s, u"5d18c3b7-a92e-4f60-b1d4-0842c6d97e13"_s,
                  u"mW6aHn1yTqC8rXz5LbVd0KfJ3GsPe7UoQi2Yw94Rtp5Ko"_s, {u"population-health"_s});
    tiles.last().progress = TileProgress{4, 5, u"request the token"_s};
    tiles << tile(5, u"Cedar Point, immunizations"_s,
                  u"Read-only Immunization feed for the exchange. Contract ends 30 June."_s, Environment::Production,
                  u"cedarpoint.epic.com"_s, u"b94e07d2-6c58-47af-8e3d-f1a6209c5b70"_s,
                  u"xD2oRi8LeU0kNb4VtGz6HyQm1WfJ9SpCa3XcKd57Yv7s"_s, {});
    tiles.last().lastTest = test(25 * 3600, 1900);
    tiles.last().keyCreatedAt = toDateTime(sampleTime()).addMonths(-13);
    tiles << tile(6, u"Alder Creek, staging"_s, {}, Environment::Sandbox, u"aldercreek-tst.epic.com"_s,
                  u"71fa2e8c-3d40-4b95-a6c1-d80b937e4f62"_s, u"Jc5fGt9PzS3hQw1NmVx7RkLb0YdUo8EiTa4ZsHp26Kb1Wq"_s,
                  {u"staging"_s});
    tiles << tile(7, u"Local sandbox"_s,
                  u"credenza-sandbox on this machine: strict checks, 200 sample patients, faults on demand."_s,
                  Environment::Local, u"localhost:8443"_s, u"2f6d9a05-84b7-4e13-9c20-6ae570b1c8d4"_s,
                  u"oB4wXl7NmA6vTz2QrYc9KsHd5GfJ0LpUe8Wi3Vn1MtE9dC"_s, {});
    tiles.last().lastTest = test(26 * 3600, 90);
    return tiles;
}

} // namespace credenza::test
