// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ResourceWriter.h"

#include <QCoreApplication>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct FhirText {
    Q_DECLARE_TR_FUNCTIONS(FhirText)
};

constexpr qsizetype progressEvery = 1000;

Failure unwritable(const QSaveFile &file)
{
    return fail(ErrorKind::Failed, u"file.unwritable"_s,
                FhirText::tr("%1 can't be written: %2.").arg(file.fileName(), file.errorString()),
                FhirText::tr("Check that the folder exists, that you may write to it, and that there is space."));
}

/// One field of RFC 4180.
QByteArray csvField(QString text)
{
    const bool isPlain = !text.contains(u'"') && !text.contains(u',') && !text.contains(u'\n') && !text.contains(u'\r');
    if (isPlain)
        return text.toUtf8();
    return '"' + text.replace(u'"', u"\"\""_s).toUtf8() + '"';
}

QByteArray csvHead(const QList<ResourceColumn> &columns)
{
    QByteArrayList fields{"resourceType", "id"};
    for (const ResourceColumn &column : columns)
        fields.append(csvField(column.title));
    return fields.join(',') + "\r\n";
}

QByteArray csvLine(const Resource &resource, const QList<ResourceColumn> &columns)
{
    QByteArrayList fields{csvField(resource.type()), csvField(resource.id())};
    for (const ResourceColumn &column : columns)
        fields.append(csvField(cellOf(resource, column).text));
    return fields.join(',') + "\r\n";
}

QByteArray bundleEntry(const Resource &resource, bool isFirst)
{
    QByteArray entry = isFirst ? "\n{" : ",\n{";
    if (!resource.fullUrl.isEmpty()) {
        entry += "\"fullUrl\":" + toJsonString(resource.fullUrl) + ',';
    }
    return entry + "\"resource\":" + toCompactJson(resource.root) + '}';
}

} // namespace

ResourceFormat formatOf(const QString &fileName, qsizetype resources)
{
    const QString suffix = fileName.section(u'.', -1).toLower();
    if (suffix == u"ndjson" || suffix == u"jsonl")
        return ResourceFormat::Ndjson;
    if (suffix == u"csv")
        return ResourceFormat::Csv;
    return resources == 1 ? ResourceFormat::Json : ResourceFormat::Bundle;
}

Result<qsizetype> writeResources(const QString &path, ResourceFormat format, const ResourceSource &next,
                                 const QList<ResourceColumn> &columns, std::stop_token stop,
                                 const SaveProgress &progress)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return unwritable(file);
    QByteArray head;
    if (format == ResourceFormat::Csv)
        head = csvHead(columns);
    else if (format == ResourceFormat::Bundle)
        head = R"({"resourceType":"Bundle","type":"collection","entry":[)";
    if (file.write(head) != head.size())
        return unwritable(file);
    qsizetype count = 0;
    for (;;) {
        if (stop.stop_requested())
            return cancelled(); // the unfinished file goes with its object
        const std::optional<Resource> resource = TRY(next());
        if (!resource)
            break;
        QByteArray piece;
        switch (format) {
        case ResourceFormat::Ndjson:
            piece = toCompactJson(resource->root) + '\n';
            break;
        case ResourceFormat::Bundle:
            piece = bundleEntry(*resource, count == 0);
            break;
        case ResourceFormat::Csv:
            piece = csvLine(*resource, columns);
            break;
        case ResourceFormat::Json:
            piece = toIndentedJson(resource->root) + '\n';
            break;
        }
        if (file.write(piece) != piece.size())
            return unwritable(file);
        if (++count % progressEvery == 0 && progress)
            progress(count);
    }
    if (format == ResourceFormat::Bundle && file.write("\n]}\n") < 0)
        return unwritable(file);
    if (!file.commit())
        return unwritable(file);
    return count;
}

Result<qsizetype> writeResources(const QString &path, ResourceFormat format, const QList<Resource> &resources,
                                 const QList<ResourceColumn> &columns, std::stop_token stop)
{
    qsizetype at = 0;
    return writeResources(
        path, format,
        [&]() -> Result<std::optional<Resource>> {
            return at < resources.size() ? std::optional(resources.at(at++)) : std::nullopt;
        },
        columns, std::move(stop));
}

} // namespace credenza
