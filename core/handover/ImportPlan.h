// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/ImportedCredentials.h"
#include "core/vault/Vault.h"

#include <QJsonObject>

namespace credenza
{

/// What a credential in the file is to those in the vault.
enum class ImportState {
    New,       ///< neither its id nor its name is there
    Identical, ///< there is nothing to do
    Changed,   ///< the same credential, and the file's is another or a later version of it
    Conflict,  ///< the name belongs to another credential, or the vault's version is the later one
    NoKey      ///< new, but the file has no key for it: can't be imported
};

enum class ImportAction { Add, Skip, Replace, Copy };

/// Stable names for JSON.
[[nodiscard]] QString nameOf(ImportState state);
[[nodiscard]] QString nameOf(ImportAction action);

/// One member that differs, in words.
struct ImportDifference {
    QString field;
    QString inVault;
    QString inFile;
};

/// What is known of one credential of the file, and what shall become of it.
struct PlannedImport {
    Credential credential; ///< as it would be saved
    std::size_t item = 0;  ///< in ImportPlan::imported
    ImportState state = ImportState::New;
    std::optional<Credential> existing;
    QList<ImportDifference> differences;
    QString reason;   ///< why it is a conflict, one sentence
    QString copyName; ///< under which name a copy would be added
    ImportAction action = ImportAction::Add;

    /// What a person may choose for it.
    [[nodiscard]] QList<ImportAction> choices() const;
    /// Whether someone has to choose.
    [[nodiscard]] bool needsChoice() const { return choices().size() > 1; }
};

/// What an import would do. Nothing is written by making or changing it.
struct ImportPlan {
    ImportedCredentials imported;
    std::vector<PlannedImport> entries;

    [[nodiscard]] int count(ImportState state) const;
    /// How many credentials would be written.
    [[nodiscard]] int writes() const;
    /// Chooses for all that need a choice, as far as each allows it; else Skip.
    void chooseForAll(ImportAction action);
};

/// Compares by id and by name. New ones are to be added; where there is a choice, Skip is preset.
[[nodiscard]] ImportPlan planImport(ImportedCredentials imported, const QList<Credential> &inVault);

/// How to take an import back.
struct ImportUndo {
    std::vector<VaultChange> changes;
    SecretBytes keys; ///< of those that were replaced; the changes point into it
};

/// What an import did.
struct ImportOutcome {
    int added = 0;
    int replaced = 0;
    int copied = 0;
    int skipped = 0;
    ImportUndo undo;
};

/// Does what the plan says in one step: all of it, or, with an error, nothing. `source` is what the activity log says
/// the credentials came from, a file's name for example. Errors: those of Vault::saveAll().
[[nodiscard]] Result<ImportOutcome> applyImport(Vault &vault, const ImportPlan &plan, const QString &source = {});
/// Takes it back, in one step. Errors: vault.changed-elsewhere (Conflict) if one was edited since.
[[nodiscard]] Result<void> undoImport(Vault &vault, const ImportUndo &undo);

/// `{"state","name","action","differences":[{"field","vault","file"}],…}`. Holds nothing secret.
[[nodiscard]] QJsonObject toJson(const PlannedImport &planned);

} // namespace credenza
