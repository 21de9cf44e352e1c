// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/DraftStatus.h"

#include "core/base/Clock.h"
#include "ui/overlay/OverlayPresenter.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/FoldingRow.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

DraftStatus::DraftStatus(const Theme &theme, const OverlayPresenter &presenter, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_presenter(presenter), m_clock(clock),
      m_icon(new IconLabel(theme, Icon::XCircle, Role::Err, 14)),
      m_text(new TextLabel(theme, {}, TextStyle::Small, Role::Text3)),
      m_link(new Button(theme, {}, ButtonKind::Quiet, ButtonSize::Small))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_icon);
    auto *words = new FoldingRow(4);
    m_text->setObjectName(u"draftStatus"_s);
    m_text->setWrappingIfNarrow();
    words->addWidget(m_text);
    m_link->setObjectName(u"fieldToFix"_s);
    m_link->setFlush(true);
    words->addWidget(m_link);
    row->addWidget(words);
    connect(m_link, &Button::clicked, this, [this] {
        if (m_target)
            Q_EMIT fieldRequested(*m_target);
    });
    m_aging.setSingleShot(true);
    m_aging.setInterval(61s);
    connect(&m_aging, &QTimer::timeout, this, &DraftStatus::refresh);
}

QString DraftStatus::text() const
{
    return m_link->isHidden() ? m_text->content() : m_text->content() + u' ' + m_link->text();
}

void DraftStatus::setFailure(const QString &text)
{
    m_failure = text;
    refresh();
}

QString DraftStatus::since() const
{
    const std::optional<TestReport> report = m_presenter.currentTest();
    if (!report || report->startedAt.secsTo(toDateTime(m_clock.now())) < 60)
        return tr("just now");
    return tr("at %1").arg(report->startedAt.toLocalTime().toString(u"HH:mm"_s));
}

void DraftStatus::refresh()
{
    const auto say = [this](const QString &text, Role role, std::optional<Icon> icon = std::nullopt) {
        m_text->setRole(role);
        m_text->setContent(text);
        m_icon->setVisible(icon.has_value());
        if (icon)
            m_icon->setIconShown(*icon, role);
    };
    m_target.reset();
    m_link->hide();
    if (!m_failure.isEmpty()) {
        say(m_failure, Role::Err, Icon::XCircle);
        return;
    }
    if (const QList<Field> wrong = m_presenter.toFix(); !wrong.isEmpty()) {
        m_target = wrong.constFirst();
        say(wrong.size() == 1 ? tr("1 field to fix:") : tr("%1 fields to fix, first:").arg(wrong.size()), Role::Err,
            Icon::XCircle);
        m_link->setText(OverlayPresenter::labelOf(*m_target));
        m_link->setAccessibleName(tr("Go to %1").arg(m_link->text()));
        m_link->updateGeometry();
        m_link->show();
        return;
    }
    if (!m_presenter.missing().isEmpty()) {
        say(m_presenter.summary(), Role::Text3);
        return;
    }
    switch (m_presenter.testState()) {
    case DraftTestState::None:
        say({}, Role::Text3);
        break;
    case DraftTestState::Running:
        say(tr("Testing…"), Role::Text2);
        break;
    case DraftTestState::Passed:
        say(tr("Passed %1").arg(since()), Role::Ok, Icon::CheckCircle);
        m_aging.start();
        break;
    case DraftTestState::Failed:
        say(tr("Failed %1. You can save it anyway.").arg(since()), Role::Err, Icon::XCircle);
        m_aging.start();
        break;
    case DraftTestState::Cancelled:
        say(tr("Test cancelled"), Role::Text3);
        break;
    case DraftTestState::Outdated:
        say(tr("Changed since the test"), Role::Text3);
        break;
    }
}

} // namespace credenza
