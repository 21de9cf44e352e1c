// SPDX-License-Identifier: Apache-2.0
#include "core/handover/reading/ImportReading.h"

#include "core/handover/CredentialBundle.h"
#include "core/handover/reading/JsonImport.h"
#include "core/handover/reading/LineImports.h"
#include "core/handover/reading/LooseFields.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace credenza
{

using namespace Qt::StringLiterals;

ImportSource importSourceOf(QByteArrayView contents)
{
    const QByteArrayView start = contents.first(std::min<qsizetype>(contents.size(), 2048)).trimmed();
    const bool isArmored = start.startsWith("-----BEGIN AGE");
    return isArmored || start.startsWith("age-encryption.org/") ? ImportSource::Encrypted : ImportSource::Readable;
}

Result<ImportedCredentials> readImport(const SecretBytes &contents, const QString &fileName, const QDateTime &now,
                                       std::stop_token stop)
{
    const QByteArrayView text = contents.charView();
    if (looksLikeBundle(text))
        return readBundle(contents, std::move(stop));
    ImportedCredentialsBuilder builder;
    const QString fallbackName = QFileInfo(fileName).baseName();
    const QJsonDocument json = QJsonDocument::fromJson(QByteArray::fromRawData(text.data(), text.size()));
    if (looksLikeKubernetes(text))
        TRY(readKubernetes(text, fallbackName, now, builder));
    else if (json.isArray() || json.isObject())
        TRY(readJsonForm(json.isArray() ? QJsonValue(json.array()) : QJsonValue(json.object()), {}, fallbackName, now,
                         builder));
    else if (looksLikeKeePass(text))
        TRY(readKeePass(text, now, builder));
    else if (looksLikeSmartFetch(text))
        TRY(readSmartFetch(QString::fromUtf8(text), fallbackName, now, builder));
    else if (looksLikeDotenv(text))
        TRY(readDotenv(QString::fromUtf8(text), fallbackName, now, builder));
    else
        return importUnknownFormat();
    return builder.take();
}

Result<ImportedCredentials> readEncryptedImport(QByteArrayView file, const AgeKeys &keys, const QString &fileName,
                                                const QDateTime &now, std::stop_token stop)
{
    const SecretBytes contents = TRY(decryptAge(file, keys, largestImport, stop));
    return readImport(contents, fileName, now, std::move(stop));
}

} // namespace credenza
