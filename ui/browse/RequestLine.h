// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/browse/BrowseSession.h"
#include "ui/widgets/Divider.h"

class QMenu;

namespace credenza
{

class Badge;
class ElidingLabel;
class IconButton;
class TextLabel;

/// The exact request as it was sent, with status, time and size; copies it as curl, shows its headers, and keeps the last
/// ones of this session.
class RequestLine final : public Pane
{
    Q_OBJECT

public:
    /// `base`: the FHIR base URL, left out of what is shown.
    explicit RequestLine(const Theme &theme, QWidget *parent = nullptr);

    void setBase(const QString &base);
    void addExchange(const ExchangeRecord &record);
    /// Shows the last request for that path again, if it is still known.
    void recall(const QString &path);
    void clear();
    /// The request shown, as a curl command with the token left as a variable; empty if there is none.
    [[nodiscard]] QString curl() const;
    void copyCurl();

Q_SIGNALS:
    void copied(const QString &what);
    /// How many there were in this session, and the status of the last one; 0, 0 for a new session.
    void counted(int count, int status);

private:
    void showRecord(const ExchangeRecord &record);
    void showHistory();
    void showHeaders();
    [[nodiscard]] QString shortened(const QString &url) const;

    const Theme &m_theme;
    QString m_base;
    QList<ExchangeRecord> m_history;
    ExchangeRecord m_shown;
    int m_requests = 0; // of this session, those counted in the background too
    Badge *m_method;
    ElidingLabel *m_path;
    TextLabel *m_status;
    IconButton *m_copy;
    IconButton *m_headers;
    IconButton *m_menu;
};

} // namespace credenza
