// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/BrowsePage.h"

#include "ui/browse/AttachmentWindow.h"
#include "ui/browse/FilesView.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/TextLabel.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QMimeData>
#include <QResizeEvent>
#include <QShortcut>
#include <QStackedWidget>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

BrowsePage::BrowsePage(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_source(new ComboBox(theme, tr("Credential to browse with"))),
      m_tokenIcon(new IconLabel(theme, Icon::CheckCircle, Role::Ok, 14)),
      m_token(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_server(new TextLabel(theme, {}, TextStyle::Small, Role::Text3)),
      m_requests(new TextLabel(theme, {}, TextStyle::Small, Role::Text3)), m_live(new LiveView(theme)),
      m_files(new FilesView(theme)), m_empty(new EmptyState(theme)), m_stack(new QStackedWidget),
      m_cancelSave(new Button(theme, tr("Cancel saving"), ButtonKind::Quiet, ButtonSize::Compact))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_stack, 1);
    m_empty->setWords(Icon::Browse, tr("Select a credential to see what it can reach."), tr("Back to Authenticate"));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_live);
    m_stack->addWidget(m_files);
    setAcceptDrops(true);
    connect(m_empty, &EmptyState::actionTriggered, this, &BrowsePage::backRequested);
    connect(m_live, &LiveView::copied, this, &BrowsePage::announced);
    connect(m_live, &LiveView::tokenKnown, this, &BrowsePage::showToken);
    connect(m_live, &LiveView::requestCounted, this, [this](int count, int status) {
        m_requests->setContent(count == 0   ? QString()
                               : count == 1 ? tr("1 request, answered %1").arg(status)
                                            : tr("%1 requests, last %2").arg(QLocale().toString(count)).arg(status));
    });
    connect(m_stack, &QStackedWidget::currentChanged, this, &BrowsePage::showRequests);
    connect(m_live, &LiveView::opened, this, [this](const ServerFacts &facts) {
        if (!facts.fhirVersion.isEmpty()) // else the host stays
            m_server->setContent(facts.software.isEmpty() ? tr("FHIR %1").arg(facts.fhirVersion)
                                                          : tr("%1, FHIR %2").arg(facts.software, facts.fhirVersion));
        showToken(facts.tokenLife);
    });
    connect(m_source, &QComboBox::activated, this, [this](int row) {
        if (const QUuid id = m_source->itemData(row).toUuid(); !id.isNull())
            Q_EMIT credentialChosen(id);
        else
            showFiles();
    });
    connect(m_live, &LiveView::saveRequested, this,
            [this](const QList<Resource> &resources, const QList<ResourceColumn> &columns) {
                askWhere(
                    resources.size(),
                    [resources, at = qsizetype(0)]() mutable -> Result<std::optional<Resource>> {
                        return at < resources.size() ? std::optional(resources.at(at++)) : std::nullopt;
                    },
                    columns);
            });
    connect(
        m_files, &FilesView::saveRequested, this,
        [this](const ResourceSource &source, const QList<ResourceColumn> &columns) { askWhere(2, source, columns); });
    const auto showAttachment = [this](const AttachmentContent &content) {
        auto *window = new AttachmentWindow(m_theme, content, this);
        connect(window, &AttachmentWindow::announced, this, &BrowsePage::announced);
        window->show();
    };
    connect(m_live, &LiveView::attachmentArrived, this, showAttachment);
    connect(m_files, &FilesView::attachmentArrived, this, showAttachment);
    connect(m_files, &FilesView::announced, this, &BrowsePage::announced);
    connect(m_files, &FilesView::statusChanged, this, [this](const QString &text) {
        if (m_stack->currentWidget() == m_files)
            m_server->setContent(text);
    });
    connect(m_cancelSave, &QAbstractButton::clicked, this, [this] { m_saving.cancel(); });
    addShortcuts();
    setCredentials({});
    clear();
}

