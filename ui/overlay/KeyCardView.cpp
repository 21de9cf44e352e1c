// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/KeyCardView.h"

#include "ui/theme/Theme.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ClipboardText.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/FoldingRow.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QPainter>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

/// "pV8sKd3mTxN1rYq7…wG5bQc": enough to compare by eye; the whole is the tool tip.
QString shortThumbprint(const QString &thumbprint)
{
    constexpr int head = 16;
    constexpr int tail = 6;
    return thumbprint.size() <= head + tail ? thumbprint : thumbprint.left(head) + u'…' + thumbprint.right(tail);
}

} // namespace

KeyCardView::KeyCardView(const Theme &theme, const KeyCardText &text, CertificateSource certificate, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_text(text), m_certificateSource(std::move(certificate)),
      m_forms(new SegmentedControl(theme, tr("Form of the public key"), 24)),
      m_replace(new Button(theme, tr("Replace"), ButtonKind::Secondary, ButtonSize::Small)),
      m_copy(new Button(theme, tr("Copy"), ButtonKind::Secondary, ButtonSize::Small)),
      m_save(new Button(theme, tr("Save…"), ButtonKind::Secondary, ButtonSize::Small)),
      m_fingerprint(new ElidingLabel(theme, {}, Qt::ElideMiddle, TextStyle::Mono, Role::Text2)),
      m_fingerprint256(new ElidingLabel(theme, {}, Qt::ElideMiddle, TextStyle::Mono, Role::Text2))
{
    setObjectName(u"keyCard"_s);
    const QString thumbprint = text.publicKey ? text.publicKey->thumbprint() : QString();
    setAccessibleName(tr("Private key: %1, %2, thumbprint %3").arg(text.type, text.origin, thumbprint));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);

    auto *key = new QHBoxLayout;
    key->setContentsMargins(11 + theme.scaled(20) + 8, 7, 7, 8);
    key->setSpacing(8);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(new TextLabel(theme, text.type, TextStyle::Heading));
    auto *origin = new ElidingLabel(theme, text.origin, Qt::ElideMiddle, TextStyle::Small, Role::Text2);
    origin->setObjectName(u"keyOrigin"_s);
    first->addWidget(origin, 1);
    words->addLayout(first);
    auto *print = new ElidingLabel(theme, tr("Thumbprint %1").arg(shortThumbprint(thumbprint)), Qt::ElideRight,
                                   TextStyle::Mono, Role::Text2);
    print->setObjectName(u"keyThumbprint"_s);
    print->setToolTip(thumbprint);
    print->setAccessibleName(tr("Thumbprint %1").arg(thumbprint));
    words->addWidget(print);
    key->addLayout(words, 1);
    m_replace->setObjectName(u"replaceKey"_s);
    m_replace->setLeadingIcon(Icon::Refresh);
    m_replace->setAccessibleName(tr("Replace the private key"));
    connect(m_replace, &Button::clicked, this, &KeyCardView::replaceRequested);
    key->addWidget(m_replace);
    layout->addLayout(key);

    layout->addWidget(new Divider(theme));
    auto *registration = new FoldingRow(6);
    registration->addWidget(new TextLabel(theme, text.registerLabel, TextStyle::Small, Role::Text2), 1);
    m_forms->setObjectName(u"publicKeyForm"_s);
    m_forms->addSegment(tr("PEM"));
    m_forms->addSegment(tr("X.509"));
    m_forms->addSegment(tr("JWK"));
    m_forms->addSegment(tr("JWK Set"));
    connect(m_forms, &SegmentedControl::currentChanged, this, &KeyCardView::showForm);
    registration->addWidget(m_forms);
    m_copy->setObjectName(u"copyPublicKey"_s);
    m_copy->setLeadingIcon(Icon::Copy);
    connect(m_copy, &Button::clicked, this, [this] {
        withPublicPart([this](const QByteArray &part) {
            copyToClipboard(QString::fromUtf8(part));
            Q_EMIT copied(form() == Form::Certificate ? tr("Certificate copied")
                          : form() == Form::Jwk       ? tr("Public JWK copied")
                          : form() == Form::JwkSet    ? tr("JWK Set copied")
                                                      : tr("Public key copied"));
        });
    });
    m_save->setObjectName(u"savePublicKey"_s);
    m_save->setLeadingIcon(Icon::Save);
    connect(m_save, &Button::clicked, this, [this] {
        withPublicPart([this](const QByteArray &part) {
            Q_EMIT saveRequested(form() == Form::Certificate ? u"certificate.pem"_s
                                 : form() == Form::Jwk       ? u"public_key.jwk.json"_s
                                 : form() == Form::JwkSet    ? u"jwks.json"_s
                                                             : u"public_key.pem"_s,
                                 part);
        });
    });
    auto *deeds = new QWidget;
    auto *buttons = new QHBoxLayout(deeds);
    buttons->setContentsMargins({});
    buttons->setSpacing(6);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_save);
    registration->addWidget(deeds);
    auto *registrationFrame = new QHBoxLayout;
    registrationFrame->setContentsMargins(11, 8, 7, 7);
    registrationFrame->addWidget(registration);
    layout->addLayout(registrationFrame);

    m_fingerprint->setObjectName(u"certificateFingerprint"_s);
    m_fingerprint256->setObjectName(u"certificateFingerprint256"_s);
    auto *last = new QHBoxLayout;
    last->setContentsMargins(11, 0, 7, 7);
    last->setSpacing(8);
    auto *fingerprints = new QVBoxLayout;
    fingerprints->setSpacing(0);
    fingerprints->addWidget(m_fingerprint);
    fingerprints->addWidget(m_fingerprint256);
    last->addLayout(fingerprints, 1);
    auto *sheet = new Button(theme, tr("Registration sheet…"), ButtonKind::Quiet, ButtonSize::Small);
    sheet->setObjectName(u"registrationSheet"_s);
    sheet->setToolTip(tr("Everything that has to be registered, as one text file"));
    connect(sheet, &Button::clicked, this,
            [this] { withCertificate([this] { Q_EMIT sheetRequested(m_certificate); }); });
    last->addWidget(sheet, 0, Qt::AlignTop);
    layout->addLayout(last);
    m_fingerprint->hide();
    m_fingerprint256->hide();
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    showForm();
}

