// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

class QWidget;

namespace credenza
{
class Theme;
}

namespace credenza::test
{

/// The form of the gallery alone.
[[nodiscard]] QWidget *makeFormColumn(const Theme &theme);

/// Every widget of the kit in its states, in one window of 1280 x 820.
[[nodiscard]] std::unique_ptr<QWidget> makeGallery(const Theme &theme);

} // namespace credenza::test
