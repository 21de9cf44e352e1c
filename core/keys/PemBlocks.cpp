// SPDX-License-Identifier: Apache-2.0
#include "core/keys/PemBlocks.h"

#include <algorithm>
#include <array>
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
    return c == '"' || c == '\'' || c == ',' || c == '>' || c == ';' || c == '`' || c == '|' || c == '^';
}

bool isLabelCharacter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '.' || c == '_';
}

/// A BEGIN or END line found in the text.
struct Marker {
    qsizetype start = 0; ///< of its first dash
    qsizetype end = 0;   ///< after its last dash
    QByteArrayView label;
    bool hasFiveDashes = true;
};

/// "BEGIN PRIVATE KEY" as people's tools leave it: with underscores, or without any space.
QString plainLabel(QByteArrayView label)
{
    struct Squeezed {
        QLatin1String label;
        QLatin1String plain;
    };
    constexpr std::array squeezed{
        Squeezed{QLatin1String("PRIVATEKEY"), QLatin1String("PRIVATE KEY")},
        Squeezed{QLatin1String("RSAPRIVATEKEY"), QLatin1String("RSA PRIVATE KEY")},
        Squeezed{QLatin1String("ECPRIVATEKEY"), QLatin1String("EC PRIVATE KEY")},
        Squeezed{QLatin1String("ENCRYPTEDPRIVATEKEY"), QLatin1String("ENCRYPTED PRIVATE KEY")},
        Squeezed{QLatin1String("OPENSSHPRIVATEKEY"), QLatin1String("OPENSSH PRIVATE KEY")},
        Squeezed{QLatin1String("PUBLICKEY"), QLatin1String("PUBLIC KEY")},
        Squeezed{QLatin1String("RSAPUBLICKEY"), QLatin1String("RSA PUBLIC KEY")},
        Squeezed{QLatin1String("CERTIFICATEREQUEST"), QLatin1String("CERTIFICATE REQUEST")}};
    const QString text = QString::fromLatin1(label).replace(u'_', u' ').simplified();
    const auto match = std::ranges::find(squeezed, text, &Squeezed::label);
    return match == squeezed.end() ? text : QString(match->plain);
}

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
        const bool isSqueezed = labelEnd >= text.size() || (text[labelEnd] != ' ' && text[labelEnd] != '_');
        while (labelEnd < labelLimit && isLabelCharacter(text[labelEnd]))
            ++labelEnd;
        qsizetype end = labelEnd;
        while (end < text.size() && text[end] == '-')
            ++end;
        const qsizetype before = dashesEnd - start;
        const qsizetype after = end - labelEnd;
        // Prose such as "BEGIN here" has no dashes; a marker that lost those of one side still has the other's. The
        // bare letters are also in base64, right before the dashes of a true END line.
        const QByteArrayView label = text.sliced(at + word.size(), labelEnd - at - word.size()).trimmed();
        if (before + after < 2 || (isSqueezed && before < 2) || label.isEmpty())
            continue;
        return Marker{start, end, label, before == 5 && after == 5 && dashesEnd == at};
    }
    return std::nullopt;
}

/// What stands before `at` in its line.
QByteArrayView lineStartBefore(QByteArrayView text, qsizetype at)
{
    constexpr qsizetype longest = 100;
    qsizetype start = at;
    while (start > 0 && at - start < longest && text[start - 1] != '\n')
        --start;
    return text.sliced(start, at - start);
}

