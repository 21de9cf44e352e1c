// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "ui/authenticate/CredentialTile.h"
#include "ui/theme/Theme.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QAction;
class QMenu;

namespace credenza
{

class ComboBox;
class CredentialTileModel;
class EmptyState;
class FootBar;
class LineEdit;
class SegmentedControl;
class TagChips;
class ElidingLabel;
class TileView;

/// What a credential is going to be used for.
enum class Purpose : std::uint8_t { DataSource, Destination };

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

    [[nodiscard]] QUuid selectedId() const;
    void select(const QUuid &id);
    [[nodiscard]] Purpose purpose() const;
    [[nodiscard]] QString connectorId() const;
    /// Puts the focus on the selected tile, or the first.
    void start();

Q_SIGNALS:
    /// "Add Credential", for the connector chosen.
    void addRequested(const QString &connectorId);
    void editRequested(const QUuid &id);
    void duplicateRequested(const QUuid &id);
    void deleteRequested(const QUuid &id);
    void testRequested(const QUuid &id);
    void stopTestRequested(const QUuid &id);
    void selectionChanged(const QUuid &id);
    /// Go on to Browse (or Write) with the selected credential.
    void nextRequested(const QUuid &id, credenza::Purpose purpose);

private:
    [[nodiscard]] QWidget *useBar();
    [[nodiscard]] QWidget *filterBar();
    void makeActions();
    void openMenu(const QUuid &id, QPoint position);
    void next();
    void toggleTest(const QUuid &id);
    void refresh();
    void placeEmptyState();
    /// The credential a key or the menu is about: the tile the keyboard is on, else the selected one.
    [[nodiscard]] QUuid target() const;
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
    TileView *m_view;
    EmptyState *m_empty;
    FootBar *m_foot;
    QMenu *m_menu;
    QAction *m_edit = nullptr;
    QAction *m_duplicate = nullptr;
    QAction *m_test = nullptr;
    QAction *m_delete = nullptr;
    QTimer m_minute;
};

} // namespace credenza
