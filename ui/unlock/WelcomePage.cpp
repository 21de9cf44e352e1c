// SPDX-License-Identifier: Apache-2.0
#include "ui/unlock/WelcomePage.h"

#include "core/base/PassphraseStrength.h"
#include "ui/unlock/BrandPanel.h"
#include "ui/widgets/Announce.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CheckBox.h"
#include "ui/widgets/ColumnScrollArea.h"
#include "ui/widgets/FoldingRow.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/Meters.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/TextLabel.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QRegularExpression>
#include <QScrollArea>
#include <QVBoxLayout>

namespace credenza
{

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace
{

constexpr int widestForm = 960;
constexpr qreal largeText = 1.5; // from here on what stands side by side goes below each other

constexpr auto suffix = ".credenza"_L1;

/// A file name made of the vault's name: letters, digits, `.`, `-` and `_` stay, the rest becomes `-`.
QString fileNameFor(const QString &name)
{
    static const QRegularExpression unsafe(u"[^\\w.-]+"_s, QRegularExpression::UseUnicodePropertiesOption);
    QString file = name.trimmed().toLower();
    file.replace(unsafe, u"-"_s);
    while (file.startsWith(u'.') || file.startsWith(u'-'))
        file.remove(0, 1);
    return (file.isEmpty() ? u"credenza"_s : file) + suffix;
}

/// `~` for the home folder, as people write it.
QString shortened(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

QString expanded(const QString &path)
{
    return path.startsWith("~/"_L1) ? QDir::homePath() + path.mid(1) : path;
}

} // namespace

WelcomePage::WelcomePage(const Theme &theme, const QString &path, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_folder(QFileInfo(path).absolutePath()), m_name(new LineEdit(theme)),
      m_location(new LineEdit(theme, TextStyle::Mono)), m_passphrase(new SecretEdit(theme)),
      m_repeat(new SecretEdit(theme)),
      m_nameField(new FormField(theme, tr("Vault name"), Requirement::Optional, m_name)),
      m_locationField(new FormField(theme, tr("Location"), Requirement::Optional, m_location)),
      m_passphraseField(new FormField(theme, tr("Passphrase"), Requirement::Required, m_passphrase)),
      m_repeatField(new FormField(theme, tr("Repeat"), Requirement::Required, m_repeat)),
      m_strength(new StrengthBar(theme)), m_verdict(new TextLabel(theme, {}, TextStyle::SmallLabel, Role::Text2)),
      m_keyring(new CheckBox(theme, tr("Also unlock with the system keyring"))),
      m_recovery(new CheckBox(theme, tr("Then show a recovery code to print"))),
      m_create(new Button(theme, tr("Create vault"), ButtonKind::Primary, ButtonSize::Large)),
      m_sandboxStatus(new TextLabel(theme, {}, TextStyle::Small, Role::RailOn))
{
    m_name->edit()->setObjectName(u"vaultName"_s);
    m_location->edit()->setObjectName(u"vaultLocation"_s);
    m_passphrase->edit()->setObjectName(u"newPassphrase"_s);
    m_repeat->edit()->setObjectName(u"repeatPassphrase"_s);
    m_create->setObjectName(u"createVault"_s);
    m_keyring->setObjectName(u"wantsKeyring"_s);
    m_recovery->setObjectName(u"wantsRecoveryCode"_s);
    m_recovery->setChecked(true);
    m_strength->setObjectName(u"strength"_s);
    m_verdict->setObjectName(u"verdict"_s);
    m_name->setText(tr("my-credentials"));

    auto *brand = new BrandPanel(theme, tr("Credentials for Epic and SMART Backend Services"));
    brand->addPromise(Icon::Gauge, tr("Works first time, or says why not"),
                      tr("Every field is checked as you type. Every step of a connection test shows what was sent and "
                         "what came back."));
    brand->addPromise(Icon::Lock, tr("The private key stays here"),
                      tr("It lives in the encrypted vault, is decrypted only to sign, and never leaves without being "
                         "asked for."));
    brand->addPromise(Icon::FileExport, tr("Hand over in one click"),
                      tr("Encrypted bundle, Nexla credential, JWK Set, Kubernetes Secret, dotenv, client "
                         "configurations."));
    auto *foot = new FoldingRow(4);
    auto *question = new TextLabel(theme, tr("No account with Epic yet?"), TextStyle::Small, Role::RailText);
    question->setWrappingIfNarrow();
    foot->addWidget(question);
    auto *sandbox = new Button(theme, tr("Try the local sandbox"), ButtonKind::OnRail, ButtonSize::Small);
    sandbox->setObjectName(u"trySandbox"_s);
    sandbox->setFlush(true);
    connect(sandbox, &Button::clicked, this, &WelcomePage::sandboxRequested);
    foot->addWidget(sandbox);
    brand->addFoot(foot);
    m_sandboxStatus->setObjectName(u"sandboxStatus"_s);
    m_sandboxStatus->setWrapping(true);
    m_sandboxStatus->hide();
    brand->addFoot(m_sandboxStatus);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(brand);
    layout->addWidget(setupPane(), 1);

    m_pause.setSingleShot(true);
    m_pause.setInterval(150ms);
    connect(&m_pause, &QTimer::timeout, this, &WelcomePage::estimate);
    connect(m_name->edit(), &QLineEdit::textEdited, this, &WelcomePage::followName);
    connect(m_location->edit(), &QLineEdit::textEdited, this, [this] {
        m_locationChosen = true;
        refreshButton();
    });
    connect(m_passphrase->edit(), &QLineEdit::textEdited, this, [this] {
        m_pause.start();
        checkRepeat(false);
    });
    connect(m_repeat->edit(), &QLineEdit::textEdited, this, [this] { checkRepeat(false); });
    connect(m_repeat->edit(), &QLineEdit::editingFinished, this, [this] { checkRepeat(true); });
    const auto warnOfCapsLock = [](FormField *field) {
        return [field](bool on) { field->setWarning(on ? tr("Caps Lock is on; capitals count.") : QString()); };
    };
    connect(m_passphrase, &SecretEdit::capsLockSuspectedChanged, this, warnOfCapsLock(m_passphraseField));
    connect(m_repeat, &SecretEdit::capsLockSuspectedChanged, this, warnOfCapsLock(m_repeatField));
    for (const LineEdit *input :
         {m_name, m_location, static_cast<LineEdit *>(m_passphrase), static_cast<LineEdit *>(m_repeat)})
        connect(input->edit(), &QLineEdit::returnPressed, this, &WelcomePage::submit);
    if (QFileInfo::exists(path))
        followName();
    else
        m_location->setText(shortened(path));
    refreshButton();
    estimate();
}

WelcomePage::~WelcomePage()
{
    // A field that loses the focus because it is destroyed says so, when this is no WelcomePage any more.
    for (const LineEdit *input :
         {m_name, m_location, static_cast<LineEdit *>(m_passphrase), static_cast<LineEdit *>(m_repeat)})
        input->edit()->disconnect(this);
}

QWidget *WelcomePage::setupPane()
{
    auto *pane = new Pane(m_theme, Role::Surface);
    const int margin = m_theme.textScale() < largeText ? 56 : 24;
    auto *column = new QWidget;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(margin, 40, margin, 16);
    layout->setSpacing(0);

    auto *head = new FoldingRow(4);
    head->addWidget(new TextLabel(m_theme, tr("Create your vault"), TextStyle::PageTitle), 1);
    auto *open = new Button(m_theme, tr("Open an existing vault…"), ButtonKind::Quiet);
    open->setObjectName(u"openExisting"_s);
    open->setLeadingIcon(Icon::FolderOpen);
    connect(open, &Button::clicked, this, &WelcomePage::chooseExisting);
    head->addWidget(open);
    layout->addWidget(head);
    auto *intro = new TextLabel(
        m_theme,
        tr("One encrypted file on this computer. Only the passphrase or the recovery code opens it; neither can be "
           "reset."),
        TextStyle::Body, Role::Text2);
    intro->setWrapping(true);
    layout->addWidget(intro);
    layout->addSpacing(24);

    auto *place = new QHBoxLayout;
    place->setSpacing(16);
    m_nameField->setFixedWidth(240);
    auto *change = new Button(m_theme, tr("Change…"), ButtonKind::Quiet, ButtonSize::Small);
    change->setObjectName(u"changeLocation"_s);
    change->setFlush(true);
    m_location->addTrailing(change);
    connect(change, &Button::clicked, this, &WelcomePage::chooseLocation);
    place->addWidget(m_nameField, 0, Qt::AlignTop);
    place->addWidget(m_locationField, 1, Qt::AlignTop);
    layout->addLayout(place);
    layout->addSpacing(12);
    layout->addWidget(new Divider(m_theme));
    layout->addSpacing(28);

    layout->addWidget(new TextLabel(m_theme, tr("Passphrase"), TextStyle::Section));
    layout->addSpacing(8);
    auto *secrets = new QHBoxLayout;
    secrets->setSpacing(16);
    secrets->addWidget(m_passphraseField, 1, Qt::AlignTop);
    secrets->addWidget(m_repeatField, 1, Qt::AlignTop);
    layout->addLayout(secrets);
    layout->addSpacing(4);
    auto *meter = new QHBoxLayout;
    meter->setSpacing(16);
    m_strength->setFixedWidth(292);
    meter->addWidget(m_strength);
    m_verdict->setWrapping(true);
    meter->addWidget(m_verdict, 1);
    layout->addLayout(meter);
    layout->addSpacing(12);
    auto *advice = new TextLabel(
        m_theme, tr("Four or five words that don’t belong together are easy to keep in mind and hard to guess."),
        TextStyle::Small, Role::Text3);
    advice->setWrapping(true);
    layout->addWidget(advice);
    layout->addSpacing(16);
    const auto addWay = [&](CheckBox *box, const QString &help) {
        layout->addWidget(box);
        auto *words = new TextLabel(m_theme, help, TextStyle::Small, Role::Text3);
        words->setWrapping(true);
        words->setContentsMargins(m_theme.scaled(24), 0, 0, 0);
        layout->addWidget(words);
        layout->addSpacing(8);
        box->setAccessibleDescription(help);
    };
    addWay(m_keyring, tr("While you are logged in to this computer. You can turn it off in Settings."));
    addWay(m_recovery, tr("It opens the vault if the passphrase is lost, which can’t be reset."));
    layout->addStretch(1);

    // Scrolls where large text needs more than the window is high; what to press stays in sight.
    // On a large screen no field gets wider than what is typed there.
    auto *inner = new QWidget;
    inner->setMaximumWidth(m_theme.scaled(widestForm));
    auto *frame = new QHBoxLayout(pane);
    frame->setContentsMargins(0, 0, 0, 0);
    frame->addWidget(inner, widestForm);
    frame->addStretch(1);
    auto *outer = new QVBoxLayout(inner);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *area = new ColumnScrollArea(u"setup"_s);
    area->setColumn(column);
    outer->addWidget(area, 1);
    auto *bottom = new QVBoxLayout;
    bottom->setContentsMargins(margin, 0, margin, 32);
    bottom->setSpacing(16);
    bottom->addWidget(new Divider(m_theme));
    outer->addLayout(bottom);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(new IconLabel(m_theme, Icon::ShieldCheck, Role::Text3, 14));
    auto *promise = new TextLabel(m_theme, tr("Nothing is sent anywhere. A vault works without a network."),
                                  TextStyle::Small, Role::Text3);
    promise->setWrapping(true);
    foot->addWidget(promise, 1);
    auto *quit = new Button(m_theme, tr("Quit"), ButtonKind::Secondary, ButtonSize::Large);
    quit->setObjectName(u"quit"_s);
    connect(quit, &Button::clicked, this, &WelcomePage::quitRequested);
    foot->addWidget(quit);
    foot->addWidget(m_create);
    connect(m_create, &Button::clicked, this, &WelcomePage::submit);
    bottom->addLayout(foot);
    return pane;
}

QString WelcomePage::vaultName() const
{
    return m_name->text().trimmed();
}

void WelcomePage::keepLocation()
{
    m_locationChosen = true;
}

QString WelcomePage::location() const
{
    return QDir::cleanPath(expanded(m_location->text().trimmed()));
}

SecretBytes WelcomePage::takePassphrase()
{
    m_repeat->clear();
    SecretBytes passphrase = m_passphrase->take();
    m_acceptable = false;
    m_repeated = false;
    estimate();
    return passphrase;
}

bool WelcomePage::wantsKeyring() const
{
    return m_keyring->isChecked();
}

bool WelcomePage::wantsRecoveryCode() const
{
    return m_recovery->isChecked();
}

void WelcomePage::setBusy(bool busy)
{
    for (const LineEdit *input :
         {m_name, m_location, static_cast<LineEdit *>(m_passphrase), static_cast<LineEdit *>(m_repeat)})
        input->edit()->setReadOnly(busy);
    m_create->setBusy(busy);
    if (!busy)
        refreshButton();
}

void WelcomePage::showFailure(const Error &error)
{
    setBusy(false);
    m_locationField->setError(error.hint.isEmpty() ? error.message : error.message + u' ' + error.hint);
    m_location->edit()->setFocus(Qt::OtherFocusReason);
}

void WelcomePage::setSandboxStatus(const QString &text)
{
    m_sandboxStatus->setContent(text);
    m_sandboxStatus->setVisible(!text.isEmpty());
    if (!text.isEmpty())
        announceAlert(*m_sandboxStatus);
}

void WelcomePage::start()
{
    m_passphrase->edit()->setFocus(Qt::OtherFocusReason);
}

void WelcomePage::followName()
{
    if (!m_locationChosen)
        m_location->setText(shortened(QDir(m_folder).filePath(fileNameFor(m_name->text()))));
    refreshButton();
}

void WelcomePage::chooseLocation()
{
    auto *dialog = new QFileDialog(this, tr("Where to keep the vault"), QFileInfo(location()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"credenza"_s);
    dialog->setNameFilter(tr("Vaults (*.credenza)"));
    dialog->selectFile(QFileInfo(location()).fileName());
    // An existing vault is never written over: the owner refuses, and the field says so.
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_locationChosen = true;
        m_location->setText(shortened(path));
        refreshButton();
    });
    dialog->open();
}

void WelcomePage::chooseExisting()
{
    auto *dialog = new QFileDialog(this, tr("Open a vault"), m_folder, tr("Vaults (*.credenza);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &WelcomePage::openExistingRequested);
    dialog->open();
}

void WelcomePage::submit()
{
    estimate();
    checkRepeat(true);
    if (!m_create->isBusy() && missing().isEmpty())
        Q_EMIT createRequested();
}

void WelcomePage::estimate()
{
    m_pause.stop();
    const PassphraseStrength strength =
        estimateStrength(m_passphrase->copy(), {m_name->text(), u"credenza"_s, u"epic"_s});
    m_acceptable = strength.isAcceptable();
    const auto bits = static_cast<int>(strength.bits);
    QString verdict;
    Role role = Role::Text3;
    switch (strength.verdict) {
    case PassphraseVerdict::Empty:
        verdict = tr("Its strength shows as you type");
        break;
    case PassphraseVerdict::VeryWeak:
        verdict = tr("Very weak, about %1 bits: add words").arg(bits);
        role = Role::Err;
        break;
    case PassphraseVerdict::Weak:
        verdict = tr("Weak, about %1 bits: one or two more words help").arg(bits);
        role = Role::Warn;
        break;
    case PassphraseVerdict::Fair:
        verdict = tr("Fair, about %1 bits").arg(bits);
        role = Role::Warn;
        break;
    case PassphraseVerdict::Strong:
        verdict = tr("Strong, about %1 bits").arg(bits);
        role = Role::Ok;
        break;
    case PassphraseVerdict::VeryStrong:
        verdict = tr("Very strong, about %1 bits").arg(bits);
        role = Role::Ok;
        break;
    }
    m_strength->setLevel(strength.level(), role, verdict);
    m_verdict->setRole(role);
    m_verdict->setContent(verdict);
    refreshButton();
}

void WelcomePage::checkRepeat(bool leaving)
{
    const QString typed = m_passphrase->edit()->text();
    const QString again = m_repeat->edit()->text();
    m_repeated = !again.isEmpty() && again == typed;
    m_repeatField->setOk(m_repeated);
    // While it is being typed, a beginning of the passphrase is not wrong yet.
    const bool differs = !again.isEmpty() && again != typed && (leaving || !typed.startsWith(again));
    m_repeatField->setError(differs ? tr("The two differ. Type the passphrase again.") : QString());
    refreshButton();
}

QString WelcomePage::missing() const
{
    if (vaultName().isEmpty())
        return tr("Give the vault a name");
    if (m_location->text().trimmed().isEmpty())
        return tr("Choose where to keep the vault");
    if (m_passphrase->edit()->text().isEmpty())
        return tr("Choose a passphrase");
    if (!m_acceptable)
        return tr("The passphrase is too easy to guess");
    return m_repeated ? QString() : tr("Repeat the passphrase");
}

void WelcomePage::refreshButton()
{
    m_locationField->setError({});
    m_create->setDisabledReason(missing());
}

} // namespace credenza
