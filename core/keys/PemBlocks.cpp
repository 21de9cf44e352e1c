// SPDX-License-Identifier: Apache-2.0
#include "core/keys/PemBlocks.h"

#include <algorithm>
#include <cstring>
#include <sodium.h>

namespace credenza
{

namespace
{

// The longest label in use has some 40 characters; the limits keep hostile text linear to read.
constexpr qsizetype maxLabelLength = 64;
constexpr std::size_t maxBlocks = 200;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/// Characters that quoting leaves around and inside a block and that base64 never has.
bool isQuoting(char c)
{
    return c == '"' || c == '\'' || c == ',' || c == '>' || c == ';' || c == '`' || c == '|';
}

bool isLabelCharacter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '.';
}

/// A BEGIN or END line found in the text.
struct Marker {
    qsizetype start = 0; ///< of its first dash
    qsizetype end = 0;   ///< after its last dash
    QByteArrayView label;
    bool hasFiveDashes = true;
};

/// The next "---BEGIN LABEL---" (or END) at or after `from`. Tolerates any number of dashes.
std::optional<Marker> findMarker(QByteArrayView text, QByteArrayView word, qsizetype from)
{
    for (qsizetype at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
        qsizetype start = at;
        while (start > from && text[start - 1] == ' ')
            --start;
        const qsizetype dashesEnd = start;
        while (start > from && text[start - 1] == '-')
            --start;
        qsizetype labelEnd = at + word.size();
        const qsizetype labelLimit = std::min(text.size(), labelEnd + maxLabelLength);
        while (labelEnd < labelLimit && isLabelCharacter(text[labelEnd]))
            ++labelEnd;
        qsizetype end = labelEnd;
        while (end < text.size() && text[end] == '-')
            ++end;
        const qsizetype before = dashesEnd - start;
        const qsizetype after = end - labelEnd;
        // Prose such as "BEGIN here" has no dashes; a marker that lost those of one side still has the other's.
        if (before + after < 2)
            continue;
        return Marker{start, end, text.sliced(at + word.size(), labelEnd - at - word.size()).trimmed(),
                      before == 5 && after == 5 && dashesEnd == at};
    }
    return std::nullopt;
}

/// The "Name: value" lines at the start of a body (RFC 1421); returns where the base64 starts.
qsizetype headersEnd(QByteArrayView body)
{
    qsizetype end = 0;
    for (qsizetype at = 0; at < body.size();) {
        qsizetype lineEnd = body.indexOf('\n', at);
        lineEnd = lineEnd < 0 ? body.size() : lineEnd;
        const QByteArrayView line = body.sliced(at, lineEnd - at);
        if (line.indexOf(':') > 0)
            end = std::min(lineEnd + 1, body.size());
        else if (!line.trimmed().isEmpty())
            break;
        at = lineEnd + 1;
    }
    return end;
}

bool hasOddLines(QByteArrayView body)
{
    const QByteArrayView trimmed = body.trimmed();
    const qsizetype first = trimmed.indexOf('\n');
    const qsizetype longest = first < 0 ? trimmed.size() : first;
    return longest > 80 || trimmed.indexOf(' ') >= 0;
}

/// The block as RFC 1421 has it: one header a line, an empty line, base64 in lines of 64.
SecretBytes canonicalEncryptedPem(const QString &label, QByteArrayView headers, QByteArrayView base64)
{
    const QByteArray name = label.toLatin1();
    SecretBytes pem(static_cast<std::size_t>(headers.size() + base64.size() * 2 + name.size() * 2 + 64));
    std::size_t used = 0;
    const auto append = [&](QByteArrayView part) {
        std::memcpy(pem.bytes().data() + used, part.data(), static_cast<std::size_t>(part.size()));
        used += static_cast<std::size_t>(part.size());
    };
    append("-----BEGIN ");
    append(name);
    append("-----\n");
    for (qsizetype at = 0; at < headers.size();) {
        qsizetype lineEnd = headers.indexOf('\n', at);
        lineEnd = lineEnd < 0 ? headers.size() : lineEnd;
        const QByteArrayView line = headers.sliced(at, lineEnd - at).trimmed();
        if (!line.isEmpty()) {
            append(line);
            append("\n");
        }
        at = lineEnd + 1;
    }
    append("\n");
    int column = 0;
    for (const char c : base64) {
        if (isSpace(c) || isQuoting(c))
            continue;
        append(QByteArrayView(&c, 1));
        if (++column % 64 == 0)
            append("\n");
    }
    if (column % 64 != 0) // an empty line before END would make it unreadable
        append("\n");
    append("-----END ");
    append(name);
    append("-----\n");
    pem.truncate(used);
    return pem;
}

PemBlock readBlock(QByteArrayView label, QByteArrayView body, PemRepairs &repairs)
{
    PemBlock block;
    block.label = QString::fromLatin1(label).simplified();
    const qsizetype start = headersEnd(body);
    const QByteArrayView headers = body.first(start);
    const QByteArrayView base64 = body.sliced(start);
    block.isEncrypted = headers.indexOf("ENCRYPTED") >= 0;
    repairs.unwrappedLines = repairs.unwrappedLines || hasOddLines(base64);
    if (block.isEncrypted)
        block.canonicalPem = canonicalEncryptedPem(block.label, headers, base64);
    qsizetype badCharacterAt = -1;
    if (auto der = decodedBase64(base64, &badCharacterAt))
        block.der = std::move(*der);
    else
        block.badCharacterAt = badCharacterAt;
    return block;
}

} // namespace

