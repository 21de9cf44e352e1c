// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/lint/Repository.h"

#include <QList>
#include <QString>

#include <functional>

namespace credenza::lint
{

/// One place that breaks a rule.
struct Finding {
    QString path;    ///< relative to the root of the repository
    qsizetype line;  ///< 1-based; 0 where the file as a whole is meant
    QString message; ///< what is wrong there

    bool operator==(const Finding &) const = default;
};

/// A rule of the house: pure, from the files to the places that break it.
struct Rule {
    QString id;  ///< also the name of its file in tests/lint/samples
    QString why; ///< shown with its findings
    std::function<QList<Finding>(const Repository &)> check;
};

} // namespace credenza::lint
