// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/LinePieces.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <map>
#include <mutex>
#include <thread>

namespace credenza
{

namespace
{

constexpr qsizetype largestPiece = 16 * 1024 * 1024;

/// Where the piece that starts at `from` ends: behind the first line end at or after `from + size`.
const char *pieceEnd(const char *from, qsizetype size, const char *end)
{
    if (end - from <= size)
        return end;
    const auto *lineEnd =
        static_cast<const char *>(std::memchr(from + size, '\n', static_cast<std::size_t>(end - from - size)));
    return lineEnd == nullptr ? end : lineEnd + 1;
}

/// Pieces on their way to the threads that scan them, and what these found on its way back, in order.
class PieceQueue
{
public:
    ~PieceQueue() { close(); }
    void put(LinePiece piece)
    {
        const std::lock_guard lock(m_mutex);
        m_pieces.push_back(piece);
        m_wake.notify_one();
    }
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_isClosed = true;
        m_wake.notify_all();
    }
    /// Scans one piece after the other until there are no more.
    void work(const std::stop_token &stop, const std::function<std::vector<FileEntry>(LinePiece)> &scan)
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_wake.wait(lock, [this] { return m_isClosed || m_next < m_pieces.size(); });
            if (stop.stop_requested() || m_next >= m_pieces.size())
                break;
            const std::size_t at = m_next++;
            const LinePiece piece = m_pieces[at];
            lock.unlock();
            std::vector<FileEntry> entries = scan(piece);
            lock.lock();
            m_found.emplace(at, std::move(entries));
            m_isThere.notify_one();
        }
        m_isThere.notify_one();
    }
    /// What the piece `at` holds; nothing if it is not known yet and `waits` is false, or when stopped.
    [[nodiscard]] std::optional<std::vector<FileEntry>> take(std::size_t at, bool waits, const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        if (waits)
            m_isThere.wait(lock, [&] { return m_found.contains(at) || stop.stop_requested(); });
        auto entries = m_found.extract(at);
        return entries.empty() ? std::nullopt : std::optional(std::move(entries.mapped()));
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_isThere;
    std::vector<LinePiece> m_pieces;
    std::map<std::size_t, std::vector<FileEntry>> m_found;
    std::size_t m_next = 0;
    bool m_isClosed = false;
};

} // namespace

Result<std::optional<LinePiece>> LinePieces::next(const std::stop_token &stop)
{
    for (qsizetype wanted = m_size + 2 * MappedFile::padding;; wanted *= 2) {
        if (const Result<void> unpacked = m_file.unpackTo(m_from + wanted, stop); !unpacked) {
            if (unpacked.error().code == QStringLiteral("cancelled"))
                return Failure(unpacked.error());
            m_damage = unpacked.error();
        }
        const bool isAll = m_file.isComplete();
        const QByteArrayView text = m_file.contents();
        const char *from = text.begin() + m_from;
        const char *end = text.end() - (isAll ? 0 : MappedFile::padding);
        if (isAll && from >= end)
            break;
        if (from >= end)
            continue;
        const char *to = pieceEnd(from, m_size, end);
        if (!isAll && to[-1] != '\n')
            continue;
        m_from = to - text.begin();
        constexpr int growth = 4;
        m_size = std::min(largestPiece, m_size * growth);
        return std::optional(LinePiece{from, to});
    }
    if (m_damage)
        return Failure(*m_damage);
    return std::nullopt;
}

Result<void> scanPieces(MappedFile &file, const std::stop_token &stop,
                        const std::function<std::vector<FileEntry>(LinePiece)> &scan,
                        const std::function<void(std::vector<FileEntry>, qint64)> &found)
{
    LinePieces pieces(file);
    std::vector<const char *> ends;
    std::size_t taken = 0;
    std::vector<std::jthread> workers;
    PieceQueue queue; // behind the workers: it is closed before they are waited for
    const auto hand = [&](bool waits) {
        while (taken < ends.size()) {
            auto entries = queue.take(taken, waits, stop);
            if (!entries)
                return;
            found(std::move(*entries), ends[taken++] - file.contents().begin());
        }
    };
    Result<void> ending;
    while (true) {
        const auto piece = pieces.next(stop);
        if (!piece)
            ending = Failure(piece.error());
        if (!piece || !*piece)
            break;
        queue.put(**piece);
        ends.push_back((*piece)->end);
        if (workers.size() < std::max(1U, std::thread::hardware_concurrency()))
            workers.emplace_back([&] { queue.work(stop, scan); });
        hand(ends.size() == 1); // the first rows are waited for
    }
    queue.close();
    hand(true);
    for (std::jthread &worker : workers)
        worker.join();
    if (stop.stop_requested())
        return cancelled();
    return ending;
}

} // namespace credenza