PemText readPemBlocks(const SecretBytes &cleaned, PemRepairs repairs)
{
    PemText result;
    result.repairs = repairs;
    const QByteArrayView text = cleaned.charView();
    qsizetype at = 0;
    const auto noteTextBetween = [&](qsizetype from, qsizetype to) {
        for (qsizetype i = from; i < to && !result.hasTextAround; ++i)
            result.hasTextAround = !isSpace(text[i]) && !isQuoting(text[i]) && text[i] != '-';
    };
    while (result.blocks.size() < maxBlocks) {
        const auto begin = findMarker(text, "BEGIN ", at);
        if (!begin)
            break;
        noteTextBetween(at, begin->start);
        const auto nextBegin = findMarker(text, "BEGIN ", begin->end);
        const qsizetype limit = nextBegin ? nextBegin->start : text.size();
        const auto end = findMarker(text.first(limit), "END ", begin->end);
        const bool isClosed = end.has_value();
        const qsizetype bodyEnd = isClosed ? end->start : limit;
        PemBlock block = readBlock(begin->label, text.sliced(begin->end, bodyEnd - begin->end), result.repairs);
        if (isClosed)
            block.endLabel = QString::fromLatin1(end->label).simplified();
        result.repairs.wrongDashes =
            result.repairs.wrongDashes || !begin->hasFiveDashes || (isClosed && !end->hasFiveDashes);
        result.blocks.push_back(std::move(block));
        at = isClosed ? end->end : bodyEnd;
    }
    noteTextBetween(at, text.size());
    return result;
}

std::optional<SecretBytes> decodedBase64(QByteArrayView base64, qsizetype *badCharacterAt)
{
    SecretBytes decoded(static_cast<std::size_t>(base64.size()) / 4 * 3 + 3);
    std::size_t size = 0;
    const char *end = nullptr;
    auto *out = reinterpret_cast<unsigned char *>(decoded.bytes().data());
    const auto length = static_cast<std::size_t>(base64.size());
    // Padding is looked at afterwards: it is often lost.
    sodium_base642bin(out, decoded.size(), base64.data(), length, " \t\n\r\v\f\"',>;`|", &size, &end,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    const qsizetype stopped = end == nullptr ? 0 : end - base64.data();
    for (qsizetype i = stopped; i < base64.size(); ++i) {
        if (base64[i] != '=' && !isSpace(base64[i]) && !isQuoting(base64[i])) {
            if (badCharacterAt != nullptr)
                *badCharacterAt = i;
            return std::nullopt;
        }
    }
    decoded.truncate(size);
    return decoded;
}

} // namespace credenza
