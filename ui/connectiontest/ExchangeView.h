// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/connectiontest/ConnectionTestModel.h"

#include <QWidget>

namespace credenza
{

class CodeBlock;
class Theme;

/// What was sent and what came back, in one box with two tabs; `Copy as curl` at the right.
class ExchangeView final : public QWidget
{
    Q_OBJECT

public:
    ExchangeView(const Theme &theme, const TestExchangeText &text, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Something was put on the clipboard; say so.
    void copied(const QString &what);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showTab(int index);

    const Theme &m_theme;
    TestExchangeText m_text;
    CodeBlock *m_code;
};

} // namespace credenza
