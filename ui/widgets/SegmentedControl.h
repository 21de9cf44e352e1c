// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace credenza
{

class Segment;

/// How a row of alternatives looks: bordered segments, or tabs with an underline.
enum class SegmentLook : std::uint8_t { Bordered, Tabs };

/// A choice of one among a few, side by side: one Tab stop, arrows, Home and End move. Announced as radio buttons.
class SegmentedControl : public QWidget
{
    Q_OBJECT

public:
    /// `name` is the accessible name of the group. `height` in px at a text scale of 1: 32, or 24 in dense places.
    SegmentedControl(const Theme &theme, const QString &name, int height = 32, QWidget *parent = nullptr);

    /// Appends an alternative; the first becomes current.
    void addSegment(const QString &text, std::optional<Icon> icon = std::nullopt);
    void setSegmentText(int index, const QString &text, std::optional<Icon> icon = std::nullopt);
    void setSegmentEnabled(int index, bool enabled, const QString &reason = {});
    [[nodiscard]] int count() const { return static_cast<int>(m_segments.size()); }
    [[nodiscard]] int currentIndex() const { return m_current; }
    void setCurrentIndex(int index);

Q_SIGNALS:
    void currentChanged(int index);

protected:
    SegmentedControl(const Theme &theme, const QString &name, SegmentLook look, int height, QWidget *parent);
    void paintEvent(QPaintEvent *event) override;

private:
    friend class Segment;
    void move(int from, int step);

    const Theme &m_theme;
    std::vector<Segment *> m_segments;
    int m_current = -1;
    int m_height;
    SegmentLook m_look;
};

/// Underlined tabs. Same use as SegmentedControl; pages are switched by the caller.
class SegmentedTabs final : public SegmentedControl
{
    Q_OBJECT

public:
    enum class Density : std::uint8_t {
        Column, ///< of the side column: 40 high, in line with its margins
        Box     ///< inside a small box: 28 high, small text, no margins and no line of its own
    };
    SegmentedTabs(const Theme &theme, const QString &name, QWidget *parent = nullptr,
                  Density density = Density::Column);
};

} // namespace credenza
