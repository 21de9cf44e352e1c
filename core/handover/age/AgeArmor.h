// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/age/ByteSource.h"

namespace credenza
{

/// Decodes the armor of an age file (C2SP age.md, "ASCII armor": strict RFC 7468 with the label AGE ENCRYPTED FILE).
/// Lines of 64 columns but for the last, LF or CRLF, blanks only around the whole. `source` must outlive this.
/// Errors of read(): age.invalid-armor.
class ArmorSource final : public ByteSource
{
public:
    explicit ArmorSource(BufferedSource &source) : m_source(source) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> target) override;

private:
    enum class Place { Before, Inside, AfterShortLine, End };
    /// Decodes the next line into m_line; false at the end.
    [[nodiscard]] Result<bool> decodeLine();
    [[nodiscard]] Result<void> readBegin();
    [[nodiscard]] Result<void> readTail();

    BufferedSource &m_source;
    Place m_place = Place::Before;
    QByteArray m_line;
    qsizetype m_at = 0;
};

/// Whether what comes next in `source` is meant as an armored file: blanks, then "-----BEGIN".
[[nodiscard]] Result<bool> startsArmor(BufferedSource &source);

/// An age file as text.
[[nodiscard]] QByteArray toArmor(QByteArrayView file);

} // namespace credenza
