// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QTimer>
#include <QVariantAnimation>
#include <QWidget>

#include <functional>

namespace credenza
{

class Button;
class TextLabel;

/// A short message at the bottom centre of its host for 6 s, longer while the pointer or the focus is on it, with at
/// most one action ("Undo"). A new message replaces the old one.
class Toast final : public QWidget
{
    Q_OBJECT

public:
    /// `bottom`: px between its lower edge and the host's.
    Toast(const Theme &theme, QWidget &host, int bottom = 44);

    void showMessage(const QString &text, const QString &action = {});
    /// The same with what the action does; `gone` is called instead once the chance has passed.
    void offer(const QString &text, const QString &action, std::function<void()> deed, std::function<void()> gone = {});
    /// Takes the action as chosen (Ctrl+Z); false if none is offered now.
    bool triggerAction();
    /// Lets the message go at once, as if its time were over.
    void expire();
    void dismiss();
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    /// The action of the message shown was chosen.
    void actionTriggered();
    /// The message went without its action being chosen.
    void expired();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void place();
    void finish(bool chosen);

    const Theme &m_theme;
    QWidget &m_host;
    TextLabel *m_text;
    Button *m_action;
    QTimer m_life;
    QVariantAnimation m_motion;
    std::function<void()> m_deed;
    std::function<void()> m_gone;
    int m_bottom;
    int m_offset = 0;
};

} // namespace credenza
