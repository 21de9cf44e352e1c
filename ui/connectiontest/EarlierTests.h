// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/TestReport.h"
#include "core/vault/TestHistory.h"
#include "ui/widgets/Button.h"

#include <QDateTime>

namespace credenza
{

/// The button that lists how earlier tests of a credential ended, latest first, and opens their reports. Hidden while
/// there are none.
class EarlierTests final : public Button
{
    Q_OBJECT

public:
    explicit EarlierTests(const Theme &theme, QWidget *parent = nullptr);

    /// What is kept, or why that can't be read. `now`: for "today".
    void setTests(const Result<QList<KeptTest>> &tests, const QDateTime &now);

Q_SIGNALS:
    void chosen(const credenza::TestReport &report);

private:
    void showMenu();

    QList<KeptTest> m_tests;
    QDateTime m_now;
};

} // namespace credenza
