// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/ExportDialog.h"

#include "core/handover/VaultIdentities.h"
#include "ui/handover/BundleFields.h"
#include "ui/handover/ExportFields.h"
#include "ui/handover/ExportSubjects.h"
#include "ui/handover/ExportedFileList.h"
#include "ui/handover/FormatList.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CheckBox.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/ColumnScrollArea.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/TextLabel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

ExportDialog::ExportDialog(const Theme &theme, QWidget &host, VaultSession &session)
    : Scrim(theme, host, 8), m_session(session), m_list(new FormatList(theme)),
      m_subjects(new ExportSubjects(theme, host, session)), m_bundle(new BundleFields(theme)),
      m_fields(new ExportFields(theme))
{
    panel().setAccessibleName(tr("Export credentials"));
    panel().setObjectName(u"exportPanel"_s);
    auto *layout = new QVBoxLayout(&panel());
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    m_choice = makeChoice();
    m_done = makeDonePage();
    layout->addWidget(makeHead());
    layout->addWidget(new Divider(theme));
    layout->addWidget(m_choice, 1);
    layout->addWidget(m_done, 1);
    layout->addWidget(new Divider(theme));
    layout->addWidget(makeFoot());

    connect(m_list, &FormatList::currentChanged, this, &ExportDialog::showFormat);
    connect(m_bundle, &BundleFields::changed, this, &ExportDialog::refresh);
    connect(m_fields, &ExportFields::changed, this, &ExportDialog::showPreview);
    connect(m_subjects, &ExportSubjects::changed, this, [this] {
        m_consent->setChecked(false); // it was for others
        showFormat();
    });
    connect(this, &Scrim::requestClose, this, [this] {
        m_bundle->clear();
        close();
    });
    connect(&session, &VaultSession::aboutToLock, this, [this] {
        m_subjects->closePicker();
        m_bundle->clear();
        closeAtOnce();
    });
    showChoice();
    showFormat();
}

QWidget *ExportDialog::makeHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(24, 12, 16, 12);
    row->addWidget(new TextLabel(theme(), tr("Export credentials"), TextStyle::PageTitle), 1);
    row->addWidget(new KeyCap(theme(), tr("Esc")));
    auto *close = new IconButton(theme(), Icon::Close, tr("Close"));
    close->setObjectName(u"exportClose"_s);
    row->addWidget(close);
    connect(close, &QAbstractButton::clicked, this, &Scrim::requestClose);
    return head;
}

QWidget *ExportDialog::makeChoice()
{
    auto *choice = new QWidget;
    auto *layout = new QVBoxLayout(choice);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_subjects);
    layout->addWidget(new Divider(theme()));
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    auto *formats = new ColumnScrollArea(u"exportFormats"_s);
    formats->setColumn(m_list);
    formats->setFixedWidth(std::min(theme().scaled(320), 480));
    columns->addWidget(formats);
    columns->addWidget(new Divider(theme(), Qt::Vertical));
    auto *detail = new ColumnScrollArea(u"exportDetail"_s);
    detail->setColumn(makeDetail());
    columns->addWidget(detail, 1);
    layout->addLayout(columns, 1);
    return choice;
}

QWidget *ExportDialog::makeDonePage()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);
    m_written = new Note(theme(), NoteKind::Ok, {});
    m_written->setObjectName(u"exportWritten"_s);
    column->addWidget(m_written);
    auto *hint =
        new TextLabel(theme(), tr("Drag a file from here to where it shall go: a folder, a mail, an upload form."),
                      TextStyle::Body, Role::Text2);
    hint->setWrapping(true);
    column->addWidget(hint);
    m_files = new ExportedFileList(theme());
    column->addWidget(m_files, 1);
    return page;
}

