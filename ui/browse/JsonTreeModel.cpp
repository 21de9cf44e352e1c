// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/JsonTreeModel.h"

#include "core/fhir/ReferenceTarget.h"
#include "core/fhir/ValueText.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype childrenAtOnce = 500;
constexpr qsizetype mostChildren = 20'000; // of one value: a view lays out all rows again for each that comes
constexpr qsizetype mostMatches = 2'000;
constexpr qsizetype longestValue = 2'000;

} // namespace

JsonTreeModel::JsonTreeModel(QObject *parent) : QAbstractItemModel(parent) {}

void JsonTreeModel::setResource(const Resource &resource)
{
    beginResetModel();
    m_resource = resource;
    m_children.clear();
    m_position.clear();
    m_searched.clear();
    endResetModel();
}

JsonValue JsonTreeModel::valueOf(const QModelIndex &index) const
{
    return index.isValid() && m_resource.document ? m_resource.document->value(static_cast<quint32>(index.internalId()))
                                                  : JsonValue();
}

const QList<quint32> &JsonTreeModel::childrenOf(JsonValue value) const
{
    const auto known = m_children.constFind(value.index());
    if (known != m_children.cend())
        return *known;
    QList<quint32> children;
    for (const JsonValue child : value) {
        if (children.size() == childrenAtOnce)
            break;
        m_position.insert(child.index(), static_cast<int>(children.size()));
        children.append(child.index());
    }
    return *m_children.insert(value.index(), children);
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const JsonValue value = valueOf(parent);
    return value.exists() && childrenOf(value).size() < std::min(value.size(), mostChildren);
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    const JsonValue value = valueOf(parent);
    if (!value.exists() || !canFetchMore(parent))
        return;
    QList<quint32> more;
    const QList<quint32> shown = childrenOf(value);
    JsonValue child = shown.isEmpty() ? value.firstChild() : m_resource.document->value(shown.last()).next();
    for (; child.exists() && more.size() < childrenAtOnce; child = child.next())
        more.append(child.index());
    if (more.isEmpty())
        return;
    const auto first = static_cast<int>(shown.size());
    beginInsertRows(parent, first, first + static_cast<int>(more.size()) - 1);
    int at = first;
    for (const quint32 one : std::as_const(more))
        m_position.insert(one, at++);
    m_children[value.index()] += more;
    endInsertRows();
}

void JsonTreeModel::showUpTo(JsonValue child)
{
    QList<JsonValue> path;
    for (JsonValue value = child; value.exists() && value.index() != m_resource.root.index(); value = value.parent())
        path.prepend(value);
    for (const JsonValue value : std::as_const(path)) {
        childrenOf(value.parent());
        const QModelIndex parent = indexFor(value.parent());
        while (!m_position.contains(value.index()) && canFetchMore(parent))
            fetchMore(parent);
        if (!m_position.contains(value.index()))
            return; // beyond what is shown
    }
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!m_resource.document || row < 0 || column < 0 || column > TypeColumn)
        return {};
    if (!parent.isValid())
        return row == 0 ? createIndex(0, column, quintptr(m_resource.root.index())) : QModelIndex();
    const QList<quint32> &children = childrenOf(valueOf(parent));
    return row < children.size() ? createIndex(row, column, quintptr(children.at(row))) : QModelIndex();
}

QModelIndex JsonTreeModel::indexFor(JsonValue value) const
{
    if (!value.exists())
        return {};
    if (value.index() == m_resource.root.index())
        return createIndex(0, 0, quintptr(value.index()));
    childrenOf(value.parent());
    return createIndex(m_position.value(value.index(), 0), 0, quintptr(value.index()));
}

QModelIndex JsonTreeModel::parent(const QModelIndex &child) const
{
    const JsonValue value = valueOf(child);
    if (!value.exists() || value.index() == m_resource.root.index())
        return {};
    return indexFor(value.parent());
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!m_resource.document || parent.column() > 0)
        return 0;
    if (!parent.isValid())
        return 1;
    return static_cast<int>(childrenOf(valueOf(parent)).size());
}

int JsonTreeModel::columnCount(const QModelIndex &) const
{
    return 3;
}

