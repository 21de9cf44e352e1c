// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/BrowsePage.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>

namespace credenza
{

BrowsePage::BrowsePage(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_source(new ComboBox(theme, tr("Credential to browse with"))),
      m_tokenIcon(new IconLabel(theme, Icon::CheckCircle, Role::Ok, 14)),
      m_token(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_server(new TextLabel(theme, {}, TextStyle::Small, Role::Text3)), m_live(new LiveView(theme)),
      m_empty(new EmptyState(theme)), m_stack(new QStackedWidget)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_stack, 1);
    m_empty->setWords(Icon::Browse, tr("Select a credential to see what it can reach."), tr("Back to Authenticate"));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_live);
    connect(m_empty, &EmptyState::actionTriggered, this, &BrowsePage::backRequested);
    connect(m_live, &LiveView::copied, this, &BrowsePage::announced);
    connect(m_live, &LiveView::tokenKnown, this, &BrowsePage::showToken);
    connect(m_live, &LiveView::opened, this, [this](const ServerFacts &facts) {
        m_server->setContent(facts.software.isEmpty() ? tr("FHIR %1").arg(facts.fhirVersion)
                                                      : tr("%1, FHIR %2").arg(facts.software, facts.fhirVersion));
        showToken(facts.tokenLife);
    });
    connect(m_source, &QComboBox::activated, this,
            [this](int row) { Q_EMIT credentialChosen(m_source->itemData(row).toUuid()); });
    const auto add = [this](const QKeySequence &keys, auto handler) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, handler);
    };
    add(Qt::CTRL | Qt::SHIFT | Qt::Key_C, [this] { m_live->copyCurl(); });
    add(Qt::CTRL | Qt::Key_F, [this] { m_live->focusSearch(); });
    clear();
}

QWidget *BrowsePage::makeBar()
{
    auto *bar = new Pane(m_theme, Role::Surface, Qt::BottomEdge);
    bar->setFixedHeight(m_theme.scaled(48));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    m_source->setFixedWidth(m_theme.scaled(288));
    row->addWidget(m_source);
    row->addWidget(m_tokenIcon);
    row->addWidget(m_token);
    row->addStretch();
    row->addWidget(m_server);
    return bar;
}

void BrowsePage::setCredentials(const QList<Credential> &credentials)
{
    const QUuid current = m_source->currentData().toUuid();
    m_source->clear();
    for (const Credential &credential : credentials)
        m_source->addItem(credential.name, credential.id);
    m_source->setCurrentIndex(m_source->findData(current));
}

void BrowsePage::openServer(ServerAccess access)
{
    m_source->setCurrentIndex(m_source->findData(access.credential.id));
    m_server->setContent(QUrl(access.credential.fhirBaseUrl).host());
    showToken(std::chrono::seconds(0));
    m_live->setSession(std::make_unique<BrowseSession>(std::move(access)));
    m_stack->setCurrentWidget(m_live);
}

void BrowsePage::clear()
{
    m_live->setSession(nullptr);
    m_source->setCurrentIndex(-1);
    m_server->setContent({});
    showToken(std::chrono::seconds(0));
    m_stack->setCurrentWidget(m_empty);
}

void BrowsePage::showToken(std::chrono::seconds left)
{
    m_tokenIcon->setVisible(left.count() > 0);
    const auto minutes = static_cast<int>(left.count() / 60);
    m_token->setContent(left.count() <= 0 ? QString()
                        : minutes > 0     ? tr("Token valid for %n min", nullptr, minutes)
                                          : tr("Token valid for %n s", nullptr, static_cast<int>(left.count())));
}

} // namespace credenza
