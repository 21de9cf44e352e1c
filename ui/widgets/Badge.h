// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

#include <optional>

namespace credenza
{

/// What a badge says. The three environments are told apart without colour: filled, tinted, dashed.
enum class BadgeKind : std::uint8_t { Plain, Production, Sandbox, Local, Ok, Warning, Error };

/// A word in a small box, 20 px high, optionally with an icon.
struct BadgeText {
    BadgeKind kind = BadgeKind::Plain;
    QString text;
    std::optional<Icon> icon = std::nullopt;
};

/// Size of a badge in px, for layouts and delegates.
[[nodiscard]] QSize badgeSize(const Theme &theme, const BadgeText &badge);
/// Paints a badge with its top left at `position`, in the size of badgeSize().
void drawBadge(QPainter &painter, const Theme &theme, const BadgeText &badge, QPoint position);

/// The badge as a widget.
class Badge final : public QWidget
{
    Q_OBJECT

public:
    Badge(const Theme &theme, BadgeText badge, QWidget *parent = nullptr);

    void setBadge(BadgeText badge);
    [[nodiscard]] const BadgeText &badge() const { return m_badge; }
    [[nodiscard]] QSize sizeHint() const override { return badgeSize(m_theme, m_badge); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    BadgeText m_badge;
};

/// A key or key combination as printed on a key cap ("Ctrl K", "Esc").
class KeyCap final : public QWidget
{
    Q_OBJECT

public:
    KeyCap(const Theme &theme, QString keys, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    /// Paints a key cap with its top left at `position`; returns its size.
    static QSize draw(QPainter &painter, const Theme &theme, const QString &keys, QPoint position);
    [[nodiscard]] static QSize sizeOf(const Theme &theme, const QString &keys);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_keys;
};

} // namespace credenza
