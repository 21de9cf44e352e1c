// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QDir>
#include <QPalette>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

/// Relative luminance, WCAG 2.1.
double luminance(const QColor &color)
{
    const auto linear = [](float channel) {
        const auto value = static_cast<double>(channel);
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace

class TestTheme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textReachesContrast_data();
    void textReachesContrast();
    void tokensStandInTheOrderOfTheRoles();
    void styleSheetHasNoPlaceholdersLeft();
    void everyIconHasItsFileAndShape();
    void iconsTakeTheRolesColour();
    void iconsFollowTheTheme();
    void iconsAreSharpAtHighResolution();
    void sizesFollowTheTextScale();
    void modeDecidesAndTells();
    void reducedMotionStopsTheClock();
};

void TestTheme::textReachesContrast_data()
{
    QTest::addColumn<Role>("ink");
    QTest::addColumn<Role>("ground");
    QTest::addColumn<double>("least");
    const auto row = [](const char *name, Role ink, Role ground, double least) {
        QTest::newRow(name) << ink << ground << least;
    };
    row("text on surface", Role::Text, Role::Surface, 4.5);
    row("text on background", Role::Text, Role::Background, 4.5);
    row("text-2 on background", Role::Text2, Role::Background, 4.5);
    row("text-3 on surface", Role::Text3, Role::Surface, 4.5);
    row("text-3 on background", Role::Text3, Role::Background, 4.5);
    row("text-3 on sunken", Role::Text3, Role::Sunken, 4.5);
    row("accent on surface", Role::Accent, Role::Surface, 4.5);
    row("accent on selected", Role::Accent, Role::Selected, 4.5);
    row("on-accent on accent", Role::OnAccent, Role::Accent, 4.5);
    row("on-accent on accent-hover", Role::OnAccent, Role::AccentHover, 4.5);
    row("ok on its tint", Role::Ok, Role::OkTint, 4.5);
    row("warn on its tint", Role::Warn, Role::WarnTint, 4.5);
    row("err on its tint", Role::Err, Role::ErrTint, 4.5);
    row("err on surface", Role::Err, Role::Surface, 4.5);
    row("on-ink on ink", Role::OnInk, Role::Ink, 4.5);
    row("rail-text on rail", Role::RailText, Role::Rail, 4.5);
    row("rail-on on rail-sel", Role::RailOn, Role::RailSelected, 4.5);
    row("on-mark on mark", Role::OnMark, Role::Mark, 4.5);
    row("control border", Role::LineStrong, Role::Surface, 3.0);
    row("focus on surface", Role::Focus, Role::Surface, 3.0);
    row("focus on background", Role::Focus, Role::Background, 3.0);
}

void TestTheme::textReachesContrast()
{
    QFETCH(Role, ink);
    QFETCH(Role, ground);
    QFETCH(double, least);
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        const Theme theme(mode);
        const double reached = contrast(theme.color(ink), theme.color(ground));
        QVERIFY2(reached >= least, qPrintable(u"%1 in %2"_s.arg(reached).arg(theme.isDark() ? u"dark"_s : u"light"_s)));
    }
}

void TestTheme::tokensStandInTheOrderOfTheRoles()
{
    for (std::size_t i = 0; i < tokens.size(); ++i)
        QCOMPARE(static_cast<std::size_t>(tokens.at(i).role), i);
}

void TestTheme::styleSheetHasNoPlaceholdersLeft()
{
    const Theme theme(ThemeMode::Dark, 1.5);
    const QString sheet = theme.styleSheet();
    QVERIFY(!sheet.isEmpty());
    QVERIFY(!sheet.contains(u'@'));
    QVERIFY(!sheet.contains(QRegularExpression(u"\\dsp\\b"_s)));
    QVERIFY(sheet.contains(theme.color(Role::LineStrong).name(QColor::HexArgb)));
}

void TestTheme::everyIconHasItsFileAndShape()
{
    QStringList files = QDir(u":/icons"_s).entryList({u"*.svg"_s}, QDir::Files, QDir::Name);
    QStringList named;
    for (std::size_t i = 0; i < iconNames.size(); ++i) {
        named << QString::fromLatin1(iconNames.at(i)) + u".svg"_s;
        const QImage image = renderIcon(static_cast<Icon>(i), Qt::black, 24, 1.0).toImage();
        int inked = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                inked += qAlpha(image.pixel(x, y)) > 128 ? 1 : 0;
        }
        QVERIFY2(inked >= 12, iconNames.at(i));
    }
    named.sort();
    files.sort();
    QCOMPARE(files, named);
}

void TestTheme::iconsTakeTheRolesColour()
{
    const Theme theme(ThemeMode::Light);
    const QImage image = theme.pixmap(Icon::Minus, Role::Err, 24, 1.0).toImage();
    const QColor middle = image.pixelColor(12, 12);
    QCOMPARE(middle.rgb(), theme.color(Role::Err).rgb());
}

void TestTheme::iconsFollowTheTheme()
{
    Theme theme(ThemeMode::Light);
    const QIcon icon = theme.icon(Icon::Minus, Role::Text);
    QCOMPARE(icon.pixmap(QSize(24, 24), 1.0).toImage().pixelColor(12, 12).rgb(), theme.color(Role::Text).rgb());
    theme.setMode(ThemeMode::Dark);
    QCOMPARE(icon.pixmap(QSize(24, 24), 1.0).toImage().pixelColor(12, 12).rgb(), theme.color(Role::Text).rgb());
    const QPixmap disabled = icon.pixmap(QSize(24, 24), 1.0, QIcon::Disabled);
    QCOMPARE(disabled.toImage().pixelColor(12, 12).rgb(), theme.color(Role::OnDisabled).rgb());
}

void TestTheme::iconsAreSharpAtHighResolution()
{
    const Theme theme(ThemeMode::Light);
    const QPixmap pixmap = theme.pixmap(Icon::Key, Role::Text, 16, 1.5);
    QCOMPARE(pixmap.size(), QSize(24, 24));
    QCOMPARE(pixmap.devicePixelRatio(), 1.5);
    const QPixmap fromIcon = theme.icon(Icon::Key).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(fromIcon.size(), QSize(32, 32));
}

void TestTheme::sizesFollowTheTextScale()
{
    const Theme theme(ThemeMode::Light, 2.0);
    QCOMPARE(theme.scaled(32), 64);
    QCOMPARE(theme.font(TextStyle::Body).pixelSize(), 26);
    QCOMPARE(theme.lineHeight(TextStyle::Small), 36);
    QCOMPARE(Theme(ThemeMode::Light, 9.0).textScale(), 2.0);
}

void TestTheme::modeDecidesAndTells()
{
    Theme theme(ThemeMode::Light);
    theme.apply(*qApp);
    QSignalSpy changed(&theme, &Theme::changed);
    QCOMPARE(qApp->palette().color(QPalette::Window).rgb(), QColor(0xF2F4F5).rgb());
    theme.setMode(ThemeMode::Dark);
    QCOMPARE(changed.count(), 1);
    QVERIFY(theme.isDark());
    QCOMPARE(qApp->palette().color(QPalette::Window).rgb(), QColor(0x11181C).rgb());
    QCOMPARE(qApp->palette().color(QPalette::PlaceholderText).rgb(), theme.color(Role::Text3).rgb());
    theme.setMode(ThemeMode::Dark);
    QCOMPARE(changed.count(), 1);
}

void TestTheme::reducedMotionStopsTheClock()
{
    Theme theme(ThemeMode::Light);
    QCOMPARE(theme.duration(160), 160);
    theme.setReducedMotion(true);
    QCOMPARE(theme.duration(160), 0);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
