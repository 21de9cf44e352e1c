// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ResourceFile.h"

#include "core/fhir/BundleWalk.h"
#include "core/fhir/LinePieces.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct FhirText {
    Q_DECLARE_TR_FUNCTIONS(FhirText)
};

constexpr qsizetype firstLook = 256 * 1024;
constexpr qsizetype largestStep = 16 * 1024 * 1024;
constexpr qsizetype longestFirstLine = 2 * 1024 * 1024; // looked through to find out the shape at once
constexpr std::size_t bundleBatch = 4096;
constexpr qsizetype largestScan = 0xffff'fff0; // of a text at once
constexpr std::uint32_t largestEntry = 512 * 1024 * 1024;

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

/// Takes what a scan finds into a vector, and numbers types with a short memory of its own.
class ResourceFile::Collector
{
public:
    Collector(ResourceFile &file, const std::stop_token &stop) : m_file(file), m_stop(stop) {}

    [[nodiscard]] ScanSink sink()
    {
        return {this, [](void *context, const FileEntry &entry) { static_cast<Collector *>(context)->take(entry); },
                [](void *context, const char *name, std::size_t length) {
                    return static_cast<Collector *>(context)->number({name, static_cast<qsizetype>(length)});
                },
                [](void *context) { return static_cast<Collector *>(context)->m_stop.stop_requested(); }};
    }
    [[nodiscard]] std::vector<FileEntry> takeEntries() { return std::exchange(m_entries, {}); }
    [[nodiscard]] const std::vector<FileEntry> &entries() const { return m_entries; }
    /// Entries that begin before this are known already.
    void passBefore(std::uint64_t offset) { m_from = offset; }
    /// Broken ones so far.
    [[nodiscard]] qsizetype broken() const { return m_broken; }
    /// Called when so many entries have come together.
    void flushAt(std::size_t count, std::function<void()> flush)
    {
        m_flushAt = count;
        m_flush = std::move(flush);
    }

private:
    void take(const FileEntry &entry)
    {
        if (entry.offset < m_from)
            return;
        m_broken += entry.type == BrokenEntry ? 1 : 0;
        m_entries.push_back(entry);
        if (m_flush && m_entries.size() >= m_flushAt)
            m_flush();
    }
    std::uint16_t number(QByteArrayView name)
    {
        if (name != m_lastName) {
            m_lastNumber = m_file.numberOf(name);
            m_lastName = name;
        }
        return m_lastNumber;
    }

    ResourceFile &m_file;
    std::stop_token m_stop;
    std::vector<FileEntry> m_entries;
    QByteArrayView m_lastName; // in the mapped file
    std::uint16_t m_lastNumber = UnknownType;
    std::uint64_t m_from = 0;
    qsizetype m_broken = 0;
    std::size_t m_flushAt = 0;
    std::function<void()> m_flush;
};

Result<std::shared_ptr<ResourceFile>> ResourceFile::open(const QString &path, std::stop_token stop)
{
    const std::shared_ptr<ResourceFile> file(new ResourceFile);
    file->m_file = TRY(MappedFile::open(path));
    TRY(file->findShape(stop));
    return file;
}

Result<void> ResourceFile::findShape(const std::stop_token &stop)
{
    const QString path = m_file->path();
    const QString name = path.endsWith(u".gz"_s, Qt::CaseInsensitive) ? path.chopped(3) : path;
    if (name.endsWith(u".ndjson"_s, Qt::CaseInsensitive) || name.endsWith(u".jsonl"_s, Qt::CaseInsensitive))
        return {};
    for (qsizetype wanted = firstLook; !m_file->isComplete() && wanted <= longestFirstLine; wanted *= 2) {
        TRY(m_file->unpackTo(wanted, stop));
        if (shapeOfStart(longestFirstLine))
            break;
    }
    m_shape = shapeOfStart(longestFirstLine).value_or(FileShape::Bundle);
    return {};
}

