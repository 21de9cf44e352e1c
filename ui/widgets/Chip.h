// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QAbstractButton>

namespace credenza
{

/// A filter or token, 24 px high: a word, optionally a count in mono, optionally removable by an `x` (or Del).
/// Checkable chips are filters; a removable one is a token.
class Chip final : public QAbstractButton
{
    Q_OBJECT

public:
    Chip(const Theme &theme, const QString &text, QWidget *parent = nullptr);

    /// Below 0: no count.
    void setCount(int count);
    void setRemovable(bool removable);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    void describe();
    [[nodiscard]] QRect closeRect() const;

    const Theme &m_theme;
    int m_count = -1;
    bool m_removable = false;
};

} // namespace credenza
