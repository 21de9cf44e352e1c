// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

class QHBoxLayout;

namespace credenza
{

/// The heading of a part of a form: a line across, then the title; widgets may follow at its right.
class SectionHeader final : public QWidget
{
    Q_OBJECT

public:
    SectionHeader(const Theme &theme, const QString &title, QWidget *parent = nullptr);

    /// Puts `widget` at the right. Takes it.
    void addTrailing(QWidget *widget);

private:
    QHBoxLayout *m_row;
};

} // namespace credenza
