// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/Export.h"
#include "ui/session/VaultSession.h"
#include "ui/widgets/Scrim.h"

class QHBoxLayout;

namespace credenza
{

class Badge;
class BundleFields;
class Button;
class CheckBox;
class CodeBlock;
class ExportFields;
class FormatList;
class IconButton;
class Note;
class TextLabel;

/// "Export credentials": whom for, in which form, with what consent (mockup 10). Inside the window; writes the file on
/// the vault's thread.
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
    /// Writes what is chosen to `path`, as the file dialog of the save button does.
    void saveTo(const QString &path);
    [[nodiscard]] QString suggestedName() const;

Q_SIGNALS:
    /// All files were written; `note` says what the receiver should know.
    void exported(const QStringList &paths, const QString &note);
    /// `text` is to go to the clipboard, from where it is cleared after a while.
    void copyRequested(const QString &what, const QString &text);
    void nexlaNamesChanged(const credenza::NexlaNames &names);

protected:
    [[nodiscard]] QRect panelGeometry() const override;

private:
    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeChips();
    [[nodiscard]] QWidget *makeDetail();
    [[nodiscard]] QWidget *makeFoot();
    void showChips();
    void showFormat();
    void showPreview();
    void refresh();
    void chooseFile();
    void copyIt();
    void fail(const Error &error);
    [[nodiscard]] const ExportFormat *format() const; ///< null: the bundle
    [[nodiscard]] QString extension() const;
    [[nodiscard]] bool isInTheOpen() const;
    [[nodiscard]] QString objection() const;
    [[nodiscard]] std::shared_ptr<ExportRequest> takeRequest();

    VaultSession &m_session;
    QList<QUuid> m_ids;
    qsizetype m_previewed = 0;
    FormatList *m_list;
    QHBoxLayout *m_chips = nullptr;
    Badge *m_production = nullptr;
    TextLabel *m_title = nullptr;
    Badge *m_protection = nullptr;
    Note *m_note = nullptr;
    BundleFields *m_bundle;
    ExportFields *m_fields;
    QWidget *m_preview = nullptr;
    TextLabel *m_previewPlace = nullptr;
    IconButton *m_before = nullptr;
    IconButton *m_after = nullptr;
    CodeBlock *m_code = nullptr;
    CheckBox *m_consent = nullptr;
    Button *m_copy = nullptr;
    Button *m_save = nullptr;
    Note *m_failure = nullptr;
};

} // namespace credenza
