// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

#include <map>

class QVBoxLayout;

namespace credenza
{

class FormatChoice;

/// All formats to choose from, those that keep the key protected apart from those that hold it in the open.
class FormatList final : public QWidget
{
    Q_OBJECT

public:
    explicit FormatList(const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] QString current() const;
    void setCurrent(const QString &format);
    /// Where the focus belongs on opening.
    [[nodiscard]] QWidget *firstFocus() const;

Q_SIGNALS:
    void currentChanged(const QString &format);

private:
    void add(QVBoxLayout &column, const QString &format, const QString &title, const QString &summary);

    const Theme &m_theme;
    std::map<QString, FormatChoice *> m_choices;
};

} // namespace credenza
