// SPDX-License-Identifier: Apache-2.0
#include "ui/unlock/UnlockPage.h"

#include "core/vault/RecoveryCode.h"
#include "ui/unlock/BrandPanel.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ColumnScrollArea.h"
#include "ui/widgets/FoldingRow.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace credenza
{

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace
{

constexpr int columnWidth = 416;
constexpr int longestWait = 30;

/// The line below the field, in the same shape as the field's own.
QWidget *warningLine(const Theme &theme, const QString &text)
{
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(new IconLabel(theme, Icon::Warning, Role::Warn, 14));
    layout->addWidget(new TextLabel(theme, text, TextStyle::Small, Role::Warn), 1);
    return line;
}

/// "or" between two lines.
QWidget *orLine(const Theme &theme)
{
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 16, 0, 16);
    layout->setSpacing(12);
    layout->addWidget(new Divider(theme), 1);
    layout->addWidget(new TextLabel(theme, UnlockPage::tr("or"), TextStyle::Small, Role::Text3));
    layout->addWidget(new Divider(theme), 1);
    return line;
}

} // namespace

UnlockPage::UnlockPage(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_brand(new BrandPanel(theme, tr("Locked"))),
      m_title(new TextLabel(theme, {}, TextStyle::PageTitle)),
      m_subtitle(new TextLabel(theme, tr("Enter the passphrase of this vault."), TextStyle::Body, Role::Text2)),
      m_passphrase(new SecretEdit(theme, 40)),
      m_field(new FormField(theme, tr("Passphrase"), Requirement::Optional, m_passphrase)),
      m_capsLock(warningLine(theme, tr("Caps Lock is on; capitals count."))),
      m_unlock(new Button(theme, tr("Unlock"), ButtonKind::Primary, ButtonSize::Large)), m_or(orLine(theme)),
      m_keyring(new Button(theme, tr("Unlock with the system keyring"), ButtonKind::Secondary, ButtonSize::Large))
{
    m_passphrase->edit()->setObjectName(u"passphrase"_s);
    m_unlock->setObjectName(u"unlock"_s);
    m_capsLock->setObjectName(u"capsLock"_s);
    m_capsLock->hide();
    m_unlock->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_keyring->setObjectName(u"unlockWithKeyring"_s);
    m_keyring->setLeadingIcon(Icon::Fingerprint);
    m_keyring->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_keyring, &Button::clicked, this, [this] {
        if (!m_busy)
            Q_EMIT keyringRequested();
    });
    auto *foot = new TextLabel(theme, tr("Tests and exports wait until you unlock."), TextStyle::Small, Role::RailText);
    foot->setWrapping(true);
    m_brand->addFoot(foot);

    auto *links = new FoldingRow(8, Qt::AlignHCenter);
    const auto addLink = [&](const QString &text, const QString &name, auto signal) {
        auto *link = new Button(theme, text, ButtonKind::Quiet);
        link->setObjectName(name);
        connect(link, &Button::clicked, this, signal);
        links->addWidget(link);
    };
    addLink(tr("Open another vault…"), u"openAnother"_s, &UnlockPage::openAnotherRequested);
    links->addSeparator(new Divider(theme, Qt::Vertical));
    addLink(tr("Create a new vault…"), u"createNew"_s, &UnlockPage::createNewRequested);
    links->addSeparator(new Divider(theme, Qt::Vertical));
    addLink(tr("Quit"), u"quit"_s, &UnlockPage::quitRequested);
    m_recovery = new Button(theme, tr("Use the recovery code…"), ButtonKind::Quiet);
    m_recovery->setObjectName(u"useRecoveryCode"_s);
    connect(m_recovery, &Button::clicked, this, [this] {
        setRecovery(!m_isRecovery);
        start();
    });

    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addStretch(1);
    column->addWidget(m_title);
    column->addSpacing(4);
    column->addWidget(m_subtitle);
    column->addSpacing(24);
    column->addWidget(m_field);
    column->addSpacing(4);
    column->addWidget(m_capsLock);
    column->addSpacing(16);
    column->addWidget(m_unlock);
    column->addWidget(m_or);
    column->addWidget(m_keyring);
    column->addSpacing(16);
    column->addWidget(m_recovery, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addWidget(links);
    column->addStretch(1);
    auto *main = new Pane(theme, Role::Surface);
    // Scrolls where large text needs more than the window is high.
    auto *content = new QWidget;
    auto *columns = new QHBoxLayout(content);
    auto *inner = new QWidget;
    inner->setMaximumWidth(theme.scaled(columnWidth));
    inner->setLayout(column);
    column->setContentsMargins(0, 0, 0, 0);
    columns->setContentsMargins(24, 0, 24, 0);
    columns->addStretch(1);
    columns->addWidget(inner, columnWidth); // all the room there is, up to its width
    columns->addStretch(1);
    auto *area = new ColumnScrollArea(u"unlockArea"_s);
    area->setColumn(content);
    auto *frame = new QVBoxLayout(main);
    frame->setContentsMargins({});
    frame->addWidget(area);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_brand);
    layout->addWidget(main, 1);

    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &UnlockPage::tick);
    connect(m_unlock, &Button::clicked, this, &UnlockPage::submit);
    connect(m_passphrase->edit(), &QLineEdit::returnPressed, this, &UnlockPage::submit);
    connect(m_passphrase->edit(), &QLineEdit::textEdited, this, [this] { refreshButton(); });
    connect(m_passphrase, &SecretEdit::capsLockSuspectedChanged, this,
            [this](bool on) { m_capsLock->setVisible(on && !m_isRecovery); }); // a code has only capitals
    setWays(false, false);
    refreshButton();
}

