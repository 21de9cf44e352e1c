// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace credenza
{

class Theme;

/// What was typed as a client ID beside the shape most have, 8-4-4-4-12: a group of another length stands out.
class ClientIdAnatomy final : public QWidget
{
    Q_OBJECT

public:
    explicit ClientIdAnatomy(const Theme &theme, QWidget *parent = nullptr);

    /// False where the text is too unlike a GUID to be shown in its groups.
    bool setClientId(const QString &clientId);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QStringList m_groups;
};

} // namespace credenza
