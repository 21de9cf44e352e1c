// SPDX-License-Identifier: Apache-2.0
#include "core/vault/RecoveryCode.h"

#include "core/vault/BinaryForm.h"
#include "core/vault/SealedBox.h"

#include <QCoreApplication>

#include <array>
#include <string_view>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct RecoveryCodeText {
    Q_DECLARE_TR_FUNCTIONS(RecoveryCodeText)
};

// Crockford's base 32 (crockford.com/base32.html): no I, L, O and U.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t secretCharacters = recoverySecretSize * 8 / 5;
constexpr std::size_t checkCharacters = 4;
constexpr std::size_t codeCharacters = secretCharacters + checkCharacters;
constexpr std::size_t groupSize = 4;
static_assert(recoverySecretSize * 8 % 5 == 0);

using Digits = std::array<quint8, codeCharacters>; // 0 to 31; wiped by who holds them

/// 5 bits at a time, the highest first.
quint8 fiveBits(std::span<const std::byte> bytes, std::size_t number)
{
    const std::size_t bit = number * 5;
    const auto at = [&bytes](std::size_t index) {
        return index < bytes.size() ? std::to_integer<unsigned>(bytes[index]) : 0U;
    };
    const unsigned pair = at(bit / 8) << 8 | at(bit / 8 + 1);
    return static_cast<quint8>(pair >> (11 - bit % 8) & 0x1f);
}

void addCheck(Digits &digits, const SecretBytes &secret)
{
    SecretBytes checked(sizeof("credenza.recovery-check.1") - 1 + secret.size());
    const QByteArrayView label("credenza.recovery-check.1");
    std::ranges::copy(asBytes(label), checked.bytes().begin());
    std::ranges::copy(secret.view(), checked.bytes().begin() + label.size());
    const QByteArray sum = checksumOf(checked.charView());
    for (std::size_t i = 0; i < checkCharacters; ++i)
        digits[secretCharacters + i] = fiveBits(asBytes(sum), i);
}

/// The digit a character stands for; 32: it is a separator; nothing: it can't be in a code.
std::optional<quint8> digitOf(char character)
{
    if (character >= 'a' && character <= 'z')
        character = static_cast<char>(character - 'a' + 'A');
    if (character == 'O')
        character = '0';
    if (character == 'I' || character == 'L')
        character = '1';
    if (const auto at = alphabet.find(character); at != std::string_view::npos)
        return static_cast<quint8>(at);
    const bool isLetter = character == 'U' || static_cast<unsigned char>(character) >= 0x80;
    return isLetter ? std::nullopt : std::optional<quint8>(quint8{32});
}

Failure hasWrongCharacter(std::size_t group)
{
    return fail(ErrorKind::InvalidInput, u"recovery.character"_s,
                RecoveryCodeText::tr("Group %1 of the recovery code has a character that no code has.").arg(group),
                RecoveryCodeText::tr("Codes have digits and the letters A to Z without I, L, O and U."));
}

} // namespace

SecretBytes recoveryCodeOf(const SecretBytes &secret)
{
    Q_ASSERT(secret.size() == recoverySecretSize);
    Digits digits{};
    for (std::size_t i = 0; i < secretCharacters; ++i)
        digits[i] = fiveBits(secret.view(), i);
    addCheck(digits, secret);
    SecretBytes code(codeCharacters + codeCharacters / groupSize - 1);
    std::size_t at = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % groupSize == 0)
            code.bytes()[at++] = std::byte{'-'};
        code.bytes()[at++] = static_cast<std::byte>(alphabet[digits[i]]);
    }
    explicit_bzero(digits.data(), digits.size());
    return code;
}

Result<SecretBytes> readRecoveryCode(const SecretBytes &text)
{
    Digits digits{};
    std::size_t count = 0;
    for (const char character : text.charView()) {
        const auto digit = digitOf(character);
        if (!digit)
            return hasWrongCharacter(count / groupSize + 1);
        if (*digit == 32)
            continue;
        if (count < digits.size())
            digits[count] = *digit;
        ++count;
    }
    if (count != codeCharacters)
        return fail(ErrorKind::InvalidInput, u"recovery.length"_s,
                    RecoveryCodeText::tr("A recovery code has %1 characters, not %2.").arg(codeCharacters).arg(count),
                    RecoveryCodeText::tr("Compare it group by group with the printed one."));
    SecretBytes secret(recoverySecretSize);
    for (std::size_t i = 0; i < secretCharacters; ++i) {
        const std::size_t bit = i * 5;
        const unsigned shifted = static_cast<unsigned>(digits[i]) << (11 - bit % 8);
        secret.bytes()[bit / 8] |= static_cast<std::byte>(shifted >> 8);
        if (bit / 8 + 1 < secret.size())
            secret.bytes()[bit / 8 + 1] |= static_cast<std::byte>(shifted & 0xff);
    }
    Digits expected = digits;
    addCheck(expected, secret);
    const bool isRight = expected == digits;
    explicit_bzero(digits.data(), digits.size());
    explicit_bzero(expected.data(), expected.size());
    if (!isRight)
        return fail(ErrorKind::InvalidInput, u"recovery.mistyped"_s,
                    RecoveryCodeText::tr("This recovery code has a typing error: its last characters don't fit."),
                    RecoveryCodeText::tr("Compare it group by group with the printed one."));
    return secret;
}

bool isRecoveryCode(const SecretBytes &text)
{
    return readRecoveryCode(text).has_value();
}

} // namespace credenza
