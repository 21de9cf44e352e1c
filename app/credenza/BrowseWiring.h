// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/browse/BrowsePage.h"
#include "ui/shell/MainWindow.h"

#include <QObject>

namespace credenza
{

/// Who tells whom about the Browse screen.
class BrowseWiring final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the wiring; the window takes the page it makes.
    BrowseWiring(const Theme &theme, MainWindow &window, VaultSession &session);

    /// Shows the page, browsing with this credential.
    void open(const QUuid &id);
    /// Shows the page with these local files; nothing for none.
    void openFiles(const QStringList &paths);
    [[nodiscard]] BrowsePage &page() const { return *m_page; }

private:
    MainWindow &m_window;
    VaultSession &m_session;
    BrowsePage *m_page;
};

} // namespace credenza