QWidget *ExportDialog::makeDetail()
{
    auto *detail = new QWidget;
    auto *column = new QVBoxLayout(detail);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);
    auto *titleRow = new QHBoxLayout;
    m_title = new TextLabel(theme(), {}, TextStyle::Section);
    m_protection = new Badge(theme(), {});
    titleRow->addWidget(m_title, 1);
    titleRow->addWidget(m_protection);
    column->addLayout(titleRow);
    m_note = new Note(theme(), NoteKind::Info, {});
    m_protect = new Button(theme(), tr("Use a &bundle"), ButtonKind::Quiet, ButtonSize::Small);
    m_protect->setObjectName(u"exportProtect"_s);
    m_note->addAction(m_protect);
    column->addWidget(m_note);
    column->addWidget(m_bundle);
    column->addWidget(m_fields);

    m_preview = new QWidget;
    auto *preview = new QVBoxLayout(m_preview);
    preview->setContentsMargins(0, 0, 0, 0);
    preview->setSpacing(8);
    auto *previewRow = new QHBoxLayout;
    m_previewPlace = new TextLabel(theme(), {}, TextStyle::Small, Role::Text3);
    m_before = new IconButton(theme(), Icon::ChevronLeft, tr("Preview of the credential before"));
    m_after = new IconButton(theme(), Icon::ChevronRight, tr("Preview of the next credential"));
    previewRow->addWidget(new TextLabel(theme(), tr("Preview"), TextStyle::Heading), 1);
    previewRow->addWidget(m_previewPlace);
    previewRow->addWidget(m_before);
    previewRow->addWidget(m_after);
    preview->addLayout(previewRow);
    m_code = new CodeBlock(theme(), tr("Preview"));
    m_code->setObjectName(u"exportPreview"_s);
    m_code->setMaximumLines(14);
    preview->addWidget(m_code);
    column->addWidget(m_preview);
    m_consent = new CheckBox(theme(), {});
    m_consent->setObjectName(u"exportConsent"_s);
    column->addWidget(m_consent);
    m_failure = new Note(theme(), NoteKind::Error, {});
    m_failure->setObjectName(u"exportFailure"_s);
    column->addWidget(m_failure);
    column->addStretch(1);
    connect(m_before, &QAbstractButton::clicked, this, [this] {
        --m_previewed;
        showPreview();
    });
    connect(m_after, &QAbstractButton::clicked, this, [this] {
        ++m_previewed;
        showPreview();
    });
    connect(m_consent, &QCheckBox::toggled, this, &ExportDialog::refresh);
    connect(m_protect, &Button::clicked, this, [this] { m_list->setCurrent(bundleFormatId()); });
    return detail;
}

QWidget *ExportDialog::makeFoot()
{
    auto *foot = new QWidget;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(24, 16, 24, 16);
    row->setSpacing(12);
    row->addWidget(new IconLabel(theme(), Icon::Activity, Role::Text3, 14));
    row->addWidget(new TextLabel(theme(), tr("Recorded in Activity"), TextStyle::Small, Role::Text2), 1);
    m_cancel = new Button(theme(), tr("Cancel"));
    m_cancel->setObjectName(u"exportCancel"_s);
    m_copy = new Button(theme(), {});
    m_copy->setLeadingIcon(Icon::Copy);
    m_copy->setObjectName(u"exportCopy"_s);
    setClipboardTime(m_clipboardTime);
    m_save = new Button(theme(), tr("&Save…"), ButtonKind::Primary);
    m_save->setLeadingIcon(Icon::Save);
    m_save->setObjectName(u"exportSave"_s);
    m_folder = new Button(theme(), tr("Open the &folder"));
    m_folder->setLeadingIcon(Icon::FolderOpen);
    m_folder->setObjectName(u"exportFolder"_s);
    m_close = new Button(theme(), tr("&Done"), ButtonKind::Primary);
    m_close->setObjectName(u"exportDone"_s);
    for (Button *button : {m_cancel, m_copy, m_save, m_folder, m_close})
        row->addWidget(button);
    connect(m_cancel, &Button::clicked, this, &Scrim::requestClose);
    connect(m_copy, &Button::clicked, this, &ExportDialog::copyIt);
    connect(m_save, &Button::clicked, this, &ExportDialog::chooseFile);
    connect(m_folder, &Button::clicked, this,
            [this] { Q_EMIT folderRequested(m_files->item(0)->data(Qt::UserRole).toString()); });
    connect(m_close, &Button::clicked, this, &Scrim::requestClose);
    return foot;
}

void ExportDialog::setClipboardTime(std::chrono::seconds time)
{
    m_clipboardTime = time;
    const auto seconds = static_cast<int>(time.count());
    m_copy->setText(seconds > 0 ? tr("&Copy, clear in %n s", nullptr, seconds) : tr("&Copy"));
}

void ExportDialog::openFor(const QList<QUuid> &ids)
{
    m_subjects->setIds(ids);
    if (m_subjects->ids().isEmpty())
        return;
    m_consent->setChecked(false);
    m_bundle->clear();
    showChoice();
    showFormat();
    open(m_list->firstFocus());
    using Identities = QList<KeptIdentity>;
    const auto work = [](Vault &vault) { return keptIdentities(vault); };
    m_session.withVault<Identities>(this, work, [this](const Result<Identities> &kept) {
        QStringList own;
        for (const KeptIdentity &identity : kept ? *kept : Identities()) // without them there is nothing to offer
            own.append(identity.recipient);
        m_bundle->setOwnRecipients(own);
    });
}

