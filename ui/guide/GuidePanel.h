// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Scrim.h"

class QListWidget;
class QTextBrowser;

namespace credenza
{

/// The user guide (F1): topics at the left, the text of one at the right. The texts are Markdown files of
/// resources/guide, the same that stand in the repository.
class GuidePanel final : public Scrim
{
    Q_OBJECT

public:
    GuidePanel(const Theme &theme, QWidget &host);

    void openGuide();
    /// Titles of the topics, in order.
    [[nodiscard]] QStringList topics() const;

Q_SIGNALS:
    /// A web page is to be opened in the browser.
    void pageRequested(const QUrl &url);

protected:
    [[nodiscard]] QRect panelGeometry() const override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void load();
    void show(int topic);

    QListWidget *m_topics;
    QTextBrowser *m_text;
    QStringList m_sources;
};

} // namespace credenza
