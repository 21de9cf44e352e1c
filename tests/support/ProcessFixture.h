// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

#include <optional>

namespace credenza::test
{

/// How a process ended, and what it said.
struct ProcessResult {
    int exitCode = -1; ///< -1: it crashed, hung or did not start
    QByteArray output; ///< standard output
    QByteArray errors; ///< standard error
    qint64 milliseconds = 0;

    /// Standard output as the one JSON document it must be; null if it is not one.
    [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(output); }
};

/// A program of ours under test, in a process of its own, which ends with this object at the latest.
class ProcessFixture
{
public:
    /// `program`: a name in the build's folder of programs, or an absolute path.
    explicit ProcessFixture(const QString &program);
    ~ProcessFixture();
    Q_DISABLE_COPY_MOVE(ProcessFixture)

    /// Whether the program has been built.
    [[nodiscard]] static bool isBuilt(const QString &program);
    /// The environment of this process without what would change the behaviour of our programs: settings of theirs,
    /// proxies, the user's folders (which then are below `home`).
    [[nodiscard]] static QProcessEnvironment cleanEnvironment(const QString &home);

    [[nodiscard]] QProcess &process() { return m_process; }
    bool start(const QStringList &arguments);
    /// The next whole line of standard output; nothing if none comes in time.
    [[nodiscard]] std::optional<QByteArray> readLine(int timeoutMilliseconds = 10'000);
    void sendSignal(int signal);
    /// Waits for the end; kills it after `timeoutMilliseconds`.
    [[nodiscard]] ProcessResult finish(int timeoutMilliseconds = 60'000);

    /// Starts, writes `input` to standard input, closes it, and waits for the end.
    [[nodiscard]] ProcessResult run(const QStringList &arguments, const QByteArray &input = {});

private:
    QString m_program;
    QProcess m_process;
};

} // namespace credenza::test
