// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/BundleFields.h"

#include "core/base/PassphraseStrength.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/Meters.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextArea.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

QString wordFor(PassphraseVerdict verdict)
{
    switch (verdict) {
    case PassphraseVerdict::Empty:
        return {};
    case PassphraseVerdict::VeryWeak:
        return BundleFields::tr("Very weak");
    case PassphraseVerdict::Weak:
        return BundleFields::tr("Weak");
    case PassphraseVerdict::Fair:
        return BundleFields::tr("Fair");
    case PassphraseVerdict::Strong:
        return BundleFields::tr("Strong");
    case PassphraseVerdict::VeryStrong:
        return BundleFields::tr("Very strong");
    }
    Q_UNREACHABLE();
}

} // namespace

BundleFields::BundleFields(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_kind(new SegmentedControl(theme, tr("Encrypt for"))),
      m_passphrasePage(new QWidget), m_recipientsPage(new QWidget), m_passphrase(new SecretEdit(theme)),
      m_again(new SecretEdit(theme)), m_strength(new StrengthBar(theme)),
      m_verdict(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_recipients(new TextArea(theme, 4, TextStyle::Mono)),
      m_addOwn(new Button(theme, tr("&Add my own"), ButtonKind::Quiet, ButtonSize::Small))
{
    m_kind->addSegment(tr("Passphrase"), Icon::Lock);
    m_kind->addSegment(tr("Recipients"), Icon::Users);
    m_kind->setObjectName(u"bundleKind"_s);
    m_passphrase->edit()->setObjectName(u"bundlePassphrase"_s);
    m_again->edit()->setObjectName(u"bundlePassphraseAgain"_s);
    m_recipients->edit()->setObjectName(u"bundleRecipients"_s);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    auto *kindRow = new QHBoxLayout;
    kindRow->addWidget(m_kind);
    kindRow->addStretch(1);
    layout->addLayout(kindRow);

    auto *pages = new QVBoxLayout(m_passphrasePage);
    pages->setContentsMargins(0, 0, 0, 0);
    pages->setSpacing(4);
    auto *passphraseField = new FormField(theme, tr("Passphrase of the bundle"), Requirement::Required, m_passphrase);
    passphraseField->setHelp(tr("Tell it to the receiver on another way than the file. It can't be recovered."));
    pages->addWidget(passphraseField);
    auto *strength = new QHBoxLayout;
    strength->addWidget(m_strength);
    strength->addWidget(m_verdict);
    strength->addStretch(1);
    pages->addLayout(strength);
    m_againField = new FormField(theme, tr("The same once more"), Requirement::Required, m_again);
    pages->addWidget(m_againField);
    layout->addWidget(m_passphrasePage);

    auto *recipientsLayout = new QVBoxLayout(m_recipientsPage);
    recipientsLayout->setContentsMargins(0, 0, 0, 0);
    m_recipientsField = new FormField(theme, tr("Recipients"), Requirement::Required, m_recipients);
    m_recipientsField->setHelp(tr("One a line: age1…, as age-keygen prints it. Each of them can open the bundle."));
    m_addOwn->setObjectName(u"bundleAddOwn"_s);
    m_addOwn->setToolTip(tr("Adds the recipients of the identities in this vault, which then opens the bundle too"));
    m_addOwn->hide();
    m_recipientsField->addHeaderWidget(m_addOwn);
    recipientsLayout->addWidget(m_recipientsField);
    layout->addWidget(m_recipientsPage);
    layout->addStretch(1);

    connect(m_kind, &SegmentedControl::currentChanged, this, &BundleFields::refresh);
    connect(m_passphrase->edit(), &QLineEdit::textChanged, this, &BundleFields::refresh);
    connect(m_again->edit(), &QLineEdit::textChanged, this, &BundleFields::refresh);
    connect(m_recipients->edit(), &QPlainTextEdit::textChanged, this, &BundleFields::refresh);
    connect(m_addOwn, &Button::clicked, this, &BundleFields::addOwn);
    refresh();
}

void BundleFields::setOwnRecipients(const QStringList &recipients)
{
    m_own = recipients;
    refresh();
}

void BundleFields::addOwn()
{
    QString text = m_recipients->text().trimmed();
    for (const QString &recipient : std::as_const(m_own))
        if (!text.contains(recipient))
            text += (text.isEmpty() ? QString() : u"\n"_s) + recipient;
    m_recipients->setText(text);
}

bool BundleFields::isForPassphrase() const
{
    return m_kind->currentIndex() == 0;
}

Result<std::vector<AgeRecipient>> BundleFields::recipients() const
{
    static const QRegularExpression blanks(u"[\\s,]+"_s);
    std::vector<AgeRecipient> found;
    for (const QString &word : m_recipients->text().split(blanks, Qt::SkipEmptyParts))
        found.push_back(TRY(AgeRecipient::fromText(word)));
    return found;
}

void BundleFields::refresh()
{
    m_passphrasePage->setVisible(isForPassphrase());
    m_recipientsPage->setVisible(!isForPassphrase());
    const PassphraseStrength strength = estimateStrength(m_passphrase->copy());
    const QString word = wordFor(strength.verdict);
    m_strength->setLevel(strength.level(), strength.isAcceptable() ? Role::Ok : Role::Warn, word);
    m_verdict->setContent(word);
    const bool differs = !m_again->text().isEmpty() && m_again->text() != m_passphrase->text();
    m_againField->setError(differs && m_again->text().size() >= m_passphrase->text().size()
                               ? tr("The two are not the same. Type the passphrase once more.")
                               : QString());
    const QString text = m_recipients->text();
    m_addOwn->setVisible(std::ranges::any_of(m_own, [&text](const QString &own) { return !text.contains(own); }));
    const auto parsed = recipients();
    m_recipientsField->setError(parsed ? QString() : parsed.error().message);
    Q_EMIT changed();
}

QString BundleFields::objection() const
{
    if (!isForPassphrase()) {
        const auto parsed = recipients();
        if (!parsed)
            return parsed.error().message;
        return parsed->empty() ? tr("Enter at least one recipient.") : QString();
    }
    if (m_passphrase->text().isEmpty())
        return tr("Choose a passphrase for the bundle.");
    if (!estimateStrength(m_passphrase->copy()).isAcceptable())
        return tr("This passphrase is too easy to guess.");
    return m_passphrase->text() == m_again->text() ? QString() : tr("Type the passphrase once more.");
}

AgeTarget BundleFields::takeTarget()
{
    AgeTarget target;
    if (isForPassphrase())
        target.passphrase = m_passphrase->take();
    else if (auto parsed = recipients())
        target.recipients = *std::move(parsed);
    m_again->clear();
    return target;
}

void BundleFields::clear()
{
    m_passphrase->clear();
    m_again->clear();
}

} // namespace credenza
