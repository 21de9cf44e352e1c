// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace credenza
{

/// Does the work on a row of items, in their order, on one thread of its own, while the caller gets the next ones. Few
/// items wait at a time: who hands them over faster than they are worked on is held up.
template <typename Item> class BatchWorker
{
public:
    /// `work` runs on the other thread; what it uses is not the caller's to touch before finish().
    explicit BatchWorker(std::function<void(const Item &)> work) : m_work(std::move(work)), m_thread([this] { run(); })
    {
    }
    ~BatchWorker() { finish(); }
    BatchWorker(const BatchWorker &) = delete;
    BatchWorker &operator=(const BatchWorker &) = delete;

    void hand(Item item)
    {
        m_filling.push_back(std::move(item));
        if (m_filling.size() == batchSize)
            handBatch();
    }
    /// Returns when all is done. Nothing may be handed over after it.
    void finish()
    {
        if (!m_thread.joinable())
            return;
        if (!m_filling.empty())
            handBatch();
        {
            const std::scoped_lock lock(m_mutex);
            m_isEnd = true;
        }
        m_changed.notify_all();
        m_thread.join();
    }

private:
    using Batch = std::vector<Item>;
    static constexpr std::size_t batchSize = 256; // makes the price of handing over one of many
    static constexpr std::size_t mostWaiting = 4;

    void handBatch()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_waiting.size() < mostWaiting; });
        m_waiting.push_back(std::exchange(m_filling, {}));
        lock.unlock();
        m_changed.notify_all();
    }
    void run()
    {
        for (;;) {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_isEnd || !m_waiting.empty(); });
            if (m_waiting.empty())
                return;
            const Batch batch = std::move(m_waiting.front());
            m_waiting.pop_front();
            lock.unlock();
            m_changed.notify_all();
            for (const Item &item : batch)
                m_work(item);
        }
    }

    std::function<void(const Item &)> m_work;
    Batch m_filling;
    std::mutex m_mutex; // of what follows
    std::condition_variable m_changed;
    std::deque<Batch> m_waiting;
    bool m_isEnd = false;
    std::thread m_thread; // last: it uses the others
};

} // namespace credenza
