// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

namespace credenza
{

/// A one-pixel line in `Role::Line`.
class Divider final : public QWidget
{
    Q_OBJECT

public:
    explicit Divider(const Theme &theme, Qt::Orientation orientation = Qt::Horizontal, Role role = Role::Line,
                     QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Role m_role;
};

/// A plain panel filled with one role's colour, with optional lines at its edges.
class Pane : public QWidget
{
    Q_OBJECT

public:
    Pane(const Theme &theme, Role fill, Qt::Edges lines = {}, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Role m_fill;
    Qt::Edges m_lines;
};

/// A bordered box with rounded corners (radius 6) to hold content.
class Card : public QWidget
{
    Q_OBJECT

public:
    explicit Card(const Theme &theme, Role fill = Role::Surface, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Role m_fill;
};

} // namespace credenza
