// SPDX-License-Identifier: Apache-2.0
#include "tests/lint/CodeRules.h"

#include <QRegularExpression>

#include <algorithm>

namespace credenza::lint
{
namespace
{

using Applies = bool (*)(const File &);

bool isProgram(const File &file)
{
    return file.isCpp() && !file.isIn(QLatin1String("tests/"));
}

// The rules' own patterns and messages name what they forbid.
bool isOutsideLint(const File &file)
{
    return file.isCpp() && !file.isIn(QLatin1String("tests/lint/"));
}

bool contains(const File &file, QLatin1String text)
{
    return std::ranges::any_of(file.text.code, [text](const QString &line) { return line.contains(text); });
}

// QtDBus has no other form of connection.
bool mayNotConnectByName(const File &file)
{
    return isOutsideLint(file) && !contains(file, QLatin1String("QDBusConnection"));
}

bool isCoreOrUi(const File &file)
{
    return file.isCpp() && (file.isIn(QLatin1String("core/")) || file.isIn(QLatin1String("ui/")));
}

// A tool's main() speaks to the person who started it.
bool logsByCategory(const File &file)
{
    return isCoreOrUi(file) && !contains(file, QLatin1String("int main("));
}

// The places that wait in a loop of their own, on a worker thread (see the class comments there).
bool mayNotWaitInLoop(const File &file)
{
    return isProgram(file) && file.path != QLatin1String("core/net/QtHttpTransport.cpp") &&
           file.path != QLatin1String("core/vault/SystemKeyring.cpp");
}

// Another process's lock on the vault sends no event when it goes: SQLite itself waits for it by sleeping.
bool mayNotSleep(const File &file)
{
    return isOutsideLint(file) && file.path != QLatin1String("core/vault/VaultDatabase.cpp");
}

// In core an exec() is a query's or that of the transport; in the windows it would block.
bool mayNotExec(const File &file)
{
    return file.isCpp() && (file.isIn(QLatin1String("ui/")) || file.isIn(QLatin1String("app/")));
}

Rule forbid(const char *id, const char *why, Applies applies, const char *pattern, const char *message,
            QStringList SourceText::*view = &SourceText::code)
{
    const QRegularExpression expression(QString::fromUtf8(pattern));
    Q_ASSERT(expression.isValid());
    const QString said = QString::fromUtf8(message);
    return {QString::fromUtf8(id), QString::fromUtf8(why), [=](const Repository &repository) {
                QList<Finding> findings;
                for (const File &file : repository.files) {
                    if (!applies(file))
                        continue;
                    const QStringList &lines = file.text.*view;
                    for (qsizetype i = 0; i < lines.size(); ++i) {
                        if (expression.match(lines[i]).hasMatch())
                            findings.append({file.path, i + 1, said});
                    }
                }
                return findings;
            }};
}

bool isComment(const QString &line)
{
    return line.trimmed().startsWith(QLatin1String("//"));
}

// The reason stands on the line itself, or in the comment right above the statement (which may span a few lines).
bool hasReasonBeside(const SourceText &text, qsizetype line)
{
    const qsizetype statementLines = 3;
    if (text.lines[line].contains(QLatin1String("//")))
        return true;
    for (qsizetype i = line - 1; i >= 0 && i >= line - statementLines; --i) {
        if (isComment(text.lines[i]))
            return true;
        const QString before = text.code[i].trimmed();
        if (before.isEmpty() || before.endsWith(QLatin1Char(';')) || before.endsWith(QLatin1Char('}')))
            return false;
    }
    return false;
}

QList<Finding> checkUnprotectedCopies(const Repository &repository)
{
    QList<Finding> findings;
    for (const File &file : repository.files) {
        if (!isProgram(file) || file.path.startsWith(QLatin1String("core/base/SecretBytes.")))
            continue;
        for (qsizetype i = 0; i < file.text.code.size(); ++i) {
            if (file.text.code[i].contains(QLatin1String("copyToUnprotectedByteArray")) &&
                !hasReasonBeside(file.text, i))
                findings.append(
                    {file.path, i + 1, QStringLiteral("a secret leaves its guarded memory without a reason")});
        }
    }
    return findings;
}

} // namespace

QList<Rule> codeRules()
{
    return {
        forbid("string-connect", "A connect by name breaks at run time only.", mayNotConnectByName,
               R"(\b(SIGNAL|SLOT)\s*\()", "connect by pointer to member, or to a lambda with a context"),
        forbid("process-events", "Events handled in the middle of a function find half-made state.", isOutsideLint,
               R"(\bprocessEvents\s*\()", "let the event loop do it; in a test use QTRY_… or QSignalSpy"),
        forbid("nested-event-loop", "A loop inside a handler blocks what called it and lets anything happen meanwhile.",
               mayNotWaitInLoop, R"(\bQEventLoop\b)", "wait on a worker thread: runInBackground()"),
        forbid(
            "modal-exec", "exec() is a nested event loop on the GUI thread.", mayNotExec,
            R"((?<!\bapp|\bapplication)(\.|->)exec\s*\(|\bQ(Menu|Drag|Dialog|MessageBox|FileDialog)::(exec|get\w+|question|warning|information|critical)\s*\()",
            "use open() or popup() and a connection; only main() runs the application's loop"),
        forbid("exception", "Errors are values: Result<T> and TRY.", isCoreOrUi, R"(\bthrow\b(?!\s+std::bad_alloc))",
               "return fail(…); only memory that is out may throw"),
        forbid("tls-off", "There is no way around the certificate check.", isOutsideLint,
               R"(\bignoreSslErrors\b|\bVerifyNone\b|\bQueryPeer\b|\bSSL_VERIFY_NONE\b|\bCURLOPT_SSL_VERIFY)",
               "add a CA to the credential instead"),
        forbid("plain-log", "Logs go by category, so that they can be filtered, and are read for secrets in one place.",
               logsByCategory, R"(\bq(Debug|Info|Warning|Critical)\s*\()",
               "use qCDebug, qCInfo, qCWarning with the room's category"),
        forbid("sleep", "Time that passes for nothing: slow where it is too long, flaky where it is too short.",
               mayNotSleep, R"(\b(msleep|usleep|sleep_for|sleep_until|qSleep|qWait)\s*\()",
               "wait for what is to happen: QTRY_…, QSignalSpy, a condition variable with the stop token"),
        forbid("singleton", "What an object uses is passed to its constructor.", isOutsideLint,
               R"(\bstatic\s+[\w:<>]+\s*[&*]\s*(instance|self|get[A-Z]\w*|global\w*)\s*\(\s*\))", "pass it in"),
        forbid("vague-name", "Manager, Helper and Utils name no topic.", isOutsideLint,
               R"(\b(class|struct|namespace)\s+(?!Q[A-Z])\w*(Manager|Helper|Helpers|Util|Utils|Utilities)\b(?!\s*;))",
               "use the field's word for what it does"),
        forbid(
            "header-using", "A using directive in a header changes the meaning of every file that includes it.",
            [](const File &file) { return file.isHeader(); }, R"(^using namespace\b)", "write the names out"),
        forbid("q-object-line", "AUTOMOC does not see it elsewhere, and the link fails with a riddle (qt.md §2).",
               isOutsideLint, R"(\S.*\bQ_OBJECT\b|\bQ_OBJECT\b.*\S)", "give Q_OBJECT a line of its own"),
        forbid("todo", "A promise in a comment is kept by nobody.", isOutsideLint, R"(//.*\b(TODO|FIXME|XXX|HACK)\b)",
               "do it, or file an issue", &SourceText::lines),
        forbid(
            "commented-out-code", "Version control remembers.", isOutsideLint,
            R"(^\s*//\s*return .*;\s*$|^\s*//\s*[\w:.>*&\[\]-]+\s*(\(.*\)|=.*);\s*$|^\s*//\s*(if|for|while) \(.*\)\s*\{?\s*$)",
            "delete it", &SourceText::lines),
        {QStringLiteral("unprotected-copy"),
         QStringLiteral("Bytes outside SecretBytes are wiped by nobody, so each such copy says why it must be."),
         checkUnprotectedCopies},
    };
}

} // namespace credenza::lint
