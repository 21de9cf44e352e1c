// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointer>
#include <QScrollArea>

namespace credenza
{

/// Scrolls a column of widgets up and down. The column is always as wide as the area and as high as that width asks for
/// (QScrollArea alone takes wrapped text for higher than it is); where the scroll bar shows, it stands in the column's
/// right margin, so that nothing shifts.
class ColumnScrollArea final : public QScrollArea
{
    Q_OBJECT

public:
    explicit ColumnScrollArea(const QString &objectName, QWidget *parent = nullptr);

    /// Takes `column`, which has a layout with at least 12 px of right margin.
    void setColumn(QWidget *column);
    /// Scrolls the area around `widget`, if there is one, until it is seen with what is about it; again as the column
    /// grows, for as long as the widget has the focus.
    static void reveal(QWidget *widget);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
    void showRevealed();

    QWidget *m_barHolder;
    QPointer<QWidget> m_revealed;
};

} // namespace credenza
