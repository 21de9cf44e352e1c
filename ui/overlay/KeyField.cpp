// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/KeyField.h"

#include "core/base/File.h"
#include "core/credentials/RegistrationSheet.h"
#include "ui/overlay/KeyDropZone.h"
#include "ui/overlay/OverlayPresenter.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/Spinner.h"
#include "ui/widgets/TextLabel.h"

#include <QFileDialog>
#include <QJsonDocument>
#include <QLocale>
#include <QMimeData>
#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype maxPastedCharacters = 10 * 1024 * 1024;

struct KeyChoice {
    const char *label;
    KeySpecification specification;
};

const QList<KeyChoice> &keyChoices()
{
    static const QList<KeyChoice> choices{
        {QT_TRANSLATE_NOOP("credenza::KeyField", "RSA 2048-bit"), {KeyType::Rsa, 2048, {}}},
        {QT_TRANSLATE_NOOP("credenza::KeyField", "RSA 3072-bit"), {KeyType::Rsa, 3072, {}}},
        {QT_TRANSLATE_NOOP("credenza::KeyField", "RSA 4096-bit"), {KeyType::Rsa, 4096, {}}},
        {QT_TRANSLATE_NOOP("credenza::KeyField", "EC P-384 (needs a JWK Set URL)"), {KeyType::Ec, 0, u"P-384"_s}},
        {QT_TRANSLATE_NOOP("credenza::KeyField", "EC P-256 (needs a JWK Set URL)"), {KeyType::Ec, 0, u"P-256"_s}}};
    return choices;
}

QString typeText(KeyType type, int bits, const QString &curve)
{
    return type == KeyType::Rsa ? KeyField::tr("RSA %1-bit").arg(bits) : KeyField::tr("EC %1").arg(curve);
}

QString originText(const QString &origin)
{
    if (origin.startsWith(u"file:"))
        return KeyField::tr("from %1").arg(origin.mid(5));
    return origin == u"generated" ? KeyField::tr("generated here") : KeyField::tr("pasted");
}

/// A bordered box for the pages between drop zone and card.
Card *box(const Theme &theme, const QString &objectName)
{
    auto *card = new Card(theme, Role::Sunken);
    card->setObjectName(objectName);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    card->setMinimumHeight(theme.scaled(96));
    return card;
}

} // namespace

