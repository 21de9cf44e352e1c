// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/SectionHeader.h"

#include "ui/widgets/Divider.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace credenza
{

SectionHeader::SectionHeader(const Theme &theme, const QString &title, QWidget *parent)
    : QWidget(parent), m_title(new TextLabel(theme, title, TextStyle::Section)), m_row(new QHBoxLayout)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(new Divider(theme));
    m_row->setSpacing(8);
    m_row->addWidget(m_title);
    m_row->addStretch(1);
    layout->addLayout(m_row);
}

void SectionHeader::setTitle(const QString &title)
{
    m_title->setContent(title);
}

void SectionHeader::addTrailing(QWidget *widget)
{
    m_row->addWidget(widget);
}

} // namespace credenza
