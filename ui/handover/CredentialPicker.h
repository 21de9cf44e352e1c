// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"
#include "ui/widgets/Scrim.h"

class QListWidget;

namespace credenza
{

class Button;
class LineEdit;

/// "Choose credentials": all of the vault's with a box to tick, and a filter. For an export.
class CredentialPicker final : public Scrim
{
    Q_OBJECT

public:
    CredentialPicker(const Theme &theme, QWidget &host);

    /// Opens with these ticked.
    void openFor(const QList<Credential> &all, const QList<QUuid> &chosen);

Q_SIGNALS:
    /// In the order of the list; at least one.
    void chosen(const QList<QUuid> &ids);

protected:
    [[nodiscard]] QRect panelGeometry() const override;

private:
    void applyFilter();
    void tickShown();
    void refresh();
    void finish();
    [[nodiscard]] QList<QUuid> ticked() const;
    [[nodiscard]] bool isAllShownTicked() const;

    LineEdit *m_filter;
    QListWidget *m_list;
    Button *m_all;
    Button *m_choose;
};

} // namespace credenza
