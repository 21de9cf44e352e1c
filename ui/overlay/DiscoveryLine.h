// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/TestReport.h"

#include <QWidget>

class QHBoxLayout;

namespace credenza
{

class Theme;

/// What the server told of itself in the last test: FHIR version, token endpoint, signature algorithms; or, where
/// nothing was found, how many addresses were tried.
class DiscoveryLine final : public QWidget
{
    Q_OBJECT

public:
    explicit DiscoveryLine(const Theme &theme, QWidget *parent = nullptr);

    /// Shows what the report's discovery found; hides where the test did not come so far.
    void showReport(const TestReport &report);
    void clear();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showTried(const QStringList &tried);

    const Theme &m_theme;
    QHBoxLayout *m_row;
    QWidget *m_content = nullptr;
    bool m_isFound = false;
};

} // namespace credenza
