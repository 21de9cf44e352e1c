// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Validation.h"

#include <QTimer>
#include <QWidget>

#include <optional>

namespace credenza
{

class Button;
class Clock;
class IconLabel;
class OverlayPresenter;
class TextLabel;
class Theme;

/// The line beside *Test connection*: what is still to fill in or to fix (with a link to the field), else how the test
/// of this draft went.
class DraftStatus final : public QWidget
{
    Q_OBJECT

public:
    DraftStatus(const Theme &theme, const OverlayPresenter &presenter, const Clock &clock, QWidget *parent = nullptr);

    void refresh();
    /// A save that failed for a reason no field can show; stays until the draft changes. Empty: none.
    void setFailure(const QString &text);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void fieldRequested(credenza::Field field);

private:
    [[nodiscard]] QString since() const;

    const Theme &m_theme;
    const OverlayPresenter &m_presenter;
    const Clock &m_clock;
    IconLabel *m_icon;
    TextLabel *m_text;
    Button *m_link;
    QString m_failure;
    std::optional<Field> m_target;
    QTimer m_aging; ///< "just now" is true for a minute
};

} // namespace credenza
