// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointer>
#include <QProxyStyle>

namespace credenza
{

class Theme;

/// Fusion with our metrics: room for the focus ring, no dotted focus rectangle, no underlined mnemonics until Alt.
class Style final : public QProxyStyle
{
    Q_OBJECT

public:
    explicit Style(const Theme &theme);

    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                                QStyleHintReturn *returnData) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;

private:
    [[nodiscard]] int scaled(int px) const;

    QPointer<const Theme> m_theme; // the application owns the style, which therefore may outlive the theme
};

} // namespace credenza
