// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/KeyField.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/TextLabel.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QStackedLayout>
#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

KeyField::KeyField(const Theme &theme, KeyIntake &intake, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_intake(intake), m_pages(new QStackedLayout(this))
{
    setObjectName(u"keyField"_s);
    setAcceptDrops(true);
    m_pages->addWidget(makePlace());
    m_pages->addWidget(makePassphrase());
    m_pages->addWidget(makeCard());
    connect(&m_intake, &KeyIntake::busyChanged, this, &KeyField::refreshBusy);
}

QWidget *KeyField::makePlace()
{
    auto *place = new QWidget(this);
    m_paste = new Button(m_theme, tr("&Paste"), ButtonKind::Secondary);
    m_paste->setObjectName(u"pasteKey"_s);
    m_choose = new Button(m_theme, tr("Choose &file…"), ButtonKind::Secondary);
    m_choose->setObjectName(u"chooseKeyFile"_s);
    m_generate = new Button(m_theme, tr("&Generate key pair"), ButtonKind::Secondary);
    m_generate->setObjectName(u"generateKey"_s);
    auto *hint =
        new TextLabel(m_theme, tr("Paste the key here (Ctrl+V), or drop a .pem file."), TextStyle::Body, Role::Text2);
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(hint, 0, Qt::AlignHCenter);
    auto *row = new QHBoxLayout;
    row->addStretch();
    for (Button *button : {m_paste, m_choose, m_generate})
        row->addWidget(button);
    row->addStretch();
    layout->addLayout(row);
    connect(m_paste, &Button::clicked, this, &KeyField::paste);
    connect(m_choose, &Button::clicked, this, &KeyField::chooseFile);
    connect(m_generate, &Button::clicked, this, [this] {
        if (m_intake.isGenerating())
            m_intake.cancel();
        else
            m_intake.generate({KeyType::Rsa, 3072, {}});
    });
    return place;
}

QWidget *KeyField::makePassphrase()
{
    auto *page = new QWidget(this);
    m_passphrase = new SecretEdit(m_theme);
    m_passphrase->edit()->setObjectName(u"keyPassphrase"_s);
    m_passphrase->edit()->setAccessibleName(tr("Passphrase of the private key"));
    m_passphrase->setPlaceholder(tr("Passphrase of this key"));
    auto *open = new Button(m_theme, tr("&Open key"), ButtonKind::Secondary);
    auto *other = new Button(m_theme, tr("Another key"), ButtonKind::Quiet);
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(12, 12, 12, 12);
    row->addWidget(m_passphrase, 1);
    row->addWidget(open);
    row->addWidget(other);
    const auto submit = [this] { m_intake.tryPassphrase(m_passphrase->take()); };
    connect(open, &Button::clicked, this, submit);
    connect(m_passphrase->edit(), &QLineEdit::returnPressed, this, submit);
    connect(other, &Button::clicked, this, [this] {
        m_intake.forget();
        m_pages->setCurrentIndex(0);
    });
    return page;
}

QWidget *KeyField::makeCard()
{
    auto *card = new QWidget(this);
    m_title = new TextLabel(m_theme, {}, TextStyle::Heading);
    m_origin = new TextLabel(m_theme, {}, TextStyle::Body, Role::Text2);
    m_thumbprint = new ElidingLabel(m_theme, {}, Qt::ElideMiddle, TextStyle::Mono);
    auto *copy = new Button(m_theme, tr("&Copy public PEM"), ButtonKind::Secondary);
    copy->setObjectName(u"copyPublicKey"_s);
    auto *replace = new Button(m_theme, tr("&Replace"), ButtonKind::Secondary);
    replace->setObjectName(u"replaceKey"_s);
    auto *words = new QVBoxLayout;
    auto *line = new QHBoxLayout;
    line->addWidget(m_title);
    line->addWidget(m_origin);
    line->addStretch();
    words->addLayout(line);
    words->addWidget(m_thumbprint);
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(12, 12, 12, 12);
    row->addLayout(words, 1);
    row->addWidget(copy);
    row->addWidget(replace);
    connect(copy, &Button::clicked, this, [this] {
        QApplication::clipboard()->setText(QString::fromLatin1(m_publicPem));
        Q_EMIT copied(tr("Public key"));
    });
    connect(replace, &Button::clicked, this, [this] {
        m_pages->setCurrentIndex(0);
        m_paste->setFocus();
    });
    return card;
}

void KeyField::showSaved(const std::optional<KeyCard> &card)
{
    if (!card) {
        m_pages->setCurrentIndex(0);
        return;
    }
    const QString title = card->type == KeyType::Rsa ? tr("RSA %1-bit").arg(card->bits) : tr("EC %1").arg(card->curve);
    showCard(title, card->origin, card->thumbprint, card->publicPem);
}

void KeyField::showInspected(const KeyInspection &key, const QString &origin)
{
    if (key.isUsable()) {
        const QString title = key.keyType == u"RSA" ? tr("RSA %1-bit").arg(key.bits) : tr("EC %1").arg(key.curve);
        showCard(title, origin, key.thumbprint, key.publicKey->pem());
    } else if (key.kind == KeyMaterialKind::EncryptedPrivateKey || key.kind == KeyMaterialKind::Pkcs12) {
        m_pages->setCurrentIndex(1);
        m_passphrase->edit()->setFocus();
    } else {
        m_pages->setCurrentIndex(0);
    }
}

void KeyField::showCard(const QString &title, const QString &origin, const QString &thumbprint,
                        const QByteArray &publicPem)
{
    m_title->setContent(title);
    m_origin->setContent(origin);
    m_thumbprint->setText(tr("Thumbprint %1").arg(thumbprint));
    m_publicPem = publicPem;
    m_pages->setCurrentIndex(2);
}

void KeyField::paste()
{
    QString text = QApplication::clipboard()->text();
    m_intake.inspect(SecretBytes::takeFrom(text), tr("pasted"));
}

void KeyField::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose the private key"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { m_intake.inspectFile(path); });
    dialog->open();
}

void KeyField::refreshBusy()
{
    const bool isBusy = m_intake.isBusy();
    m_paste->setEnabled(!isBusy);
    m_choose->setEnabled(!isBusy);
    m_generate->setText(m_intake.isGenerating() ? tr("&Cancel generating") : tr("&Generate key pair"));
    m_generate->setEnabled(!isBusy || m_intake.isGenerating());
}

void KeyField::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste) && m_pages->currentIndex() == 0)
        paste();
    else
        QWidget::keyPressEvent(event);
}

void KeyField::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void KeyField::dropEvent(QDropEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile()) {
        m_intake.inspectFile(urls.first().toLocalFile());
    } else {
        QString text = event->mimeData()->text();
        m_intake.inspect(SecretBytes::takeFrom(text), tr("dropped"));
    }
    event->acceptProposedAction();
}

} // namespace credenza
