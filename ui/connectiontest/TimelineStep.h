// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/connectiontest/ConnectionTestModel.h"

#include <QWidget>

class QAbstractButton;
class QVBoxLayout;

namespace credenza
{

class Spinner;
class TextLabel;
class Theme;

/// One step of the timeline: state icon on a thread that runs down to the next step, disclosure with the name, time bar
/// on the scale all steps share, time, a line of result, and what was sent and came back once it is opened.
class TimelineStep final : public QWidget
{
    Q_OBJECT

public:
    TimelineStep(const Theme &theme, TestStepId id, bool isLast, QWidget *parent = nullptr);

    void setStep(const TestStepText &text);
    [[nodiscard]] const TestStepText &step() const { return m_text; }
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const { return m_open; }

Q_SIGNALS:
    /// Something of this step was put on the clipboard.
    void copied(const QString &what);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fillDetails();
    void describe();

    const Theme &m_theme;
    TestStepText m_text;
    QVBoxLayout *m_body;
    QAbstractButton *m_header;
    Spinner *m_spinner;
    TextLabel *m_result;
    QWidget *m_details = nullptr;
    bool m_isLast;
    bool m_open = false;
};

} // namespace credenza
