// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/SettingsPage.h"

#include "ui/widgets/CheckBox.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int columnWidth = 720;

} // namespace

SettingsPage::SettingsPage(Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_vaultName(new ElidingLabel(theme, {})),
      m_vaultPath(new ElidingLabel(theme, {}, Qt::ElideMiddle, TextStyle::Mono, Role::Text2))
{
    auto *appearance = new Card(theme);
    auto *look = new QVBoxLayout(appearance);
    look->setContentsMargins(17, 13, 17, 17);
    look->setSpacing(12);
    look->addWidget(new TextLabel(theme, tr("Appearance"), TextStyle::Section));
    auto *themeRow = new QHBoxLayout;
    themeRow->setSpacing(16);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new TextLabel(theme, tr("Theme"), TextStyle::Label));
    words->addWidget(new TextLabel(theme, tr("System follows the desktop’s setting."), TextStyle::Small, Role::Text3));
    themeRow->addLayout(words, 1);
    auto *mode = new SegmentedControl(theme, tr("Theme"));
    mode->setObjectName(u"themeMode"_s);
    mode->addSegment(tr("System"), Icon::Monitor);
    mode->addSegment(tr("Light"), Icon::Sun);
    mode->addSegment(tr("Dark"), Icon::Moon);
    mode->setCurrentIndex(static_cast<int>(theme.mode()));
    themeRow->addWidget(mode);
    look->addLayout(themeRow);
    look->addWidget(new Divider(theme));
    auto *motion = new CheckBox(theme, tr("Reduce motion: nothing slides or spins"));
    motion->setObjectName(u"reduceMotion"_s);
    motion->setChecked(theme.reducedMotion());
    look->addWidget(motion);

    auto *vault = new Card(theme);
    auto *facts = new QGridLayout(vault);
    facts->setContentsMargins(17, 13, 17, 17);
    facts->setHorizontalSpacing(16);
    facts->setVerticalSpacing(8);
    facts->setColumnMinimumWidth(0, 112);
    facts->setColumnStretch(1, 1);
    facts->addWidget(new TextLabel(theme, tr("Vault"), TextStyle::Section), 0, 0, 1, 2);
    facts->addWidget(new TextLabel(theme, tr("Name"), TextStyle::Body, Role::Text3), 1, 0);
    facts->addWidget(m_vaultName, 1, 1);
    facts->addWidget(new TextLabel(theme, tr("Location"), TextStyle::Body, Role::Text3), 2, 0);
    facts->addWidget(m_vaultPath, 2, 1);

    auto *column = new QWidget;
    column->setMaximumWidth(theme.scaled(columnWidth));
    auto *cards = new QVBoxLayout(column);
    cards->setContentsMargins(24, 24, 24, 24);
    cards->setSpacing(16);
    cards->addWidget(appearance);
    cards->addWidget(vault);
    cards->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(column);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    connect(mode, &SegmentedControl::currentChanged, this, [this](int index) {
        m_theme.setMode(static_cast<ThemeMode>(index));
        Q_EMIT appearanceChanged();
    });
    connect(motion, &QAbstractButton::toggled, this, [this](bool on) {
        m_theme.setReducedMotion(on);
        Q_EMIT appearanceChanged();
    });
}

void SettingsPage::setVault(const QString &name, const QString &path)
{
    m_vaultName->setText(name);
    m_vaultPath->setText(path);
}

} // namespace credenza
