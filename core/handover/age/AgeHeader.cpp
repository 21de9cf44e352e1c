// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgeHeader.h"

#include "core/handover/age/AgeErrors.h"
#include "core/handover/age/AgePrimitives.h"

#include <QCoreApplication>

#include <algorithm>

namespace credenza
{

namespace
{

struct HeaderText {
    Q_DECLARE_TR_FUNCTIONS(HeaderText)
};

constexpr QByteArrayView versionLine("age-encryption.org/v1\n");
constexpr qsizetype columns = 64;
/// Real ones have some hundred bytes a recipient; what is longer is not meant to be read.
constexpr qsizetype longestHeader = 4 * 1024 * 1024;
constexpr qsizetype keyBodySize = 32; // file key (16) and tag (16): any other length is an attack (age.md)

/// The header's lines one by one, of bounded length altogether, kept as they are for the MAC.
class HeaderLines
{
public:
    explicit HeaderLines(BufferedSource &source) : m_source(source) {}

    /// Without its line feed.
    [[nodiscard]] Result<QByteArray> next()
    {
        QByteArray line = TRY(m_source.readLine(longestHeader - m_all.size()));
        m_all += line;
        if (!line.endsWith('\n'))
            return ageInvalidHeader(line.isEmpty() && m_all.isEmpty() ? HeaderText::tr("it is empty.")
                                                                      : HeaderText::tr("its head is cut off."));
        line.chop(1);
        return line;
    }
    [[nodiscard]] const QByteArray &all() const { return m_all; }

private:
    BufferedSource &m_source;
    QByteArray m_all;
};

bool isArgument(const QByteArray &text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

Result<AgeStanza> readStanza(const QByteArray &first, HeaderLines &lines)
{
    QList<QByteArray> words = first.split(' ');
    if (words.takeFirst() != "->" || words.isEmpty() || !std::ranges::all_of(words, isArgument))
        return ageInvalidHeader(HeaderText::tr("a recipient's line is malformed."));
    AgeStanza stanza;
    stanza.type = words.takeFirst();
    stanza.arguments = std::move(words);
    for (;;) {
        const QByteArray line = TRY(lines.next());
        const auto bytes = line.size() > columns ? std::nullopt : fromCanonicalBase64(line);
        if (!bytes)
            return ageInvalidHeader(
                HeaderText::tr("a recipient's data is not canonical base64 in lines of %1.").arg(columns));
        stanza.body += *bytes;
        if (line.size() < columns)
            return stanza;
    }
}

Result<void> checkX25519(const AgeStanza &stanza)
{
    const auto share = stanza.arguments.size() == 1 ? fromCanonicalBase64(stanza.arguments.first()) : std::nullopt;
    if (!share || share->size() != 32 || stanza.body.size() != keyBodySize)
        return ageInvalidHeader(HeaderText::tr("an X25519 recipient is malformed."));
    return {};
}

bool isWorkFactor(const QByteArray &text)
{
    return !text.isEmpty() && text.front() != '0' &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<void> checkScrypt(const AgeStanza &stanza)
{
    const auto salt = stanza.arguments.size() == 2 ? fromCanonicalBase64(stanza.arguments.first()) : std::nullopt;
    if (!salt || salt->size() != 16 || stanza.body.size() != keyBodySize || !isWorkFactor(stanza.arguments.last()))
        return ageInvalidHeader(HeaderText::tr("the data for the passphrase is malformed."));
    if (stanza.arguments.last().size() > 2 || workFactorOf(stanza) > highestWorkFactor)
        return ageInvalidHeader(HeaderText::tr("checking its passphrase would take hours and all memory (work factor "
                                               "%1; up to %2 is accepted).")
                                    .arg(QLatin1String(stanza.arguments.last().first(
                                        std::min<qsizetype>(stanza.arguments.last().size(), 12))))
                                    .arg(highestWorkFactor));
    return {};
}

Result<void> checkStanzas(const QList<AgeStanza> &stanzas)
{
    if (stanzas.isEmpty())
        return ageInvalidHeader(HeaderText::tr("it names no recipient."));
    for (const AgeStanza &stanza : stanzas) {
        if (stanza.isScrypt() && stanzas.size() > 1)
            return ageInvalidHeader(HeaderText::tr("a passphrase must be the only way to open it."));
        if (stanza.isScrypt())
            TRY(checkScrypt(stanza));
        if (stanza.isX25519())
            TRY(checkX25519(stanza));
    }
    return {};
}

} // namespace

Result<AgeHeader> readAgeHeader(BufferedSource &source)
{
    // Looked at before a whole line is read: of another kind of file, that could be all of it.
    const QByteArray version = TRY(source.readLine(versionLine.size()));
    if (version != versionLine)
        return ageInvalidHeader(version.isEmpty() ? HeaderText::tr("it is empty.")
                                : version.startsWith("age-encryption.org/")
                                    ? HeaderText::tr("its version is not one that is known.")
                                    : HeaderText::tr("its first line is another."));
    AgeHeader header;
    HeaderLines lines(source);
    for (;;) {
        const QByteArray line = TRY(lines.next());
        if (!line.startsWith("---")) {
            header.stanzas.append(TRY(readStanza(line, lines)));
            continue;
        }
        const auto mac =
            line.size() == 47 && line[3] == ' ' ? fromCanonicalBase64(QByteArrayView(line).sliced(4)) : std::nullopt;
        if (!mac || mac->size() != 32)
            return ageInvalidHeader(HeaderText::tr("the line that ends its head is malformed."));
        header.mac = *mac;
        header.authenticated = versionLine.toByteArray() + lines.all();
        header.authenticated.chop(line.size() + 1 - 3);
        break;
    }
    TRY(checkStanzas(header.stanzas));
    return header;
}

QByteArray authenticatedPart(const QList<AgeStanza> &stanzas)
{
    QByteArray text = versionLine.toByteArray();
    for (const AgeStanza &stanza : stanzas) {
        text += "-> " + stanza.type;
        for (const QByteArray &argument : stanza.arguments)
            text += ' ' + argument;
        text += '\n';
        const QByteArray body = toCanonicalBase64(stanza.body);
        qsizetype at = 0;
        for (; body.size() - at >= columns; at += columns)
            text += body.sliced(at, columns) + '\n';
        text += body.sliced(at) + '\n';
    }
    return text + "---";
}

int workFactorOf(const AgeStanza &stanza)
{
    return stanza.arguments.value(1).toInt();
}

} // namespace credenza
