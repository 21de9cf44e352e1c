// SPDX-License-Identifier: Apache-2.0
#include "tests/lint/LayoutRules.h"

#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>

#include <utility>

namespace credenza::lint
{
namespace
{

QList<Finding> forEachFile(const Repository &repository, const std::function<QList<Finding>(const File &)> &check)
{
    QList<Finding> findings;
    for (const File &file : repository.files)
        findings += check(file);
    return findings;
}

QList<Finding> checkSize(const File &file)
{
    if (!file.isCpp() || lineCount(file) <= maximumLines)
        return {};
    return {{file.path, 0, QStringLiteral("%1 lines, at most %2").arg(lineCount(file)).arg(maximumLines)}};
}

// How a comment starts in this sort of file; empty where a file can't or need not carry a licence line.
QString commentStart(const File &file)
{
    const QString name = QFileInfo(file.path).fileName();
    const QString suffix = QFileInfo(file.path).suffix();
    if (file.isCpp() || QStringList{QStringLiteral("mjs"), QStringLiteral("js")}.contains(suffix))
        return QStringLiteral("// ");
    if (name == QLatin1String("CMakeLists.txt") || suffix == QLatin1String("cmake") ||
        file.text.lines.first().startsWith(QLatin1String("#!")))
        return QStringLiteral("# ");
    return {};
}

QList<Finding> checkLicence(const File &file)
{
    const QString start = commentStart(file);
    const qsizetype line = file.text.lines.first().startsWith(QLatin1String("#!")) ? 1 : 0;
    if (start.isEmpty() || file.text.lines.value(line) == start + QStringLiteral("SPDX-License-Identifier: Apache-2.0"))
        return {};
    return {{file.path, line + 1, QStringLiteral("the SPDX line is missing")}};
}

QList<Finding> checkPragma(const File &file)
{
    if (!file.isHeader() || file.text.lines.value(1) == QLatin1String("#pragma once"))
        return {};
    return {{file.path, 2, QStringLiteral("#pragma once belongs right below the SPDX line")}};
}

QList<Finding> checkFileName(const File &file)
{
    static const QRegularExpression camelCase(QStringLiteral("^([A-Z][A-Za-z0-9]*|main|tst_[a-z0-9_]+|bench_[a-z0-9_]+|"
                                                             "fuzz_[a-z0-9_]+|bare_window)\\.(h|cpp)$"));
    static const QRegularExpression vague(QStringLiteral("(Manager|Helpers?|Utils?|Utilities|Misc|Common)\\."));
    const QString name = QFileInfo(file.path).fileName();
    if (!file.isCpp())
        return {};
    if (!camelCase.match(name).hasMatch())
        return {{file.path, 0, QStringLiteral("a file is named after its type or topic, in CamelCase")}};
    if (vague.match(name).hasMatch())
        return {{file.path, 0, QStringLiteral("this name tells no topic")}};
    return {};
}

QList<Finding> checkDocComments(const File &file)
{
    static const QRegularExpression type(
        QStringLiteral(R"(^(template <[^;]*> )?(class|struct|enum class|enum) [^;]*$)"));
    static const QRegularExpression between(QStringLiteral(R"(^(template ?<.*|\[\[.*|Q_.*|namespace .*|\{)$)"));
    QList<Finding> findings;
    if (!file.isHeader())
        return {};
    for (qsizetype i = 1; i < file.text.code.size(); ++i) {
        if (!type.match(file.text.code[i]).hasMatch())
            continue;
        qsizetype above = i - 1;
        while (above > 0 && between.match(file.text.code[above]).hasMatch())
            --above;
        if (!file.text.lines[above].startsWith(QLatin1String("///")))
            findings.append({file.path, i + 1, QStringLiteral("a public type says in a /// comment what it is for")});
    }
    return findings;
}

QList<Finding> checkPlaces(const File &file)
{
    // Folders and hosts of one machine. Guarded on the left, so that a URL's path or ${TMPDIR:-/tmp} is none.
    static const QRegularExpression folder(QStringLiteral(R"((^|[\s"'`=(\[:])/(work|root|tmp|home/\w+)/\w)"));
    static const QRegularExpression host(
        QStringLiteral(R"((registry\.npmjs\.org|deb\.debian\.org|snapshot\.debian\.org|pypi\.org|pkg\.dev)\b)"));
    QList<Finding> findings;
    if (file.isIn(QLatin1String("tests/lint/")))
        return {}; // names them to forbid them
    for (qsizetype i = 0; i < file.text.lines.size(); ++i) {
        if (folder.match(file.text.lines[i]).hasMatch())
            findings.append({file.path, i + 1, QStringLiteral("a folder of one machine")});
        if (host.match(file.text.lines[i]).hasMatch())
            findings.append({file.path, i + 1,
                             QStringLiteral("a package registry's host: which one is used is the machine's affair")});
    }
    return findings;
}

// Two types of one name in one namespace link without a word and corrupt memory at run time.
QList<Finding> checkTypeNames(const Repository &repository)
{
    static const QRegularExpression definition(
        QStringLiteral(R"(^(?:class|struct|enum class|enum) (\w+)(?!\w|::)[^;]*$)"));
    QList<Finding> findings;
    QHash<QString, QString> seen;
    for (const File &file : repository.files) {
        const bool isShipped =
            file.isIn(QLatin1String("core/")) || file.isIn(QLatin1String("ui/")) || file.isIn(QLatin1String("app/"));
        if (!file.isHeader() || !isShipped)
            continue;
        for (qsizetype i = 0; i < file.text.code.size(); ++i) {
            const auto match = definition.match(file.text.code[i]);
            if (!match.hasMatch())
                continue;
            const QString name = match.captured(1);
            if (seen.contains(name))
                findings.append({file.path, i + 1, QStringLiteral("%1 is also in %2").arg(name, seen.value(name))});
            else
                seen.insert(name, file.path);
        }
    }
    return findings;
}

QList<Finding> checkTopLevel(const Repository &repository)
{
    static const QStringList expected{QStringLiteral("CHANGELOG.md"),
                                      QStringLiteral("CMakeLists.txt"),
                                      QStringLiteral("CMakePresets.json"),
                                      QStringLiteral("CONTRIBUTING.md"),
                                      QStringLiteral("LICENSE"),
                                      QStringLiteral("README.md"),
                                      QStringLiteral("SECURITY.md"),
                                      QStringLiteral("app"),
                                      QStringLiteral("core"),
                                      QStringLiteral("packaging"),
                                      QStringLiteral("resources"),
                                      QStringLiteral("tests"),
                                      QStringLiteral("ui")};
    QList<Finding> findings;
    for (const QString &name : repository.topLevel) {
        if (!expected.contains(name))
            findings.append({name, 0, QStringLiteral("does not belong in the top level")});
    }
    for (const QString &name : expected) {
        if (!repository.topLevel.contains(name))
            findings.append({name, 0, QStringLiteral("is missing from the top level")});
    }
    return findings;
}

Rule perFile(const char *id, const char *why, QList<Finding> (*check)(const File &))
{
    return {QString::fromUtf8(id), QString::fromUtf8(why),
            [check](const Repository &repository) { return forEachFile(repository, check); }};
}

} // namespace

qsizetype lineCount(const File &file)
{
    const QStringList &lines = file.text.lines;
    return lines.size() - (lines.last().isEmpty() ? 1 : 0);
}

QList<Rule> layoutRules()
{
    return {
        perFile("file-size", "What is longer has two topics.", checkSize),
        perFile("licence-line", "Each file says under which licence it may be used, wherever it is copied to.",
                checkLicence),
        perFile("pragma-once", "A header may be included twice.", checkPragma),
        perFile("file-name", "A file is found by the name of its type.", checkFileName),
        perFile("doc-comment", "A reader should not need the body to know what a type is for.", checkDocComments),
        perFile("machine-place", "What names one machine fails on the next.", checkPlaces),
        {QStringLiteral("top-level"), QStringLiteral("The first look shows the rooms and the papers, nothing else."),
         checkTopLevel},
        {QStringLiteral("type-name"), QStringLiteral("A name stands for one type in the whole program."),
         checkTypeNames},
    };
}

} // namespace credenza::lint
