// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/JsonDocument.h"

#include <QList>

namespace credenza
{

/// One FHIR resource together with the document it stands in.
struct Resource {
    std::shared_ptr<const JsonDocument> document;
    JsonValue root;
    QString fullUrl; ///< of its Bundle entry; may be empty

    [[nodiscard]] QString type() const { return root[u"resourceType"].brief(); }
    [[nodiscard]] QString id() const { return root[u"id"].brief(); }
    /// "Patient/123"; the type alone where there is no id.
    [[nodiscard]] QString path() const;
};

/// Parses one resource. Errors: those of JsonDocument::parse(), fhir.no-resource where `resourceType` is missing.
[[nodiscard]] Result<Resource> parseResource(QByteArrayView text);

/// How a column's values are shown.
enum class ColumnKind : std::uint8_t { Text, Date, Number, Quiet, Status, Flag, Link };

/// A column of the results table of one type.
struct ResourceColumn {
    QString title;
    QStringList paths; ///< for valuesAt(): the first that has values counts
    ColumnKind kind = ColumnKind::Text;
};

/// One cell: what it reads, and what it leads to.
struct ResourceCell {
    QString text;
    QString reference; ///< of ColumnKind::Link, as it stands in the resource
};

/// The columns that make sense for a type; for one without any of its own: title, status, date, id.
[[nodiscard]] QList<ResourceColumn> columnsFor(const QString &type);
[[nodiscard]] ResourceCell cellOf(const Resource &resource, const ResourceColumn &column);
/// The types with columns of their own.
[[nodiscard]] QStringList typesWithColumns();

/// A piece of a summary's row: text, or a link to another resource or an attachment.
struct SummaryPart {
    QString text;
    QString reference;    ///< to resolve; empty: plain text
    JsonValue attachment; ///< an Attachment element; absent: none
};

/// One line of a summary.
struct SummaryRow {
    QString label;
    QList<SummaryPart> parts;
};

/// A list of like elements, such as the components of an Observation.
struct SummaryTable {
    QString title;
    QStringList head;
    QList<QList<SummaryPart>> rows;
};

/// What a person wants to know of a resource, in reading order.
struct ResourceSummary {
    QString title;    ///< "Blood pressure", "Camila Lopez"; never empty
    QString headline; ///< an Observation's value without its unit; else empty
    QString unit;
    QString subtitle; ///< date and category
    QString status;
    bool isAbnormal = false; ///< an interpretation other than normal
    QList<SummaryTable> tables;
    QList<SummaryRow> rows;
    QString narrative; ///< plain text; empty if there is none
};

/// The title alone, which tables and links need: never empty for a resource.
[[nodiscard]] QString resourceTitle(JsonValue resource);
[[nodiscard]] ResourceSummary summarize(const Resource &resource);

/// One line for a list of unlike resources: "Blood pressure 128 / 82 mmHg".
[[nodiscard]] QString summaryLine(const Resource &resource);

/// The references in a resource (every `reference` string), in order, each once.
[[nodiscard]] QStringList referencesIn(JsonValue resource);

} // namespace credenza