KeyCardView::Form KeyCardView::form() const
{
    return static_cast<Form>(m_forms->currentIndex());
}

void KeyCardView::showForm()
{
    static const std::array copies{QT_TR_NOOP("Copy the public key as PEM"), QT_TR_NOOP("Copy the certificate"),
                                   QT_TR_NOOP("Copy the public key as JWK"), QT_TR_NOOP("Copy the JWK Set to host")};
    static const std::array saves{QT_TR_NOOP("Save the public key as PEM"), QT_TR_NOOP("Save the certificate"),
                                  QT_TR_NOOP("Save the public key as JWK"), QT_TR_NOOP("Save the JWK Set to host")};
    const auto index = static_cast<std::size_t>(form());
    m_copy->setAccessibleName(tr(copies.at(index)));
    m_save->setAccessibleName(tr(saves.at(index)));
    m_fingerprint->setVisible(form() == Form::Certificate && m_certificate);
    m_fingerprint256->setVisible(form() == Form::Certificate && m_certificate);
    if (form() == Form::Certificate && !m_certificate)
        withCertificate([] {}); // its fingerprint is what a portal shows: have it ready
}

void KeyCardView::withPublicPart(std::function<void(QByteArray)> use)
{
    switch (form()) {
    case Form::PublicPem:
        use(m_text.publicKey ? m_text.publicKey->pem() : QByteArray());
        return;
    case Form::Jwk:
        use(m_text.jwk);
        return;
    case Form::JwkSet:
        use(m_text.jwkSet);
        return;
    case Form::Certificate:
        withCertificate([this, use = std::move(use)] { use(m_certificate->pem); });
        return;
    }
}

void KeyCardView::withCertificate(std::function<void()> use)
{
    if (m_certificate) {
        use();
        return;
    }
    m_certificateSource(this, [this, use = std::move(use)](Result<Certificate> certificate) {
        if (!certificate) {
            Q_EMIT failed(certificate.error());
            return;
        }
        if (!m_certificate)
            m_certificate = std::move(*certificate);
        m_fingerprint->setText(tr("SHA-1 %1").arg(m_certificate->sha1));
        m_fingerprint256->setText(tr("SHA-256 %1").arg(m_certificate->sha256));
        m_fingerprint256->setToolTip(m_certificate->sha256);
        m_fingerprint->setVisible(form() == Form::Certificate);
        m_fingerprint256->setVisible(form() == Form::Certificate);
        use();
    });
}

void KeyCardView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawBox(painter, rect(), 4, m_theme.color(Role::Sunken), m_theme.color(Role::Line));
    const int size = m_theme.scaled(20);
    const int rowHeight = 15 + m_theme.lineHeight(TextStyle::Heading) + m_theme.lineHeight(TextStyle::Mono);
    drawIcon(painter, m_theme, Icon::Key, Role::Accent, QRect(12, 1, size, rowHeight), size);
}

} // namespace credenza
