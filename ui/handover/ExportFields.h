// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/ExportFormat.h"
#include "ui/theme/Theme.h"

#include <QWidget>

#include <map>

namespace credenza
{

class CheckBox;
class ComboBox;
class LineEdit;

/// What can be chosen for a format: names at the receiver, the form of the key, and whether it goes along at all.
class ExportFields final : public QWidget
{
    Q_OBJECT

public:
    explicit ExportFields(const Theme &theme, QWidget *parent = nullptr);

    /// Null: the bundle, of which there is nothing to choose but whether keys go along.
    void showFor(const ExportFormat *format);
    [[nodiscard]] ExportOptions options() const;
    void setNexlaNames(const NexlaNames &names);

Q_SIGNALS:
    void changed();

private:
    const Theme &m_theme;
    QWidget *m_kubernetes;
    QWidget *m_nexla;
    QWidget *m_formRow;
    QWidget *m_formField;
    LineEdit *m_namespace;
    LineEdit *m_secretName;
    std::map<QString, LineEdit *> m_nexlaNames;
    ComboBox *m_form;
    CheckBox *m_withoutKeys;
};

} // namespace credenza
