// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Divider.h"

namespace credenza
{

class Button;
class ElidingLabel;
struct CredentialTile;

/// The bar at the foot of the Authenticate screen: what is selected, Test connection, and Next.
class FootBar final : public Pane
{
    Q_OBJECT

public:
    explicit FootBar(const Theme &theme, QWidget *parent = nullptr);

    /// Shows `tile`, or that nothing is selected (null). With a `count` above 1: that so many are.
    void setSelected(const CredentialTile *tile, qsizetype count = 1);
    /// What the primary button leads to: "Next: Browse".
    void setNextText(const QString &text);

Q_SIGNALS:
    void testRequested();
    void nextRequested();

private:
    ElidingLabel *m_caption;
    ElidingLabel *m_name;
    ElidingLabel *m_url;
    Button *m_test;
    Button *m_next;
};

} // namespace credenza
