// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/FormatList.h"

#include "core/handover/Export.h"
#include "ui/handover/FormatChoice.h"
#include "ui/widgets/TextLabel.h"

#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

Icon iconFor(const QString &format)
{
    static const std::map<QString, Icon> icons{
        {u"bundle"_s, Icon::Lock},          {u"jwks"_s, Icon::Key},
        {u"nexla"_s, Icon::Database},       {u"kubernetes"_s, Icon::Server},
        {u"dotenv"_s, Icon::Terminal},      {u"bulk-data-client"_s, Icon::Download},
        {u"smart-fetch"_s, Icon::FileCode}, {u"inferno"_s, Icon::Gauge},
        {u"vault-kv"_s, Icon::Shield},      {u"aws-secrets-manager"_s, Icon::Globe},
        {u"1password"_s, Icon::IdBadge},    {u"keepass"_s, Icon::FileText}};
    const auto found = icons.find(format);
    return found == icons.end() ? Icon::FileCode : found->second;
}

} // namespace

FormatList::FormatList(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 12, 12, 12);
    column->setSpacing(2);
    const auto heading = [&](const QString &text) {
        auto *label = new TextLabel(theme, text, TextStyle::SmallLabel, Role::Text2);
        label->setContentsMargins(8, 6, 0, 4);
        column->addWidget(label);
    };
    heading(tr("Key stays protected"));
    add(*column, bundleFormatId(), tr("Encrypted bundle"), tr(".age, for a passphrase or recipients"));
    for (const ExportFormat &format : exportFormats())
        if (!format.holdsKeys)
            add(*column, format.id, format.title, format.summary);
    heading(tr("Private key in the open"));
    for (const ExportFormat &format : exportFormats())
        if (format.holdsKeys)
            add(*column, format.id, format.title, format.summary);
    column->addStretch(1);
    m_choices.at(bundleFormatId())->setChecked(true);
}

void FormatList::add(QVBoxLayout &column, const QString &format, const QString &title, const QString &summary)
{
    auto *choice = new FormatChoice(m_theme, {iconFor(format), title, summary});
    choice->setObjectName(u"format-"_s + format);
    column.addWidget(choice);
    m_choices.emplace(format, choice);
    connect(choice, &QRadioButton::toggled, this, [this, format](bool checked) {
        if (checked)
            Q_EMIT currentChanged(format);
    });
}

QString FormatList::current() const
{
    for (const auto &[format, choice] : m_choices)
        if (choice->isChecked())
            return format;
    return bundleFormatId();
}

void FormatList::setCurrent(const QString &format)
{
    if (const auto found = m_choices.find(format); found != m_choices.end())
        found->second->setChecked(true);
}

QWidget *FormatList::firstFocus() const
{
    return m_choices.at(current());
}

} // namespace credenza
