// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"

#include <QStringList>

namespace credenza
{

/// How hard a passphrase is to guess, in words a person can act on.
enum class PassphraseVerdict { Empty, VeryWeak, Weak, Fair, Strong, VeryStrong };

/// An estimate by zxcvbn (Wheeler, USENIX Security 2016): dictionaries, keyboard rows, dates and repeats count little.
struct PassphraseStrength {
    /// log2 of the expected number of guesses.
    double bits = 0;
    PassphraseVerdict verdict = PassphraseVerdict::Empty;

    /// 0 (empty) to 5 (very strong), for a bar of five parts.
    [[nodiscard]] int level() const { return static_cast<int>(verdict); }
    /// Whether a vault may be sealed with it: Argon2id makes guessing slow, but not slow enough for a word from a list.
    [[nodiscard]] bool isAcceptable() const { return verdict >= PassphraseVerdict::Weak; }
};

/// Estimates `passphrase` (UTF-8). `related` are words an attacker knows to try first: the vault's name, the user's.
/// Only the first 100 bytes are looked at, which keeps it well below a millisecond or two; more can't weaken it.
[[nodiscard]] PassphraseStrength estimateStrength(const SecretBytes &passphrase, const QStringList &related = {});

} // namespace credenza
