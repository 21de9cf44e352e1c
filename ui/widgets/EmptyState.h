// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

namespace credenza
{

class Button;
class IconLabel;
class TextLabel;

/// What stands where there is nothing to show: an icon, one sentence on what belongs here, and at most one button.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(const Theme &theme, QWidget *parent = nullptr);

    /// An empty `action` shows no button.
    void setWords(Icon icon, const QString &sentence, const QString &action = {});
    /// A second line below, smaller.
    void setDetail(const QString &detail);
    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void actionTriggered();

private:
    IconLabel *m_icon;
    TextLabel *m_sentence;
    TextLabel *m_detail;
    Button *m_action;
};

} // namespace credenza
