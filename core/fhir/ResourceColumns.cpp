// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ResourceColumns.h"

#include "core/fhir/ResourceTypes.h"
#include "core/fhir/ValueText.h"

#include <QCoreApplication>
#include <QHash>

#include <string_view>

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace credenza
{

namespace
{

/// By name; built once, for a table asks for every cell.
const TypeRow *rowFor(const QString &type)
{
    static const QHash<QString, const TypeRow *> rows = [] {
        QHash<QString, const TypeRow *> all;
        for (const std::span<const TypeRow> types : {clinicalTypes(), otherTypes()}) {
            for (const TypeRow &row : types)
                all.insert(QString::fromLatin1(row.type), &row);
        }
        return all;
    }();
    return rows.value(type);
}

QStringList pathsOf(const char *paths)
{
    return QString::fromLatin1(paths).split(u'|', Qt::SkipEmptyParts);
}

ResourceColumn columnOf(const ColumnRow &row)
{
    return {QCoreApplication::translate("ResourceColumns", row.title), pathsOf(row.paths), row.kind};
}

constexpr std::array genericColumns{
    ColumnRow{
        QT_TRANSLATE_NOOP("ResourceColumns", "Date"),
        "date|period|created|issued|authoredOn|recorded|effective[x]|occurrence[x]|dateTime|start|meta.lastUpdated",
        ColumnKind::Date},
    ColumnRow{QT_TRANSLATE_NOOP("ResourceColumns", "Status"), "status|active", ColumnKind::Status},
    ColumnRow{QT_TRANSLATE_NOOP("ResourceColumns", "Subject"), "subject|patient", ColumnKind::Link},
};

constexpr qsizetype longestCell = 500;

} // namespace

QList<ResourceColumn> columnsFor(const QString &type)
{
    QList<ResourceColumn> columns;
    if (const TypeRow *row = rowFor(type)) {
        for (const ColumnRow &column : row->columns) {
            if (column.title != nullptr)
                columns.append(columnOf(column));
        }
    } else {
        for (const ColumnRow &column : genericColumns)
            columns.append(columnOf(column));
        columns.insert(0, {QCoreApplication::translate("ResourceColumns", "Title"), {}, ColumnKind::Text});
    }
    return columns;
}

QStringList typesWithColumns()
{
    QStringList names;
    for (const std::span<const TypeRow> types : {clinicalTypes(), otherTypes()}) {
        for (const TypeRow &row : types)
            names.append(QString::fromLatin1(row.type));
    }
    return names;
}

QStringList titlePaths(const QString &type)
{
    const TypeRow *row = rowFor(type);
    return row == nullptr ? QStringList() : pathsOf(row->title);
}

QStringList datePaths(const QString &type)
{
    const TypeRow *row = rowFor(type);
    return row == nullptr ? pathsOf(genericColumns.front().paths) : pathsOf(row->date);
}

QStringList statusPaths(const QString &type)
{
    if (const TypeRow *row = rowFor(type)) {
        for (const ColumnRow &column : row->columns) {
            if (column.title != nullptr && column.kind == ColumnKind::Status && column.paths != "active"sv)
                return pathsOf(column.paths);
        }
    }
    return {u"status"_s};
}

ResourceCell cellOf(const Resource &resource, const ResourceColumn &column)
{
    if (column.paths.isEmpty())
        return {resourceTitle(resource.root), {}};
    if (column.kind == ColumnKind::Number && column.paths.first() == u"value[x]")
        return {observationQuantity(resource.root).value, {}};
    if (column.paths.first() == u"valueQuantity.unit")
        return {observationQuantity(resource.root).unit, {}};
    for (const QString &path : column.paths) {
        constexpr qsizetype mostLookedAt = 100;
        constexpr qsizetype mostTexts = 4;
        QStringList texts;
        QString reference;
        for (const JsonValue value : valuesAt(resource.root, path).mid(0, mostLookedAt)) {
            if (reference.isEmpty())
                reference = value[u"reference"].brief();
            const QString text = valueText(value).left(longestCell);
            if (!text.isEmpty() && !texts.contains(text))
                texts.append(text);
            if (texts.size() == mostTexts)
                break;
        }
        const bool isOne = column.kind == ColumnKind::Link || column.kind == ColumnKind::Date;
        if (!texts.isEmpty())
            return {isOne ? texts.first() : texts.join(u", "_s), reference};
    }
    return {};
}

} // namespace credenza