void BrowsePage::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto handler) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, handler);
    };
    const auto showsFiles = [this] { return m_stack->currentWidget() == m_files; };
    add(Qt::CTRL | Qt::SHIFT | Qt::Key_C, [this] { m_live->copyCurl(); });
    // Ctrl+O belongs to the window, which asks this page while it is shown: two shortcuts of one key would do nothing.
    add(Qt::CTRL | Qt::Key_G, [this] { m_files->focusLine(); });
    add(Qt::ALT | Qt::Key_Left, [this, showsFiles] { showsFiles() ? m_files->goBack() : m_live->goBack(); });
    add(Qt::ALT | Qt::Key_Right, [this, showsFiles] { showsFiles() ? m_files->goForward() : m_live->goForward(); });
    add(Qt::Key_Slash, [this, showsFiles] { showsFiles() ? m_files->focusFilter() : m_live->focusFilter(); });
    add(Qt::CTRL | Qt::Key_F, [this, showsFiles] { showsFiles() ? m_files->focusSearch() : m_live->focusSearch(); });
}

QWidget *BrowsePage::makeBar()
{
    auto *bar = new Pane(m_theme, Role::Surface, Qt::BottomEdge);
    bar->setFixedHeight(m_theme.scaled(48));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    m_source->setFixedWidth(m_theme.scaled(288));
    m_source->setPlaceholderText(tr("Choose a credential, or files"));
    row->addWidget(m_source);
    row->addWidget(m_tokenIcon);
    row->addWidget(m_token);
    row->addStretch();
    row->addWidget(m_requests);
    row->addWidget(m_server);
    row->addWidget(m_cancelSave);
    m_cancelSave->hide();
    m_cancelSave->setObjectName(u"cancelSave"_s);
    auto *open = new Button(m_theme, tr("Open file…"), ButtonKind::Secondary, ButtonSize::Compact);
    open->setLeadingIcon(Icon::FolderOpen);
    open->setToolTip(tr("NDJSON, a Bundle or a resource (Ctrl+O)"));
    connect(open, &QAbstractButton::clicked, this, &BrowsePage::chooseFiles);
    row->addWidget(open);
    return bar;
}

void BrowsePage::setCredentials(const QList<Credential> &credentials)
{
    dropMissing(credentials);
    const QUuid current = m_source->currentData().toUuid();
    m_source->clear();
    for (const Credential &credential : credentials)
        m_source->addItem(credential.name, credential.id);
    m_source->addItem(m_theme.icon(Icon::FolderOpen), tr("Files"), QUuid());
    m_source->setCurrentIndex(m_stack->currentWidget() == m_files ? m_source->count() - 1
                              : current.isNull()                  ? -1
                                                                  : m_source->findData(current));
}

void BrowsePage::dropMissing(const QList<Credential> &credentials)
{
    const auto isThere = [&credentials](const Credential &one) {
        const auto found = std::ranges::find(credentials, one.id, &Credential::id);
        return found != credentials.end() && found->revision == one.revision;
    };
    std::erase_if(m_kept, [&](const auto &kept) { return !isThere(kept.second->credential()); });
    const BrowseSession *open = m_live->session();
    const bool isGone = open != nullptr && std::ranges::find(credentials, open->credential().id, &Credential::id) ==
                                               credentials.end();
    if (!isGone)
        return;
    m_live->setSession(nullptr);
    if (m_stack->currentWidget() == m_live) {
        m_server->setContent({});
        showToken(std::chrono::seconds(0));
        m_stack->setCurrentWidget(m_empty);
    }
}

void BrowsePage::showFiles()
{
    m_stack->setCurrentWidget(m_files);
    m_source->setCurrentIndex(m_source->count() - 1);
    showToken(std::chrono::seconds(0));
    m_server->setContent({});
    if (m_files->count() == 0)
        chooseFiles();
}

void BrowsePage::openFiles(const QStringList &paths)
{
    if (paths.isEmpty())
        return;
    for (const QString &path : paths)
        m_files->openFile(path);
    showFiles();
}

void BrowsePage::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Open FHIR files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("FHIR data (*.ndjson *.jsonl *.json *.gz)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &BrowsePage::openFiles);
    dialog->open();
}

void BrowsePage::dragEnterEvent(QDragEnterEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            event->acceptProposedAction();
    }
}

