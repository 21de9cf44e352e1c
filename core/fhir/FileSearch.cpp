// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/FileSearch.h"

#include "core/fhir/ReferenceTarget.h"
#include "core/fhir/ValueText.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

constexpr qsizetype searchedAtOnce = 4 * 1024 * 1024; // between two looks at the stop token

std::uint32_t hashOf(QByteArrayView id)
{
    return static_cast<std::uint32_t>(qHashBits(id.data(), static_cast<std::size_t>(id.size()), 0));
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Calls `found` with the place of each `needle` until it says false. Errors: cancelled.
template <typename Found>
Result<void> searchAll(QByteArrayView text, QByteArrayView needle, const std::stop_token &stop, Found found)
{
    if (needle.isEmpty())
        return {};
    qsizetype from = 0;
    while (from < text.size()) {
        if (stop.stop_requested())
            return cancelled();
        const qsizetype size = std::min(text.size() - from, searchedAtOnce + needle.size() - 1);
        const char *begin = text.data() + from;
        const char *end = begin + size;
        for (const char *at = begin; at < end;) {
            const auto *hit = static_cast<const char *>(
                memmem(at, static_cast<std::size_t>(end - at), needle.data(), static_cast<std::size_t>(needle.size())));
            if (hit == nullptr)
                break;
            if (!found(hit - text.data()))
                return {};
            at = hit + 1;
        }
        from += std::min(text.size() - from, searchedAtOnce);
    }
    return {};
}

/// Whether the string that begins at `quote` is the value of a member called `name` (in quotes).
bool isValueOf(QByteArrayView text, qsizetype quote, QByteArrayView name)
{
    qsizetype at = quote - 1;
    while (at >= 0 && isSpace(text[at]))
        --at;
    if (at < 0 || text[at] != ':')
        return false;
    --at;
    while (at >= 0 && isSpace(text[at]))
        --at;
    return at + 1 >= name.size() && text.sliced(at + 1 - name.size(), name.size()) == name;
}

/// Whether a brace that closes something stands in `text`, outside of strings.
bool closesObject(QByteArrayView text)
{
    bool isInString = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (isInString && text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            isInString = !isInString;
        else if (!isInString && text[at] == '}')
            return true;
    }
    return false;
}

/// The first entry that starts behind `offset`, as an index.
std::size_t entryBehind(const std::vector<FileEntry> &entries, qsizetype offset)
{
    const auto found = std::ranges::upper_bound(entries, static_cast<std::uint64_t>(offset), {}, &FileEntry::offset);
    return static_cast<std::size_t>(found - entries.begin());
}

/// The entry in whose wrapper a `fullUrl` stands: before its resource, as is usual, or behind it.
Result<qsizetype> findFullUrl(const ResourceFile &file, const std::vector<FileEntry> &entries, const QString &url,
                              const std::stop_token &stop)
{
    const QByteArrayView text = file.file().contents();
    const QByteArray needle = toJsonString(url);
    qsizetype found = -1;
    TRY(searchAll(text, needle, stop, [&](qsizetype at) {
        if (!isValueOf(text, at, "\"fullUrl\""))
            return true;
        const std::size_t behind = entryBehind(entries, at);
        if (behind > 0) {
            const FileEntry &before = entries[behind - 1];
            const auto end = static_cast<qsizetype>(before.offset + before.length);
            if (end <= at && !closesObject(text.sliced(end, at - end))) {
                found = static_cast<qsizetype>(behind - 1);
                return false;
            }
        }
        if (behind < entries.size())
            found = static_cast<qsizetype>(behind);
        return found < 0;
    }));
    return found;
}

/// The entry that has that canonical URL.
Result<qsizetype> findByUrl(const ResourceFile &file, const std::vector<FileEntry> &entries, const Canonical &canonical,
                            const std::stop_token &stop)
{
    constexpr std::uint32_t largestLookedAt = 64 * 1024 * 1024;
    const QByteArrayView text = file.file().contents();
    qsizetype found = -1;
    TRY(searchAll(text, toJsonString(canonical.url), stop, [&](qsizetype at) {
        if (!isValueOf(text, at, "\"url\""))
            return true;
        const std::size_t behind = entryBehind(entries, at);
        if (behind == 0)
            return true;
        const FileEntry &entry = entries[behind - 1];
        const bool isInside = static_cast<std::uint64_t>(at) < entry.offset + entry.length;
        // Most places are extensions, whose `url` is such a one too.
        if (!isInside || !isCanonicalType(file.type(entry)) || entry.length > largestLookedAt)
            return true;
        if (const auto resource = file.read(entry); resource && isNamedBy(*resource, canonical))
            found = static_cast<qsizetype>(behind - 1);
        return found < 0;
    }));
    return found;
}

/// Searches without regard to the case of ASCII letters; `needle` is in small letters.
bool holdsAnyCase(QByteArrayView text, QByteArrayView needle)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    const char first = needle.front();
    const char capital = first >= 'a' && first <= 'z' ? static_cast<char>(first - ('a' - 'A')) : first;
    const char *end = text.end() - needle.size() + 1;
    const auto next = [end](const char *from, char c) {
        const void *found = from < end ? std::memchr(from, c, static_cast<std::size_t>(end - from)) : nullptr;
        return found == nullptr ? end : static_cast<const char *>(found);
    };
    const char *small = next(text.begin(), first);
    const char *large = capital == first ? end : next(text.begin(), capital);
    while (small < end || large < end) {
        const char *at = std::min(small, large);
        if (std::equal(needle.begin(), needle.end(), at, [&](char wanted, char c) { return wanted == lower(c); }))
            return true;
        if (at == small)
            small = next(at + 1, first);
        if (at == large)
            large = next(at + 1, capital);
    }
    return false;
}

