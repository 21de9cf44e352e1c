// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/VaultSession.h"

#include <QSet>

namespace credenza
{

/// How a batch of connection tests stands, or ended.
struct BatchSummary {
    int total = 0;
    int passed = 0;
    int failed = 0;
    int cancelled = 0;
    QList<QUuid> failedIds; ///< in the order in which they ended
    [[nodiscard]] int done() const { return passed + failed + cancelled; }
};

/// "Test all": the connection tests of many credentials, a few at a time, each of them once. What one of them does is
/// told by the session's own signals.
class TestBatch final : public QObject
{
    Q_OBJECT

public:
    /// At the same time: enough to hide the waiting, few enough for hospitals' firewalls.
    static constexpr int atOnce = 4;

    /// `session` must outlive the batch.
    explicit TestBatch(VaultSession &session, QObject *parent = nullptr);

    /// Tests these; nothing if a batch runs already. A test that runs anyway is waited for and counted.
    void start(const QList<QUuid> &ids);
    /// Stops what runs and starts no more; finished() follows.
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_summary.total > 0; }

Q_SIGNALS:
    void progressed(const credenza::BatchSummary &summary);
    void finished(const credenza::BatchSummary &summary);

private:
    void startNext();
    void take(const QUuid &id, const TestReport &report);

    VaultSession &m_session;
    QList<QUuid> m_waiting;
    QSet<QUuid> m_running;
    BatchSummary m_summary;
};

} // namespace credenza
