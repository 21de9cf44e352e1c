// SPDX-License-Identifier: Apache-2.0
#include "core/smart/Diagnosis.h"

#include "core/smart/DiagnosisRules.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct DiagnosisText {
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

bool wasDone(const TestStep &step)
{
    return step.state == TestStepState::Passed || step.state == TestStepState::Warning;
}

/// What the test saw to be right: each a few words with a check mark before them.
QStringList ruledOut(const DiagnosisEvidence &evidence)
{
    QStringList facts;
    if (const auto offset = evidence.report.clockOffsetSeconds; offset && std::abs(*offset) <= 5) {
        facts << DiagnosisText::tr("Clock %1%2 s")
                     .arg(*offset < 0 ? u"−"_s : u"+"_s, QLocale().toString(std::abs(*offset), 'f', 1));
    }
    if (!wasDone(evidence.stepOf(TestStepId::Sign)))
        return facts;
    const QString audience = evidence.claims.value(u"aud").toString();
    if (!evidence.advertised.isEmpty() && audience == evidence.advertised && audience == evidence.tokenEndpoint)
        facts << DiagnosisText::tr("aud matches");
    if (const qint64 expiry = evidence.claims.value(u"exp").toInteger(); expiry > 0) {
        const qint64 minutes = (expiry - evidence.report.startedAt.toSecsSinceEpoch()) / 60;
        if (minutes > 0 && minutes < 5)
            facts << DiagnosisText::tr("exp %1 min").arg(minutes);
    }
    const QString algorithm = evidence.header.value(u"alg").toString();
    const QJsonArray listed = evidence.stepOf(TestStepId::Discover).details.value(u"signingAlgorithms").toArray();
    if (listed.contains(algorithm))
        facts << DiagnosisText::tr("%1 listed").arg(algorithm);
    facts << DiagnosisText::tr("jti new");
    if (evidence.stepOf(TestStepId::Sign).details.value(u"verified").toBool())
        facts << DiagnosisText::tr("Signature");
    return facts;
}

} // namespace

Diagnosis diagnose(const TestReport &report, const DiagnosisContext &context)
{
    const TestStep *failed = report.failedStep();
    if (failed == nullptr || failed->code == u"cancelled")
        return {};
    const DiagnosisEvidence evidence(report, context, *failed);
    Diagnosis diagnosis;
    for (const DiagnosisRule &rule : diagnosisRules()) {
        if (auto finding = rule.look(evidence)) {
            diagnosis.causes.append({QString::fromLatin1(rule.id), finding->likelihood, finding->title,
                                     finding->evidence, finding->fix, QString::fromLatin1(rule.field)});
        }
    }
    if (diagnosis.causes.isEmpty()) { // no rule knows it: what was seen is still worth saying
        diagnosis.causes.append({u"unexplained"_s, Cause::Likelihood::Possible,
                                 DiagnosisText::tr("This failure is not in the table of known ones"), failed->summary,
                                 failed->hint.isEmpty() ? DiagnosisText::tr("Copy the report for the server's support.")
                                                        : failed->hint,
                                 {}});
    }
    std::ranges::stable_sort(diagnosis.causes, {}, &Cause::likelihood);
    diagnosis.ruledOut = ruledOut(evidence);
    return diagnosis;
}

} // namespace credenza
