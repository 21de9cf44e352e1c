// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/HelpText.h"

#include "ui/widgets/LocalizedText.h"

#include <QFile>
#include <QRegularExpression>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

QString fileOf(Field field)
{
    switch (field) {
    case Field::Name:
        return u"name"_s;
    case Field::Description:
        return u"description"_s;
    case Field::Connector:
        return u"connector"_s;
    case Field::FhirBaseUrl:
        return u"fhir-base-url"_s;
    case Field::ClientId:
        return u"client-id"_s;
    case Field::PrivateKey:
        return u"private-key"_s;
    case Field::KeyId:
        return u"key-id"_s;
    case Field::Algorithm:
        return u"algorithm"_s;
    case Field::TokenEndpoint:
        return u"token-endpoint"_s;
    case Field::JwkSetUrl:
        return u"jwk-set-url"_s;
    case Field::Scopes:
        return u"scopes"_s;
    case Field::Tags:
        return u"tags"_s;
    case Field::Notes:
        return u"notes"_s;
    case Field::KeyExpiry:
        return u"key-expiry"_s;
    case Field::AuthorityCertificates:
        return u"authority-certificates"_s;
    case Field::Proxy:
        return u"proxy"_s;
    case Field::ExtraHeaders:
        return u"extra-headers"_s;
    }
    return {};
}

} // namespace

HelpText helpTextOf(Field field, const Connector *connector)
{
    HelpText help;
    QFile file(localizedText(u":/help"_s, fileOf(field) + u".md"_s));
    if (!file.open(QIODevice::ReadOnly))
        return help; // compiled in; a test reads every one
    const QStringList sections = QString::fromUtf8(file.readAll()).split(u"## "_s, Qt::SkipEmptyParts);
    std::array<QString *, 3> paragraphs{&help.whatItIs, &help.whereToFind, &help.example};
    for (qsizetype i = 0; i < sections.size(); i++) {
        const QString body = sections.at(i).section(u'\n', 1).trimmed();
        if (i < std::ssize(paragraphs)) {
            *paragraphs.at(static_cast<std::size_t>(i)) = body;
            continue;
        }
        for (const QString &line : body.split(u'\n', Qt::SkipEmptyParts))
            help.mistakes.append(line.startsWith(u"- ") ? line.mid(2) : line);
    }
    const FieldHelp own = connector ? connector->help.value(nameOf(field)) : FieldHelp();
    if (!own.whereToFind.isEmpty())
        help.whereToFind = own.whereToFind;
    if (!own.example.isEmpty())
        help.example = own.example;
    return help;
}

QString inlineMarkup(const QString &markdown)
{
    static const QRegularExpression code(u"`([^`]+)`"_s);
    static const QRegularExpression strong(u"\\*\\*([^*]+)\\*\\*"_s);
    QString html = markdown.toHtmlEscaped();
    html.replace(code, u"<code>\\1</code>"_s);
    html.replace(strong, u"<b>\\1</b>"_s);
    return html;
}

} // namespace credenza
