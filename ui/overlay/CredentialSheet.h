// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/BackgroundJob.h"
#include "core/smart/EndpointDirectory.h"
#include "core/smart/JwkSetCheck.h"
#include "ui/overlay/OverlayPresenter.h"
#include "ui/session/VaultSession.h"
#include "ui/widgets/Sheet.h"

#include <QTimer>
#include <QUuid>

namespace credenza
{

class Badge;
class Button;
class CredentialForm;
class DraftStatus;
class SideColumn;
class TextLabel;

/// Add New Credential and Edit Credential: the form, the side column with help and the connection test, and the foot.
/// Lives as long as the window; open it with openNew() or openFor(). Closing with changes asks; where the vault is
/// locked over it, or the program ends, what was entered is sealed in the vault, and the sheet opens with it again
/// after unlocking.
class CredentialSheet final : public Sheet
{
    Q_OBJECT

public:
    CredentialSheet(const Theme &theme, QWidget &host, VaultSession &session);
    ~CredentialSheet() override;

    /// What is known of a credential before the form is opened; empty members stay for the person to fill in.
    struct Prefill {
        QString name;
        QString description;
        QString fhirBaseUrl;
        QString clientId;
        QString keyFile;
    };

    void openNew(const QString &connectorId);
    /// As openNew(), with what is known filled in and validated.
    void openPrefilled(const QString &connectorId, const Prefill &prefill);
    void openFor(const Credential &credential);
    /// What the quick pick "Local sandbox" fills in; empty: not offered.
    void setLocalSandbox(const QString &fhirBaseUrl);

Q_SIGNALS:
    void saved(const QUuid &id);
    /// A portal is to be opened in the browser.
    void portalRequested(const QString &url);
    /// Something was copied or saved; a whole sentence to show.
    void copied(const QString &what);
    /// From now on assertions are to be signed by the server's clock.
    void clockCorrectionRequested();
    /// A draft that was tried again and again has been accepted.
    void accepted(const QString &name);

private:
    void makeHeader();
    void makeColumns();
    void makeFoot();
    void orderTabs();
    void makeShortcuts();
    void begin(const QString &title);
    void refresh();
    void showHelpOf(Field field);
    void test() { testAs(TestWay::Once); }
    void testAs(TestWay way);
    void showWaiting(const QUuid &token, const TestReport &report, const RetryWait &wait);
    void cancelTest();
    void showProgress(const QUuid &token, const TestReport &report);
    void finishTest(const QUuid &token, const TestReport &report);
    void save();
    void finishSave(const Result<Credential> &credential);
    void askToSaveOver(const Error &error);
    /// Seals what was entered in the vault, which is about to be locked.
    void keepDraft();
    /// Has the vault keep what is in the form now.
    void keepUpToDate();
    /// Goes on with what was sealed, if anything was.
    void resumeDraft();
    void forgetKeptDraft();
    void closeOrAsk();
    void drop();
    void checkJwkSet();
    void showJwkSetCheck(const Result<JwkSetCheck> &check);
    void loadDirectory(const QString &path, bool isKept);
    void fetchDirectory();
    void showDirectory(const Result<EndpointDirectory> &directory, const QString &done);
    [[nodiscard]] QList<Credential> existingKeys() const;
    [[nodiscard]] QStringList usersOfKey(const QString &thumbprint) const;

    const Theme &m_theme;
    QWidget &m_host;
    VaultSession &m_session;
    OverlayPresenter m_presenter;
    QUuid m_testToken;       ///< of the running test; null: none
    TestReport m_lastReport; ///< the last progress of it
    Badge *m_connector;
    Badge *m_environment;
    TextLabel *m_draftWord;
    CredentialForm *m_form;
    SideColumn *m_side;
    DraftStatus *m_status;
    Button *m_testButton;
    Button *m_cancel;
    Button *m_save;
    TestWay m_testWay = TestWay::Once;
    bool m_isAsking = false;
    QTimer m_keepSoon;           ///< from a change until it is kept: whatever ends the program, little is lost
    bool m_hasKeptDraft = false; ///< the vault has what is in the form, as it was a moment ago, or before it was locked
    bool m_hasLookedForDirectory = false;
    BackgroundJob m_jwkSetCheck; // last: they touch the form
    BackgroundJob m_directoryJob;
};

} // namespace credenza
