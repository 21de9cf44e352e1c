// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Divider.h"

#include <vector>

namespace credenza
{

/// The screens of the rail, in its order (Ctrl+1 … 5).
enum class RailEntry : std::uint8_t { Authenticate, Browse, Keys, Activity, Settings };
inline constexpr int railEntries = 5;

/// The word of an entry, which is also the title of its page.
[[nodiscard]] QString railText(RailEntry entry);

class RailButton;

/// The dark rail, 88 wide, at the left: the mark, one button a screen (icon over word), and Lock at its foot.
class Rail final : public Pane
{
    Q_OBJECT

public:
    explicit Rail(const Theme &theme, QWidget *parent = nullptr);

    void setCurrent(RailEntry entry);
    [[nodiscard]] RailEntry current() const { return m_current; }

Q_SIGNALS:
    void chosen(credenza::RailEntry entry);
    void lockChosen();

private:
    std::vector<RailButton *> m_buttons;
    RailEntry m_current = RailEntry::Authenticate;
};

} // namespace credenza
