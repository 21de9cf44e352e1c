// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

class QHBoxLayout;

namespace credenza
{

class TextLabel;

/// The heading of a part of a form: a line across, then the title; widgets may follow at its right.
class SectionHeader final : public QWidget
{
    Q_OBJECT

public:
    SectionHeader(const Theme &theme, const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// Puts `widget` at the right. Takes it.
    void addTrailing(QWidget *widget);

private:
    TextLabel *m_title;
    QHBoxLayout *m_row;
};

} // namespace credenza
