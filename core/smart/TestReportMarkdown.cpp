// SPDX-License-Identifier: Apache-2.0
#include "core/smart/TestReport.h"

#include <QCoreApplication>

namespace credenza
{

namespace
{

struct MarkdownText {
    Q_DECLARE_TR_FUNCTIONS(TestReportMarkdown)
};

QString headerLines(const QList<std::pair<QString, QString>> &headers)
{
    QString lines;
    for (const auto &[name, value] : headers)
        lines += QStringLiteral("%1: %2\n").arg(name, value);
    return lines;
}

/// Fenced with four backticks: a body may hold three.
QString exchangeBlock(const TestExchange &exchange)
{
    QString block = QStringLiteral("````http\n%1 %2\n%3\n%4\n````\n")
                        .arg(exchange.request.method, exchange.request.url, headerLines(exchange.request.headers),
                             exchange.request.body);
    if (exchange.response)
        block += QStringLiteral("````http\n%1 %2\n%3\n%4\n````\n")
                     .arg(exchange.response->status)
                     .arg(exchange.response->reason, headerLines(exchange.response->headers), exchange.response->body);
    return block;
}

} // namespace

QString toMarkdown(const TestReport &report)
{
    QString text = MarkdownText::tr("# Connection test of %1\n\n%2, started %3\n\n")
                       .arg(report.credential, report.passed ? MarkdownText::tr("Passed") : MarkdownText::tr("Failed"),
                            report.startedAt.toUTC().toString(Qt::ISODateWithMs));
    for (const TestStep &step : report.steps) {
        text += QStringLiteral("## %1: %2 (%3 ms)\n\n%4\n\n")
                    .arg(nameOf(step.id), nameOf(step.state), QString::number(step.milliseconds, 'f', 1), step.summary);
        for (const TestExchange &exchange : step.exchanges)
            text += exchangeBlock(exchange) + u'\n';
    }
    if (!report.diagnosis.isEmpty())
        text += MarkdownText::tr("## Likely causes\n\n");
    int rank = 0;
    for (const Cause &cause : report.diagnosis)
        text += MarkdownText::tr("%1. **%2** (%3)\n   Seen: %4\n   Fix: %5\n")
                    .arg(++rank)
                    .arg(cause.title, nameOf(cause.likelihood), cause.evidence, cause.fix);
    if (!report.ruledOut.isEmpty())
        text += MarkdownText::tr("\nRuled out: %1\n").arg(report.ruledOut.join(QStringLiteral(", ")));
    return text;
}

} // namespace credenza