/// "code=8480-6" in two; no path for any other text.
std::pair<QString, QString> pathAndValue(const QString &text)
{
    static const QRegularExpression assignment(u"^([A-Za-z][A-Za-z.\\[\\]]*)\\s*=\\s*(.+)$"_s);
    const auto match = assignment.match(text);
    return match.hasMatch() ? std::pair{match.captured(1), match.captured(2)} : std::pair{QString(), text};
}

/// Whether `text` stands in a value or somewhere below it.
bool holdsValue(JsonValue value, const QString &text)
{
    QList<JsonValue> open{value};
    while (!open.isEmpty()) {
        const JsonValue one = open.takeLast();
        if (one.text().contains(text, Qt::CaseInsensitive))
            return true;
        for (const JsonValue child : one)
            open.append(child);
    }
    return false;
}

bool holdsAt(const Resource &resource, const QString &path, const QString &text)
{
    if (path.contains(u'.') || path.endsWith(u"[x]"_s)) {
        return std::ranges::any_of(valuesAt(resource.root, path),
                                   [&](JsonValue value) { return holdsValue(value, text); });
    }
    QList<JsonValue> open{resource.root}; // an element of that name, however deep
    while (!open.isEmpty()) {
        const JsonValue one = open.takeLast();
        for (const JsonValue child : one) {
            if (child.name() == path && holdsValue(child, text))
                return true;
            if (child.size() > 0)
                open.append(child);
        }
    }
    return false;
}

} // namespace

Result<EntryIndex> EntryIndex::make(const ResourceFile &file, const std::vector<FileEntry> &entries,
                                    const std::stop_token &stop)
{
    EntryIndex index;
    index.m_slots.reserve(entries.size());
    for (std::size_t at = 0; at < entries.size(); ++at) {
        if (at % 4096 == 0 && stop.stop_requested())
            return cancelled();
        const FileEntry &entry = entries[at];
        if (entry.idLength > 0)
            index.m_slots.push_back(
                {hashOf(file.text(entry).sliced(entry.idAt, entry.idLength)), static_cast<std::uint32_t>(at)});
    }
    std::ranges::sort(index.m_slots, {}, [](const Slot &slot) { return std::pair(slot.hash, slot.entry); });
    return index;
}

qsizetype EntryIndex::find(const ResourceFile &file, const std::vector<FileEntry> &entries, const QString &type,
                           const QString &id) const
{
    const QByteArray wanted = id.toUtf8();
    if (wanted.isEmpty())
        return -1;
    const auto same = std::ranges::equal_range(m_slots, hashOf(wanted), {}, &Slot::hash);
    for (const Slot &slot : same) {
        const FileEntry &entry = entries[slot.entry];
        const bool isOfType = type.isEmpty() || file.type(entry) == type;
        if (isOfType && file.text(entry).sliced(entry.idAt, entry.idLength) == wanted)
            return slot.entry;
    }
    return -1;
}