KeyField::KeyField(const Theme &theme, OverlayPresenter &presenter, CertificateSource certificate, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_presenter(presenter), m_certificate(std::move(certificate)),
      m_layout(new QVBoxLayout(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred); // its rows fold: no height is fixed
    m_layout->setContentsMargins(0, 0, 0, 0);
    connect(&m_intake, &KeyIntake::inspected, this, &KeyField::onInspected);
    connect(&m_intake, &KeyIntake::failed, this, [this](const Error &error) {
        showDraft();
        if (error.kind != ErrorKind::Cancelled)
            report(error);
    });
    connect(&m_intake, &KeyIntake::busyChanged, this, [this] {
        if (!m_intake.isBusy())
            m_presenter.setKeyPending(false);
    });
    showDropZone();
}

bool KeyField::hasKey() const
{
    const CredentialDraft &draft = m_presenter.draft();
    return draft.key ? draft.key->isUsable() : draft.savedKey.has_value();
}

void KeyField::reset()
{
    m_intake.cancel();
    m_accepted.reset();
    showDraft();
}

void KeyField::showDraft()
{
    m_intake.forget();
    m_presenter.setKeyPending(false);
    if (hasKey())
        showCard();
    else
        showDropZone();
}

void KeyField::offerGeneration()
{
    showGeneration();
}

void KeyField::showPage(QWidget *page, QWidget *focus)
{
    const QWidget *focused = window()->focusWidget();
    const bool hadFocus = focused && (focused == this || isAncestorOf(focused));
    if (m_page) {
        m_page->hide();
        m_page->deleteLater();
    }
    m_page = page;
    m_showsCard = qobject_cast<KeyCardView *>(page) != nullptr;
    m_layout->addWidget(page);
    keepTabOrder();
    setFocusProxy(focus);
    page->show();
    if (hadFocus)
        focus->setFocus(Qt::OtherFocusReason);
}

void KeyField::followInTabOrder(QWidget *before)
{
    m_before = before;
    keepTabOrder();
}

void KeyField::keepTabOrder()
{
    // A page made later stands last in the window's Tab order; its controls belong where this field is.
    if (!m_before || !m_page || m_before->window() != window())
        return;
    QWidget *previous = m_before;
    for (QWidget *control : m_page->findChildren<QWidget *>()) {
        // A choice's list is a window of its own.
        if ((control->focusPolicy() & Qt::TabFocus) == 0 || control->window() != window())
            continue;
        setTabOrder(previous, control);
        previous = control;
    }
}

void KeyField::showDropZone()
{
    const CredentialDraft &draft = m_presenter.draft();
    const bool hasExisting = m_existingKeys && !m_existingKeys().isEmpty();
    const bool canKeep = m_accepted || (draft.savedKey && draft.keyOwner.isNull());
    auto *zone = new KeyDropZone(m_theme, {.canUseExisting = hasExisting, .canKeep = canKeep});
    connect(zone, &KeyDropZone::given, this, &KeyField::take);
    connect(zone, &KeyDropZone::chooseRequested, this, &KeyField::chooseFile);
    connect(zone, &KeyDropZone::generateRequested, this, &KeyField::showGeneration);
    connect(zone, &KeyDropZone::existingRequested, this, &KeyField::showExisting);
    connect(zone, &KeyDropZone::keepRequested, this, [this] {
        m_presenter.setKey(m_accepted, m_acceptedOrigin);
        showDraft();
    });
    showPage(zone, zone);
}

void KeyField::showGeneration()
{
    auto *page = box(m_theme, u"keyGeneration"_s);
    auto *layout = qobject_cast<QVBoxLayout *>(page->layout());
    layout->addWidget(new TextLabel(m_theme,
                                    tr("A fresh key pair: the private half stays in the vault, the public half "
                                       "is registered."),
                                    TextStyle::Small, Role::Text2));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    auto *choice = new ComboBox(m_theme, tr("Kind of key"));
    choice->setObjectName(u"keyChoice"_s);
    const QList<SignatureAlgorithm> &taken = m_presenter.connector().algorithms;
    const bool takesElliptic =
        std::ranges::any_of(taken, [](SignatureAlgorithm algorithm) { return keyTypeOf(algorithm) == KeyType::Ec; });
    for (const KeyChoice &key : keyChoices()) {
        if (key.specification.type == KeyType::Rsa || takesElliptic)
            choice->addItem(tr(key.label));
    }
    row->addWidget(choice, 1);
    auto *generate = new Button(m_theme, tr("Generate"));
    generate->setObjectName(u"startGeneration"_s);
    generate->setLeadingIcon(Icon::Key);
    connect(generate, &Button::clicked, this, [this, choice] {
        const KeyChoice &key = keyChoices().at(choice->currentIndex());
        const QString label = tr(key.label);
        m_intake.generate(key.specification);
        m_presenter.setKeyPending(true);
        showBusy(tr("Generating: %1. Large keys take a few seconds.").arg(label));
    });
    row->addWidget(generate);
    auto *cancel = new Button(m_theme, tr("Cancel"), ButtonKind::Quiet);
    cancel->setObjectName(u"leaveGeneration"_s);
    connect(cancel, &Button::clicked, this, &KeyField::showDraft);
    row->addWidget(cancel);
    layout->addLayout(row);
    layout->addStretch(1);
    showPage(page, choice);
    choice->setFocus(Qt::OtherFocusReason);
}

void KeyField::showChoice(const QString &objectName, const QString &sentence, ComboBox *choice, const QString &deed,
                          std::function<void(QVariant)> take)
{
    auto *page = box(m_theme, objectName);
    auto *layout = qobject_cast<QVBoxLayout *>(page->layout());
    auto *words = new TextLabel(m_theme, sentence, TextStyle::Small, Role::Text2);
    words->setWrapping(true);
    layout->addWidget(words);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    choice->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    row->addWidget(choice, 1);
    auto *use = new Button(m_theme, deed);
    use->setObjectName(objectName + u"Take"_s);
    connect(use, &Button::clicked, this, [choice, take = std::move(take)] { take(choice->currentData()); });
    row->addWidget(use);
    auto *cancel = new Button(m_theme, tr("Cancel"), ButtonKind::Quiet);
    cancel->setObjectName(objectName + u"Cancel"_s);
    connect(cancel, &Button::clicked, this, [this] {
        if (m_presenter.draft().key && !m_presenter.draft().key->isUsable())
            m_presenter.setKey(m_accepted, m_acceptedOrigin);
        showDraft();
    });
    row->addWidget(cancel);
    layout->addLayout(row);
    layout->addStretch(1);
    showPage(page, choice);
    choice->setFocus(Qt::OtherFocusReason);
}

void KeyField::showExisting()
{
    auto *choice = new ComboBox(m_theme, tr("Key of the vault"));
    choice->setObjectName(u"existingKeyChoice"_s);
    for (const Credential &owner : m_existingKeys()) {
        const QStringList users = m_usersOfKey ? m_usersOfKey(owner.key.thumbprint) : QStringList{owner.name};
        choice->addItem(tr("%1, %2 (%3)")
                            .arg(typeText(owner.key.type, owner.key.bits, owner.key.curve),
                                 users.isEmpty() ? owner.name : users.join(u", "_s), owner.key.thumbprint.left(8)),
                        owner.id);
    }
    showChoice(u"existingKeys"_s, tr("One key may serve several credentials: the same app at many hospitals."), choice,
               tr("Use this key"), [this](const QVariant &id) {
                   for (const Credential &owner : m_existingKeys()) {
                       if (owner.id == id.toUuid())
                           m_presenter.useKeyOf(owner);
                   }
                   showDraft();
               });
}

void KeyField::showOffers(const KeyInspection &key)
{
    auto *choice = new ComboBox(m_theme, tr("Private key to take"));
    choice->setObjectName(u"keyOfferChoice"_s);
    for (const KeyOffer &offer : key.offers) {
        const QString type = offer.curve.isEmpty() ? tr("%1 %2-bit").arg(offer.keyType).arg(offer.bits)
                                                   : tr("%1 %2").arg(offer.keyType, offer.curve);
        const QString name = offer.keyId.isEmpty() ? offer.thumbprint : tr("kid %1").arg(offer.keyId);
        choice->addItem(tr("%1, %2").arg(type, name), offer.thumbprint);
    }
    showChoice(u"keyOffers"_s, tr("There are several private keys in it. Take the one that is registered."), choice,
               tr("Take this key"), [this](const QVariant &thumbprint) {
                   m_intake.choose(thumbprint.toString());
                   m_presenter.setKeyPending(true);
               });
}

void KeyField::showBusy(const QString &text)
{
    auto *page = box(m_theme, u"keyBusy"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    auto *spinner = new Spinner(m_theme, 20);
    row->addWidget(spinner);
    auto *label = new TextLabel(m_theme, text, TextStyle::Body, Role::Text2);
    label->setWrapping(true);
    row->addWidget(label, 1);
    auto *cancel = new Button(m_theme, tr("Cancel"));
    cancel->setObjectName(u"cancelKey"_s);
    connect(cancel, &Button::clicked, this, [this] {
        m_intake.cancel();
        showDraft();
    });
    row->addWidget(cancel);
    qobject_cast<QVBoxLayout *>(page->layout())->addLayout(row);
    showPage(page, cancel);
    spinner->start();
}

void KeyField::showPassphrase()
{
    auto *page = box(m_theme, u"keyPassphrasePage"_s);
    auto *layout = qobject_cast<QVBoxLayout *>(page->layout());
    layout->addWidget(new TextLabel(
        m_theme, tr("This key is encrypted. Its passphrase opens it once; the vault then protects the key."),
        TextStyle::Small, Role::Text2));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    auto *passphrase = new SecretEdit(m_theme);
    passphrase->edit()->setObjectName(u"keyPassphrase"_s);
    passphrase->edit()->setAccessibleName(tr("Passphrase of the private key"));
    passphrase->setPlaceholder(tr("Passphrase of the key"));
    row->addWidget(passphrase, 1);
    const auto open = [this, passphrase] {
        m_triedPassphrase = true;
        m_intake.tryPassphrase(passphrase->take());
        m_presenter.setKeyPending(true);
    };
    connect(passphrase->edit(), &QLineEdit::returnPressed, this, open);
    auto *button = new Button(m_theme, tr("Open"));
    button->setObjectName(u"openKey"_s);
    connect(button, &Button::clicked, this, open);
    row->addWidget(button);
    auto *cancel = new Button(m_theme, tr("Cancel"), ButtonKind::Quiet);
    cancel->setObjectName(u"cancelPassphrase"_s);
    connect(cancel, &Button::clicked, this, [this] {
        m_presenter.setKey(m_accepted, m_acceptedOrigin);
        showDraft();
    });
    row->addWidget(cancel);
    layout->addLayout(row);
    layout->addStretch(1);
    showPage(page, passphrase);
    passphrase->edit()->setFocus(Qt::OtherFocusReason);
}

void KeyField::showCard()
{
    auto *card = new KeyCardView(m_theme, cardText(), m_certificate);
    connect(card, &KeyCardView::replaceRequested, this, &KeyField::showDropZone);
    connect(card, &KeyCardView::copied, this, &KeyField::copied);
    connect(card, &KeyCardView::failed, this, &KeyField::report);
    connect(card, &KeyCardView::saveRequested, this, &KeyField::save);
    connect(card, &KeyCardView::sheetRequested, this, &KeyField::saveSheet);
    showPage(card, card->replaceButton());
}

KeyCardText KeyField::cardText() const
{
    const CredentialDraft &draft = m_presenter.draft();
    KeyCardText text;
    QString thumbprint;
    if (draft.key) {
        text.publicKey = draft.key->publicKey;
        text.origin = originText(draft.keyOrigin);
        thumbprint = draft.key->thumbprint;
    } else if (draft.savedKey) {
        if (Result<PublicKey> saved = PublicKey::fromPem(draft.savedKey->publicPem))
            text.publicKey = *saved;
        text.origin = originText(draft.savedKey->origin);
        if (draft.savedKey->createdAt.isValid())
            text.origin +=
                u", "_s + QLocale().toString(draft.savedKey->createdAt.toLocalTime().date(), u"d MMM yyyy"_s);
        thumbprint = draft.savedKey->thumbprint;
        text.type = typeText(draft.savedKey->type, draft.savedKey->bits, draft.savedKey->curve);
    }
    if (text.publicKey) {
        text.type = typeText(text.publicKey->type(), text.publicKey->bits(), text.publicKey->curve());
        const std::optional<SignatureAlgorithm> chosen = signatureAlgorithm(draft.algorithm);
        const SignatureAlgorithm algorithm =
            chosen && text.publicKey->fits(*chosen) ? *chosen : text.publicKey->defaultAlgorithm();
        const QJsonObject jwk = text.publicKey->jwk(algorithm, draft.keyId.trimmed());
        text.jwk = QJsonDocument(jwk).toJson(QJsonDocument::Indented);
        text.jwkSet = QJsonDocument(jwkSet({jwk})).toJson(QJsonDocument::Indented);
    }
    const QStringList users = m_usersOfKey ? m_usersOfKey(thumbprint) : QStringList();
    if (!users.isEmpty())
        text.origin += tr(", also used by %1").arg(users.join(u", "_s));
    else if (!draft.savedKey && draft.keyOrigin != u"generated")
        text.origin += tr(", used nowhere else");
    text.registerLabel =
        m_presenter.connector().hasEpicPathRule ? tr("Register with Epic") : tr("Register with the server");
    return text;
}

void KeyField::take(const QMimeData *mime)
{
    const QList<QUrl> urls = mime->urls();
    if (!urls.isEmpty() && urls.constFirst().isLocalFile()) {
        m_intake.inspectFile(urls.constFirst().toLocalFile());
    } else {
        QString text = mime->text();
        if (text.size() > maxPastedCharacters) {
            report({ErrorKind::InvalidInput, u"key.too-large"_s,
                    tr("This text is longer than 10 MB; no private key is."),
                    tr("Paste only the block from BEGIN PRIVATE KEY to END PRIVATE KEY.")});
            return;
        }
        m_intake.inspect(SecretBytes::takeFrom(text), u"pasted"_s);
    }
    m_triedPassphrase = false;
    m_presenter.setKeyPending(true);
}

void KeyField::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose the private key"), {},
                                   tr("Keys (*.pem *.key *.p8 *.der *.pfx *.p12 *.jwk *.json *.txt);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &KeyField::takeFile);
    dialog->open();
}

void KeyField::takeFile(const QString &path)
{
    m_triedPassphrase = false;
    m_intake.inspectFile(path);
    m_presenter.setKeyPending(true);
}

void KeyField::takeMaterial(SecretBytes material, const QString &origin)
{
    m_triedPassphrase = false;
    m_intake.inspect(std::move(material), origin);
    m_presenter.setKeyPending(true);
}

void KeyField::onInspected(const KeyIntake::Inspected &key, const QString &origin)
{
    if (key->isUsable()) {
        m_accepted = key;
        m_acceptedOrigin = origin;
        m_presenter.setKey(key, origin);
        showCard();
        return;
    }
    if (KeyIntake::needsPassphrase(*key)) {
        // The question alone is no error; only a wrong answer is.
        if (m_triedPassphrase)
            m_presenter.setKey(key, origin);
        else
            m_presenter.setKeyPending(true);
        showPassphrase();
        return;
    }
    m_presenter.setKey(key, origin);
    if (key->offers.isEmpty())
        showDropZone();
    else
        showOffers(*key);
}

void KeyField::saveSheet(const std::optional<Certificate> &certificate)
{
    const CredentialDraft &draft = m_presenter.draft();
    const KeyCardText text = cardText();
    RegistrationFacts facts;
    facts.draft = draft;
    facts.publicKey = text.publicKey;
    facts.certificate = certificate;
    save(u"registration.txt"_s, registrationSheet(facts).toUtf8());
}

void KeyField::save(const QString &suggestedName, const QByteArray &contents)
{
    auto *dialog = new QFileDialog(this, tr("Save the public key"), suggestedName);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this, contents](const QString &path) {
        if (const Result<void> written = writeFileAtomically(path, contents); !written)
            report(written.error());
        else
            Q_EMIT copied(tr("Saved to %1").arg(QFileInfo(path).fileName()));
    });
    dialog->open();
}

void KeyField::report(const Error &error)
{
    m_presenter.setNote(Field::PrivateKey, {Finding::State::Error, error.code, error.message, error.hint, {}});
}

} // namespace credenza
