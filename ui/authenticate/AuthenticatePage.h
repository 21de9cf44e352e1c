// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "ui/authenticate/CredentialSelection.h"
#include "ui/authenticate/CredentialTile.h"
#include "ui/theme/Theme.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>

class QAction;
class QMenu;
class QStackedWidget;

namespace credenza
{

class ComboBox;
class Button;
class CredentialTable;
class CredentialTileModel;
class EmptyState;
class FirstSteps;
class FootBar;
class IconButton;
class LineEdit;
class SegmentedControl;
class TagChips;
class ElidingLabel;
class TextLabel;
class TileView;

/// What a credential is going to be used for.
enum class Purpose : std::uint8_t { DataSource, Destination };

/// How the credentials are shown.
enum class CredentialsView : std::uint8_t { Tiles, Table };

/// A kind of server to choose, as the connector box shows it.
struct ConnectorChoice {
    QString id;
    QString name;
    QString detail; ///< "SMART Backend Services, signed JWT"
};

/// The home screen: what the credential is for, the connector, and the tiles.
///
/// It shows what it is given and says what is wanted; it never touches the vault or the network.
class AuthenticatePage final : public QWidget
{
    Q_OBJECT

public:
    /// `clock` must outlive the page; it decides what "3 min ago" is.
    AuthenticatePage(const Theme &theme, const Clock &clock, QWidget *parent = nullptr);
    ~AuthenticatePage() override;

    void setConnectors(const QList<ConnectorChoice> &connectors);
    /// Replaces the tiles. The selection stays if its credential does.
    void setTiles(const QList<CredentialTile> &tiles);
    /// How far the test of `id` is; nothing: it doesn't run.
    void setProgress(const QUuid &id, const std::optional<TileProgress> &progress);

    /// Asks for a test of all that are shown.
    void testAll();
    /// How far a test of all is: "3 of 7", and the button stops it. Empty: none runs.
    void setBatchProgress(const QString &progress);

    /// The credential chosen last; null: none.
    [[nodiscard]] QUuid selectedId() const;
    [[nodiscard]] const QList<QUuid> &selectedIds() const { return m_selection.ids(); }
    void select(const QUuid &id);
    [[nodiscard]] CredentialsView view() const;
    void setView(CredentialsView view);
    /// The order chosen, by its stable name (a CredentialTileModel::Order).
    [[nodiscard]] QString order() const;
    /// A name that is none leaves the order as it is.
    void setOrder(const QString &name);
    /// Which deeds the application can do beyond the built-in ones; off at first.
    void setExportOffered(bool offered);
    void setRotateOffered(bool offered);
    void setImportOffered(bool offered);
    [[nodiscard]] Purpose purpose() const;
    void setPurpose(Purpose purpose);
    [[nodiscard]] QString connectorId() const;
    /// Puts the focus on the selected tile, or the first.
    void start();

Q_SIGNALS:
    /// "Add Credential", for the connector chosen.
    void addRequested(const QString &connectorId);
    void editRequested(const QUuid &id);
    void duplicateRequested(const QUuid &id);
    void deleteRequested(const QList<QUuid> &ids);
    /// They are to be shown first, or no longer.
    void favoriteRequested(const QList<QUuid> &ids, bool isFavorite);
    void undoRequested();
    void exportRequested(const QList<QUuid> &ids);
    void importRequested();
    /// The local stand-in for an EHR is to be tried.
    void sandboxRequested();
    void rotateRequested(const QUuid &id);
    void browseRequested(const QUuid &id);
    /// A client ID or URL is wanted on the clipboard; nothing secret. `what` names it: "Client ID".
    void copyRequested(const QString &what, const QString &text);
    void viewChanged(credenza::CredentialsView view);
    void orderChanged(const QString &name);
    /// Bundles or key files were dropped here.
    void filesDropped(const QStringList &paths);
    void testRequested(const QUuid &id);
    void stopTestRequested(const QUuid &id);
    void retryRequested(const QUuid &id);
    /// All that the filter shows, in the order shown.
    void testAllRequested(const QList<QUuid> &ids);
    void stopAllRequested();
    void selectionChanged(const QUuid &id);
    /// Go on to Browse (or Write) with the selected credential.
    void nextRequested(const QUuid &id, credenza::Purpose purpose);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    [[nodiscard]] QWidget *useBar();
    [[nodiscard]] QWidget *filterBar();
    void makeActions();
    void openMenu(const QUuid &id, QPoint position);
    void next();
    void toggleTest(const QUuid &id);
    void refresh();
    void placeEmptyState();
    void testSelected();
    /// What a key or the menu is about: the credential the keyboard is on, and with it all that are chosen if it is one
    /// of them; away from the view those that are chosen. The one the keyboard is on comes last.
    [[nodiscard]] QList<QUuid> targets() const;
    [[nodiscard]] QAction *addDeed(Icon icon, const QString &text, const QKeySequence &keys, const QString &name,
                                   std::function<void(const QList<QUuid> &)> handler);
    /// The deeds that work on one credential at a time.
    [[nodiscard]] QList<QAction *> singleDeeds() const;
    [[nodiscard]] QWidget *currentView() const;
    bool eventFilter(QObject *watched, QEvent *event) override;

    const Theme &m_theme;
    std::unique_ptr<CredentialTileModel> m_model;
    QList<ConnectorChoice> m_connectors;
    SegmentedControl *m_purpose;
    ComboBox *m_connector;
    ElidingLabel *m_connectorDetail;
    LineEdit *m_filter;
    TagChips *m_tags;
    ComboBox *m_order;
    CredentialSelection m_selection;
    TileView *m_view;
    CredentialTable *m_table;
    QStackedWidget *m_views;
    TextLabel *m_batch = nullptr;
    IconButton *m_testAll = nullptr;
    IconButton *m_viewButton = nullptr;
    EmptyState *m_empty;
    FirstSteps *m_firstSteps;
    FootBar *m_foot;
    QMenu *m_menu;
    QAction *m_edit = nullptr;
    QAction *m_duplicate = nullptr;
    QAction *m_test = nullptr;
    QAction *m_retry = nullptr;
    QAction *m_browse = nullptr;
    QAction *m_rotate = nullptr;
    QAction *m_export = nullptr;
    QAction *m_copyClientId = nullptr;
    QAction *m_copyUrl = nullptr;
    QAction *m_favorite = nullptr;
    QAction *m_delete = nullptr;
    QTimer m_minute;
    bool m_isBatch = false;
};

} // namespace credenza
