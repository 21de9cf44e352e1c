// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgeArmor.h"

#include "core/handover/age/AgeErrors.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

namespace credenza
{

namespace
{

struct ArmorText {
    Q_DECLARE_TR_FUNCTIONS(ArmorText)
};

constexpr QByteArrayView beginLine("-----BEGIN AGE ENCRYPTED FILE-----");
constexpr QByteArrayView endLine("-----END AGE ENCRYPTED FILE-----");
constexpr qsizetype columns = 64;
constexpr qsizetype bytesOfLine = 48;
/// Blanks around the file that are put up with.
constexpr qsizetype mostBlanks = 1024;

bool isBlank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isBlank(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return isBlank(c); });
}

/// A line that is too long keeps what is too much, and so is refused by whoever looks at it.
Result<QByteArray> nextLine(BufferedSource &source)
{
    QByteArray line = TRY(source.readLine(mostBlanks));
    if (line.isEmpty())
        return ageInvalidArmor(ArmorText::tr("it ends too early."));
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r')) // of CRLF, or a blank at the very end of the file
        line.chop(1);
    return line;
}

/// Padded base64, in its one spelling only.
std::optional<QByteArray> decoded(const QByteArray &line)
{
    const auto bytes =
        QByteArray::fromBase64Encoding(line, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes || (*bytes).toBase64() != line)
        return std::nullopt;
    return *bytes;
}

} // namespace

Result<std::size_t> ArmorSource::read(std::span<std::byte> target)
{
    std::size_t used = 0;
    while (used < target.size()) {
        if (m_at == m_line.size()) {
            if (!TRY(decodeLine()))
                break;
            continue;
        }
        const auto count = std::min(target.size() - used, static_cast<std::size_t>(m_line.size() - m_at));
        std::memcpy(target.data() + used, m_line.constData() + m_at, count);
        used += count;
        m_at += static_cast<qsizetype>(count);
    }
    return used;
}

Result<bool> ArmorSource::decodeLine()
{
    if (m_place == Place::Before)
        TRY(readBegin());
    if (m_place == Place::End)
        return false;
    const QByteArray line = TRY(nextLine(m_source));
    if (line == endLine) {
        TRY(readTail());
        m_place = Place::End;
        return false;
    }
    if (m_place == Place::AfterShortLine)
        return ageInvalidArmor(ArmorText::tr("a line follows one that is shorter than %1 characters.").arg(columns));
    const auto bytes = line.isEmpty() || line.size() > columns ? std::nullopt : decoded(line);
    if (!bytes)
        return ageInvalidArmor(line.isEmpty() ? ArmorText::tr("there is an empty line in it.")
                               : line.size() > columns
                                   ? ArmorText::tr("a line is longer than %1 characters.").arg(columns)
                                   : ArmorText::tr("a line is not canonical base64."));
    m_line = *bytes;
    m_at = 0;
    if (m_line.size() < bytesOfLine)
        m_place = Place::AfterShortLine;
    return true;
}

Result<void> ArmorSource::readBegin()
{
    qsizetype blanks = 0;
    for (;;) {
        const QByteArray line = TRY(nextLine(m_source));
        if (line == beginLine)
            break;
        blanks += line.size() + 1;
        if (!isBlank(line) || blanks > mostBlanks)
            return ageInvalidArmor(ArmorText::tr("its first line is not “%1”.").arg(QLatin1String(beginLine)));
    }
    m_place = Place::Inside;
    return {};
}

Result<void> ArmorSource::readTail()
{
    QByteArray tail(mostBlanks, '\0');
    const std::size_t got = TRY(m_source.read(std::as_writable_bytes(std::span(tail.data(), std::size_t(mostBlanks)))));
    if (got == std::size_t(mostBlanks) || !isBlank(QByteArrayView(tail).first(static_cast<qsizetype>(got))))
        return ageInvalidArmor(ArmorText::tr("something follows its last line."));
    return {};
}

Result<bool> startsArmor(BufferedSource &source)
{
    const QByteArrayView start = TRY(source.peek(2 * mostBlanks));
    const auto text = std::ranges::find_if_not(start, [](char c) { return isBlank(c); });
    return start.sliced(text - start.begin()).startsWith("-----BEGIN");
}

QByteArray toArmor(QByteArrayView file)
{
    const QByteArray text = QByteArray::fromRawData(file.data(), file.size()).toBase64();
    QByteArray armor;
    armor.reserve(text.size() + text.size() / columns + 80);
    armor.append(beginLine).append('\n');
    for (qsizetype at = 0; at < text.size(); at += columns)
        armor.append(QByteArrayView(text).sliced(at, std::min(columns, text.size() - at))).append('\n');
    return armor.append(endLine).append('\n');
}

} // namespace credenza
