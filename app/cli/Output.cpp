// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Output.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <utility>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct OutputText {
    Q_DECLARE_TR_FUNCTIONS(OutputText)
};

constexpr qsizetype pieceSize = 64 * 1024;

QByteArray line(const QString &text)
{
    return printable(text).toUtf8() + '\n';
}

} // namespace

bool Output::hasColour() const
{
    return isatty(STDOUT_FILENO) == 1 && qEnvironmentVariableIsEmpty("NO_COLOR");
}

void Output::text(const QString &lines)
{
    clearProgress();
    write(STDOUT_FILENO, line(lines));
}

void Output::styledText(const QString &lines)
{
    clearProgress();
    write(STDOUT_FILENO, lines.toUtf8() + '\n');
}

void Output::json(const QJsonObject &document)
{
    clearProgress();
    write(STDOUT_FILENO, QJsonDocument(document).toJson(QJsonDocument::Indented));
}

void Output::json(const QJsonArray &document)
{
    clearProgress();
    write(STDOUT_FILENO, QJsonDocument(document).toJson(QJsonDocument::Indented));
}

void Output::textLines(const std::function<void(const std::function<void(const QString &)> &)> &lines)
{
    clearProgress();
    QByteArray waiting;
    lines([&](const QString &text) {
        waiting += line(text);
        if (waiting.size() > pieceSize)
            write(STDOUT_FILENO, std::exchange(waiting, {}));
    });
    write(STDOUT_FILENO, waiting);
}

void Output::jsonArray(const std::function<void(const std::function<void(const QJsonObject &)> &)> &elements)
{
    clearProgress();
    QByteArray waiting = "[\n";
    bool isFirst = true;
    elements([&](const QJsonObject &element) {
        // As QJsonDocument writes an array of these. A text in JSON has no line break of its own.
        QByteArray text = "    " + QJsonDocument(element).toJson(QJsonDocument::Indented).trimmed();
        text.replace("\n", "\n    ");
        waiting += (std::exchange(isFirst, false) ? "" : ",\n") + text;
        if (waiting.size() > pieceSize)
            write(STDOUT_FILENO, std::exchange(waiting, {}));
    });
    write(STDOUT_FILENO, waiting + (isFirst ? "]\n" : "\n]\n"));
}

void Output::bytes(QByteArrayView data)
{
    clearProgress();
    write(STDOUT_FILENO, data);
}

void Output::note(const QString &text)
{
    if (!m_mode.quiet && !m_mode.json)
        this->text(text);
}

void Output::warning(const QString &text)
{
    if (m_mode.quiet)
        return;
    if (m_mode.json) {
        m_warnings.append(text);
        return;
    }
    clearProgress();
    write(STDERR_FILENO, line(OutputText::tr("Warning: %1").arg(text)));
}

void Output::detail(const QString &text)
{
    if (!m_mode.verbose || m_mode.json)
        return;
    clearProgress();
    write(STDERR_FILENO, line(text));
}

bool Output::showsProgress() const
{
    return !m_mode.quiet && !m_mode.json && isatty(STDERR_FILENO) == 1;
}

void Output::progress(const QString &text)
{
    if (!showsProgress())
        return;
    QByteArray update = "\r\033[K" + printable(text).toUtf8();
    m_hasProgress = true;
    write(STDERR_FILENO, update);
}

void Output::clearProgress()
{
    if (m_hasProgress.exchange(false))
        write(STDERR_FILENO, "\r\033[K");
}

void Output::error(const Error &error)
{
    clearProgress();
    if (m_mode.json) {
        const QJsonObject body{{u"code"_s, error.code}, {u"message"_s, error.message}, {u"hint"_s, error.hint}};
        writeToErrors({{u"error"_s, body}});
        return;
    }
    write(STDERR_FILENO, line(u"credenza-cli: "_s + error.message));
    if (!error.hint.isEmpty())
        write(STDERR_FILENO, line(error.hint));
}

Result<void> Output::finish()
{
    if (m_writeError == 0 && !m_warnings.isEmpty())
        writeToErrors({});
    if (m_writeError == 0)
        return {};
    if (m_writeError == EPIPE)
        return fail(ErrorKind::Failed, u"output.closed"_s, OutputText::tr("Standard output was closed early."));
    return fail(ErrorKind::Failed, u"output.unwritable"_s,
                OutputText::tr("Standard output can't be written: %1.")
                    .arg(QString::fromLocal8Bit(std::strerror(m_writeError))),
                OutputText::tr("Check where the output goes, and that there is space."));
}

void Output::writeToErrors(QJsonObject document)
{
    if (!m_warnings.isEmpty())
        document.insert(u"warnings"_s, QJsonArray::fromStringList(std::exchange(m_warnings, {})));
    write(STDERR_FILENO, QJsonDocument(document).toJson(QJsonDocument::Compact) + '\n');
}

void Output::write(int descriptor, QByteArrayView data)
{
    while (!data.isEmpty()) {
        const ssize_t written = ::write(descriptor, data.data(), static_cast<std::size_t>(data.size()));
        if (written < 0) {
            if (errno == EINTR)
                continue;
            if (descriptor == STDOUT_FILENO && m_writeError == 0)
                m_writeError = errno;
            return;
        }
        data = data.sliced(written);
    }
}

QString printable(const QString &text)
{
    QString clean = text;
    for (QChar &character : clean) {
        const bool isControl = character.category() == QChar::Other_Control;
        // The bidirectional overrides make a line read as something else than it says.
        const bool reorders =
            (character >= u'\u202A' && character <= u'\u202E') || (character >= u'\u2066' && character <= u'\u2069');
        if ((isControl && character != u'\n' && character != u'\t') || reorders)
            character = QChar::ReplacementCharacter;
    }
    return clean;
}

} // namespace credenza::cli
