// SPDX-License-Identifier: Apache-2.0
#include "ui/keypairs/KeysPage.h"

#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"
#include "ui/widgets/WireHighlighter.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include <array>

namespace credenza
{

using namespace Qt::StringLiterals;
using Model = KeyPairModel;

namespace
{

/// From here on, what stands side by side goes below each other.
constexpr qreal largeText = 1.5;

/// What the chips behind "All" stand for, and their names in the tree of widgets.
constexpr std::array<std::pair<KeyState, QLatin1String>, 4> states{{{KeyState::InUse, "inUse"_L1},
                                                                    {KeyState::Old, "old"_L1},
                                                                    {KeyState::NotAccepted, "notAccepted"_L1},
                                                                    {KeyState::Unused, "unused"_L1}}};

enum Form { PemForm, JwkForm, JwkSetForm };

BadgeText badgeOf(KeyState state)
{
    switch (state) {
    case KeyState::InUse:
        return {BadgeKind::Ok, keyStateText(state)};
    case KeyState::Old:
        return {BadgeKind::Warning, keyStateText(state)};
    case KeyState::NotAccepted:
        return {BadgeKind::Error, keyStateText(state)};
    case KeyState::Unused:
        break;
    }
    return {BadgeKind::Plain, keyStateText(state)};
}

} // namespace

KeysPage::KeysPage(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme),
      m_filter(new FilterBar(theme, u"keyFilter"_s, tr("Filter by key ID, credential, thumbprint"))),
      m_table(new DataTable(theme, tr("Key pairs"), 36)), m_empty(new EmptyState(theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    fillFilterBar();
    layout->addWidget(m_filter);
    m_table->setObjectName(u"keyTable"_s);
    m_table->setModel(&m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegate(new RowDelegate(
        theme, 36, [this](const QModelIndex &index) { return lookOf(index); }, m_table));
    m_table->setColumnShares(theme.textScale() >= largeText ? QList<int>{26, 20, 26, 14, 0, 14, 0, 0}
                                                            : QList<int>{16, 11, 23, 9, 9, 6, 14, 12});
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty, 1);
    m_detail = makeDetail();
    layout->addWidget(m_detail);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &KeysPage::showPair);
    connect(m_empty, &EmptyState::actionTriggered, m_filter, &FilterBar::reset);
    refresh();
}

void KeysPage::fillFilterBar()
{
    m_filter->addChip(u"all"_s, tr("All"));
    for (const auto &[state, name] : states)
        m_filter->addChip(QString(name), keyStateText(state));
    connect(m_filter, &FilterBar::chipChosen, this, [this](int chip) {
        m_model.setStateFilter(chip == 0 ? std::nullopt : std::optional(states.at(chip - 1).first));
        refresh();
    });
    connect(m_filter, &FilterBar::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        refresh();
    });
}

