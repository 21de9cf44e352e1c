// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ValueText.h"

#include <QRegularExpression>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

constexpr qsizetype longestNarrative = 256 * 1024;

bool endsBlock(QStringView element)
{
    static const QStringList blocks{u"p"_s,     u"div"_s,   u"li"_s,      u"ul"_s,        u"ol"_s, u"tr"_s,
                                    u"table"_s, u"h1"_s,    u"h2"_s,      u"h3"_s,        u"h4"_s, u"h5"_s,
                                    u"h6"_s,    u"thead"_s, u"tbody"_s,   u"pre"_s,       u"br"_s, u"hr"_s,
                                    u"dt"_s,    u"dd"_s,    u"caption"_s, u"blockquote"_s};
    return blocks.contains(element.toString().toLower());
}

bool isHidden(QStringView element)
{
    return element.compare(u"script", Qt::CaseInsensitive) == 0 || element.compare(u"style", Qt::CaseInsensitive) == 0;
}

/// Narrative is XHTML, but `&nbsp;` and its kind come without their declarations.
class NamedEntities final : public QXmlStreamEntityResolver
{
public:
    QString resolveUndeclaredEntity(const QString &name) override
    {
        static const QHash<QString, QString> known{{u"nbsp"_s, u" "_s},  {u"copy"_s, u"©"_s},   {u"reg"_s, u"®"_s},
                                                   {u"deg"_s, u"°"_s},   {u"micro"_s, u"µ"_s},  {u"ndash"_s, u"–"_s},
                                                   {u"mdash"_s, u"—"_s}, {u"hellip"_s, u"…"_s}, {u"plusmn"_s, u"±"_s},
                                                   {u"le"_s, u"≤"_s},    {u"ge"_s, u"≥"_s}};
        return known.value(name, u'&' + name + u';');
    }
};

/// For what is not well-formed: drop everything that stands in angle brackets.
QString withoutTags(QString text)
{
    static const QRegularExpression hidden(u"<(script|style)\\b.*?(</\\1\\s*>|$)"_s,
                                           QRegularExpression::CaseInsensitiveOption |
                                               QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression tag(u"<[^>]*(>|$)"_s);
    text.remove(hidden);
    text.replace(tag, u" "_s);
    return text;
}

QString tidied(const QString &text)
{
    static const QRegularExpression spaces(u"[ \\t\\r\\f\\x{00a0}]+"_s);
    QStringList lines;
    for (const QString &line : text.split(u'\n')) {
        const QString simple = QString(line).replace(spaces, u" "_s).trimmed();
        if (!simple.isEmpty())
            lines.append(simple);
    }
    return lines.join(u'\n');
}

} // namespace

QString narrativeText(const QString &xhtml)
{
    const QString source = xhtml.left(longestNarrative);
    QXmlStreamReader reader(source);
    NamedEntities entities;
    reader.setEntityResolver(&entities);
    QString text;
    int hiddenDepth = 0;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement() && (hiddenDepth > 0 || isHidden(reader.name()))) {
            ++hiddenDepth;
        } else if (reader.isEndElement()) {
            if (hiddenDepth > 0)
                --hiddenDepth;
            else if (endsBlock(reader.name()))
                text += u'\n';
            else if (reader.name() == u"td" || reader.name() == u"th")
                text += u' ';
        } else if (hiddenDepth == 0 && (reader.isCharacters() || reader.isEntityReference())) {
            text += reader.text().toString().replace(u'\n', u' ');
        }
    }
    return tidied(reader.hasError() ? withoutTags(source) : text);
}

} // namespace credenza