/// The lines of a body without what a program put before each: grep its file name, diff its plus, source code its
/// comment. None where not every line begins like that, or with nothing but what is skipped anyway.
std::optional<SecretBytes> withoutLinePrefix(QByteArrayView body, QByteArrayView prefix)
{
    const bool isQuoted = std::ranges::all_of(prefix, [](char c) { return isSpace(c) || isQuoting(c); });
    const qsizetype first = body.indexOf('\n');
    if (isQuoted || first < 0 || !body.first(first).trimmed().isEmpty())
        return std::nullopt;
    SecretBytes plain(static_cast<std::size_t>(body.size()));
    std::size_t used = 0;
    for (qsizetype at = first + 1; at < body.size();) {
        qsizetype lineEnd = body.indexOf('\n', at);
        lineEnd = lineEnd < 0 ? body.size() : lineEnd;
        const QByteArrayView line = body.sliced(at, lineEnd - at);
        if (!line.startsWith(prefix) && !prefix.trimmed().startsWith(line.trimmed()))
            return std::nullopt;
        const QByteArrayView rest = line.startsWith(prefix) ? line.sliced(prefix.size()) : QByteArrayView();
        if (!rest.isEmpty())
            std::memcpy(plain.bytes().data() + used, rest.data(), static_cast<std::size_t>(rest.size()));
        used += static_cast<std::size_t>(rest.size());
        plain.bytes()[used++] = std::byte{'\n'};
        at = lineEnd + 1;
    }
    plain.truncate(used);
    return plain;
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
    block.label = plainLabel(label);
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
        const auto begin = findMarker(text, "BEGIN", at);
        if (!begin)
            break;
        noteTextBetween(at, begin->start);
        const auto nextBegin = findMarker(text, "BEGIN", begin->end);
        const qsizetype limit = nextBegin ? nextBegin->start : text.size();
        const auto end = findMarker(text.first(limit), "END", begin->end);
        const bool isClosed = end.has_value();
        const qsizetype bodyEnd = isClosed ? end->start : limit;
        QByteArrayView body = text.sliced(begin->end, bodyEnd - begin->end);
        const std::optional<SecretBytes> unprefixed = withoutLinePrefix(body, lineStartBefore(text, begin->start));
        if (unprefixed) {
            body = unprefixed->charView();
            result.hasTextAround = true;
        }
        PemBlock block = readBlock(begin->label, body, result.repairs);
        if (isClosed)
            block.endLabel = plainLabel(end->label);
        result.repairs.wrongDashes =
            result.repairs.wrongDashes || !begin->hasFiveDashes || (isClosed && !end->hasFiveDashes);
        result.blocks.push_back(std::move(block));
        at = isClosed ? end->end : bodyEnd;
    }
    noteTextBetween(at, text.size());
    return result;
}

std::optional<SecretBytes> decodedBase64(QByteArrayView base64, qsizetype *badCharacterAt, Base64Alphabet alphabet)
{
    const bool isUrlSafe = alphabet == Base64Alphabet::Either && (base64.contains('-') || base64.contains('_')) &&
                           !base64.contains('+') && !base64.contains('/');
    SecretBytes decoded(static_cast<std::size_t>(base64.size()) / 4 * 3 + 3);
    std::size_t size = 0;
    const char *end = nullptr;
    auto *out = reinterpret_cast<unsigned char *>(decoded.bytes().data());
    const auto length = static_cast<std::size_t>(base64.size());
    // Padding is looked at afterwards: it is often lost.
    sodium_base642bin(out, decoded.size(), base64.data(), length, " \t\n\r\v\f\"',>;`|^", &size, &end,
                      isUrlSafe ? sodium_base64_VARIANT_URLSAFE_NO_PADDING : sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
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

std::optional<SecretBytes> decodedHexadecimal(QByteArrayView text)
{
    const QByteArrayView digits = text.startsWith("0x") ? text.sliced(2) : text;
    SecretBytes bytes(static_cast<std::size_t>(digits.size()) / 2 + 1);
    std::size_t size = 0;
    const char *end = nullptr;
    const auto length = static_cast<std::size_t>(digits.size());
    auto *out = reinterpret_cast<unsigned char *>(bytes.bytes().data());
    if (sodium_hex2bin(out, bytes.size(), digits.data(), length, ": ,\n\t\r", &size, &end) != 0 ||
        end != digits.data() + digits.size())
        return std::nullopt;
    bytes.truncate(size);
    return bytes;
}

} // namespace credenza
