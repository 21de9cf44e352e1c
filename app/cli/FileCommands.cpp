// SPDX-License-Identifier: Apache-2.0
#include "app/cli/FileCommands.h"

#include "app/cli/CommandContext.h"
#include "core/fhir/ResourceFile.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct FileCommandText {
    Q_DECLARE_TR_FUNCTIONS(FileCommandText)
};

struct FileOptions {
    QString file;
    QString entry;
};

QString shapeName(FileShape shape)
{
    switch (shape) {
    case FileShape::Lines:
        return u"ndjson"_s;
    case FileShape::Bundle:
        return u"bundle"_s;
    case FileShape::Single:
        break;
    }
    return u"resource"_s;
}

QJsonObject toJson(const FileStatistics &statistics)
{
    QJsonObject types;
    for (auto type = statistics.types.begin(); type != statistics.types.end(); ++type)
        types.insert(type.key(), type.value());
    QJsonArray broken;
    for (const FileStatistics::BrokenLine &line : statistics.broken)
        broken.append(QJsonObject{{u"line"_s, line.line}, {u"offset"_s, line.offset}, {u"message"_s, line.problem}});
    return {{u"shape"_s, shapeName(statistics.shape)},
            {u"compressed"_s, statistics.wasCompressed},
            {u"bytes"_s, statistics.bytes},
            {u"lines"_s, statistics.lines},
            {u"resources"_s, statistics.resources},
            {u"types"_s, types},
            {u"brokenCount"_s, statistics.brokenCount},
            {u"broken"_s, broken}};
}

void print(Output &output, const FileStatistics &statistics)
{
    QStringList lines;
    for (auto type = statistics.types.begin(); type != statistics.types.end(); ++type)
        lines.append(u"%1  %2"_s.arg(type.value(), 12).arg(type.key()));
    lines.append(FileCommandText::tr("%1  resources in %2 bytes of %3")
                     .arg(statistics.resources, 12)
                     .arg(statistics.bytes)
                     .arg(shapeName(statistics.shape)));
    for (const FileStatistics::BrokenLine &line : statistics.broken)
        lines.append(
            FileCommandText::tr("Broken: line %1, byte %2: %3").arg(line.line).arg(line.offset).arg(line.problem));
    if (statistics.brokenCount > statistics.broken.size())
        lines.append(
            FileCommandText::tr("… and %1 more broken lines").arg(statistics.brokenCount - statistics.broken.size()));
    output.text(lines.join(u'\n'));
}

Result<ExitStatus> printStatistics(CommandContext &context, const FileOptions &options)
{
    const FileStatistics statistics = TRY(fileStatistics(options.file, context.stop()));
    if (context.output().isJson())
        context.output().json(toJson(statistics));
    else
        print(context.output(), statistics);
    return ExitStatus::Done;
}

Result<ExitStatus> printEntry(CommandContext &context, const FileOptions &options)
{
    const auto file = TRY(ResourceFile::open(options.file, context.stop()));
    std::vector<FileEntry> entries;
    TRY(file->index(context.stop(), [&entries](const std::vector<FileEntry> &found, qint64) {
        entries.insert(entries.end(), found.begin(), found.end());
    }));
    bool isNumber = false;
    const qsizetype line = options.entry.toLongLong(&isNumber);
    if (!isNumber && !options.entry.contains(u'/'))
        return usageError(FileCommandText::tr("Give a line number, or TYPE/ID."));
    const qsizetype at = isNumber ? line - 1 : file->find(entries, options.entry);
    if (at < 0 || at >= std::ssize(entries))
        return fail(ErrorKind::NotFound, u"file.no-entry"_s,
                    FileCommandText::tr("There is no %1 in %2.").arg(options.entry, options.file),
                    FileCommandText::tr("'credenza-cli file stat' tells what it holds."));
    const FileEntry &entry = entries[static_cast<std::size_t>(at)];
    if (entry.type == BlankEntry)
        return fail(ErrorKind::NotFound, u"file.no-entry"_s, FileCommandText::tr("Line %1 is empty.").arg(at + 1));
    const Resource resource = TRY(file->read(entry));
    context.output().bytes(toIndentedJson(resource.root) + '\n');
    return ExitStatus::Done;
}

} // namespace

void addFileCommands(CLI::App &app, Command &selected)
{
    CLI::App *file = app.add_subcommand("file", utf8(FileCommandText::tr("Look into local FHIR files of any size")));
    file->require_subcommand(1);
    const QString description = FileCommandText::tr("NDJSON, a Bundle or a resource; plain or gzip");

    CLI::App *stat = file->add_subcommand(
        "stat", utf8(FileCommandText::tr("Count resources by type, and list broken lines with their position")));
    const auto counted = std::make_shared<FileOptions>();
    addText(*stat, "FILE", counted->file, description, "")->required();
    stat->callback([&selected, counted] {
        selected = [counted](CommandContext &context) { return printStatistics(context, *counted); };
    });

    CLI::App *get = file->add_subcommand("get", utf8(FileCommandText::tr("Print one resource")));
    const auto wanted = std::make_shared<FileOptions>();
    addText(*get, "FILE", wanted->file, description, "")->required();
    addText(*get, "ENTRY", wanted->entry, FileCommandText::tr("Line (or entry of the Bundle) from 1, or TYPE/ID"), "")
        ->required();
    get->callback(
        [&selected, wanted] { selected = [wanted](CommandContext &context) { return printEntry(context, *wanted); }; });
}

} // namespace credenza::cli
