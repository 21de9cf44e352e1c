// SPDX-License-Identifier: Apache-2.0
#include "core/handover/reading/LineImports.h"
#include "core/handover/reading/LooseFields.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct SmartFetchText {
    Q_DECLARE_TR_FUNCTIONS(ImportReading)
};

/// A basic string has JSON's escapes; a literal string has none. Nothing for any other value.
std::optional<QString> tomlText(const QString &value)
{
    if (value.size() >= 2 && value.startsWith(u'\'') && value.endsWith(u'\''))
        return value.sliced(1, value.size() - 2);
    const QJsonDocument json = QJsonDocument::fromJson('[' + value.toUtf8() + ']');
    return json.array().size() == 1 && json.array().first().isString() ? std::optional(json.array().first().toString())
                                                                       : std::nullopt;
}

} // namespace

bool looksLikeSmartFetch(QByteArrayView text)
{
    static const QRegularExpression line(u"^\\s*(bulk-)?smart-client-id\\s*="_s, QRegularExpression::MultilineOption);
    return line.match(QString::fromUtf8(text)).hasMatch();
}

Result<void> readSmartFetch(const QString &text, const QString &fallbackName, const QDateTime &now,
                            ImportedCredentialsBuilder &builder)
{
    static const QRegularExpression assignment(u"^\\s*([A-Za-z-]+)\\s*=\\s*(.*?)\\s*$"_s);
    LooseFields fields;
    int number = 0;
    for (const QString &line : text.split(u'\n')) {
        ++number;
        const auto parts = assignment.match(line);
        if (!parts.hasMatch())
            continue;
        const auto value = tomlText(parts.captured(2));
        if (!value)
            return importMalformed(SmartFetchText::tr("line %1 is no text in quotation marks.").arg(number));
        const bool isBulk = parts.captured(1).startsWith(u"bulk-");
        const QString name = isBulk ? parts.captured(1).sliced(5) : parts.captured(1);
        if (!isBulk || !fields.has(name))
            fields.set(name, *value);
    }
    if (!fields.isCredential())
        return importMalformed(SmartFetchText::tr("fhir-url or smart-client-id is missing."));
    if (!fields.value(u"privateKey"_s).trimmed().startsWith(u'{'))
        return importNoPrivateKey(SmartFetchText::tr("smart-key, which names another file"));
    CredentialDraft draft = TRY(fields.takeDraft());
    return builder.add(std::move(draft), {}, fallbackName, now);
}

} // namespace credenza
