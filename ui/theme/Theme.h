// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Icon.h"
#include "ui/theme/Tokens.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>

class QApplication;
class QPalette;

namespace credenza
{

class SystemAppearance;

/// The person's choice in Settings, Appearance.
enum class ThemeMode : std::uint8_t { System, Light, Dark };

/// The steps of the type scale. Sizes are px at a text scale of 1; see visual.md, Tokens.
enum class TextStyle : std::uint8_t {
    Display,     ///< 28/36, 600
    PageTitle,   ///< 20/28, 600
    Section,     ///< 15/24, 600
    TileName,    ///< 14/20, 600
    Lead,        ///< 14/22, 400: the brand panel's paragraph
    Body,        ///< 13/20, 400
    Label,       ///< 13/20, 500
    Heading,     ///< 13/20, 600
    Small,       ///< 12/18, 400
    SmallLabel,  ///< 12/18, 500
    SmallStrong, ///< 12/18, 600
    Badge,       ///< 11/18, 600
    KeyCap,      ///< 11/18, 500
    Mono,        ///< 12/18, mono
    Code,        ///< 11.5/18, mono
};

/// Colours, fonts, icons and motion of the interface, for one application. Made once in main(), passed by reference to
/// every widget that draws or shows an icon, and outlives them all (icons keep a reference to it).
///
/// apply() gives an application the Fusion-based style, the palette and the style sheet. Widgets that keep a colour or
/// a pixmap listen to changed(); icons made by icon() need nothing: they look the colour up when they are painted.
class Theme final : public QObject
{
    Q_OBJECT

public:
    /// `textScale` 1 is 100 %; systemTextScale() reads the desktop's.
    explicit Theme(ThemeMode mode = ThemeMode::System, qreal textScale = 1.0, QObject *parent = nullptr);
    ~Theme() override;

    /// The desktop's text scale (1 to 2), from the primary screen's logical resolution. Needs a QGuiApplication.
    [[nodiscard]] static qreal systemTextScale();

    /// Sets style, palette, font and style sheet of `application`, now and on every change.
    void apply(QApplication &application);

    void setMode(ThemeMode mode);
    [[nodiscard]] ThemeMode mode() const { return m_mode; }
    [[nodiscard]] bool isDark() const { return m_dark; }

    /// More contrast than usual; also where the desktop asks for it.
    void setHighContrast(bool high);
    [[nodiscard]] bool isHighContrast() const;

    /// With reduced motion nothing slides or spins: durations are 0 and spinners become "Working…".
    void setReducedMotion(bool reduced);
    [[nodiscard]] bool reducedMotion() const { return m_reducedMotion; }
    /// `milliseconds`, or 0 with reduced motion.
    [[nodiscard]] int duration(int milliseconds) const { return m_reducedMotion ? 0 : milliseconds; }

    [[nodiscard]] QColor color(Role role) const;
    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] QFont font(TextStyle style) const;
    /// Height of one line of `style` in px, text scale included.
    [[nodiscard]] int lineHeight(TextStyle style) const;
    /// `px` times the text scale, for heights of things that hold text. Gaps and page margins stay as they are.
    [[nodiscard]] int scaled(int px) const;
    [[nodiscard]] qreal textScale() const { return m_textScale; }

    /// The icon in the role's colour (disabled: Role::OnDisabled). Follows theme changes and the device pixel ratio.
    [[nodiscard]] QIcon icon(Icon icon, Role role = Role::Text2) const;
    /// One rendering of `icon`, `size` px square at `devicePixelRatio`, for paint functions.
    [[nodiscard]] QPixmap pixmap(Icon icon, Role role, int size, qreal devicePixelRatio) const;

    /// The style sheet with roles and sizes filled in.
    [[nodiscard]] QString styleSheet() const;

Q_SIGNALS:
    /// Colours or motion changed; repaint, and make again what was made from a colour.
    void changed();

private:
    void refresh();

    ThemeMode m_mode;
    qreal m_textScale;
    bool m_dark = false;
    bool m_reducedMotion = false;
    bool m_highContrast = false;
    QApplication *m_application = nullptr;
    SystemAppearance *m_system = nullptr;
};

} // namespace credenza
