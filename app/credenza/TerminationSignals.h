// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace credenza
{

/// Turns SIGTERM, SIGINT and SIGHUP (a log-out, Ctrl+C, a terminal that closes) into a signal of Qt's, so that the
/// application ends as by Quit: drafts sealed, vault closed, clipboard cleared. A second one ends it at once. One for
/// each process.
class TerminationSignals final : public QObject
{
    Q_OBJECT

public:
    explicit TerminationSignals(QObject *parent = nullptr);

Q_SIGNALS:
    void received();

private:
    std::unique_ptr<QSocketNotifier> m_notifier; ///< null if the system refused a pipe: signals act as ever
};

} // namespace credenza
