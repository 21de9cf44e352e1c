// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ProcessFixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

#include <csignal>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

QString pathOf(const QString &program)
{
    return QDir::isAbsolutePath(program) ? program : QStringLiteral(CREDENZA_BIN_DIR "/") + program;
}

} // namespace

ProcessFixture::ProcessFixture(const QString &program) : m_program(pathOf(program)) {}

ProcessFixture::~ProcessFixture()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(5000)) {
        m_process.kill();
        m_process.waitForFinished(5000);
    }
}

bool ProcessFixture::isBuilt(const QString &program)
{
    return QFileInfo(pathOf(program)).isExecutable();
}

QProcessEnvironment ProcessFixture::cleanEnvironment(const QString &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith("CREDENZA_"_L1) || name.startsWith("LC_"_L1) || name.endsWith("_proxy"_L1) ||
            name.endsWith("_PROXY"_L1))
            environment.remove(name);
    }
    environment.insert(u"HOME"_s, home);
    environment.insert(u"XDG_DATA_HOME"_s, home + "/data"_L1);
    environment.insert(u"XDG_CONFIG_HOME"_s, home + "/config"_L1);
    environment.insert(u"XDG_STATE_HOME"_s, home + "/state"_L1);
    environment.insert(u"XDG_CACHE_HOME"_s, home + "/cache"_L1);
    environment.insert(u"LANG"_s, u"C"_s);
    return environment;
}

bool ProcessFixture::start(const QStringList &arguments)
{
    m_process.start(m_program, arguments);
    return m_process.waitForStarted();
}

std::optional<QByteArray> ProcessFixture::readLine(int timeoutMilliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!m_process.canReadLine()) {
        const auto left = timeoutMilliseconds - static_cast<int>(timer.elapsed());
        if (left <= 0 || !m_process.waitForReadyRead(left))
            return {};
    }
    return m_process.readLine();
}

void ProcessFixture::sendSignal(int signal)
{
    if (m_process.processId() > 0)
        ::kill(static_cast<pid_t>(m_process.processId()), signal);
}

ProcessResult ProcessFixture::finish(int timeoutMilliseconds)
{
    QElapsedTimer timer;
    timer.start();
    ProcessResult result;
    if (!m_process.waitForFinished(timeoutMilliseconds) && m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished(5000);
    } else if (m_process.exitStatus() == QProcess::NormalExit && m_process.error() != QProcess::FailedToStart) {
        result.exitCode = m_process.exitCode();
    }
    result.milliseconds = timer.elapsed();
    result.output = m_process.readAllStandardOutput();
    result.errors = m_process.readAllStandardError();
    return result;
}

ProcessResult ProcessFixture::run(const QStringList &arguments, const QByteArray &input)
{
    QElapsedTimer timer;
    timer.start();
    if (!start(arguments))
        return {};
    m_process.write(input);
    m_process.closeWriteChannel();
    ProcessResult result = finish();
    result.milliseconds = timer.elapsed();
    return result;
}

} // namespace credenza::test
