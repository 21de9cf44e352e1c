// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/VaultSession.h"
#include "ui/theme/Theme.h"

#include <QWidget>

class QHBoxLayout;

namespace credenza
{

class Badge;
class Button;
class CredentialPicker;

/// The strip of an export that says what goes along: the credentials as tokens, as many as fit, *Choose…*, and how many
/// of them are for production.
class ExportSubjects final : public QWidget
{
    Q_OBJECT

public:
    /// `host` is the window that *Choose…* opens in. Both must outlive the strip.
    ExportSubjects(const Theme &theme, QWidget &host, VaultSession &session, QWidget *parent = nullptr);

    /// Unknown ids are left out.
    void setIds(const QList<QUuid> &ids);
    [[nodiscard]] const QList<QUuid> &ids() const { return m_ids; }
    /// How many of them are for production.
    [[nodiscard]] int production() const { return m_productionCount; }
    /// Closes *Choose…*, if it is open.
    void closePicker();

Q_SIGNALS:
    /// The person took some out or chose others.
    void changed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void count();
    void showChips();

    const Theme &m_theme;
    VaultSession &m_session;
    QList<QUuid> m_ids;
    CredentialPicker *m_picker;
    QHBoxLayout *m_chips;
    Button *m_choose;
    Badge *m_production;
    int m_productionCount = 0;
    int m_shownFor = -1; ///< the width the chips were laid out for
};

} // namespace credenza
