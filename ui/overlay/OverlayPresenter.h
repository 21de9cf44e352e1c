// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Connector.h"
#include "core/credentials/Environment.h"
#include "core/credentials/SavedCredentials.h"
#include "core/credentials/Validation.h"
#include "core/smart/TestReport.h"

#include <QObject>
#include <QTimer>
#include <QUuid>

#include <map>
#include <optional>
#include <set>

namespace credenza
{

/// How a text came into a field: typing waits for a pause, a paste is looked at at once.
enum class InputWay : std::uint8_t { Typed, Pasted };

/// What the last connection test of this draft says beside the buttons.
enum class DraftTestState : std::uint8_t { None, Running, Passed, Failed, Cancelled, Outdated };

/// The overlay's thinking, without a widget: holds the draft, validates it on every change, and decides when a finding
/// may be seen (visual.md, Field): 600 ms after the last key, at once on a paste and on leaving the field, never on a
/// half-typed word; what is fixed clears at once. Save is possible as soon as the draft is valid, seen or not.
class OverlayPresenter final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds typingPause{600};

    explicit OverlayPresenter(QObject *parent = nullptr);

    /// A new, empty draft. An unknown id means the first connector.
    void startNew(const QString &connectorId);
    /// The draft of a saved credential; its findings are seen from the start.
    void startEditing(const Credential &credential);
    /// Goes on with a draft that was put away, on the credential it was made from; none: a new one.
    void resume(CredentialDraft draft, const std::optional<Credential> &base);

    [[nodiscard]] const CredentialDraft &draft() const { return m_draft; }
    [[nodiscard]] const Connector &connector() const;
    /// Null for a new credential.
    [[nodiscard]] QUuid existing() const { return m_existing; }
    [[nodiscard]] bool isEditing() const { return !m_existing.isNull(); }
    /// The name before any change; empty for a new credential.
    [[nodiscard]] QString savedName() const { return m_saved.name; }
    /// The credential as it was when the draft was begun; nothing for a new one, or if what is saved now does not
    /// matter.
    [[nodiscard]] const std::optional<Credential> &base() const { return m_base; }
    /// Whatever was saved elsewhere since is to be replaced.
    void forgetBase() { m_base.reset(); }
    /// The draft's value as the field shows it: scopes with spaces, tags with commas, a header a line.
    [[nodiscard]] QString textOf(Field field) const;

    void setText(Field field, const QString &text, InputWay way = InputWay::Typed);
    /// Sets a text that did not come from the field's own control, and has the control show it.
    void fillIn(Field field, const QString &text);
    /// The field has lost the focus.
    void leave(Field field);
    /// Key material that was looked at, usable or not; null takes the draft's key away.
    void setKey(std::shared_ptr<const KeyInspection> key, const QString &origin);
    /// The key of a saved credential, which keeps it.
    void useKeyOf(const Credential &owner);
    /// The vault's credentials: what the name and the client ID are compared with.
    void setSavedCredentials(const QList<Credential> &credentials);
    /// While a key is being looked at, the draft is not ready.
    void setKeyPending(bool pending);
    /// PEM of extra certificate authorities; empty: none.
    void setAuthorityPem(const QByteArray &pem);
    /// Puts the finding's safe repair into the field ("Trim now").
    void applyReplacement(Field field);
    /// Lets every finding be seen: someone asked to save what can't be saved.
    void revealAll();
    /// Something learned from outside (the name is taken, a cause points here). Stays until the field is changed.
    void setNote(Field field, const Finding &note);

    /// What the field shows now; none while it was not touched or a word is half typed.
    [[nodiscard]] std::optional<Finding> shown(Field field) const;
    /// The draft as it stands, seen or not.
    [[nodiscard]] const Validation &validation() const { return m_validation; }
    [[nodiscard]] bool canSave() const;
    /// As canSave(), and no test is running.
    [[nodiscard]] bool canTest() const;
    [[nodiscard]] bool isDirty() const;
    /// From the base URL, once it can be read.
    [[nodiscard]] std::optional<Environment> environment() const { return m_environment; }
    /// Required fields that are still empty, in reading order.
    [[nodiscard]] QList<Field> missing() const;
    /// Fields that show an error, in reading order.
    [[nodiscard]] QList<Field> toFix() const;
    /// "4 required fields to fill in", "1 field to fix: Client ID", or empty when all is well.
    [[nodiscard]] QString summary() const;
    /// "RS384, kid alder-prod-1, 3 scopes, no proxy", or what there is to set.
    [[nodiscard]] QString advancedSummary() const;

    void testStarted();
    void testEnded(const TestReport &report);
    [[nodiscard]] DraftTestState testState() const { return m_testState; }
    /// The last result while it still speaks of this very draft: kept with the credential on saving.
    [[nodiscard]] std::optional<TestReport> currentTest() const;

    /// The field's label, as people see it.
    [[nodiscard]] static QString labelOf(Field field);
    [[nodiscard]] static bool isRequired(Field field);

Q_SIGNALS:
    /// What `field` shows changed.
    void shownChanged(credenza::Field field);
    /// The draft's own text of `field` changed, not by typing: show textOf().
    void textReplaced(credenza::Field field);
    /// Anything else: buttons, summary, environment, key, test state.
    void changed();

private:
    void start(CredentialDraft draft);
    [[nodiscard]] Validation judged() const;
    void revalidate(Field changedField);
    void show(Field field);
    void clearWhatIsFixed();
    void markTestOutdated(Field field);

    CredentialDraft m_draft;
    CredentialDraft m_saved;    ///< the draft at the start, for isDirty()
    QList<Credential> m_others; ///< the vault's credentials
    QUuid m_existing;
    std::optional<Credential> m_base;
    Validation m_validation;
    std::map<Field, Finding> m_shown;
    std::map<Field, Finding> m_notes;
    std::set<Field> m_touched;
    std::optional<Field> m_typing;
    std::optional<Environment> m_environment;
    std::optional<TestReport> m_report;
    QTimer m_pause;
    DraftTestState m_testState = DraftTestState::None;
    bool m_keyPending = false;
};

} // namespace credenza
