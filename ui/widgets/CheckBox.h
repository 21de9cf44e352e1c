// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"
#include "ui/widgets/WrappedText.h"

#include <QCheckBox>

namespace credenza
{

/// A 16-px check box with its label, drawn from the theme's roles. The label wraps where it has less room than it wants.
class CheckBox final : public QCheckBox
{
    Q_OBJECT

public:
    CheckBox(const Theme &theme, const QString &text, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

    /// The box alone, for delegates that show one.
    static void drawIndicator(QPainter &painter, const Theme &theme, const QRect &box, bool checked, bool enabled);

protected:
    void paintEvent(QPaintEvent *event) override;
    [[nodiscard]] bool hitButton(const QPoint &position) const override { return rect().contains(position); }

private:
    [[nodiscard]] WrappedText label() const;
    /// What the box and the space beside it take.
    [[nodiscard]] int indent() const;

    const Theme &m_theme;
};

} // namespace credenza
