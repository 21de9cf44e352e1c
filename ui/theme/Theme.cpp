// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/Theme.h"

#include "ui/theme/Style.h"
#include "ui/theme/SystemAppearance.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPalette>
#include <QRegularExpression>
#include <QScreen>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct TypeStep {
    qreal size;
    int line;
    QFont::Weight weight;
    bool mono = false;
};

constexpr TypeStep typeStep(TextStyle style)
{
    switch (style) {
    case TextStyle::Display:
        return {28, 36, QFont::DemiBold};
    case TextStyle::PageTitle:
        return {20, 28, QFont::DemiBold};
    case TextStyle::Section:
        return {15, 24, QFont::DemiBold};
    case TextStyle::TileName:
        return {14, 20, QFont::DemiBold};
    case TextStyle::Lead:
        return {14, 22, QFont::Normal};
    case TextStyle::Body:
        return {13, 20, QFont::Normal};
    case TextStyle::Label:
        return {13, 20, QFont::Medium};
    case TextStyle::Heading:
        return {13, 20, QFont::DemiBold};
    case TextStyle::Small:
        return {12, 18, QFont::Normal};
    case TextStyle::SmallLabel:
        return {12, 18, QFont::Medium};
    case TextStyle::SmallStrong:
        return {12, 18, QFont::DemiBold};
    case TextStyle::Badge:
        return {11, 18, QFont::DemiBold};
    case TextStyle::KeyCap:
        return {11, 18, QFont::Medium};
    case TextStyle::Mono:
        return {12, 18, QFont::Normal, true};
    case TextStyle::Code:
        return {11.5, 18, QFont::Normal, true};
    }
    return {13, 20, QFont::Normal};
}

/// What there is here of `wished`, and what the desktop has at the end. Looking for a family that is not there is dear,
/// and would be done again for each size and weight.
QStringList available(QStringList wished, QFontDatabase::SystemFont last)
{
    wished.removeIf([](const QString &family) { return !QFontDatabase::hasFamily(family); });
    return wished << QFontDatabase::systemFont(last).family();
}

} // namespace

Theme::Theme(ThemeMode mode, qreal textScale, QObject *parent)
    : QObject(parent), m_mode(mode), m_textScale(std::clamp(textScale, 1.0, 2.0)),
      m_system(new SystemAppearance(QGuiApplication::palette(), this))
{
    connect(m_system, &SystemAppearance::changed, this, [this] { refresh(); });
    m_dark = m_mode == ThemeMode::Dark || (m_mode == ThemeMode::System && m_system->prefersDark());
}

Theme::~Theme() = default;

qreal Theme::systemTextScale()
{
    const QScreen *screen = QGuiApplication::primaryScreen();
    return screen ? std::clamp(screen->logicalDotsPerInch() / 96.0, 1.0, 2.0) : 1.0;
}

void Theme::apply(QApplication &application)
{
    m_application = &application;
    application.setStyle(new Style(*this)); // the application owns it
    refresh();
}

void Theme::setMode(ThemeMode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    refresh();
}

void Theme::setReducedMotion(bool reduced)
{
    if (reduced == m_reducedMotion)
        return;
    m_reducedMotion = reduced;
    Q_EMIT changed();
}

void Theme::setHighContrast(bool high)
{
    if (high == m_highContrast)
        return;
    m_highContrast = high;
    refresh();
}

bool Theme::isHighContrast() const
{
    return m_highContrast || m_system->prefersContrast();
}

void Theme::refresh()
{
    m_dark = m_mode == ThemeMode::Dark || (m_mode == ThemeMode::System && m_system->prefersDark());
    if (m_application) {
        m_application->setPalette(palette());
        QToolTip::setPalette(palette());
        m_application->setFont(font(TextStyle::Body));
        m_application->setStyleSheet(styleSheet());
    }
    Q_EMIT changed();
}

