// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/RunningJobs.h"
#include "core/fhir/ResourceSummary.h"
#include "ui/theme/Theme.h"

#include <QModelIndexList>
#include <QStyledItemDelegate>
#include <QWidget>

class QTreeView;

namespace credenza
{

class ElidingLabel;
class JsonTreeModel;
class LineEdit;
class TextLabel;

/// Paints the tree's cells: keys, strings, numbers and literals in their colours, references as links, matches marked.
class TreeDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit TreeDelegate(const Theme &theme, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

/// The Tree tab: search with next and previous, the tree, and the path of the current row with Copy.
class TreePane final : public QWidget
{
    Q_OBJECT

public:
    explicit TreePane(const Theme &theme, QWidget *parent = nullptr);
    void setResource(const Resource &resource);
    void focusSearch();

Q_SIGNALS:
    void referenceActivated(const QString &reference);
    void copied(const QString &what);

private:
    void search(const QString &text);
    void showMatches(const QList<quint32> &matches);
    void step(int by);
    void showPath();
    void copy(const QString &text);

    const Theme &m_theme;
    JsonTreeModel *m_model;
    QTreeView *m_view;
    LineEdit *m_search;
    TextLabel *m_found;
    ElidingLabel *m_path;
    Resource m_resource;
    QList<quint32> m_matches; // numbers of values
    int m_current = 0;
    quint64 m_searches = 0;
    RunningJobs m_searching; // last: they end before what they touch
};

} // namespace credenza
