// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

namespace credenza
{

class EmptyState;

/// An honest page for a screen this version does not have yet: says what it will hold, and leads back.
class NextPage final : public QWidget
{
    Q_OBJECT

public:
    /// `sentence` on what belongs here and that it is not in this version yet.
    NextPage(const Theme &theme, Icon icon, const QString &sentence, QWidget *parent = nullptr);

    /// A second line, such as the credential that was chosen.
    void setDetail(const QString &detail);

Q_SIGNALS:
    void backRequested();

private:
    EmptyState *m_state;
};

} // namespace credenza
