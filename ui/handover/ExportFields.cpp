// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/ExportFields.h"

#include "ui/widgets/CheckBox.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/LineEdit.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

FormField *fieldFor(const Theme &theme, const QString &label, QWidget *control)
{
    auto *field = new FormField(theme, label, Requirement::Optional, control);
    field->setLineKept(false);
    return field;
}

QString labelOf(const QString &nexlaName)
{
    static const std::map<QString, QString> labels{{u"vendor_name"_s, ExportFields::tr("Vendor")},
                                                   {u"connector"_s, ExportFields::tr("Connector")},
                                                   {u"fhir_base_url"_s, ExportFields::tr("Name of the base URL")},
                                                   {u"client_id"_s, ExportFields::tr("Name of the client ID")},
                                                   {u"private_key"_s, ExportFields::tr("Name of the private key")}};
    const auto found = labels.find(nexlaName);
    return found == labels.end() ? QString() : found->second;
}

} // namespace

ExportFields::ExportFields(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_kubernetes(new QWidget), m_nexla(new QWidget), m_formRow(new QWidget),
      m_formField(nullptr), m_namespace(new LineEdit(theme, TextStyle::Mono)),
      m_secretName(new LineEdit(theme, TextStyle::Mono)), m_form(new ComboBox(theme, tr("Key format"))),
      m_withoutKeys(new CheckBox(theme, tr("&Without private keys")))
{
    m_namespace->edit()->setObjectName(u"kubernetesNamespace"_s);
    m_secretName->edit()->setObjectName(u"kubernetesName"_s);
    m_secretName->setText(ExportOptions().kubernetesName);
    m_withoutKeys->setObjectName(u"withoutKeys"_s);
    m_form->setObjectName(u"keyForm"_s);
    m_form->addItem(tr("PKCS #8 PEM"));
    m_form->addItem(tr("PKCS #1 PEM, for old programs"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    auto *kubernetes = new QHBoxLayout(m_kubernetes);
    kubernetes->setContentsMargins(0, 0, 0, 0);
    kubernetes->setSpacing(16);
    kubernetes->addWidget(fieldFor(theme, tr("Namespace"), m_namespace), 1);
    kubernetes->addWidget(fieldFor(theme, tr("Name of each Secret"), m_secretName), 1);
    layout->addWidget(m_kubernetes);
    auto *nexla = new QGridLayout(m_nexla);
    nexla->setContentsMargins(0, 0, 0, 0);
    nexla->setHorizontalSpacing(16);
    nexla->setVerticalSpacing(8);
    int place = 0;
    for (const QString &name : nexlaNameKeys()) {
        if (labelOf(name).isEmpty())
            continue;
        auto *edit = new LineEdit(theme, TextStyle::Mono);
        edit->edit()->setObjectName(u"nexla-"_s + name);
        nexla->addWidget(fieldFor(theme, labelOf(name), edit), place / 3, place % 3);
        m_nexlaNames.emplace(name, edit);
        connect(edit->edit(), &QLineEdit::textChanged, this, &ExportFields::changed);
        ++place;
    }
    setNexlaNames({});
    layout->addWidget(m_nexla);
    auto *form = new QHBoxLayout(m_formRow);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(16);
    m_formField = fieldFor(theme, tr("Key format"), m_form);
    form->addWidget(m_formField);
    form->addWidget(m_withoutKeys, 0, Qt::AlignBottom);
    form->addStretch(1);
    layout->addWidget(m_formRow);

    connect(m_namespace->edit(), &QLineEdit::textChanged, this, &ExportFields::changed);
    connect(m_secretName->edit(), &QLineEdit::textChanged, this, &ExportFields::changed);
    connect(m_form, &ComboBox::currentIndexChanged, this, &ExportFields::changed);
    connect(m_withoutKeys, &CheckBox::toggled, this, &ExportFields::changed);
}

void ExportFields::showFor(const ExportFormat *format)
{
    m_kubernetes->setVisible(format != nullptr && format->id == u"kubernetes");
    m_nexla->setVisible(format != nullptr && format->id == u"nexla");
    m_formField->setVisible(format != nullptr);
    m_formRow->setVisible(format == nullptr || format->holdsKeys);
}

ExportOptions ExportFields::options() const
{
    ExportOptions options;
    options.isWithKeys = !m_withoutKeys->isChecked();
    options.keyForm = m_form->currentIndex() == 0 ? KeyForm::Pkcs8 : KeyForm::Traditional;
    options.kubernetesNamespace = m_namespace->text().trimmed();
    options.kubernetesName = m_secretName->text().trimmed();
    for (const auto &[name, edit] : m_nexlaNames) {
        const auto set = setNexlaName(options.nexla, name, edit->text().trimmed());
        Q_UNUSED(set) // an unusable name: the usual one is written
    }
    return options;
}

void ExportFields::setNexlaNames(const NexlaNames &names)
{
    for (const auto &[name, edit] : m_nexlaNames)
        edit->setText(nexlaName(names, name));
}

} // namespace credenza