void ExportDialog::showChoice()
{
    m_done->hide();
    m_choice->show();
    m_folder->hide();
    m_close->hide();
    m_cancel->show();
    m_save->show();
    refresh();
}

void ExportDialog::showDone(const QStringList &paths, const QString &note)
{
    m_files->setPaths(paths);
    const QString written = paths.size() == 1 ? tr("Written to %1.").arg(paths.first())
                                              : tr("%n files were written.", nullptr, static_cast<int>(paths.size()));
    m_written->setNote(NoteKind::Ok, note.isEmpty() ? written : written + u'\n' + note);
    m_choice->hide();
    m_done->show();
    m_cancel->hide();
    m_save->hide();
    m_copy->hide();
    m_folder->show();
    m_close->show();
    m_close->setFocus();
    m_written->announce();
}

void ExportDialog::setNexlaNames(const NexlaNames &names)
{
    m_fields->setNexlaNames(names);
}

const ExportFormat *ExportDialog::format() const
{
    return exportFormatById(m_list->current());
}

QString ExportDialog::extension() const
{
    return format() == nullptr ? u".credenza.age"_s : format()->extension;
}

bool ExportDialog::isInTheOpen() const
{
    return format() != nullptr && format()->holdsKeys && m_fields->options().isWithKeys;
}

void ExportDialog::showFormat()
{
    m_previewed = 0;
    m_failure->hide();
    m_bundle->setVisible(format() == nullptr);
    m_preview->setVisible(format() != nullptr);
    m_title->setContent(format() == nullptr ? tr("Encrypted bundle") : format()->title);
    m_fields->showFor(format());
    showPreview();
}

void ExportDialog::showPreview()
{
    const qsizetype count = m_subjects->ids().size();
    m_previewed = std::clamp<qsizetype>(m_previewed, 0, std::max<qsizetype>(count - 1, 0));
    m_before->setEnabled(m_previewed > 0);
    m_after->setEnabled(m_previewed + 1 < count);
    m_previewPlace->setContent(isInTheOpen() ? tr("%1 of %2, key hidden").arg(m_previewed + 1).arg(count)
                                             : tr("%1 of %2").arg(m_previewed + 1).arg(count));
    const Credential *credential = count > 0 ? m_session.credential(m_subjects->ids()[m_previewed]) : nullptr;
    if (format() != nullptr && credential != nullptr) {
        const auto preview = exportPreview(*format(), *credential, m_fields->options());
        m_code->setCode(preview ? *preview : preview.error().message);
    }
    Q_EMIT nexlaNamesChanged(m_fields->options().nexla);
    refresh();
}

QString ExportDialog::objection() const
{
    if (format() == nullptr)
        return m_bundle->objection();
    return isInTheOpen() && !m_consent->isChecked() ? tr("Tick the box above first: the file holds private keys.")
                                                    : QString();
}

QString ExportDialog::warning() const
{
    const auto count = static_cast<int>(m_subjects->ids().size());
    const int production = m_subjects->production();
    const QString keys =
        production == count
            ? tr("The file holds %n private key(s) of production credentials, unencrypted.", nullptr, count)
        : production > 0
            ? tr("The file holds %n private key(s), unencrypted; some are of production credentials.", nullptr, count)
            : tr("The file holds %n private key(s), unencrypted.", nullptr, count);
    const QString advice =
        tr("Anyone who can read it can do everything these apps may. Prefer an encrypted bundle where "
           "the receiver can open one.");
    return keys + u' ' + advice + (format()->note.isEmpty() ? QString() : u'\n' + format()->note);
}

