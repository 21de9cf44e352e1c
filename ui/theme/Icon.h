// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Tokens.h"

#include <QColor>
#include <QIconEngine>
#include <QPixmap>

#include <array>
#include <cstdint>

namespace credenza
{

class Theme;

/// The icons of the application: one drawn set (resources/icons), 24 grid, stroke 2, round caps and joins.
enum class Icon : std::uint8_t {
    Activity,
    ArrowDown,
    ArrowLeft,
    ArrowRight,
    ArrowUp,
    Bell,
    Book,
    Browse,
    Calendar,
    Certificate,
    Check,
    CheckCircle,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    ChevronUp,
    Clock,
    Close,
    Copy,
    DashedCircle,
    Database,
    Download,
    Duplicate,
    Edit,
    External,
    Eye,
    EyeOff,
    File,
    FileCode,
    FileExport,
    FileText,
    Filter,
    Fingerprint,
    FolderOpen,
    Gauge,
    Globe,
    Grid,
    HeartPulse,
    Help,
    History,
    IdBadge,
    Info,
    Key,
    Link,
    List,
    Lock,
    Mark,
    Minus,
    MinusCircle,
    Monitor,
    Moon,
    More,
    Palette,
    Pause,
    Play,
    Plus,
    PlusCircle,
    Power,
    Printer,
    Refresh,
    Retry,
    Save,
    Search,
    Server,
    Settings,
    Shield,
    ShieldAlert,
    ShieldCheck,
    Sort,
    Spinner,
    Stethoscope,
    Stop,
    Sun,
    Table,
    Tag,
    Terminal,
    Trash,
    Unlock,
    Upload,
    User,
    Users,
    Warning,
    XCircle,
};

/// File names without suffix, in the order of Icon.
inline constexpr std::array iconNames{
    "activity",      "arrow-down",  "arrow-left",  "arrow-right",  "arrow-up",     "bell",          "book",
    "browse",        "calendar",    "certificate", "check",        "check-circle", "chevron-down",  "chevron-left",
    "chevron-right", "chevron-up",  "clock",       "close",        "copy",         "dashed-circle", "database",
    "download",      "duplicate",   "edit",        "external",     "eye",          "eye-off",       "file",
    "file-code",     "file-export", "file-text",   "filter",       "fingerprint",  "folder-open",   "gauge",
    "globe",         "grid",        "heart-pulse", "help",         "history",      "id-badge",      "info",
    "key",           "link",        "list",        "lock",         "mark",         "minus",         "minus-circle",
    "monitor",       "moon",        "more",        "palette",      "pause",        "play",          "plus",
    "plus-circle",   "power",       "printer",     "refresh",      "retry",        "save",          "search",
    "server",        "settings",    "shield",      "shield-alert", "shield-check", "sort",          "spinner",
    "stethoscope",   "stop",        "sun",         "table",        "tag",          "terminal",      "trash",
    "unlock",        "upload",      "user",        "users",        "warning",      "x-circle",
};

/// `icon` in one colour, `size` px square, sharp at `devicePixelRatio`. Cached in QPixmapCache.
[[nodiscard]] QPixmap renderIcon(Icon icon, const QColor &color, int size, qreal devicePixelRatio);

/// Paints an icon in the colour its role has at the time of painting, so a QIcon made from it follows the theme.
class RoleIconEngine final : public QIconEngine
{
public:
    /// `theme` must outlive every copy of the icon.
    RoleIconEngine(const Theme &theme, Icon icon, Role role);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    [[nodiscard]] QIconEngine *clone() const override;
    [[nodiscard]] bool isNull() override { return false; }

private:
    [[nodiscard]] QColor colorFor(QIcon::Mode mode) const;

    const Theme &m_theme;
    Icon m_icon;
    Role m_role;
};

} // namespace credenza
