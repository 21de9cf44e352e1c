// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/TagChips.h"

#include "ui/authenticate/CredentialTileModel.h"
#include "ui/widgets/Chip.h"

#include <QHBoxLayout>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype mostTags = 5;

} // namespace

TagChips::TagChips(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_layout(new QHBoxLayout(this))
{
    setAccessibleName(tr("Filter by tag"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
}

void TagChips::setTags(int total, const QList<std::pair<QString, int>> &tags)
{
    const qsizetype most = m_theme.textScale() < 1.5 ? mostTags : 1;
    const auto shown = tags.first(std::min(most, tags.size()));
    if (total == m_total && shown == m_shown)
        return; // keeps the focus where it is
    m_total = total;
    m_shown = shown;
    for (const auto &[tag, chip] : std::as_const(m_chips))
        delete chip;
    m_chips.clear();
    addChip({}, tr("All"), total);
    for (const auto &[tag, count] : shown)
        addChip(tag, tag == CredentialTileModel::favoritesTag() ? tr("Favorites") : tag, count);
    if (!m_current.isEmpty() && std::ranges::find(shown, m_current, &std::pair<QString, int>::first) == shown.end())
        setCurrent({});
    updateGeometry();
    fit();
}

QSize TagChips::sizeHint() const
{
    QSize size(0, 0);
    for (const auto &[tag, chip] : m_chips) {
        const QSize hint = chip->sizeHint();
        size = {size.width() + hint.width() + (size.isEmpty() ? 0 : m_layout->spacing()),
                std::max(size.height(), hint.height())};
    }
    return size;
}

QSize TagChips::minimumSizeHint() const
{
    return m_chips.isEmpty() ? QSize() : m_chips.first().second->sizeHint();
}

void TagChips::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void TagChips::fit()
{
    int taken = 0;
    for (const auto &[tag, chip] : std::as_const(m_chips)) {
        taken += chip->sizeHint().width();
        // "All", and what is chosen, are never out of reach.
        chip->setVisible(tag.isEmpty() || tag == m_current || taken <= width());
        taken += m_layout->spacing();
    }
}

void TagChips::addChip(const QString &tag, const QString &text, int count)
{
    auto *chip = new Chip(m_theme, text, this);
    chip->setCheckable(true);
    chip->setCount(count);
    chip->setChecked(tag == m_current);
    chip->setObjectName(u"tag:"_s + tag);
    connect(chip, &Chip::clicked, this, [this, tag] { setCurrent(tag); });
    m_layout->addWidget(chip);
    m_chips.emplace_back(tag, chip);
}

void TagChips::setCurrent(const QString &tag)
{
    const bool changed = tag != m_current;
    m_current = tag;
    for (const auto &[other, chip] : std::as_const(m_chips))
        chip->setChecked(other == tag);
    fit();
    if (changed)
        Q_EMIT currentChanged(tag);
}

} // namespace credenza
