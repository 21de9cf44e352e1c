// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Connector.h"

#include <QWidget>

class QVBoxLayout;

namespace credenza
{

class CheckBox;
class ProgressLine;
class TextLabel;
class Theme;

/// The checklist of prerequisites: register the app, generate the key pair, identify the base URL. The ticks are the
/// person's own; what the form already holds is ticked by setDone().
class BeforeYouStart final : public QWidget
{
    Q_OBJECT

public:
    enum class Item : std::uint8_t { Registration, KeyPair, BaseUrl };

    BeforeYouStart(const Theme &theme, const Connector &connector, QWidget *parent = nullptr);

    void setDone(Item item, bool done);
    [[nodiscard]] int doneCount() const;

Q_SIGNALS:
    void generateRequested();
    void portalRequested(const QString &url);
    void copied(const QString &what);

private:
    QVBoxLayout *addItem(QVBoxLayout &list, const QString &title, QWidget *trailing);
    void count();

    const Theme &m_theme;
    QList<CheckBox *> m_items;
    ProgressLine *m_progress;
    TextLabel *m_count;
};

} // namespace credenza
