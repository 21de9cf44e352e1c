// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Divider.h"

#include <array>

class QVBoxLayout;

namespace credenza
{

class Button;
class IconLabel;
class TextLabel;

/// The checklist of a first start, beside the tiles until the first credential has passed a test: vault, credential,
/// test, browse. The step that is next has the buttons.
class FirstSteps final : public Card
{
    Q_OBJECT

public:
    explicit FirstSteps(const Theme &theme, QWidget *parent = nullptr);

    /// Where the person is: whether there is a credential, and whether its last test did not pass.
    void setProgress(bool hasCredential, bool testFailed);
    /// What all of it takes; it scrolls in less.
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    void addRequested();
    void sandboxRequested();
    void testRequested();

private:
    struct Step {
        IconLabel *icon = nullptr;
        TextLabel *title = nullptr;
        TextLabel *detail = nullptr;
        QString name;
    };
    Step addStep(const QString &name, const QString &detail, const QList<Button *> &buttons);
    void mark(const Step &step, bool done, bool next);

    const Theme &m_theme;
    QVBoxLayout *m_column;
    Button *m_add;
    Button *m_sandbox;
    Button *m_test;
    std::array<Step, 4> m_steps;
};

} // namespace credenza
