// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

namespace credenza
{

/// One line of text that is cut with "…" where it does not fit: at the end, or in the middle for IDs, paths and
/// thumbprints. When it is cut the whole text is its tool tip; the accessible name is always the whole text.
class ElidingLabel final : public QWidget
{
    Q_OBJECT

public:
    ElidingLabel(const Theme &theme, const QString &text, Qt::TextElideMode mode = Qt::ElideRight,
                 TextStyle style = TextStyle::Body, Role role = Role::Text, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    void setRole(Role role);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateToolTip();

    const Theme &m_theme;
    QString m_text;
    QString m_ownToolTip;
    Qt::TextElideMode m_mode;
    TextStyle m_style;
    Role m_role;
};

} // namespace credenza
