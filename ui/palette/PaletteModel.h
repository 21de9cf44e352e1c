// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/palette/FuzzyMatch.h"
#include "ui/widgets/Badge.h"

#include <QAbstractListModel>
#include <QKeySequence>
#include <QUuid>

#include <functional>

namespace credenza
{

/// Something the palette finds: a credential, an action or a key.
struct PaletteEntry {
    QString text;
    QString detail = {};   ///< a second line in mono: "northlake.epic.com, passed 2 h ago"
    QString keywords = {}; ///< found by, not shown
    Icon icon = Icon::ArrowRight;
    bool isMono = false; ///< `text` is a value
    std::optional<BadgeText> badge = std::nullopt;
    QString hint = {};           ///< at the right: "Open", or why it is off
    QKeySequence keys = {};      ///< at the right, as a key cap
    QString disabledReason = {}; ///< not empty: shown, but can't be run
    std::function<void()> run = {};
    QUuid credential = {}; ///< set for a credential: its actions follow
};

/// A heading and what stands below it.
struct PaletteSection {
    QString title;
    QList<PaletteEntry> entries;
};

/// What the palette shows for what was typed: the sections in their order, in each the best matches first. After the
/// credentials come the actions of the best one of them.
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Roles { EntryRole = Qt::UserRole, IsHeadingRole, PositionsRole };
    using ActionsOf = std::function<PaletteSection(const QUuid &credential)>;

    using QAbstractListModel::QAbstractListModel;

    /// `actionsOf` gives the actions of a credential; `current` is the one they are shown for while nothing is typed.
    void setContent(QList<PaletteSection> sections, ActionsOf actionsOf, const QUuid &current);
    void setPattern(const QString &pattern);
    /// How many entries are shown, without the headings.
    [[nodiscard]] int found() const;
    /// Null for a heading.
    [[nodiscard]] const PaletteEntry *entry(int row) const;
    /// The first row that can be run; -1: none.
    [[nodiscard]] int firstRow() const { return nextRow(-1, 1); }
    /// The next row in a direction (1, -1) that is no heading; `row` itself if there is none.
    [[nodiscard]] int nextRow(int row, int step) const;
    /// The first action of the best credential; -1: none is shown.
    [[nodiscard]] int actionsRow() const { return m_actionsRow; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        bool isHeading = false;
        QString heading;
        PaletteEntry entry;
        QList<qsizetype> positions;
    };
    void rebuild();
    void append(const PaletteSection &section, const QString &context);

    QList<PaletteSection> m_sections;
    ActionsOf m_actionsOf;
    QUuid m_current;
    QString m_pattern;
    QList<Row> m_rows;
    int m_actionsRow = -1;
};

} // namespace credenza

Q_DECLARE_METATYPE(credenza::PaletteEntry)