void UnlockPage::setVault(const VaultToUnlock &vault)
{
    m_title->setContent(tr("Unlock %1").arg(vault.name));
    m_brand->setLead(vault.reason.isEmpty() ? tr("Keys are decrypted only while the vault is open.") : vault.reason);
    m_brand->setFacts({{tr("Vault"), vault.name}, {tr("Location"), vault.path, true}});
    // Named again after a try that failed, it is the same vault: what was counted counts on.
    if (std::exchange(m_path, vault.path) != vault.path)
        setRecovery(false);
    m_field->clearState();
    m_passphrase->clear();
    refreshButton();
}

void UnlockPage::setWays(bool hasKeyring, bool hasRecoveryCode)
{
    m_or->setVisible(hasKeyring);
    m_keyring->setVisible(hasKeyring);
    m_recovery->setVisible(hasRecoveryCode);
    if (!hasRecoveryCode)
        setRecovery(false);
    if (hasKeyring && isVisible())
        start();
}

void UnlockPage::setRecovery(bool isRecovery)
{
    if (m_isRecovery == isRecovery)
        return;
    m_isRecovery = isRecovery;
    m_passphrase->clear();
    m_capsLock->hide();
    m_field->clearState();
    m_field->setLabel(isRecovery ? tr("Recovery code") : tr("Passphrase"));
    m_field->setHelp(isRecovery ? tr("Nine groups of four. Capitals, blanks and dashes do not matter.") : QString());
    m_subtitle->setContent(isRecovery ? tr("Enter the recovery code of this vault, as it was printed.")
                                      : tr("Enter the passphrase of this vault."));
    m_recovery->setText(isRecovery ? tr("Use the passphrase…") : tr("Use the recovery code…"));
    refreshButton();
}

SecretBytes UnlockPage::takePassphrase()
{
    SecretBytes passphrase = m_passphrase->take();
    refreshButton();
    return passphrase;
}

void UnlockPage::setBusy(bool busy)
{
    m_busy = busy;
    m_passphrase->edit()->setReadOnly(busy);
    m_unlock->setBusy(busy);
    m_keyring->setDisabledReason(busy ? tr("One moment") : QString());
    refreshButton();
}

void UnlockPage::succeed()
{
    setBusy(false);
    m_failures.remove(m_path);
    m_wait = 0;
    m_second.stop();
    m_field->clearState();
    m_passphrase->clear();
    setRecovery(false);
    refreshButton();
}

void UnlockPage::showFailure(const Error &error)
{
    setBusy(false);
    m_passphrase->clear();
    if (error.code != "vault.wrong-passphrase"_L1) {
        m_field->setError(error.hint.isEmpty() ? error.message : error.message + u' ' + error.hint);
        m_passphrase->edit()->setFocus(Qt::OtherFocusReason);
        return;
    }
    const int failures = ++m_failures[m_path];
    // 2 s after the second failure in a row, then 4, 8, 16, 30: guessing by hand gets slow, a slip costs nothing.
    m_wait = failures < 2 ? 0 : std::min(longestWait, 1 << std::min(failures - 1, 5));
    QString message = m_isRecovery ? tr("Wrong recovery code. Nothing was opened or changed.")
                                   : tr("Wrong passphrase. Nothing was opened or changed.");
    if (m_wait > 0) {
        message += u' ' + tr("%1 tries so far; the next one waits %2 s.").arg(failures).arg(m_wait);
        m_second.start();
    }
    m_field->clearState();
    m_field->setError(message);
    refreshButton();
    m_passphrase->edit()->setFocus(Qt::OtherFocusReason);
}

void UnlockPage::start()
{
    // Where the keyring opens it, Enter is enough; a word that was begun is gone on with.
    const bool needsNoWord = !m_keyring->isHidden() && !m_isRecovery && m_passphrase->edit()->text().isEmpty();
    if (needsNoWord)
        m_keyring->setFocus(Qt::OtherFocusReason);
    else
        m_passphrase->edit()->setFocus(Qt::OtherFocusReason);
}

void UnlockPage::submit()
{
    if (m_busy || m_wait > 0 || m_passphrase->edit()->text().isEmpty())
        return;
    // A slip of the pen is told here, before it counts as a try.
    if (m_isRecovery)
        if (const auto code = readRecoveryCode(m_passphrase->copy()); !code) {
            m_field->setError((code.error().message + u' ' + code.error().hint).trimmed());
            return;
        }
    Q_EMIT unlockRequested();
}

void UnlockPage::tick()
{
    if (--m_wait <= 0) {
        m_wait = 0;
        m_second.stop();
    }
    refreshButton();
}

void UnlockPage::refreshButton()
{
    if (m_busy) // a busy button stays as it is, only without effect
        return;
    if (m_wait > 0) {
        m_unlock->setText(tr("Unlock in %1 s").arg(m_wait));
        m_unlock->setDisabledReason(tr("After a wrong passphrase the next try waits"));
    } else {
        m_unlock->setText(tr("Unlock"));
        m_unlock->setDisabledReason(!m_passphrase->edit()->text().isEmpty() ? QString()
                                    : m_isRecovery                          ? tr("Type the recovery code first")
                                                                            : tr("Type the passphrase first"));
    }
}

} // namespace credenza