/// Lines or Bundle, by what is unpacked and not beyond `most`, where that tells it; that it is a Single is told by
/// indexing.
std::optional<FileShape> ResourceFile::shapeOfStart(qsizetype most) const
{
    const QByteArrayView all = m_file->contents();
    const qsizetype readable = all.size() - (m_file->isComplete() ? 0 : MappedFile::padding);
    const QByteArrayView contents = all.first(std::clamp<qsizetype>(readable, 0, most));
    const char *begin = contents.begin();
    while (begin < contents.end() && isJsonSpace(*begin))
        ++begin;
    const auto *lineEnd =
        static_cast<const char *>(std::memchr(begin, '\n', static_cast<std::size_t>(contents.end() - begin)));
    const char *rest = lineEnd;
    while (rest != nullptr && rest < contents.end() && isJsonSpace(*rest))
        ++rest;
    const bool hasMore = rest != nullptr && rest < contents.end();
    if (!hasMore)
        return {};
    // A first line that is a whole object, or a second one that starts like one, means one resource a line.
    std::uint16_t type = BrokenEntry;
    const ScanSink sink{&type,
                        [](void *context, const FileEntry &entry) { *static_cast<std::uint16_t *>(context) = entry.type; },
                        [](void *, const char *, std::size_t) { return std::uint16_t(0); },
                        [](void *) { return false; }};
    scanKernel().lines(contents.begin(), begin, lineEnd, sink);
    const bool isLines = type != BrokenEntry || (*rest == '{' && lineEnd - begin > 2);
    return isLines ? FileShape::Lines : FileShape::Bundle;
}

std::uint16_t ResourceFile::numberOf(QByteArrayView typeName)
{
    constexpr std::size_t mostTypes = 4096;
    const std::lock_guard lock(m_typesMutex);
    const QByteArray name = typeName.first(std::min<qsizetype>(typeName.size(), 128)).toByteArray();
    const auto known = m_numbers.constFind(name);
    if (known != m_numbers.cend())
        return *known;
    if (m_types.size() >= mostTypes)
        return UnknownType;
    const auto number = static_cast<std::uint16_t>(m_types.size());
    m_types.push_back(QString::fromUtf8(name));
    m_numbers.insert(name, number);
    return number;
}

Result<void> ResourceFile::index(std::stop_token stop, const Batch &batch)
{
    if (m_file->isComplete() && m_file->contents().isEmpty())
        return {};
    if (m_shape == FileShape::Lines)
        return indexLines(stop, batch);
    return indexBundle(stop, batch);
}

Result<void> ResourceFile::indexLines(const std::stop_token &stop, const Batch &batch)
{
    const auto scan = [&](LinePiece piece) {
        Collector collector(*this, stop);
        scanKernel().lines(m_file->contents().begin(), piece.begin, piece.end, collector.sink());
        return collector.takeEntries();
    };
    return scanPieces(*m_file, stop, scan, batch);
}

Result<void> ResourceFile::indexBundle(const std::stop_token &stop, const Batch &batch)
{
    Collector collector(*this, stop);
    std::uint64_t behind = 0;
    bool hasEntries = false;
    const auto flush = [&] {
        if (collector.entries().empty())
            return;
        hasEntries = true;
        behind = collector.entries().back().offset + 1;
        batch(collector.takeEntries(), static_cast<qint64>(behind));
    };
    collector.flushAt(bundleBatch, flush);
    BundleWalk walk;
    Result<void> unpacked;
    const bool isPacked = !m_file->isComplete();
    qsizetype step = firstLook;
    while (unpacked && !m_file->isComplete()) {
        unpacked = m_file->unpackTo(m_file->contents().size() + step, stop);
        if (stop.stop_requested())
            return cancelled();
        const bool isAll = m_file->isComplete();
        walk.read(m_file->contents().chopped(isAll ? 0 : MappedFile::padding), isAll, collector.sink());
        flush();
        step = std::min(largestStep, step * 4);
    }
    const QByteArrayView contents = m_file->contents();
    if (!isPacked) {
        // The first rows at once, then all of it with the quicker scan; only where that stumbles, one after the other.
        if (contents.size() > firstLook) {
            walk.read(contents.first(firstLook), false, collector.sink());
            flush();
            collector.passBefore(static_cast<std::uint64_t>(walk.position()));
        }
        const bool isWhole =
            contents.size() <= largestScan &&
            scanKernel().bundle(contents.data(), static_cast<std::size_t>(contents.size()), collector.sink());
        flush();
        if (!isWhole && !stop.stop_requested()) {
            collector.passBefore(behind);
            walk.read(contents, true, collector.sink());
            flush();
            if (hasEntries && collector.broken() == 0 && contents.size() <= largestScan)
                batch({FileEntry{static_cast<std::uint64_t>(walk.position()),
                                 static_cast<std::uint32_t>(contents.size() - walk.position()), 0, 0, BrokenEntry}},
                      contents.size());
        }
    }
    if (stop.stop_requested())
        return cancelled();
    if (!hasEntries) {
        m_shape = shapeOfStart(contents.size()).value_or(FileShape::Bundle); // a first line of megabytes
        if (m_shape == FileShape::Lines)
            return indexLines(stop, batch);
        m_shape = FileShape::Single;
        indexSingle(batch);
    }
    return unpacked;
}

