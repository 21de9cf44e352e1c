// SPDX-License-Identifier: Apache-2.0
#include "core/base/WorkerThread.h"

#include <QCoreApplication>

namespace credenza
{

WorkerThread::WorkerThread() : m_thread([this](const std::stop_token &stop) { loop(stop); }) {}

WorkerThread::~WorkerThread()
{
    m_thread.request_stop();
    m_thread.join(); // here, not in ~jthread: the members it uses must still live
}

void WorkerThread::post(std::function<void()> work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(work));
    }
    m_wake.notify_one();
}

void WorkerThread::loop(const std::stop_token &stop)
{
    for (;;) {
        std::function<void()> work;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, stop, [this] { return !m_queue.empty(); });
            if (m_queue.empty())
                return;
            work = std::move(m_queue.front());
            m_queue.pop_front();
        }
        work();
    }
}

void WorkerThread::deliver(const QPointer<QObject> &guard, std::function<void()> call)
{
    // Hop through the application object, which outlives every context: the guard is then read on the GUI thread only,
    // where contexts are destroyed, so it can't go stale between the test and the call.
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [guard, call = std::move(call)] {
            if (guard)
                call();
        },
        Qt::QueuedConnection);
}

} // namespace credenza