QString JsonTreeModel::shown(JsonValue value) const
{
    switch (value.kind()) {
    case JsonKind::Object:
    case JsonKind::Array: {
        QString count = value.isObject() ? u"{%1}"_s.arg(value.size()) : u"[%1]"_s.arg(value.size());
        if (value.size() > mostChildren)
            count += u' ' + tr("the first %1 are shown").arg(QLocale().toString(mostChildren));
        const QString name = value.name();
        const bool isRoot = value.index() == m_resource.root.index();
        const bool isPlain = isRoot || name == u"text" || name == u"meta" || name == u"contained" || value.size() > 50;
        const QString gist = isPlain || value.nodes() > 500 ? QString() : valueText(value).left(120).simplified();
        return gist.isEmpty() ? count : count + u' ' + gist;
    }
    case JsonKind::String:
        return u'"' + value.brief().left(longestValue) + u'"';
    case JsonKind::Null:
        return u"null"_s;
    default:
        return value.brief();
    }
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    const JsonValue value = valueOf(index);
    if (!value.exists())
        return {};
    const bool isRoot = value.index() == m_resource.root.index();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        if (index.column() == KeyColumn)
            return isRoot                   ? m_resource.type()
                   : value.name().isEmpty() ? QString::number(m_position.value(value.index()))
                                            : value.briefName();
        if (index.column() == ValueColumn)
            return role == Qt::ToolTipRole ? value.brief().left(longestValue) : shown(value);
        return isRoot ? u"object"_s : typeName(value);
    case KindRole:
        return static_cast<int>(value.kind());
    case ReferenceRole:
        return value.name() == u"reference" && value.isString() ? value.brief() : canonicalIn(value);
    case MatchRole:
        return index.column() == TypeColumn ? QString() : m_searched;
    case Qt::AccessibleTextRole:
        return index.column() == KeyColumn ? fhirPath(index) : QVariant();
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == KeyColumn ? tr("Key") : section == ValueColumn ? tr("Value") : tr("Type");
}

Result<QList<quint32>> findInResource(const Resource &resource, const QString &text, const std::stop_token &stop)
{
    QList<quint32> found;
    if (text.isEmpty() || !resource.document)
        return found;
    // In the order of the text, which is that of the nodes.
    const auto first = resource.root.index();
    const auto end = first + static_cast<quint32>(resource.root.nodes());
    constexpr quint32 untilCheck = 4096;
    for (quint32 at = first; at < end && found.size() < mostMatches; ++at) {
        if (at % untilCheck == 0 && stop.stop_requested())
            return cancelled();
        const JsonValue value = resource.document->value(at);
        if (value.briefName().contains(text, Qt::CaseInsensitive) || value.text().contains(text, Qt::CaseInsensitive))
            found.append(at);
    }
    return found;
}

void JsonTreeModel::mark(const QString &text)
{
    m_searched = text;
    Q_EMIT dataChanged(index(0, 0), index(0, TypeColumn), {MatchRole});
}

QModelIndex JsonTreeModel::indexOf(quint32 number)
{
    if (!m_resource.document)
        return {};
    const JsonValue value = m_resource.document->value(number);
    showUpTo(value);
    const bool isRoot = number == m_resource.root.index();
    return isRoot || m_position.contains(number) ? indexFor(value) : QModelIndex();
}

QString JsonTreeModel::fhirPath(const QModelIndex &index) const
{
    QString path;
    for (JsonValue value = valueOf(index); value.exists() && value.index() != m_resource.root.index();
         value = value.parent()) {
        path.prepend(value.name().isEmpty() ? u"[%1]"_s.arg(m_position.value(value.index()))
                                            : u'.' + fhirPathStep(value.name(), m_resource.type()));
    }
    return m_resource.type() + path;
}

QString JsonTreeModel::pointer(const QModelIndex &index) const
{
    QString path;
    for (JsonValue value = valueOf(index); value.exists() && value.index() != m_resource.root.index();
         value = value.parent()) {
        QString step = value.name().isEmpty() ? QString::number(m_position.value(value.index())) : value.name();
        path.prepend(u'/' + step.replace(u'~', u"~0"_s).replace(u'/', u"~1"_s));
    }
    return path;
}

} // namespace credenza
