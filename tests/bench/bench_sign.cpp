// SPDX-License-Identifier: Apache-2.0
// Rate of our whole assertion path (claims, header, base64url, RS384 signature, form body) against the rate of
// `openssl speed rsa2048` on the same core, in turns within one run. Run it pinned: taskset -c 1 bench_sign
#include "core/smart/ClientAssertion.h"
#include "core/smart/TokenRequest.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTextStream>

#include <algorithm>
#include <optional>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

constexpr int rounds = 5;
constexpr double secondsEach = 2;

/// Signatures a second by openssl's own measure; it inherits the core this process is pinned to.
std::optional<double> peerRate()
{
    QProcess openssl;
    openssl.start(u"openssl"_s, {u"speed"_s, u"-seconds"_s, QString::number(int(secondsEach)), u"rsa2048"_s});
    if (!openssl.waitForFinished(60'000))
        return std::nullopt;
    // rsa 2048 bits 0.000256s 0.000017s   3901.2  58012.0
    static const QRegularExpression line(u"rsa\\s+2048 bits\\s+\\S+\\s+\\S+\\s+([0-9.]+)"_s);
    const auto match = line.match(QString::fromLatin1(openssl.readAllStandardOutput()));
    return match.hasMatch() ? std::optional(match.captured(1).toDouble()) : std::nullopt;
}

std::optional<double> ourRate(const PrivateKey &key, const Clock &clock, RandomSource &random)
{
    const AssertionRequest request{u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s,
                                   u"https://ehr.example.org/oauth2/token"_s,
                                   key.publicKey().thumbprint(),
                                   {}};
    const auto begun = clock.ticks();
    const std::chrono::duration<double> budget(secondsEach);
    std::chrono::duration<double> spent{};
    long signatures = 0;
    while (spent < budget) {
        const auto assertion = makeClientAssertion(request, key, clock, random);
        if (!assertion || tokenHttpRequest(request.tokenEndpoint, *assertion, {u"system/*.read"_s}, {}).body.isEmpty())
            return std::nullopt;
        ++signatures;
        spent = clock.ticks() - begun;
    }
    return double(signatures) / spent.count();
}

} // namespace

int main()
{
    QTextStream out(stdout);
    const SystemClock clock;
    SystemRandom random;
    const auto key = generateKey({KeyType::Rsa, 2048, {}});
    if (!key)
        return 1;
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
        const auto ours = ourRate(key->key, clock, random);
        const auto peer = peerRate();
        if (!ours || !peer) {
            out << "openssl speed is not there, or signing failed\n";
            return 1;
        }
        ratios.push_back(*ours / *peer);
        out << "assertions " << qRound(*ours) << "/s, openssl speed rsa2048 " << qRound(*peer) << "/s, ratio "
            << QString::number(ratios.back(), 'f', 3) << Qt::endl;
    }
    std::ranges::sort(ratios);
    out << "median ratio " << QString::number(ratios[ratios.size() / 2], 'f', 3) << " (goal: at least 0.9)" << Qt::endl;
    return 0;
}
