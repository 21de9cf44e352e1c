// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QVariantAnimation>
#include <QWidget>

class QAbstractButton;
class QVBoxLayout;

namespace credenza
{

class ElidingLabel;

/// A heading with a chevron that folds its content away (120 ms). The summary beside the heading says what is inside.
class Disclosure final : public QWidget
{
    Q_OBJECT

public:
    Disclosure(const Theme &theme, const QString &title, QWidget *parent = nullptr);

    /// Takes `content`; shown while open.
    void setContent(QWidget *content);
    /// Said beside the title while closed.
    void setSummary(const QString &summary);
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const { return m_open; }

Q_SIGNALS:
    void toggled(bool open);

private:
    const Theme &m_theme;
    QVBoxLayout *m_layout;
    QAbstractButton *m_header;
    ElidingLabel *m_summary;
    QWidget *m_content = nullptr;
    QVariantAnimation m_motion;
    bool m_open = false;
};

} // namespace credenza
