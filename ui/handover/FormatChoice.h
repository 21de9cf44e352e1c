// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QRadioButton>

namespace credenza
{

/// What an entry of the list of formats says.
struct FormatChoiceText {
    Icon icon = Icon::File;
    QString title;
    QString summary;
};

/// One of several formats: icon, title and a line below, with the radio button at the right. Arrows move within the
/// group.
class FormatChoice final : public QRadioButton
{
    Q_OBJECT

public:
    FormatChoice(const Theme &theme, FormatChoiceText text, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    [[nodiscard]] bool hitButton(const QPoint &position) const override { return rect().contains(position); }

private:
    const Theme &m_theme;
    FormatChoiceText m_shown;
};

} // namespace credenza
