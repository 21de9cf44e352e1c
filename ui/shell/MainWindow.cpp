// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/MainWindow.h"

#include "ui/shell/FindButton.h"
#include "ui/shell/StatusBar.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/TextLabel.h"
#include "ui/widgets/Toast.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

MainWindow::MainWindow(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_screens(new QStackedWidget(this)), m_toast(nullptr)
{
    setWindowTitle(u"Credenza"_s);
    setWindowIcon(theme.icon(Icon::Mark, Role::Accent));
    setMinimumSize(1024, 680);
    resize(1280, 820);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_screens);
    m_toast = new Toast(theme, *this, theme.scaled(28 + 64) + 16);
    new FocusRing(theme, *this);
}

void MainWindow::ensureShell()
{
    if (m_shell != nullptr)
        return;
    m_shell = makeShell();
    addShortcuts();
    m_screens->addWidget(m_shell);
}

QWidget *MainWindow::makeShell()
{
    m_rail = new Rail(m_theme);
    m_pages = new QStackedWidget;
    m_title = new TextLabel(m_theme, {}, TextStyle::PageTitle);
    m_status = new StatusBar(m_theme);
    auto *shell = new Pane(m_theme, Role::Background);
    auto *columns = new QHBoxLayout(shell);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_rail);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    auto *top = new Pane(m_theme, Role::Surface, Qt::BottomEdge);
    top->setFixedHeight(m_theme.scaled(56));
    auto *topRow = new QHBoxLayout(top);
    topRow->setContentsMargins(24, 0, 24, 1);
    topRow->setSpacing(16);
    topRow->addWidget(m_title, 1);
    m_title->setObjectName(u"pageTitle"_s);
    m_topRow = topRow;
    auto *find = new FindButton(m_theme);
    topRow->addWidget(find);
    auto *help = new IconButton(m_theme, Icon::Help, tr("Help (F1)"));
    help->setObjectName(u"help"_s);
    topRow->addWidget(help);
    connect(find, &QAbstractButton::clicked, this, &MainWindow::findRequested);
    connect(help, &QAbstractButton::clicked, this, &MainWindow::helpRequested);
    column->addWidget(top);
    for (QWidget *&page : m_page) {
        page = new QWidget;
        m_pages->addWidget(page);
    }
    column->addWidget(m_pages, 1);
    column->addWidget(m_status);
    columns->addLayout(column, 1);
    m_title->setContent(railText(RailEntry::Authenticate));

    connect(m_rail, &Rail::chosen, this, &MainWindow::showPage);
    connect(m_rail, &Rail::lockChosen, this, &MainWindow::lockRequested);
    return shell;
}

void MainWindow::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto handler) {
        auto *shortcut = new QShortcut(keys, m_shell);
        shortcut->setContext(Qt::WindowShortcut); // of the shell: off while it is hidden, or behind an overlay
        connect(shortcut, &QShortcut::activated, this, handler);
    };
    for (int i = 0; i < railEntries; ++i)
        add(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i), [this, i] { showPage(static_cast<RailEntry>(i)); });
    add(Qt::CTRL | Qt::Key_L, [this] { Q_EMIT lockRequested(); });
    add(Qt::CTRL | Qt::Key_K, [this] { Q_EMIT findRequested(); });
    add(Qt::Key_F1, [this] { Q_EMIT helpRequested(); });
    add(Qt::CTRL | Qt::Key_O, [this] { Q_EMIT openFileRequested(); });
    add(Qt::CTRL | Qt::Key_Q, [this] { Q_EMIT quitRequested(); });
    add(Qt::CTRL | Qt::Key_Comma, [this] { showPage(RailEntry::Settings); });
    add(Qt::Key_F6, [this] { switchPane(1); });
    add(Qt::SHIFT | Qt::Key_F6, [this] { switchPane(-1); });
}

void MainWindow::setWelcome(QWidget *page)
{
    m_welcome = page;
    m_screens->addWidget(page);
}

void MainWindow::setUnlock(QWidget *page)
{
    m_unlock = page;
    m_screens->addWidget(page);
}

void MainWindow::setPage(RailEntry entry, QWidget *page)
{
    ensureShell();
    QWidget *&slot = m_page.at(static_cast<std::size_t>(entry));
    const int index = m_pages->indexOf(slot);
    const bool current = m_pages->currentWidget() == slot;
    m_pages->removeWidget(slot);
    delete slot;
    slot = page;
    m_pages->insertWidget(index, page);
    if (current)
        m_pages->setCurrentWidget(page);
}

void MainWindow::showWelcome()
{
    if (m_welcome)
        m_screens->setCurrentWidget(m_welcome);
}

void MainWindow::showUnlock()
{
    if (m_unlock)
        m_screens->setCurrentWidget(m_unlock);
}

void MainWindow::showShell()
{
    ensureShell();
    m_screens->setCurrentWidget(m_shell);
    showPage(m_rail->current());
}

bool MainWindow::isShellShown() const
{
    return m_shell != nullptr && m_screens->currentWidget() == m_shell;
}

RailEntry MainWindow::currentPage() const
{
    return m_rail ? m_rail->current() : RailEntry::Authenticate;
}

StatusBar &MainWindow::statusBar()
{
    ensureShell();
    return *m_status;
}

void MainWindow::showPage(RailEntry entry)
{
    if (!isShellShown())
        return;
    m_rail->setCurrent(entry);
    m_title->setContent(railText(entry));
    m_pages->setCurrentWidget(m_page.at(static_cast<std::size_t>(entry)));
    for (const auto &[page, widget] : std::as_const(m_topWidgets))
        widget->setVisible(page == entry);
    Q_EMIT pageShown(entry);
}

void MainWindow::addTopBarWidget(RailEntry entry, QWidget *widget)
{
    ensureShell();
    m_topRow->insertWidget(m_topRow->count() - 2, widget); // before what is found everywhere
    widget->setVisible(entry == currentPage());
    m_topWidgets.emplace_back(entry, widget);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    bool ignore = false;
    Q_EMIT closing(&ignore);
    event->setAccepted(!ignore);
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::WindowStateChange && isMinimized())
        Q_EMIT minimized();
    QWidget::changeEvent(event);
}

void MainWindow::switchPane(int by)
{
    // The rail, then the parts of the page that call themselves panes; a page without any is one.
    QWidget *page = m_page.at(static_cast<std::size_t>(m_rail->current()));
    QList<QWidget *> panes{m_rail};
    for (QWidget *widget : page->findChildren<QWidget *>()) {
        if (widget->property("pane").toBool() && widget->isVisible())
            panes.append(widget);
    }
    if (panes.size() == 1)
        panes.append(page);
    qsizetype current = 1;
    for (qsizetype at = 0; at < panes.size(); ++at) {
        if (panes.at(at)->isAncestorOf(focusWidget()))
            current = at;
    }
    const qsizetype next = (current + by + panes.size()) % panes.size();
    if (next == 0) {
        if (auto *button = m_rail->findChild<QWidget *>(u"rail%1"_s.arg(static_cast<int>(m_rail->current()) + 1)))
            button->setFocus(Qt::TabFocusReason);
        return;
    }
    if (panes.at(next) == page) {
        Q_EMIT pageShown(m_rail->current());
        return;
    }
    for (QWidget *widget = panes.at(next)->nextInFocusChain(); widget != panes.at(next);
         widget = widget->nextInFocusChain()) {
        if (panes.at(next)->isAncestorOf(widget) && widget->isVisible() && widget->isEnabled() &&
            (widget->focusPolicy() & Qt::TabFocus) != 0) {
            widget->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

} // namespace credenza
