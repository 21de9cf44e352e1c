// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/connectiontest/ConnectionTestModel.h"
#include "ui/widgets/Divider.h"

namespace credenza
{

/// The likely causes of a failed test, ranked by evidence, then what was ruled out.
class DiagnosisCard final : public Card
{
    Q_OBJECT

public:
    DiagnosisCard(const Theme &theme, const ConnectionTestModel &model, QWidget *parent = nullptr);

    /// Where the focus goes after a failed test: the first cause's action, else the card.
    [[nodiscard]] QWidget *firstFocus() const { return m_firstFocus; }

Q_SIGNALS:
    void fieldRequested(credenza::Field field);
    void deedRequested(credenza::CauseDeed deed);

private:
    const Theme &m_theme;
    QWidget *m_firstFocus;
};

} // namespace credenza
