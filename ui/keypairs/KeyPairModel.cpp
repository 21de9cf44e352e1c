// SPDX-License-Identifier: Apache-2.0
#include "ui/keypairs/KeyPairModel.h"

#include "ui/authenticate/RelativeTime.h"

#include <QLocale>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

QString keyStateText(KeyState state)
{
    switch (state) {
    case KeyState::Unused:
        return KeyPairModel::tr("Unused");
    case KeyState::InUse:
        return KeyPairModel::tr("In use");
    case KeyState::Old:
        return KeyPairModel::tr("Old");
    case KeyState::NotAccepted:
        break;
    }
    return KeyPairModel::tr("Not accepted");
}

void KeyPairModel::setPairs(QList<KeyPair> pairs, const QDateTime &now)
{
    beginResetModel();
    m_all = std::move(pairs);
    m_now = now;
    rebuild();
    endResetModel();
}

void KeyPairModel::setFilter(const QString &text)
{
    beginResetModel();
    m_filter = text;
    rebuild();
    endResetModel();
}

void KeyPairModel::setStateFilter(std::optional<KeyState> state)
{
    beginResetModel();
    m_state = state;
    rebuild();
    endResetModel();
}

void KeyPairModel::rebuild()
{
    m_shown.clear();
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < m_all.size(); ++i) {
        const KeyPair &pair = m_all.at(i);
        const QString text =
            u"%1\n%2\n%3\n%4"_s.arg(pair.keyId, pair.card.thumbprint, pair.usedBy.join(u'\n'), keyTypeText(pair.card));
        if ((!m_state || pair.state == *m_state) &&
            std::ranges::all_of(words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); }))
            m_shown.append(i);
    }
}

int KeyPairModel::countOf(KeyState state) const
{
    return static_cast<int>(std::ranges::count(m_all, state, &KeyPair::state));
}

const KeyPair *KeyPairModel::pairAt(int row) const
{
    return row >= 0 && row < m_shown.size() ? &m_all.at(m_shown.at(row)) : nullptr;
}

int KeyPairModel::rowOf(const QString &thumbprint) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (pairAt(row)->card.thumbprint == thumbprint)
            return row;
    }
    return -1;
}

int KeyPairModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int KeyPairModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant KeyPairModel::data(const QModelIndex &index, int role) const
{
    const KeyPair *pair = index.isValid() ? pairAt(index.row()) : nullptr;
    if (!pair)
        return {};
    if (role == Qt::ToolTipRole && index.column() == LastSigned && pair->lastSigned.isValid())
        return QLocale().toString(pair->lastSigned.toLocalTime(), QLocale::LongFormat);
    if (role == Qt::ToolTipRole && index.column() == Age && pair->card.createdAt.isValid())
        return QLocale().toString(pair->card.createdAt.toLocalTime(), QLocale::LongFormat);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case KeyId:
        return pair->keyId;
    case State:
        return keyStateText(pair->state);
    case UsedBy:
        return pair->usedBy.join(u", "_s);
    case Type:
        return keyTypeText(pair->card);
    case Algorithm:
        return nameOf(pair->algorithm);
    case Age: {
        const QString age = keyAgeText(pair->card.createdAt, m_now);
        return age.isEmpty() ? u"–"_s : age;
    }
    case Thumbprint:
        return pair->card.thumbprint;
    case LastSigned:
        return pair->lastSigned.isValid() ? relativeTime(pair->lastSigned, m_now) : tr("never");
    default:
        return {};
    }
}

QVariant KeyPairModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (section == Age ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KeyId:
        return tr("Key ID");
    case State:
        return tr("State");
    case UsedBy:
        return tr("Used by");
    case Type:
        return tr("Type");
    case Algorithm:
        return tr("Algorithm");
    case Age:
        return tr("Age");
    case Thumbprint:
        return tr("Thumbprint (SHA-256)");
    case LastSigned:
        return tr("Last signed");
    default:
        return {};
    }
}

} // namespace credenza
