// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace credenza
{

class TextLabel;

/// What a note is about; picks tint, line and icon.
enum class NoteKind : std::uint8_t { Plain, Info, Ok, Warning, Error };

/// A tinted box with a 1-px line, an icon and small text that wraps; actions stand at its right.
class Note final : public QWidget
{
    Q_OBJECT

public:
    Note(const Theme &theme, NoteKind kind, const QString &text, QWidget *parent = nullptr);

    void setNote(NoteKind kind, const QString &text);
    /// Another icon than the kind's.
    void setIconShown(Icon icon);
    /// Puts a button at the right. Takes it.
    void addAction(QWidget *button);
    [[nodiscard]] QString text() const;
    /// Has a screen reader say the note now.
    void announce();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    const Theme &m_theme;
    QHBoxLayout *m_layout;
    QLabel *m_icon;
    TextLabel *m_text;
    Icon m_shown;
    NoteKind m_kind;
};

} // namespace credenza
