// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/OrganizationPicker.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QFileDialog>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QStandardItemModel>
#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype fewestLetters = 2;
constexpr int visibleRows = 8;

/// A name rather than an address: nobody's name has these in it.
bool looksLikeName(const QString &text)
{
    return text.trimmed().size() >= fewestLetters && !text.contains(u'/') && !text.contains(u':') &&
           !text.trimmed().contains(u'.');
}

QString labelOf(const OrganizationEndpoint &endpoint)
{
    const QString host = QUrl(endpoint.fhirBaseUrl).host();
    if (endpoint.organizations < 2)
        return OrganizationPicker::tr("%1 – %2").arg(endpoint.organization, host);
    return OrganizationPicker::tr("%1 – %2, shared by %3 organizations")
        .arg(endpoint.organization, host)
        .arg(endpoint.organizations);
}

} // namespace

OrganizationPicker::OrganizationPicker(QLineEdit &edit, QObject *parent)
    : QObject(parent), m_edit(edit), m_model(new QStandardItemModel(this)), m_completer(new QCompleter(m_model, this))
{
    m_completer->setObjectName(u"organizationCompleter"_s);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setCompletionRole(Qt::UserRole); // the address goes into the field, the name is shown
    m_completer->setMaxVisibleItems(visibleRows);
    m_completer->popup()->setAccessibleName(tr("Organizations"));
    m_completer->popup()->setTextElideMode(Qt::ElideMiddle);
    m_edit.setCompleter(m_completer);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &chosen) { m_edit.setText(chosen.data(Qt::UserRole).toString()); });
    // Comes before the completer looks at the model.
    connect(&m_edit, &QLineEdit::textEdited, this, &OrganizationPicker::offer);
}

void OrganizationPicker::setDirectory(const EndpointDirectory &directory)
{
    m_directory = directory;
}

QString OrganizationPicker::summary() const
{
    if (m_directory.endpoints.isEmpty())
        return {};
    return tr("%1 organizations, as of %2")
        .arg(m_directory.endpoints.size())
        .arg(QLocale().toString(m_directory.asOf.toLocalTime().date(), u"d MMM yyyy"_s));
}

void OrganizationPicker::offer(const QString &typed)
{
    m_model->clear();
    if (!looksLikeName(typed))
        return;
    for (const OrganizationEndpoint &endpoint : m_directory.find(typed)) {
        auto *item = new QStandardItem(labelOf(endpoint));
        item->setData(endpoint.fhirBaseUrl, Qt::UserRole);
        item->setToolTip(endpoint.fhirBaseUrl);
        m_model->appendRow(item);
    }
}

void OrganizationPicker::showMenu(QWidget &anchor, bool canFetch)
{
    auto *menu = new QMenu(&anchor);
    menu->setObjectName(u"organizationMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString known = summary();
    QAction *state =
        menu->addAction(known.isEmpty() ? tr("No list of organizations yet") : tr("Type a name: %1").arg(known));
    state->setEnabled(false);
    menu->addSeparator();
    QAction *fetch = menu->addAction(known.isEmpty() ? tr("&Fetch the published list") : tr("&Fetch it anew"));
    fetch->setEnabled(canFetch);
    connect(fetch, &QAction::triggered, this, &OrganizationPicker::fetchRequested);
    QAction *open = menu->addAction(tr("&Open the list from a file…"));
    connect(open, &QAction::triggered, this, [this, &anchor] { chooseFile(anchor); });
    menu->popup(anchor.mapToGlobal(QPoint(0, anchor.height())));
}

void OrganizationPicker::chooseFile(QWidget &parent)
{
    auto *dialog =
        new QFileDialog(&parent, tr("Open a list of endpoints"), {}, tr("FHIR Bundles (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &OrganizationPicker::fileChosen);
    dialog->open();
}

} // namespace credenza
