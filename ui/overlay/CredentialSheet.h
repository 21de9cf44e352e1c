// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/overlay/KeyIntake.h"
#include "ui/overlay/OverlayPresenter.h"
#include "ui/widgets/Sheet.h"

#include <QUuid>

class QStackedWidget;

namespace credenza
{

class Badge;
class BeforeYouStart;
class Button;
class ConnectionTestView;
class CredentialForm;
class HelpView;
class SegmentedTabs;
class TextLabel;
class VaultSession;

/// Add New Credential and Edit Credential: the form, the side column with help and the connection test, and the foot.
/// Lives as long as the window; open it with openNew() or openFor(). Closing with changes asks.
class CredentialSheet final : public Sheet
{
    Q_OBJECT

public:
    CredentialSheet(const Theme &theme, QWidget &host, VaultSession &session);

    void openNew(const QString &connectorId);
    void openFor(const Credential &credential);
    /// What the quick pick "Local sandbox" fills in; empty: not offered.
    void setLocalSandbox(const QString &fhirBaseUrl);

Q_SIGNALS:
    void saved(const QUuid &id);
    /// A portal is to be opened in the browser.
    void portalRequested(const QString &url);
    void copied(const QString &what);

private:
    [[nodiscard]] QWidget *makeMain();
    [[nodiscard]] QWidget *makeSide();
    void makeFoot();
    void begin(const QString &title);
    void refresh();
    void test();
    void save();
    void closeOrAsk();
    void showProgress(const QUuid &token, const TestReport &report);
    void finishTest(const QUuid &token, const TestReport &report);

    const Theme &m_theme;
    QWidget &m_host;
    VaultSession &m_session;
    OverlayPresenter m_presenter;
    KeyIntake m_intake;
    QUuid m_testToken;
    CredentialForm *m_form;
    SegmentedTabs *m_tabs;
    QStackedWidget *m_pages;
    QWidget *m_before = nullptr;
    HelpView *m_help;
    ConnectionTestView *m_test;
    Badge *m_environment;
    TextLabel *m_status;
    Button *m_testButton;
    Button *m_cancel;
    Button *m_save;
};

} // namespace credenza
