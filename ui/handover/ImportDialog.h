// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/BackgroundJob.h"
#include "core/handover/ImportPlan.h"
#include "core/handover/age/AgeIdentity.h"
#include "ui/session/VaultSession.h"
#include "ui/widgets/Scrim.h"

namespace credenza
{

class Button;
class CodeBlock;
class DataTable;
class FormField;
class ImportPlanModel;
class Note;
class SecretEdit;
class SegmentedControl;
class TextLabel;

/// "Import credentials": opens what was chosen or dropped, asks for what it is locked with, shows what an import would
/// do, and does that in one step. Reading and decrypting happen on a thread of its own.
class ImportDialog final : public Scrim
{
    Q_OBJECT

public:
    /// `session` must outlive the dialog.
    ImportDialog(const Theme &theme, QWidget &host, VaultSession &session);

    /// Opens the dialog on a file or a folder of PEM files.
    void openPath(const QString &path);
    /// Asks for the file first.
    void choosePath();
    /// Takes an import back that imported() told of.
    void undo(const std::shared_ptr<ImportOutcome> &outcome);

Q_SIGNALS:
    void imported(const std::shared_ptr<credenza::ImportOutcome> &outcome);
    void undone();
    void undoFailed(const credenza::Error &error);

protected:
    [[nodiscard]] QRect panelGeometry() const override;

private:
    struct Read;
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeBody();
    [[nodiscard]] QWidget *makeFoot();
    void readPath();
    void unlock();
    /// With the identities that the vault keeps; asks for one where none of them fits.
    void tryKeptIdentities();
    void askForSecret();
    using Identities = std::shared_ptr<std::vector<AgeIdentity>>;
    void decryptWith(const Identities &identities);
    void takeRead(Result<Read> read);
    void showPlan(ImportedCredentials imported);
    void showRow(int row);
    void refresh();
    void importNow();
    void fail(const Error &error);
    void reset();

    VaultSession &m_session;
    QString m_path;
    std::shared_ptr<QByteArray> m_encrypted; ///< the file's bytes, as long as they are locked
    bool m_needsPassphrase = false;
    ImportPlanModel *m_model;
    TextLabel *m_file = nullptr;
    Note *m_note = nullptr;
    QWidget *m_lockPage = nullptr;
    FormField *m_secretField = nullptr;
    SecretEdit *m_secret;
    QWidget *m_planPage = nullptr;
    TextLabel *m_summary = nullptr;
    DataTable *m_table = nullptr;
    CodeBlock *m_differences = nullptr;
    SegmentedControl *m_choice = nullptr;
    SegmentedControl *m_choiceForAll = nullptr;
    Button *m_next = nullptr;
    BackgroundJob m_job; // last: joins before what it uses goes
};

} // namespace credenza
