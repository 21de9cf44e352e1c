// SPDX-License-Identifier: Apache-2.0
#include "core/vault/RawRows.h"

#include "core/vault/PageSums.h"
#include "core/vault/VaultErrors.h"

#include <QFile>

#include <optional>
#include <span>

namespace credenza
{

namespace
{

using Bytes = std::span<const unsigned char>;

constexpr std::size_t usable = vaultPageSize - pageSumSize;
constexpr std::size_t fileHeaderSize = 100; // before the tree's part of page 1
constexpr unsigned char tableLeaf = 0x0d;
constexpr std::size_t leafHeaderSize = 8;
// Ours end far below: cards and keys are some KiB, a bucket of a vault of a million records 240 KiB.
constexpr quint64 largestRow = 4 * 1024 * 1024;
constexpr std::size_t mostColumns = 16;

/// A piece of memory that is read from its beginning, and never beyond its end.
class Cursor
{
public:
    explicit Cursor(Bytes bytes) : m_bytes(bytes) {}

    [[nodiscard]] std::optional<quint64> varint()
    {
        quint64 value = 0;
        for (int i = 0; i < 9; ++i) {
            if (m_bytes.empty())
                return std::nullopt;
            const unsigned char byte = m_bytes.front();
            m_bytes = m_bytes.subspan(1);
            if (i == 8)
                return (value << 8) | byte;
            value = (value << 7) | (byte & 0x7f);
            if ((byte & 0x80) == 0)
                return value;
        }
        return value;
    }
    [[nodiscard]] std::optional<Bytes> take(quint64 size)
    {
        if (size > m_bytes.size())
            return std::nullopt;
        const Bytes taken = m_bytes.first(static_cast<std::size_t>(size));
        m_bytes = m_bytes.subspan(static_cast<std::size_t>(size));
        return taken;
    }
    [[nodiscard]] bool isAtEnd() const { return m_bytes.empty(); }

private:
    Bytes m_bytes;
};

quint64 bigEndian(Bytes bytes)
{
    quint64 value = 0;
    for (const unsigned char byte : bytes)
        value = (value << 8) | byte;
    return value;
}

QByteArray copyOf(Bytes bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

/// Section 2.1: a serial type says what a value is and how long.
std::optional<RawValue> readValue(quint64 type, Cursor &body)
{
    if (type == 0)
        return RawValue();
    if (type == 8 || type == 9)
        return RawValue(static_cast<qint64>(type - 8));
    if (type >= 12) {
        const auto content = body.take((type - 12) / 2);
        return content ? std::optional(RawValue(copyOf(*content))) : std::nullopt;
    }
    constexpr std::array<quint64, 7> sizes{0, 1, 2, 3, 4, 6, 8};
    if (type >= sizes.size())
        return std::nullopt; // a fraction, which we never write, or reserved
    const auto content = body.take(sizes.at(static_cast<std::size_t>(type)));
    if (!content)
        return std::nullopt;
    const int unused = static_cast<int>(64 - 8 * content->size());
    return RawValue(static_cast<qint64>(bigEndian(*content) << unused) >> unused);
}

std::optional<std::vector<RawValue>> readRecord(Bytes payload)
{
    Cursor whole(payload);
    const auto headerSize = whole.varint();
    if (!headerSize || *headerSize > payload.size())
        return std::nullopt;
    Cursor header(payload.first(static_cast<std::size_t>(*headerSize)));
    if (!header.varint())
        return std::nullopt;
    Cursor body(payload.subspan(static_cast<std::size_t>(*headerSize)));
    std::vector<RawValue> values;
    while (!header.isAtEnd()) {
        const auto type = header.varint();
        auto value = type ? readValue(*type, body) : std::nullopt;
        if (!value || values.size() == mostColumns)
            return std::nullopt;
        values.push_back(*std::move(value));
    }
    return values;
}

class Pages
{
public:
    explicit Pages(QFile &file) : m_file(file) {}

    [[nodiscard]] quint64 count() const { return static_cast<quint64>(m_file.size()) / vaultPageSize; }
    /// `number` from 1. Nothing if it can't be read.
    [[nodiscard]] std::optional<QByteArray> page(quint64 number) const
    {
        if (number == 0 || number > count() || !m_file.seek(static_cast<qint64>((number - 1) * vaultPageSize)))
            return std::nullopt;
        QByteArray page = m_file.read(static_cast<qint64>(vaultPageSize));
        return page.size() == static_cast<qsizetype>(vaultPageSize) ? std::optional(page) : std::nullopt;
    }
    /// Section 1.6: what does not fit into the cell lies in a chain of pages.
    [[nodiscard]] bool appendOverflow(QByteArray &payload, quint64 first, quint64 size) const
    {
        quint64 next = first;
        for (quint64 steps = 0; static_cast<quint64>(payload.size()) < size; ++steps) {
            const auto page = this->page(next);
            if (!page || steps > count()) // a ring
                return false;
            const Bytes bytes(reinterpret_cast<const unsigned char *>(page->constData()), usable);
            next = bigEndian(bytes.first(4));
            payload.append(copyOf(bytes.subspan(4, std::min<std::size_t>(usable - 4, size - payload.size()))));
        }
        return true;
    }

private:
    QFile &m_file;
};

std::optional<RawRow> readCell(const Pages &pages, Bytes cell)
{
    Cursor cursor(cell);
    const auto size = cursor.varint();
    const auto rowId = cursor.varint();
    if (!size || !rowId || *size > largestRow)
        return std::nullopt;
    constexpr quint64 mostLocal = usable - 35;
    constexpr quint64 leastLocal = (usable - 12) * 32 / 255 - 23;
    quint64 local = *size;
    if (local > mostLocal) {
        const quint64 wanted = leastLocal + (*size - leastLocal) % (usable - 4);
        local = wanted <= mostLocal ? wanted : leastLocal;
    }
    const auto begin = cursor.take(local);
    if (!begin)
        return std::nullopt;
    QByteArray payload = copyOf(*begin);
    if (local < *size) {
        const auto first = cursor.take(4);
        if (!first || !pages.appendOverflow(payload, bigEndian(*first), *size))
            return std::nullopt;
    }
    auto values = readRecord(
        {reinterpret_cast<const unsigned char *>(payload.constData()), static_cast<std::size_t>(payload.size())});
    if (!values)
        return std::nullopt;
    return RawRow{static_cast<qint64>(*rowId), *std::move(values)};
}

} // namespace

const QByteArray *RawRow::bytes(std::size_t column) const
{
    return column < values.size() ? std::get_if<QByteArray>(&values[column]) : nullptr;
}

std::optional<qint64> RawRow::number(std::size_t column) const
{
    const auto *value = column < values.size() ? std::get_if<qint64>(&values[column]) : nullptr;
    return value ? std::optional(*value) : std::nullopt;
}

Result<void> eachRawRow(const QString &path, const std::function<void(const RawRow &)> &visit)
{
    QFile file(path);
    if (!file.exists())
        return vaultNotFound(path);
    if (!file.open(QIODevice::ReadOnly))
        return vaultUnreadable(path);
    const Pages pages(file);
    for (quint64 number = 1; number <= pages.count(); ++number) {
        const auto page = pages.page(number);
        if (!page)
            continue; // a broken sector: the others may be sound
        const Bytes all(reinterpret_cast<const unsigned char *>(page->constData()), usable);
        const Bytes head = all.subspan(number == 1 ? fileHeaderSize : 0);
        if (head[0] != tableLeaf)
            continue;
        const auto cells = static_cast<std::size_t>(bigEndian(head.subspan(3, 2)));
        for (std::size_t cell = 0; cell < cells && leafHeaderSize + 2 * cell + 2 <= head.size(); ++cell) {
            const auto at = static_cast<std::size_t>(bigEndian(head.subspan(leafHeaderSize + 2 * cell, 2)));
            if (at >= usable)
                continue;
            if (const auto row = readCell(pages, all.subspan(at)))
                visit(*row);
        }
    }
    return {};
}

} // namespace credenza
