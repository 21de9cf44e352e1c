// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QStringList>

#include <array>
#include <functional>
#include <vector>

namespace credenza::cli
{

/// The card, with the environment its base URL points to. Never a private key.
[[nodiscard]] QJsonObject cardJson(const Credential &credential);

/// One labelled line for each thing that is set.
[[nodiscard]] QString detailsOf(const Credential &credential);

/// A table with one line a credential: name, environment, host, key, last test. Keeps what is shown of each, not the
/// credentials.
class CredentialListing
{
public:
    CredentialListing();
    void add(const Credential &credential);
    [[nodiscard]] bool isEmpty() const { return m_rows.size() == 1; }
    /// Calls `visit` with each line, that of the heads first.
    void eachLine(const std::function<void(const QString &)> &visit) const;

private:
    static constexpr int columnCount = 5;
    void add(const QStringList &row);

    std::vector<QByteArray> m_rows; // UTF-8, the columns parted by line breaks
    std::array<qsizetype, columnCount> m_widths{};
    QHash<QString, QStringList> m_places; // environment and host of a base URL: many share one
};

} // namespace credenza::cli
