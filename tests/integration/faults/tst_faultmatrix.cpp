// SPDX-License-Identifier: Apache-2.0
// Every fault of the catalogue against the diagnosis; the outcome is the table in core/smart/DIAGNOSIS.md.
#include "tests/integration/faults/FaultRun.h"

#include "core/smart/CurlCommand.h"
#include "core/smart/KeptReport.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// The document is made anew where CREDENZA_UPDATE_DOCS is set, and compared otherwise.
class TestFaultMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void honest();
    void catalogue_data();
    void catalogue();
    void shareOfFirst();
    void documentIsCurrent();
    void noSecretInAnyOutput();

private:
    void keepOutputs(const TestReport &report);

    struct Row {
        const sandbox::Fault *fault;
        qsizetype rank; ///< of the true cause, from 1; 0: not named
    };
    FaultRun m_run;
    QList<Row> m_rows;
    QByteArray m_outputs; ///< all that was made of all reports
};

void TestFaultMatrix::initTestCase()
{
    QVERIFY(m_run.isReady());
    QVERIFY(sandbox::faultCatalogue().size() > 80);
}

void TestFaultMatrix::honest()
{
    const TestReport report = m_run.runHonest();
    QVERIFY2(report.passed, qPrintable(report.failedStep() ? report.failedStep()->summary : QString()));
    QVERIFY(report.diagnosis.isEmpty());
    QVERIFY(report.probes.isEmpty());
}

void TestFaultMatrix::catalogue_data()
{
    QTest::addColumn<int>("number");
    const QList<sandbox::Fault> &faults = sandbox::faultCatalogue();
    for (int i = 0; i < faults.size(); ++i)
        QTest::addRow("%s", qPrintable(faults.at(i).id)) << i;
}

void TestFaultMatrix::catalogue()
{
    QFETCH(int, number);
    const sandbox::Fault &fault = sandbox::faultCatalogue().at(number);
    const TestReport report = m_run.run(fault);
    QCOMPARE(report.steps.size(), 5);
    keepOutputs(report);
    QStringList causes;
    for (const Cause &cause : report.diagnosis) {
        causes << cause.id;
        QVERIFY2(!cause.title.isEmpty() && !cause.evidence.isEmpty() && !cause.fix.isEmpty(), qPrintable(cause.id));
    }
    const QString seen =
        causes.join(u' ') + u" | "_s +
        (report.failedStep() ? report.failedStep()->code + u' ' + report.failedStep()->summary : u"passed"_s);
    if (fault.cause.isEmpty()) {
        QVERIFY2(report.passed, qPrintable(seen));
        m_rows.append({&fault, 1});
        return;
    }
    QVERIFY2(!report.passed, qPrintable(seen));
    const qsizetype rank = causes.indexOf(fault.cause) + 1;
    m_rows.append({&fault, rank});
    QVERIFY2(rank >= 1 && rank <= 3, qPrintable(seen));
    QVERIFY2(rank == 1 || fault.isAlike, qPrintable(seen));
}

void TestFaultMatrix::shareOfFirst()
{
    const auto tellable = std::ranges::count_if(m_rows, [](const Row &row) { return !row.fault->isAlike; });
    const auto first =
        std::ranges::count_if(m_rows, [](const Row &row) { return !row.fault->isAlike && row.rank == 1; });
    QCOMPARE(m_rows.size(), sandbox::faultCatalogue().size());
    QVERIFY2(first * 10 >= tellable * 9, qPrintable(u"%1 of %2"_s.arg(first).arg(tellable)));
}

void TestFaultMatrix::keepOutputs(const TestReport &report)
{
    m_outputs += QJsonDocument(toJson(report)).toJson() + toMarkdown(report).toUtf8() + toJUnit({report});
    m_outputs += QJsonDocument(keptForm(report)).toJson();
    for (const TestStep &step : report.steps) {
        for (const TestExchange &exchange : step.exchanges)
            m_outputs += curlCommand(exchange.request, report.credential).toUtf8();
    }
}

void TestFaultMatrix::noSecretInAnyOutput()
{
    const QList<QByteArray> secrets = m_run.secrets();
    QVERIFY(secrets.size() > 150); // a signature and a token for most of the faults, and two keys in pieces
    QVERIFY(m_outputs.size() > 500'000);
    for (const QByteArray &secret : secrets) {
        QVERIFY(secret.size() >= 16);
        QVERIFY2(!m_outputs.contains(secret), "an output holds a secret");
        QVERIFY2(!m_outputs.contains(secret.left(40)), "an output holds the beginning of a secret");
    }
}

void TestFaultMatrix::documentIsCurrent()
{
    QString table = u"| row | fault | what goes wrong | who can cause it | diagnosis | rank |\n"
                    "| --- | --- | --- | --- | --- | --- |\n"_s;
    for (const Row &row : m_rows) {
        const sandbox::Fault &fault = *row.fault;
        const QString rank = fault.cause.isEmpty() ? u"passes"_s
                             : fault.isAlike       ? u"%1, can't be told apart"_s.arg(row.rank)
                                                   : QString::number(row.rank);
        table += u"| %1 | `%2` | %3 | %4 | %5 | %6 |\n"_s.arg(
            fault.row, fault.id, fault.title,
            fault.server.isEmpty() ? u"client"_s : (fault.client.isEmpty() ? u"server"_s : u"both"_s),
            fault.cause.isEmpty() ? u"none"_s : u'`' + fault.cause + u'`', rank);
    }
    const QString begin = u"<!-- made by tst_faultmatrix: begin -->\n"_s;
    const QString end = u"<!-- made by tst_faultmatrix: end -->\n"_s;
    QFile file(QStringLiteral(CREDENZA_SOURCE_DIR) + u"/core/smart/DIAGNOSIS.md"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    file.close();
    const qsizetype from = text.indexOf(begin);
    const qsizetype to = text.indexOf(end);
    QVERIFY(from >= 0 && to > from);
    const QString wanted = text.left(from) + begin + table + text.mid(to);
    if (qEnvironmentVariableIsSet("CREDENZA_UPDATE_DOCS")) {
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(wanted.toUtf8()), qint64(wanted.toUtf8().size()));
        return;
    }
    QVERIFY2(text == wanted, "core/smart/DIAGNOSIS.md is old: run this test once with CREDENZA_UPDATE_DOCS=1");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestFaultMatrix)
#include "tst_faultmatrix.moc"
