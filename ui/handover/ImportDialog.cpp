// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/ImportDialog.h"

#include "core/base/File.h"
#include "core/handover/VaultIdentities.h"
#include "core/handover/reading/ImportReading.h"
#include "ui/handover/ImportPlanModel.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

/// What the two segmented controls offer, in their order.
constexpr std::array offeredActions{ImportAction::Skip, ImportAction::Replace, ImportAction::Copy};

} // namespace

/// What came of reading: credentials, or a lock to be opened first.
struct ImportDialog::Read {
    ImportedCredentials imported;
    std::shared_ptr<QByteArray> encrypted;
    bool needsPassphrase = false;
};

ImportDialog::ImportDialog(const Theme &theme, QWidget &host, VaultSession &session)
    : Scrim(theme, host, 8), m_session(session), m_model(new ImportPlanModel(this)), m_secret(new SecretEdit(theme))
{
    panel().setAccessibleName(tr("Import credentials"));
    panel().setObjectName(u"importPanel"_s);
    auto *layout = new QVBoxLayout(&panel());
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(new Divider(theme));
    layout->addWidget(makeBody(), 1);
    layout->addWidget(new Divider(theme));
    layout->addWidget(makeFoot());
    connect(this, &Scrim::requestClose, this, [this] {
        m_job = BackgroundJob();
        reset();
        close();
    });
    connect(&m_session, &VaultSession::aboutToLock, this, [this] {
        m_job = BackgroundJob();
        reset();
        closeAtOnce();
    });
    reset();
}

QWidget *ImportDialog::makeHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(24, 12, 16, 12);
    row->addWidget(new TextLabel(theme(), tr("Import credentials"), TextStyle::PageTitle), 1);
    row->addWidget(new KeyCap(theme(), tr("Esc")));
    auto *close = new IconButton(theme(), Icon::Close, tr("Close"));
    row->addWidget(close);
    connect(close, &QAbstractButton::clicked, this, &Scrim::requestClose);
    return head;
}

QWidget *ImportDialog::makeBody()
{
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);
    m_file = new TextLabel(theme(), {}, TextStyle::Mono, Role::Text2);
    m_note = new Note(theme(), NoteKind::Info, {});
    m_note->setObjectName(u"importNote"_s);
    column->addWidget(m_file);
    column->addWidget(m_note);

    m_lockPage = new QWidget;
    auto *lock = new QVBoxLayout(m_lockPage);
    lock->setContentsMargins(0, 0, 0, 0);
    m_secret->edit()->setObjectName(u"importSecret"_s);
    m_secretField = new FormField(theme(), tr("Passphrase of the file"), Requirement::Required, m_secret);
    lock->addWidget(m_secretField);
    lock->addStretch(1);
    column->addWidget(m_lockPage, 1);

    m_planPage = new QWidget;
    auto *plan = new QVBoxLayout(m_planPage);
    plan->setContentsMargins(0, 0, 0, 0);
    plan->setSpacing(8);
    m_summary = new TextLabel(theme(), {}, TextStyle::Heading);
    m_summary->setObjectName(u"importSummary"_s);
    plan->addWidget(m_summary);
    auto *forAll = new QHBoxLayout;
    m_choiceForAll = new SegmentedControl(theme(), tr("For all that differ"), 24);
    m_choiceForAll->setObjectName(u"importForAll"_s);
    m_choice = new SegmentedControl(theme(), tr("For the chosen credential"), 24);
    m_choice->setObjectName(u"importForOne"_s);
    for (const ImportAction action : offeredActions) {
        m_choiceForAll->addSegment(wordFor(action));
        m_choice->addSegment(wordFor(action));
    }
    forAll->addWidget(new TextLabel(theme(), tr("For all that differ"), TextStyle::Small, Role::Text2));
    forAll->addWidget(m_choiceForAll);
    forAll->addStretch(1);
    plan->addLayout(forAll);
    m_table = new DataTable(theme(), tr("What the import would do"));
    m_table->setObjectName(u"importTable"_s);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new RowDelegate(
        theme(), 36, [](const QModelIndex &index) { return CellLook{.text = index.data().toString()}; }, m_table));
    m_table->setColumnShares({30, 15, 30, 25});
    plan->addWidget(m_table, 1);
    auto *forOne = new QHBoxLayout;
    forOne->addWidget(new TextLabel(theme(), tr("For the chosen credential"), TextStyle::Small, Role::Text2));
    forOne->addWidget(m_choice);
    forOne->addStretch(1);
    plan->addLayout(forOne);
    m_differences = new CodeBlock(theme(), tr("What differs"));
    m_differences->setObjectName(u"importDifferences"_s);
    m_differences->setMaximumLines(6);
    m_differences->setWrapping(true);
    plan->addWidget(m_differences);
    column->addWidget(m_planPage, 1);

    connect(m_secret->edit(), &QLineEdit::textChanged, this, &ImportDialog::refresh);
    connect(m_secret->edit(), &QLineEdit::returnPressed, this, &ImportDialog::unlock);
    connect(m_choiceForAll, &SegmentedControl::currentChanged, this, [this](int index) {
        if (m_model->plan() != nullptr)
            m_model->chooseForAll(offeredActions[static_cast<std::size_t>(index)]);
        showRow(m_table->currentIndex().row());
    });
    connect(m_choice, &SegmentedControl::currentChanged, this, [this](int index) {
        if (m_model->plan() != nullptr && m_table->currentIndex().isValid())
            m_model->choose(m_table->currentIndex().row(), offeredActions[static_cast<std::size_t>(index)]);
        refresh();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { showRow(current.row()); });
    return body;
}

