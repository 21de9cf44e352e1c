// SPDX-License-Identifier: Apache-2.0
#include "ui/palette/CommandPalette.h"

#include "ui/palette/PaletteDelegate.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/TextLabel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int panelWidth = 640;
constexpr int panelTop = 96;

} // namespace

CommandPalette::CommandPalette(const Theme &theme, QWidget &host)
    : Scrim(theme, host, 8), m_input(new QLineEdit), m_list(new QListView),
      m_found(new TextLabel(theme, {}, TextStyle::Small, Role::Text3)),
      m_none(
          new TextLabel(theme, tr("Nothing found. Try a name, a host, a key or a deed."), TextStyle::Body, Role::Text3))
{
    auto *layout = new QVBoxLayout(&panel());
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 0, 16, 0);
    head->setSpacing(12);
    head->addWidget(new IconLabel(theme, Icon::Search, Role::Text2, 20));
    head->addWidget(m_input, 1);
    head->addWidget(new KeyCap(theme, tr("Esc")));
    layout->addLayout(head);
    layout->addWidget(new Divider(theme));
    layout->addWidget(m_list, 1);
    layout->addWidget(m_none);
    layout->addWidget(new Divider(theme));
    layout->addWidget(makeFoot());

    QFont font = theme.font(TextStyle::Section);
    font.setWeight(QFont::Normal);
    m_input->setFont(font);
    m_input->setFrame(false);
    m_input->setFixedHeight(theme.scaled(55));
    m_input->setProperty("ownFocus", true);
    m_input->setObjectName(u"paletteInput"_s);
    m_input->setAccessibleName(tr("Find a credential or an action"));
    m_input->setPlaceholderText(tr("Find a credential or an action"));
    m_input->installEventFilter(this);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("What was found"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new PaletteDelegate(theme, m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_none->setContentsMargins(16, 24, 16, 24);
    panel().setAccessibleName(tr("Command palette"));

    connect(m_input, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setPattern(text);
        refresh();
    });
    connect(m_list, &QListView::entered, this, [this](const QModelIndex &index) {
        if (m_model.entry(index.row()))
            m_list->setCurrentIndex(index);
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { run(index.row()); });
    connect(this, &Scrim::requestClose, this, &Scrim::closeAtOnce);
}

QWidget *CommandPalette::makeFoot()
{
    auto *foot = new QWidget; // no ground of its own: the panel's corners are round
    foot->setFixedHeight(theme().scaled(40));
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 1, 16, 0);
    row->setSpacing(6);
    const auto add = [&](const QStringList &keys, const QString &word) {
        for (const QString &key : keys)
            row->addWidget(new KeyCap(theme(), key));
        row->addWidget(new ElidingLabel(theme(), word, Qt::ElideRight, TextStyle::Small, Role::Text2));
        row->addSpacing(10);
    };
    add({u"↑"_s, u"↓"_s}, tr("move"));
    add({tr("Enter")}, tr("run"));
    add({tr("Tab")}, tr("actions of the credential"));
    row->addStretch(1);
    row->addWidget(m_found);
    return foot;
}

void CommandPalette::openWith(QList<PaletteSection> sections, PaletteModel::ActionsOf actionsOf, const QUuid &current)
{
    m_model.setContent(std::move(sections), std::move(actionsOf), current);
    m_input->clear();
    refresh();
    open(m_input);
}

QRect CommandPalette::panelGeometry() const
{
    const int wide = std::min(std::max(panelWidth, theme().scaled(panelWidth * 4 / 5)), width() - 48);
    int rows = 0;
    for (int row = 0; row < m_model.rowCount(); ++row)
        rows += m_list->itemDelegate()->sizeHint({}, m_model.index(row)).height();
    const int rest = theme().scaled(55 + 40) + 4 + (m_none->isHidden() ? 8 : m_none->sizeHint().height());
    const int top = std::min(panelTop, height() / 8);
    return {(width() - wide) / 2, top, wide, std::min(rows + rest, height() - top - 24)};
}

void CommandPalette::refresh()
{
    const bool none = m_model.found() == 0;
    m_none->setVisible(none);
    m_list->setVisible(!none);
    m_found->setContent(tr("%n found", nullptr, m_model.found()));
    moveTo(m_model.firstRow());
    m_list->scrollToTop();
    if (isOpen())
        placePanel();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_input && event->type() == QEvent::KeyPress && handleKey(static_cast<QKeyEvent *>(event)->key()))
        return true;
    return Scrim::eventFilter(watched, event);
}

bool CommandPalette::handleKey(int key)
{
    const int row = m_list->currentIndex().row();
    const auto several = [&](int step) {
        int at = row;
        for (int i = 0; i < 8; ++i)
            at = m_model.nextRow(at, step);
        moveTo(at);
    };
    switch (key) {
    case Qt::Key_Down:
        moveTo(m_model.nextRow(row, 1));
        return true;
    case Qt::Key_Up:
        moveTo(m_model.nextRow(row, -1));
        return true;
    case Qt::Key_PageDown:
        several(1);
        return true;
    case Qt::Key_PageUp:
        several(-1);
        return true;
    case Qt::Key_Tab:
        if (m_model.actionsRow() >= 0)
            moveTo(m_model.actionsRow());
        return true;
    case Qt::Key_Backtab:
        moveTo(m_model.firstRow());
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(row);
        return true;
    default:
        return false;
    }
}

void CommandPalette::moveTo(int row)
{
    if (row < 0)
        return;
    const QModelIndex index = m_model.index(row);
    m_list->setCurrentIndex(index);
    if (row == m_model.firstRow())
        m_list->scrollToTop(); // with its heading
    if (!isOpen())
        return;
    // The keyboard stays in the input; what it would run is what is spoken.
    QAccessibleEvent focus(m_list, QAccessible::Focus);
    focus.setChild(row);
    QAccessible::updateAccessibility(&focus);
}

void CommandPalette::run(int row)
{
    const PaletteEntry *entry = m_model.entry(row);
    if (!entry || !entry->disabledReason.isEmpty() || !entry->run)
        return;
    const auto deed = entry->run;
    closeAtOnce(); // what it does may open the next thing
    deed();
}

void CommandPalette::mousePressEvent(QMouseEvent *)
{
    closeAtOnce(); // nothing typed here is worth keeping
}

} // namespace credenza
