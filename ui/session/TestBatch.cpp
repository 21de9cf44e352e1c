// SPDX-License-Identifier: Apache-2.0
#include "ui/session/TestBatch.h"

#include <utility>

namespace credenza
{

TestBatch::TestBatch(VaultSession &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &VaultSession::testFinished, this, &TestBatch::take);
    connect(&session, &VaultSession::aboutToLock, this, [this] {
        // The session ends its tests without a word; so does the batch.
        m_waiting.clear();
        m_running.clear();
        if (isRunning())
            Q_EMIT finished(std::exchange(m_summary, {}));
    });
}

void TestBatch::start(const QList<QUuid> &ids)
{
    if (isRunning() || ids.isEmpty())
        return;
    m_summary = {};
    m_summary.total = static_cast<int>(ids.size());
    m_waiting = ids;
    Q_EMIT progressed(m_summary);
    startNext();
}

void TestBatch::startNext()
{
    while (m_running.size() < atOnce && !m_waiting.isEmpty()) {
        const QUuid id = m_waiting.takeFirst();
        if (m_session.credential(id) == nullptr) { // deleted since
            ++m_summary.cancelled;
            continue;
        }
        m_running.insert(id);
        m_session.testSaved(id);
    }
    if (!m_running.isEmpty() || !isRunning())
        return;
    Q_EMIT finished(std::exchange(m_summary, {}));
}

void TestBatch::cancel()
{
    m_summary.cancelled += static_cast<int>(m_waiting.size());
    m_waiting.clear();
    for (const QUuid &id : std::as_const(m_running))
        m_session.cancelTest(id);
}

void TestBatch::take(const QUuid &id, const TestReport &report)
{
    if (!m_running.remove(id))
        return;
    const TestStep *failed = report.failedStep();
    if (failed != nullptr && failed->code == QLatin1StringView("cancelled")) {
        ++m_summary.cancelled;
    } else if (report.passed) {
        ++m_summary.passed;
    } else {
        ++m_summary.failed;
        m_summary.failedIds.append(id);
    }
    Q_EMIT progressed(m_summary);
    startNext();
}

} // namespace credenza
