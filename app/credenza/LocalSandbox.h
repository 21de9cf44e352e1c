// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>

#include <optional>

namespace credenza
{

/// A local stand-in for an EHR: `credenza-sandbox`, started beside the application when somebody asks for it, and ended
/// with it. Its key and its port stay the same from day to day, so that a credential that was saved for it goes on
/// working.
class LocalSandbox final : public QObject
{
    Q_OBJECT

public:
    /// What Add Credential needs for a test that passes.
    struct Address {
        QString fhirBaseUrl;
        QString clientId;
        QString privateKeyFile;
    };

    /// `program`: the executable; empty looks beside this one, then in PATH. `folder`: where key and port are kept; it
    /// is made when it is needed.
    LocalSandbox(const QString &program, const QString &folder, QObject *parent = nullptr);
    ~LocalSandbox() override;

    /// The address in the line that a sandbox prints when it is ready; nothing if it is none.
    [[nodiscard]] static std::optional<Address> readyLine(const QByteArray &line);

    /// Takes a sandbox that somebody else started, and ends.
    void adopt(const Address &address);
    /// Starts it; ready() or failed() answers, ready() at once if it runs.
    void start();
    /// The base URL of the last time, while the key for it is still there; else empty.
    [[nodiscard]] QString rememberedBaseUrl() const;
    [[nodiscard]] bool isStarting() const { return m_process.state() != QProcess::NotRunning && !m_address; }
    /// Where it is, once it is ready.
    [[nodiscard]] const std::optional<Address> &address() const { return m_address; }

Q_SIGNALS:
    void ready();
    void failed(const credenza::Error &error);

private:
    void launch(quint16 port);
    void read();
    void ended();
    void report(const QString &code, const QString &message, const QString &hint);
    [[nodiscard]] QString rememberedFile() const;

    QString m_program;
    QString m_folder;
    QProcess m_process;
    QByteArray m_line;
    std::optional<Address> m_address;
    quint16 m_port = 0; ///< asked for; 0: any
};

} // namespace credenza
