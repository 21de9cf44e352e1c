// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QAbstractButton>

namespace credenza
{

/// What opens the command palette, in the shape of a search field: icon, words, key cap.
class FindButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit FindButton(const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace credenza
