// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"
#include "ui/widgets/WrappedText.h"

#include <QLabel>

#include <optional>

namespace credenza
{

/// A label in one step of the type scale and one role's colour. Wraps when setWrapping(true), with the line height of
/// the scale (which QLabel alone can't do). Takes plain text; say setMarkup() for text with emphasis or links.
class TextLabel : public QLabel
{
    Q_OBJECT

public:
    TextLabel(const Theme &theme, const QString &text, TextStyle style = TextStyle::Body, Role role = Role::Text,
              QWidget *parent = nullptr);

    /// Replaces the text; plain, never interpreted as markup.
    void setContent(const QString &text);
    /// Replaces the text by a fragment of rich text (`<b>`, `<code>`, `<a href>`). Escape what comes from outside.
    void setMarkup(const QString &html);
    /// The text as given, without the markup this class adds.
    [[nodiscard]] QString content() const { return m_content; }

    void setRole(Role role);
    [[nodiscard]] Role role() const { return m_role; }
    /// Whether the text wraps over several lines; off at first.
    void setWrapping(bool wraps);
    /// Wraps only where there is less room than one line takes, which is what it asks for: in rows.
    void setWrappingIfNarrow();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    [[nodiscard]] QSize withMargins(const QSize &content) const;

    const Theme &m_theme;
    QString m_content;
    TextStyle m_style;
    Role m_role;
    bool m_markup = false;
    bool m_wantsOneLine = false;
    std::optional<WrappedText> m_wrapped; ///< plain text that wraps; all else is QLabel's
};

} // namespace credenza
