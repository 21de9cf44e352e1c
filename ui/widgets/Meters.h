// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

namespace credenza
{

/// A row of equal parts of which some are filled: the strength of a passphrase (five parts), or of evidence (three).
/// It has a text twin: give the verdict beside it, and to setLevel() for assistive technology.
class StrengthBar final : public QWidget
{
    Q_OBJECT

public:
    explicit StrengthBar(const Theme &theme, int parts = 5, QWidget *parent = nullptr);

    /// Fills `level` parts in `role`'s colour; `verdict` ("Strong") becomes the accessible name.
    void setLevel(int level, Role role, const QString &verdict);
    [[nodiscard]] int level() const { return m_level; }
    [[nodiscard]] QSize sizeHint() const override { return {m_parts * 24, 6}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    int m_parts;
    int m_level = 0;
    Role m_role = Role::Ok;
};

/// A bar of 6 px (or another height) filled from the left, from 0 to 1. Say the amount beside it.
class ProgressLine final : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(const Theme &theme, int height = 6, QWidget *parent = nullptr);

    /// `text` ("1 of 3 done") becomes the accessible name.
    void setProgress(qreal fraction, const QString &text);
    [[nodiscard]] qreal progress() const { return m_fraction; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    qreal m_fraction = 0;
};

} // namespace credenza
