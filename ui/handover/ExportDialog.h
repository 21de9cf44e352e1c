// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/Export.h"
#include "ui/session/VaultSession.h"
#include "ui/widgets/Scrim.h"

#include <chrono>

namespace credenza
{

class Badge;
class BundleFields;
class Button;
class CheckBox;
class CodeBlock;
class ExportedFileList;
class ExportFields;
class ExportSubjects;
class FormatList;
class IconButton;
class Note;
class TextLabel;

/// "Export credentials": whom for, in which form, with what consent (mockup 10). Inside the window; writes the file on
/// the vault's thread, then offers it to be dragged elsewhere.
class ExportDialog final : public Scrim
{
    Q_OBJECT

public:
    /// `session` must outlive the dialog.
    ExportDialog(const Theme &theme, QWidget &host, VaultSession &session);

    /// Opens with these credentials; unknown ids are left out. Nothing happens for none.
    void openFor(const QList<QUuid> &ids);
    /// What Nexla calls the parameters here; kept by the caller.
    void setNexlaNames(const NexlaNames &names);
    /// How long the clipboard keeps what is copied; zero: until something else is.
    void setClipboardTime(std::chrono::seconds time);
    /// Writes what is chosen to `path`, as the file dialog of the save button does.
    void saveTo(const QString &path);
    [[nodiscard]] QString suggestedName() const;

Q_SIGNALS:
    /// All files were written; `note` says what the receiver should know.
    void exported(const QStringList &paths, const QString &note);
    /// `text` is to go to the clipboard, from where it is cleared after a while.
    void copyRequested(const QString &what, const QString &text);
    void nexlaNamesChanged(const credenza::NexlaNames &names);
    /// The person wants to see this file's folder.
    void folderRequested(const QString &path);

protected:
    [[nodiscard]] QRect panelGeometry() const override;

private:
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeChoice();
    [[nodiscard]] QWidget *makeDetail();
    [[nodiscard]] QWidget *makeDonePage();
    [[nodiscard]] QWidget *makeFoot();
    void showFormat();
    void showDone(const QStringList &paths, const QString &note);
    void showChoice();
    void showPreview();
    void refresh();
    void chooseFile();
    void copyIt();
    void fail(const Error &error);
    [[nodiscard]] const ExportFormat *format() const; ///< null: the bundle
    [[nodiscard]] QString extension() const;
    [[nodiscard]] bool isInTheOpen() const;
    [[nodiscard]] QString objection() const;
    /// What a file with keys in the open means.
    [[nodiscard]] QString warning() const;
    [[nodiscard]] std::shared_ptr<ExportRequest> takeRequest();

    VaultSession &m_session;
    qsizetype m_previewed = 0;
    std::chrono::seconds m_clipboardTime{30};
    FormatList *m_list;
    ExportSubjects *m_subjects;
    QWidget *m_choice = nullptr;
    QWidget *m_done = nullptr;
    Note *m_written = nullptr;
    ExportedFileList *m_files = nullptr;
    TextLabel *m_title = nullptr;
    Badge *m_protection = nullptr;
    Note *m_note = nullptr;
    Button *m_protect = nullptr;
    BundleFields *m_bundle;
    ExportFields *m_fields;
    QWidget *m_preview = nullptr;
    TextLabel *m_previewPlace = nullptr;
    IconButton *m_before = nullptr;
    IconButton *m_after = nullptr;
    CodeBlock *m_code = nullptr;
    CheckBox *m_consent = nullptr;
    Button *m_cancel = nullptr;
    Button *m_copy = nullptr;
    Button *m_save = nullptr;
    Button *m_folder = nullptr;
    Button *m_close = nullptr;
    Note *m_failure = nullptr;
};

} // namespace credenza
