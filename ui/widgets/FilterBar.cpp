// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/FilterBar.h"

#include "ui/widgets/Chip.h"
#include "ui/widgets/LineEdit.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace credenza
{

namespace
{

/// From here on the field takes the room of the chips; its words find the same.
constexpr qreal largeText = 1.5;

} // namespace

FilterBar::FilterBar(const Theme &theme, const QString &name, const QString &prompt, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_row(new QHBoxLayout(this)), m_field(new LineEdit(theme))
{
    setObjectName(name + QLatin1String("Bar"));
    setFixedHeight(theme.scaled(48));
    m_row->setContentsMargins(24, 0, 24, 0);
    m_row->setSpacing(8);
    m_field->setLeadingIcon(Icon::Filter);
    m_field->setPlaceholder(prompt);
    m_field->setMaximumWidth(theme.scaled(288));
    m_field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_field->edit()->setObjectName(name);
    m_field->edit()->setAccessibleName(prompt);
    m_row->addWidget(m_field, 1);
    m_row->addSpacing(8);
    m_row->addStretch(1);
    connect(m_field->edit(), &QLineEdit::textChanged, this, &FilterBar::textChanged);
}

void FilterBar::addChip(const QString &name, const QString &text)
{
    const auto index = static_cast<int>(m_chips.size());
    auto *chip = new Chip(m_theme, text);
    chip->setCheckable(true);
    chip->setChecked(index == 0);
    chip->setObjectName(m_field->edit()->objectName() + u':' + name);
    connect(chip, &Chip::clicked, this, [this, index] { choose(index); });
    m_row->insertWidget(m_row->count() - 1, chip);
    chip->setVisible(index == 0 || m_theme.textScale() < largeText);
    m_chips.append(chip);
}

void FilterBar::setCount(int chip, int count)
{
    m_chips.at(chip)->setCount(count);
}

void FilterBar::reset()
{
    m_field->edit()->clear();
    choose(0);
}

void FilterBar::focusField()
{
    m_field->edit()->setFocus(Qt::OtherFocusReason);
}

void FilterBar::choose(int chip)
{
    for (int i = 0; i < m_chips.size(); ++i)
        m_chips.at(i)->setChecked(i == chip);
    Q_EMIT chipChosen(chip);
}

} // namespace credenza
