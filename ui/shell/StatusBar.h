// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Divider.h"

class QHBoxLayout;

namespace credenza
{

class IconLabel;
class TextLabel;

/// The line at the foot of the window, 28 high: the vault, what is in it, and at the right what the clock says.
class StatusBar final : public Pane
{
    Q_OBJECT

public:
    explicit StatusBar(const Theme &theme, QWidget *parent = nullptr);

    /// The open vault's file name, and a line on its contents ("7 credentials").
    void setVault(const QString &fileName, const QString &contents);
    /// Server minus this machine in seconds, as the last test saw it.
    void setClockOffset(double seconds);
    /// A message at the right; empty: none.
    void setNotice(const QString &text);
    /// When the vault locks by itself ("Locks in 10 min"); stands at the right while there is no notice. Empty: never.
    void setLockTime(const QString &text);

private:
    TextLabel *m_vault;
    TextLabel *m_contents;
    IconLabel *m_clockIcon;
    TextLabel *m_clock;
    TextLabel *m_notice;
    TextLabel *m_lockTime;
};

} // namespace credenza
