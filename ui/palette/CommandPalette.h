// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/palette/PaletteModel.h"
#include "ui/widgets/Scrim.h"

class QLineEdit;
class QListView;

namespace credenza
{

class TextLabel;

/// The command palette (Ctrl+K): type to find a credential, an action or a key; arrows move, Enter runs, Tab goes to
/// the actions of the credential found, Esc or a click beside it closes. 640 wide, 96 from the top.
class CommandPalette final : public Scrim
{
    Q_OBJECT

public:
    CommandPalette(const Theme &theme, QWidget &host);

    /// Opens with this content, nothing typed.
    void openWith(QList<PaletteSection> sections, PaletteModel::ActionsOf actionsOf, const QUuid &current);
    [[nodiscard]] const PaletteModel &model() const { return m_model; }

protected:
    [[nodiscard]] QRect panelGeometry() const override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] QWidget *makeFoot();
    bool handleKey(int key);
    void moveTo(int row);
    void run(int row);
    void refresh();

    PaletteModel m_model;
    QLineEdit *m_input;
    QListView *m_list;
    TextLabel *m_found;
    TextLabel *m_none;
};

} // namespace credenza
