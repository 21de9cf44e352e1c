// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

#include <utility>

namespace credenza
{

/// Names and versions of the libraries this program runs with, for "About" and for reports of faults.
[[nodiscard]] QList<std::pair<QString, QString>> libraryVersions();

} // namespace credenza