Result<qsizetype> findReferenced(const ResourceFile &file, const std::vector<FileEntry> &entries,
                                 const EntryIndex &index, const QString &reference, const std::stop_token &stop)
{
    const ReferenceTarget target = referenceTarget(reference, {});
    if (target.kind == ReferenceKind::SameServer) {
        const qsizetype found =
            index.find(file, entries, target.path.section(u'/', 0, 0), target.path.section(u'/', 1, 1));
        if (found >= 0)
            return found;
    }
    if (target.kind == ReferenceKind::Uuid) {
        const qsizetype found = index.find(file, entries, {}, reference.section(u':', -1));
        if (found >= 0)
            return found;
    }
    if (target.kind == ReferenceKind::Contained || reference.isEmpty())
        return -1;
    const qsizetype found = TRY(findFullUrl(file, entries, reference, stop));
    const auto canonical = canonicalOf(reference);
    return found >= 0 || !canonical ? Result<qsizetype>(found) : findByUrl(file, entries, *canonical, stop);
}

Result<std::vector<qsizetype>> referringEntries(const ResourceFile &file, const std::vector<FileEntry> &entries,
                                                const QString &type, const QString &id, std::size_t most,
                                                const std::stop_token &stop)
{
    std::vector<qsizetype> found;
    if (id.isEmpty() || type.isEmpty())
        return found;
    const QByteArrayView text = file.file().contents();
    const QByteArray end = id.toUtf8() + '"';
    const QByteArrayList starts{type.toUtf8() + '/', "urn:uuid:"};
    const qsizetype self = entries.empty() ? -1 : -2;
    TRY(searchAll(text, end, stop, [&](qsizetype at) {
        const bool isReference = std::ranges::any_of(starts, [&](const QByteArray &start) {
            if (at < start.size() || text.sliced(at - start.size(), start.size()) != start)
                return false;
            // The string's own quote: at once before it, or at the head of an absolute URL.
            constexpr qsizetype longestUrl = 512;
            qsizetype quote = at - start.size() - 1;
            const qsizetype earliest = std::max<qsizetype>(0, quote - longestUrl);
            while (quote > earliest && text[quote] != '"')
                --quote;
            const bool isWhole = quote == at - start.size() - 1 || text[at - start.size() - 1] == '/';
            return isWhole && isValueOf(text, quote, "\"reference\"");
        });
        if (!isReference)
            return true;
        const std::size_t behind = entryBehind(entries, at);
        if (behind == 0)
            return true;
        const auto entry = static_cast<qsizetype>(behind - 1);
        const FileEntry &place = entries[behind - 1];
        const bool isInside = static_cast<std::uint64_t>(at) < place.offset + place.length;
        const bool isItself = file.id(place) == id && file.type(place) == type;
        if (isInside && !isItself && (found.empty() ? self : found.back()) != entry)
            found.push_back(entry);
        return found.size() < most;
    }));
    return found;
}

Result<std::vector<quint32>> matchingEntries(const ResourceFile &file, const std::vector<FileEntry> &entries,
                                             const EntryFilter &filter, const std::stop_token &stop)
{
    const auto [path, value] = pathAndValue(filter.text);
    const bool isAnyCase = value == value.toLower();
    const QByteArray needle = value.toUtf8();
    std::vector<quint32> rows;
    qsizetype looked = searchedAtOnce;
    for (std::size_t at = 0; at < entries.size(); ++at) {
        const FileEntry &entry = entries[at];
        looked += entry.length + 64;
        if (looked > searchedAtOnce) {
            looked = 0;
            if (stop.stop_requested())
                return cancelled();
        }
        if (!filter.type.isEmpty() && file.type(entry) != filter.type)
            continue;
        if (!needle.isEmpty()) {
            const QByteArrayView text = file.text(entry);
            if (text.size() < needle.size() || !(isAnyCase ? holdsAnyCase(text, needle) : file.holds(entry, needle)))
                continue;
            if (!path.isEmpty()) {
                const auto resource = file.read(entry);
                if (!resource || !holdsAt(*resource, path, value))
                    continue;
            }
        }
        rows.push_back(static_cast<quint32>(at));
    }
    return rows;
}

void appendEntries(std::vector<FileEntry> &entries, const std::vector<FileEntry> &batch, qint64 bytesDone, qint64 bytes)
{
    const std::size_t count = entries.size() + batch.size();
    if (count > entries.capacity()) {
        constexpr double spare = 1.03;
        const double share = bytesDone > 0 ? static_cast<double>(bytes) / static_cast<double>(bytesDone) : 1;
        // The first piece tells little of the rest; a file that grows finer takes another step.
        entries.reserve(std::max(count, static_cast<std::size_t>(static_cast<double>(count) * share * spare)));
    }
    entries.insert(entries.end(), batch.begin(), batch.end());
}

} // namespace credenza
