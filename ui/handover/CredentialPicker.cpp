// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/CredentialPicker.h"

#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CheckBox.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QSet>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

enum ItemRole { IdRole = Qt::UserRole, HostRole, WordsRole };

/// A box, the name, and the host at the right. A click anywhere in the row ticks it, and so does Space.
class TickDelegate final : public QStyledItemDelegate
{
public:
    TickDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {0, m_theme.scaled(36)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
        painter->fillRect(option.rect, m_theme.color(isHovered ? Role::Hover : Role::Surface));
        const int side = m_theme.scaled(16);
        const QRect box(option.rect.left() + 24, option.rect.center().y() - side / 2, side, side);
        const bool isTicked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        CheckBox::drawIndicator(*painter, m_theme, box, isTicked, true);
        QRect room = option.rect.adjusted(24 + side + 12, 0, -24, 0);
        const int nameShare = room.width() * 3 / 5;
        painter->setFont(m_theme.font(TextStyle::Body));
        painter->setPen(m_theme.color(Role::Text));
        const auto text = [&](const QRect &place, const QString &words, Qt::Alignment align) {
            painter->drawText(place, static_cast<int>(Qt::AlignVCenter | align) | Qt::TextSingleLine,
                              painter->fontMetrics().elidedText(words, Qt::ElideRight, place.width()));
        };
        text(QRect(room.left(), room.top(), nameShare - 12, room.height()), index.data().toString(), Qt::AlignLeft);
        painter->setFont(m_theme.font(TextStyle::Small));
        painter->setPen(m_theme.color(Role::Text2));
        text(room.adjusted(nameShare, 0, 0, 0), index.data(HostRole).toString(), Qt::AlignRight);
        if (option.state.testFlag(QStyle::State_HasFocus))
            drawBox(*painter, option.rect.adjusted(8, 2, -8, -2), 4, {}, m_theme.color(Role::Focus), 2);
        painter->restore();
    }

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &,
                     const QModelIndex &index) override
    {
        const bool isClick = event->type() == QEvent::MouseButtonRelease &&
                             static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton;
        const bool isKey = event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space;
        if (!isClick && !isKey)
            return false;
        const bool isTicked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        return model->setData(index, isTicked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    }

private:
    const Theme &m_theme;
};

} // namespace

CredentialPicker::CredentialPicker(const Theme &theme, QWidget &host)
    : Scrim(theme, host, 8), m_filter(new LineEdit(theme)), m_list(new QListWidget),
      m_all(new Button(theme, {}, ButtonKind::Quiet)), m_choose(new Button(theme, {}, ButtonKind::Primary))
{
    panel().setAccessibleName(tr("Choose credentials"));
    panel().setObjectName(u"pickerPanel"_s);
    auto *layout = new QVBoxLayout(&panel());
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(24, 16, 24, 12);
    head->setSpacing(12);
    head->addWidget(new TextLabel(theme, tr("Choose credentials"), TextStyle::PageTitle));
    m_filter->setLeadingIcon(Icon::Filter);
    m_filter->setPlaceholder(tr("Filter by name, host, tag"));
    m_filter->edit()->setObjectName(u"pickerFilter"_s);
    m_filter->edit()->setAccessibleName(tr("Filter by name, host, tag"));
    head->addWidget(m_filter);
    layout->addLayout(head);
    layout->addWidget(new Divider(theme));
    m_list->setObjectName(u"pickerList"_s);
    m_list->setAccessibleName(tr("Credentials"));
    m_list->setProperty("ownFocus", true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new TickDelegate(theme, m_list));
    layout->addWidget(m_list, 1);
    layout->addWidget(new Divider(theme));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(24, 16, 24, 16);
    foot->setSpacing(12);
    auto *cancel = new Button(theme, tr("Cancel"));
    m_all->setObjectName(u"pickerAll"_s);
    m_choose->setObjectName(u"pickerChoose"_s);
    foot->addWidget(m_all);
    foot->addStretch(1);
    foot->addWidget(cancel);
    foot->addWidget(m_choose);
    layout->addLayout(foot);

    connect(m_filter->edit(), &QLineEdit::textChanged, this, &CredentialPicker::applyFilter);
    connect(m_filter->edit(), &QLineEdit::returnPressed, this, &CredentialPicker::finish);
    connect(m_list, &QListWidget::itemChanged, this, &CredentialPicker::refresh);
    connect(m_all, &Button::clicked, this, &CredentialPicker::tickShown);
    connect(m_choose, &Button::clicked, this, &CredentialPicker::finish);
    connect(cancel, &Button::clicked, this, &Scrim::close);
    connect(this, &Scrim::requestClose, this, &Scrim::close);
}

void CredentialPicker::openFor(const QList<Credential> &all, const QList<QUuid> &chosen)
{
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        const QSet<QUuid> ticked(chosen.begin(), chosen.end());
        for (const Credential &credential : all) {
            auto *item = new QListWidgetItem(credential.name, m_list);
            const QString host = QUrl(credential.fhirBaseUrl).host();
            item->setData(IdRole, credential.id);
            item->setData(HostRole, host);
            item->setData(WordsRole,
                          u"%1 %2 %3"_s.arg(credential.name, host, credential.tags.join(u' ')).toCaseFolded());
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            item->setCheckState(ticked.contains(credential.id) ? Qt::Checked : Qt::Unchecked);
        }
    }
    m_filter->edit()->clear();
    if (m_list->count() > 0)
        m_list->setCurrentRow(0);
    applyFilter();
    open(m_filter->edit());
}

void CredentialPicker::applyFilter()
{
    const QStringList words = m_filter->text().toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    for (int row = 0; row < m_list->count(); ++row) {
        const QString has = m_list->item(row)->data(WordsRole).toString();
        const bool isShown = std::ranges::all_of(words, [&](const QString &word) { return has.contains(word); });
        m_list->setRowHidden(row, !isShown);
    }
    refresh();
}

bool CredentialPicker::isAllShownTicked() const
{
    for (int row = 0; row < m_list->count(); ++row)
        if (!m_list->isRowHidden(row) && m_list->item(row)->checkState() != Qt::Checked)
            return false;
    return true;
}

void CredentialPicker::tickShown()
{
    const Qt::CheckState state = isAllShownTicked() ? Qt::Unchecked : Qt::Checked;
    {
        const QSignalBlocker quiet(m_list); // one look at all of them at the end
        for (int row = 0; row < m_list->count(); ++row)
            if (!m_list->isRowHidden(row))
                m_list->item(row)->setCheckState(state);
    }
    m_list->viewport()->update();
    refresh();
}

QList<QUuid> CredentialPicker::ticked() const
{
    QList<QUuid> ids;
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->checkState() == Qt::Checked)
            ids.append(m_list->item(row)->data(IdRole).toUuid());
    return ids;
}

void CredentialPicker::refresh()
{
    const auto count = static_cast<int>(ticked().size());
    m_all->setText(isAllShownTicked() ? tr("Choose &none") : tr("Choose &all"));
    m_choose->setText(tr("&Take %n credential(s)", nullptr, count));
    m_choose->setDisabledReason(count > 0 ? QString() : tr("Tick at least one."));
}

void CredentialPicker::finish()
{
    const QList<QUuid> ids = ticked();
    if (ids.isEmpty())
        return;
    close();
    Q_EMIT chosen(ids);
}

QRect CredentialPicker::panelGeometry() const
{
    const int wide = std::min(theme().scaled(640), width() - 48);
    const int high = std::min(theme().scaled(560), height() - 48);
    return {(width() - wide) / 2, std::max(24, (height() - high) / 3), wide, high};
}

} // namespace credenza
