// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <atomic>
#include <functional>

class QJsonArray;
class QJsonObject;

namespace credenza::cli
{

/// How much is said, and in which form.
struct OutputMode {
    bool json = false;
    bool quiet = false;
    bool verbose = false;
};

/// The two streams of the process. Results go to standard output, everything else to standard error. With --json there
/// is at most one document on each of them.
///
/// Text for people is cleaned of control characters, so that what a server or a bundle says can't drive the terminal.
/// A failed write is remembered and reported by finish().
class Output
{
public:
    void setMode(OutputMode mode) { m_mode = mode; }
    [[nodiscard]] bool isJson() const { return m_mode.json; }
    [[nodiscard]] bool isVerbose() const { return m_mode.verbose; }
    /// Whether standard output may be coloured: a terminal, and `NO_COLOR` is not set.
    [[nodiscard]] bool hasColour() const;

    /// A result for people: one or more lines.
    void text(const QString &lines);
    /// The same for more lines than should be in memory at once: `lines` calls what it is given with each.
    void textLines(const std::function<void(const std::function<void(const QString &)> &)> &lines);
    /// The same for text that has been cleaned with printable() and then coloured.
    void styledText(const QString &lines);
    /// The one JSON document of a command.
    void json(const QJsonObject &document);
    void json(const QJsonArray &document);
    /// An array, as above, of more elements than should be in memory at once.
    void jsonArray(const std::function<void(const std::function<void(const QJsonObject &)> &)> &elements);
    /// Bytes as they are, with nothing added: PEM, a token, a completion script.
    void bytes(QByteArrayView data);

    /// What was done, where that is all there is to say. Left out by --quiet and --json.
    void note(const QString &line);
    /// Something a person should know although the command goes on. Left out by --quiet. With --json it is held back
    /// until error() or finish(), as `"warnings":[…]` beside the error or alone.
    void warning(const QString &line);
    /// Left out unless --verbose, and by --json.
    void detail(const QString &line);
    /// A line that the next one replaces; only on a terminal. Safe from any thread.
    void progress(const QString &line);
    /// Whether progress() has any effect.
    [[nodiscard]] bool showsProgress() const;
    void clearProgress();

    /// The failure of the command: text, or `{"error":{…}}`.
    void error(const Error &error);
    /// Writes what was held back. Fails with the first failure to write a result.
    /// Errors: output.unwritable; output.closed where the reader has gone.
    [[nodiscard]] Result<void> finish();

private:
    void write(int descriptor, QByteArrayView data);
    void writeToErrors(QJsonObject document);

    OutputMode m_mode;
    QStringList m_warnings; // held back by --json
    int m_writeError = 0;   // errno of standard output
    std::atomic<bool> m_hasProgress = false;
};

/// `text` without control characters other than line break and tab; each is replaced by U+FFFD.
[[nodiscard]] QString printable(const QString &text);

} // namespace credenza::cli
