// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/TestReport.h"

#include <QWidget>

class QHBoxLayout;

namespace credenza
{

class Theme;

/// What the server told of itself in the last test: FHIR version, token endpoint, signature algorithms.
class DiscoveryLine final : public QWidget
{
    Q_OBJECT

public:
    explicit DiscoveryLine(const Theme &theme, QWidget *parent = nullptr);

    /// Shows what the report's discovery found; hides where it found nothing.
    void showReport(const TestReport &report);
    void clear();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QHBoxLayout *m_row;
    QWidget *m_content = nullptr;
};

} // namespace credenza
