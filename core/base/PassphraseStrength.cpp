// SPDX-License-Identifier: Apache-2.0
#include "core/base/PassphraseStrength.h"

#include <zxcvbn.h>

#include <algorithm>
#include <vector>

namespace credenza
{

namespace
{

constexpr std::size_t examinedBytes = 100;

PassphraseVerdict verdictFor(double bits)
{
    if (bits < 28)
        return PassphraseVerdict::VeryWeak;
    if (bits < 40)
        return PassphraseVerdict::Weak;
    if (bits < 56)
        return PassphraseVerdict::Fair;
    return bits < 80 ? PassphraseVerdict::Strong : PassphraseVerdict::VeryStrong;
}

} // namespace

PassphraseStrength estimateStrength(const SecretBytes &passphrase, const QStringList &related)
{
    if (passphrase.isEmpty())
        return {};
    // zxcvbn wants a terminated string; the copy is wiped like the original.
    const std::size_t length = std::min(passphrase.size(), examinedBytes);
    SecretBytes terminated(length + 1);
    std::ranges::copy(passphrase.view().first(length), terminated.bytes().begin());

    std::vector<QByteArray> words;
    for (const QString &word : related)
        words.push_back(word.toLower().toUtf8());
    std::vector<const char *> dictionary;
    for (const QByteArray &word : words) {
        if (!word.isEmpty())
            dictionary.push_back(word.constData());
    }
    dictionary.push_back(nullptr);

    const double bits = ZxcvbnMatch(terminated.charView().data(), dictionary.data(), nullptr);
    return {bits, verdictFor(bits)};
}

} // namespace credenza
