// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/SealedBox.h"

#include <QString>
#include <QUuid>

#include <optional>

namespace credenza
{

/// The state of a vault that this user last saw.
struct SeenRoot {
    quint64 counter = 0;
    SealTag tag{};

    bool operator==(const SeenRoot &) const = default;
};

/// The memory outside the vault that notices when a whole vault file was put back from the past: one small file a vault
/// in `$XDG_STATE_HOME/credenza/seen`. Best effort: without it, or with a damaged one, only that notice is missing, so
/// nothing here fails an operation. Never ahead of the vault: remember() only what has been committed.
class SeenRoots
{
public:
    /// `folder`: where the files are; by default defaultFolder().
    explicit SeenRoots(QString folder = defaultFolder()) : m_folder(std::move(folder)) {}

    [[nodiscard]] static QString defaultFolder();
    [[nodiscard]] std::optional<SeenRoot> lastSeen(const QUuid &vaultId) const;
    /// After the person put back an older copy.
    void forget(const QUuid &vaultId) const;
    void remember(const QUuid &vaultId, const SeenRoot &root) const;

private:
    [[nodiscard]] QString pathFor(const QUuid &vaultId) const;

    QString m_folder;
};

} // namespace credenza
