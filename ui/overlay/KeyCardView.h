// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keys/Certificate.h"
#include "core/keys/PublicKey.h"

#include <QWidget>

#include <functional>
#include <optional>

namespace credenza
{

class Button;
class ElidingLabel;
class SegmentedControl;
class Theme;

/// What the card shows of a key: nothing secret.
struct KeyCardText {
    QString type;          ///< "RSA 3072-bit"
    QString origin;        ///< "from alder-prod.pem, used nowhere else"
    QString registerLabel; ///< "Register with Epic"
    std::optional<PublicKey> publicKey;
    QByteArray jwk;    ///< the public JWK, indented JSON
    QByteArray jwkSet; ///< the JWK Set to host, indented JSON
};

/// Makes the self-signed certificate of the shown key and hands it to the callback, on the GUI thread.
using CertificateSource = std::function<void(QObject *context, std::function<void(Result<Certificate>)> done)>;

/// An accepted private key, masked: type, origin, thumbprint; below, the public half in the form to register.
class KeyCardView final : public QWidget
{
    Q_OBJECT

public:
    enum class Form : std::uint8_t { PublicPem, Certificate, Jwk, JwkSet };

    KeyCardView(const Theme &theme, const KeyCardText &text, CertificateSource certificate, QWidget *parent = nullptr);

    [[nodiscard]] Button *replaceButton() const { return m_replace; }

Q_SIGNALS:
    void replaceRequested();
    void copied(const QString &what);
    /// The chosen form is to be written to a file the person picks.
    void saveRequested(const QString &suggestedName, const QByteArray &contents);
    /// The text with all that has to be registered is to be written to a file the person picks.
    void sheetRequested(const std::optional<credenza::Certificate> &certificate);
    void failed(const credenza::Error &error);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] Form form() const;
    void showForm();
    void withPublicPart(std::function<void(QByteArray)> use);
    void withCertificate(std::function<void()> use);

    const Theme &m_theme;
    KeyCardText m_text;
    CertificateSource m_certificateSource;
    std::optional<Certificate> m_certificate; ///< made once: its fingerprint must not change between copy and save
    SegmentedControl *m_forms;
    Button *m_replace;
    Button *m_copy;
    Button *m_save;
    ElidingLabel *m_fingerprint; ///< SHA-1: what Epic's portal shows
    ElidingLabel *m_fingerprint256;
};

} // namespace credenza
