// SPDX-License-Identifier: Apache-2.0
// The client's CPU for an access token, 32 in flight, against the npm package oidc-provider: ours against
// openid-client 6, in turns within one run. Needs: npm ci in tests/integration/smart and in tests/bench/peers.
#include "core/keys/KeyInspection.h"
#include "core/net/QtHttpTransport.h"
#include "core/smart/AccessTokens.h"
#include "tests/bench/MeasuredProcess.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QProcess>
#include <QTextStream>

#include <algorithm>
#include <atomic>
#include <sys/resource.h>
#include <thread>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

constexpr int rounds = 3;
constexpr int tokensEach = 1500;
constexpr int inFlight = 32;
const QString clientId = u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s;
const QString scope = u"system/Patient.read"_s;

struct Cost {
    double cpuEach = 0; ///< milliseconds
    double rate = 0;    ///< tokens a second
};

double cpuMilliseconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval &time) { return double(time.tv_sec) * 1000 + double(time.tv_usec) / 1000; };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

QJsonObject ask(QProcess &process, const QJsonObject &options)
{
    process.write(QJsonDocument(options).toJson(QJsonDocument::Compact) + '\n');
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(120'000))
            return {};
    }
    return QJsonDocument::fromJson(process.readLine()).object();
}

std::optional<Cost> ours(const Credential &credential, const PrivateKey &key)
{
    const SystemClock clock;
    SystemRandom random;
    std::atomic<int> left = tokensEach;
    std::atomic<int> failures = 0;
    std::atomic<int> ready = 0;
    std::atomic<bool> go = false;
    std::vector<std::jthread> threads;
    for (int i = 0; i < inFlight; ++i) {
        threads.emplace_back([&] {
            QtHttpTransport transport;
            const TestEnvironment environment{transport, clock, random};
            const auto get = [&] {
                if (!requestAccessToken(credential, key, {}, {}, environment, {}))
                    ++failures;
            };
            get(); // as the peer's warm-up: connected, libraries loaded
            ++ready;
            go.wait(false);
            while (left-- > 0)
                get();
        });
    }
    while (ready < inFlight)
        std::this_thread::yield();
    const double before = cpuMilliseconds();
    const auto begun = clock.ticks();
    go = true;
    go.notify_all();
    threads.clear();
    const std::chrono::duration<double> took = clock.ticks() - begun;
    if (failures > 0)
        return std::nullopt;
    return Cost{(cpuMilliseconds() - before) / tokensEach, tokensEach / took.count()};
}

std::optional<Cost> peer(const QJsonObject &options)
{
    QProcess node;
    node.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    node.start(u"node"_s, {QStringLiteral(CREDENZA_SOURCE_DIR "/tests/bench/peers/openid-client.mjs")});
    const QJsonObject result = ask(node, options);
    node.waitForFinished();
    const double tokens = result.value(u"tokens").toDouble();
    if (tokens < 1)
        return std::nullopt;
    return Cost{result.value(u"cpuMilliseconds").toDouble() / tokens,
                tokens * 1000 / result.value(u"milliseconds").toDouble()};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    // The peer takes a JWK; made by Node.js, so that the private key needs no way out of ours.
    QProcess maker;
    maker.start(u"node"_s, {u"-e"_s, u"const {generateKeyPairSync:g}=require('crypto');const k=g('rsa',{modulusLength:"
                                     "2048}).privateKey;console.log(JSON.stringify({jwk:k.export({format:'jwk'}),pem:"
                                     "k.export({format:'pem',type:'pkcs8'})}))"_s});
    maker.waitForFinished();
    const QJsonObject made = QJsonDocument::fromJson(maker.readAllStandardOutput()).object();
    const KeyInspection inspected = inspectKey(SecretBytes::copyOf(made.value(u"pem").toString().toUtf8()));
    if (!inspected.imported) {
        out << "Node.js is not there\n";
        return 1;
    }
    const PrivateKey key = inspected.imported->key;

    QProcess server;
    server.setProcessChannelMode(QProcess::SeparateChannels);
    server.start(u"node"_s, {QStringLiteral(CREDENZA_SOURCE_DIR "/tests/integration/smart/server.mjs")});
    const QJsonObject ready =
        ask(server, {{u"clientId"_s, clientId},
                     {u"algorithm"_s, u"RS384"_s},
                     {u"scope"_s, scope},
                     {u"jwks"_s, jwkSet({key.publicKey().jwk(SignatureAlgorithm::RS384, u"key-1"_s)})}});
    Credential credential;
    credential.clientId = clientId;
    credential.keyId = u"key-1"_s;
    credential.fhirBaseUrl = ready.value(u"fhirBaseUrl").toString();
    credential.tokenEndpoint = ready.value(u"tokenEndpoint").toString();
    credential.scopes = {scope};
    if (credential.tokenEndpoint.isEmpty()) {
        out << "oidc-provider is not there: npm ci in tests/integration/smart\n";
        return 1;
    }
    const QJsonObject options{{u"issuer"_s, ready.value(u"issuer")}, {u"tokenEndpoint"_s, credential.tokenEndpoint},
                              {u"clientId"_s, clientId},             {u"kid"_s, u"key-1"_s},
                              {u"privateKey"_s, made.value(u"jwk")}, {u"scope"_s, scope},
                              {u"count"_s, tokensEach},              {u"inFlight"_s, inFlight}};
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
        const auto mine = ours(credential, key);
        const auto theirs = peer(options);
        if (!mine || !theirs) {
            out << "tokens were refused, or openid-client is not there: npm ci in tests/bench/peers\n";
            return 1;
        }
        ratios.push_back(mine->cpuEach / theirs->cpuEach);
        out << "client CPU a token: ours " << QString::number(mine->cpuEach, 'f', 3) << " ms (" << qRound(mine->rate)
            << "/s), openid-client " << QString::number(theirs->cpuEach, 'f', 3) << " ms (" << qRound(theirs->rate)
            << "/s), ratio " << QString::number(ratios.back(), 'f', 3) << Qt::endl;
    }
    out << "median ratio " << QString::number(bench::medianOf(ratios), 'f', 3) << " (goal: at most 0.6)" << Qt::endl;
    server.closeWriteChannel();
    server.waitForFinished(5000);
    return 0;
}
