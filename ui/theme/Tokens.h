// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRgb>

#include <array>
#include <cstddef>
#include <cstdint>

namespace credenza
{

/// What a colour is for. Widgets name a role, never a colour; the values stand in `tokens`.
enum class Role : std::uint8_t {
    Background,
    Surface,
    Sunken,
    Hover,
    Selected,
    Text,
    Text2,
    Text3,
    Line,
    LineStrong,
    Accent,
    AccentHover,
    AccentPress,
    OnAccent,
    AccentLine,
    Focus,
    Ok,
    OkTint,
    OkLine,
    Warn,
    WarnTint,
    WarnLine,
    Err,
    ErrTint,
    ErrLine,
    Ink,
    OnInk,
    Disabled,
    OnDisabled,
    Rail,
    RailSelected,
    RailText,
    RailOn,
    RailMark,
    Scrim,
    Shadow,
    SyntaxKey,
    SyntaxString,
    SyntaxNumber,
    SyntaxLiteral,
    Mark,
    OnMark,
};

/// One row of the token table: the role, its name in the style sheet (`@name`), and its two values.
struct Token {
    Role role;
    const char *name;
    QRgb light;
    QRgb dark;
};

/// The whole palette of the application, in the order of Role. Text reaches 4.5:1 on its ground (disabled excepted),
/// control borders, focus and state icons 3:1, in both themes.
inline constexpr std::array tokens{
    Token{Role::Background, "bg", 0xFFF2F4F5, 0xFF11181C},
    Token{Role::Surface, "surface", 0xFFFFFFFF, 0xFF192226},
    Token{Role::Sunken, "sunken", 0xFFF7F9F9, 0xFF141C20},
    Token{Role::Hover, "hover", 0xFFECF0F2, 0xFF222D32},
    Token{Role::Selected, "selected", 0xFFE4F0F4, 0xFF17343F},
    Token{Role::Text, "text", 0xFF17232B, 0xFFE5ECEF},
    Token{Role::Text2, "text-2", 0xFF47565F, 0xFFB0BDC4},
    Token{Role::Text3, "text-3", 0xFF5F6D75, 0xFF8E9CA4},
    Token{Role::Line, "line", 0xFFDAE0E4, 0xFF2B373D},
    Token{Role::LineStrong, "line-strong", 0xFF7E8A92, 0xFF6D7C84},
    Token{Role::Accent, "accent", 0xFF0B5F78, 0xFF6DBDD6},
    Token{Role::AccentHover, "accent-hover", 0xFF094F64, 0xFF8ACCE1},
    Token{Role::AccentPress, "accent-press", 0xFF073F50, 0xFFA5DAEA},
    Token{Role::OnAccent, "on-accent", 0xFFFFFFFF, 0xFF05222C},
    Token{Role::AccentLine, "accent-line", 0xFF9CC5D2, 0xFF2F6273},
    Token{Role::Focus, "focus", 0xFF0A7EA4, 0xFF4FB3D3},
    Token{Role::Ok, "ok", 0xFF1A6B3C, 0xFF7FCD9B},
    Token{Role::OkTint, "ok-tint", 0xFFE6F4EB, 0xFF17301F},
    Token{Role::OkLine, "ok-line", 0xFF9ECFB1, 0xFF2F5B40},
    Token{Role::Warn, "warn", 0xFF7A4B00, 0xFFE6B65A},
    Token{Role::WarnTint, "warn-tint", 0xFFFCF2DC, 0xFF33280F},
    Token{Role::WarnLine, "warn-line", 0xFFE0BE74, 0xFF66521F},
    Token{Role::Err, "err", 0xFFA5231C, 0xFFF4A099},
    Token{Role::ErrTint, "err-tint", 0xFFFCECEA, 0xFF3B1F1D},
    Token{Role::ErrLine, "err-line", 0xFFE8AAA4, 0xFF74403B},
    Token{Role::Ink, "ink", 0xFF17232B, 0xFFD8E2E6},
    Token{Role::OnInk, "on-ink", 0xFFFFFFFF, 0xFF11181C},
    Token{Role::Disabled, "disabled", 0xFFE6EAEC, 0xFF232E33},
    Token{Role::OnDisabled, "on-disabled", 0xFF7E8A92, 0xFF6D7C84},
    Token{Role::Rail, "rail", 0xFF12262E, 0xFF0B1114},
    Token{Role::RailSelected, "rail-sel", 0xFF1F3A45, 0xFF1A262C},
    Token{Role::RailText, "rail-text", 0xFFB4C5CC, 0xFF9DADB4},
    Token{Role::RailOn, "rail-on", 0xFFFFFFFF, 0xFFF2F6F7},
    Token{Role::RailMark, "rail-mark", 0xFF6DBDD6, 0xFF6DBDD6},
    Token{Role::Scrim, "scrim", 0x850C161C, 0x9E030608},
    Token{Role::Shadow, "shadow", 0x470A141A, 0x99000000},
    Token{Role::SyntaxKey, "syn-key", 0xFF0B5F78, 0xFF7CC4DA},
    Token{Role::SyntaxString, "syn-str", 0xFF1A6B3C, 0xFF8FD0A6},
    Token{Role::SyntaxNumber, "syn-num", 0xFF8A3B12, 0xFFE9A77C},
    Token{Role::SyntaxLiteral, "syn-lit", 0xFF6B3FA0, 0xFFC3A5EA},
    Token{Role::Mark, "mark", 0xFFFFE08A, 0xFF6B5412},
    Token{Role::OnMark, "on-mark", 0xFF17232B, 0xFFFFF3CF},
};
/// What high contrast puts in place of those: grounds of one colour, lines as strong as text, hints no weaker than it.
inline constexpr std::array contrastTokens{
    Token{Role::Background, "bg", 0xFFFFFFFF, 0xFF000000},
    Token{Role::Surface, "surface", 0xFFFFFFFF, 0xFF000000},
    Token{Role::Sunken, "sunken", 0xFFFFFFFF, 0xFF000000},
    Token{Role::Hover, "hover", 0xFFE2E2E2, 0xFF2C2C2C},
    Token{Role::Selected, "selected", 0xFFD6EAF1, 0xFF00323F},
    Token{Role::Text, "text", 0xFF000000, 0xFFFFFFFF},
    Token{Role::Text2, "text-2", 0xFF000000, 0xFFFFFFFF},
    Token{Role::Text3, "text-3", 0xFF1E1E1E, 0xFFE6E6E6},
    Token{Role::Line, "line", 0xFF000000, 0xFFFFFFFF},
    Token{Role::LineStrong, "line-strong", 0xFF000000, 0xFFFFFFFF},
    Token{Role::Accent, "accent", 0xFF00384A, 0xFF8CE4FF},
    Token{Role::AccentHover, "accent-hover", 0xFF00242F, 0xFFB8EFFF},
    Token{Role::AccentPress, "accent-press", 0xFF000000, 0xFFFFFFFF},
    Token{Role::OnAccent, "on-accent", 0xFFFFFFFF, 0xFF000000},
    Token{Role::AccentLine, "accent-line", 0xFF00384A, 0xFF8CE4FF},
    Token{Role::Focus, "focus", 0xFF0000C8, 0xFFFFE600},
    Token{Role::Ok, "ok", 0xFF00401A, 0xFF8CFFB0},
    Token{Role::OkTint, "ok-tint", 0xFFFFFFFF, 0xFF000000},
    Token{Role::OkLine, "ok-line", 0xFF00401A, 0xFF8CFFB0},
    Token{Role::Warn, "warn", 0xFF4E2F00, 0xFFFFD24D},
    Token{Role::WarnTint, "warn-tint", 0xFFFFFFFF, 0xFF000000},
    Token{Role::WarnLine, "warn-line", 0xFF4E2F00, 0xFFFFD24D},
    Token{Role::Err, "err", 0xFF7A0000, 0xFFFFA49C},
    Token{Role::ErrTint, "err-tint", 0xFFFFFFFF, 0xFF000000},
    Token{Role::ErrLine, "err-line", 0xFF7A0000, 0xFFFFA49C},
    Token{Role::Ink, "ink", 0xFF000000, 0xFFFFFFFF},
    Token{Role::OnInk, "on-ink", 0xFFFFFFFF, 0xFF000000},
    Token{Role::Disabled, "disabled", 0xFFFFFFFF, 0xFF000000},
    Token{Role::OnDisabled, "on-disabled", 0xFF4A4A4A, 0xFFB4B4B4},
    Token{Role::Rail, "rail", 0xFF000000, 0xFF000000},
    Token{Role::RailSelected, "rail-sel", 0xFF00384A, 0xFF00323F},
    Token{Role::RailText, "rail-text", 0xFFFFFFFF, 0xFFFFFFFF},
    Token{Role::RailOn, "rail-on", 0xFFFFFFFF, 0xFFFFFFFF},
    Token{Role::RailMark, "rail-mark", 0xFF8CE4FF, 0xFF8CE4FF},
};

static_assert(tokens.size() == static_cast<std::size_t>(Role::OnMark) + 1);

} // namespace credenza
