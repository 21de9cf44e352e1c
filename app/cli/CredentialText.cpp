// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CredentialText.h"

#include "core/credentials/Environment.h"
#include "core/credentials/KeyExpiry.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct CredentialText {
    Q_DECLARE_TR_FUNCTIONS(CredentialText)
};

constexpr int longestColumn = 48;
constexpr QChar columnEnd = u'\n'; // in no column: each is one line

QString keyText(const KeyCard &key)
{
    return key.type == KeyType::Ec ? u"EC %1"_s.arg(key.curve.simplified()) : u"RSA %1"_s.arg(key.bits);
}

QString lastTestText(const Credential &credential)
{
    if (!credential.lastTest)
        return CredentialText::tr("never tested");
    const QString when = credential.lastTest->at.toUTC().toString(Qt::ISODate);
    return credential.lastTest->passed
               ? CredentialText::tr("passed %1").arg(when)
               : CredentialText::tr("failed %1 %2").arg(when, credential.lastTest->code.simplified());
}

QString shortened(const QString &text)
{
    const QString oneLine = text.simplified();
    return oneLine.size() <= longestColumn ? oneLine : oneLine.first(longestColumn - 1) + u'…';
}

} // namespace

QJsonObject cardJson(const Credential &credential)
{
    QJsonObject json = toJson(credential);
    json.insert(u"environment"_s, nameOf(environmentOf(credential.fhirBaseUrl)));
    return json;
}

QString detailsOf(const Credential &credential)
{
    using Text = CredentialText;
    QStringList lines;
    const auto add = [&lines](const QString &label, const QString &value) {
        if (!value.isEmpty())
            lines.append(u"%1 %2"_s.arg(label, -15).arg(value));
    };
    add(Text::tr("Name"), credential.name);
    add(Text::tr("Id"), credential.id.toString(QUuid::WithoutBraces));
    add(Text::tr("Description"), credential.description);
    add(Text::tr("Connector"), credential.connector);
    add(Text::tr("FHIR base URL"), credential.fhirBaseUrl);
    add(Text::tr("Environment"), nameOf(environmentOf(credential.fhirBaseUrl)));
    add(Text::tr("Client ID"), credential.clientId);
    add(Text::tr("Key"), u"%1, %2"_s.arg(keyText(credential.key), credential.key.thumbprint));
    add(Text::tr("Key ID"), credential.effectiveKeyId());
    add(Text::tr("Algorithm"), nameOf(credential.algorithm));
    add(Text::tr("Token endpoint"), credential.tokenEndpoint);
    add(Text::tr("JWK Set URL"), credential.jwkSetUrl);
    add(Text::tr("Scopes"), credential.scopes.join(u' '));
    add(Text::tr("Tags"), credential.tags.join(u", "_s));
    add(Text::tr("Proxy"), credential.proxy);
    add(Text::tr("Favorite"), credential.isFavorite ? Text::tr("yes") : QString());
    add(Text::tr("Key expires"), keyExpiryText(credential.keyExpiresAt));
    add(Text::tr("Notes"), credential.notes);
    add(Text::tr("Created"), credential.createdAt.toUTC().toString(Qt::ISODate));
    add(Text::tr("Changed"), credential.updatedAt.toUTC().toString(Qt::ISODate));
    add(Text::tr("Last test"), lastTestText(credential));
    return lines.join(u'\n');
}

CredentialListing::CredentialListing()
{
    add({CredentialText::tr("NAME"), CredentialText::tr("ENVIRONMENT"), CredentialText::tr("HOST"),
         CredentialText::tr("KEY"), CredentialText::tr("LAST TEST")});
}

void CredentialListing::add(const Credential &credential)
{
    QStringList &place = m_places[credential.fhirBaseUrl];
    if (place.isEmpty())
        place = {nameOf(environmentOf(credential.fhirBaseUrl)), shortened(QUrl(credential.fhirBaseUrl).host())};
    add({shortened(credential.name), place[0], place[1], keyText(credential.key), lastTestText(credential)});
}

void CredentialListing::add(const QStringList &row)
{
    for (qsizetype column = 0; column < columnCount; ++column) {
        auto &width = m_widths[static_cast<std::size_t>(column)];
        width = std::max(width, row[column].size());
    }
    m_rows.push_back(row.join(columnEnd).toUtf8());
}

void CredentialListing::eachLine(const std::function<void(const QString &)> &visit) const
{
    for (const QByteArray &row : m_rows) {
        QString line;
        const QStringList columns = QString::fromUtf8(row).split(columnEnd);
        for (qsizetype column = 0; column < columns.size(); ++column)
            line += columns[column].leftJustified(m_widths[static_cast<std::size_t>(column)] + 2);
        visit(line.trimmed());
    }
}

} // namespace credenza::cli
