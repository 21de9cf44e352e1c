// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>
#include <expected>

namespace credenza::sandbox
{

/// What was asked for on the command line.
struct Options {
    quint16 port = 0; ///< 0: any free one
    bool tls = false;
    QString dataDirectory; ///< empty: a private one that goes at the end
    QString clientKey;     ///< empty: made, or taken from the data directory
    QString clientId;      ///< empty: derived from the client's key
    quint64 seed = 1;
    qint64 patients = 200;
    std::chrono::seconds tokenLifetime{3600};
    std::chrono::seconds pagingLifetime{600};
    bool explain = false;
    bool scopeRequired = false;
    bool pageTotal = true;
    QString fault;       ///< of the catalogue; empty: none
    QString stallPrefix; ///< requests whose path begins so are never answered; empty: none
    bool exitWithParent = false;
};

/// Reads the command line; else the exit status, after the help, the version or an error has been printed.
[[nodiscard]] std::expected<Options, int> readOptions(int argc, const char *const *argv);

} // namespace credenza::sandbox
