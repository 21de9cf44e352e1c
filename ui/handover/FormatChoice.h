// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"
#include "ui/widgets/WrappedText.h"

#include <QRadioButton>

namespace credenza
{

/// What an entry of the list of formats says.
struct FormatChoiceText {
    Icon icon = Icon::File;
    QString title;
    QString summary;
};

/// One of several formats: icon, title and what is to be said of it below, with the radio button at the right. Arrows
/// move within the group.
class FormatChoice final : public QRadioButton
{
    Q_OBJECT

public:
    FormatChoice(const Theme &theme, FormatChoiceText text, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    [[nodiscard]] bool hitButton(const QPoint &position) const override { return rect().contains(position); }

private:
    /// What icon and radio button leave of a width for the words.
    [[nodiscard]] int textWidth(int width) const { return width - 2 * m_theme.scaled(40); }

    const Theme &m_theme;
    FormatChoiceText m_shown;
    WrappedText m_summary;
};

} // namespace credenza