void BrowsePage::dropEvent(QDropEvent *event)
{
    QStringList paths;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile())
            paths.append(url.toLocalFile());
    }
    openFiles(paths);
    event->acceptProposedAction();
}

void BrowsePage::askWhere(qsizetype resources, const ResourceSource &source, const QList<ResourceColumn> &columns)
{
    auto *dialog = new QFileDialog(this, tr("Save resources"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters{tr("NDJSON (*.ndjson)"), tr("Bundle (*.json)"), tr("CSV, the columns as seen (*.csv)")};
    if (resources == 1)
        filters = {tr("JSON (*.json)"), tr("NDJSON (*.ndjson)"), tr("CSV, the columns as seen (*.csv)")};
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(resources == 1 ? u"json"_s : u"ndjson"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog](const QString &filter) { dialog->setDefaultSuffix(filter.section(u"*."_s, 1).chopped(1)); });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, resources, source, columns](const QString &path) { save(path, resources, source, columns); });
    dialog->open();
}

void BrowsePage::save(const QString &path, qsizetype resources, ResourceSource source,
                      const QList<ResourceColumn> &columns)
{
    m_cancelSave->show();
    const QString said = m_server->content();
    m_saving = runInBackground<qsizetype>(
        this,
        [this, path, format = formatOf(path, resources), source = std::move(source),
         columns](std::stop_token stop) -> Result<qsizetype> {
            return writeResources(path, format, source, columns, std::move(stop), [this](qsizetype count) {
                QMetaObject::invokeMethod(
                    this, [this, count] { m_server->setContent(tr("%1 saved…").arg(QLocale().toString(count))); });
            });
        },
        [this, path, said](const Result<qsizetype> &count) {
            m_cancelSave->hide();
            m_server->setContent(said);
            Q_EMIT announced(
                count ? tr("%1 resources saved as %2").arg(QLocale().toString(*count), QFileInfo(path).fileName())
                      : count.error().message);
        });
}

void BrowsePage::openServer(ServerAccess access)
{
    m_source->setCurrentIndex(m_source->findData(access.credential.id));
    m_server->setContent(QUrl(access.credential.fhirBaseUrl).host());
    showToken(std::chrono::seconds(0));
    std::unique_ptr<BrowseSession> session;
    if (const auto kept = m_kept.find(access.credential.id); kept != m_kept.end()) {
        // As it was saved then: an edited credential begins anew.
        if (kept->second->credential().revision == access.credential.revision)
            session = std::move(kept->second);
        m_kept.erase(kept);
    }
    if (!session)
        session = std::make_unique<BrowseSession>(std::move(access));
    keep(m_live->setSession(std::move(session)));
    m_stack->setCurrentWidget(m_live);
}

void BrowsePage::keep(std::unique_ptr<BrowseSession> session)
{
    constexpr std::size_t mostKept = 8; // each has a thread
    if (!session || m_kept.size() >= mostKept)
        return;
    const QUuid id = session->credential().id;
    if (m_live->session() == nullptr || m_live->session()->credential().id != id)
        m_kept.insert_or_assign(id, std::move(session));
}

void BrowsePage::clear()
{
    for (AttachmentWindow *window : findChildren<AttachmentWindow *>())
        delete window;
    m_live->setSession(nullptr);
    m_kept.clear();
    m_files->clear();
    m_source->setCurrentIndex(-1);
    m_server->setContent({});
    showToken(std::chrono::seconds(0));
    m_stack->setCurrentWidget(m_empty);
}

void BrowsePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showRequests();
}

void BrowsePage::showRequests()
{
    constexpr int widthForRequests = 1112; // as for the list of types
    m_requests->setVisible(m_stack->currentWidget() == m_live && width() >= m_theme.scaled(widthForRequests));
}

void BrowsePage::showToken(std::chrono::seconds left)
{
    m_tokenIcon->setVisible(left.count() > 0);
    const auto minutes = static_cast<int>(left.count() / 60);
    m_token->setContent(left.count() <= 0 ? QString()
                        : minutes > 0     ? tr("Token valid for %n min", nullptr, minutes)
                                          : tr("Token valid for %n s", nullptr, static_cast<int>(left.count())));
}

} // namespace credenza
