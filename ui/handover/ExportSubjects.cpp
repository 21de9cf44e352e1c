// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/ExportSubjects.h"

#include "core/credentials/Environment.h"
#include "ui/handover/CredentialPicker.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QSet>

#include <algorithm>
#include <iterator>

namespace credenza
{

using namespace Qt::StringLiterals;

ExportSubjects::ExportSubjects(const Theme &theme, QWidget &host, VaultSession &session, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_session(session), m_picker(new CredentialPicker(theme, host)),
      m_chips(new QHBoxLayout), m_choose(new Button(theme, tr("C&hoose…"), ButtonKind::Quiet, ButtonSize::Compact)),
      m_production(new Badge(theme, {BadgeKind::Production, {}}))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(24, 10, 24, 10);
    row->setSpacing(12);
    row->addWidget(new TextLabel(theme, tr("Credentials"), TextStyle::Body, Role::Text2));
    m_chips->setSpacing(8);
    row->addLayout(m_chips);
    m_choose->setLeadingIcon(Icon::Plus);
    m_choose->setObjectName(u"exportChoose"_s);
    row->addWidget(m_choose);
    row->addStretch(1);
    row->addWidget(m_production);
    connect(m_choose, &Button::clicked, this, [this] { m_picker->openFor(m_session.credentials(), m_ids); });
    connect(m_picker, &CredentialPicker::chosen, this, [this](const QList<QUuid> &ids) {
        setIds(ids);
        Q_EMIT changed();
    });
}

void ExportSubjects::setIds(const QList<QUuid> &ids)
{
    // Looked up together: there may be ten thousand.
    QSet<QUuid> known;
    for (const Credential &credential : m_session.credentials())
        known.insert(credential.id);
    m_ids.clear();
    std::ranges::copy_if(ids, std::back_inserter(m_ids), [&known](const QUuid &id) { return known.contains(id); });
    count();
    showChips();
}

void ExportSubjects::count()
{
    const QSet<QUuid> chosen(m_ids.begin(), m_ids.end());
    m_productionCount =
        static_cast<int>(std::ranges::count_if(m_session.credentials(), [&chosen](const Credential &credential) {
            return chosen.contains(credential.id) && environmentOf(credential.fhirBaseUrl) == Environment::Production;
        }));
}

void ExportSubjects::closePicker()
{
    m_picker->closeAtOnce();
}

void ExportSubjects::showChips()
{
    while (QLayoutItem *item = m_chips->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_production->setVisible(m_productionCount > 0);
    m_production->setBadge({BadgeKind::Production, tr("%n Production", nullptr, m_productionCount)});
    m_shownFor = width();
    // What label, button, badge and "and 9,999 more" leave.
    int room = width() - 48 - m_choose->sizeHint().width() - m_theme.scaled(72 + 108) -
               (m_productionCount > 0 ? m_production->sizeHint().width() + 12 : 0);
    qsizetype shown = 0;
    for (const QUuid &id : std::as_const(m_ids)) {
        const Credential *credential = m_session.credential(id);
        if (credential == nullptr)
            continue;
        const QFontMetrics metrics(m_theme.font(TextStyle::SmallLabel));
        auto *chip = new Chip(m_theme, metrics.elidedText(credential->name, Qt::ElideRight, m_theme.scaled(208)));
        chip->setRemovable(m_ids.size() > 1);
        const int needed = chip->sizeHint().width() + 8;
        if (shown > 0 && needed > room) {
            delete chip;
            break;
        }
        room -= needed;
        ++shown;
        chip->setAccessibleName(credential->name);
        chip->setToolTip(credential->name);
        m_chips->addWidget(chip);
        connect(chip, &Chip::removeRequested, this, [this, id] {
            if (m_ids.size() == 1)
                return;
            m_ids.removeAll(id);
            count();
            showChips();
            Q_EMIT changed();
        });
    }
    if (m_ids.size() > shown)
        m_chips->addWidget(new TextLabel(m_theme, tr("and %n more", nullptr, static_cast<int>(m_ids.size() - shown)),
                                         TextStyle::Body, Role::Text2));
}

void ExportSubjects::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_shownFor != width())
        showChips();
}

} // namespace credenza
