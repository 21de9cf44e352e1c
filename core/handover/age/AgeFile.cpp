// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgeFile.h"

#include "core/handover/age/AgeArmor.h"
#include "core/handover/age/AgeErrors.h"
#include "core/handover/age/AgeHeader.h"
#include "core/handover/age/AgePayload.h"
#include "core/handover/age/AgePrimitives.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct AgeText {
    Q_DECLARE_TR_FUNCTIONS(AgeText)
};

constexpr std::size_t fileKeySize = 16;
constexpr QByteArrayView x25519Label("age-encryption.org/v1/X25519");
constexpr QByteArrayView scryptLabel("age-encryption.org/v1/scrypt");
constexpr std::array<std::byte, 12> zeroNonce{}; // each wrapping key is used once

std::span<const std::byte> bytesOf(const QByteArray &bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

/// The source behind the armor, where there is one.
class OpenedSource
{
public:
    [[nodiscard]] static Result<std::unique_ptr<OpenedSource>> open(ByteSource &source, AgeForm form)
    {
        auto opened = std::unique_ptr<OpenedSource>(new OpenedSource(source));
        opened->m_isArmored = form == AgeForm::Armored;
        if (form == AgeForm::Detect)
            opened->m_isArmored = TRY(startsArmor(opened->m_outer));
        return opened;
    }
    [[nodiscard]] BufferedSource &binary() { return m_isArmored ? m_inner : m_outer; }

private:
    explicit OpenedSource(ByteSource &source) : m_outer(source), m_armor(m_outer), m_inner(m_armor) {}

    BufferedSource m_outer;
    ArmorSource m_armor;
    BufferedSource m_inner;
    bool m_isArmored = false;
};

std::optional<SecretBytes> unwrap(const SecretBytes &wrapKey, const QByteArray &body)
{
    SecretBytes fileKey(fileKeySize);
    if (!chachaOpen(wrapKey, zeroNonce, bytesOf(body), fileKey.bytes()))
        return std::nullopt;
    return fileKey;
}

SecretBytes x25519WrapKey(const SecretBytes &shared, const QByteArray &share, const QByteArray &recipient)
{
    return hkdfSha256(shared.view(), share + recipient, x25519Label);
}

Result<SecretBytes> openWithIdentities(const AgeHeader &header, const std::vector<AgeIdentity> &identities)
{
    for (const AgeIdentity &identity : identities) {
        const QByteArray own = identity.recipient().point();
        for (const AgeStanza &stanza : header.stanzas) {
            if (!stanza.isX25519())
                continue;
            const QByteArray share = fromCanonicalBase64(stanza.arguments.first()).value_or(QByteArray());
            const auto shared = x25519(identity.scalar(), share);
            if (!shared)
                return ageInvalidHeader(AgeText::tr("an X25519 recipient is a point of low order."));
            if (auto fileKey = unwrap(x25519WrapKey(*shared, share, own), stanza.body))
                return *std::move(fileKey);
        }
    }
    return ageNoMatch(false);
}

Result<SecretBytes> openWithPassphrase(const AgeStanza &stanza, const AgeKeys &keys)
{
    const SecretBytes passphrase = TRY(keys.passphrase());
    const int log2N = workFactorOf(stanza);
    if (log2N > writtenWorkFactor && keys.costly)
        keys.costly(scryptMemory(log2N));
    const QByteArray salt = fromCanonicalBase64(stanza.arguments.first()).value_or(QByteArray());
    const SecretBytes wrapKey = TRY(scryptKey(passphrase, scryptLabel.toByteArray() + salt, log2N));
    if (auto fileKey = unwrap(wrapKey, stanza.body))
        return *std::move(fileKey);
    return ageNoMatch(true);
}

Result<SecretBytes> openFileKey(const AgeHeader &header, const AgeKeys &keys)
{
    if (header.isForPassphrase()) {
        if (!keys.passphrase)
            return ageKeyNeeded(true);
        return openWithPassphrase(header.stanzas.first(), keys);
    }
    const bool hasOurs = std::ranges::any_of(header.stanzas, &AgeStanza::isX25519);
    if (keys.identities.empty() && hasOurs)
        return ageKeyNeeded(false);
    return openWithIdentities(header, keys.identities);
}

QByteArray macOf(const SecretBytes &fileKey, const QByteArray &authenticated)
{
    return hmacSha256(hkdfSha256(fileKey.view(), {}, "header"), authenticated);
}

Result<AgeStanza> stanzaFor(const AgeRecipient &recipient, const SecretBytes &fileKey, RandomSource &random)
{
    const AgeIdentity ephemeral = AgeIdentity::generate(random);
    const QByteArray share = ephemeral.recipient().point();
    const auto shared = x25519(ephemeral.scalar(), recipient.point());
    if (!shared)
        return fail(ErrorKind::InvalidInput, u"age.invalid-recipient"_s,
                    AgeText::tr("This recipient is no real key: %1").arg(recipient.text()),
                    AgeText::tr("Ask for another one."));
    const SecretBytes wrapKey = x25519WrapKey(*shared, share, recipient.point());
    return AgeStanza{"X25519", {toCanonicalBase64(share)}, chachaSeal(wrapKey, zeroNonce, fileKey.view())};
}

Result<AgeStanza> stanzaFor(const SecretBytes &passphrase, int workFactor, const SecretBytes &fileKey,
                            RandomSource &random)
{
    QByteArray salt(16, '\0');
    random.fill(std::as_writable_bytes(std::span(salt.data(), 16)));
    const SecretBytes wrapKey = TRY(scryptKey(passphrase, scryptLabel.toByteArray() + salt, workFactor));
    return AgeStanza{"scrypt",
                     {toCanonicalBase64(salt), QByteArray::number(workFactor)},
                     chachaSeal(wrapKey, zeroNonce, fileKey.view())};
}

Result<QList<AgeStanza>> stanzasFor(const AgeTarget &target, const SecretBytes &fileKey, RandomSource &random)
{
    if (target.passphrase.has_value() == !target.recipients.empty())
        return fail(ErrorKind::InvalidInput, u"age.no-recipient"_s,
                    AgeText::tr("An encrypted file is either for a passphrase or for recipients."),
                    AgeText::tr("Give one of the two."));
    if (target.passphrase && target.passphrase->isEmpty())
        return fail(ErrorKind::InvalidInput, u"age.empty-passphrase"_s, AgeText::tr("The passphrase is empty."),
                    AgeText::tr("Choose one, and tell it to the receiver on another way than the file."));
    QList<AgeStanza> stanzas;
    if (target.passphrase)
        stanzas.append(TRY(stanzaFor(*target.passphrase, target.workFactor, fileKey, random)));
    for (const AgeRecipient &recipient : target.recipients)
        stanzas.append(TRY(stanzaFor(recipient, fileKey, random)));
    return stanzas;
}

} // namespace

