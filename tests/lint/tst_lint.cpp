// SPDX-License-Identifier: Apache-2.0
#include "tests/lint/CodeRules.h"
#include "tests/lint/IncludeRules.h"
#include "tests/lint/LayoutRules.h"

#include <QDir>
#include <QFile>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

namespace credenza::lint
{
namespace
{

QList<Rule> allRules()
{
    return includeRules() + codeRules() + layoutRules();
}

QString sampleFile(const QString &ruleId)
{
    return QStringLiteral(CREDENZA_SOURCE_DIR "/tests/lint/samples/%1.txt").arg(ruleId);
}

// A file as it might stand in the repository, and the lines in it that the rule must object to.
struct Sample {
    File file;
    QList<qsizetype> lines;
};

// A sample starts with "=== PATH: accepted" or "=== PATH: refused in 0 7 12" (0: the file as a whole).
QList<Sample> readSamples(const QString &ruleId)
{
    static const QRegularExpression title(QStringLiteral(R"(^=== (\S+): (?:accepted|refused in ([\d ]+))$)"));
    QFile input(sampleFile(ruleId));
    QList<Sample> samples;
    if (!input.open(QIODevice::ReadOnly))
        return samples;
    QStringList body;
    const auto finish = [&] {
        if (!samples.isEmpty())
            samples.last().file.text = parseSource(body.join(QLatin1Char('\n')));
        body.clear();
    };
    const QStringList lines = QString::fromUtf8(input.readAll()).split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        const auto match = title.match(line);
        if (!match.hasMatch()) {
            body.append(line);
            continue;
        }
        finish();
        Sample sample;
        sample.file.path = match.captured(1);
        for (const QString &number : match.captured(2).split(QLatin1Char(' '), Qt::SkipEmptyParts))
            sample.lines.append(number.toLongLong());
        samples.append(sample);
    }
    finish();
    return samples;
}

QString describe(const Rule &rule, const QList<Finding> &findings)
{
    QString text = QStringLiteral("%1 (%2)").arg(rule.why, rule.id);
    for (const Finding &finding : findings)
        text += QStringLiteral("\n    %1:%2: %3").arg(finding.path).arg(finding.line).arg(finding.message);
    return text;
}

} // namespace

class LintTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void repositoryKeepsTo_data();
    void repositoryKeepsTo();
    void ruleTellsGoodFromBad_data();
    void ruleTellsGoodFromBad();
    void topLevelRuleSeesWhatIsNewAndWhatIsMissing();
    void sizeRuleCountsLines();
    void sourceIsReadAsCompilersDo_data();
    void sourceIsReadAsCompilersDo();

private:
    Repository m_repository;
};

void LintTest::initTestCase()
{
    m_repository = readRepository(QStringLiteral(CREDENZA_SOURCE_DIR));
    QVERIFY(m_repository.files.size() > 50);
    QVERIFY(m_repository.coreRooms.startsWith(QStringLiteral("base")));
    QVERIFY(m_repository.uiRooms.contains(QStringLiteral("widgets")));
    // The module of a bare <QHeader> is known by these folders; without them the rule would see nothing.
    QVERIFY(QFile::exists(m_repository.qtHeaders + QStringLiteral("/QtWidgets/QWidget")));

    QList<qsizetype> sizes;
    for (const File &file : m_repository.files) {
        if (file.isCpp())
            sizes.append(lineCount(file));
    }
    std::ranges::sort(sizes);
    qInfo("%lld C++ files, %lld lines in the median, %lld in the longest", static_cast<long long>(sizes.size()),
          static_cast<long long>(sizes[sizes.size() / 2]), static_cast<long long>(sizes.last()));
}

void LintTest::repositoryKeepsTo_data()
{
    QTest::addColumn<qsizetype>("index");
    const QList<Rule> rules = allRules();
    for (qsizetype i = 0; i < rules.size(); ++i)
        QTest::newRow(qPrintable(rules[i].id)) << i;
}

void LintTest::repositoryKeepsTo()
{
    QFETCH(qsizetype, index);
    const Rule rule = allRules()[index];
    const QList<Finding> findings = rule.check(m_repository);
    QVERIFY2(findings.isEmpty(), qPrintable(describe(rule, findings)));
}

