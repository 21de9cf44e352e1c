// SPDX-License-Identifier: Apache-2.0
// Compiled once for each kind of processor (CMakeLists.txt), each time into a namespace of its own. Uses nothing but
// simdjson, so that no inline function compiled for a newer processor is picked by the linker for the whole program.
#include "core/fhir/LineScan.h"

#include <cstring>

#include <simdjson.h>

namespace credenza::CREDENZA_SCAN_KERNEL
{

namespace ondemand = simdjson::ondemand;

extern const ScanKernel kernel;

namespace
{

constexpr std::size_t longestId = 0xffff;
constexpr std::size_t longestLine = 0xffff'fff0;
constexpr std::size_t deepest = 1024;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/// Fills in type and id of the resource that `object` is. `toItsEnd`: goes on when both are known, so that the place
/// behind the object is known as well. False if it is no JSON as far as it was read.
bool readHead(ondemand::object &object, const char *begin, FileEntry &entry, const ScanSink &sink, bool toItsEnd)
{
    bool hasType = false;
    bool hasId = false;
    for (auto member : object) {
        ondemand::field field;
        if (std::move(member).get(field))
            return false;
        if (hasType && hasId)
            continue; // only to its end
        const auto key = field.key();
        const bool isType = !hasType && key == "resourceType";
        const bool isId = !hasId && !isType && key == "id";
        if (!isType && !isId)
            continue;
        ondemand::raw_json_string text;
        if (field.value().get_raw_json_string().get(text)) {
            if (isType && !toItsEnd)
                return true;
            (isType ? hasType : hasId) = true;
            continue;
        }
        const char *start = text.raw();
        const auto *end = static_cast<const char *>(std::memchr(start, '"', longestId));
        if (end == nullptr)
            continue;
        const auto length = static_cast<std::size_t>(end - start);
        if (isType) {
            entry.type = sink.typeNumber(sink.context, start, length);
            hasType = true;
        } else {
            entry.idAt = static_cast<std::uint32_t>(start - begin);
            entry.idLength = static_cast<std::uint16_t>(length);
            hasId = true;
        }
        if (hasType && hasId && !toItsEnd)
            return true;
    }
    return true;
}

void scanLine(ondemand::parser &parser, const char *begin, const char *end, FileEntry &entry, const ScanSink &sink)
{
    entry.type = BrokenEntry;
    const auto size = static_cast<std::size_t>(end - begin);
    ondemand::document document;
    if (parser.iterate(begin, size, size + simdjson::SIMDJSON_PADDING).get(document))
        return;
    ondemand::object object;
    if (document.get_object().get(object))
        return;
    if (!readHead(object, begin, entry, sink, false))
        entry.type = BrokenEntry;
}

void scanLines(const char *base, const char *begin, const char *end, const ScanSink &sink)
{
    ondemand::parser parser;
    int untilCheck = 0;
    for (const char *line = begin; line < end;) {
        if (--untilCheck < 0) {
            untilCheck = 1024;
            if (sink.isStopped(sink.context))
                return;
        }
        const auto *stop = static_cast<const char *>(std::memchr(line, '\n', static_cast<std::size_t>(end - line)));
        if (stop == nullptr)
            stop = end;
        const char *from = line;
        const char *to = stop;
        while (from < to && isSpace(*from))
            ++from;
        while (to > from && isSpace(to[-1]))
            --to;
        FileEntry entry;
        entry.offset = static_cast<std::uint64_t>(from - base);
        entry.type = BlankEntry;
        if (const auto size = static_cast<std::size_t>(to - from); size > longestLine) {
            entry.length = 0xffff'ffff;
            entry.type = BrokenEntry;
        } else if (size > 0) {
            entry.length = static_cast<std::uint32_t>(size);
            scanLine(parser, from, to, entry, sink);
        }
        sink.found(sink.context, entry);
        line = stop + 1;
    }
}

bool scanEntry(ondemand::document &document, ondemand::value element, const char *begin, const char *end,
               const ScanSink &sink)
{
    FileEntry entry;
    entry.type = BrokenEntry;
    ondemand::object wrapper;
    if (element.get_object().get(wrapper))
        return false;
    ondemand::value value;
    ondemand::json_type type{};
    if (wrapper.find_field_unordered("resource").get(value) || value.type().get(type) ||
        type != ondemand::json_type::object)
        return true; // an entry without a resource: a deletion, a request
    const char *start = value.raw_json_token().data();
    ondemand::object resource;
    if (value.get_object().get(resource) || !readHead(resource, start, entry, sink, true))
        return false;
    // One walk over each resource: where the next token stands, this object has ended before it.
    const char *place = nullptr;
    if (document.current_location().get(place) || place <= start || place > end)
        return false;
    do {
        --place;
    } while (place > start && *place != '}');
    entry.offset = static_cast<std::uint64_t>(start - begin);
    entry.length = static_cast<std::uint32_t>(place + 1 - start);
    sink.found(sink.context, entry);
    return true;
}

bool scanBundle(const char *begin, std::size_t size, const ScanSink &sink)
{
    if (size > longestLine)
        return false;
    ondemand::parser parser;
    if (parser.allocate(size, deepest))
        return false;
    ondemand::document document;
    if (parser.iterate(begin, size, size + simdjson::SIMDJSON_PADDING).get(document))
        return false;
    ondemand::array entries;
    if (document.find_field_unordered("entry").get_array().get(entries))
        return false;
    int untilCheck = 0;
    for (auto element : entries) {
        ondemand::value value;
        if (element.get(value) || !scanEntry(document, value, begin, begin + size, sink))
            return false;
        if (--untilCheck < 0) {
            untilCheck = 1024;
            if (sink.isStopped(sink.context))
                return true;
        }
    }
    return true;
}

bool scanOneEntry(const char *base, const char *begin, const char *end, const ScanSink &sink)
{
    static thread_local ondemand::parser parser; // entries are many and small
    const auto size = static_cast<std::size_t>(end - begin);
    ondemand::document document;
    ondemand::value element;
    if (size > longestLine || parser.iterate(begin, size, size + simdjson::SIMDJSON_PADDING).get(document) ||
        document.get_value().get(element))
        return false;
    return scanEntry(document, element, base, end, sink);
}

#define CREDENZA_TEXT_OF(name) #name
#define CREDENZA_TEXT(name) CREDENZA_TEXT_OF(name)

} // namespace

const ScanKernel kernel{CREDENZA_TEXT(CREDENZA_SCAN_KERNEL), scanLines, scanBundle,
                         scanOneEntry};

} // namespace credenza::CREDENZA_SCAN_KERNEL
