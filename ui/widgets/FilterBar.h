// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QList>
#include <QWidget>

class QHBoxLayout;

namespace credenza
{

class Chip;
class LineEdit;

/// Above a table: a field for words to look for, and beside it chips of which one is chosen, each with its count. The
/// first chip stands for all.
class FilterBar final : public QWidget
{
    Q_OBJECT

public:
    /// `prompt` is what the empty field and its accessible name say. The field's object name is `name`, a chip's
    /// "name:chip's name".
    FilterBar(const Theme &theme, const QString &name, const QString &prompt, QWidget *parent = nullptr);

    /// Adds a chip behind those there are; the first is chosen until another is.
    void addChip(const QString &name, const QString &text);
    void setCount(int chip, int count);
    /// No words, and all.
    void reset();
    void focusField();

Q_SIGNALS:
    void textChanged(const QString &text);
    void chipChosen(int chip);

private:
    void choose(int chip);

    const Theme &m_theme;
    QHBoxLayout *m_row;
    LineEdit *m_field;
    QList<Chip *> m_chips;
};

} // namespace credenza
