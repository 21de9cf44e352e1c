// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/smart/AssertionInspection.h"
#include "ui/widgets/Sheet.h"

#include <QTimer>

class QVBoxLayout;

namespace credenza
{

class CodeBlock;
class ComboBox;
class IconLabel;
class TextArea;
class TextLabel;

/// A saved credential to compare an assertion with.
struct InspectorChoice {
    QString name;
    AssertionExpectations expectations; ///< without `now`
};

/// Takes any JWT that is pasted apart: header and claims in the open, and each value against the rule it must meet. What
/// was pasted never leaves the window, and is dropped on closing.
class AssertionInspector final : public Sheet
{
    Q_OBJECT

public:
    /// `clock` must outlive the inspector.
    AssertionInspector(const Theme &theme, QWidget &host, const Clock &clock);

    /// Empty, to be filled by pasting.
    void openWith(const QList<InspectorChoice> &choices);

private:
    void inspect();
    void showChecks(const AssertionInspection &inspection);
    void showNothing(const QString &why);
    void drop();

    const Theme &m_theme;
    const Clock &m_clock;
    QList<InspectorChoice> m_choices;
    TextArea *m_text;
    ComboBox *m_credential;
    IconLabel *m_verdictIcon;
    TextLabel *m_verdict;
    QVBoxLayout *m_checks;
    QWidget *m_rows = nullptr;
    CodeBlock *m_header;
    CodeBlock *m_claims;
    QTimer m_pause;
};

} // namespace credenza
