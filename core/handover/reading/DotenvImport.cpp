// SPDX-License-Identifier: Apache-2.0
#include "core/handover/reading/LineImports.h"
#include "core/handover/reading/LooseFields.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <map>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

/// The value of a line as dotenv readers take it: single quotes keep everything, double quotes know escapes.
QString valueOf(QString text)
{
    text = text.trimmed();
    const bool isQuoted =
        text.size() >= 2 && (text.startsWith(u'"') || text.startsWith(u'\'')) && text.endsWith(text[0]);
    if (!isQuoted)
        return text.section(u" #"_s, 0, 0).trimmed();
    const bool hasEscapes = text.startsWith(u'"');
    text = text.sliced(1, text.size() - 2);
    if (!hasEscapes)
        return text;
    QString value;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\\' || i + 1 == text.size()) {
            value.append(text[i]);
            continue;
        }
        ++i;
        value.append(text[i] == u'n' ? u'\n' : text[i] == u'r' ? u'\r' : text[i] == u't' ? u'\t' : text[i]);
    }
    return value;
}

struct Group {
    LooseFields fields;
    int line = 0;
};

} // namespace

bool looksLikeDotenv(QByteArrayView text)
{
    static const QRegularExpression line(u"^\\s*(export\\s+)?\\w*CLIENT_ID\\s*="_s,
                                         QRegularExpression::MultilineOption);
    return line.match(QString::fromUtf8(text)).hasMatch();
}

Result<void> readDotenv(const QString &text, const QString &fallbackName, const QDateTime &now,
                        ImportedCredentialsBuilder &builder)
{
    static const QRegularExpression assignment(u"^\\s*(?:export\\s+)?(\\w+)\\s*=(.*)$"_s);
    static const QRegularExpression known(
        u"^(\\w*?)(FHIR_BASE_URL|FHIR_URL|CLIENT_ID|KEY_ID|ALGORITHM|TOKEN_URL|SCOPES?|PRIVATE_KEY|PRIVATE_KEY_B64)$"_s);
    std::map<QString, Group> groups; // by what the names start with
    QString comment;
    int number = 0;
    for (const QString &line : text.split(u'\n')) {
        ++number;
        if (line.startsWith(u"# "_s))
            comment = line.sliced(2).trimmed();
        const auto parts = assignment.match(line);
        const auto name = known.match(parts.captured(1));
        if (!name.hasMatch())
            continue;
        const auto [group, isNew] = groups.try_emplace(name.captured(1));
        if (isNew) {
            group->second.line = number;
            group->second.fields.set(u"name"_s, comment);
        }
        comment.clear();
        group->second.fields.set(name.captured(2), valueOf(parts.captured(2)));
    }
    bool hasAny = false;
    for (auto &[prefix, group] : groups) {
        if (!group.fields.isCredential())
            continue;
        hasAny = true;
        if (prefix.startsWith(u"SMART"))
            group.fields.set(u"connector"_s, u"smart-backend"_s);
        CredentialDraft draft = TRY(group.fields.takeDraft());
        TRY(builder.add(std::move(draft), QCoreApplication::translate("ImportReading", "line %1").arg(group.line),
                        fallbackName, now));
    }
    if (!hasAny)
        return importMalformed(
            QCoreApplication::translate("ImportReading", "…_FHIR_BASE_URL and …_CLIENT_ID are missing."));
    return {};
}

} // namespace credenza
