// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/LocalSandbox.h"

#include "core/base/File.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QUrl>

#include <sys/stat.h>

#include <utility>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype longestLine = 64 * 1024;
constexpr int patienceToEnd = 2000; ///< ms

QString findProgram()
{
    const QString name = u"credenza-sandbox"_s;
    const QString beside = QCoreApplication::applicationDirPath() + u'/' + name;
    return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(name);
}

/// Makes the folder, readable by this person alone: the sandbox keeps a private key there.
bool makeFolder(const QString &path)
{
    return QDir().mkpath(path) && ::chmod(QFile::encodeName(path).constData(), S_IRWXU) == 0;
}

} // namespace

LocalSandbox::LocalSandbox(const QString &program, const QString &folder, QObject *parent)
    : QObject(parent), m_program(program), m_folder(folder)
{
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &LocalSandbox::read);
    connect(&m_process, &QProcess::finished, this, &LocalSandbox::ended);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            report(u"sandbox.not-started"_s, tr("The local sandbox could not be started."), m_process.errorString());
    });
}

LocalSandbox::~LocalSandbox()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(patienceToEnd))
        m_process.kill();
}

std::optional<LocalSandbox::Address> LocalSandbox::readyLine(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    Address address{object["fhirBaseUrl"_L1].toString(), object["clientId"_L1].toString(),
                    object["privateKeyFile"_L1].toString()};
    if (!QUrl(address.fhirBaseUrl).isValid() || address.fhirBaseUrl.isEmpty())
        return std::nullopt;
    return address;
}

void LocalSandbox::adopt(const Address &address)
{
    m_address = address;
}

void LocalSandbox::start()
{
    if (m_address) {
        Q_EMIT ready();
        return;
    }
    if (isStarting())
        return;
    if (m_program.isEmpty())
        m_program = findProgram();
    if (m_program.isEmpty() || !QFileInfo(m_program).isExecutable()) {
        report(u"sandbox.missing"_s, tr("The program credenza-sandbox is not installed."),
               tr("It comes with Credenza’s package. Built from source, it is the target credenza-sandbox."));
        return;
    }
    if (!makeFolder(m_folder)) {
        report(u"sandbox.folder"_s, tr("The folder %1 can’t be made.").arg(m_folder),
               tr("The sandbox keeps its key there. Check who may write to the folder above it."));
        return;
    }
    launch(static_cast<quint16>(QUrl(rememberedBaseUrl()).port(0)));
}

void LocalSandbox::launch(quint16 port)
{
    m_port = port;
    m_line.clear();
    m_process.start(m_program, {u"--data-dir"_s, m_folder, u"--port"_s, QString::number(port), u"--exit-with-parent"_s});
}

void LocalSandbox::read()
{
    m_line += m_process.readAllStandardOutput();
    const qsizetype end = m_line.indexOf('\n');
    if (m_address || (end < 0 && m_line.size() < longestLine))
        return;
    m_address = readyLine(m_line.left(end));
    if (!m_address) {
        m_process.kill();
        return;
    }
    // Forgetting the port costs one more change of the credential's URL; it is no reason to stop.
    if (const auto kept = writeFileAtomically(rememberedFile(), m_line.left(end)); !kept)
        qWarning("%s", qUtf8Printable(kept.error().message));
    Q_EMIT ready();
}

void LocalSandbox::ended()
{
    const bool wasReady = std::exchange(m_address, std::nullopt).has_value();
    if (!wasReady && m_port != 0) {
        launch(0); // the port of the last time is taken
        return;
    }
    const QString said = QString::fromLocal8Bit(m_process.readAllStandardError()).trimmed();
    report(wasReady ? u"sandbox.ended"_s : u"sandbox.not-started"_s,
           wasReady ? tr("The local sandbox has ended.") : tr("The local sandbox could not be started."),
           said.isEmpty() ? tr("Start it again from the palette (Ctrl+K).") : said.right(500));
}

QString LocalSandbox::rememberedBaseUrl() const
{
    if (!QFileInfo::exists(m_folder + u"/client-key.pem"_s) || !QFileInfo::exists(rememberedFile()))
        return {};
    const auto line = readFile(rememberedFile(), longestLine);
    const auto address = line ? readyLine(*line) : std::nullopt;
    return address ? address->fhirBaseUrl : QString();
}

void LocalSandbox::report(const QString &code, const QString &message, const QString &hint)
{
    Q_EMIT failed({ErrorKind::Failed, code, message, hint});
}

QString LocalSandbox::rememberedFile() const
{
    return m_folder + u"/ready.json"_s;
}

} // namespace credenza