void ExportDialog::refresh()
{
    if (m_save == nullptr || m_choice->isHidden())
        return;
    const auto count = static_cast<int>(m_subjects->ids().size());
    const bool isOpen = isInTheOpen();
    const bool isBundle = format() == nullptr;
    const bool isWithKeys = m_fields->options().isWithKeys;
    m_protection->setBadge(isOpen     ? BadgeText{BadgeKind::Error, tr("Private key in the open"), Icon::Unlock}
                           : isBundle ? BadgeText{BadgeKind::Ok, tr("Encrypted"), Icon::Lock}
                                      : BadgeText{BadgeKind::Ok, tr("No private key"), Icon::Lock});
    m_protect->setVisible(isOpen);
    if (isOpen)
        m_note->setNote(NoteKind::Error, warning());
    else if (isBundle)
        m_note->setNote(NoteKind::Info,
                        tr("Credenza and every program for the age format open it: age -d FILE.") +
                            (isWithKeys
                                 ? QString()
                                 : u'\n' + tr("Without private keys, the receiver can't import them as new ones.")));
    else
        m_note->setNote(NoteKind::Info,
                        format()->note.isEmpty() ? tr("Public keys only: nothing in it is secret.") : format()->note);
    m_consent->setVisible(isOpen);
    m_consent->setText(tr("I &understand that this file holds %n private key(s) without encryption", nullptr, count));
    m_save->setKind(isOpen ? ButtonKind::Danger : ButtonKind::Primary);
    m_save->setText(isOpen ? tr("&Save with private keys…") : tr("&Save…"));
    m_save->setDisabledReason(objection());
    m_copy->setVisible(!isBundle && (count == 1 || !format()->isOneFileEach));
    m_copy->setDisabledReason(objection());
}

std::shared_ptr<ExportRequest> ExportDialog::takeRequest()
{
    auto request = std::make_shared<ExportRequest>();
    request->format = m_list->current();
    request->credentials = m_subjects->ids();
    request->options = m_fields->options();
    if (format() == nullptr)
        request->target = m_bundle->takeTarget();
    return request;
}

QString ExportDialog::suggestedName() const
{
    const QList<QUuid> &ids = m_subjects->ids();
    const Credential *only = ids.size() == 1 ? m_session.credential(ids.first()) : nullptr;
    return (only != nullptr ? slugOf(only->name) : u"credentials"_s) + extension();
}

void ExportDialog::chooseFile()
{
    if (!objection().isEmpty())
        return;
    auto *dialog = new QFileDialog(this, tr("Export credentials"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestedName());
    connect(&m_session, &VaultSession::aboutToLock, dialog, &QDialog::reject);
    connect(dialog, &QFileDialog::fileSelected, this, &ExportDialog::saveTo);
    dialog->open();
}

void ExportDialog::fail(const Error &error)
{
    m_failure->setNote(NoteKind::Error, error.hint.isEmpty() ? error.message : error.message + u' ' + error.hint);
    m_failure->show();
    m_failure->announce();
}

void ExportDialog::saveTo(const QString &path)
{
    if (const QString why = objection(); !why.isEmpty()) {
        fail({ErrorKind::InvalidInput, u"export.not-ready"_s, why, {}});
        return;
    }
    struct Written {
        QStringList paths;
        QString note;
    };
    m_failure->hide();
    m_save->setBusy(true);
    const auto work = [request = takeRequest(), path, suffix = extension(),
                       &session = m_session](Vault &vault) -> Result<Written> {
        SystemRandom random;
        const ExportedFiles files = TRY(exportCredentials(vault, *request, session.clock(), random));
        const QStringList paths = TRY(writeExport(files, path, suffix));
        return Written{paths, files.note};
    };
    m_session.withVault<Written>(this, work, [this](Result<Written> written) {
        m_save->setBusy(false);
        refresh();
        if (!written) {
            fail(written.error());
            return;
        }
        showDone(written->paths, written->note);
        Q_EMIT exported(written->paths, written->note);
    });
}

void ExportDialog::copyIt()
{
    if (!objection().isEmpty())
        return;
    m_copy->setBusy(true);
    const auto work = [request = takeRequest(), &session = m_session](Vault &vault) -> Result<QString> {
        SystemRandom random;
        const ExportedFiles files = TRY(exportCredentials(vault, *request, session.clock(), random));
        // The clipboard takes a QString; it is cleared there after a while.
        return QString::fromUtf8(files.files.front().contents.charView());
    };
    m_session.withVault<QString>(this, work, [this](Result<QString> text) {
        m_copy->setBusy(false);
        if (text)
            Q_EMIT copyRequested(m_title->content(), *text);
        else
            fail(text.error());
    });
}

QRect ExportDialog::panelGeometry() const
{
    const int wide = std::min(theme().scaled(1032), width() - 48);
    const int high = std::min(theme().scaled(676), height() - 48);
    return {(width() - wide) / 2, std::max(24, (height() - high) / 2), wide, high};
}

} // namespace credenza
