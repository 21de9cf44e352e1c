// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

namespace credenza::test
{

/// A screen of the application in a certain state, with sample data.
struct Screen {
    QString name;
    std::function<std::unique_ptr<QWidget>(Theme &)> make;
    /// What is left to do once the window is shown.
    std::function<void(const Theme &, QWidget &)> whenShown = nullptr;
};

/// All of them, in the order of the mockups.
[[nodiscard]] std::vector<Screen> screens();

} // namespace credenza::test
