// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/EndpointDirectory.h"

#include <QObject>

class QCompleter;
class QLineEdit;
class QMenu;
class QStandardItemModel;

namespace credenza
{

/// Completes the FHIR Base URL field by an organization's name, from a vendor's published list of endpoints; free entry
/// stays possible. Also the menu that fetches the list or opens it from a file.
class OrganizationPicker final : public QObject
{
    Q_OBJECT

public:
    explicit OrganizationPicker(QLineEdit &edit, QObject *parent = nullptr);

    void setDirectory(const EndpointDirectory &directory);
    /// "481 organizations, as of 27 Apr 2026"; empty without a list.
    [[nodiscard]] QString summary() const;
    /// Shows the menu below `anchor`. `canFetch`: the vendor publishes a list.
    void showMenu(QWidget &anchor, bool canFetch);

Q_SIGNALS:
    void fetchRequested();
    void fileChosen(const QString &path);

private:
    void offer(const QString &typed);
    void chooseFile(QWidget &parent);

    QLineEdit &m_edit;
    QStandardItemModel *m_model;
    QCompleter *m_completer;
    EndpointDirectory m_directory;
};

} // namespace credenza
