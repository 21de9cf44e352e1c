// SPDX-License-Identifier: Apache-2.0
#include "core/keys/PastedText.h"

#include "core/keys/PemBlocks.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace credenza
{

namespace
{

constexpr char dropped = 0;

/// Backslash sequences of JSON, of .env files and of source code, once and twice escaped. Longer ones first.
struct Escape {
    QByteArrayView from;
    char to;
};
constexpr std::array escapes{
    Escape{"\\\\r\\\\n", '\n'}, Escape{"\\\\n", '\n'},  Escape{"\\\\r", '\n'},   Escape{"\\r\\n", '\n'},
    Escape{"\\n", '\n'},        Escape{"\\r", '\n'},    Escape{"\\t", ' '},      Escape{"\\/", '/'},
    Escape{"\\x0a", '\n'},      Escape{"\\x0A", '\n'},  Escape{"\\x0d", '\n'},   Escape{"\\x0D", '\n'},
    Escape{"\\012", '\n'},      Escape{"\\015", '\n'},  Escape{"\\par\n", '\n'}, Escape{"\\par ", '\n'},
    Escape{"\\\"", '"'},        Escape{"\\\r\n", '\n'}, Escape{"\\\n", '\n'},
};

std::optional<int> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? std::optional(lower - 'a' + 10) : std::nullopt;
}

/// The number in `digits` hexadecimal characters at `at`.
std::optional<char32_t> hexNumber(QByteArrayView text, qsizetype at, qsizetype digits)
{
    if (text.size() - at < digits)
        return std::nullopt;
    char32_t number = 0;
    for (qsizetype i = 0; i < digits; ++i) {
        const auto digit = hexDigit(text[at + i]);
        if (!digit)
            return std::nullopt;
        number = number * 16 + static_cast<char32_t>(*digit);
    }
    return number;
}

/// What a character outside ASCII stands for in a key: a plain one, or nothing. None: it stands for itself.
std::optional<char> plainForm(char32_t c)
{
    const auto isIn = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    if (isIn(0xFF01, 0xFF5E)) // full-width forms
        return static_cast<char>(c - 0xFEE0);
    if (c == 0xA0 || isIn(0x2000, 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000)
        return ' ';
    if (c == 0x85 || c == 0x2028 || c == 0x2029)
        return '\n';
    // soft hyphen; zero-width characters and marks of writing direction; byte order mark
    if (c == 0xAD || c == 0x34F || c == 0x180E || isIn(0x200B, 0x200F) || isIn(0x202A, 0x202E) ||
        isIn(0x2060, 0x2069) || c == 0xFEFF)
        return dropped;
    if (isIn(0x2010, 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0x2E3A || c == 0x2E3B)
        return '-';
    if (isIn(0x2018, 0x201B))
        return '\'';
    if (isIn(0x201C, 0x201F) || c == 0xAB || c == 0xBB)
        return '"';
    return std::nullopt;
}

/// The same for the bytes of Windows-1252 that are no UTF-8.
std::optional<char> plainFormOfByte(unsigned char c)
{
    switch (c) {
    case 0x91:
    case 0x92:
        return '\'';
    case 0x93:
    case 0x94:
        return '"';
    case 0x96:
    case 0x97:
        return '-';
    default:
        return plainForm(c);
    }
}

/// A UTF-8 sequence: its code point and how many bytes it takes; one byte that begins none has the length 1.
struct Sequence {
    char32_t codePoint = 0;
    qsizetype length = 1;
    bool isByte = true;
};

Sequence sequenceAt(QByteArrayView text, qsizetype at)
{
    const auto lead = static_cast<unsigned char>(text[at]);
    const qsizetype length = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
    if (length == 1 || lead >= 0xF5 || text.size() - at < length)
        return {lead};
    auto codePoint = static_cast<char32_t>(lead & (0x7F >> length));
    for (qsizetype i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(text[at + i]);
        if ((next & 0xC0) != 0x80)
            return {lead};
        codePoint = (codePoint << 6) | (next & 0x3F);
    }
    return {codePoint, length, false};
}

/// How long the joining of two string literals is that begins with the quote at `at`: `" +` and `"` on the next line,
/// as in source code. 0 if it is none.
qsizetype joinAt(QByteArrayView text, qsizetype at)
{
    constexpr qsizetype longest = 200;
    const qsizetype limit = std::min(text.size(), at + longest);
    qsizetype i = at + 1;
    const auto skipSpace = [&] {
        while (i < limit && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r' || text[i] == '\n'))
            ++i;
    };
    skipSpace();
    if (i >= limit || (text[i] != '+' && text[i] != '.' && text[i] != '&'))
        return 0;
    ++i;
    skipSpace();
    return i < limit && text[i] == text[at] ? i + 1 - at : 0;
}

/// Reads a text from its start to its end and writes it plain.
class Cleaning
{
public:
    Cleaning(QByteArrayView in, PemRepairs &repairs)
        : m_in(in), m_repairs(repairs), m_out(static_cast<std::size_t>(in.size())),
          m_isUrlEncoded(in.contains("BEGIN%20") || in.contains("BEGIN+") || in.contains("-----%0")),
          m_isForm(in.contains("BEGIN+")), m_hasMarkup(in.contains("BEGIN") && in.contains("</")),
          m_hasBackticks(in.contains("-----`n") || in.contains("-----`r"))
    {
    }

    SecretBytes run();

private:
    void put(char c)
    {
        if (c != dropped)
            m_out.bytes()[m_used++] = static_cast<std::byte>(c);
    }
    void putAsItIs(qsizetype length);
    /// Each reads what it is named after at the current place and tells whether there was one.
    bool readEscape();
    bool readMarkup();
    bool readCharacterReference();
    bool readTag();
    bool readUrlEncoding();
    void readBeyondAscii();

    QByteArrayView m_in;
    PemRepairs &m_repairs;
    SecretBytes m_out;
    std::size_t m_used = 0;
    qsizetype m_at = 0;
    bool m_isUrlEncoded;
    bool m_isForm;
    bool m_hasMarkup;
    bool m_hasBackticks;
};

void Cleaning::putAsItIs(qsizetype length)
{
    std::memcpy(m_out.bytes().data() + m_used, m_in.data() + m_at, static_cast<std::size_t>(length));
    m_used += static_cast<std::size_t>(length);
    m_at += length;
}

bool Cleaning::readEscape()
{
    const QByteArrayView rest = m_in.sliced(m_at);
    const auto match = std::ranges::find_if(escapes, [&](const Escape &row) { return rest.startsWith(row.from); });
    if (match != escapes.end()) {
        m_repairs.literalLineBreaks = m_repairs.literalLineBreaks || match->to == '\n';
        put(match->to);
        m_at += match->from.size();
        return true;
    }
    // \u002B: some JSON writers escape the plus and the slash of base64.
    if (!rest.startsWith("\\u") && !rest.startsWith("\\U"))
        return false;
    const auto codePoint = hexNumber(m_in, m_at + 2, 4);
    if (!codePoint)
        return false;
    const std::optional<char> plain =
        *codePoint < 0x80 && *codePoint != 0 ? std::optional(static_cast<char>(*codePoint)) : plainForm(*codePoint);
    if (!plain)
        return false;
    m_repairs.literalLineBreaks = m_repairs.literalLineBreaks || *plain == '\n' || *plain == '\r';
    put(*plain == '\r' ? '\n' : *plain);
    m_at += 6;
    return true;
}

bool Cleaning::readMarkup()
{
    struct Markup {
        QByteArrayView from;
        char to;
    };
    static constexpr std::array markups{
        Markup{"<br>", '\n'},  Markup{"<br/>", '\n'}, Markup{"<br />", '\n'},    Markup{"<BR>", '\n'},
        Markup{"&#10;", '\n'}, Markup{"&#13;", '\n'}, Markup{"&#xA;", '\n'},     Markup{"&#xD;", '\n'},
        Markup{"&#43;", '+'},  Markup{"&#x2B;", '+'}, Markup{"&#47;", '/'},      Markup{"&#x2F;", '/'},
        Markup{"&#61;", '='},  Markup{"&#x3D;", '='}, Markup{"&nbsp;", ' '},     Markup{"&#160;", ' '},
        Markup{"&quot;", '"'}, Markup{"&#34;", '"'},  Markup{"&#8203;", dropped}};
    const QByteArrayView rest = m_in.sliced(m_at);
    const auto match = std::ranges::find_if(markups, [&](const Markup &row) { return rest.startsWith(row.from); });
    if (match == markups.end())
        return readCharacterReference() || readTag();
    m_repairs.unusualCharacters = true;
    put(match->to);
    m_at += match->from.size();
    return true;
}

/// &#45; and &#x2D;, as some web pages write every character.
bool Cleaning::readCharacterReference()
{
    constexpr qsizetype longest = 8;
    const QByteArrayView rest = m_in.sliced(m_at, std::min(longest, m_in.size() - m_at));
    const qsizetype end = rest.indexOf(';');
    if (!rest.startsWith("&#") || end < 3)
        return false;
    const bool isHexadecimal = rest[2] == 'x' || rest[2] == 'X';
    const QByteArrayView digits = rest.first(end).sliced(isHexadecimal ? 3 : 2);
    char32_t number = 0;
    for (const char c : digits) {
        const auto digit = hexDigit(c);
        if (!digit || (!isHexadecimal && *digit > 9))
            return false;
        number = number * (isHexadecimal ? 16 : 10) + static_cast<char32_t>(*digit);
    }
    const auto plain = number < 0x80 && number != 0 ? std::optional(static_cast<char>(number)) : plainForm(number);
    if (digits.isEmpty() || !plain)
        return false;
    m_repairs.unusualCharacters = true;
    put(*plain == '\r' ? '\n' : *plain);
    m_at += end + 1;
    return true;
}

/// An HTML element's start or end: where one is in a key, a line of it ends.
bool Cleaning::readTag()
{
    constexpr qsizetype longest = 200;
    const QByteArrayView rest = m_in.sliced(m_at, std::min(longest, m_in.size() - m_at));
    const qsizetype end = rest.indexOf('>');
    const bool isTag = rest.size() > 2 && (rest[1] == '/' || (rest[1] | 0x20) >= 'a') && (rest[1] | 0x20) <= 'z';
    if (!m_hasMarkup || rest[0] != '<' || !isTag || end < 0)
        return false;
    m_repairs.unusualCharacters = true;
    put('\n');
    m_at += end + 1;
    return true;
}

bool Cleaning::readUrlEncoding()
{
    if (m_in[m_at] == '+' && m_isForm) {
        put(' ');
        ++m_at;
        return true;
    }
    const auto byte = m_in[m_at] == '%' ? hexNumber(m_in, m_at + 1, 2) : std::nullopt;
    if (!byte || *byte == 0 || *byte > 0x7F)
        return false;
    m_repairs.unusualCharacters = true;
    put(*byte == '\r' ? '\n' : static_cast<char>(*byte));
    m_at += 3;
    return true;
}

void Cleaning::readBeyondAscii()
{
    const Sequence sequence = sequenceAt(m_in, m_at);
    const std::optional<char> plain =
        sequence.isByte ? plainFormOfByte(static_cast<unsigned char>(m_in[m_at])) : plainForm(sequence.codePoint);
    if (!plain) {
        putAsItIs(sequence.length);
        return;
    }
    m_repairs.unusualCharacters = true;
    put(*plain);
    m_at += sequence.length;
}

SecretBytes Cleaning::run()
{
    while (m_at < m_in.size()) {
        const char c = m_in[m_at];
        if (static_cast<unsigned char>(c) >= 0x80) {
            readBeyondAscii();
            continue;
        }
        if (c == '\\' && readEscape())
            continue;
        if ((c == '<' || c == '&') && readMarkup())
            continue;
        if (m_hasBackticks && c == '`' && m_at + 1 < m_in.size() && (m_in[m_at + 1] == 'n' || m_in[m_at + 1] == 'r')) {
            m_repairs.literalLineBreaks = true; // PowerShell's escapes
            put('\n');
            m_at += 2;
            continue;
        }
        if (c == '=' && m_in.sliced(m_at).startsWith("=3D")) { // the padding in a quoted-printable mail
            m_at += 3;
            put('=');
            continue;
        }
        if (m_isUrlEncoded && (c == '%' || c == '+') && readUrlEncoding())
            continue;
        if (const qsizetype join = c == '"' || c == '\'' ? joinAt(m_in, m_at) : 0; join > 0) {
            m_at += join;
            continue;
        }
        m_out.bytes()[m_used++] = static_cast<std::byte>(c == '\r' ? '\n' : c);
        ++m_at;
    }
    m_out.truncate(m_used);
    return std::move(m_out);
}

bool isBase64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '=';
}

/// The base64 that begins at `at`: the rest of its line, and the full lines after it where that line was full.
QByteArrayView base64Run(QByteArrayView text, qsizetype at)
{
    constexpr qsizetype fullLine = 60;
    qsizetype end = at;
    for (qsizetype lineStart = at; lineStart < text.size();) {
        qsizetype lineEnd = lineStart;
        while (lineEnd < text.size() && isBase64(text[lineEnd]))
            ++lineEnd;
        const bool isWholeLine = lineEnd == text.size() || text[lineEnd] == '\n';
        if (lineStart > at && (!isWholeLine || lineEnd == lineStart))
            break;
        end = lineEnd;
        if (!isWholeLine || lineEnd - lineStart < fullLine)
            break;
        lineStart = lineEnd + 1;
        while (lineStart < text.size() && text[lineStart] == ' ')
            ++lineStart;
    }
    return text.sliced(at, end - at);
}

} // namespace

std::optional<SecretBytes> utf8OfUtf16(QByteArrayView text)
{
    if (text.size() < 4)
        return std::nullopt;
    const auto byteAt = [&text](qsizetype i) { return static_cast<unsigned char>(text[i]); };
    const bool isLittleEndian = byteAt(0) == 0xFF && byteAt(1) == 0xFE;
    const bool isBigEndian = byteAt(0) == 0xFE && byteAt(1) == 0xFF;
    // Without a mark: "-\0-\0" at the start is clear enough.
    const bool looksLittleEndian = text[0] != 0 && text[1] == 0 && text[2] != 0 && text[3] == 0;
    const bool looksBigEndian = text[0] == 0 && text[1] != 0 && text[2] == 0 && text[3] != 0;
    if (!isLittleEndian && !isBigEndian && !looksLittleEndian && !looksBigEndian)
        return std::nullopt;
    const qsizetype low = isLittleEndian || looksLittleEndian ? 0 : 1;
    const qsizetype start = isLittleEndian || isBigEndian ? 2 : 0;
    SecretBytes utf8(static_cast<std::size_t>(text.size() / 2) * 3);
    std::size_t used = 0;
    const auto put = [&](unsigned byte) { utf8.bytes()[used++] = static_cast<std::byte>(byte); };
    for (qsizetype i = start; i + 1 < text.size(); i += 2) {
        const unsigned unit = byteAt(i + low) | (static_cast<unsigned>(byteAt(i + 1 - low)) << 8);
        if (unit == 0) // the upper halves of UTF-32
            continue;
        if (unit < 0x80) {
            put(unit);
        } else if (unit < 0x800) {
            put(0xC0 | (unit >> 6));
            put(0x80 | (unit & 0x3F));
        } else { // halves of surrogate pairs stay apart: no key holds them
            put(0xE0 | (unit >> 12));
            put(0x80 | ((unit >> 6) & 0x3F));
            put(0x80 | (unit & 0x3F));
        }
    }
    utf8.truncate(used);
    return utf8;
}

SecretBytes cleanedText(QByteArrayView text, PemRepairs &repairs)
{
    return Cleaning(text, repairs).run();
}

std::optional<SecretBytes> unwrappedBase64Pem(QByteArrayView cleaned)
{
    // "-----BEGIN", and that once more
    const bool isTwice = !cleaned.contains("LS0tLS1CRUdJTi");
    const QByteArrayView begin(isTwice ? "TFMwdExTMUNSVWRK" : "LS0tLS1CRUdJTi");
    constexpr int most = 20;
    SecretBytes text(static_cast<std::size_t>(cleaned.size()));
    std::size_t used = 0;
    int found = 0;
    for (qsizetype at = cleaned.indexOf(begin); at >= 0 && found < most; at = cleaned.indexOf(begin, at)) {
        const QByteArrayView run = base64Run(cleaned, at);
        at += run.size();
        const auto decoded = decodedBase64(run);
        if (!decoded || decoded->isEmpty())
            continue;
        std::memcpy(text.bytes().data() + used, decoded->view().data(), decoded->size());
        used += decoded->size();
        if (used < text.size())
            text.bytes()[used++] = std::byte{'\n'};
        ++found;
    }
    if (found == 0)
        return std::nullopt;
    text.truncate(used);
    return text;
}

} // namespace credenza
