// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgeIdentity.h"

#include "core/handover/age/AgePrimitives.h"
#include "core/handover/age/Bech32.h"

#include <QCoreApplication>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct IdentityText {
    Q_DECLARE_TR_FUNCTIONS(IdentityText)
};

constexpr std::size_t keySize = 32;

Failure invalidIdentity()
{
    return fail(ErrorKind::InvalidInput, u"age.invalid-identity"_s, IdentityText::tr("This is not an age identity."),
                IdentityText::tr("An identity is one line that starts with AGE-SECRET-KEY-1, as age-keygen makes it. "
                                 "Copy all of it."));
}

Failure unsupportedIdentity()
{
    return fail(ErrorKind::InvalidInput, u"age.unsupported-identity"_s,
                IdentityText::tr("This identity is for a plug-in, or for post-quantum recipients."),
                IdentityText::tr("Open the file with the age program, or ask the sender to use an age1… recipient of "
                                 "yours as age-keygen makes it."));
}

bool isUnsupported(QByteArrayView line)
{
    return line.startsWith("AGE-SECRET-KEY-PQ-1") || line.startsWith("AGE-PLUGIN-");
}

} // namespace

Result<AgeRecipient> AgeRecipient::fromText(const QString &text)
{
    const QByteArray ascii = text.trimmed().toUtf8();
    const auto decoded = fromBech32(ascii);
    const bool isOther =
        ascii.startsWith("ssh-") || (decoded && decoded->prefix != "age" && decoded->prefix.startsWith("age1"));
    if (isOther)
        return fail(ErrorKind::InvalidInput, u"age.unsupported-recipient"_s,
                    IdentityText::tr("Recipients of this kind are not supported: %1").arg(text.trimmed().left(24)),
                    IdentityText::tr("Ask for a recipient as age-keygen makes it: age1 and 58 more characters."));
    // Copied out of guarded memory: a public key.
    const QByteArray point = decoded ? decoded->data.copyToUnprotectedByteArray() : QByteArray();
    if (!decoded || decoded->prefix != "age" || ascii != ascii.toLower() || point.size() != qsizetype{keySize})
        return fail(ErrorKind::InvalidInput, u"age.invalid-recipient"_s,
                    ascii.startsWith("AGE-SECRET-KEY-")
                        ? IdentityText::tr("This is a secret identity, not a recipient.")
                        : IdentityText::tr("This is not an age recipient: %1").arg(text.trimmed().left(24)),
                    IdentityText::tr("A recipient starts with age1 and has 62 characters. Copy all of it."));
    return AgeRecipient(point);
}

QString AgeRecipient::text() const
{
    return QString::fromLatin1(toBech32("age", std::as_bytes(std::span(m_point.constData(), keySize))).charView());
}

AgeIdentity AgeIdentity::generate(RandomSource &random)
{
    SecretBytes scalar(keySize);
    random.fill(scalar.bytes());
    return AgeIdentity(std::move(scalar));
}

Result<AgeIdentity> AgeIdentity::fromText(QByteArrayView text)
{
    const QByteArrayView line = text.trimmed();
    if (isUnsupported(line))
        return unsupportedIdentity();
    auto decoded = line.startsWith("AGE-SECRET-KEY-1") ? fromBech32(line) : std::nullopt;
    if (!decoded || decoded->prefix != "age-secret-key-" || decoded->data.size() != keySize)
        return invalidIdentity();
    return AgeIdentity(std::move(decoded->data));
}

SecretBytes AgeIdentity::text() const
{
    SecretBytes text = toBech32("age-secret-key-", m_scalar.view());
    for (std::byte &c : text.bytes())
        if (c >= std::byte{'a'} && c <= std::byte{'z'})
            c = static_cast<std::byte>(static_cast<char>(c) - 'a' + 'A');
    return text;
}

AgeRecipient AgeIdentity::recipient() const
{
    return AgeRecipient::fromPoint(x25519Base(m_scalar));
}

Result<AgeIdentities> readAgeIdentities(const SecretBytes &file)
{
    AgeIdentities found;
    QByteArrayView rest = file.charView();
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf('\n');
        const QByteArrayView line = (end < 0 ? rest : rest.first(end)).trimmed();
        rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        if (isUnsupported(line))
            ++found.unsupported;
        else
            found.identities.push_back(TRY(AgeIdentity::fromText(line)));
    }
    if (found.identities.empty() && found.unsupported == 0)
        return invalidIdentity();
    return found;
}

} // namespace credenza
