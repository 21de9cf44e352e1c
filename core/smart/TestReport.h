// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/Redaction.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <optional>

namespace credenza
{

/// The five steps of the connection test, in order.
enum class TestStepId { Validate, Discover, Sign, Token, Fhir };
enum class TestStepState { Waiting, Running, Passed, Failed, Skipped, Warning };

[[nodiscard]] QString nameOf(TestStepId id);       ///< "validate", "discover", "sign", "token", "fhir"
[[nodiscard]] QString nameOf(TestStepState state); ///< "passed", …

/// One request of a step and what came back, redacted.
struct TestExchange {
    RedactedRequest request;
    std::optional<RedactedResponse> response; ///< none: no answer came
    double milliseconds = 0;
    bool isShared = false; ///< another test of the same run had asked the same server the same
};

/// What one step did and saw. Holds nothing secret.
struct TestStep {
    TestStepId id = TestStepId::Validate;
    TestStepState state = TestStepState::Waiting;
    double startMilliseconds = 0; ///< since the test began
    double milliseconds = 0;
    QString summary; ///< one line for a person
    QString code;    ///< stable code of the failure: "invalid_client", "net.timeout", …
    QString hint;
    QList<TestExchange> exchanges; ///< in order; the last one is `request` and `response` of cli.md
    QJsonObject
        details; ///< step's own facts: sign: {header, claims}; discover: {tokenEndpoint, source, fhirVersion, …}
};

/// A question asked after a failure, to tell its causes apart. Holds nothing secret.
struct TestProbe {
    QString id; ///< "jwk-set"
    QString summary;
    QJsonObject facts; ///< what the diagnosis goes by
    double milliseconds = 0;
    QList<TestExchange> exchanges;
};

/// One likely cause of a failure.
struct Cause {
    enum class Likelihood { Certain, Likely, Possible };
    QString id; ///< stable: "clock-skew"
    Likelihood likelihood = Likelihood::Possible;
    QString title;
    QString evidence; ///< only what was seen
    QString fix;
    QString field; ///< the field it points to (nameOf(Field)); empty: none
};
[[nodiscard]] QString nameOf(Cause::Likelihood likelihood);

/// What was granted, without the token itself.
struct TokenFacts {
    QString type;
    qint64 expiresIn = 0;
    QStringList scopes;
};

/// The result of a connection test (cli.md, "The result of a test"). Holds nothing secret.
struct TestReport {
    QString credential;
    bool passed = false;
    QDateTime startedAt;
    QList<TestStep> steps; ///< always five
    std::optional<TokenFacts> token;
    QList<TestProbe> probes; ///< asked after a failure
    QList<Cause> diagnosis;
    QStringList ruledOut;                     ///< short facts: "Clock +0.4 s"
    std::optional<double> clockOffsetSeconds; ///< server minus this machine, from the Date header
    [[nodiscard]] const TestStep *failedStep() const;
    [[nodiscard]] double totalMilliseconds() const;
};

/// The JSON of cli.md.
[[nodiscard]] QJsonObject toJson(const TestReport &report);
/// Markdown for the EHR's support: never a key, a signature or a token.
[[nodiscard]] QString toMarkdown(const TestReport &report);

/// A credential that could not even be tested: its key is damaged.
struct UntestedCredential {
    QString credential;
    QString code;
    QString message;
};
/// JUnit's XML, which CI systems read: one test case a credential; a test that did not pass is a failure, one that could
/// not be made an error. Holds nothing secret.
[[nodiscard]] QByteArray toJUnit(const QList<TestReport> &reports, const QList<UntestedCredential> &untested = {});

} // namespace credenza
