// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/LineScan.h"

#include <QByteArrayView>

namespace credenza
{

/// Finds the entries of a Bundle one after the other, without having all of its text: for the first rows at once, for
/// a Bundle that is being unpacked, and for one that is damaged, where every entry but the broken ones is found. Slower
/// than the scan of a whole text.
class BundleWalk
{
public:
    /// Goes on to the end of `text`, which begins where it always began and is `isAll` or will be longer next time. A
    /// list of entries that does not end is a broken entry too.
    void read(QByteArrayView text, bool isAll, const ScanSink &sink);
    /// Whether there is nothing more to find: the list of entries has ended, or there is none.
    [[nodiscard]] bool isDone() const { return m_stage == Stage::Done; }
    /// Where the first entry stands that was not passed yet.
    [[nodiscard]] qsizetype position() const { return m_at; }

private:
    enum class Stage : std::uint8_t { Start, Members, Entries, Done };
    [[nodiscard]] bool step(QByteArrayView text, bool isAll, const ScanSink &sink);
    [[nodiscard]] bool passMember(QByteArrayView text);
    [[nodiscard]] bool passEntry(QByteArrayView text, bool isAll, const ScanSink &sink);

    void report(qsizetype from, qsizetype to, const ScanSink &sink);

    qsizetype m_at = 0;
    bool m_endsBroken = false; // what was found last
    Stage m_stage = Stage::Start;
};

} // namespace credenza
