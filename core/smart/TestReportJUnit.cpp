// SPDX-License-Identifier: Apache-2.0
#include "core/smart/TestReport.h"

#include <QCoreApplication>
#include <QXmlStreamWriter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct ReportText {
    Q_DECLARE_TR_FUNCTIONS(ReportText)
};

/// `text` without what XML 1.0 does not allow, however it is escaped.
QString xmlText(QString text)
{
    for (QChar &c : text) {
        const char16_t unit = c.unicode();
        if ((unit < 0x20 && unit != u'\t' && unit != u'\n' && unit != u'\r') || unit == 0xFFFE || unit == 0xFFFF)
            c = QChar::ReplacementCharacter;
    }
    return text;
}

QString seconds(double milliseconds)
{
    return QString::number(milliseconds / 1000.0, 'f', 3);
}

QString stepLines(const TestReport &report)
{
    QString lines;
    for (const TestStep &step : report.steps) {
        lines += u"%1: %2 (%3 ms) %4\n"_s.arg(nameOf(step.id), nameOf(step.state),
                                              QString::number(step.milliseconds, 'f', 1), step.summary.simplified());
    }
    return lines;
}

QString causeLines(const TestReport &report)
{
    QString lines;
    const TestStep *failed = report.failedStep();
    if (failed != nullptr)
        lines += failed->summary + u'\n' + failed->hint + u'\n';
    qsizetype rank = 1;
    for (const Cause &cause : report.diagnosis) {
        lines += u"%1. %2 (%3, %4)\n   %5\n   %6\n"_s.arg(QString::number(rank++), cause.title, cause.id,
                                                          nameOf(cause.likelihood),
                                                          ReportText::tr("Seen: %1").arg(cause.evidence),
                                                          ReportText::tr("Fix: %1").arg(cause.fix));
    }
    if (!report.ruledOut.isEmpty())
        lines += ReportText::tr("Ruled out: %1").arg(report.ruledOut.join(u", "_s)) + u'\n';
    return lines;
}

void writeCase(QXmlStreamWriter &xml, const TestReport &report)
{
    xml.writeStartElement(u"testcase"_s);
    xml.writeAttribute(u"classname"_s, u"credenza.connection"_s);
    xml.writeAttribute(u"name"_s, xmlText(report.credential));
    xml.writeAttribute(u"time"_s, seconds(report.totalMilliseconds()));
    if (const TestStep *failed = report.failedStep()) {
        xml.writeStartElement(u"failure"_s);
        xml.writeAttribute(u"type"_s, xmlText(failed->code));
        xml.writeAttribute(u"message"_s, xmlText(nameOf(failed->id) + u": "_s + failed->summary.simplified()));
        xml.writeCharacters(xmlText(causeLines(report)));
        xml.writeEndElement();
    }
    xml.writeTextElement(u"system-out"_s, xmlText(stepLines(report)));
    xml.writeEndElement();
}

} // namespace

QByteArray toJUnit(const QList<TestReport> &reports, const QList<UntestedCredential> &untested)
{
    const auto failures = std::ranges::count(reports, false, &TestReport::passed);
    double time = 0;
    for (const TestReport &report : reports)
        time += report.totalMilliseconds();
    QByteArray document;
    QXmlStreamWriter xml(&document);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    const auto writeCounts = [&] {
        xml.writeAttribute(u"name"_s, u"credenza"_s);
        xml.writeAttribute(u"tests"_s, QString::number(reports.size() + untested.size()));
        xml.writeAttribute(u"failures"_s, QString::number(failures));
        xml.writeAttribute(u"errors"_s, QString::number(untested.size()));
        xml.writeAttribute(u"time"_s, seconds(time));
    };
    xml.writeStartElement(u"testsuites"_s);
    writeCounts();
    xml.writeStartElement(u"testsuite"_s);
    writeCounts();
    xml.writeAttribute(u"skipped"_s, u"0"_s);
    if (!reports.isEmpty())
        xml.writeAttribute(u"timestamp"_s, reports.first().startedAt.toUTC().toString(Qt::ISODate));
    for (const TestReport &report : reports)
        writeCase(xml, report);
    for (const UntestedCredential &one : untested) {
        xml.writeStartElement(u"testcase"_s);
        xml.writeAttribute(u"classname"_s, u"credenza.connection"_s);
        xml.writeAttribute(u"name"_s, xmlText(one.credential));
        xml.writeStartElement(u"error"_s);
        xml.writeAttribute(u"type"_s, one.code);
        xml.writeAttribute(u"message"_s, xmlText(one.message));
        xml.writeEndElement();
        xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
    return document;
}

} // namespace credenza