Result<void> decryptAge(ByteSource &source, AgeForm form, const AgeKeys &keys, const ByteSink &sink,
                        std::stop_token stop)
{
    const auto opened = TRY(OpenedSource::open(source, form));
    const AgeHeader header = TRY(readAgeHeader(opened->binary()));
    const SecretBytes fileKey = TRY(openFileKey(header, keys));
    if (!equalConstantTime(macOf(fileKey, header.authenticated), header.mac))
        return ageWrongMac();
    return openPayload(fileKey, opened->binary(), sink, std::move(stop));
}

Result<SecretBytes> decryptAge(QByteArrayView file, const AgeKeys &keys, std::size_t maxBytes, std::stop_token stop)
{
    MemorySource source(file);
    // The plaintext is never longer than the file.
    SecretBytes contents(std::min(maxBytes, static_cast<std::size_t>(file.size())));
    std::size_t used = 0;
    const auto append = [&](std::span<const std::byte> chunk) -> Result<void> {
        if (chunk.size() > contents.size() - used)
            return fail(ErrorKind::InvalidInput, u"file.too-large"_s,
                        AgeText::tr("The contents of the encrypted file are larger than %1 bytes.").arg(maxBytes));
        std::ranges::copy(chunk, contents.bytes().subspan(used).begin());
        used += chunk.size();
        return {};
    };
    TRY(decryptAge(source, AgeForm::Detect, keys, append, std::move(stop)));
    contents.truncate(used);
    return contents;
}

Result<AgeLock> inspectAge(ByteSource &source)
{
    const auto opened = TRY(OpenedSource::open(source, AgeForm::Detect));
    const AgeHeader header = TRY(readAgeHeader(opened->binary()));
    return AgeLock{header.isForPassphrase(), header.isForPassphrase() ? 0 : static_cast<int>(header.stanzas.size())};
}

Result<QByteArray> encryptAge(std::span<const std::byte> plaintext, const AgeTarget &target, AgeForm form,
                              RandomSource &random, std::stop_token stop)
{
    SecretBytes fileKey(fileKeySize);
    random.fill(fileKey.bytes());
    const QList<AgeStanza> stanzas = TRY(stanzasFor(target, fileKey, random));
    QByteArray file = authenticatedPart(stanzas);
    file += ' ' + toCanonicalBase64(macOf(fileKey, file)) + '\n';
    file.reserve(file.size() + static_cast<qsizetype>(plaintext.size() + plaintext.size() / 4096 + 64));
    const auto append = [&file](std::span<const std::byte> bytes) -> Result<void> {
        file.append(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
        return {};
    };
    TRY(sealPayload(fileKey, plaintext, random, append, std::move(stop)));
    return form == AgeForm::Binary ? file : toArmor(file);
}

} // namespace credenza
