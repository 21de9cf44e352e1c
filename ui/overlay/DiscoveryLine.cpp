// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/DiscoveryLine.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QPainter>
#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

DiscoveryLine::DiscoveryLine(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_row(new QHBoxLayout(this))
{
    setFixedHeight(theme.scaled(24));
    m_row->setContentsMargins(30, 0, 8, 0);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void DiscoveryLine::clear()
{
    hide();
    delete m_content;
    m_content = nullptr;
}

void DiscoveryLine::showReport(const TestReport &report)
{
    clear();
    const auto discovery = std::ranges::find(report.steps, TestStepId::Discover, &TestStep::id);
    if (discovery == report.steps.end())
        return;
    const QJsonObject found = discovery->details;
    const QString endpoint = found["tokenEndpoint"_L1].toString();
    m_isFound = !endpoint.isEmpty();
    if (!m_isFound) {
        QStringList tried;
        for (const QJsonValue &address : found["tried"_L1].toArray())
            tried.append(address.toString());
        if (discovery->state == TestStepState::Failed && !tried.isEmpty())
            showTried(tried);
        return;
    }
    QString version = found["fhirVersion"_L1].toString();
    for (const TestStep &step : report.steps) {
        if (version.isEmpty())
            version = step.details["fhirVersion"_L1].toString();
    }

    m_content = new QWidget;
    auto *row = new QHBoxLayout(m_content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    if (!version.isEmpty())
        row->addWidget(new TextLabel(m_theme, tr("FHIR %1").arg(version), TextStyle::SmallStrong));
    row->addWidget(new TextLabel(m_theme, tr("Token endpoint"), TextStyle::Small, Role::Text2));
    // The last two parts of the path tell it; the whole URL is the tool tip.
    const QString tail = QUrl(endpoint).path().section(u'/', -2);
    auto *url = new ElidingLabel(m_theme, u"…/"_s + tail, Qt::ElideLeft, TextStyle::Mono, Role::Text2);
    url->setToolTip(endpoint);
    url->setAccessibleName(tr("Token endpoint %1").arg(endpoint));
    row->addWidget(url, 1);
    const QJsonArray algorithms = found["signingAlgorithms"_L1].toArray();
    constexpr qsizetype maxBadges = 3;
    for (qsizetype i = 0; i < std::min(algorithms.size(), maxBadges); i++)
        row->addWidget(new Badge(m_theme, {BadgeKind::Ok, algorithms.at(i).toString()}));
    m_row->addWidget(m_content);
    setAccessibleName(tr("Discovered: FHIR %1, token endpoint %2").arg(version, endpoint));
    show();
}

void DiscoveryLine::showTried(const QStringList &tried)
{
    m_content = new ElidingLabel(m_theme, tr("Not found. Tried: %1").arg(tried.join(u", "_s)), Qt::ElideRight,
                                 TextStyle::Small);
    m_content->setToolTip(tried.join(u'\n'));
    m_row->addWidget(m_content);
    setAccessibleName(tr("Discovery found nothing"));
    show();
}

void DiscoveryLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawBox(painter, rect(), 4, m_theme.color(m_isFound ? Role::OkTint : Role::WarnTint),
            m_theme.color(m_isFound ? Role::OkLine : Role::WarnLine));
    const int icon = m_theme.scaled(14);
    drawIcon(painter, m_theme, m_isFound ? Icon::CheckCircle : Icon::Warning, m_isFound ? Role::Ok : Role::Warn,
             QRect(8, 0, icon, height()), icon);
}

} // namespace credenza
