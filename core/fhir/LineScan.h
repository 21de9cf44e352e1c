// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace credenza
{

/// Where one resource stands in a file: 24 bytes.
struct FileEntry {
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
    std::uint32_t idAt = 0; ///< relative to `offset`, of the id's text
    std::uint16_t idLength = 0;
    std::uint16_t type = 0; ///< number of the resource type, or one of EntryKind
};

/// Values of FileEntry::type that are no resource type.
enum EntryKind : std::uint16_t {
    UnknownType = 0xfffd, ///< a resource of a type that FHIR R4 does not have
    BlankEntry = 0xfffe,  ///< an empty line
    BrokenEntry = 0xffff  ///< no JSON object with a resourceType
};

/// What a scan calls for every entry, and to number a type; both plain so that a scan made for a newer processor shares
/// no code with the rest of the program.
struct ScanSink {
    void *context;
    void (*found)(void *context, const FileEntry &entry);
    std::uint16_t (*typeNumber)(void *context, const char *name, std::size_t length);
    bool (*isStopped)(void *context);
};

/// The lines in [begin, end); `base` is the start of the file. Readable memory goes on for 64 bytes behind `end`.
using LineScan = void (*)(const char *base, const char *begin, const char *end, const ScanSink &sink);
/// The entries of the Bundle that the whole text is. False if it is no JSON; then what came before the error was found.
using BundleScan = bool (*)(const char *begin, std::size_t size, const ScanSink &sink);
/// The one entry of a Bundle, with what is around its resource, that stands in [begin, end); `base` as above. False if
/// it is no JSON object, or its resource is none; nothing was found then.
using EntryScan = bool (*)(const char *base, const char *begin, const char *end, const ScanSink &sink);

/// One scan in the fastest form this processor can run.
struct ScanKernel {
    const char *name; ///< "icelake", "haswell", "fallback", "arm64"
    LineScan lines;
    BundleScan bundle;
    EntryScan entry;
};
[[nodiscard]] const ScanKernel &scanKernel();

} // namespace credenza