QColor Theme::color(Role role) const
{
    const Token *token = &tokens.at(static_cast<std::size_t>(role));
    if (isHighContrast()) {
        if (const auto strong = std::ranges::find(contrastTokens, role, &Token::role); strong != contrastTokens.end())
            token = &*strong;
    }
    return QColor::fromRgba(m_dark ? token->dark : token->light);
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole target, Role role, Role disabled) {
        palette.setColor(QPalette::Active, target, color(role));
        palette.setColor(QPalette::Inactive, target, color(role));
        palette.setColor(QPalette::Disabled, target, color(disabled));
    };
    set(QPalette::Window, Role::Background, Role::Background);
    set(QPalette::WindowText, Role::Text, Role::OnDisabled);
    set(QPalette::Base, Role::Surface, Role::Surface);
    set(QPalette::AlternateBase, Role::Sunken, Role::Sunken);
    set(QPalette::Text, Role::Text, Role::OnDisabled);
    set(QPalette::PlaceholderText, Role::Text3, Role::OnDisabled);
    set(QPalette::Button, Role::Surface, Role::Disabled);
    set(QPalette::ButtonText, Role::Text, Role::OnDisabled);
    set(QPalette::BrightText, Role::OnAccent, Role::OnDisabled);
    set(QPalette::Highlight, Role::Accent, Role::LineStrong);
    set(QPalette::HighlightedText, Role::OnAccent, Role::Surface);
    set(QPalette::Link, Role::Accent, Role::OnDisabled);
    set(QPalette::LinkVisited, Role::Accent, Role::OnDisabled);
    set(QPalette::ToolTipBase, Role::Ink, Role::Ink);
    set(QPalette::ToolTipText, Role::OnInk, Role::OnInk);
    set(QPalette::Light, Role::Surface, Role::Surface);
    set(QPalette::Midlight, Role::Hover, Role::Hover);
    set(QPalette::Mid, Role::Line, Role::Line);
    set(QPalette::Dark, Role::LineStrong, Role::LineStrong);
    set(QPalette::Shadow, Role::LineStrong, Role::LineStrong);
    return palette;
}

QFont Theme::font(TextStyle style) const
{
    const TypeStep step = typeStep(style);
    QFont font;
    if (step.mono) {
        // No ligatures, so that `//` and `!=` stay as typed: the NL cut has none, elsewhere shaping is left out.
        static const QStringList families =
            available({u"JetBrains Mono NL"_s, u"JetBrains Mono"_s, u"Noto Sans Mono"_s}, QFontDatabase::FixedFont);
        font.setFamilies(families);
        font.setStyleHint(QFont::Monospace);
        font.setStyleStrategy(QFont::PreferNoShaping); // scripts that need shaping are still shaped
        font.setFixedPitch(true);
    } else {
        static const QStringList families = available({u"Inter"_s, u"Noto Sans"_s}, QFontDatabase::GeneralFont);
        font.setFamilies(families);
        font.setStyleHint(QFont::SansSerif);
    }
    font.setPixelSize(static_cast<int>(std::lround(step.size * m_textScale)));
    font.setWeight(step.weight);
    font.setHintingPreference(QFont::PreferVerticalHinting);
    return font;
}

int Theme::lineHeight(TextStyle style) const
{
    return scaled(typeStep(style).line);
}

int Theme::scaled(int px) const
{
    return static_cast<int>(std::lround(px * m_textScale));
}

QIcon Theme::icon(Icon icon, Role role) const
{
    return QIcon(new RoleIconEngine(*this, icon, role)); // the QIcon owns it
}

QPixmap Theme::pixmap(Icon icon, Role role, int size, qreal devicePixelRatio) const
{
    return renderIcon(icon, color(role), size, devicePixelRatio);
}

QString Theme::styleSheet() const
{
    QFile file(u":/theme/credenza.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString source = QString::fromUtf8(file.readAll());
    // `@role` becomes the colour, `13sp` a size in px that follows the text scale.
    static const QRegularExpression placeholder(u"@([a-z][a-z0-9-]*)|\\b(\\d+)sp\\b"_s);
    QString sheet;
    qsizetype from = 0;
    for (auto matches = placeholder.globalMatch(source); matches.hasNext();) {
        const auto match = matches.next();
        sheet += QStringView(source).mid(from, match.capturedStart() - from);
        from = match.capturedEnd();
        if (const int size = match.capturedView(2).toInt(); size > 0) {
            sheet += QString::number(scaled(size)) + u"px"_s;
            continue;
        }
        const auto token = std::ranges::find_if(
            tokens, [&](const Token &candidate) { return match.capturedView(1) == QLatin1StringView(candidate.name); });
        Q_ASSERT_X(token != tokens.end(), "Theme::styleSheet", qPrintable(match.captured()));
        if (token != tokens.end())
            sheet += color(token->role).name(QColor::HexArgb);
    }
    sheet += QStringView(source).mid(from);
    return sheet;
}

} // namespace credenza
