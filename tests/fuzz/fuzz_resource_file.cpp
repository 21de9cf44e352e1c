// SPDX-License-Identifier: Apache-2.0
// Files of FHIR data: the index by simdjson, and everything that trusts its offsets.
#include "core/fhir/FileSearch.h"

#include <QFile>

#include <cstdlib>

#include <sys/mman.h>
#include <unistd.h>

using namespace credenza;

namespace
{

void expect(bool isTrue)
{
    if (!isTrue)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const int descriptor = memfd_create("fuzz", 0);
    if (descriptor < 0 || write(descriptor, data, size) != static_cast<ssize_t>(size))
        std::abort();
    const auto file = ResourceFile::open(QStringLiteral("/proc/self/fd/%1").arg(descriptor), {});
    if (file) {
        std::vector<FileEntry> entries;
        const auto done = (*file)->index({}, [&](const std::vector<FileEntry> &batch, qint64 bytesDone) {
            appendEntries(entries, batch, bytesDone, (*file)->size());
        });
        expect(done.has_value());
        const auto total = static_cast<std::uint64_t>((*file)->size());
        for (const FileEntry &entry : entries) {
            expect(entry.offset + entry.length <= total);
            expect(entry.idLength == 0 || entry.idAt + entry.idLength <= entry.length);
            (void)(*file)->id(entry);
            if (const auto resource = (*file)->read(entry))
                expect(!summaryLine(*resource).isEmpty());
        }
        qsizetype broken = 0;
        expect((*file)
                   ->verify(entries, {},
                            [&](qsizetype at, const QString &problem) {
                                expect(at >= 0 && at < std::ssize(entries) && !problem.isEmpty());
                                ++broken;
                            })
                   .has_value());
        expect(broken <= std::ssize(entries));
        if (const auto index = EntryIndex::make(**file, entries, {})) {
            (void)findReferenced(**file, entries, *index, QStringLiteral("Patient/1"), {});
            (void)findReferenced(**file, entries, *index, QStringLiteral("urn:uuid:1"), {});
        }
        (void)referringEntries(**file, entries, QStringLiteral("Patient"), QStringLiteral("1"), 3, {});
        (void)matchingEntries(**file, entries, {{}, QStringLiteral("code=1")}, {});
        (void)matchingEntries(**file, entries, {QStringLiteral("Patient"), QStringLiteral("a")}, {});
    }
    close(descriptor);
    return 0;
}
