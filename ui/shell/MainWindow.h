// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/Rail.h"
#include "ui/theme/Theme.h"

#include <QWidget>

#include <array>
#include <utility>

class QHBoxLayout;
class QStackedWidget;

namespace credenza
{

class StatusBar;
class TextLabel;
class Toast;

/// The window: either a full-window screen (welcome, unlock), or the shell of rail, top bar, page and status bar.
/// Smallest size 1024 x 680. Overlays (Sheet, ConfirmPanel) take this window as their host.
class MainWindow final : public QWidget
{
    Q_OBJECT

public:
    explicit MainWindow(const Theme &theme, QWidget *parent = nullptr);

    /// Gives the window its full-window screens and pages. Takes them; each is set once.
    void setWelcome(QWidget *page);
    void setUnlock(QWidget *page);
    void setPage(RailEntry entry, QWidget *page);

    void showWelcome();
    void showUnlock();
    /// Shows the shell with the page last seen.
    void showShell();
    /// Shows a page of the shell; does nothing while the vault is locked.
    void showPage(RailEntry entry);
    [[nodiscard]] bool isShellShown() const;
    [[nodiscard]] RailEntry currentPage() const;

    [[nodiscard]] StatusBar &statusBar();
    /// Messages at the bottom centre.
    [[nodiscard]] Toast &toast() const { return *m_toast; }

    /// Puts `widget` at the right of the title while `entry` is shown (a page's primary button). Takes it.
    void addTopBarWidget(RailEntry entry, QWidget *widget);

Q_SIGNALS:
    void lockRequested();
    /// The command palette is wanted.
    void findRequested();
    /// The user guide is wanted (F1, or the button).
    void helpRequested();
    void openFileRequested();
    void quitRequested();
    /// The window is about to be closed by its frame; set `*ignore` to keep it.
    void closing(bool *ignore);
    void minimized();
    /// A page came to the front: refresh it, and give it the focus.
    void pageShown(credenza::RailEntry entry);

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// The shell is made when its first page is set: the screen before it is there sooner.
    void ensureShell();
    [[nodiscard]] QWidget *makeShell();
    void addShortcuts();
    void switchPane(int by);

    const Theme &m_theme;
    QStackedWidget *m_screens;
    QStackedWidget *m_pages = nullptr;
    QWidget *m_shell = nullptr;
    Rail *m_rail = nullptr;
    TextLabel *m_title = nullptr;
    QHBoxLayout *m_topRow = nullptr;
    QList<std::pair<RailEntry, QWidget *>> m_topWidgets;
    StatusBar *m_status = nullptr;
    Toast *m_toast;
    QWidget *m_welcome = nullptr;
    QWidget *m_unlock = nullptr;
    std::array<QWidget *, railEntries> m_page{};
};

} // namespace credenza