QWidget *ImportDialog::makeFoot()
{
    auto *foot = new QWidget;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(24, 16, 24, 16);
    row->setSpacing(12);
    auto *other = new Button(theme(), tr("Choose another &file…"), ButtonKind::Quiet);
    auto *cancel = new Button(theme(), tr("Cancel"));
    m_next = new Button(theme(), tr("&Import"), ButtonKind::Primary);
    m_next->setObjectName(u"importNext"_s);
    row->addWidget(other);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(m_next);
    connect(other, &Button::clicked, this, &ImportDialog::choosePath);
    connect(cancel, &Button::clicked, this, &Scrim::requestClose);
    connect(m_next, &Button::clicked, this, [this] { m_encrypted ? unlock() : importNow(); });
    return foot;
}

void ImportDialog::reset()
{
    m_encrypted.reset();
    m_secret->clear();
    m_model->setPlan(nullptr);
    m_lockPage->hide();
    m_planPage->hide();
    m_note->hide();
    m_next->setBusy(false);
    refresh();
}

void ImportDialog::choosePath()
{
    auto *dialog = new QFileDialog(parentWidget(), tr("Import credentials"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ImportDialog::openPath);
    dialog->open();
}

void ImportDialog::openPath(const QString &path)
{
    reset();
    m_path = path;
    m_file->setContent(QFileInfo(path).fileName());
    if (!isOpen())
        open(m_next);
    readPath();
}

void ImportDialog::readPath()
{
    m_next->setBusy(true);
    const QDateTime now = toDateTime(m_session.clock().now());
    const auto work = [path = m_path, now](const std::stop_token &stop) -> Result<Read> {
        if (QFileInfo(path).isDir())
            return Read{TRY(readPemFolder(path, now)), nullptr, false};
        const SecretBytes contents = TRY(readSecretFile(path, qint64{largestImport}));
        if (importSourceOf(contents.charView()) == ImportSource::Readable)
            return Read{TRY(readImport(contents, path, now, stop)), nullptr, false};
        MemorySource source(contents.view());
        const AgeLock lock = TRY(inspectAge(source));
        // Encrypted: nothing to protect.
        return Read{{}, std::make_shared<QByteArray>(contents.copyToUnprotectedByteArray()), lock.isPassphrase};
    };
    m_job = runInBackground<Read>(this, work, [this](Result<Read> read) { takeRead(std::move(read)); });
}

void ImportDialog::takeRead(Result<Read> read)
{
    m_next->setBusy(false);
    if (!read) {
        fail(read.error());
        refresh();
        return;
    }
    if (!read->encrypted) {
        showPlan(std::move(read->imported));
        return;
    }
    m_encrypted = read->encrypted;
    m_needsPassphrase = read->needsPassphrase;
    if (m_needsPassphrase)
        askForSecret();
    else
        tryKeptIdentities();
}

void ImportDialog::tryKeptIdentities()
{
    m_next->setBusy(true);
    const auto work = [](Vault &vault) -> Result<Identities> {
        return std::make_shared<std::vector<AgeIdentity>>(TRY(openIdentities(vault)));
    };
    m_session.withVault<Identities>(this, work, [this, file = m_encrypted](const Result<Identities> &kept) {
        if (file != m_encrypted || !m_encrypted)
            return; // another file was chosen meanwhile
        if (kept && !(*kept)->empty()) {
            decryptWith(*kept);
            return;
        }
        m_next->setBusy(false);
        askForSecret();
        if (!kept)
            fail(kept.error());
    });
}

void ImportDialog::decryptWith(const Identities &identities)
{
    const QDateTime now = toDateTime(m_session.clock().now());
    const auto work = [identities, file = m_encrypted, path = m_path,
                       now](const std::stop_token &stop) -> Result<Read> {
        AgeKeys keys;
        keys.identities = std::move(*identities);
        return Read{TRY(readEncryptedImport(*file, keys, path, now, stop)), nullptr, false};
    };
    m_job = runInBackground<Read>(this, work, [this](Result<Read> read) {
        m_next->setBusy(false);
        if (read) {
            m_encrypted.reset();
            takeRead(std::move(read));
        } else {
            askForSecret(); // of somebody else's identity
            if (read.error().code != u"age.no-match")
                fail(read.error());
        }
    });
}

void ImportDialog::askForSecret()
{
    m_secretField->setLabel(m_needsPassphrase ? tr("Passphrase of the file") : tr("Identity"));
    m_secretField->setHelp(m_needsPassphrase ? tr("The sender chose it; it is not your vault's passphrase.")
                                             : tr("AGE-SECRET-KEY-1…, whose recipient the sender used."));
    m_lockPage->show();
    m_secret->edit()->setFocus();
    refresh();
}

void ImportDialog::unlock()
{
    if (!m_encrypted || m_secret->text().isEmpty() || m_next->isBusy())
        return;
    m_note->hide();
    m_next->setBusy(true);
    const QDateTime now = toDateTime(m_session.clock().now());
    const auto secret = std::make_shared<SecretBytes>(m_secret->take());
    const auto work = [secret, file = m_encrypted, path = m_path, now,
                       isPassphrase = m_needsPassphrase](const std::stop_token &stop) -> Result<Read> {
        AgeKeys keys;
        if (isPassphrase)
            keys.passphrase = [&]() -> Result<SecretBytes> { return secret->clone(); };
        else
            keys.identities = std::move(TRY(readAgeIdentities(*secret)).identities);
        return Read{TRY(readEncryptedImport(*file, keys, path, now, stop)), nullptr, false};
    };
    m_job = runInBackground<Read>(this, work, [this](Result<Read> read) {
        const bool isOpened = read.has_value();
        if (isOpened)
            m_encrypted.reset();
        takeRead(std::move(read));
        if (!isOpened)
            m_secret->edit()->setFocus();
    });
}

void ImportDialog::showPlan(ImportedCredentials imported)
{
    const QStringList notes = imported.notes;
    m_lockPage->hide();
    m_model->setPlan(std::make_shared<ImportPlan>(planImport(std::move(imported), m_session.credentials())));
    m_planPage->show();
    if (!notes.isEmpty()) {
        m_note->setNote(NoteKind::Warning, notes.join(u'\n'));
        m_note->show();
    }
    m_choiceForAll->setCurrentIndex(0);
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
    m_table->setFocus();
    refresh();
}

void ImportDialog::showRow(int row)
{
    const bool isRow = m_model->plan() != nullptr && row >= 0 && row < m_model->rowCount();
    QString text;
    if (isRow) {
        const PlannedImport &planned = m_model->entry(row);
        text = planned.reason;
        for (const ImportDifference &difference : planned.differences)
            text += (text.isEmpty() ? QString() : u"\n"_s) +
                    tr("%1: “%2” in the vault, “%3” in the file")
                        .arg(difference.field, difference.inVault.simplified(), difference.inFile.simplified());
        const QList<ImportAction> choices = planned.choices();
        for (std::size_t i = 0; i < offeredActions.size(); ++i)
            m_choice->setSegmentEnabled(static_cast<int>(i), choices.contains(offeredActions[i]),
                                        tr("There is nothing to choose here."));
        const auto at = std::ranges::find(offeredActions, planned.action);
        if (at != offeredActions.end())
            m_choice->setCurrentIndex(static_cast<int>(at - offeredActions.begin()));
        m_choice->setEnabled(planned.needsChoice());
    }
    m_differences->setVisible(!text.isEmpty());
    m_differences->setCode(text);
    refresh();
}

void ImportDialog::refresh()
{
    if (m_next == nullptr || m_summary == nullptr)
        return;
    const ImportPlan *plan = m_model->plan();
    if (m_encrypted) {
        m_next->setText(tr("&Open"));
        m_next->setDisabledReason(m_secret->text().isEmpty() ? tr("Enter what opens the file.") : QString());
        return;
    }
    const int writes = plan == nullptr ? 0 : plan->writes();
    m_next->setText(plan == nullptr ? tr("&Import") : tr("&Import %n credential(s)", nullptr, writes));
    m_next->setDisabledReason(writes > 0 ? QString() : tr("There is nothing to import."));
    if (plan != nullptr) {
        m_summary->setContent(tr("%1 new, %2 identical, %3 changed, %4 in conflict")
                                  .arg(plan->count(ImportState::New))
                                  .arg(plan->count(ImportState::Identical))
                                  .arg(plan->count(ImportState::Changed))
                                  .arg(plan->count(ImportState::Conflict)));
        m_choiceForAll->setEnabled(std::ranges::any_of(plan->entries, &PlannedImport::needsChoice));
    }
}

void ImportDialog::importNow()
{
    if (m_model->plan() == nullptr || m_model->plan()->writes() == 0 || m_next->isBusy())
        return;
    m_next->setBusy(true);
    using Outcome = std::shared_ptr<ImportOutcome>;
    const auto plan = std::make_shared<ImportPlan>(*m_model->plan());
    const auto work = [plan, source = QFileInfo(m_path).fileName()](Vault &vault) -> Result<Outcome> {
        return std::make_shared<ImportOutcome>(TRY(applyImport(vault, *plan, source)));
    };
    m_session.withVault<Outcome>(this, work, [this](Result<Outcome> outcome) {
        m_next->setBusy(false);
        if (!outcome) {
            fail(outcome.error());
            return;
        }
        reset();
        close();
        Q_EMIT imported(*outcome);
    });
}

void ImportDialog::undo(const std::shared_ptr<ImportOutcome> &outcome)
{
    const auto work = [outcome](Vault &vault) -> Result<bool> {
        TRY(undoImport(vault, outcome->undo));
        return true;
    };
    m_session.withVault<bool>(this, work, [this](Result<bool> done) {
        if (done)
            Q_EMIT undone();
        else
            Q_EMIT undoFailed(done.error());
    });
}

void ImportDialog::fail(const Error &error)
{
    m_note->setNote(NoteKind::Error, error.hint.isEmpty() ? error.message : error.message + u' ' + error.hint);
    m_note->show();
    m_note->announce();
}

QRect ImportDialog::panelGeometry() const
{
    const int wide = std::min(theme().scaled(840), width() - 48);
    const int high = std::min(theme().scaled(620), height() - 48);
    return {(width() - wide) / 2, std::max(24, (height() - high) / 3), wide, high};
}

} // namespace credenza
