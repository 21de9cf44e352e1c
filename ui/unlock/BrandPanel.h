// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Divider.h"

#include <utility>
#include <vector>

class QVBoxLayout;

namespace credenza
{

/// The dark panel, 416 wide, at the left of the welcome and unlock screens: the mark, a display line, what follows it,
/// and a foot.
class BrandPanel final : public Pane
{
    Q_OBJECT

public:
    BrandPanel(const Theme &theme, const QString &headline, QWidget *parent = nullptr);

    /// A paragraph below the headline; replaces the one before.
    void setLead(const QString &text);
    /// A promise: icon, what, and how.
    void addPromise(Icon icon, const QString &title, const QString &text);
    /// A table of facts below a line (name, value); replaces the one before. `mono` values are set in mono.
    struct Fact {
        QString name;
        QString value;
        bool mono = false;
    };
    void setFacts(const std::vector<Fact> &facts);
    /// Puts `widget` at the foot. Takes it.
    void addFoot(QWidget *widget);

private:
    const Theme &m_theme;
    QVBoxLayout *m_body;
    QVBoxLayout *m_foot;
    class TextLabel *m_lead;
    QWidget *m_facts = nullptr;
};

} // namespace credenza
