// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Validation.h"

#include <QWidget>

#include <optional>

class QVBoxLayout;

namespace credenza
{

class OverlayPresenter;
class Theme;

/// The help of the focused field: what it is, what was entered (where that can be taken apart), where to find it, an
/// example, common mistakes.
class HelpView final : public QWidget
{
    Q_OBJECT

public:
    HelpView(const Theme &theme, const OverlayPresenter &presenter, QWidget *parent = nullptr);

    void showField(Field field);
    [[nodiscard]] std::optional<Field> field() const { return m_field; }
    /// The draft changed: brings what was entered up to date.
    void refresh();

Q_SIGNALS:
    /// Back to the checklist.
    void checklistRequested();

private:
    void fill();
    void addHeading(const QString &text);
    void addParagraph(const QString &markdown);
    void addEntered();
    void addClientIdTable();

    const Theme &m_theme;
    const OverlayPresenter &m_presenter;
    QVBoxLayout *m_layout;
    QWidget *m_page = nullptr;
    QVBoxLayout *m_content = nullptr;
    std::optional<Field> m_field;
    QString m_connector; ///< whose help is shown
    QString m_entered;   ///< what the page was made from
};

} // namespace credenza
