// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <variant>
#include <vector>

namespace credenza
{

/// A value in a row: nothing, a number, text (as UTF-8) or bytes.
using RawValue = std::variant<std::monostate, qint64, QByteArray>;

/// A row as it lies in a page of the file; what table it is of, nobody says.
struct RawRow {
    qint64 rowId = 0;
    std::vector<RawValue> values;

    /// Null if that column is not bytes or text.
    [[nodiscard]] const QByteArray *bytes(std::size_t column) const;
    /// Nothing if that column is not a number.
    [[nodiscard]] std::optional<qint64> number(std::size_t column) const;
};

/// Reads the rows of a vault's file straight from its pages (sqlite.org/fileformat2.html, sections 1.5, 1.6, 2.1),
/// without the trees over them: what lies in a sound page is found though the page that leads to it is lost. Rows come
/// in the order of pages; rows that were replaced may come too, so that the caller has to tell them apart. Nothing in
/// the file is believed: any bytes end in fewer rows, never in more than that. Errors: vault.not-found,
/// vault.unreadable.
[[nodiscard]] Result<void> eachRawRow(const QString &path, const std::function<void(const RawRow &)> &visit);

} // namespace credenza