void ResourceFile::indexSingle(const Batch &batch)
{
    const QByteArrayView contents = m_file->contents();
    FileEntry entry;
    entry.length = static_cast<std::uint32_t>(std::min<qsizetype>(contents.size(), 0xffff'ffff));
    entry.type = BrokenEntry;
    if (const auto resource = read(entry))
        entry.type = numberOf(resource->type().toUtf8());
    batch({entry}, contents.size());
}

Result<void> ResourceFile::verify(const std::vector<FileEntry> &entries, std::stop_token stop,
                                  const Broken &broken) const
{
    simdjson::dom::parser parser;
    for (std::size_t at = 0; at < entries.size(); ++at) {
        if (at % 256 == 0 && stop.stop_requested())
            return cancelled();
        const FileEntry &entry = entries[at];
        if (entry.type == BlankEntry)
            continue;
        const QByteArrayView line = text(entry);
        simdjson::dom::element root;
        const auto size = static_cast<std::size_t>(line.size());
        const bool isJson = entry.type != BrokenEntry && size > 0 &&
                            parser.parse(line.data(), size, false).get(root) == simdjson::SUCCESS;
        if (isJson)
            continue;
        // The slower reader has the last word: it takes numbers of any size, and says what is wrong.
        if (const auto resource = read(entry); !resource)
            broken(static_cast<qsizetype>(at), resource.error().message);
    }
    return {};
}

QByteArrayView ResourceFile::text(const FileEntry &entry) const
{
    return m_file->contents().sliced(static_cast<qsizetype>(entry.offset), entry.length);
}

QString ResourceFile::id(const FileEntry &entry) const
{
    if (entry.idLength == 0)
        return {};
    return QString::fromUtf8(text(entry).sliced(entry.idAt, entry.idLength));
}

QString ResourceFile::type(const FileEntry &entry) const
{
    if (entry.type == BrokenEntry || entry.type == BlankEntry)
        return {};
    if (entry.type == UnknownType)
        return u"?"_s;
    const std::lock_guard lock(m_typesMutex);
    return m_types.at(entry.type);
}

Result<Resource> ResourceFile::read(const FileEntry &entry) const
{
    if (entry.length > largestEntry)
        return fail(ErrorKind::InvalidInput, u"file.entry-too-large"_s,
                    FhirText::tr("It is larger than %1 MiB.").arg(largestEntry / 1024 / 1024));
    return parseResource(text(entry));
}

qsizetype ResourceFile::find(const std::vector<FileEntry> &entries, const QString &path) const
{
    const QString typeName = path.section(u'/', 0, 0);
    const QByteArray id = path.section(u'/', 1, 1).toUtf8();
    for (std::size_t at = 0; at < entries.size(); ++at) {
        const FileEntry &entry = entries[at];
        if (entry.idLength == id.size() && !id.isEmpty() && text(entry).sliced(entry.idAt, entry.idLength) == id &&
            type(entry) == typeName)
            return static_cast<qsizetype>(at);
    }
    return -1;
}

bool ResourceFile::holds(const FileEntry &entry, QByteArrayView needle) const
{
    const QByteArrayView line = text(entry);
    return memmem(line.data(), static_cast<std::size_t>(line.size()), needle.data(),
                  static_cast<std::size_t>(needle.size())) != nullptr;
}

Result<FileStatistics> fileStatistics(const QString &path, std::stop_token stop)
{
    constexpr qsizetype mostListed = 1000;
    const auto file = TRY(ResourceFile::open(path, stop));
    std::vector<FileEntry> entries;
    TRY(file->index(stop, [&entries](const std::vector<FileEntry> &found, qint64) {
        entries.insert(entries.end(), found.begin(), found.end());
    }));
    FileStatistics statistics{
        file->shape(), file->file().wasCompressed(), file->size(), std::ssize(entries), 0, {}, {}, 0};
    std::vector<bool> isBroken(entries.size());
    TRY(file->verify(entries, stop, [&](qsizetype at, const QString &problem) {
        isBroken[static_cast<std::size_t>(at)] = true;
        statistics.brokenCount++;
        if (statistics.broken.size() < mostListed)
            statistics.broken.append(
                {at + 1, static_cast<qint64>(entries[static_cast<std::size_t>(at)].offset), problem});
    }));
    for (std::size_t at = 0; at < entries.size(); ++at) {
        if (isBroken[at] || entries[at].type == BlankEntry)
            continue;
        statistics.resources++;
        statistics.types[file->type(entries[at])]++;
    }
    return statistics;
}

} // namespace credenza
