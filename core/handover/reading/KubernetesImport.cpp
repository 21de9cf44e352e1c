// SPDX-License-Identifier: Apache-2.0
#include "core/handover/reading/LineImports.h"
#include "core/handover/reading/LooseFields.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <yaml-cpp/yaml.h>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct KubernetesText {
    Q_DECLARE_TR_FUNCTIONS(ImportReading)
};

LooseFields fieldsOf(const YAML::Node &secret)
{
    LooseFields fields;
    // `data` is what the server gives back, in base64; `stringData` is what is given to it, and wins.
    for (const auto &entry : secret["data"]) {
        const QByteArray decoded = QByteArray::fromBase64(QByteArray::fromStdString(entry.second.as<std::string>()));
        fields.set(QString::fromStdString(entry.first.as<std::string>()), QString::fromUtf8(decoded));
    }
    for (const auto &entry : secret["stringData"])
        fields.set(QString::fromStdString(entry.first.as<std::string>()),
                   QString::fromStdString(entry.second.as<std::string>()));
    if (secret["metadata"] && secret["metadata"]["name"])
        fields.set(u"name"_s, QString::fromStdString(secret["metadata"]["name"].as<std::string>()));
    return fields;
}

Result<void> readSecret(const YAML::Node &secret, const QString &fallbackName, const QDateTime &now, int &found,
                        ImportedCredentialsBuilder &builder)
{
    if (!secret.IsMap() || !secret["kind"])
        return {};
    if (secret["items"] && secret["items"].IsSequence()) {
        for (const auto &item : secret["items"])
            TRY(readSecret(item, fallbackName, now, found, builder));
        return {};
    }
    if (secret["kind"].as<std::string>() != "Secret")
        return {};
    LooseFields fields = fieldsOf(secret);
    if (!fields.isCredential())
        return {};
    ++found;
    const QString position = KubernetesText::tr("Secret %1").arg(fields.value(u"name"_s));
    CredentialDraft draft = TRY(fields.takeDraft());
    return builder.add(std::move(draft), position, fallbackName, now);
}

} // namespace

bool looksLikeKubernetes(QByteArrayView text)
{
    static const QRegularExpression kind(u"[\"']?kind[\"']?\\s*:\\s*[\"']?(Secret|List)\\b"_s);
    return text.contains("apiVersion") && kind.match(QString::fromUtf8(text)).hasMatch();
}

Result<void> readKubernetes(QByteArrayView text, const QString &fallbackName, const QDateTime &now,
                            ImportedCredentialsBuilder &builder)
{
    int found = 0;
    try { // yaml-cpp's way to say what is wrong; it ends here
        for (const YAML::Node &document :
             YAML::LoadAll(std::string(text.data(), static_cast<std::size_t>(text.size()))))
            TRY(readSecret(document, fallbackName, now, found, builder));
    } catch (const YAML::Exception &exception) {
        // Not what(): it may repeat a value.
        return importMalformed(KubernetesText::tr("it is not valid YAML (line %1).").arg(exception.mark.line + 1));
    }
    if (found == 0)
        return importMalformed(KubernetesText::tr("no Secret in it has fhir-base-url and client-id."));
    return {};
}

} // namespace credenza
