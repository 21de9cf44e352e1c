// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QLabel>

namespace credenza
{

/// A label in one step of the type scale and one role's colour. Wraps when setWordWrap(true), with the line height of
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

private:
    void refresh();

    const Theme &m_theme;
    QString m_content;
    TextStyle m_style;
    Role m_role;
    bool m_markup = false;
};

} // namespace credenza