QWidget *KeysPage::makeDetail()
{
    auto *detail = new Pane(m_theme, Role::Background, Qt::TopEdge);
    detail->setFixedHeight(std::min(m_theme.scaled(312), 400));
    auto *columns = new QHBoxLayout(detail);
    columns->setContentsMargins(0, 1, 0, 0);
    columns->setSpacing(0);

    auto *words = new QWidget;
    auto *left = new QVBoxLayout(words);
    left->setContentsMargins(24, 16, 24, 16);
    left->setSpacing(8);
    m_title = new TextLabel(m_theme, {}, TextStyle::Section);
    m_facts = new TextLabel(m_theme, {}, TextStyle::Body, Role::Text2);
    m_facts->setWrapping(true);
    m_advice = new TextLabel(m_theme, {}, TextStyle::Small, Role::Text2);
    m_advice->setWrapping(true);
    m_show = new Button(m_theme, tr("Show the credential"));
    m_show->setObjectName(u"showCredential"_s);
    left->addWidget(m_title);
    left->addWidget(m_facts);
    left->addWidget(m_advice);
    left->addWidget(m_show, 0, Qt::AlignLeft);
    left->addStretch(1);

    auto *side = new Pane(m_theme, Role::Surface, Qt::LeftEdge);
    auto *right = new QVBoxLayout(side);
    right->setContentsMargins(25, 16, 24, 16);
    right->setSpacing(8);
    auto *head = new QBoxLayout(m_theme.textScale() < largeText ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    head->addWidget(new ElidingLabel(m_theme, tr("Register with the server"), Qt::ElideRight, TextStyle::Section), 1);
    m_form = new SegmentedControl(m_theme, tr("Form of the public key"), 24);
    m_form->setObjectName(u"publicForm"_s);
    m_form->addSegment(tr("Public PEM"));
    m_form->addSegment(tr("JWK"));
    m_form->addSegment(tr("JWK Set"));
    m_form->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_form->setCurrentIndex(JwkSetForm);
    head->addWidget(m_form, 0, Qt::AlignLeft);
    right->addLayout(head);
    m_code = new CodeBlock(m_theme, tr("Public key"));
    m_code->setObjectName(u"publicKey"_s);
    m_code->setWrapping(true); // the modulus is one long word
    new WireHighlighter(m_theme, m_code->document());
    m_code->setMaximumLines(m_theme.textScale() < largeText ? 9 : 3);
    right->addWidget(m_code);
    right->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto *copy = new Button(m_theme, tr("Copy"));
    copy->setLeadingIcon(Icon::Copy);
    copy->setObjectName(u"copyPublicKey"_s);
    auto *save = new Button(m_theme, tr("Save…"));
    save->setLeadingIcon(Icon::Save);
    save->setObjectName(u"savePublicKey"_s);
    buttons->addWidget(copy);
    buttons->addWidget(save);
    buttons->addStretch(1);
    right->addLayout(buttons);
    // Halves, whatever they hold.
    words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    side->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    columns->addWidget(words, 1);
    columns->addWidget(side, 1);

    connect(m_form, &SegmentedControl::currentChanged, this, &KeysPage::showPair);
    connect(copy, &Button::clicked, this, [this] { Q_EMIT copyRequested(tr("Public key"), m_code->code()); });
    connect(save, &Button::clicked, this, [this] {
        const QString suffix = m_form->currentIndex() == PemForm ? u".pem"_s : u".json"_s;
        if (const KeyPair *pair = current())
            Q_EMIT saveRequested(pair->keyId + suffix, publicForm(*pair).toUtf8());
    });
    connect(m_show, &Button::clicked, this, [this] {
        if (const KeyPair *pair = current())
            Q_EMIT showCredentialRequested(pair->credentials.constFirst());
    });
    return detail;
}

QWidget *KeysPage::makeJwkSetButton()
{
    auto *button = new Button(m_theme, tr("JWK Set…"));
    button->setLeadingIcon(Icon::FileCode);
    button->setToolTip(tr("Save the public keys of all credentials as one JWK Set to host"));
    button->setObjectName(u"saveJwkSet"_s);
    connect(button, &Button::clicked, this,
            [this] { Q_EMIT saveRequested(u"jwks.json"_s, publicJwkSet(m_model.all())); });
    return button;
}

void KeysPage::setPairs(const QList<KeyPair> &pairs, const QDateTime &now)
{
    const KeyPair *before = current();
    const QString thumbprint = before ? before->card.thumbprint : QString();
    m_model.setPairs(pairs, now);
    refresh();
    if (const int row = m_model.rowOf(thumbprint); row >= 0)
        m_table->setCurrentIndex(m_model.index(row, 0));
}

void KeysPage::refresh()
{
    m_filter->setCount(0, static_cast<int>(m_model.all().size()));
    for (int chip = 1; const auto &[state, name] : states)
        m_filter->setCount(chip++, m_model.countOf(state));
    const bool none = m_model.rowCount() == 0;
    m_table->setVisible(!none);
    m_empty->setVisible(none);
    m_detail->setVisible(!none);
    if (m_model.all().isEmpty()) {
        m_empty->setWords(Icon::Fingerprint, tr("The key pairs of your credentials will stand here."));
        m_empty->setDetail(tr("A key comes with a credential: pasted, chosen from a file, or generated."));
    } else if (none) {
        m_empty->setWords(Icon::Search, tr("No key matches the filter."), tr("Clear the filter"));
        m_empty->setDetail({});
    }
    if (!none && !m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_model.index(0, 0));
    showPair();
}

const KeyPair *KeysPage::current() const
{
    return m_model.pairAt(m_table->currentIndex().row());
}

QString KeysPage::publicForm(const KeyPair &pair) const
{
    if (m_form->currentIndex() == PemForm)
        return QString::fromLatin1(pair.card.publicPem);
    if (m_form->currentIndex() == JwkSetForm)
        return QString::fromUtf8(publicJwkSet({pair}));
    const auto jwk = publicJwk(pair);
    return jwk ? QString::fromUtf8(readableJson(*jwk)) : jwk.error().message;
}

void KeysPage::showPair()
{
    const KeyPair *pair = current();
    if (!pair)
        return;
    m_title->setContent(pair->keyId);
    m_facts->setContent(tr("%1, signs with %2. Used by %3.")
                            .arg(keyTypeText(pair->card), nameOf(pair->algorithm), pair->usedBy.join(u", "_s)));
    switch (pair->state) {
    case KeyState::Unused:
        m_advice->setContent(tr("Never used: test a connection to see whether the server accepts it."));
        break;
    case KeyState::InUse:
        m_advice->setContent(tr("The server accepted it at the last test."));
        break;
    case KeyState::Old:
        m_advice->setContent(tr("Older than a year: generate a new one, register it, then replace this one."));
        break;
    case KeyState::NotAccepted:
        m_advice->setContent(tr("The server refused the client at the last test: see whether this public key is "
                                "registered for the client ID and this environment."));
        break;
    }
    m_code->setCode(publicForm(*pair).trimmed());
}

CellLook KeysPage::lookOf(const QModelIndex &index) const
{
    const KeyPair *pair = m_model.pairAt(index.row());
    CellLook look;
    look.text = index.data().toString();
    look.role = Role::Text2;
    switch (index.column()) {
    case Model::KeyId:
        look.style = TextStyle::Mono;
        look.role = Role::Text;
        look.elide = Qt::ElideMiddle;
        break;
    case Model::State:
        look.badge = badgeOf(pair->state);
        look.text.clear();
        break;
    case Model::UsedBy:
        look.role = Role::Text;
        break;
    case Model::Thumbprint:
        look.elide = Qt::ElideMiddle;
        [[fallthrough]];
    case Model::Algorithm:
        look.style = TextStyle::Mono;
        break;
    case Model::Age:
        look.align = Qt::AlignRight;
        if (pair->state == KeyState::Old) {
            look.style = TextStyle::Heading;
            look.role = Role::Warn;
        }
        break;
    default:
        break;
    }
    return look;
}

void KeysPage::start()
{
    if (m_table->isVisible())
        m_table->setFocus(Qt::OtherFocusReason);
    else
        m_filter->focusField();
}

} // namespace credenza
