// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QComboBox>

namespace credenza
{

/// A drop-down in the shape of a field. Icons of items show at the left.
class ComboBox final : public QComboBox
{
    Q_OBJECT

public:
    /// `name` is the accessible name.
    ComboBox(const Theme &theme, const QString &name, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace credenza
