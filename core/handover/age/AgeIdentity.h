// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

#include <QString>

#include <vector>

namespace credenza
{

/// Someone a file can be encrypted for: an X25519 public key, "age1…".
class AgeRecipient
{
public:
    /// Errors: age.unsupported-recipient, age.invalid-recipient (InvalidInput).
    [[nodiscard]] static Result<AgeRecipient> fromText(const QString &text);
    /// `point` has 32 bytes.
    [[nodiscard]] static AgeRecipient fromPoint(QByteArray point) { return AgeRecipient(std::move(point)); }

    [[nodiscard]] QString text() const;
    [[nodiscard]] const QByteArray &point() const { return m_point; }
    bool operator==(const AgeRecipient &) const = default;

private:
    explicit AgeRecipient(QByteArray point) : m_point(std::move(point)) {}
    QByteArray m_point;
};

/// The secret half: an X25519 scalar, "AGE-SECRET-KEY-1…".
class AgeIdentity
{
public:
    [[nodiscard]] static AgeIdentity generate(RandomSource &random);
    /// Errors: age.unsupported-identity, age.invalid-identity (InvalidInput). Neither repeats the text.
    [[nodiscard]] static Result<AgeIdentity> fromText(QByteArrayView text);

    [[nodiscard]] SecretBytes text() const;
    [[nodiscard]] AgeRecipient recipient() const;
    [[nodiscard]] const SecretBytes &scalar() const { return m_scalar; }

private:
    explicit AgeIdentity(SecretBytes scalar) : m_scalar(std::move(scalar)) {}
    SecretBytes m_scalar;
};

/// What a file of identities holds, as age-keygen writes it: one a line, '#' starts a comment.
struct AgeIdentities {
    std::vector<AgeIdentity> identities;
    int unsupported = 0; ///< of a kind that only other programs can use: post-quantum, plug-in
};

/// Errors: age.invalid-identity (InvalidInput), also where the file holds no identity at all.
[[nodiscard]] Result<AgeIdentities> readAgeIdentities(const SecretBytes &file);

} // namespace credenza
