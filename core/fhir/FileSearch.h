// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/ResourceFile.h"

namespace credenza
{

/// Finds the entries of a file by type and id without looking through it: 8 bytes an entry, in order of a hash of the
/// id. Immutable once made.
class EntryIndex
{
public:
    EntryIndex() = default;
    /// Reads the ids of all entries. Errors: cancelled.
    [[nodiscard]] static Result<EntryIndex> make(const ResourceFile &file, const std::vector<FileEntry> &entries,
                                                 const std::stop_token &stop);

    /// The first entry of that type (empty: of any) and id; -1 if there is none. `file` and `entries` are those it was
    /// made from.
    [[nodiscard]] qsizetype find(const ResourceFile &file, const std::vector<FileEntry> &entries, const QString &type,
                                 const QString &id) const;
    [[nodiscard]] std::size_t bytes() const { return m_slots.size() * sizeof(Slot); }

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t entry = 0;
    };
    std::vector<Slot> m_slots;
};

/// The entry a reference leads to: "Type/id", with a version or as an absolute URL, `urn:uuid:` and whatever else stands
/// as `fullUrl` in the Bundle, or a canonical URL with or without its version; -1 if there is none. Errors: cancelled.
[[nodiscard]] Result<qsizetype> findReferenced(const ResourceFile &file, const std::vector<FileEntry> &entries,
                                               const EntryIndex &index, const QString &reference,
                                               const std::stop_token &stop);

/// Entries with a `reference` to "Type/id" or `urn:uuid:id`, in order, at most `most`, without those of that very type
/// and id. Errors: cancelled.
[[nodiscard]] Result<std::vector<qsizetype>> referringEntries(const ResourceFile &file,
                                                              const std::vector<FileEntry> &entries,
                                                              const QString &type, const QString &id, std::size_t most,
                                                              const std::stop_token &stop);

/// What of a file is shown.
struct EntryFilter {
    QString type; ///< empty: all
    /// Text in the entry, in any case of ASCII letters if it has no capital; or "code=8480-6": a value in or below an
    /// element of that name, or at a path such as "subject.reference". Empty: all.
    QString text;
    bool operator==(const EntryFilter &) const = default;
};
/// The entries that pass, in order. Errors: cancelled.
[[nodiscard]] Result<std::vector<quint32>> matchingEntries(const ResourceFile &file,
                                                           const std::vector<FileEntry> &entries,
                                                           const EntryFilter &filter, const std::stop_token &stop);

/// Adds a batch of what was found. Takes memory for about as many entries as the rest of the file will have, so that
/// nothing is copied many times, and little is left unused.
void appendEntries(std::vector<FileEntry> &entries, const std::vector<FileEntry> &batch, qint64 bytesDone,
                   qint64 bytes);

} // namespace credenza