void LintTest::ruleTellsGoodFromBad_data()
{
    QTest::addColumn<qsizetype>("index");
    const QList<Rule> rules = allRules();
    for (qsizetype i = 0; i < rules.size(); ++i) {
        if (rules[i].id != QLatin1String("top-level") && rules[i].id != QLatin1String("file-size"))
            QTest::newRow(qPrintable(rules[i].id)) << i;
    }
}

void LintTest::ruleTellsGoodFromBad()
{
    QFETCH(qsizetype, index);
    const Rule rule = allRules()[index];
    const QList<Sample> samples = readSamples(rule.id);
    const auto isRefused = [](const Sample &sample) { return !sample.lines.isEmpty(); };
    QVERIFY2(std::ranges::any_of(samples, isRefused), "no sample that must be refused");
    QVERIFY2(!std::ranges::all_of(samples, isRefused), "no sample that must be accepted");
    for (const Sample &sample : samples) {
        Repository repository = m_repository;
        repository.files = {sample.file};
        QList<qsizetype> lines;
        for (const Finding &finding : rule.check(repository))
            lines.append(finding.line);
        QVERIFY2(lines == sample.lines,
                 qPrintable(sample.file.path + QStringLiteral(": ") + describe(rule, rule.check(repository))));
    }
}

void LintTest::topLevelRuleSeesWhatIsNewAndWhatIsMissing()
{
    const QList<Rule> rules = layoutRules();
    const auto rule = std::ranges::find(rules, QStringLiteral("top-level"), &Rule::id);
    Repository repository = m_repository;
    repository.topLevel.removeAll(QStringLiteral("LICENSE"));
    repository.topLevel.append(QStringLiteral("notes.txt"));
    const QList<Finding> findings = rule->check(repository);
    const auto isAbout = [&](const char *path) {
        return std::ranges::any_of(findings,
                                   [path](const Finding &finding) { return finding.path == QLatin1String(path); });
    };
    QVERIFY(isAbout("LICENSE"));
    QVERIFY(isAbout("notes.txt"));
    QVERIFY(!isAbout("core"));
}

void LintTest::sizeRuleCountsLines()
{
    const QList<Rule> rules = layoutRules();
    const auto rule = std::ranges::find(rules, QStringLiteral("file-size"), &Rule::id);
    const auto findingsFor = [&](qsizetype lines) {
        Repository repository;
        repository.files = {{QStringLiteral("core/base/Long.cpp"), parseSource(QStringLiteral("\n").repeated(lines))}};
        return rule->check(repository).size();
    };
    QCOMPARE(findingsFor(maximumLines), 0);
    QCOMPARE(findingsFor(maximumLines + 1), 1);
}

void LintTest::sourceIsReadAsCompilersDo_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("code");
    QTest::newRow("line comment") << QStringLiteral("a; // b\nc") << QStringLiteral("a;     \nc");
    QTest::newRow("block comment") << QStringLiteral("a/*\nb*/c") << QStringLiteral("a  \n   c");
    QTest::newRow("comment in a string") << QStringLiteral(R"(f("//x") + 1)") << QStringLiteral(R"(f("   ") + 1)");
    QTest::newRow("string in a comment") << QStringLiteral("// \"\nb") << QStringLiteral("    \nb");
    QTest::newRow("escaped quote") << QStringLiteral(R"(f("\"b", c))") << QStringLiteral(R"(f("   ", c))");
    QTest::newRow("raw string") << QStringLiteral("R\"x(a\")b)x\"; c") << QStringLiteral("R\"        \"; c");
    QTest::newRow("quote as a character") << QStringLiteral("'\"' + b") << QStringLiteral("' ' + b");
    QTest::newRow("digit separator") << QStringLiteral("1'000'000 + b; 'c'") << QStringLiteral("1'000'000 + b; ' '");
    QTest::newRow("unfinished") << QStringLiteral("f(\"abc") << QStringLiteral("f(\"   ");
}

void LintTest::sourceIsReadAsCompilersDo()
{
    QFETCH(QString, source);
    QFETCH(QString, code);
    QCOMPARE(parseSource(source).code.join(QLatin1Char('\n')), code);
}

} // namespace credenza::lint

QTEST_GUILESS_MAIN(credenza::lint::LintTest)
#include "tst_lint.moc"
